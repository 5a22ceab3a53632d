import type { Action } from '../core/queue/action.ts';
import type { QueueState } from '../core/queue/queue-state.ts';
import type { Lateness } from '../words/late-words.ts';

/**
 * What the screen says by the best clock there is. The action itself stays open until the moment before a send, which Dojo's own
 * time decides.
 */
export function latenessOf({ state, deadlineAtMs }: Action, { throttledUntilMs }: Pick<QueueState, 'throttledUntilMs'>, nowMs: number): Lateness {
  if (state !== 'waiting' || deadlineAtMs === null) return 'in-time';
  if (nowMs >= deadlineAtMs) return 'too-late';
  return throttledUntilMs > nowMs && throttledUntilMs >= deadlineAtMs ? 'will-be-late' : 'in-time';
}
