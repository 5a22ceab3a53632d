import { type Capture, changedByMs, holdEndsAtMs, holdEndsByMs, isCapturedInPart, isRest, lapsesAtMs, type Payment } from './payment.ts';

/** Dojo's clock and its own timers are not exact to the second: what happens around its end happened by itself. */
const END_SLACK_MS = 60_000;

/**
 * Who ended a hold or a request to pay, or captured at the end. Where Dojo does not say when a hold began, its end lies between two
 * moments: what happens there was done by `either`.
 */
export type EndedBy = 'itself' | 'either' | 'somebody';
/** Of `either`, for a cashier. */
export const ELSEWHERE_OR_AT_END = 'elsewhere, or at the hold’s own end.';

function byHoldsEnd(payment: Payment, atMs: number): EndedBy {
  if (atMs < holdEndsAtMs(payment) - END_SLACK_MS) return 'somebody';
  return atMs < holdEndsByMs(payment) - END_SLACK_MS ? 'either' : 'itself';
}

/** Who made a capture: Dojo at the end of the hold (guide: autoExpireAction), or somebody. Where Dojo does not say what the end does, it may be this. */
export const takenBy = (payment: Payment, capture: Capture): EndedBy =>
  payment.captureMode === 'Manual' && payment.autoExpireAction !== 'Release' ? byHoldsEnd(payment, capture.createdAtMs) : 'somebody';

/** Whether the hold ended, or the request to pay lapsed, without anybody doing anything. What Dojo does not date was done by when it was first seen. */
export function endedBy(payment: Payment): EndedBy {
  const { status, updatedAtMs } = payment;
  const byMs = changedByMs(payment);
  if (status === 'Canceled') return byMs >= lapsesAtMs(payment) - END_SLACK_MS ? 'itself' : 'somebody';
  // An end that releases captures nothing; it may still have Dojo call captured what was captured in part.
  if (payment.captureMode !== 'Manual' || (status === 'Captured' && payment.autoExpireAction === 'Release' && !isRest(payment))) return 'somebody';
  const dated = byHoldsEnd(payment, updatedAtMs);
  return dated === 'somebody' && byHoldsEnd(payment, Math.max(byMs, payment.undatedByMs ?? byMs)) !== 'somebody' ? 'either' : dated;
}

/** The hold ended by itself, and Dojo says no more of it than that a part is captured: the rest was let go. */
export const isRestLetGo = (payment: Payment): boolean =>
  isCapturedInPart(payment) && payment.autoExpireAction !== 'Capture' && byHoldsEnd(payment, payment.updatedAtMs) === 'itself';

/** Something about it was done by somebody, or by the hold's own end: nobody can tell. */
export const isUnsureWhoEnded = (payment: Payment): boolean =>
  (payment.status !== 'Authorized' && endedBy(payment) === 'either') || (payment.captures?.some((capture) => takenBy(payment, capture) === 'either') ?? false);
