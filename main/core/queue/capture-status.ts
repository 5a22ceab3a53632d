import type { Payment } from '../payment/payment.ts';
import type { Action } from './action.ts';

/** What the bank said to a done capture, as far as Dojo shows it. */
export function captureStatusOf(action: Action, payment: Payment | null): string | null {
  if (action.state !== 'done' || action.move.kind !== 'capture' || !payment) return null;
  // Before 2024-02-05 no capture is listed: the intent's own status is all there is.
  if (payment.captures === null) return payment.status === 'Captured' ? 'Successful' : null;
  return payment.captures.find((capture) => capture.id === action.outcome?.captureId)?.status ?? null;
}
