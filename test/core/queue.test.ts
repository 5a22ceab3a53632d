import { describe, expect, it } from 'vitest';
import type { Action } from '../../main/core/action.ts';
import { baselineOf } from '../../main/core/evidence.ts';
import { isRetryable, isSettleable, isWithdrawable, type QueueEvent, SETTLING_MS } from '../../main/core/queue.ts';
import type { FailureKind } from '../../main/core/retry.ts';
import { aCapture, aHold, anAction, anOutcome, anUnpaid, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../builders.ts';
import { aPlay } from './queue-play.ts';

const hold = aHold({ id: 'pi_test' });
const taken = (...ids: string[]) => aHold({ id: 'pi_test', captures: ids.map((id) => aCapture({ id })) });

/** A take that was sent on a hold and whose answer was lost. */
function lost(changes: Partial<Action> = {}, payment = hold) {
  const action = anAction({ id: 'a1', seq: 1, ...changes });
  const play = aPlay([action]);
  play.read(action, payment);
  play.fails(action);
  return { action, play };
}

describe('the way of an action', () => {
  it('waiting → sending → done: reads, writes, sends, in this order', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    expect(play.effects()).toEqual(['read a1']);
    play.read(action, hold);
    expect(play.effects()).toEqual(['write a1:sending', 'send a1']);
    expect(play.sent()[0]).toMatchObject({ move: action.move, idempotencyKey: action.idempotencyKey, paymentId: 'pi_test', currency: 'GBP' });
    expect(play.action('a1')).toMatchObject({ sends: 1, sentAtMs: NOON_MS, baseline: { status: 'Authorized', captureIds: [] } });
    play.answer(action, 'cp_1');
    expect(play.effects()).toEqual(['write a1:done']);
    expect(play.action('a1').outcome).toMatchObject({ code: 'done', settledBy: 'answer', captureId: 'cp_1' });
  });

  it.each<readonly [string, FailureKind, Action['state'], sends: number]>([
    ['Dojo said no', 'refused', 'refused', 1],
    ['certainly not sent', 'not-sent', 'waiting', 0],
    ['Dojo asked to come later', 'throttled', 'waiting', 0],
    ['the key was refused', 'key-refused', 'waiting', 0],
    ['the answer was lost', 'unknown-outcome', 'checking', 1],
    ['somebody else answered', 'not-dojo', 'checking', 1],
  ])('sending, %s → %s', (_, kind, state, sends) => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.fails(action, { kind });
    expect(play.action('a1')).toMatchObject({ state, sends });
    expect(play.sends()).toEqual([]);
    if (sends === 0) expect(play.action('a1')).toMatchObject({ baseline: null, sentAtMs: null, firstSentAtMs: null });
  });

  it.each<readonly [string, FailureKind, Action['state']]>([
    ['Dojo does not know it', 'refused', 'refused'],
    ['no line', 'not-sent', 'waiting'],
    ['a lost answer', 'unknown-outcome', 'waiting'],
    ['a refused key', 'key-refused', 'waiting'],
  ])('waiting, the read before the send fails with %s → nothing is sent', (_, kind, state) => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.readFails(action, { kind, status: kind === 'refused' ? 404 : null });
    expect(play.action('a1')).toMatchObject({ state, sends: 0 });
    expect(play.sends()).toEqual([]);
  });

  it('waiting, the payment changed in the meantime → refused, nothing is sent', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, aHold({ id: 'pi_test', status: 'Reversed' }));
    expect(play.effects()).toEqual(['write a1:refused']);
    expect(play.action('a1')).toMatchObject({ sends: 0, outcome: { code: 'undone' } });
  });

  it('waiting → withdrawn, and never sent, even if its read is under way', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.event({ type: 'withdraw', actionId: 'a1' });
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'withdrawn', outcome: { settledBy: 'person' } });
    expect(play.effects()).toEqual([]);
  });

  it('sending or checking cannot be withdrawn', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.event({ type: 'withdraw', actionId: 'a1' });
    expect(play.action('a1').state).toBe('sending');
    play.fails(action);
    play.event({ type: 'withdraw', actionId: 'a1' });
    expect(play.action('a1').state).toBe('checking');
  });

  it('waiting → expired at its deadline, also where another is before it', () => {
    const first = anAction({ id: 'a1', seq: 1, deadlineAtMs: NOON_MS + HOUR_MS });
    const second = anAction({ id: 'a2', seq: 2, deadlineAtMs: NOON_MS + MINUTE_MS });
    const play = aPlay([first, second], { paused: true });
    expect(play.wakesInMs()).toBe(MINUTE_MS);
    play.pass(MINUTE_MS - 1);
    expect(play.action('a2').state).toBe('waiting');
    play.pass(1);
    expect(play.action('a2')).toMatchObject({ state: 'expired', outcome: { code: 'too-late' } });
    expect(play.action('a1').state).toBe('waiting');
    expect(play.wakesInMs()).toBe(59 * MINUTE_MS);
  });

  it('sending when the power failed → checking, read at once', () => {
    const action = anAction({ id: 'a1', state: 'sending', sends: 1, sentAtMs: NOON_MS - DAY_MS });
    const play = aPlay([action]);
    expect(play.action('a1')).toMatchObject({ state: 'checking', sends: 1, outcome: { code: 'restarted' } });
    expect(play.reads()).toEqual(['a1']);
  });

  it('checking → done by evidence, with the id of the capture', () => {
    const { action, play } = lost();
    play.pass(500);
    expect(play.reads()).toEqual(['a1']);
    play.read(action, taken('cp_7'));
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { settledBy: 'evidence', captureId: 'cp_7' } });
  });

  it.each<readonly [string, Action['move'], Parameters<typeof aPlay>[1], ReturnType<typeof aHold>, string]>([
    ['evidence conflicts', { kind: 'capture', amount: 2000 }, {}, taken('cp_1', 'cp_2'), 'conflict'],
    ['nothing Dojo shows can tell', { kind: 'capture', amount: 2000 }, { apiVersion: '2022-04-07' }, aHold({ id: 'pi_test', captures: null }), 'unreadable'],
  ])('checking, %s → needsPerson', (_, move, options, now, code) => {
    const action = anAction({ id: 'a1', move });
    const play = aPlay([action], options);
    play.read(action, options?.apiVersion ? aHold({ id: 'pi_test', captures: null }) : hold);
    play.fails(action);
    play.pass(500);
    play.read(action, now);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code } });
  });

  it('checking that cannot be read for half an hour → needsPerson', () => {
    const { action, play } = lost();
    for (let read = 0; read < 200 && play.action('a1').state === 'checking'; read++) {
      play.pass(play.wakesInMs() ?? MINUTE_MS);
      if (play.reads().length > 0) play.readFails(action);
    }
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'never-came' } });
    expect(play.nowMs() - NOON_MS).toBeGreaterThan(30 * MINUTE_MS);
    expect(play.nowMs() - NOON_MS).toBeLessThan(32 * MINUTE_MS);
  });

  it('checking with the line down for a day stays checking: the line says nothing about the action', () => {
    const { action, play } = lost();
    for (let hour = 0; hour < 24; hour++) {
      play.pass(HOUR_MS);
      play.readFails(action, { kind: 'not-sent' });
    }
    expect(play.action('a1').state).toBe('checking');
    play.pass(MINUTE_MS);
    play.read(action, taken('cp_1'));
    expect(play.action('a1').state).toBe('done');
  });

  it('checking, Dojo does not show the payment any more → needsPerson', () => {
    const { action, play } = lost();
    play.pass(500);
    play.readFails(action, { kind: 'refused', status: 404 });
    expect(play.action('a1').state).toBe('needsPerson');
  });

  it('a cancellation whose intent cannot be read any more is done: before 2024-02-05 that is what success looks like', () => {
    const { action, play } = lost({ move: { kind: 'cancel' } }, anUnpaid({ id: 'pi_test' }));
    play.pass(500);
    play.readFails(action, { kind: 'refused', status: 404 });
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { settledBy: 'evidence' } });
  });

  it.each(['happened', 'did-not-happen'] as const)('needsPerson → settled by a person: %s', (verdict) => {
    const action = anAction({ id: 'a1', state: 'needsPerson', sends: 1 });
    const play = aPlay([action]);
    expect(play.reads()).toEqual([]);
    play.event({ type: 'settle', actionId: 'a1', verdict, note: 'Looked it up' });
    expect(play.action('a1')).toMatchObject({ state: verdict === 'happened' ? 'done' : 'refused', outcome: { settledBy: 'person' } });
    expect(play.action('a1').outcome?.message).toContain('Looked it up');
  });

  it('needsPerson → checking when a person asks to look again', () => {
    const { action, play } = lost();
    play.pass(500);
    play.read(action, taken('cp_1', 'cp_2'));
    play.event({ type: 'retryNow', actionId: 'a1' });
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'unknown-outcome' } });
    expect(play.reads()).toEqual(['a1']);
    play.read(action, taken('cp_1'));
    expect(play.action('a1').state).toBe('done');
  });

  it.each<readonly [Action['state'], withdraw: boolean, retry: boolean, settle: boolean]>([
    ['waiting', true, true, false],
    ['sending', false, false, false],
    ['checking', false, true, false],
    ['done', false, false, false],
    ['refused', false, false, false],
    ['expired', false, false, false],
    ['withdrawn', false, false, false],
    ['needsPerson', false, true, true],
  ])('a person can do with one that is %s: withdraw %s, retry %s, settle %s', (state, withdraw, retry, settle) => {
    const action = anAction({ id: 'a1', state, sends: 1, baseline: baselineOf(hold, NOON_MS) });
    const { state: queue } = aPlay([]);
    expect([isWithdrawable(queue(), action), isRetryable(action), isSettleable(action)]).toEqual([withdraw, retry, settle]);
    // What a person cannot do changes nothing when it is asked all the same.
    const play = aPlay(state === 'sending' ? [] : [action], { gate: 'no-key' });
    const asked: readonly (readonly [boolean, QueueEvent])[] = [
      [withdraw, { type: 'withdraw', actionId: 'a1' }],
      [retry, { type: 'retryNow', actionId: 'a1' }],
      [settle, { type: 'settle', actionId: 'a1', verdict: 'happened', note: '' }],
    ];
    for (const [can, event] of asked) if (!can && state !== 'sending') expect(play.event(event)).toEqual([]);
  });
});

