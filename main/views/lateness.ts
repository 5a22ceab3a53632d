import type { Action } from '../core/queue/action.ts';
import type { QueueState } from '../core/queue/queue-state.ts';
import type { Lateness } from '../words/late-words.ts';

/**
 * What the screen says by the best clock there is. The action itself stays open until the moment before a send, which Dojo's own
 * time decides. `isByPc`: Dojo has not said in this run what time it is, so a PC clock that is ahead may be all that says so.
 */
export function latenessOf(
  { state, deadlineAtMs }: Action,
  { throttledUntilMs }: Pick<QueueState, 'throttledUntilMs'>,
  nowMs: number,
  isByPc = false,
): Lateness {
  if (state !== 'waiting' || deadlineAtMs === null) return 'in-time';
  if (nowMs >= deadlineAtMs) return isByPc ? 'late-by-pc' : 'too-late';
  return throttledUntilMs > nowMs && throttledUntilMs >= deadlineAtMs ? 'will-be-late' : 'in-time';
}
