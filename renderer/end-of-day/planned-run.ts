import type { ActionRequest, PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { offeredMinor, splitOf } from '../take/offered.ts';
import { lostInWords } from '../take/take-plan.ts';
import { shownAtMs } from '../today/list.ts';
import type { ChoiceRow } from './choice.ts';

/** One line of a run under review. Its amount is what the person saw: it does not follow the payment any more. */
export type PlannedTake = Readonly<{
  /** Made once: sending the same plan again after an error is the same decision. */
  requestId: string;
  paymentId: string;
  reference: string;
  card: PaymentView['card'];
  paymentAtMs: number;
  currency: string;
  /** Goods and tips together. */
  amountMinor: number;
  tipsMinor: number;
  /** Another than what was offered. */
  edited: boolean;
  wholeMinor: number;
  /** Dojo may hold more than was offered. */
  mayLeave: boolean;
  /** What other captures of the hold ask for and have not got yet. */
  unfinishedMinor: number;
  /** What was sent before and may still arrive, in words; null: nothing. */
  lost: string | null;
  /** What more than the bill is in it, in main's words; null: nothing. */
  includes: string | null;
}>;

export type PlannedRun = Readonly<{ runId: string; takes: readonly PlannedTake[] }>;

/** The contract takes no more at once. */
export const REQUESTS_PER_SUBMIT_MAX = 1000;

/** The ticked rows as a run to review. Rows with a problem do not come along. */
export function planRun(rows: readonly ChoiceRow[], newId: () => string): PlannedRun {
  const takes = rows.flatMap((row): PlannedTake[] => {
    if (!row.ticked || row.problem !== null || row.amountMinor === null) return [];
    const { id: paymentId, reference, card, currency, moves, unfinishedCapturesMinor: unfinishedMinor } = row.payment;
    const paymentAtMs = shownAtMs(row.payment);
    if (!moves.capture.open) return [];
    const { amountMinor, edited, wholeMinor } = row;
    const { tipsMinor } = splitOf(moves.capture, amountMinor);
    const { includes } = moves.capture;
    const mayLeave = wholeMinor !== row.maxMinor;
    const lost = lostInWords(row.payment, amountMinor, (minor) => formatMoney(minor, currency));
    const said = { lost, reference, card, paymentAtMs, wholeMinor: wholeMinor ?? row.maxMinor, mayLeave, unfinishedMinor, includes };
    return [{ requestId: newId(), paymentId, currency, amountMinor, tipsMinor, edited, ...said }];
  });
  return { runId: newId(), takes };
}

export type OutOfDate = Readonly<{ take: PlannedTake; why: string | null; maxMinor: number | null }>;

/**
 * Planned takes that the payments no longer allow, because something changed since the review began. `why` is the reason
 * in words, or null where only what is left is another by now: `maxMinor`.
 */
export function outOfDate(run: PlannedRun, payments: ReadonlyMap<string, PaymentView>): readonly OutOfDate[] {
  return run.takes.flatMap((take): OutOfDate[] => {
    const payment = payments.get(take.paymentId);
    if (!payment) return [{ take, why: 'It is no longer in the list.', maxMinor: null }];
    const move = payment.moves.capture;
    if (!move.open) return [{ take, why: move.reason, maxMinor: null }];
    if (take.amountMinor > payment.leftMinor) return [{ take, why: null, maxMinor: payment.leftMinor }];
    // The whole rest is no longer that, and a part may be the one that another till has just captured.
    const wholeMinor = offeredMinor(move) ?? payment.leftMinor;
    if (wholeMinor !== take.wholeMinor) return [{ take, why: null, maxMinor: wholeMinor }];
    return splitOf(move, take.amountMinor).tipsMinor === take.tipsMinor ? [] : [{ take, why: 'Its tips changed.', maxMinor: null }];
  });
}

export const without = (run: PlannedRun, paymentIds: ReadonlySet<string>): PlannedRun => ({
  ...run,
  takes: run.takes.filter((take) => !paymentIds.has(take.paymentId)),
});

/** What of the run was not accepted yet: neither one of the first, which the till has said yes to, nor one that it has without an answer heard. */
export function notAccepted(run: PlannedRun, acceptedCount: number, requestIds: readonly string[]): PlannedRun {
  const has = new Set(requestIds);
  return { ...run, takes: run.takes.slice(acceptedCount).filter(({ requestId }) => !has.has(requestId)) };
}

/** What could be taken and is not in the run. */
export function leftOut(run: PlannedRun, payments: Iterable<PaymentView>): readonly Readonly<{ currency: string; amountMinor: number }>[] {
  const planned = new Set(run.takes.map((take) => take.paymentId));
  const others: { currency: string; amountMinor: number }[] = [];
  for (const { id, currency, moves, onHoldMinor } of payments)
    if (!planned.has(id) && moves.capture.open && onHoldMinor > 0) others.push({ currency, amountMinor: onHoldMinor });
  return others;
}

/** The run as submissions, with what is seen of its payments at the press. Each is accepted as a whole or not at all. */
export function submissionsOf({ runId, takes }: PlannedRun, seen: readonly Pick<PaymentView, 'id' | 'version'>[]): ActionRequest[][] {
  const versions = new Map(seen.map(({ id, version }) => [id, version]));
  const requests = takes.map(({ requestId, paymentId, amountMinor, tipsMinor }): ActionRequest => {
    const tips = tipsMinor > 0 ? { tipsAmount: tipsMinor } : {};
    const seenVersion = versions.get(paymentId);
    return { kind: 'capture', requestId, paymentId, runId, seenVersion, amount: amountMinor - tipsMinor, ...tips };
  });
  const submissions: ActionRequest[][] = [];
  for (let from = 0; from < requests.length; from += REQUESTS_PER_SUBMIT_MAX) submissions.push(requests.slice(from, from + REQUESTS_PER_SUBMIT_MAX));
  return submissions;
}

/** Which take a refusal is about: its field reads `requests.2.amount`, counted within the submission that began at `fromIndex`. */
export function takeAtFault(run: PlannedRun, fromIndex: number, field: string | undefined): PlannedTake | null {
  const index = /^requests\.(\d+)/.exec(field ?? '')?.[1];
  return index === undefined ? null : (run.takes[fromIndex + Number(index)] ?? null);
}
