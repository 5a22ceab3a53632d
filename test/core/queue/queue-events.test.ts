import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../main/core/failure.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { emptyQueue, isAbsentPart, isRetryable, isWithdrawable, onPayment } from '../../../main/core/queue/queue-state.ts';
import { refusedInWords, words } from '../../../main/core/words.ts';
import { aFailure, aHold, anAction, anOutcome, anUnpaid, aPayment, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, biggerHold, hold, lost, taken } from './queue-play.ts';

const sale = aPayment({ id: 'pi_test' });
const of = (action: Action) => ({ ...hold, id: action.paymentId });
const some = (count: number, changes: Partial<Action> = {}) =>
  Array.from({ length: count }, (_, index) => anAction({ id: `a${index + 1}`, seq: index + 1, paymentId: `pi_${index + 1}`, ...changes }));

describe('a ledger that finds itself elsewhere, for one account', () => {
  const [mine, others, ended] = [
    anAction({ id: 'mine', paymentId: 'pi_1' }),
    anAction({ id: 'others', paymentId: 'pi_2', accountId: 'acc_2' }),
    anAction({ id: 'ended', paymentId: 'pi_3', state: 'done' }),
  ];

  it('hands over what is open of it, and nothing else', () => {
    const play = aPlay([mine, others, ended], { gate: 'no-key' });
    play.event({ type: 'moved', why: 'new-key', accountId: 'acc_1' });
    expect(['mine', 'others', 'ended'].map((id) => play.action(id).state)).toEqual(['needsPerson', 'waiting', 'done']);
    expect(play.action('mine').outcome).toMatchObject({ code: 'new-key', ...words.needsPerson['new-key'] });
  });

  it('says so once', () => {
    const play = aPlay([mine], { gate: 'no-key' });
    play.event({ type: 'moved', why: 'moved', accountId: 'acc_1' });
    const before = play.action('mine');
    play.pass(MINUTE_MS);
    play.event({ type: 'moved', why: 'moved', accountId: 'acc_1' });
    expect(play.effects()).toEqual([]);
    expect(play.action('mine')).toBe(before);
    play.event({ type: 'moved', why: 'new-key', accountId: null });
    expect(play.action('mine').outcome?.code).toBe('new-key');
  });
});

it('what ended at the very moment from which on it is kept, is kept', () => {
  const play = aPlay([anAction({ id: 'a1', state: 'done', changedAtMs: NOON_MS }), anAction({ id: 'a2', state: 'done', changedAtMs: NOON_MS - 1 })]);
  play.event({ type: 'forget', endedBeforeMs: NOON_MS });
  expect([...play.state().actions.keys()]).toEqual(['a1']);
});

