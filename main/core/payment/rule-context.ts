import { type Action, isOpen } from '../queue/action.ts';
import { refundedHereMinor, unseenCapturesMinor } from '../queue/evidence.ts';
import { capturedMinor, heldMinor, type Payment, takenMinor } from './payment.ts';

/** Everything the rules look at. `actions` are this till's actions on the payment, open and done. */
export type Case = Readonly<{
  payment: Payment;
  actions: readonly Action[];
  /** The corrected clock. */
  nowMs: number;
  /** The shop's time zone: the calendar day of an undo follows it (which clock Dojo means is not documented). */
  zone: string;
  online: boolean;
  apiVersion: string;
  /** The most that may be refunded of a payment while offline; null: nothing. */
  offlineRefundMaxMinor: number | null;
  /** An action on this payment stands on the disk but cannot be read: what it did is not known. */
  unreadable?: boolean;
}>;

/** Two refunds of a payment closer together than this may be one that was decided twice. */
export const SECOND_REFUND_MS = 10 * 60_000;

export const openActions = (c: Case) => c.actions.filter(isOpen);

/** Local captures that what was read of the payment does not show: still to come, or done since. */
export const reservedMinor = (c: Case): number =>
  openActions(c).reduce((sum, { move }) => (move.kind === 'capture' ? sum + move.amount + (move.tipsAmount ?? 0) : sum), 0) +
  unseenCapturesMinor(c.payment, c.actions);

/** What is still to take of a hold, less what this till has promised. Never negative. */
export const leftToTakeMinor = (c: Case): number => Math.max(0, heldMinor(c.payment) - capturedMinor(c.payment) - reservedMinor(c));

/** What was given back: as Dojo shows it, or more where it does not yet show what was done here. */
export const refundedMinor = (c: Case): number => Math.max(c.payment.refundedMinor, refundedHereMinor(c.actions));

const refundsPromisedMinor = (c: Case): number => openActions(c).reduce((sum, { move }) => (move.kind === 'refund' ? sum + move.amount : sum), 0);

/** What may still be given back: never more than Dojo has confirmed as taken. */
export const leftToRefundMinor = (c: Case): number => Math.max(0, takenMinor(c.payment) - refundedMinor(c) - refundsPromisedMinor(c));

/** What of it may be decided now: without the line, no more than the shop's cap, less what waits already. */
export const refundableNowMinor = (c: Case): number =>
  c.online ? leftToRefundMinor(c) : Math.max(0, Math.min(leftToRefundMinor(c), (c.offlineRefundMaxMinor ?? 0) - refundsPromisedMinor(c)));

/**
 * The newest refund of it that was decided or sent here a moment ago and may have given money back, or may still. One that waited for
 * the line counts from when it went out: the clock may have been put right with the same answer.
 */
export function recentRefund(c: Case): { amountMinor: number; atMs: number } | null {
  for (const action of c.actions.toReversed()) {
    const atMs = Math.max(action.acceptedAtMs, action.firstSentAtMs ?? 0);
    if (action.move.kind === 'refund' && (isOpen(action) || action.state === 'done') && c.nowMs - atMs < SECOND_REFUND_MS)
      return { amountMinor: action.move.amount, atMs };
  }
  return null;
}
