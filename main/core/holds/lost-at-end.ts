import type { Noticed } from '../payment/changes.ts';
import { endedBy } from '../payment/ended-by-itself.ts';
import { heldMinor, type Payment } from '../payment/payment.ts';
import type { Action } from '../queue/action.ts';

/**
 * What the shop lost where a hold ended by itself and nothing of it was captured; 0: it did not, or somebody wanted it released, here or
 * elsewhere. `actions`: this till's on the payment. `noticed`: what others did to it.
 */
export function lostAtEndMinor(payment: Payment, actions: readonly Action[], noticed: readonly Noticed[]): number {
  if (payment.captureMode !== 'Manual' || payment.status !== 'Reversed' || endedBy(payment) !== 'itself') return 0;
  // Dojo may date a released hold anew, for whatever reason, after it would have ended.
  const isWanted = actions.some(({ move, state }) => move.kind === 'reverse' && state !== 'withdrawn') || noticed.some(({ isReversal }) => isReversal);
  return isWanted ? 0 : heldMinor(payment);
}