it('one without a baseline, as after a restored backup, is settled by a person only: reading could prove nothing', () => {
  const action = anAction({ id: 'a1', state: 'needsPerson' });
  const play = aPlay([action]);
  expect([isRetryable(action), isSettleable(action)]).toEqual([false, true]);
  expect(play.event({ type: 'retryNow', actionId: 'a1' })).toEqual([]);
});

describe('a resend', () => {
  /** Reads until the settling time has passed, and shows that nothing happened. */
  function provenAbsent(play: ReturnType<typeof aPlay>, action: Action) {
    play.pass(SETTLING_MS);
    play.read(action, hold);
    expect(play.reads()).toEqual([action.id]);
  }

  it('comes only after absence was read after the settling time, with the same key and the first baseline', () => {
    const { action, play } = lost();
    const { baseline } = play.action('a1');
    play.pass(500);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'checking', sends: 1 });
    play.pass(SETTLING_MS - 500);
    expect(play.reads()).toEqual(['a1']);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'waiting', sends: 1 });
    play.read(action, hold);
    expect(play.effects()).toEqual(['write a1:sending', 'send a1']);
    expect(play.action('a1').sends).toBe(2);
    expect(play.action('a1').baseline).toBe(baseline);
    expect(play.sent()[0]?.idempotencyKey).toBe(action.idempotencyKey);
  });

  it('is not made on a read that began before the settling time was over', () => {
    const { action, play } = lost();
    play.pass(SETTLING_MS);
    play.read(action, hold, play.nowMs() - 1);
    expect(play.action('a1').state).toBe('checking');
  });

  it('is not made where the first send shows up at the last moment', () => {
    const { action, play } = lost();
    provenAbsent(play, action);
    play.read(action, taken('cp_1'));
    expect(play.sends()).toEqual([]);
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { settledBy: 'evidence', captureId: 'cp_1' } });
  });

  it('is made twice, then the action is refused: it is known that nothing moved', () => {
    const { action, play } = lost();
    for (const sends of [2, 3]) {
      provenAbsent(play, action);
      play.read(action, hold);
      expect(play.action('a1').sends).toBe(sends);
      play.fails(action);
    }
    play.pass(SETTLING_MS);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'refused', sends: 3, outcome: { code: 'gave-up', settledBy: 'evidence' } });
  });

  it('that Dojo refuses is read once more: perhaps the first one was done after all', () => {
    const { action, play } = lost();
    provenAbsent(play, action);
    play.read(action, hold);
    play.fails(action, { kind: 'refused', status: 409 });
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'refused-after-unknown' } });
    play.pass(MINUTE_MS);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('checking');
    play.pass(SETTLING_MS);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'refused', sends: 2, outcome: { status: 409 } });
  });

  it('that was certainly not sent counts for nothing and keeps the first baseline', () => {
    const { action, play } = lost();
    const { baseline } = play.action('a1');
    provenAbsent(play, action);
    play.read(action, hold);
    play.fails(action, { kind: 'not-sent' });
    expect(play.action('a1')).toMatchObject({ state: 'waiting', sends: 1 });
    expect(play.action('a1').baseline).toBe(baseline);
  });

  it('of an undo is not made at or after its deadline', () => {
    const undo = { id: 'a1', move: { kind: 'reverse' } as const, deadlineAtMs: NOON_MS + MINUTE_MS };
    const { action, play } = lost(undo, aPayment({ id: 'pi_test' }));
    play.pass(SETTLING_MS);
    play.read(action, aPayment({ id: 'pi_test' }));
    expect(play.action('a1')).toMatchObject({ state: 'expired', sends: 1 });
    expect(play.reads()).toEqual([]);
  });

  it('of a refund keeps its key, and is not made when Dojo may have forgotten the key', () => {
    const paid = aPayment({ id: 'pi_test' });
    const { action, play } = lost({ move: { kind: 'refund', amount: 500 } }, paid);
    play.pass(SETTLING_MS);
    play.read(action, paid);
    play.read(action, paid);
    expect(play.sent()[0]?.idempotencyKey).toBe(action.idempotencyKey);
    play.fails(action);
    play.pass(24 * HOUR_MS);
    play.read(action, paid);
    play.read(action, paid);
    expect(play.sends()).toEqual([]);
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'gave-up' } });
  });

  it('of a refund comes after the settling time too: until then it can neither be withdrawn nor be called not done', () => {
    const paid = aPayment({ id: 'pi_test' });
    const { action, play } = lost({ move: { kind: 'refund', amount: 500 } }, paid);
    play.pass(SETTLING_MS - 1);
    play.read(action, paid);
    play.event({ type: 'withdraw', actionId: 'a1' });
    expect(play.action('a1')).toMatchObject({ state: 'checking', sends: 1 });
  });

  it('of a receipt is made once; after that nobody can know', () => {
    const paid = aPayment({ id: 'pi_test' });
    const { action, play } = lost({ move: { kind: 'sendReceipt', emails: ['a@example.com'] } }, paid);
    play.pass(500);
    play.read(action, paid);
    play.read(action, paid);
    expect(play.sends()).toEqual(['a1']);
    play.fails(action);
    play.pass(MINUTE_MS);
    play.read(action, paid);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends: 2 });
  });
});

