import { type Action, isOpen } from './action.ts';
import type { QueueState } from './queue-state.ts';
import { isStopped } from './schedule.ts';

/** Payments on which nothing goes on before a person, or another key, has done something: the first of their open actions waits for that. */
export function paymentsAtRest(state: QueueState): ReadonlySet<string> {
  const first = new Map<string, Action>();
  for (const action of state.actions.values()) if (isOpen(action) && !first.has(action.paymentId)) first.set(action.paymentId, action);
  return new Set([...first.values()].filter((action) => isAtRest(action, state)).map(({ paymentId }) => paymentId));
}

function isAtRest({ state: is, accountId, paymentId, move }: Action, state: QueueState): boolean {
  if (accountId !== state.accountId || is === 'needsPerson') return true;
  return is === 'waiting' && (state.unreadableLanes.has(paymentId) || isStopped(move.kind, state));
}
