import type { ActionView, SeenPayment } from '../../preload/contract.ts';
import type { LastLook } from '../core/payment/last-look.ts';
import { heldMinor, type Payment } from '../core/payment/payment.ts';
import { versionOf } from '../core/payment/version.ts';
import type { Action } from '../core/queue/action.ts';
import { type Baseline, baselineOf } from '../core/queue/evidence.ts';
import { isReleasable, onPayment, type QueueState } from '../core/queue/queue-state.ts';
import { isUnchangedSinceDecision } from '../core/queue/since-decision.ts';

/** Only this account's: another's payments cannot be read with this key, and nothing is let go out unread. */
export const canRelease = (queue: QueueState, action: Action): boolean =>
  isReleasable(queue, action) && action.accountId === queue.accountId && !queue.unreadableLanes.has(action.paymentId);

/**
 * What a person compares before letting an action go out: the payment when it was decided, and now. What is not known to be what Dojo shows
 * now is not called unchanged, whatever is kept of it.
 */
export function sinceDecisionOf(action: Action, payment: Payment | null, queue: QueueState, look: LastLook): ActionView['sinceDecision'] {
  if (!isReleasable(queue, action)) return null;
  const others = onPayment(queue, action.paymentId).filter(({ id }) => id !== action.id);
  return {
    decided: action.decidedOn && seen(action.decidedOn, action.decidedOn.readAtMs, payment),
    now: payment && look.kind !== 'unknown' ? { ...seen(baselineOf(payment, 0), look.readAtMs, payment), version: versionOf(payment) } : null,
    unchanged: payment !== null && look.kind === 'read' && isUnchangedSinceDecision(action, payment, others),
  };
}

/** A service charge and cashback are held too, and do not change: of what was seen before they are not kept. */
const besidesMinor = (payment: Payment | null): number => (payment === null ? 0 : heldMinor(payment) - payment.amountMinor - payment.tipsMinor);

const seen = (it: Baseline, readAtMs: number | null, payment: Payment | null): SeenPayment => ({
  status: it.status,
  heldMinor: it.amountMinor + it.tipsMinor + besidesMinor(payment),
  capturedMinor: it.capturedMinor,
  captureCount: it.captureIds?.length ?? null,
  refundedMinor: it.refundedMinor,
  readAtMs,
});