describe('never too late', () => {
  it('an undo of a hold is not sent after midnight, though the rules would then allow a release', () => {
    const midnight = Date.parse('2026-06-15T23:00:00Z');
    const action = anAction({ id: 'a1', move: { kind: 'reverse' }, deadlineAtMs: midnight });
    const play = aPlay([action], { nowMs: midnight - 1 });
    play.setClock(midnight);
    play.read(action, hold, midnight - 1);
    expect(play.effects()).toEqual(['write a1:expired']);
  });

  it('an undo in the last millisecond is sent', () => {
    const midnight = Date.parse('2026-06-15T23:00:00Z');
    const action = anAction({ id: 'a1', move: { kind: 'reverse' }, deadlineAtMs: midnight });
    const play = aPlay([action], { nowMs: midnight - 1 });
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
  });

  it('what Dojo said a minute ago is read again before a send: the PC may have slept', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.setClock(NOON_MS + HOUR_MS);
    play.read(action, hold, NOON_MS);
    expect(play.effects()).toEqual(['read a1']);
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
  });
});

describe('lanes', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => anAction({ id: `a${index + 1}`, seq: index + 1, paymentId: `pi_${index + 1}` }));
  const of = (action: Action) => aHold({ id: action.paymentId });

  it('are four at first, grow by one with each clean answer, up to eight', () => {
    const actions = many(30);
    const play = aPlay(actions);
    expect(play.reads()).toHaveLength(4);
    for (const [index, action] of actions.slice(0, 10).entries()) {
      play.read(action, of(action));
      play.answer(action);
      expect(play.state().lanes).toBe(Math.min(8, 5 + index));
      expect(play.state().busy.size).toBe(play.state().lanes);
    }
  });

  it.each<readonly [string, Parameters<ReturnType<typeof aPlay>['fails']>[1]]>([
    ['429', { kind: 'throttled', status: 429 }],
    ['503', { status: 503, cause: 'http-503' }],
    ['a time-out', { cause: 'timeout' }],
  ])('are halved on %s, never below one', (_, failure) => {
    const actions = many(10);
    const play = aPlay(actions);
    const lanes = [];
    for (const action of actions.slice(0, 4)) {
      play.readFails(action, failure);
      lanes.push(play.state().lanes);
    }
    expect(lanes).toEqual([2, 1, 1, 1]);
  });

  it('hold one action of a payment at a time, in the order of acceptance', () => {
    const first = anAction({ id: 'a1', seq: 1, move: { kind: 'capture', amount: 2000 } });
    const second = anAction({ id: 'a2', seq: 2, move: { kind: 'capture', amount: 2200 } });
    const play = aPlay([first, second]);
    expect(play.reads()).toEqual(['a1']);
    play.read(first, hold);
    play.answer(first, 'cp_1');
    expect(play.reads()).toEqual(['a2']);
    play.read(second, taken('cp_1'));
    expect(play.sends()).toEqual(['a2']);
  });

  it('a refused one lets the next of its payment go', () => {
    const first = anAction({ id: 'a1', seq: 1 });
    const second = anAction({ id: 'a2', seq: 2 });
    const play = aPlay([first, second]);
    play.read(first, hold);
    play.fails(first, { kind: 'refused', status: 400 });
    expect(play.reads()).toEqual(['a2']);
  });

  it('what was accepted first is not refused for what was accepted after it', () => {
    const take = anAction({ id: 'a1', seq: 1, move: { kind: 'capture', amount: 1000 } });
    const refund = anAction({ id: 'a2', seq: 2, move: { kind: 'refund', amount: 500 } });
    const play = aPlay([take, refund]);
    play.read(take, taken('cp_1'));
    expect(play.sends()).toEqual(['a1']);
  });

  it.each(['checking', 'needsPerson'] as const)('one that is %s holds up its own payment and no other', (state) => {
    const baseline = baselineOf(hold, NOON_MS);
    const stuck = anAction({ id: 'a1', seq: 1, state, sends: 1, sentAtMs: NOON_MS, baseline, notBeforeMs: NOON_MS + MINUTE_MS });
    const behind = anAction({ id: 'a2', seq: 2 });
    const others = many(6).map((action) => ({ ...action, id: `b${action.id}`, seq: action.seq + 2 }));
    const play = aPlay([stuck, behind, ...others]);
    for (const action of others) {
      play.read(action, of(action));
      play.answer(action);
    }
    for (const action of others) expect(play.action(action.id).state).toBe('done');
    expect(play.action('a2').state).toBe('waiting');
  });

  it('go on where some payments can never be read and hold the last lane for half a minute each time', () => {
    const stuck = many(4).map((action) => ({ ...action, state: 'checking' as const, sends: 1, sentAtMs: NOON_MS, baseline: baselineOf(hold, NOON_MS) }));
    const play = aPlay(stuck);
    for (const action of stuck) play.readFails(action, { cause: 'timeout' });
    expect(play.state().lanes).toBe(1);
    play.pass(1_000);
    const well = anAction({ id: 'well', seq: 99, paymentId: 'pi_well', acceptedAtMs: play.nowMs() });
    play.event({ type: 'accepted', actions: [well] });
    for (let reads = 0; reads < 12 && play.state().busy.get('well') === undefined; reads++) {
      const [onWire] = play.state().busy.keys();
      play.setClock(play.nowMs() + 30_000);
      if (onWire) play.readFails(play.action(onWire), { cause: 'timeout' });
      else play.event({ type: 'tick' });
    }
    expect(play.state().busy.get('well')).toBe('reading');
  });

  it('after a withdrawal with its read under way, the next of the payment starts at once', () => {
    const first = anAction({ id: 'a1', seq: 1 });
    const second = anAction({ id: 'a2', seq: 2 });
    const play = aPlay([first, second]);
    play.event({ type: 'withdraw', actionId: 'a1' });
    expect(play.reads()).toEqual(['a2']);
    play.read(first, hold);
    expect(play.sends()).toEqual([]);
    expect([...play.state().busy]).toEqual([['a2', 'reading']]);
    play.read(second, hold);
    expect(play.sends()).toEqual(['a2']);
  });
});

