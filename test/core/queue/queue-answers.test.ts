import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf, SETTLING_MS } from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold, anAction, anUnpaid, aPayment, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, lost } from './queue-play.ts';

const sale = aPayment({ id: 'pi_test' });
const hold = aHold({ id: 'pi_test', amountMinor: 10_000 });
const REFUND = { kind: 'refund', amount: 500 } as const;
const refunded = (refundedMinor: number): Payment => ({ ...sale, refundedMinor });
const captured = (amountMinor: number): Payment => ({ ...hold, captures: [aCapture({ id: 'cp_1', amountMinor })] });

/** Sent once, and Dojo said no to it. */
function refusedOnce(move: Action['move'], payment: Payment, status = 409) {
  const action = anAction({ id: 'a1', move, decidedOn: baselineOf(payment, NOON_MS) });
  const play = aPlay([action]);
  play.read(action, payment);
  play.fails(action, { kind: 'refused', status, cause: `http-${status}` });
  return { action, play };
}

describe('a first no of Dojo’s', () => {
  it.each([400, 403, 404, 409, 422])('%i is looked at on the payment before anything is called refused', (status) => {
    const { action, play } = refusedOnce({ kind: 'capture', amount: 3_000 }, hold, status);
    expect(play.reads()).toEqual(['a1']);
    expect(play.action('a1').state).toBe('checking');
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'refused', sends: 1, outcome: { code: 'refused', settledBy: 'answer', status } });
    expect(play.reads()).toEqual([]);
  });

  it.each<readonly [string, Action['move'], before: Payment, now: Payment, state: string, code: string]>([
    ['an equal part was captured', { kind: 'capture', amount: 3_000 }, hold, captured(3_000), 'needsPerson', 'conflict'],
    ['all of it was captured', { kind: 'capture', amount: 10_000 }, hold, captured(10_000), 'refused', 'already-captured'],
    ['another part was captured', { kind: 'capture', amount: 3_000 }, hold, captured(2_000), 'refused', 'refused'],
    ['refunded by as much', REFUND, sale, refunded(500), 'needsPerson', 'conflict'],
    ['refunded by less', REFUND, sale, refunded(499), 'refused', 'refused'],
    ['reversed', { kind: 'reverse' }, sale, { ...sale, status: 'Reversed' }, 'refused', 'already-reversed'],
    ['cancelled', { kind: 'cancel' }, anUnpaid({ id: 'pi_test' }), anUnpaid({ id: 'pi_test', status: 'Canceled' }), 'refused', 'already-cancelled'],
    [
      'a part, and captures are not listed',
      { kind: 'capture', amount: 3_000 },
      { ...hold, captures: null },
      { ...hold, captures: null },
      'needsPerson',
      'unreadable',
    ],
  ])('and the payment shows: %s', (_, move, before, now, state, code) => {
    const { action, play } = refusedOnce(move, before);
    play.read(action, now);
    expect(play.action('a1')).toMatchObject({ state, outcome: { code } });
    expect(play.sends()).toEqual([]);
  });

  it('without an answer of Dojo’s (the till itself would not send it) ends at once', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.fails(action, { kind: 'refused', status: null, cause: 'bad-amount' });
    expect(play.action('a1').state).toBe('refused');
    expect(play.reads()).toEqual([]);
  });

  it('to a receipt ends at once: no reading tells of it', () => {
    const { play } = refusedOnce({ kind: 'sendReceipt', emails: ['a@example.com'] }, sale, 400);
    expect(play.action('a1').state).toBe('refused');
  });

  it('is not believed while the payment cannot be read', () => {
    const { action, play } = refusedOnce(REFUND, sale);
    for (let more = 0; more < 5; more++) {
      play.readFails(action, { kind: 'not-sent' });
      expect(play.action('a1').state).toBe('checking');
      play.pass(MINUTE_MS);
    }
    play.read(action, refunded(500));
    expect(play.action('a1').state).toBe('needsPerson');
  });
});

