import type { ActionView, PaymentView } from '../preload/contract.ts';
import { type Sum, sumUp } from './end-of-day/choice.ts';
import { takeOutcome } from './end-of-day/run-report.ts';
import { countOf, sumsInWords } from './end-of-day/sums-in-words.ts';

/** Captures that Dojo took and the bank has not answered: those that Dojo shows, whoever asked for them, and those of this till that it does not show yet. */
export function withBankSums(payments: readonly PaymentView[], actions: readonly ActionView[]): readonly Sum[] {
  const shown = payments.flatMap(({ currency, captures }) =>
    captures.filter(({ status }) => status === 'Created').map(({ amountMinor, tipsMinor }) => ({ currency, amountMinor: amountMinor + tipsMinor })),
  );
  const unseen = actions.filter(
    (action) => action.kind === 'capture' && !action.otherAccount && action.captureStatus === null && takeOutcome(action) === 'taking',
  );
  return sumUp([...shown, ...unseen.map(({ currency, amountMinor, tipsMinor }) => ({ currency, amountMinor: (amountMinor ?? 0) + tipsMinor }))]);
}

/** “2 captures are with the bank: £84.00.” null: none is. */
export function withBankWords(sums: readonly Sum[]): string | null {
  const count = countOf(sums);
  if (count === 0) return null;
  return `${count === 1 ? '1 capture is' : `${count} captures are`} with the bank: ${sumsInWords(sums)}.`;
}
