import { holdEndsByMs, lapsesAtMs, type Payment, paidByMs } from '../payment/payment.ts';
import type { SameDay } from '../payment/same-day.ts';
import { type Action, isOpen } from './action.ts';

/** From its start to its end no calendar day is longer, also where the clocks go back. */
const LONGEST_DAY_MS = 26 * 3_600_000;
/** Every zone of today is whole quarters of an hour away from UTC, and so is its midnight. */
const QUARTER_MS = 15 * 60_000;

/**
 * A reversal that an older Tillside decided, with the day that its deadline is the midnight of: the older one wrote down the midnight
 * alone. The end of a hold is none, and what nobody can tell stays as it is.
 */
export function withSameDay(action: Action, find: () => Payment | null): Action {
  const { move, deadlineAtMs, sameDay } = action;
  if (move.kind !== 'reverse' || sameDay || deadlineAtMs === null || !isOpen(action)) return action;
  const payment = find();
  if (payment === null) return action;
  const dayOf: SameDay = { paidByMs: paidByMs(payment), endsAtMs: otherEndOf(payment) };
  const lengthMs = deadlineAtMs - dayOf.paidByMs;
  const isMidnight = deadlineAtMs % QUARTER_MS === 0 && deadlineAtMs !== dayOf.endsAtMs && lengthMs > 0 && lengthMs <= LONGEST_DAY_MS;
  return isMidnight ? { ...action, sameDay: dayOf } : action;
}

/** What ends it besides the day. */
function otherEndOf(payment: Payment): number | null {
  if (payment.status === 'Created') return lapsesAtMs(payment);
  return payment.captureMode === 'Manual' ? holdEndsByMs(payment) : null;
}