describe('a refund of unknown outcome', () => {
  const lostRefund = () => lost({ move: REFUND, decidedOn: baselineOf(sale, NOON_MS) }, sale);

  it('is never done by its amount: another till may have refunded as much', () => {
    const { action, play } = lostRefund();
    play.pass(SETTLING_MS);
    play.read(action, refunded(500));
    expect(play.action('a1').state).toBe('waiting');
    play.read(action, refunded(500));
    expect(play.sent()).toMatchObject([{ idempotencyKey: action.idempotencyKey }]);
    play.answer(action, null, 'rf_1');
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { settledBy: 'answer', dojoId: 'rf_1' } });
  });

  it('goes out again with its key without asking the rules anew', () => {
    const { action, play } = lostRefund();
    play.pass(SETTLING_MS);
    play.read(action, sale);
    play.read(action, { ...sale, status: 'Refunded', refundedMinor: 400 });
    expect(play.sends()).toEqual(['a1']);
  });

  it('is a person’s where the amount rose and the key may be forgotten by now', () => {
    const { action, play } = lostRefund();
    play.pass(10 * MINUTE_MS);
    play.read(action, refunded(500));
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
    expect(play.sends()).toEqual([]);
  });

  it.each<readonly [string, Payment, Action['state'], string]>([
    ['not risen: it is absent', sale, 'refused', 'refused'],
    ['risen: a person', refunded(500), 'needsPerson', 'conflict'],
  ])('whose repeat is answered with a no proves nothing; %s', (_, now, state, code) => {
    const { action, play } = lostRefund();
    play.pass(SETTLING_MS);
    play.read(action, sale);
    play.read(action, sale);
    play.fails(action, { kind: 'refused', status: 400 });
    play.pass(SETTLING_MS);
    play.read(action, now);
    expect(play.action('a1')).toMatchObject({ state, outcome: { code } });
  });

  it('is given up after two repeats where the amount has not risen, and a person’s where it has', () => {
    const endsWith = (last: Payment) => {
      const { action, play } = lostRefund();
      for (let more = 0; more < 2; more++) {
        play.pass(SETTLING_MS);
        play.read(action, sale);
        play.read(action, sale);
        play.fails(action);
      }
      play.pass(SETTLING_MS);
      play.read(action, last);
      return play.action('a1');
    };
    expect(endsWith(sale)).toMatchObject({ state: 'refused', sends: 3, outcome: { code: 'gave-up' } });
    expect(endsWith(refunded(500))).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });
});

describe('what is removed after Dojo said that it did nothing', () => {
  const removed = (now: Payment) => {
    const action = anAction({ id: 'a1', move: REFUND, decidedOn: baselineOf(sale, NOON_MS) });
    const play = aPlay([action]);
    play.read(action, sale);
    play.fails(action, { kind: 'throttled', status: 429 });
    play.event({ type: 'withdraw', actionId: 'a1' });
    expect(play.action('a1').state).toBe('checking');
    play.pass(MINUTE_MS);
    play.read(action, now);
    return play;
  };

  it('is removed once the payment agrees', () => {
    expect(removed(sale).action('a1')).toMatchObject({ state: 'withdrawn', outcome: { settledBy: 'person' } });
  });

  it('is a person’s where the payment does not', () => {
    const play = removed(refunded(500));
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson' });
    expect(play.sends()).toEqual([]);
  });
});

