import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf, SETTLING_MS } from '../../../main/core/queue/evidence.ts';
import { aHold, anAction, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, hold, lost, taken } from './queue-play.ts';

describe('the API version of a send', () => {
  const [BEFORE, SINCE] = ['2024-02-05', '2026-02-27'];
  const sale = aPayment({ id: 'pi_test' });
  const whole = aHold({ id: 'pi_test', amountMinor: 2000 });
  it.each<readonly [string, Partial<Action>, Payment]>([
    ['a refund', { move: { kind: 'refund', amount: 500 } }, sale],
    ['a capture of all', {}, whole],
    ['a reversal', { move: { kind: 'reverse' } }, sale],
  ])('is the one of its first when %s is repeated, though the owner has set another since', (_, changes, payment) => {
    const action = anAction({ id: 'a1', ...changes });
    const play = aPlay([action], { apiVersion: BEFORE });
    play.read(action, payment);
    expect(play.sent()).toMatchObject([{ apiVersion: BEFORE }]);
    expect(play.action('a1').apiVersion).toBe(BEFORE);
    play.fails(action);
    play.setVersion(SINCE);
    play.pass(SETTLING_MS);
    play.read(action, payment);
    play.read(action, payment);
    expect(play.sent()).toMatchObject([{ apiVersion: BEFORE, idempotencyKey: action.idempotencyKey, move: action.move }]);
  });

  it('is the one that the rules of a repeat are asked for: what was decided with it still fits', () => {
    // Before 2024-02-05 the held tips are within the amount.
    const tipped = aHold({ id: 'pi_test', amountMinor: 1800, tipsMinor: 200, captures: null });
    const action = anAction({ id: 'a1', move: { kind: 'capture', amount: 2000 } });
    const play = aPlay([action], { apiVersion: '2022-04-07' });
    play.read(action, tipped);
    play.fails(action);
    play.setVersion(SINCE);
    play.pass(SETTLING_MS);
    play.read(action, tipped);
    play.read(action, tipped);
    expect(play.sent()).toMatchObject([{ apiVersion: '2022-04-07' }]);
  });

  it('is the shop’s where it certainly did not leave before', () => {
    const action = anAction({ id: 'a1', move: { kind: 'refund', amount: 500 } });
    const play = aPlay([action], { apiVersion: BEFORE });
    play.read(action, sale);
    play.fails(action, { kind: 'not-sent' });
    play.setVersion(SINCE);
    play.pass(MINUTE_MS);
    play.read(action, sale);
    expect(play.sent()).toMatchObject([{ apiVersion: SINCE }]);
  });

  it('is the shop’s where a person lets it go out as a new decision', () => {
    const action = anAction({ id: 'a1', state: 'needsPerson', sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: BEFORE });
    const play = aPlay([action], { apiVersion: SINCE });
    play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(whole, NOON_MS) });
    play.read(action, whole);
    expect(play.sent()).toMatchObject([{ apiVersion: SINCE }]);
  });

  it('is the first send’s where a person lets it go once more, with the same key', () => {
    const sent = { state: 'needsPerson', sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: BEFORE } as const;
    const action = anAction({ id: 'a1', move: { kind: 'refund', amount: 500 }, ...sent, baseline: baselineOf(sale, NOON_MS) });
    const play = aPlay([action], { apiVersion: SINCE });
    play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(sale, NOON_MS) });
    play.read(action, sale);
    expect(play.sent()).toMatchObject([{ apiVersion: BEFORE, idempotencyKey: action.idempotencyKey }]);
  });

  it('is the shop’s where Dojo only denied it', () => {
    const action = anAction({ id: 'a1', move: { kind: 'refund', amount: 500 } });
    const play = aPlay([action], { apiVersion: BEFORE });
    play.read(action, sale);
    play.fails(action, { kind: 'throttled' });
    play.setVersion(SINCE);
    play.pass(25 * HOUR_MS);
    play.read(action, sale);
    expect(play.sent()).toMatchObject([{ apiVersion: SINCE }]);
    expect(play.action('a1')).toMatchObject({ sends: 1, firstSentAtMs: NOON_MS + 25 * HOUR_MS });
  });

  it('is the shop’s where an older till sent it and kept none', () => {
    const refund = { move: { kind: 'refund', amount: 500 }, sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(sale, NOON_MS) } as const;
    const action = anAction({ id: 'a1', ...refund });
    const play = aPlay([action], { apiVersion: SINCE });
    play.read(action, sale);
    expect(play.sent()).toMatchObject([{ apiVersion: SINCE }]);
  });
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
    expect(play.reads()).toEqual(['a1']);
    play.read(action, aPayment({ id: 'pi_test' }));
    expect(play.action('a1')).toMatchObject({ state: 'expired', sends: 1 });
    expect(play.sends()).toEqual([]);
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
    expect(play.effects()).toEqual(['write a1:waiting', 'read a1']);
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
  });
});

