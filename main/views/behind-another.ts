import { type Action, isOpen } from '../core/queue/action.ts';
import type { Said } from '../core/queue/outcome.ts';
import { isAbsentPart, isSettleable, type QueueState } from '../core/queue/queue-state.ts';
import { behindAnother, behindOwn } from '../words/behind-another.ts';
import { tryNowWords } from '../words/try-now-words.ts';

/** The first open action of each payment: nothing else goes out there before that has ended. */
export function firstOnEach(actions: QueueState['actions']): ReadonlyMap<string, Action> {
  const first = new Map<string, Action>();
  for (const action of actions.values()) if (isOpen(action) && !first.has(action.paymentId)) first.set(action.paymentId, action);
  return first;
}

/** `forPerson`: until somebody has done something about what comes first; `settleId`: that action, where it is to be settled here. */
type Behind = Readonly<{ said: Said; forPerson: Readonly<{ settleId: string | null }> | null }>;

/**
 * Why it waits behind `first`, the first open action on its payment; null: it does not, or not for long. What is queued or being sent has
 * its own turn, and what it waits for is said of it.
 */
export function behindWhat(action: Action, queue: Pick<QueueState, 'accountId' | 'unreadableLanes' | 'busy'>, first: Action | undefined): Behind | null {
  if (action.state !== 'waiting' || action.accountId !== queue.accountId) return null;
  if (queue.unreadableLanes.has(action.paymentId)) return { said: tryNowWords.unreadable, forPerson: { settleId: null } };
  if (first === undefined || first.id === action.id) return null;
  if (first.accountId !== queue.accountId) return { said: behindAnother(action), forPerson: { settleId: null } };
  if (first.state !== 'needsPerson' && first.state !== 'checking') return null;
  const isForPerson = first.state === 'needsPerson' || isAbsentPart(first);
  return { said: behindOwn(action, first), forPerson: isForPerson ? { settleId: isSettleable(queue, first) ? first.id : null } : null };
}