describe('an operation that this key may not do', () => {
  function forbidden(gate: 'open' | 'stopped' | 'no-version' | 'no-key' = 'open') {
    const actions = some(4);
    const play = aPlay(actions);
    for (const action of actions.slice(0, 3)) {
      play.read(action, of(action));
      play.fails(action, { kind: 'refused', status: 403 });
      play.read(action, of(action));
    }
    expect([...play.state().stoppedOperations]).toEqual(['capture']);
    if (gate !== 'open') play.event({ type: 'gate', gate, accountId: 'acc_1' });
    return play;
  }
  it.each([
    ['stopped', 'open', false],
    ['no-key', 'open', true],
    ['no-version', 'open', false],
    ['open', 'open', false],
    ['stopped', 'no-key', false],
  ] as const)('is tried anew where the gate goes from %s to %s: %s', (from, to, isAllowed) => {
    const play = forbidden(from);
    play.event({ type: 'gate', gate: to, accountId: 'acc_1' });
    expect(play.state().stoppedOperations.size).toBe(isAllowed ? 0 : 1);
    expect(play.state().forbidden.size).toBe(isAllowed ? 0 : 1);
  });

  it('is not one that Dojo refuses for another reason, however often', () => {
    const actions = some(4);
    const play = aPlay(actions);
    for (const action of actions) {
      play.read(action, of(action));
      play.fails(action, { kind: 'refused', status: 409 });
      play.read(action, of(action));
    }
    expect([play.state().stoppedOperations.size, play.state().forbidden.size]).toEqual([0, 0]);
  });

  it('is forgotten where Dojo does it after all, and others are not', () => {
    const captures = some(2);
    const refund = anAction({ id: 'r1', seq: 8, paymentId: 'pi_8', move: { kind: 'refund', amount: 500 } });
    const last = anAction({ id: 'a9', seq: 9, paymentId: 'pi_9' });
    const play = aPlay([...captures, refund, last]);
    for (const action of [...captures, refund]) {
      const payment = action === refund ? { ...sale, id: 'pi_8' } : of(action);
      play.read(action, payment);
      play.fails(action, { kind: 'refused', status: 403 });
      play.read(action, payment);
    }
    expect([...play.state().forbidden]).toEqual([
      ['capture', ['pi_1', 'pi_2']],
      ['refund', ['pi_8']],
    ]);
    play.read(last, of(last));
    play.answer(last);
    expect([...play.state().forbidden]).toEqual([['refund', ['pi_8']]]);
    const known = play.state().forbidden;
    play.event({ type: 'tick' });
    expect(play.state().forbidden).toBe(known);
  });

  it('is let go by a person for its kind alone', () => {
    const play = forbidden();
    play.event({ type: 'accepted', actions: [anAction({ id: 'r1', seq: 9, paymentId: 'pi_9', move: { kind: 'refund', amount: 500 } })] });
    play.event({ type: 'retryNow', actionId: 'r1' });
    expect([...play.state().stoppedOperations]).toEqual(['capture']);
    expect([...play.state().forbidden.keys()]).toEqual(['capture']);
    play.event({ type: 'retryNow', actionId: 'a4' });
    expect([play.state().stoppedOperations.size, play.state().forbidden.size]).toEqual([0, 0]);
  });

  it('where there is none, nothing changes with each yes of Dojo’s', () => {
    const play = aPlay(some(1));
    const { forbidden: none, stoppedOperations } = play.state();
    play.read(play.action('a1'), of(play.action('a1')));
    play.answer(play.action('a1'));
    expect(play.state().forbidden).toBe(none);
    expect(play.state().stoppedOperations).toBe(stoppedOperations);
  });
});

describe('the line', () => {
  it('that is up stays what it is with each answer', () => {
    const play = aPlay(some(1));
    const { line } = play.state();
    play.read(play.action('a1'), of(play.action('a1')));
    expect(play.state().line).toBe(line);
  });

  it.each<readonly [string, (play: ReturnType<typeof aPlay>) => void]>([
    ['a payment', (play) => play.read(play.action('a2'), of(play.action('a2')))],
    ['a yes', (play) => play.answer(play.action('a1'))],
  ])('is back with %s', (_, comes) => {
    const play = aPlay(some(2));
    play.read(play.action('a1'), of(play.action('a1')));
    play.event({ type: 'line', up: false });
    comes(play);
    expect(play.state().line).toEqual({ up: true, failures: 0, retryAtMs: 0 });
  });

  it('is felt for at once where a person asks, and counts its failures on', () => {
    const play = aPlay(some(1));
    for (let time = 0; time < 3; time += 1) {
      play.readFails(play.action('a1'), { kind: 'not-sent' });
      play.pass(5_000);
    }
    play.readFails(play.action('a1'), { kind: 'not-sent' });
    expect(play.state().line).toMatchObject({ up: false, failures: 4 });
    play.event({ type: 'retryNow', actionId: 'a1' });
    expect(play.state().line).toEqual({ up: false, failures: 4, retryAtMs: 0 });
    expect(play.reads()).toEqual(['a1']);
  });

  it('is not called down by somebody else than Dojo who answers for one payment, and nothing is held back by that: the list tells', () => {
    const play = aPlay(some(1));
    play.readFails(play.action('a1'), { kind: 'not-dojo', status: 502 });
    expect(play.state()).toMatchObject({ throttledUntilMs: 0, catchingUp: false, line: { up: true } });
  });
});

