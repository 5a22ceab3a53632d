import { describe, expect, it } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { followClock } from '../../../main/core/queue/clock-step.ts';
import type { Now, QueueState } from '../../../main/core/queue/queue-state.ts';
import { anAction, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aTurn, NOW, writtenBy } from './a-turn.ts';

const BACK_MS = 20 * MINUTE_MS;
const PASSED_MS = 10_000;

/** Ten seconds pass, and Dojo's time is put back by so much meanwhile, the PC's clock forward by so much. */
function stepped(backMs: number, actions: readonly Action[] = [], state: Partial<QueueState> = {}, pcForwardMs = 0) {
  const before = aTurn(actions, state);
  followClock(before);
  const turn = aTurn([...before.actions.values()], before.state, {
    nowMs: NOON_MS + PASSED_MS - backMs,
    monotonicMs: NOW.monotonicMs + PASSED_MS,
    wallMs: NOW.wallMs + PASSED_MS + pcForwardMs,
  });
  followClock(turn);
  return turn;
}
const WAITS: Partial<QueueState> = {
  throttledUntilMs: NOON_MS + 2 * MINUTE_MS,
  line: { up: false, failures: 3, retryAtMs: NOON_MS + MINUTE_MS },
  feltFor: new Map([['capture', { failures: 2, retryAtMs: NOON_MS + 3 * MINUTE_MS }]]),
};

describe('the clock is put back', () => {
  it('what is waited for is a length: each wait ends as much earlier by the clock, neither at once nor hours later', () => {
    const { state } = stepped(BACK_MS, [], WAITS);
    expect(state.throttledUntilMs).toBe(NOON_MS + 2 * MINUTE_MS - BACK_MS);
    expect(state.line).toEqual({ up: false, failures: 3, retryAtMs: NOON_MS + MINUTE_MS - BACK_MS });
    expect([...state.feltFor]).toEqual([['capture', { failures: 2, retryAtMs: NOON_MS + 3 * MINUTE_MS - BACK_MS }]]);
    expect(state.putBackSince).toBe(NOW.monotonicMs + PASSED_MS);
  });

  it.each([
    ['by nothing', 0],
    ['by a whole second, which correcting it leaves', 1_000],
    ['forward', -BACK_MS],
  ])('%s: nothing is moved, and no refund’s age is put in doubt', (_, backMs) => {
    expect(stepped(backMs, [], WAITS).state).toMatchObject({ ...WAITS, putBackSince: null });
  });

  it('by a little more than a second: it is followed', () => {
    const { state } = stepped(1_001, [], WAITS);
    expect([state.throttledUntilMs, state.putBackSince]).toEqual([NOON_MS + 2 * MINUTE_MS - 1_001, NOW.monotonicMs + PASSED_MS]);
  });

  it.each(['waiting', 'checking'] as const)('one that is %s is due as much earlier, and not when the clock has caught up', (state) => {
    const action = anAction({ state, notBeforeMs: NOON_MS + MINUTE_MS });
    expect(writtenBy(stepped(BACK_MS, [action]))).toEqual([
      { ...action, notBeforeMs: NOON_MS + MINUTE_MS - BACK_MS, changedAtMs: NOON_MS + PASSED_MS - BACK_MS },
    ]);
  });

  const nowMs = NOON_MS + PASSED_MS - BACK_MS;
  it.each<readonly [string, Partial<Action>]>([
    ['is due: it keeps its turn', { notBeforeMs: nowMs - MINUTE_MS }],
    ['is due just now: it keeps its turn', { notBeforeMs: nowMs }],
    ['is a person’s', { state: 'needsPerson', notBeforeMs: NOON_MS + MINUTE_MS }],
    ['is on its way', { state: 'sending', notBeforeMs: NOON_MS + MINUTE_MS }],
    [
      'has ended, sent by the clock of before: its end stands as it was written, where Dojo’s time is not certain',
      { state: 'done', sentAtMs: NOON_MS, notBeforeMs: NOON_MS + MINUTE_MS },
    ],
  ])('one is left alone that %s', (_, changes) => {
    const action = anAction(changes);
    expect(writtenBy(stepped(BACK_MS, [action]))).toEqual([]);
  });

  it.each(['checking', 'needsPerson'] as const)('no send is later than now: one that is %s has its settling time anew', (state) => {
    const action = anAction({ state, sends: 1, firstSentAtMs: NOON_MS - HOUR_MS, sentAtMs: NOON_MS });
    expect(writtenBy(stepped(BACK_MS, [action]))).toEqual([{ ...action, sentAtMs: nowMs, changedAtMs: nowMs }]);
  });
});

