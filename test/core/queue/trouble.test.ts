import { describe, expect, it } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import {
  denialsAreOver,
  keyIsAccepted,
  keyMayRead,
  learnFrom,
  lineIsDown,
  lineIsUp,
  moveWasKeyRefused,
  moveWasThrottled,
  operationIsAllowed,
  operationWasForbidden,
  throttle,
} from '../../../main/core/queue/trouble.ts';
import { aFailure, anAction, anOutcome, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aTurn, writtenBy } from './a-turn.ts';

const SOON_MS = NOON_MS + 5 * MINUTE_MS;
const of = (code: string, status: number | null = null) => anOutcome({ code, status, settledBy: 'till' });
/** It failed four times, and waits for five minutes more. */
const waits = (changes: Partial<Action>) => anAction({ id: 'a1', notBeforeMs: SOON_MS, failures: 4, ...changes });

describe('something that is not Dojo answers', () => {
  it('while the connection is down: that counts as one more failure, so that the next try comes later', () => {
    const turn = aTurn([], { line: { up: false, failures: 1, retryAtMs: NOON_MS } });
    learnFrom(turn, aFailure({ kind: 'not-dojo', cause: 'html' }), undefined);
    expect(turn.state.line).toEqual({ up: false, failures: 2, retryAtMs: NOON_MS + 1_000 });
  });

  it('while lists are answered: the connection stays up', () => {
    const turn = aTurn();
    learnFrom(turn, aFailure({ kind: 'not-dojo', cause: 'html' }), undefined);
    expect(turn.state.line.up).toBe(true);
  });
});

it.each([
  ['a longer one that Dojo asked for before', SOON_MS, NOON_MS + 2_000, SOON_MS],
  ['a shorter one before', NOON_MS + 2_000, SOON_MS, SOON_MS],
  ['one before that is over', NOON_MS - 1, NOON_MS + 2_000, NOON_MS + 2_000],
  ['one of before the clock was set back, hours ahead by now', NOON_MS + HOUR_MS, NOON_MS + 2_000, NOON_MS + 2_000],
])('a wait that Dojo asks for, after %s: the longer one is kept, and nothing is asked too early', (_, beforeMs, askedMs, expectedMs) => {
  const turn = aTurn([], { throttledUntilMs: beforeMs });
  throttle(turn, askedMs);
  expect(turn.state).toMatchObject({ throttledUntilMs: expectedMs, catchingUp: true });
});

describe('the connection is back', () => {
  const back = (changes: Partial<Action>) => {
    const action = waits({ outcome: of('not-dojo'), ...changes });
    const turn = aTurn([action], { line: { up: false, failures: 3, retryAtMs: SOON_MS } });
    lineIsUp(turn);
    expect(turn.state.line).toEqual({ up: true, failures: 0, retryAtMs: 0 });
    return { action, turn };
  };

  it('what waits because something else answered goes on at once, as if it had not failed', () => {
    const { action, turn } = back({});
    expect(writtenBy(turn)).toEqual([{ ...action, notBeforeMs: NOON_MS, failures: 0 }]);
  });

  it.each<readonly [string, Partial<Action>]>([
    ['a payment that Dojo will not show is asked for as rarely as before', { outcome: of('read-refused', 500) }],
    ['what was denied is sent no sooner', { outcome: of('throttled', 429) }],
    ['what was not tried yet waits as it did', { outcome: null }],
    ['an unknown outcome is not sent again, and looked at as rarely as before', { state: 'checking', sends: 1 }],
    ['what a person decides stays theirs', { state: 'needsPerson' }],
    ['what ended stays ended', { state: 'refused' }],
    ['what is due anyway is not written again', { notBeforeMs: NOON_MS }],
    ['what was due before stays in its turn', { notBeforeMs: NOON_MS - MINUTE_MS }],
  ])('and no more than that: %s', (_, changes) => {
    const { action, turn } = back(changes);
    expect([turn.actions.get('a1'), writtenBy(turn)]).toEqual([action, []]);
  });
});

it('without a connection no trouble is one payment’s own: how long it lasts asks no person', () => {
  const turn = aTurn();
  turn.held.set('a1', { isMove: false, othersWellAt: 7, ownMs: 60_000, countedTo: 5 });
  lineIsDown(turn);
  expect(turn.held.get('a1')).toEqual({ isMove: false, othersWellAt: null, ownMs: 60_000, countedTo: 5 });
});