describe('the line', () => {
  const two = [anAction({ id: 'a1', seq: 1, paymentId: 'pi_1' }), anAction({ id: 'a2', seq: 2, paymentId: 'pi_2' })];

  it('that is down is felt for by one request, ever more rarely; when it is back, all go on', () => {
    const play = aPlay(two);
    for (const action of two) play.readFails(action, { kind: 'not-sent' });
    expect(play.state().line).toMatchObject({ up: false, failures: 1 });
    expect(play.wakesInMs()).toBe(500);
    play.pass(500);
    expect(play.reads()).toHaveLength(1);
    play.readFails(play.action(play.reads()[0] ?? ''), { kind: 'not-sent' });
    expect(play.wakesInMs()).toBe(1_000);
    play.pass(999);
    expect(play.reads()).toEqual([]);
    play.event({ type: 'line', up: true });
    expect(play.reads()).toEqual(['a1', 'a2']);
  });

  it('said to be down again and again is still felt for in time', () => {
    const play = aPlay(two);
    play.readFails(play.action('a1'), { kind: 'not-sent' });
    play.readFails(play.action('a2'), { kind: 'not-sent' });
    for (let time = 0; time < 50; time++) play.event({ type: 'line', up: false });
    play.pass(500);
    expect(play.reads()).toHaveLength(1);
  });

  it('keeps the order of acceptance while it is down', () => {
    const play = aPlay(two);
    for (const action of two) play.readFails(action, { kind: 'not-sent' });
    for (let time = 0; time < 5; time++) {
      play.pass(MINUTE_MS);
      expect(play.reads()).toEqual(['a1']);
      play.readFails(play.action('a1'), { kind: 'not-sent' });
    }
  });

  it('is there where Dojo answers anything at all', () => {
    for (const kind of ['throttled', 'key-refused', 'refused'] as const) {
      const play = aPlay(two);
      play.event({ type: 'line', up: false });
      play.readFails(play.action('a1'), { kind, status: 404 });
      expect(play.state().line.up).toBe(true);
    }
  });
});

