import type { Action } from '../core/queue/action.ts';
import type { OutcomeCode } from '../core/queue/outcome.ts';
import type { QueueState } from '../core/queue/queue-state.ts';

/** Clocks disagree on whether it is too late: the till waits until it is sure of the time. What failed before had other reasons. */
export const isTimeDoubted = ({ id, state }: Action, { doubtedSince }: Pick<QueueState, 'doubtedSince'>): boolean =>
  state === 'waiting' && doubtedSince.has(id);

/** Why a try did not get through, of all or of its own payment, and that it is tried again. */
const OF_A_TRY: ReadonlySet<string> = new Set(['not-sent', 'not-dojo', 'throttled', 'key-refused', 'read-refused'] satisfies OutcomeCode[]);
/** Of these that all is without a connection. */
const OF_THE_LINE: ReadonlySet<string> = new Set(['not-sent', 'not-dojo'] satisfies OutcomeCode[]);

/**
 * What an action that waits heard last says nothing of now: it was under another account's key, before the connection came back, or all
 * of its kind stand still for a reason that the header tells, whatever its own last try met.
 */
export const isPast = (action: Action, queue: QueueState): boolean =>
  action.state === 'waiting' && (action.accountId !== queue.accountId || isConnectedSince(action, queue) || standsStillWithAll(action, queue));

function standsStillWithAll({ outcome, move }: Action, { gate, paused, diskOk, stoppedOperations, line }: QueueState): boolean {
  if (outcome === null || !OF_A_TRY.has(outcome.code)) return false;
  if (gate === 'stopped' || paused || !diskOk || stoppedOperations.has(move.kind)) return true;
  return (gate === 'no-version' || !line.up) && !OF_THE_LINE.has(outcome.code);
}

/**
 * What it heard last is that there was no connection, and there is one again: it says nothing of now, as where the queue is paused since.
 * Where its own payment alone cannot be asked about, it was tried again since others could.
 */
const isConnectedSince = ({ id, outcome }: Action, { line, held }: QueueState): boolean =>
  outcome?.code === ('not-sent' satisfies OutcomeCode) && line.up && (held.get(id)?.ownMs ?? 0) === 0;
