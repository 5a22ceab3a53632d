import type { Action } from '../core/queue/action.ts';
import { type HeldUpBy, heldUpBy } from '../core/queue/held-up.ts';
import type { QueueState } from '../core/queue/queue-state.ts';
import { type StandsStillBy, WHY_QUEUED } from '../words/queued-words.ts';

const isForAll = (by: HeldUpBy | null): by is HeldUpBy & StandsStillBy => by !== null && by in WHY_QUEUED;

/** Why an action that is queued does not go out now, where it is not for itself alone; null: it goes out in its turn, or its own row says why not. */
export function standsStillBy(action: Action, queue: QueueState, nowMs: number): StandsStillBy | null {
  if (action.state !== 'waiting' || action.accountId !== queue.accountId) return null;
  const by = heldUpBy(action, queue, { nowMs });
  if (isForAll(by)) return by;
  return queue.line.up ? null : 'no-connection';
}