describe('Dojo asks to wait', () => {
  it('nothing is asked before the time it named, and a send on the way does not slip through', () => {
    const two = [anAction({ id: 'a1', seq: 1, paymentId: 'pi_1' }), anAction({ id: 'a2', seq: 2, paymentId: 'pi_2' })];
    const play = aPlay(two);
    play.readFails(play.action('a1'), { kind: 'throttled', retryAfterMs: 7_000 });
    play.read(play.action('a2'), aHold({ id: 'pi_2' }));
    expect(play.effects()).toEqual(['wake 7000']);
    play.pass(6_999);
    expect(play.reads()).toEqual([]);
    play.pass(1);
    expect(play.reads()).toEqual(['a1', 'a2']);
  });

  it('without naming a time: ever longer', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    const waits = [0, 1, 2, 3].map(() => {
      play.readFails(action, { kind: 'throttled' });
      const waited = play.wakesInMs() ?? 0;
      play.pass(waited);
      return waited;
    });
    expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
  });
});

describe('the gate', () => {
  it('refused key: nothing is asked, nothing is lost, and it goes on when the key is mended', () => {
    const { action, play } = lost();
    const other = anAction({ id: 'a2', paymentId: 'pi_2' });
    play.event({ type: 'accepted', actions: [other] });
    play.readFails(other, { kind: 'key-refused', status: 401 });
    expect(play.state().gate).toBe('stopped');
    play.pass(DAY_MS);
    expect(play.effects()).toEqual([]);
    expect([play.action('a1').state, play.action('a2').state]).toEqual(['checking', 'waiting']);
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_1' });
    expect(play.reads()).toEqual(['a1', 'a2']);
    play.read(action, taken('cp_1'));
    expect(play.action('a1').state).toBe('done');
  });

  it('deadlines pass also while the gate is closed', () => {
    const play = aPlay([anAction({ id: 'a1', deadlineAtMs: NOON_MS + MINUTE_MS })], { gate: 'no-key' });
    expect(play.wakesInMs()).toBe(MINUTE_MS);
    play.pass(MINUTE_MS);
    expect(play.action('a1').state).toBe('expired');
  });

  it('another account’s actions are neither sent nor read, and wait', () => {
    const other = anAction({ id: 'a1', accountId: 'acc_2' });
    const play = aPlay([other]);
    play.pass(DAY_MS);
    play.event({ type: 'retryNow', actionId: 'a1' });
    expect(play.reads()).toEqual([]);
    expect(play.action('a1').state).toBe('waiting');
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_2' });
    expect(play.reads()).toEqual(['a1']);
  });

  it('the account changed while a read was under way: nothing is sent with the other key', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_2' });
    play.read(action, hold);
    expect(play.sends()).toEqual([]);
    expect(play.action('a1').state).toBe('waiting');
  });

  it('a late refusal of the other account’s key does not stop this one', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_2' });
    play.readFails(action, { kind: 'key-refused', status: 401 });
    expect(play.state().gate).toBe('open');
  });
});