describe('a failure', () => {
  it('of a reading whose action is gone says what it says of the key and of Dojo’s patience', () => {
    for (const kind of ['key-refused', 'throttled', 'unknown-outcome', 'refused'] as const) {
      const play = aPlay([]);
      expect(() => play.readFails(anAction({ id: 'gone' }), { kind })).not.toThrow();
      expect(play.state().gate).toBe('open');
      expect(play.state().throttledUntilMs > NOON_MS).toBe(kind === 'throttled');
    }
  });

  it('of a send holds back everything too', () => {
    const play = aPlay(some(6));
    play.read(play.action('a1'), of(play.action('a1')));
    play.fails(play.action('a1'), { kind: 'throttled', retryAfterMs: 5_000 });
    expect(play.state()).toMatchObject({ throttledUntilMs: NOON_MS + 5_000, lanes: 2, catchingUp: true });
  });

  it('that is no time-out halves no lanes, from however many payments', () => {
    const play = aPlay(some(4));
    for (const action of some(4)) play.readFails(action, { cause: 'http-500', status: 500 });
    expect(play.state().lanes).toBe(4);
    expect(play.state().timeouts).toEqual([]);
  });
});

it('after a pause that Dojo asked for, the order of acceptance is back once nothing is left to start', () => {
  const play = aPlay(some(5));
  play.event({ type: 'throttled', untilMs: NOON_MS + 1_000 });
  expect(play.state().catchingUp).toBe(true);
  play.pass(1_000);
  expect(play.state().catchingUp).toBe(true);
  for (const action of some(5)) {
    play.read(action, of(action));
    play.answer(action);
  }
  expect(play.state().catchingUp).toBe(false);
});

describe('a reading', () => {
  it.each<readonly [string, wallMs: number, monotonicMs: number, isFresh: boolean]>([
    ['that took a minute', 60_000, 60_000, true],
    ['that took longer', 60_001, 60_001, false],
    ['that took longer by the wall clock', 60_001, 59_000, false],
    ['that took longer by the monotonic clock', 59_000, 60_001, false],
    ['while the clocks went apart by two seconds', 2_000, 0, true],
    ['while they went apart by more', 2_001, 0, false],
    ['while the wall clock was set back by more', 0, 2_001, false],
  ])('%s counts before a send: $3', (_, wallMs, monotonicMs, isFresh) => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.pass(HOUR_MS);
    play.read(action, hold, { wallMs: play.nowMs() - wallMs, monotonicMs: play.monotonicMs() - monotonicMs });
    expect(play.sends()).toEqual(isFresh ? ['a1'] : []);
  });

  it('of a payment that Dojo does not know ends what was never sent, with the words for a reading', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    const failure: Failure = aFailure({ kind: 'refused', status: 404, cause: 'http-404' });
    play.readFails(action, failure);
    const said = refusedInWords(action, failure, 'read');
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'refused', settledBy: 'answer', ...said } });
  });
});

describe('a disk that did not take what was to be sent', () => {
  it('takes nothing back of what was not to be sent, nor of what nobody knows', () => {
    const play = aPlay(some(2));
    play.read(play.action('a1'), of(play.action('a1')));
    play.answer(play.action('a1'));
    const before = play.action('a1');
    play.event({ type: 'disk', ok: false, unsent: ['a1', 'a2', 'none'] });
    expect(play.action('a1')).toBe(before);
    expect(play.action('a2')).toMatchObject({ state: 'waiting', outcome: null });
  });
});

