import type { ActionView, PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { referenceInWords } from '../reference.ts';
import { offeredMinor } from '../take/offered.ts';
import { type Edit, type Sum, sumUp } from './choice.ts';
import { type TakeOutcome, takeMinor, takeOutcome } from './run-report.ts';
import { holdsInWords, sumsInWords } from './sums-in-words.ts';

/** What is left to do after a run: a step each, only where there is something to do or to know. */
export type NextStep = Readonly<{
  count: number;
  /** The payments it is about, as a person knows them. */
  references: readonly string[];
}> &
  (
    | Readonly<{ kind: 'settle' | 'behind' | 'came-twice' | 'came-after' | 'compare' | 'not-shown' | 'too-late' | 'still-moving' | 'with-bank' }>
    /** Refused, declined or removed, and by now not to be captured any more; or refused, and captured by now all the same. */
    | Readonly<{ kind: 'not-again' | 'captured-anyway'; captured: readonly Captured[] }>
    | Readonly<{ kind: 'declined' | 'failed' | 'without-extras' | 'try-again' | 'choose-withdrawn'; captured: readonly Captured[]; amounts: Amounts }>
    /** Left out of the run, or the rest of what it captured a part of. `amounts`: of those that can be captured here. */
    | Readonly<{ kind: 'on-hold'; sums: readonly Sum[]; amounts: Amounts }>
  );

type Amounts = ReadonlyMap<string, Edit>;
/** What Dojo shows captured of a payment of which the run, as far as it was told, captured nothing, and what the bank has not answered yet. */
type Captured = Readonly<{ reference: string; currency: string; takenMinor: number; takingMinor: number }>;

const MOVING: ReadonlySet<TakeOutcome> = new Set(['waiting', 'sending', 'checking']);
/** What did not come off and may be chosen again, in the order in which it is told. */
const AGAIN = [
  ['declined', 'declined'],
  ['failed', 'failed'],
  ['try-again', 'refused'],
  ['choose-withdrawn', 'withdrawn'],
] as const satisfies readonly (readonly [NextStep['kind'], TakeOutcome])[];

/** `payments`: all that are known now, by id. */
export function nextSteps(takes: readonly ActionView[], payments: ReadonlyMap<string, PaymentView>): readonly NextStep[] {
  const having = (is: (outcome: TakeOutcome) => boolean) => takes.filter((take) => is(takeOutcome(take)));
  const step = <K extends string>(kind: K, of: readonly ActionView[]) => ({ kind, count: of.length, references: of.map(({ reference }) => reference) });
  const isPossible = ({ paymentId }: ActionView) => payments.get(paymentId)?.moves.capture.open === true;
  const compared = takes.filter(({ compareFirst }) => compareFirst);
  const missed = having((outcome) => AGAIN.some(([, of]) => of === outcome)).filter(
    ({ madeUpFor, compareFirst, cameTwice }) => !madeUpFor && !compareFirst && !cameTwice,
  );
  const anyway = having((outcome) => outcome === 'refused').filter(
    (take) => take.madeUpFor && !take.compareFirst && !take.cameTwice && capturedMinor(payments.get(take.paymentId)) >= takeMinor(take),
  );
  const withoutExtras = missed.filter((take) => take.refusedWithExtras && isPossible(take));
  const came = takes.filter(({ cameTwice }) => cameTwice);
  const tooLate = having((outcome) => outcome === 'too-late').filter(({ compareFirst }) => !compareFirst);
  const told = new Set([...came, ...compared, ...missed, ...tooLate].map(({ paymentId }) => paymentId));
  const over = missed.filter((take) => !isPossible(take));
  const onHold = heldSince(takes, payments).filter(({ id }) => !told.has(id));
  const steps: readonly NextStep[] = [
    step(
      'settle',
      having((outcome) => outcome === 'needs-person'),
    ),
    step(
      'behind',
      having((outcome) => outcome === 'behind'),
    ),
    step(
      'came-twice',
      came.filter(({ state }) => state === 'done'),
    ),
    step(
      'came-after',
      came.filter(({ state }) => state !== 'done'),
    ),
    step('compare', compared),
    {
      ...step('without-extras', withoutExtras),
      captured: capturedOf(withoutExtras, payments),
      amounts: offeredAmounts(
        withoutExtras.map(({ paymentId }) => paymentId),
        payments,
      ),
    },
    ...AGAIN.map(([kind, of]) => {
      const ended = missed.filter((take) => takeOutcome(take) === of && isPossible(take) && !withoutExtras.includes(take));
      return { ...step(kind, ended), captured: capturedOf(ended, payments), amounts: possibleAmounts(ended, payments) };
    }),
    { ...step('not-again', over), captured: capturedOf(over, payments) },
    { ...step('captured-anyway', anyway), captured: capturedOf(anyway, payments) },
    {
      kind: 'on-hold',
      count: onHold.length,
      references: onHold.map(({ reference }) => reference),
      sums: sumUp(onHold.map(({ currency, onHoldMinor }) => ({ currency, amountMinor: onHoldMinor }))),
      amounts: offeredAmounts(
        onHold.map(({ id }) => id),
        payments,
      ),
    },
    step('too-late', tooLate),
    step(
      'not-shown',
      having((outcome) => outcome === 'not-shown'),
    ),
    step(
      'still-moving',
      having((outcome) => MOVING.has(outcome)),
    ),
    step(
      'with-bank',
      having((outcome) => outcome === 'taking'),
    ),
  ];
  return steps.filter(({ count }) => count > 0);
}

/** Held before the run began, and still on hold. What has come since was not left out by it. */
function heldSince(takes: readonly ActionView[], payments: ReadonlyMap<string, PaymentView>): readonly PaymentView[] {
  const startedAtMs = Math.min(...takes.map(({ acceptedAtMs }) => acceptedAtMs));
  return [...payments.values()].filter(({ onHoldMinor, paidAtMs, createdAtMs }) => onHoldMinor > 0 && (paidAtMs ?? createdAtMs) <= startedAtMs);
}

/** By another till, or here before the run: that the run captured nothing is no word on those. */
function capturedOf(takes: readonly ActionView[], payments: ReadonlyMap<string, PaymentView>): readonly Captured[] {
  return takes.flatMap(({ paymentId, reference, currency }) => {
    const payment = payments.get(paymentId);
    return payment && capturedMinor(payment) > 0 ? { reference, currency, takenMinor: payment.takenMinor, takingMinor: payment.takingMinor } : [];
  });
}

/** As Dojo shows it, whether or not the bank has answered yet. */
export const capturedMinor = (payment: PaymentView | undefined): number => (payment ? payment.takenMinor + payment.takingMinor : 0);

/** The amounts they were tried with, or what is left where that is less. */
function possibleAmounts(takes: readonly ActionView[], payments: ReadonlyMap<string, PaymentView>): Amounts {
  const amounts = new Map<string, Edit>();
  for (const take of takes) {
    const payment = payments.get(take.paymentId);
    if (payment?.moves.capture.open) amounts.set(take.paymentId, { amountMinor: Math.min(takeMinor(take), payment.leftMinor), ofMinor: payment.leftMinor });
  }
  return amounts;
}

/** What main offers of them now. */
function offeredAmounts(paymentIds: readonly string[], payments: ReadonlyMap<string, PaymentView>): Amounts {
  const amounts = new Map<string, Edit>();
  for (const paymentId of paymentIds) {
    const payment = payments.get(paymentId);
    const amountMinor = payment?.moves.capture.open ? offeredMinor(payment.moves.capture) : null;
    if (payment && amountMinor !== null) amounts.set(paymentId, { amountMinor, ofMinor: payment.leftMinor });
  }
  return amounts;
}

const were = (count: number) => (count === 1 ? '1 was' : `${count} were`);
const them = (count: number) => (count === 1 ? 'it' : 'them');
const NAMED_MOST = 4;

/** "Table 4, Table 9 and 3 more". */
function named(references: readonly string[]): string {
  const shown = references.slice(0, NAMED_MOST).map((reference) => referenceInWords(reference));
  const more = references.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Of what the run tried, and what Dojo shows all the same. */
const capturedInWords = (captured: readonly Captured[]): string =>
  captured.length === 0 ? 'Nothing was captured.' : `This run captured nothing; Dojo shows ${shownInWords(captured)}.`;

const shownInWords = (captured: readonly Captured[]): string =>
  [
    ...sumsNamed(captured, ({ takenMinor }) => takenMinor).map((sums) => `${sums} captured`),
    ...sumsNamed(captured, ({ takingMinor }) => takingMinor).map((sums) => `${sums} being captured`),
  ].join(', and ');

/** "£5.00 of Table 4, £7.00 of Table 9"; nothing where there are none. */
function sumsNamed(captured: readonly Captured[], minorOf: (one: Captured) => number): readonly string[] {
  const all = captured.filter((one) => minorOf(one) > 0);
  const named = all.slice(0, NAMED_MOST).map((one) => `${formatMoney(minorOf(one), one.currency)} of ${referenceInWords(one.reference)}`);
  const more = all.length - named.length;
  return named.length === 0 ? [] : [`${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}

/** The step as a sentence; the second part is what the button says, null where there is nothing to press. */
export function nextStepInWords(step: NextStep): { text: string; button: string | null } {
  const { count, references } = step;
  const all = named(references);
  switch (step.kind) {
    case 'settle':
      return { text: `${count} ${count === 1 ? 'needs' : 'need'} you: look ${them(count)} up in Dojo and settle ${them(count)}.`, button: 'Open the queue' };
    case 'behind':
      return {
        text: `${count} ${count === 1 ? 'waits' : 'wait'} for an earlier action: ${all}. Its row says what to do about that one first.`,
        button: 'Open the queue',
      };
    case 'came-twice':
      return { text: `Perhaps captured twice: ${all}. Compare ${them(count)} with Dojo, and refund what is too much.`, button: 'Show the list' };
    case 'came-after':
      return {
        text: `Captured after all, after ${count === 1 ? 'it was' : 'they were'} given up: ${all}. Compare ${them(count)} with Dojo before you decide more.`,
        button: 'Show the list',
      };
    case 'compare':
      return { text: `Compare with Dojo before more is captured: ${all}. It shows ${count === 1 ? 'a capture' : 'captures'} that may be ours.`, button: null };
    case 'declined':
      return {
        text: `Declined by the bank: ${all}. ${capturedInWords(step.captured)} Capture ${them(count)} again, or ask for another card.`,
        button: `Capture ${them(count)} again`,
      };
    case 'failed':
      return {
        text: `Failed at the bank: ${all}. ${capturedInWords(step.captured)} Capture ${them(count)} again; if that fails too, ask for another card.`,
        button: `Capture ${them(count)} again`,
      };
    case 'without-extras':
      return {
        text: `Refused with the service charge or cashback in it: ${all}. ${capturedInWords(step.captured)}`,
        button: `Choose ${them(count)} without`,
      };
    case 'try-again':
      return { text: `Refused or not done: ${all}. ${capturedInWords(step.captured)}`, button: `Try ${them(count)} again` };
    case 'choose-withdrawn':
      return { text: `${were(count)} removed before sending.`, button: `Choose ${them(count)} again` };
    case 'not-again':
      return {
        text: `Not captured${step.captured.length > 0 ? ' by this run' : ''}, and no longer possible: ${all}. Open ${them(count)} in the list to see why.`,
        button: null,
      };
    case 'captured-anyway':
      return {
        text: `Refused, and captured by ${them(count)} after all or in another way: Dojo shows ${shownInWords(step.captured)}. Nothing is left to do for ${them(count)}.`,
        button: null,
      };
    case 'on-hold':
      return {
        text: `${holdsInWords(count)} ${count === 1 ? 'stays' : 'stay'} on hold with ${sumsInWords(step.sums)}: ${all}.`,
        button: step.amounts.size > 0 ? `Choose ${them(step.amounts.size)}` : null,
      };
    case 'too-late':
      return {
        text: `${were(count)} too late: ${count === 1 ? 'its hold has' : 'their holds have'} ended. Look at ${all} to see what became of ${them(count)}.`,
        button: null,
      };
    case 'not-shown':
      return { text: `Dojo took ${all}, but does not show the outcome. Look ${them(count)} up in Dojo.`, button: null };
    case 'still-moving':
      return { text: `${count} ${count === 1 ? 'is' : 'are'} still on the way.`, button: null };
    case 'with-bank':
      return { text: `${count} ${count === 1 ? 'is' : 'are'} with the bank. Nothing has to be done until it answers.`, button: null };
  }
}
