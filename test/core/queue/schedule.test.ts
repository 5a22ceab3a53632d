import { describe, expect, it } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { emptyQueue, type QueueState } from '../../../main/core/queue/queue-state.ts';
import { isAhead, scheduleOf } from '../../../main/core/queue/schedule.ts';
import { aHold, anAction, NOON_MS } from '../../builders.ts';

const NOW = { nowMs: NOON_MS, monotonicMs: 100_000 };
const MOST_MS = 10 * 60_000;

const reading = (sinceMonotonicMs: number) => ({ what: 'reading' as const, sinceMonotonicMs });
/** One of its own payment, where nothing else is said. */
const one = (id: string, changes: Partial<Action> = {}) => anAction({ id, paymentId: `pi_${id}`, ...changes });
const queueOf = (actions: readonly Action[], changes: Partial<QueueState> = {}): QueueState => ({
  ...emptyQueue,
  gate: 'open',
  accountId: 'acc_1',
  actions: new Map(actions.map((action) => [action.id, action])),
  ...changes,
});
const started = (state: QueueState) => scheduleOf(state, NOW).start.map(({ id }) => id);

it.each([
  ['the past', -1, false],
  ['now', 0, false],
  ['a moment', 1, true],
  ['ten minutes', MOST_MS, true],
  ['longer than anything waits by its own rules: the clock was set back', MOST_MS + 1, false],
])('to be waited for: %s', (_, inMs, ahead) => {
  expect(isAhead(NOON_MS + inMs, NOON_MS)).toBe(ahead);
});

describe('starts', () => {
  it.each<readonly [string, Partial<QueueState>, Partial<Action>, boolean]>([
    ['what waits', {}, {}, true],
    ['what waits, but not with a pause', { paused: true }, {}, false],
    ['what waits, but not while the disk fails', { diskOk: false }, {}, false],
    ['what waits, but not on a payment that cannot be read', { unreadableLanes: new Set(['pi_a']) }, {}, false],
    ['what waits beside a payment that cannot be read', { unreadableLanes: new Set(['pi_b']) }, {}, true],
    ['what waits, but not of an operation that is stopped', { stoppedOperations: new Set(['capture']) }, {}, false],
    ['what waits beside an operation that is stopped', { stoppedOperations: new Set(['refund']) }, {}, true],
    ['the look at an unknown outcome', {}, { state: 'checking' }, true],
    ['the look at an unknown outcome, with a pause too', { paused: true, diskOk: false }, { state: 'checking' }, true],
    ['nothing while the key is refused', { gate: 'stopped' }, {}, false],
    ['nothing without a key', { gate: 'no-key' }, { state: 'checking' }, false],
    ['nothing of another account', { accountId: 'acc_2' }, {}, false],
    ['nothing that a person has to decide', {}, { state: 'needsPerson' }, false],
    ['nothing that ended', {}, { state: 'done' }, false],
    ['nothing that is on the wire', { busy: new Map([['a', reading(100_000)]]) }, {}, false],
  ])('%s', (_, state, action, starts) => {
    expect(started(queueOf([one('a', action)], state))).toEqual(starts ? ['a'] : []);
  });

  it('the first open action of a payment only, also where that one cannot start', () => {
    const second = one('b', { paymentId: 'pi_a' });
    expect(started(queueOf([one('a'), second]))).toEqual(['a']);
    expect(started(queueOf([one('a', { state: 'needsPerson' }), second]))).toEqual([]);
    expect(started(queueOf([one('a', { accountId: 'acc_2' }), second]))).toEqual([]);
    expect(started(queueOf([one('a', { state: 'done' }), second]))).toEqual(['b']);
  });

  it.each<readonly [string, number, boolean, readonly string[]]>([
    ['as many as there are lanes', 2, true, ['a', 'b']],
    ['all, where there are lanes enough', 3, true, ['a', 'b', 'c']],
    ['one, to feel for a connection that is down', 3, false, ['a']],
  ])('%s', (_, lanes, up, starts) => {
    const line = { up, failures: up ? 0 : 1, retryAtMs: NOON_MS - 1 };
    expect(started(queueOf([one('a'), one('b'), one('c')], { lanes, line }))).toEqual(starts);
  });

  it('fewer beside what is on the wire, and none beside the one that feels for the connection', () => {
    const state = queueOf([one('a'), one('b'), one('c'), one('d')], { lanes: 2, busy: new Map([['a', reading(99_000)]]) });
    expect(started(state)).toEqual(['b']);
    expect(started({ ...state, line: { up: false, failures: 1, retryAtMs: 0 } })).toEqual([]);
  });
});