describe('403', () => {
  const actions = Array.from({ length: 8 }, (_, index) =>
    anAction({ id: `a${index + 1}`, seq: index + 1, paymentId: `pi_${index + 1}`, move: REFUND, decidedOn: baselineOf(sale, NOON_MS) }),
  );
  const of = (action: Action) => ({ ...sale, id: action.paymentId });
  const forbid = (play: ReturnType<typeof aPlay>, action: Action) => {
    play.read(action, of(action));
    play.fails(action, { kind: 'refused', status: 403 });
    play.read(action, of(action));
  };

  it('ends one move and stops nothing', () => {
    const play = aPlay(actions);
    forbid(play, actions[0] as Action);
    expect(play.action('a1').state).toBe('refused');
    expect(play.state().stoppedOperations.size).toBe(0);
    expect(play.state().gate).toBe('open');
  });

  it('from three payments in a row stops that operation for what still waits, and no other', () => {
    const capture = anAction({ id: 'capture', seq: 99, paymentId: 'pi_c' });
    const play = aPlay([...actions, capture]);
    for (const action of actions.slice(0, 3)) forbid(play, action);
    expect([...play.state().stoppedOperations]).toEqual(['refund']);
    // What was being read when it stopped is not sent either.
    play.read(actions[3] as Action, of(actions[3] as Action));
    expect(play.sends()).toEqual([]);
    play.pass(HOUR_MS);
    expect([...play.state().busy.keys()]).toContain('capture');
    expect(play.action('a8')).toMatchObject({ state: 'waiting', sends: 0 });
  });

  it('with a yes between them does not stop it', () => {
    const play = aPlay(actions);
    for (const action of actions.slice(0, 2)) forbid(play, action);
    play.read(actions[2] as Action, of(actions[2] as Action));
    play.answer(actions[2] as Action, null, 'rf_1');
    forbid(play, actions[3] as Action);
    expect(play.state().stoppedOperations.size).toBe(0);
  });

  it('with a yes between them that cannot be read does not stop it, an answer of trouble does', () => {
    for (const [status, stopped] of [
      [200, []],
      [500, ['refund']],
    ] as const) {
      const play = aPlay(actions);
      for (const action of actions.slice(0, 2)) forbid(play, action);
      play.read(actions[2] as Action, of(actions[2] as Action));
      play.fails(actions[2] as Action, { kind: 'unknown-outcome', cause: 'malformed', status });
      forbid(play, actions[3] as Action);
      expect([...play.state().stoppedOperations]).toEqual(stopped);
    }
  });

  it('stops until a person tries again, or another key comes; what was refused stays refused', () => {
    for (const mend of [{ type: 'retryNow', actionId: 'a8' } as const, { type: 'gate', gate: 'open', accountId: 'acc_1' } as const]) {
      const play = aPlay(actions);
      for (const action of actions.slice(0, 3)) forbid(play, action);
      if (mend.type === 'gate') play.event({ type: 'gate', gate: 'no-key', accountId: 'acc_1' });
      play.event(mend);
      expect(play.state().stoppedOperations.size).toBe(0);
      expect(play.action('a1').state).toBe('refused');
    }
  });

  it('does not go on with a look that a person asks for at one that needs them', () => {
    const looked = anAction({
      id: 'looked',
      seq: 99,
      paymentId: 'pi_looked',
      state: 'needsPerson',
      move: { kind: 'refund', amount: 500 },
      baseline: baselineOf(sale, NOON_MS),
    });
    const play = aPlay([...actions, looked]);
    for (const action of actions.slice(0, 3)) forbid(play, action);
    play.event({ type: 'retryNow', actionId: 'looked' });
    expect(play.reads()).toContain('looked');
    expect([...play.state().stoppedOperations]).toEqual(['refund']);
  });
});

/** What Dojo may answer to a look, but for 401, 404, 408 and 429, which mean something else. */
const NOT_SHOWN = [400, 402, 403, 405, 406, 409, 410, 412, 415, 418, 422, 423, 425, 426, 428, 431, 451, 499];