describe('paused', () => {
  it('sends nothing, also not what was being read; checks go on; resuming goes on', () => {
    const { action, play } = lost();
    const other = anAction({ id: 'a2', paymentId: 'pi_2' });
    play.event({ type: 'accepted', actions: [other] });
    play.event({ type: 'paused', paused: true });
    play.read(other, aHold({ id: 'pi_2' }));
    expect(play.sends()).toEqual([]);
    play.pass(SETTLING_MS);
    expect(play.reads()).toEqual(['a1']);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('waiting');
    expect(play.effects()).toEqual(['write a1:waiting']);
    play.event({ type: 'paused', paused: false });
    expect(play.reads()).toEqual(['a2', 'a1']);
  });
});

describe('the disk', () => {
  it('that fails: what was not written was not sent, counts as no send, and goes out when the disk is back', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.event({ type: 'disk', ok: false, unsent: ['a1'] });
    expect(play.action('a1')).toMatchObject({ state: 'waiting', sends: 0, baseline: null, outcome: { code: 'disk' } });
    expect(play.effects()).toEqual(['write a1:waiting']);
    play.pass(DAY_MS);
    expect(play.reads()).toEqual([]);
    play.event({ type: 'disk', ok: true, unsent: [] });
    expect(play.reads()).toEqual(['a1']);
  });
});

