import { type Action, isOpen } from '../core/queue/action.ts';
import type { QueueState } from '../core/queue/queue-state.ts';

/** Payments of which the first open action is another account's: nothing of this one's goes out there before that has ended. */
export function lanesOfOthers({ actions, accountId }: Pick<QueueState, 'actions' | 'accountId'>): ReadonlySet<string> {
  const first = new Map<string, Action>();
  for (const action of actions.values()) if (isOpen(action) && !first.has(action.paymentId)) first.set(action.paymentId, action);
  return new Set([...first.values()].filter((action) => action.accountId !== accountId).map(({ paymentId }) => paymentId));
}

/** Whether it waits for that. `beside`: all on its payment, in the order in which they were accepted. */
export const isBehindAnother = (action: Action, queue: Pick<QueueState, 'accountId'>, beside: readonly Action[]): boolean =>
  action.state === 'waiting' && action.accountId === queue.accountId && beside.find(isOpen)?.accountId !== queue.accountId;