describe('what a person does', () => {
  it('removing a receipt that Dojo asked to send later is done at once: no reading would tell', () => {
    const action = anAction({ id: 'a1', move: { kind: 'sendReceipt', emails: ['a@example.com'] } });
    const play = aPlay([action]);
    play.read(action, sale);
    play.fails(action, { kind: 'throttled' });
    expect(play.action('a1')).toMatchObject({ state: 'waiting', sends: 1 });
    play.event({ type: 'withdraw', actionId: 'a1' });
    expect(play.action('a1')).toMatchObject({ state: 'withdrawn', outcome: { code: 'withdrawn', settledBy: 'person' } });
  });

  it('asking to try again forgets the failures and the wait', () => {
    const play = aPlay(some(1));
    for (let time = 0; time < 4; time += 1) play.readFails(play.action('a1'));
    play.event({ type: 'retryNow', actionId: 'a1' });
    expect(play.action('a1')).toMatchObject({ state: 'waiting', failures: 0, notBeforeMs: NOON_MS });
    expect(play.reads()).toEqual(['a1']);
  });

  it('asking to try again gives a payment that Dojo refuses to show another half hour', () => {
    const play = aPlay(some(1));
    play.readFails(play.action('a1'), { kind: 'refused', status: 403 });
    play.pass(29 * MINUTE_MS);
    play.event({ type: 'retryNow', actionId: 'a1' });
    play.readFails(play.action('a1'), { kind: 'refused', status: 403 });
    play.pass(29 * MINUTE_MS);
    play.readFails(play.action('a1'), { kind: 'refused', status: 403 });
    expect(play.action('a1').state).toBe('waiting');
  });

  it('letting it go out is a decision of its own: nothing of an earlier send is left', () => {
    const { action, play } = lost({ move: { kind: 'capture', amount: 2000 } }, biggerHold);
    play.pass(90_000);
    play.read(action, biggerHold);
    const decidedOn = baselineOf(biggerHold, play.nowMs());
    play.event({ type: 'release', actionId: 'a1', decidedOn });
    expect(play.action('a1')).toMatchObject({ state: 'waiting', decidedOn, baseline: null, sends: 0, firstSentAtMs: null, sentAtMs: null });
    expect(play.action('a1')).toMatchObject({ notBeforeMs: play.nowMs(), failures: 0, outcome: null, idempotencyKey: action.idempotencyKey });
  });

  it('settling it is told apart from what Dojo said', () => {
    for (const [verdict, code] of [
      ['happened', 'settled-happened'],
      ['did-not-happen', 'settled-not'],
    ] as const) {
      const play = aPlay([anAction({ id: 'a1', state: 'needsPerson' })]);
      play.event({ type: 'settle', actionId: 'a1', verdict, note: '' });
      expect(play.action('a1').outcome).toMatchObject({ code, settledBy: 'person' });
    }
  });
});

it('what waits for another try was said by nobody: it is the till’s own word', () => {
  const play = aPlay(some(1));
  play.readFails(play.action('a1'), { kind: 'not-sent' });
  expect(play.action('a1').outcome).toMatchObject({ code: 'not-sent', settledBy: 'till' });
});

describe('done by evidence', () => {
  it('a cancellation keeps no id of a capture', () => {
    const action = anAction({ id: 'a1', move: { kind: 'cancel' } });
    const play = aPlay([action]);
    play.read(action, anUnpaid({ id: 'pi_test' }));
    play.fails(action);
    play.read(action, anUnpaid({ id: 'pi_test', status: 'Canceled' }));
    expect(play.action('a1').outcome).toMatchObject({ code: 'done', settledBy: 'evidence', captureId: null, dojoId: null });
  });
});

describe('an end in words', () => {
  it('by Dojo’s yes is told apart from one by evidence', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.answer(action, 'cp_1');
    expect(play.action('a1').outcome).toMatchObject({ settledBy: 'answer', ...words.done(action) });
    const seen = lost();
    seen.play.read(seen.action, taken('cp_1'));
    expect(seen.play.action('a1').outcome).toMatchObject({ settledBy: 'evidence', ...words.doneByEvidence });
  });

  it('for its deadline says so, with what was heard last', () => {
    const action = anAction({ id: 'a1', move: { kind: 'reverse' }, deadlineAtMs: NOON_MS, outcome: anOutcome({ status: 503, traceId: 't-1' }) });
    const play = aPlay([action]);
    play.dojoSays(NOON_MS);
    play.read(action, sale);
    expect(play.action('a1')).toMatchObject({
      state: 'expired',
      outcome: { code: 'too-late', status: 503, traceId: 't-1', ...words.expired(action, sale, []) },
    });
  });

  it('that the till itself gave it, before anything went out, is a no', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.fails(action, { kind: 'refused', status: null, cause: 'not-sendable' });
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'refused', settledBy: 'answer', status: null } });
    expect(play.reads()).toEqual([]);
  });
});

it('after a pause that Dojo asked for, the nearest deadline goes first until what was let go is on its way', () => {
  const play = aPlay(some(3), { gate: 'no-key' });
  play.event({ type: 'throttled', untilMs: NOON_MS + 1_000 });
  play.event({ type: 'gate', gate: 'open', accountId: 'acc_1' });
  play.pass(1_000);
  expect(play.reads()).toHaveLength(3);
  expect(play.state().catchingUp).toBe(true);
  play.event({ type: 'tick' });
  expect(play.state().catchingUp).toBe(false);
});

