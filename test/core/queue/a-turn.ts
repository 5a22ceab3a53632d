import type { Action } from '../../../main/core/queue/action.ts';
import { emptyQueue, type Now, type QueueState } from '../../../main/core/queue/queue-state.ts';
import { Turn } from '../../../main/core/queue/turn.ts';
import { API_VERSION, HOUR_MS, LONDON, NOON_MS } from '../../builders.ts';

/** At noon, five hours after the PC was started; waits are the shortest that may be drawn. */
export const NOW: Now = { nowMs: NOON_MS, wallMs: NOON_MS, monotonicMs: 5 * HOUR_MS, random: 0, zone: LONDON, apiVersion: API_VERSION };

/** One step of a queue that is open, in the middle: what a rule does to it is seen before the schedule and other rules go on with it. */
export const aTurn = (actions: readonly Action[] = [], state: Partial<QueueState> = {}, now: Partial<Now> = {}): Turn =>
  new Turn({ ...emptyQueue, gate: 'open', accountId: 'acc_1', ...state, actions: new Map(actions.map((action) => [action.id, action])) }, { ...NOW, ...now });

/** What goes to the disk by it. */
export const writtenBy = (turn: Turn): readonly Action[] => turn.end(null).effects.flatMap((effect) => (effect.type === 'write' ? effect.actions : []));
