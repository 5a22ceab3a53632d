import { expect, test } from 'vitest';
import { ruleFor } from '../../main/core/payment/rules.ts';
import { step } from '../../main/core/queue/queue.ts';
import { API_VERSION, aFailure, aHold, anAction, aPayment, HOUR_MS, LONDON, MINUTE_MS, NOON_MS } from '../builders.ts';
import { aTurn, NOW } from './queue/a-turn.ts';
import { aPlay } from './queue/queue-play.ts';

test('a refund decided by a PC clock two hours ahead, and sent twenty minutes ago, is not a recent one', () => {
  const payment = aPayment({ refundedMinor: 500 });
  const done = anAction({
    paymentId: payment.id,
    move: { kind: 'refund', amount: 500 },
    state: 'done',
    sends: 1,
    acceptedAtMs: NOON_MS + 2 * HOUR_MS,
    firstSentAtMs: NOON_MS,
    sentAtMs: NOON_MS,
    changedAtMs: NOON_MS,
  });
  const rule = ruleFor('refund', {
    payment,
    actions: [done],
    nowMs: NOON_MS + 20 * MINUTE_MS,
    zone: LONDON,
    online: true,
    apiVersion: API_VERSION,
    offlineRefundMaxMinor: null,
  });
  expect(rule).toMatchObject({ open: true, recent: null });
});

test('two refused readings with a night between, in which nothing was asked, are not half an hour of trouble', () => {
  const play = aPlay([anAction({ id: 'a1', seq: 1, paymentId: 'pi_1', move: { kind: 'capture', amount: 4200 } })]);
  const no = { kind: 'refused', cause: 'http-400', status: 400 } as const;
  play.readFails(play.action('a1'), no);
  // A person pauses the queue for the night.
  play.event({ type: 'paused', paused: true });
  play.pass(14 * HOUR_MS);
  play.event({ type: 'paused', paused: false });
  for (let wait = 0; wait < 100 && !play.state().busy.has('a1'); wait += 1) play.pass(1_000);
  play.readFails(play.action('a1'), no);
  expect(play.action('a1').state).toBe('waiting');
  void [aFailure, aHold];
});

test('ten minutes that Dojo asked for are ten minutes, though the till’s time goes forth and back by five seconds each second', () => {
  const { state: q0 } = aTurn([], {});
  let state = step(q0, { type: 'throttled', untilMs: NOW.nowMs + 10 * MINUTE_MS }, NOW).state;
  let ms = 0;
  while (ms < 15 * MINUTE_MS && state.throttledUntilMs > NOW.nowMs + ms) {
    ms += 500;
    const flicker = (ms / 500) % 2 === 0 ? 5_000 : 0;
    state = step(state, { type: 'tick' }, { ...NOW, nowMs: NOW.nowMs + ms + flicker, wallMs: NOW.wallMs + ms, monotonicMs: NOW.monotonicMs + ms }).state;
  }
  expect(ms).toBeGreaterThan(9 * MINUTE_MS);
});
