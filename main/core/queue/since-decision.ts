import { type Capture, captureTotalMinor, countsAsCaptured, type Payment } from '../payment/payment.ts';
import type { Action } from './action.ts';
import { asFirstSent, CLOCKS_APART_MS, personsWordUntilMs, refundedSinceMinor, totalOf, unexplainedCaptures } from './evidence.ts';

/**
 * Whether Dojo shows the payment as it was known when the action was decided, less what this till's other actions on it explain.
 * Where that cannot be told, it is not called unchanged.
 */
export function isUnchangedSinceDecision(action: Action, payment: Payment, others: readonly Action[]): boolean {
  const { decidedOn } = action;
  if (!decidedOn || action.currency !== payment.currency) return false;
  if (payment.amountMinor !== decidedOn.amountMinor || payment.tipsMinor !== decidedOn.tipsMinor) return false;
  if (payment.captures === null || decidedOn.captureIds === null) {
    // Before 2024-02-05 no capture is listed: whether a part was taken meanwhile cannot be seen.
    if (action.move.kind === 'capture') return false;
  } else if (unexplainedCaptures(payment, decidedOn, others, action).length > 0) return false;
  if (payment.refundedMinor > decidedOn.refundedMinor + refundedSinceMinor(decidedOn, others.map(asFirstSent))) return false;
  return payment.status === decidedOn.status || others.some((other) => other.state === 'done' && leadsTo(other, payment.status));
}

/** This till's own doing may have brought the payment there. */
const leadsTo = ({ move }: Action, status: string): boolean =>
  (move.kind === 'capture' && status === 'Captured') || (move.kind === 'refund' && status === 'Refunded');

/**
 * Since the person decided, the very thing that was decided seems to have been done by somebody else: a copy of this till, another
 * till that was asked too, or the disk is an older image. `others` are this till's other actions on the payment.
 */
export const isDoneSinceDecided = (action: Action, payment: Payment, others: readonly Action[]): boolean => doneSinceDecidedMinor(action, payment, others) > 0;

/** How much of that was done, in minor units: several captures of its amount, or at least as much refunded; 0: nothing that is like it. */
export function doneSinceDecidedMinor(action: Action, payment: Payment, others: readonly Action[]): number {
  const { move, decidedOn } = action;
  if (!decidedOn) return 0;
  if (move.kind === 'refund') {
    const risenMinor = payment.refundedMinor - decidedOn.refundedMinor - refundedSinceMinor(decidedOn, others.map(asFirstSent));
    return risenMinor >= move.amount ? risenMinor : 0;
  }
  if (move.kind !== 'capture' || payment.captures === null) return 0;
  const { captureIds, readAtMs } = decidedOn;
  const isNews = (capture: Capture) => (captureIds ? true : capture.createdAtMs > readAtMs - CLOCKS_APART_MS);
  const isLikeIt = (capture: Capture) => isNews(capture) && countsAsCaptured(capture) && captureTotalMinor(capture) === totalOf(move);
  return totalOf(move) * unexplainedCaptures(payment, decidedOn, believedAt(action, others), action).filter(isLikeIt).length;
}

/** What a person had called done, and was taken for undone when this was decided, explains nothing that appeared since. */
export const believedAt = ({ acceptedAtMs }: Action, others: readonly Action[]): readonly Action[] =>
  others.filter((other) => acceptedAtMs < (personsWordUntilMs(other) ?? Number.POSITIVE_INFINITY));

/** Nobody had paid when the reversal was decided. Now it would release a paid hold: that is another decision. */
export const isPaidSinceDecided = ({ move, decidedOn }: Action, payment: Payment): boolean =>
  move.kind === 'reverse' && decidedOn?.status === 'Created' && payment.status !== 'Created';
