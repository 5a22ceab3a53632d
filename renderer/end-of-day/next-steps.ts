import type { ActionView, PaymentView } from '../../preload/contract.ts';
import { type TakeOutcome, takeOutcome } from './run-report.ts';

/** What is left to do after a run: a step each, only where there is something to do or to know. */
export type NextStep =
  | Readonly<{ kind: 'settle'; count: number }>
  | Readonly<{ kind: 'try-again'; count: number; amounts: ReadonlyMap<string, number> }>
  | Readonly<{ kind: 'choose-withdrawn'; count: number; amounts: ReadonlyMap<string, number> }>
  /** Refused, declined or withdrawn, and by now not to be taken any more. */
  | Readonly<{ kind: 'not-again'; count: number }>
  | Readonly<{ kind: 'too-late'; count: number }>
  | Readonly<{ kind: 'still-moving'; count: number }>;

const REFUSED: ReadonlySet<TakeOutcome> = new Set(['refused', 'declined', 'failed']);
const MOVING: ReadonlySet<TakeOutcome> = new Set(['waiting', 'sending', 'checking']);

export function nextSteps(takes: readonly ActionView[], payments: ReadonlyMap<string, PaymentView>): readonly NextStep[] {
  const having = (is: (outcome: TakeOutcome) => boolean) => takes.filter((take) => is(takeOutcome(take)));
  const refused = having((outcome) => REFUSED.has(outcome));
  const withdrawn = having((outcome) => outcome === 'withdrawn');
  const again = possibleAmounts(refused, payments);
  const chosenAgain = possibleAmounts(withdrawn, payments);
  const gone = refused.length + withdrawn.length - again.size - chosenAgain.size;
  const steps: readonly NextStep[] = [
    { kind: 'settle', count: having((outcome) => outcome === 'needs-person').length },
    { kind: 'try-again', count: again.size, amounts: again },
    { kind: 'choose-withdrawn', count: chosenAgain.size, amounts: chosenAgain },
    { kind: 'not-again', count: gone },
    { kind: 'too-late', count: having((outcome) => outcome === 'too-late').length },
    { kind: 'still-moving', count: having((outcome) => MOVING.has(outcome)).length },
  ];
  return steps.filter((step) => step.count > 0);
}

/** The takes' payments that can be taken now, with the amount they were tried with, or what is left where that is less. */
function possibleAmounts(takes: readonly ActionView[], payments: ReadonlyMap<string, PaymentView>): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (const { paymentId, amountMinor } of takes) {
    const move = payments.get(paymentId)?.moves.capture;
    if (move?.open && move.maxMinor !== null) amounts.set(paymentId, Math.min(amountMinor ?? move.maxMinor, move.maxMinor));
  }
  return amounts;
}

const were = (count: number) => (count === 1 ? '1 was' : `${count} were`);
const them = (count: number) => (count === 1 ? 'it' : 'them');

/** The step as a sentence; the second part is what the button says, null where there is nothing to press. */
export function nextStepInWords(step: NextStep): { text: string; button: string | null } {
  const { count } = step;
  switch (step.kind) {
    case 'settle':
      return {
        text: `${count} ${count === 1 ? 'needs' : 'need'} you: look ${them(count)} up in Dojo and settle ${them(count)}.`,
        button: 'Open the queue',
      };
    case 'try-again':
      return { text: `${were(count)} refused, nothing was captured.`, button: `Try ${them(count)} again` };
    case 'choose-withdrawn':
      return { text: `${were(count)} removed before sending.`, button: `Choose ${them(count)} again` };
    case 'not-again':
      return { text: `${were(count)} not captured and can no longer be captured. Open ${them(count)} in the list to see why.`, button: null };
    case 'too-late':
      return { text: `${were(count)} too late: the hold ended before it could be sent. Nothing was captured.`, button: null };
    case 'still-moving':
      return { text: `${count} ${count === 1 ? 'is' : 'are'} still on the way.`, button: null };
  }
}