describe('what comes twice', () => {
  it('loaded again while sending: the request under way is not taken for a crash, nor answered twice', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    const sending = play.action('a1');
    play.event({ type: 'loaded', actions: [sending] });
    expect(play.effects()).toEqual([]);
    play.answer(action, 'cp_1');
    expect(play.action('a1').state).toBe('done');
  });

  it('accepted again after it was done: it is not done again', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.answer(action, 'cp_1');
    play.event({ type: 'accepted', actions: [action] });
    expect(play.action('a1').state).toBe('done');
    expect(play.effects()).toEqual([]);
  });

  it('an answer to what was not sent is a broken invariant', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    expect(() => play.answer(action)).toThrow('expected a1 to be sending, got waiting');
  });
});

describe('ended actions', () => {
  it('of long ago are forgotten, open ones never', () => {
    const old = { changedAtMs: NOON_MS - 9 * DAY_MS };
    const play = aPlay([
      anAction({ id: 'a1', state: 'done', ...old }),
      anAction({ id: 'a2', state: 'needsPerson', paymentId: 'pi_2', ...old }),
      anAction({ id: 'a3', state: 'done', paymentId: 'pi_3' }),
    ]);
    play.event({ type: 'forget', endedBeforeMs: NOON_MS - 8 * DAY_MS });
    expect([...play.state().actions.keys()]).toEqual(['a2', 'a3']);
  });

  it('a take settled by a person still counts when the next of its payment is sent', () => {
    const settled = anAction({ id: 'a1', seq: 1, state: 'done', sends: 1, outcome: anOutcome({ settledBy: 'person' }) });
    const next = anAction({ id: 'a2', seq: 2, move: { kind: 'capture', amount: 2300 } });
    const play = aPlay([settled, next]);
    play.read(next, hold);
    expect(play.action('a2')).toMatchObject({ state: 'refused', outcome: { code: 'amount-too-large' } });
  });
});

