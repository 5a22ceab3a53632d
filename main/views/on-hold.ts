import { mayBeHeld } from '../core/payment/payment.ts';
import { type Case, leftOf, openActions } from '../core/payment/rule-context.ts';
import type { MoveRule } from '../core/payment/rules.ts';

/**
 * What of a hold, or of its rest, is still held, as Dojo shows it, less what this till captured or promised: also where nothing of it can be
 * captured here (another currency, an end of which Dojo has not said what became). `capture`: its rule.
 */
export function onHoldMinor(c: Case, capture: MoveRule): number {
  if (capture.open) return leftOf(c).countedMinor;
  // Dojo took its release, or one is on its way. One whose outcome nobody knows lets nothing go until Dojo shows it.
  const isLetGo =
    capture.code === 'undone' || openActions(c).some(({ move, state }) => move.kind === 'reverse' && (state === 'waiting' || state === 'sending'));
  return mayBeHeld(c.payment, c.nowMs) && !isLetGo ? leftOf(c).countedMinor : 0;
}