describe('an operation that Dojo does not allow', () => {
  const stopped = new Set(['capture', 'reverse'] as const);
  const felt = { failures: 2, retryAtMs: SOON_MS };
  const feltFor = new Map([['capture', felt] as const, ['reverse', felt] as const]);
  const byTwo = { forbidden: new Map([['capture', ['pi_1', 'pi_2']] as const]) };

  it('403 ends what is tried, so that one which was felt for before is felt for no more; another operation is', () => {
    const turn = aTurn([], { stoppedOperations: stopped, feltFor });
    operationWasForbidden(turn, anAction());
    expect([...turn.state.feltFor]).toEqual([['reverse', felt]]);
  });

  it.each([
    ['the third payment: after a second at most', 0, 950],
    ['the third time that it is felt for', 2, 3_800],
    ['after many: half a minute, not a whole one, for the customer stands there', 9, 30_000],
  ])('401 from %s', (_, failures, inMs) => {
    const before = failures > 0 ? { feltFor: new Map([['capture', { failures, retryAtMs: NOON_MS }] as const]) } : {};
    const turn = aTurn([], { ...byTwo, ...before }, { random: 0.9 });
    moveWasKeyRefused(turn, anAction({ paymentId: 'pi_3' }));
    expect(turn.state.feltFor.get('capture')).toEqual({ failures: failures + 1, retryAtMs: NOON_MS + inMs });
  });

  it('401 from three payments is called stopped once Dojo lets the key read: until then it may be the key that is refused', () => {
    const turn = aTurn([], byTwo);
    keyMayRead(turn);
    expect(turn.state.stoppedOperations.size).toBe(0);
    moveWasKeyRefused(turn, anAction({ paymentId: 'pi_3' }));
    expect(turn.state.stoppedOperations.size).toBe(0);
    keyMayRead(turn);
    expect([[...turn.state.stoppedOperations], [...turn.state.feltFor.keys()]]).toEqual([['capture'], ['capture']]);
  });

  it('401 that comes after the key was refused altogether is that, and no more', () => {
    const turn = aTurn([], { ...byTwo, gate: 'stopped' });
    moveWasKeyRefused(turn, anAction({ paymentId: 'pi_3' }));
    expect([turn.state.feltFor.size, turn.state.forbidden]).toEqual([0, byTwo.forbidden]);
  });

  it('401 that comes after 403 had stopped it: it is not felt for, each try would end one as refused', () => {
    const turn = aTurn([], { stoppedOperations: stopped });
    moveWasKeyRefused(turn, anAction());
    expect(turn.state.feltFor.size).toBe(0);
  });

  it('401 as it is felt for because Dojo asked for patience: later again, and not at once', () => {
    const turn = aTurn([], { feltFor: new Map([['capture', felt]]) }, { random: 0.9 });
    moveWasKeyRefused(turn, anAction());
    expect(turn.state.feltFor.get('capture')).toEqual({ failures: 3, retryAtMs: NOON_MS + 3_800 });
  });

  it('a key that is refused altogether: what was answered 401 before is that, and what Dojo forbids stays forbidden', () => {
    const byThree = { forbidden: new Map([['capture', ['pi_1', 'pi_2', 'pi_3']] as const, ['reverse', ['pi_1', 'pi_2', 'pi_3']] as const]) };
    const turn = aTurn([], { ...byThree, stoppedOperations: stopped, feltFor: new Map([['reverse', felt] as const]) });
    denialsAreOver(turn);
    expect([[...turn.state.stoppedOperations], [...turn.state.forbidden.keys()], [...turn.state.feltFor.keys()]]).toEqual([['capture'], ['capture'], []]);
  });

  it('that was kept over a restart, so that no payment is known for which Dojo said so: a person lets captures go on, and only they are', () => {
    const turn = aTurn([], { stoppedOperations: stopped, feltFor });
    operationIsAllowed(turn, 'capture');
    expect([[...turn.state.stoppedOperations], [...turn.state.feltFor.keys()]]).toEqual([['reverse'], ['reverse']]);
  });

  it.each<readonly [string, boolean, readonly string[]]>([
    ['another key came: all are, and none waits to be felt for', true, []],
    ['the same key is accepted again: what it was not refused for stays forbidden', false, ['capture']],
  ])('%s', (_, isAnother, left) => {
    const byThree = { forbidden: new Map([['capture', ['pi_1', 'pi_2', 'pi_3']] as const]) };
    const turn = aTurn([], { ...byThree, stoppedOperations: stopped, feltFor: new Map([['reverse', felt] as const]) });
    keyIsAccepted(turn, isAnother);
    expect([[...turn.state.stoppedOperations], [...turn.state.forbidden.keys()], [...turn.state.feltFor.keys()]]).toEqual([left, left, []]);
  });

  it.each([true, false])('fewer than three payments: the next key begins to count anew, and so does the same one accepted again', (isAnother) => {
    const turn = aTurn([], byTwo);
    keyIsAccepted(turn, isAnother);
    expect(turn.state.forbidden.size).toBe(0);
  });
});

