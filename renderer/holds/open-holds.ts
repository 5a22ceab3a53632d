import type { PaymentView } from '../../preload/contract.ts';
import { type Sum, sumUp } from '../end-of-day/choice.ts';

const HOUR_MS = 3_600_000;
/** From here on the shop is warned. */
export const SOON_MS = 48 * HOUR_MS;
export const VERY_SOON_MS = 24 * HOUR_MS;

/** Not on the list: nothing is left of them to take, to promise or to look at. */
const SETTLED = new Set<PaymentView['state']>(['taking', 'paid']);

/** The open holds of all days, soonest end first. One that is promised stays until Dojo has taken it. */
export const openHolds = (payments: readonly PaymentView[]): PaymentView[] =>
  payments
    .filter(({ holdEnds, state, onHoldMinor, openActionIds }) => holdEnds !== null && (onHoldMinor > 0 || openActionIds.length > 0 || !SETTLED.has(state)))
    .sort((a, b) => endsAtMs(a) - endsAtMs(b) || a.createdAtMs - b.createdAtMs);

const endsAtMs = (payment: PaymentView): number => payment.holdEnds?.atMs ?? Number.MAX_SAFE_INTEGER;

/** What is left to take of it here; 0 also where Dojo holds it and it cannot be taken here (another currency). */
export const toTakeMinor = ({ moves, onHoldMinor }: PaymentView): number => (moves.capture.open ? onHoldMinor : 0);

/** What its end may take: what is left to take, and what was decided and is not on its way. */
export const atRiskMinor = (payment: PaymentView): number => toTakeMinor(payment) + payment.standingCapturesMinor;

/** Whether something of it is not captured and its end comes within so long. */
export const endsWithin = (payment: PaymentView, withinMs: number, nowMs: number): boolean =>
  atRiskMinor(payment) > 0 && payment.holdEnds !== null && payment.holdEnds.atMs > nowMs && payment.holdEnds.atMs - nowMs <= withinMs;

const isTakenByItself = ({ holdEnds }: PaymentView): boolean => holdEnds?.action === 'Capture';

export type HoldSums = Readonly<{
  left: readonly Sum[];
  /** Lost if nothing is done, within 24 and within 48 hours; what Dojo does not tell the fate of counts as lost. */
  lostVerySoon: readonly Sum[];
  lostSoon: readonly Sum[];
  takenByItselfSoon: readonly Sum[];
}>;

/** On the list, held at Dojo, and in no sum: they are in a currency that is not captured here. */
export const otherCurrencyCount = (holds: readonly PaymentView[]): number =>
  holds.filter(({ moves: { capture }, onHoldMinor }) => onHoldMinor > 0 && !capture.open && capture.code === 'currency').length;

/** Dojo does not know it with the key that is connected: what is shown of it is not to be captured here. */
export const isUnknownToKey = ({ moves: { capture } }: PaymentView): boolean => !capture.open && capture.code === 'unknown-to-key';

/** The same of those that Dojo does not know with this key. */
export const unknownToKeyCount = (holds: readonly PaymentView[]): number => holds.filter((hold) => hold.onHoldMinor > 0 && isUnknownToKey(hold)).length;

/** What is left to take of the holds, and what becomes of it within two days. */
export function holdSums(holds: readonly PaymentView[], nowMs: number): HoldSums {
  const sum = (minorOf: (payment: PaymentView) => number, which: (payment: PaymentView) => boolean) =>
    sumUp(holds.filter((payment) => minorOf(payment) > 0 && which(payment)).map((payment) => ({ currency: payment.currency, amountMinor: minorOf(payment) })));
  return {
    left: sum(toTakeMinor, () => true),
    lostVerySoon: sum(atRiskMinor, (payment) => !isTakenByItself(payment) && endsWithin(payment, VERY_SOON_MS, nowMs)),
    lostSoon: sum(atRiskMinor, (payment) => !isTakenByItself(payment) && endsWithin(payment, SOON_MS, nowMs)),
    takenByItselfSoon: sum(toTakeMinor, (payment) => isTakenByItself(payment) && endsWithin(payment, SOON_MS, nowMs)),
  };
}

/** How many end within 48 hours, and whether money would be lost by it. */
export function badgeOf(payments: readonly PaymentView[], nowMs: number): Readonly<{ count: number; isLossAhead: boolean }> {
  const soon = payments.filter((payment) => endsWithin(payment, SOON_MS, nowMs));
  return { count: soon.length, isLossAhead: soon.some((payment) => !isTakenByItself(payment)) };
}