describe('a clock that is set', () => {
  it('back by a day: nothing waits for it to catch up', () => {
    const action = anAction({ id: 'a1', notBeforeMs: NOON_MS });
    const play = aPlay([action]);
    play.readFails(action);
    play.setClock(NOON_MS - DAY_MS);
    play.event({ type: 'tick' });
    expect(play.reads()).toEqual(['a1']);
  });

  it('back while the line is down: felt for once, not without end', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.readFails(action, { kind: 'not-sent' });
    play.setClock(NOON_MS - DAY_MS);
    play.event({ type: 'tick' });
    expect(play.reads()).toEqual(['a1']);
    play.readFails(action, { kind: 'not-sent' });
    expect(play.reads()).toEqual([]);
    expect(play.wakesInMs()).toBe(1_000);
  });

  it('back while Dojo asked to wait: asked once, not without end', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.readFails(action, { kind: 'throttled', retryAfterMs: 5_000 });
    play.setClock(NOON_MS - DAY_MS);
    play.event({ type: 'tick' });
    expect(play.reads()).toEqual(['a1']);
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
  });

  it('back after a send: the settling time begins anew, from then', () => {
    const { action, play } = lost();
    play.setClock(NOON_MS - DAY_MS);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'checking', sentAtMs: NOON_MS - DAY_MS });
    play.pass(SETTLING_MS - 1);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('checking');
    play.pass(1);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('waiting');
  });

  it('forward for a moment while it was read: a read that began later than it ended proves nothing', () => {
    const { action, play } = lost();
    play.pass(1_000);
    play.read(action, hold, play.nowMs() + HOUR_MS);
    expect(play.action('a1').state).toBe('checking');
  });

  it('or a PC that slept with the request on the wire: the settling time runs from when the answer was given up', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.setClock(NOON_MS + HOUR_MS);
    play.fails(action);
    play.pass(1_000);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('checking');
  });
});
