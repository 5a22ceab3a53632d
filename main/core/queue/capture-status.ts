import type { Payment } from '../payment/payment.ts';
import type { Action } from './action.ts';
import { capturesDoneHere } from './evidence.ts';

/**
 * What the bank said to each done capture, as far as Dojo shows it. `actions` are all of this till's on the payment: an id that no list
 * shows is no name, and which capture is whose is told by all of them together.
 */
export function captureStatuses(payment: Payment | null, actions: readonly Action[]): ReadonlyMap<Action, string> {
  if (payment === null) return new Map();
  if (payment.captures !== null) return new Map([...capturesDoneHere(payment, actions)].map(([action, { status }]) => [action, status]));
  // Before 2024-02-05 no capture is listed: the intent's own status is all there is.
  const isDone = ({ state, move }: Action) => state === 'done' && move.kind === 'capture';
  return new Map(payment.status === 'Captured' ? actions.filter(isDone).map((action) => [action, 'Successful']) : []);
}
