import { expect, it } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { paymentsAtRest } from '../../../main/core/queue/at-rest.ts';
import { emptyQueue, type QueueState } from '../../../main/core/queue/queue-state.ts';
import { anAction, NOON_MS } from '../../builders.ts';

const on = (paymentId: string, changes: Partial<Action> = {}) => anAction({ paymentId, ...changes });
const atRest = (actions: readonly Action[], changes: Partial<QueueState> = {}) => [
  ...paymentsAtRest({ ...emptyQueue, gate: 'open', accountId: 'acc_1', actions: new Map(actions.map((action) => [action.id, action])), ...changes }),
];
const STOPPED: Partial<QueueState> = { stoppedOperations: new Set(['capture']) };
const FELT_FOR: Partial<QueueState> = { ...STOPPED, feltFor: new Map([['capture', { failures: 1, retryAtMs: NOON_MS }]]) };

it.each<readonly [string, Partial<Action>, Partial<QueueState>, boolean]>([
  ['waits for its turn', {}, {}, false],
  ['waits for an operation that Dojo forbids', {}, STOPPED, true],
  ['waits for another operation', { move: { kind: 'reverse' } }, STOPPED, false],
  ['feels for a stopped operation by itself', {}, FELT_FOR, false],
  ['is looked at, whatever is stopped', { state: 'checking' }, STOPPED, false],
  ['is looked at on a payment of which an action cannot be read', { state: 'checking' }, { unreadableLanes: new Set(['pi_1']) }, false],
  ['waits behind an action that cannot be read', {}, { unreadableLanes: new Set(['pi_1']) }, true],
  ['waits beside one', {}, { unreadableLanes: new Set(['pi_2']) }, false],
  ['needs a person', { state: 'needsPerson' }, {}, true],
  ['is of another account', { accountId: 'acc_2' }, {}, true],
  ['has ended', { state: 'done' }, STOPPED, false],
])('a payment whose action %s', (_, action, state, isAtRest) => {
  expect(atRest([on('pi_1', action)], state)).toEqual(isAtRest ? ['pi_1'] : []);
});

it('the first open action of a payment holds up the others, and those of no other payment', () => {
  const [needing, waiting, ended] = [{ state: 'needsPerson' }, { state: 'waiting' }, { state: 'done' }] as const;
  expect(atRest([on('pi_1', needing), on('pi_1', waiting), on('pi_2', waiting)])).toEqual(['pi_1']);
  expect(atRest([on('pi_1', waiting), on('pi_1', needing)])).toEqual([]);
  expect(atRest([on('pi_1', ended), on('pi_1', needing)])).toEqual(['pi_1']);
});