describe('the PC’s clock counts on, and the monotonic one stands still', () => {
  const SLEPT_MS = 27 * HOUR_MS;
  const action = anAction({ notBeforeMs: NOON_MS + MINUTE_MS });

  it('it may have been a sleep, and Dojo’s time is not known to be later yet: what is waited for ends as much earlier', () => {
    const turn = stepped(0, [action], WAITS, SLEPT_MS);
    expect(turn.state.throttledUntilMs).toBe(NOON_MS + 2 * MINUTE_MS - SLEPT_MS);
    expect(turn.state.line).toEqual({ up: false, failures: 3, retryAtMs: NOON_MS + MINUTE_MS - SLEPT_MS });
    expect([...turn.state.feltFor]).toEqual([['capture', { failures: 2, retryAtMs: NOON_MS + 3 * MINUTE_MS - SLEPT_MS }]]);
    expect(writtenBy(turn)).toEqual([{ ...action, notBeforeMs: NOON_MS + MINUTE_MS - SLEPT_MS, changedAtMs: NOON_MS + PASSED_MS }]);
    // Nothing was put back: how old a refund is can be told.
    expect(turn.state.putBackSince).toBeNull();
  });

  it('Dojo’s time counts it too: nothing is moved, it has passed by that', () => {
    const turn = stepped(-SLEPT_MS, [action], WAITS, SLEPT_MS);
    expect(turn.state).toMatchObject(WAITS);
    expect(writtenBy(turn)).toEqual([]);
  });

  it.each([
    ['was set back', -SLEPT_MS],
    ['differs by a second', 1_000],
  ])('nothing is moved where it %s', (_, pcForwardMs) => {
    const turn = stepped(0, [action], WAITS, pcForwardMs);
    expect(turn.state).toMatchObject(WAITS);
    expect(writtenBy(turn)).toEqual([]);
  });

  it('what Dojo’s time is put back by meanwhile counts as well', () => {
    expect(stepped(BACK_MS, [], WAITS, MINUTE_MS).state.throttledUntilMs).toBe(NOON_MS + 2 * MINUTE_MS - BACK_MS - MINUTE_MS);
  });
});

describe('an end that is dated in the future', () => {
  const endedAt = (changedAtMs: number, changes: Partial<Action> = {}) => anAction({ state: 'withdrawn', changedAtMs, ...changes });
  const redated = (action: Action, now: Partial<Now>) => {
    const turn = aTurn([action], {}, now);
    followClock(turn);
    return writtenBy(turn);
  };

  it.each(['done', 'refused', 'expired', 'withdrawn'] as const)('is of now where Dojo’s time is certain, and nothing else of it is changed (%s)', (state) => {
    const action = endedAt(NOON_MS + 400 * DAY_MS, { state, acceptedAtMs: NOON_MS + 400 * DAY_MS, sentAtMs: NOON_MS + 400 * DAY_MS });
    expect(redated(action, { isCertain: true })).toEqual([{ ...action, changedAtMs: NOON_MS }]);
  });

  it.each<readonly [string, number, Partial<Now>, Partial<Action>]>([
    ['where Dojo’s time is not certain: a PC clock may be years behind', 400 * DAY_MS, { isCertain: false }, {}],
    ['where nobody says that it is', 400 * DAY_MS, {}, {}],
    ['where two servers’ clocks explain it', 30_000, { isCertain: true }, {}],
    ['where it has not ended', 400 * DAY_MS, { isCertain: true }, { state: 'needsPerson' }],
  ])('stands %s', (_, aheadMs, now, changes) => {
    expect(redated(endedAt(NOON_MS + aheadMs, changes), now)).toEqual([]);
  });

  it('a millisecond beyond that is of now', () => {
    expect(redated(endedAt(NOON_MS + 30_001), { isCertain: true })).toHaveLength(1);
  });
});