describe('of an operation that is felt for', () => {
  const felt = (changes: Partial<QueueState> = {}) => ({
    stoppedOperations: new Set(['capture'] as const),
    feltFor: new Map([['capture', { failures: 1, retryAtMs: NOON_MS }] as const]),
    ...changes,
  });
  /** What Dojo answered 401 has a baseline of before. */
  const tried = { baseline: baselineOf(aHold(), NOON_MS) };
  const other = { move: { kind: 'reverse' } } as const;
  const heldSince = (othersWellAt: number | null) => new Map([['a', { isMove: false, othersWellAt, ownMs: 0, countedTo: 0 }]]);

  it.each<readonly [string, Partial<Action>, Partial<QueueState>, readonly string[], number | null]>([
    ['one, and another when that hangs', tried, {}, ['a'], 3_000],
    ['none while another is read that waits', { ...tried }, { busy: new Map([['a', reading(99_000)]]) }, [], 2_000],
    ['none while another is on its way', { ...tried, state: 'sending' }, { busy: new Map([['a', { ...reading(97_001), what: 'sending' }]]) }, [], 1],
    ['the next where another hangs', { ...tried, state: 'sending' }, { busy: new Map([['a', { ...reading(97_000), what: 'sending' }]]) }, ['b'], 3_000],
    ['one beside the look at an unknown outcome', { ...tried, state: 'checking' }, { busy: new Map([['a', reading(100_000)]]) }, ['b'], 3_000],
    ['one beside what is on its way of another operation', { ...tried, ...other }, { busy: new Map([['a', reading(100_000)]]) }, ['b'], 3_000],
    ['one beside what starts of another operation', { ...tried, ...other }, {}, ['a', 'b'], 3_000],
    ['one beside an answer that is awaited of what is known no more', tried, { busy: new Map([['gone', reading(100_000)]]) }, ['a'], 3_000],
    ['one, whatever was removed before it was sent and is looked at', { state: 'checking', notBeforeMs: NOON_MS - 1 }, { lanes: 3 }, ['a', 'b'], 3_000],
    [
      'none before its time, but for the look at an unknown outcome',
      { ...tried, state: 'checking' },
      { feltFor: new Map([['capture', { failures: 1, retryAtMs: NOON_MS + 9_000 }]]) },
      ['a'],
      9_000,
    ],
    ['none before its time', tried, { feltFor: new Map([['capture', { failures: 1, retryAtMs: NOON_MS + 9_000 }]]) }, [], 9_000],
    ['the one that was not tried yet first', { seq: 99 }, {}, ['a'], 3_000],
    ['the one that was not tried yet first, though it cannot be read, as nothing can', { seq: 99 }, { held: heldSince(null) }, ['a'], 3_000],
    ['in its turn, what was not tried yet but alone cannot be read', { seq: 99 }, { held: heldSince(7) }, ['b'], 3_000],
  ])('%s', (_, a, state, starts, inMs) => {
    const queue = queueOf([one('a', { seq: 1, ...a }), one('b', { seq: 2, ...tried }), one('c', { seq: 3, ...tried })], felt(state));
    const schedule = scheduleOf(queue, NOW);
    expect([schedule.start.map(({ id }) => id), schedule.wakeInMs]).toEqual([starts, inMs]);
  });
});

describe('order', () => {
  const at = (inMs: number) => NOON_MS + inMs;
  const seqs = { a: 1, b: 2 };
  it.each<readonly [string, Partial<Action>, Partial<Action>, string]>([
    ['who was accepted first', { acceptedAtMs: at(-1) }, { acceptedAtMs: at(-2) }, 'b'],
    ['of two accepted together who came first', { acceptedAtMs: at(-1) }, { acceptedAtMs: at(-1) }, 'a'],
    ['who was due first, where it had to wait again', { acceptedAtMs: at(-9), notBeforeMs: at(-1) }, { acceptedAtMs: at(-8), notBeforeMs: at(-2) }, 'b'],
    ['an unknown outcome due within a minute of it', { acceptedAtMs: at(-60_000) }, { state: 'checking', notBeforeMs: at(-1) }, 'b'],
    ['not an unknown outcome due later than that', { acceptedAtMs: at(-60_002) }, { state: 'checking', notBeforeMs: at(-1) }, 'a'],
  ])('%s', (_, a, b, first) => {
    const state = queueOf([one('a', { seq: seqs.a, ...a }), one('b', { seq: seqs.b, ...b })], { lanes: 1 });
    expect(started(state)).toEqual([first]);
    // The order of the record itself does not count.
    expect(started({ ...state, actions: new Map([...state.actions].reverse()) })).toEqual([first]);
  });

  it.each<readonly [string, number | null, number | null, string]>([
    ['the nearest deadline', at(9), at(8), 'b'],
    ['a deadline before none', null, at(8), 'b'],
    ['of equal deadlines who waited longest', at(8), at(8), 'a'],
    ['of none who waited longest', null, null, 'a'],
  ])('after a pause that Dojo asked for: %s', (_, a, b, first) => {
    const actions = [one('a', { acceptedAtMs: at(-2), deadlineAtMs: a }), one('b', { acceptedAtMs: at(-1), deadlineAtMs: b })];
    expect(started(queueOf(actions, { lanes: 1, catchingUp: true }))).toEqual([first]);
    expect(started(queueOf(actions, { lanes: 1, catchingUp: false }))).toEqual(['a']);
  });
});