describe('a payment that Dojo refuses to show', () => {
  it.each(NOT_SHOWN)('%i holds its own lane, tried again every half minute at least, and is a person’s after half an hour', (status) => {
    const action = anAction({ id: 'a1' });
    const other = anAction({ id: 'a2', seq: 99, paymentId: 'pi_2' });
    const play = aPlay([action, other]);
    play.read(other, { ...hold, id: 'pi_2' });
    expect(play.sends()).toEqual(['a2']);
    for (let minutes = 0; minutes < 30; minutes += 0.5) {
      play.readFails(action, { kind: 'refused', status });
      expect(play.action('a1')).toMatchObject({ state: 'waiting', sends: 0, outcome: { code: 'read-refused', status } });
      play.pass(30_000);
      expect(play.reads()).toEqual(['a1']);
    }
    play.readFails(action, { kind: 'refused', status });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'not-shown' } });
  });

  it('and one whose answer nobody can read is held as well, and does not wait for ever', () => {
    const odd = { kind: 'unknown-outcome', cause: 'odd' } as const;
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.readFails(action, odd);
    expect(play.action('a1')).toMatchObject({
      state: 'waiting',
      outcome: { code: 'read-refused', message: 'Tillside cannot read what Dojo says of this payment. Nothing was sent; Tillside tries again.' },
    });
    play.pass(30 * MINUTE_MS);
    play.readFails(action, odd);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'not-shown' } });
    expect(play.sends()).toEqual([]);
  });

  it('goes on when it is shown again', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.readFails(action, { kind: 'refused', status: 403 });
    play.pass(30_000);
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
  });

  it.each(NOT_SHOWN)('%i after an unknown outcome is held as well, and a person is asked in the end', (status) => {
    const { action, play } = lost({ move: { kind: 'reverse' } }, sale);
    play.pass(SETTLING_MS);
    play.readFails(action, { kind: 'refused', status });
    expect(play.action('a1').state).toBe('checking');
    play.pass(30 * MINUTE_MS);
    play.readFails(action, { kind: 'refused', status });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
  });
});

describe('Dojo’s patience', () => {
  it('is the same for whoever asked: the poller’s 429 holds the queue', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action], { gate: 'no-key' });
    play.event({ type: 'throttled', untilMs: NOON_MS + 5 * MINUTE_MS });
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_1' });
    expect(play.reads()).toEqual([]);
    play.pass(5 * MINUTE_MS);
    expect(play.reads()).toEqual(['a1']);
  });

  it('is asked for by a proxy too', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.readFails(action, { kind: 'not-dojo', status: 429, retryAfterMs: 60_000 });
    play.event({ type: 'line', up: true });
    play.pass(60_499);
    expect(play.reads()).toEqual([]);
    play.pass(1);
    expect(play.reads()).toEqual(['a1']);
  });

  it('when it is over, what has the nearest deadline goes first', () => {
    const at = (id: string, minutes: number | null, seq: number) =>
      anAction({ id, seq, paymentId: `pi_${id}`, deadlineAtMs: minutes === null ? null : NOON_MS + minutes * MINUTE_MS });
    const actions = [at('none', null, 1), at('late', 60, 2), at('none2', null, 3), at('soon', 20, 4), at('later', 90, 5), at('sooner', 10, 6)];
    const play = aPlay(actions, { gate: 'no-key' });
    play.event({ type: 'throttled', untilMs: NOON_MS + 5 * MINUTE_MS });
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_1' });
    play.pass(5 * MINUTE_MS);
    expect(play.reads()).toEqual(['sooner', 'soon', 'late', 'later']);
  });
});

describe('a no that the payment does not bear out', () => {
  const part = { kind: 'capture', amount: 2000 } as const;
  const shown = aHold({ captures: [aCapture({ id: 'cp_1', createdAtMs: NOON_MS })] });

  it.each([
    ['429', { kind: 'throttled', status: 429, retryAfterMs: 1_000 }],
    ['404', { kind: 'refused', status: 404 }],
  ] as const)('%s, and another till did the same: looked at again by a person it is still not called this one’s', (_, failure) => {
    const action = anAction({ id: 'a1', move: part });
    const play = aPlay([action]);
    play.read(action, hold);
    play.fails(action, failure);
    play.pass(2_000);
    play.read(play.action('a1'), shown);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
    play.event({ type: 'retryNow', actionId: 'a1' });
    for (let time = 0; time < 5; time += 1) {
      play.pass(MINUTE_MS);
      if (play.action('a1').state === 'checking') play.read(play.action('a1'), shown);
    }
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
    expect(play.sends()).toEqual([]);
  });

  it('and where nothing of it shows any more, it was refused: it is not sent by a press that only looks', () => {
    const action = anAction({ id: 'a1', move: part });
    const play = aPlay([action]);
    play.read(action, hold);
    play.fails(action, { kind: 'refused', status: 409 });
    play.read(play.action('a1'), shown);
    play.event({ type: 'retryNow', actionId: 'a1' });
    play.read(play.action('a1'), hold);
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'refused', settledBy: 'answer' } });
    expect(play.sends()).toEqual([]);
  });
});
