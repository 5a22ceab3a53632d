import type { Noticed } from '../payment/changes.ts';
import { endedBy, isRestLetGo } from '../payment/ended-by-itself.ts';
import { heldMinor, isRefundedWhole, isSettling, mayBeHeld, type Payment, takenMinor } from '../payment/payment.ts';
import type { Action } from '../queue/action.ts';

/**
 * What the shop lost where a hold ended by itself and not all of it was captured; 0: it lost nothing, the bank has not said yet, or somebody
 * wanted it released, here or elsewhere. `actions`: this till's on the payment. `noticed`: what others did to it.
 */
export function lostAtEndMinor(payment: Payment, actions: readonly Action[], noticed: readonly Noticed[], nowMs: number): number {
  if (payment.captureMode !== 'Manual' || isSettling(payment) || mayBeHeld(payment, nowMs)) return 0;
  const hasEnded = payment.status === 'Reversed' ? endedBy(payment) === 'itself' : isRestLetGo(payment);
  if (!hasEnded) return 0;
  // Dojo may date a released hold anew, for whatever reason, after it would have ended.
  const isWanted = actions.some(({ move, state }) => move.kind === 'reverse' && state !== 'withdrawn') || noticed.some(({ isReversal }) => isReversal);
  // A hold of which a part was captured is released by nobody: who gave all of that back has done what can be done.
  return isWanted || isRefundedWhole(payment) ? 0 : Math.max(0, heldMinor(payment) - takenMinor(payment));
}