it('a key that Dojo asks to wait waits from the moment it is connected, and what was asked of the key before it counts no more', () => {
  const play = aPlay(some(3), { gate: 'no-key' });
  play.event({ type: 'throttled', untilMs: NOON_MS + 5 * MINUTE_MS });
  play.event({ type: 'gate', gate: 'open', accountId: 'acc_1', throttledUntilMs: NOON_MS + 1_000 });
  expect(play.reads()).toEqual([]);
  expect(play.state()).toMatchObject({ throttledUntilMs: NOON_MS + 1_000, catchingUp: true });
  play.pass(1_000);
  expect(play.reads()).toHaveLength(3);
});

it('each further send is followed by a longer look', () => {
  const { action, play } = lost();
  expect(play.action('a1').notBeforeMs - play.nowMs()).toBe(500);
  for (const waitMs of [4_000, 30_000]) {
    play.pass(90_000);
    play.read(action, hold);
    play.read(action, hold);
    play.fails(action);
    expect(play.action('a1').notBeforeMs - play.nowMs()).toBe(waitMs);
  }
});

it('the actions on a payment are its own', () => {
  const actions = some(3);
  const state = { ...emptyQueue, actions: new Map(actions.map((action) => [action.id, action])) };
  expect(onPayment(state, 'pi_2')).toEqual([actions[1]]);
});

it.each<readonly [Action['state'], string, boolean]>([
  ['checking', 'absent-part', true],
  ['waiting', 'absent-part', false],
  ['checking', 'unknown-outcome', false],
])('a part capture that is %s and last heard of as %s may be decided by a person: %s', (state, code, is) => {
  expect(isAbsentPart(anAction({ state, outcome: anOutcome({ code }) }))).toBe(is);
});

it('what is on its way to Dojo cannot be removed, what is only read can', () => {
  const action = anAction({ id: 'a1' });
  const busy = (what: 'reading' | 'sending') => ({ ...emptyQueue, busy: new Map([['a1', { what, sinceMonotonicMs: 0 }]]) });
  expect([isWithdrawable(busy('reading'), action), isWithdrawable(busy('sending'), action)]).toEqual([true, false]);
});

it('a hold of another payment explains nothing of this one', () => {
  const other = anAction({ id: 'a2', seq: 1, paymentId: 'pi_2', state: 'done', sends: 1, firstSentAtMs: NOON_MS });
  const action = anAction({ id: 'a1', seq: 2, paymentId: 'pi_1' });
  const play = aPlay([other, action]);
  play.read(action, aHold({ id: 'pi_1', amountMinor: 2000 }));
  expect(play.sends()).toEqual(['a1']);
});

it.each([
  ['moved', false],
  ['new-key', false],
  ['restored', false],
  ['conflict', true],
  ['unreadable', true],
])('one that needs a person because of %s may be read again: %s', (code, may) => {
  expect(isRetryable(anAction({ state: 'needsPerson', baseline: baselineOf(hold, NOON_MS), outcome: anOutcome({ code }) }))).toBe(may);
});

it('a queue begins without a key, with its own order, and with nothing under way', () => {
  expect(emptyQueue).toMatchObject({ gate: 'no-key', accountId: null, paused: false, diskOk: true, catchingUp: false, lanes: 4, throttledUntilMs: 0 });
});

describe('what is loaded later', () => {
  const numbered = (seq: number, changes: Partial<Action> = {}) => anAction({ id: `a${seq}`, seq, paymentId: 'pi_test', state: 'done', ...changes });

  it('stands in the order of acceptance with what was there, and takes the place of nothing', () => {
    const play = aPlay([numbered(3), numbered(5, { state: 'waiting' })], { gate: 'no-key' });
    const before = [play.action('a3'), play.action('a5')];
    play.event({ type: 'loaded', actions: [numbered(1), numbered(3, { state: 'refused' }), numbered(4), numbered(6)] });
    expect([...play.state().actions.keys()]).toEqual(['a1', 'a3', 'a4', 'a5', 'a6']);
    expect([play.action('a3'), play.action('a5')]).toEqual(before);
    expect(onPayment(play.state(), 'pi_test').at(-1)?.id).toBe('a6');
  });
});