describe('a clock that is set', () => {
  it.each([15 * MINUTE_MS, DAY_MS])('back by %i ms: what is left of a wait is waited for, and nothing waits for the clock to catch up', (byMs) => {
    const action = anAction({ id: 'a1', notBeforeMs: NOON_MS });
    const play = aPlay([action]);
    play.readFails(action);
    const leftMs = play.wakesInMs() ?? 0;
    expect(leftMs).toBeGreaterThan(0);
    play.setClock(NOON_MS - byMs);
    play.event({ type: 'tick' });
    expect([play.reads(), play.wakesInMs()]).toEqual([[], leftMs]);
    play.pass(leftMs);
    expect(play.reads()).toEqual(['a1']);
  });

  it('back while the line is down: felt for when it was due, not without end', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.readFails(action, { kind: 'not-sent' });
    play.setClock(NOON_MS - DAY_MS);
    play.event({ type: 'tick' });
    expect([play.reads(), play.wakesInMs()]).toEqual([[], 500]);
    play.pass(500);
    expect(play.reads()).toEqual(['a1']);
    play.readFails(action, { kind: 'not-sent' });
    expect([play.reads(), play.wakesInMs()]).toEqual([[], 1_000]);
  });

  it('back while Dojo asked to wait: the pause is as long as it was, and no longer', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.readFails(action, { kind: 'throttled', retryAfterMs: 300_000 });
    play.setClock(NOON_MS - 15 * MINUTE_MS);
    play.event({ type: 'tick' });
    play.pass(300_499);
    expect(play.reads()).toEqual([]);
    play.pass(1);
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
    play.pass(SETTLING_MS);
    play.read(action, hold, { wallMs: play.nowMs() + HOUR_MS, monotonicMs: play.monotonicMs() - 100 });
    expect(play.action('a1').state).toBe('checking');
  });

  // Such an answer is too slow to tell the right time by: the clock that says when the reading began may have been set since the send.
  it('or a PC that slept while it was read: absence is proven by the next reading, presence by this one', () => {
    const slowly = (payment: typeof hold) => {
      const { action, play } = lost();
      play.pass(SETTLING_MS);
      const begunAtMs = play.nowMs();
      play.sleep(5 * MINUTE_MS);
      play.read(action, payment, begunAtMs);
      return { action, play };
    };
    const { action, play } = slowly(hold);
    expect(play.action('a1').state).toBe('checking');
    expect(play.reads()).toEqual(['a1']);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('waiting');
    expect(slowly(taken('cp_1')).play.action('a1')).toMatchObject({ state: 'done', outcome: { captureId: 'cp_1' } });
  });

  it.each([HOUR_MS, -HOUR_MS])('set by %i ms: no time has passed, the settling time is not over', (byMs) => {
    const { action, play } = lost();
    play.setClock(NOON_MS + byMs);
    play.pass(1_000);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('checking');
    play.pass(SETTLING_MS);
    expect(play.reads()).toEqual(['a1']);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('waiting');
  });

  it('back while the payment was read before a send: it is read again, nothing is sent on it', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold, { wallMs: NOON_MS + HOUR_MS, monotonicMs: play.monotonicMs() - 100 });
    expect(play.effects()).toEqual(['write a1:waiting', 'read a1']);
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
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
