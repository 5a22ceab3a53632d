import type { Action } from '../core/queue/action.ts';
import type { OutcomeCode } from '../core/queue/outcome.ts';
import type { QueueState } from '../core/queue/queue-state.ts';

/** Clocks disagree on whether it is too late: the till waits until it is sure of the time. What failed before had other reasons. */
export const isTimeDoubted = ({ id, state }: Action, { doubtedSince }: Pick<QueueState, 'doubtedSince'>): boolean =>
  state === 'waiting' && doubtedSince.has(id);

/**
 * What it heard last is that there was no connection, and there is one again: it says nothing of now, as where the queue is paused since.
 * Where its own payment alone cannot be asked about, it was tried again since others could.
 */
export const isConnectedSince = ({ id, state, outcome }: Action, { line, held }: Pick<QueueState, 'line' | 'held'>): boolean =>
  state === 'waiting' && outcome?.code === ('not-sent' satisfies OutcomeCode) && line.up && (held.get(id)?.ownMs ?? 0) === 0;