describe('wakes', () => {
  const until = (inMs: number) => NOON_MS + inMs;
  const down = (retryInMs: number) => ({ up: false, failures: 1, retryAtMs: until(retryInMs) });
  const onWire = (...since: readonly number[]) => new Map(since.map((ms, index) => [`z${index}`, reading(ms)]));
  it.each<readonly [string, readonly Action[], Partial<QueueState>, number | null]>([
    ['never for an empty queue', [], {}, null],
    ['never for what starts at once', [one('a')], {}, null],
    ['when the action is due', [one('a', { notBeforeMs: until(5_000) })], {}, 5_000],
    ['for the first of two that is due', [one('a', { notBeforeMs: until(9_000) }), one('b', { notBeforeMs: until(5_000) })], {}, 5_000],
    ['when the pause that Dojo asked for is over', [one('a')], { throttledUntilMs: until(7_000) }, 7_000],
    ['when the connection is tried again', [one('a')], { line: down(3_000) }, 3_000],
    ['not for an old trial once the connection is back', [one('a')], { line: { ...down(3_000), up: true } }, null],
    ['at the last of what it waits for', [one('a', { notBeforeMs: until(5_000) })], { throttledUntilMs: until(7_000), line: down(3_000) }, 7_000],
    ['never for what a pause holds back', [one('a', { notBeforeMs: until(5_000) })], { paused: true }, null],
    ['never while the gate is shut', [one('a', { notBeforeMs: until(5_000) })], { gate: 'stopped' }, null],
    ['when what starts now gives its lane free', [one('a'), one('b')], { lanes: 1 }, 3_000],
    ['when what is on the wire gives its lane free', [one('a')], { lanes: 1, busy: onWire(98_000) }, 1_000],
    ['when the first of both does', [one('a'), one('b')], { lanes: 2, busy: onWire(98_000) }, 1_000],
    ['never by the clock where every lane hangs already', [one('a')], { lanes: 1, busy: onWire(...Array.from({ length: 25 }, () => 0)) }, null],
    ['before a lane is free, where something is due before', [one('a'), one('b'), one('c', { state: 'checking', notBeforeMs: until(500) })], { lanes: 1 }, 500],
  ])('%s', (_, actions, state, inMs) => {
    expect(scheduleOf(queueOf(actions, state), NOW).wakeInMs).toBe(inMs);
  });

  it('not before a whole millisecond has passed', () => {
    expect(scheduleOf(queueOf([one('a', { notBeforeMs: NOON_MS + 0.5 })]), NOW).wakeInMs).toBe(1);
  });
});

it.each<readonly [string, readonly Action[], Partial<QueueState>, boolean]>([
  ['an empty queue', [], {}, true],
  ['one whose every action starts', [one('a')], {}, true],
  ['one whose actions are not due yet', [one('a', { notBeforeMs: NOON_MS + 1_000 })], {}, true],
  ['one without a lane for the last', [one('a'), one('b')], { lanes: 1 }, false],
  ['one in a pause that Dojo asked for', [], { throttledUntilMs: NOON_MS + 1_000 }, false],
  ['one whose pause is over', [], { throttledUntilMs: NOON_MS }, true],
  ['one whose gate is shut', [], { gate: 'stopped' }, false],
])('drained: %s', (_, actions, state, isDrained) => {
  expect(scheduleOf(queueOf(actions, state), NOW).isDrained).toBe(isDrained);
});
