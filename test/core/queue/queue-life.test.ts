import { describe, expect, it } from 'vitest';
import type { FailureKind } from '../../../main/core/failure.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { isReleasable, isRetryable, isSettleable, isWithdrawable, type QueueEvent } from '../../../main/core/queue/queue-state.ts';
import { aCapture, aHold, anAction, anOutcome, anUnpaid, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, biggerHold, hold, lost, taken } from './queue-play.ts';

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

  it('done keeps Dojo’s id of the refund, and only that', () => {
    const refund = anAction({ id: 'a1', move: { kind: 'refund', amount: 500 } });
    const play = aPlay([refund]);
    play.read(refund, aPayment({ id: 'pi_test' }));
    play.answer(refund, null, 'rf_1');
    expect(play.action('a1').outcome).toMatchObject({ code: 'done', captureId: null, dojoId: 'rf_1', raw: null, next: null });
  });

  it('a no keeps Dojo’s answer as it came, and says what to do next', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.fails(action, { kind: 'refused', status: 409, cause: 'http-409', traceId: 't-1', raw: 'Status: 409' });
    expect(play.action('a1').outcome).toMatchObject({ status: 409, traceId: 't-1', raw: 'Status: 409', next: expect.stringMatching(/\.$/) });
  });

  it('what was heard last stays for support when a person is asked, reads again, and settles it', () => {
    const { action, play } = lost({ move: { kind: 'capture', amount: 1000 } });
    const twice = aHold({ id: 'pi_test', captures: ['cp_1', 'cp_2'].map((id) => aCapture({ id, amountMinor: 1000 })) });
    const heard = { raw: play.action('a1').outcome?.raw };
    expect(heard.raw).toMatch(/./);
    play.pass(HOUR_MS);
    play.read(action, twice);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict', ...heard, next: expect.stringContaining('settle it') } });
    play.event({ type: 'retryNow', actionId: 'a1' });
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: heard });
    play.read(action, twice);
    play.event({ type: 'settle', actionId: 'a1', verdict: 'did-not-happen', note: 'Not in Dojo' });
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'settled-not', settledBy: 'person', ...heard, next: null } });
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
    if (kind === 'not-sent') expect(play.action('a1')).toMatchObject({ baseline: null, sentAtMs: null, firstSentAtMs: null });
  });

  describe.each<readonly [string, FailureKind]>([
    ['asked to come later', 'throttled'],
    ['refused the key', 'key-refused'],
  ])('sending, Dojo %s, and the payment is read again', (_, kind) => {
    const readAgain = () => {
      const action = anAction({ id: 'a1', move: { kind: 'capture', amount: 1000 } });
      const play = aPlay([action]);
      play.read(action, hold);
      play.fails(action, { kind });
      play.event({ type: 'gate', gate: 'open', accountId: action.accountId });
      play.pass(MINUTE_MS);
      return { action, play };
    };

    it('an equal part was captured, by this one or another till → a person decides, nothing is sent', () => {
      const { action, play } = readAgain();
      play.read(action, aHold({ id: 'pi_test', captures: [aCapture({ id: 'cp_1', amountMinor: 1000 })] }));
      expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
      expect(play.sends()).toEqual([]);
    });

    it('all of it was captured → refused, captured already', () => {
      const { action, play } = readAgain();
      play.read(action, aHold({ id: 'pi_test', amountMinor: 1000, captures: [aCapture({ id: 'cp_1', amountMinor: 1000 })] }));
      expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'already-captured' } });
      expect(play.action('a1').outcome?.message).toBe('Dojo refused this: all of the payment is captured already.');
      expect(play.sends()).toEqual([]);
    });

    it.each(['Authorized', 'Captured'])('all of it is with the bank, and the payment %s → refused, being captured already', (status) => {
      const { action, play } = readAgain();
      play.read(action, aHold({ id: 'pi_test', status, amountMinor: 1000, captures: [aCapture({ id: 'cp_1', amountMinor: 1000, status: 'Created' })] }));
      expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'already-captured' } });
      expect(play.action('a1').outcome?.message).toBe('Dojo refused this: all of the payment is being captured already.');
      expect(play.sends()).toEqual([]);
    });

    it('nothing was captured → sent', () => {
      const { action, play } = readAgain();
      play.read(action, hold);
      expect(play.sends()).toEqual(['a1']);
    });

    it('the captures are not listed: of a part nothing can be told → a person decides', () => {
      const { action, play } = readAgain();
      play.read(action, aHold({ id: 'pi_test', captures: null }));
      expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
      expect(play.sends()).toEqual([]);
    });

    it('Dojo will not show it → a person decides: that nothing moved is not known', () => {
      const { action, play } = readAgain();
      play.readFails(action, { kind: 'refused', status: 404 });
      expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
      expect(play.sends()).toEqual([]);
    });
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

  describe('waiting, its deadline', () => {
    const deadline = (by: { dojo: number | null; till?: number }, changes: Partial<Action> = {}, payment: Payment = aPayment({ id: 'pi_test' })) => {
      const action = anAction({ id: 'a1', move: { kind: 'reverse' }, deadlineAtMs: NOON_MS + HOUR_MS, ...changes });
      const play = aPlay([action], { nowMs: NOON_MS + HOUR_MS + (by.till ?? 0) });
      play.dojoSays(by.dojo === null ? null : NOON_MS + HOUR_MS + by.dojo);
      play.read(action, payment);
      return play;
    };

    it('passes by no clock alone: a till that is an hour ahead expires nothing', () => {
      const play = aPlay([anAction({ id: 'a1', deadlineAtMs: NOON_MS + MINUTE_MS })], { gate: 'no-key' });
      play.pass(DAY_MS);
      expect(play.action('a1').state).toBe('waiting');
      expect(play.wakesInMs()).toBeNull();
    });

    it.each([
      ['in time by Dojo’s clock, and by the till’s that is half a minute ahead', { dojo: -1_001, till: 28_000 }, 'sending'],
      ['in time by Dojo’s clock, too late by the till’s', { dojo: -1_001, till: DAY_MS }, 'waiting'],
      ['in time by both', { dojo: -1_001, till: -5_000 }, 'sending'],
      ['too late by both', { dojo: HOUR_MS, till: 0 }, 'expired'],
      ['too late by Dojo’s clock, in time by the till’s', { dojo: 0, till: -HOUR_MS }, 'waiting'],
      ['within the second that Dojo’s clock names', { dojo: -1_000, till: -5_000 }, 'expired'],
    ] as const)('is judged at the moment before a send: %s → %s', (_, by, state) => {
      const play = deadline(by);
      expect(play.action('a1').state).toBe(state);
      expect(play.sends()).toEqual(state === 'sending' ? ['a1'] : []);
    });

    it.each([
      ['hours behind', -2 * HOUR_MS, HOUR_MS],
      ['hours ahead', 2 * HOUR_MS, -HOUR_MS],
    ])('is not judged by one of several servers that is %s: another tells, and in the end a person', (_, dojo, till) => {
      const play = deadline({ dojo, till });
      expect([play.action('a1').state, play.sends()]).toEqual(['waiting', []]);
      for (let looks = 0; looks < 40; looks += 1) {
        play.pass(MINUTE_MS);
        expect(play.sends()).toEqual([]);
        if (play.action('a1').state === 'waiting') play.read(play.action('a1'), aPayment({ id: 'pi_test' }));
      }
      expect(play.action('a1')).toMatchObject({
        state: 'needsPerson',
        outcome: { code: 'no-date-reversal', message: 'It stayed uncertain what time it is, so it may be too late. It was not sent now.' },
      });
      const heard = deadline({ dojo, till });
      heard.pass(MINUTE_MS);
      heard.dojoSays(heard.nowMs());
      heard.read(heard.action('a1'), aPayment({ id: 'pi_test' }));
      expect(heard.action('a1').state).toBe(till > 0 ? 'expired' : 'sending');
    });

    it.each([
      ['in time', -HOUR_MS, HOUR_MS, 'sending'],
      ['too late', HOUR_MS, -HOUR_MS, 'expired'],
    ] as const)('is not judged while other answers say that it is otherwise: %s', (_, at, others, state) => {
      const action = anAction({ id: 'a1', move: { kind: 'reverse' }, deadlineAtMs: NOON_MS + HOUR_MS });
      const play = aPlay([action], { nowMs: NOON_MS + HOUR_MS + at });
      play.othersSay(NOON_MS + HOUR_MS + others);
      play.read(action, aPayment({ id: 'pi_test' }));
      expect([play.action('a1').state, play.sends()]).toEqual(['waiting', []]);
      play.othersSay(NOON_MS + HOUR_MS + at + 20_000);
      play.read(action, aPayment({ id: 'pi_test' }));
      expect(play.action('a1').state).toBe(state);
    });

    it('is not known where Dojo says no time: a same-day reversal is not sent and asks', () => {
      const play = deadline({ dojo: null, till: -MINUTE_MS });
      expect(play.action('a1')).toMatchObject({
        state: 'needsPerson',
        outcome: { code: 'no-date-reversal', message: 'Dojo does not say what time it is, so it may be too late. It was not sent now.' },
      });
      expect(play.sends()).toEqual([]);
    });

    it('is not known to a person’s release either: it is not offered, and settling it is the way on', () => {
      const play = deadline({ dojo: null, till: -MINUTE_MS });
      const asked = play.action('a1');
      expect([isReleasable(play.state(), asked), isSettleable(play.state(), asked)]).toEqual([false, true]);
      expect(asked.outcome?.next).not.toMatch(/send/);
      play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(hold, NOON_MS) });
      expect(play.action('a1')).toBe(asked);
      expect([play.reads(), play.sends()]).toEqual([[], []]);
    });

    it('is not known so either of a payment whose day nobody knows', () => {
      const payment = aPayment({ id: 'pi_test', createdAtMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS - HOUR_MS, paidAtMs: null });
      const play = deadline({ dojo: null, till: -MINUTE_MS }, {}, payment);
      expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'no-date-reversal' } });
      expect(play.sends()).toEqual([]);
    });

    it('is not passed where Dojo says no time and the till’s clock alone says so: a person is asked', () => {
      const play = deadline({ dojo: null, till: 200 * DAY_MS }, { move: { kind: 'capture', amount: 2000 }, deadlineAtMs: NOON_MS + DAY_MS }, hold);
      expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'no-date' } });
      expect(play.sends()).toEqual([]);
    });

    it('that the till’s clock alone calls passed may be let go by a person, who can put that clock right', () => {
      const play = deadline({ dojo: null, till: 200 * DAY_MS }, { move: { kind: 'capture', amount: 2000 }, deadlineAtMs: NOON_MS + DAY_MS }, hold);
      expect(isReleasable(play.state(), play.action('a1'))).toBe(true);
    });

    it('or a hold’s end that nobody wrote down, where Dojo says no time, closes nothing by itself', () => {
      const play = deadline({ dojo: null, till: 200 * DAY_MS }, { move: { kind: 'capture', amount: 2000 }, deadlineAtMs: null }, hold);
      expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'no-date' } });
    });

    it('that is the end of a hold is judged by the till’s clock where Dojo says no time', () => {
      const endOfHold = { move: { kind: 'capture', amount: 2000 } as const, deadlineAtMs: NOON_MS + DAY_MS };
      expect(deadline({ dojo: null }, endOfHold, hold).sends()).toEqual(['a1']);
    });
  });

  it('sending when the power failed → checking, read at once', () => {
    const action = anAction({ id: 'a1', state: 'sending', sends: 1, sentAtMs: NOON_MS - DAY_MS });
    const play = aPlay([action]);
    expect(play.action('a1')).toMatchObject({ state: 'checking', sends: 1, outcome: { code: 'restarted' } });
    expect(play.reads()).toEqual(['a1']);
  });

  it.each([
    ['from the second of its send', 0, 'done'],
    ['as late as Dojo may take', 150_000, 'done'],
    ['hours later, while the till was off: another till’s', 6 * HOUR_MS, 'needsPerson'],
  ])('sending when the power failed, a day before: a capture like it %s', (_, laterMs, state) => {
    const sentAtMs = NOON_MS - DAY_MS;
    const part = { kind: 'capture', amount: 2000 } as const;
    const action = anAction({
      id: 'a1',
      move: part,
      state: 'sending',
      sends: 1,
      firstSentAtMs: sentAtMs,
      sentAtMs,
      baseline: baselineOf(biggerHold, sentAtMs),
    });
    const play = aPlay([action]);
    const shown = { ...biggerHold, captures: [aCapture({ id: 'cp_1', createdAtMs: sentAtMs + laterMs })] };
    play.read(action, shown);
    play.pass(2 * MINUTE_MS);
    play.read(action, shown);
    expect(play.action('a1')).toMatchObject({ state });
  });

  it('sending when the power failed, dated by a clock that may have been hours behind: any capture like it since is its own', () => {
    const sentAtMs = NOON_MS - 13 * HOUR_MS;
    const sent = { move: { kind: 'capture', amount: 2000 }, sends: 1, firstSentAtMs: sentAtMs, sentAtMs } as const;
    const action = anAction({ id: 'a1', state: 'sending', ...sent, baseline: baselineOf(biggerHold, sentAtMs, false) });
    const play = aPlay([action]);
    const shown = { ...biggerHold, captures: [aCapture({ id: 'cp_1', createdAtMs: NOON_MS - MINUTE_MS })] };
    play.read(action, shown);
    play.pass(2 * MINUTE_MS);
    play.read(action, shown);
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { captureId: 'cp_1' } });
  });

  it('sending when the power failed, and dated by a clock that was ahead, it does not wait for that time', () => {
    const action = anAction({ id: 'a1', state: 'sending', sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS + DAY_MS, baseline: baselineOf(hold, NOON_MS) });
    expect(aPlay([action]).action('a1')).toMatchObject({ state: 'checking', sentAtMs: NOON_MS });
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

  it('checking that cannot be read for half an hour, while lists can, → needsPerson', () => {
    const { action, play } = lost();
    for (let read = 0; read < 200 && play.action('a1').state === 'checking'; read++) {
      play.pass(play.wakesInMs() ?? MINUTE_MS);
      if (play.reads().length > 0) play.readFails(action);
      play.event({ type: 'line', up: true });
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

  it('a cancellation whose payment Dojo does not know is not called done: a cancelled one would be shown', () => {
    const { action, play } = lost({ move: { kind: 'cancel' } }, anUnpaid({ id: 'pi_test' }));
    play.pass(500);
    play.readFails(action, { kind: 'refused', status: 404 });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
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
    expect([isWithdrawable(queue(), action), isRetryable(action), isSettleable(queue(), action)]).toEqual([withdraw, retry, settle]);
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
  expect([isRetryable(action), isSettleable(play.state(), action)]).toEqual([false, true]);
  expect(play.event({ type: 'retryNow', actionId: 'a1' })).toEqual([]);
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

  it('of long ago stay as long as something on their payment is open: it is judged by them', () => {
    const old = { changedAtMs: NOON_MS - 9 * DAY_MS };
    const play = aPlay([
      anAction({ id: 'a1', state: 'done', ...old }),
      anAction({ id: 'a2', state: 'waiting', ...old }),
      anAction({ id: 'a3', state: 'done', accountId: 'acc_2', ...old }),
    ]);
    play.event({ type: 'forget', endedBeforeMs: NOON_MS - 8 * DAY_MS });
    expect([...play.state().actions.keys()]).toEqual(['a1', 'a2']);
  });

  it('a take settled by a person still counts when the next of its payment is sent', () => {
    const settled = anAction({ id: 'a1', seq: 1, state: 'done', sends: 1, outcome: anOutcome({ settledBy: 'person' }) });
    const next = anAction({ id: 'a2', seq: 2, move: { kind: 'capture', amount: 2300 } });
    const play = aPlay([settled, next]);
    play.read(next, biggerHold);
    expect(play.action('a2')).toMatchObject({ state: 'refused', outcome: { code: 'amount-too-large' } });
  });
});