describe('Dojo asks for patience with a move', () => {
  const denied = (id: string, changes: Partial<Action> = {}) => waits({ id, paymentId: `pi_${id}`, outcome: of('throttled', 429), ...changes });
  const held = (isMove: boolean) => ({ isMove, othersWellAt: null, ownMs: 0, countedTo: 0 });
  function asked(third: Partial<Action>, { isMove = true, state = {} }: { isMove?: boolean; state?: Parameters<typeof aTurn>[1] } = {}) {
    const turn = aTurn([denied('a1'), denied('a2'), denied('a3', third)], state, { random: 0.9 });
    for (const id of ['a1', 'a2']) turn.held.set(id, held(true));
    turn.held.set('a3', held(isMove));
    // Its action ended, and is not here any more.
    turn.held.set('gone', held(true));
    moveWasThrottled(turn, anAction().move);
    return turn.state.feltFor.get('capture');
  }

  it.each<readonly [string, Parameters<typeof asked>, Readonly<{ failures: number; inMs: number }> | undefined]>([
    ['with a third payment: it is felt for, in a second at most', [{}], { failures: 1, inMs: 950 }],
    ['with two, and with another operation', [{ move: { kind: 'reverse' } }], undefined],
    ['with two, while a third was refused the key', [{ outcome: of('key-refused', 401) }], undefined],
    ['with two, while a third was asked for nothing yet', [{ outcome: null }], undefined],
    ['with two, and with the reading of a third', [{}, { isMove: false }], undefined],
    ['as it is felt for: later again', [{}, { state: { feltFor: new Map([['capture', { failures: 2, retryAtMs: NOON_MS }]]) } }], { failures: 3, inMs: 3_800 }],
    [
      'as it is felt for by one alone: later again',
      [{ outcome: null }, { state: { feltFor: new Map([['capture', { failures: 2, retryAtMs: NOON_MS }]]) } }],
      { failures: 3, inMs: 3_800 },
    ],
    [
      'many times: half a minute at most',
      [{}, { state: { feltFor: new Map([['capture', { failures: 9, retryAtMs: NOON_MS }]]) } }],
      { failures: 10, inMs: 30_000 },
    ],
    ['which it has forbidden since: it is not felt for, for each try would end one', [{}, { state: { stoppedOperations: new Set(['capture']) } }], undefined],
  ])('%s', (_, given, felt) => {
    expect(asked(...given)).toEqual(felt && { failures: felt.failures, retryAtMs: NOON_MS + felt.inMs });
  });

  it('and then says yes to one: all of them go on', () => {
    const turn = aTurn([], { feltFor: new Map([['capture', { failures: 2, retryAtMs: SOON_MS }]]) });
    operationIsAllowed(turn, 'capture');
    expect(turn.state.feltFor.size).toBe(0);
  });
});

describe('Dojo accepts the key again', () => {
  const accepted = (changes: Partial<Action>) => {
    const action = waits({ outcome: of('key-refused', 401), ...changes });
    const turn = aTurn([action]);
    keyIsAccepted(turn, false);
    return { action, turn };
  };

  it.each([
    ['what was refused for the key is tried at once', 'waiting'],
    ['what could not be looked at for the key is looked at at once, and not sent', 'checking'],
  ] as const)('%s', (_, state) => {
    const { action, turn } = accepted({ state });
    expect(writtenBy(turn)).toEqual([{ ...action, notBeforeMs: NOON_MS, failures: 0 }]);
  });

  it.each<readonly [string, Partial<Action>]>([
    ['what waits for another reason waits as long as before', { outcome: of('read-refused', 500) }],
    ['so does what never failed', { outcome: null }],
    ['an unknown outcome of another reason too', { state: 'checking', outcome: of('unknown-outcome') }],
    ['what is on its way is left alone', { state: 'sending' }],
    ['what a person decides stays theirs', { state: 'needsPerson' }],
    ['what ended stays ended', { state: 'refused' }],
    ['what is due anyway is not written again', { notBeforeMs: NOON_MS }],
    ['what was due before stays in its turn', { notBeforeMs: NOON_MS - MINUTE_MS }],
  ])('and no more than that: %s', (_, changes) => {
    const { action, turn } = accepted(changes);
    expect([turn.actions.get('a1'), writtenBy(turn)]).toEqual([action, []]);
  });
});
