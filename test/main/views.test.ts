import { describe, expect, test } from 'vitest';
import { baselineOf } from '../../main/core/evidence.ts';
import { paymentView } from '../../main/views.ts';
import { API_VERSION, aCapture, aHold, anAction, anOutcome, LONDON, NOON_MS } from '../builders.ts';

const setting = { nowMs: NOON_MS, zone: LONDON, dayStartMinutes: 0, apiVersion: API_VERSION, online: true };
const hold = aHold();
const sent = { paymentId: hold.id, sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(hold, NOON_MS) };
const attention = (captures: readonly ReturnType<typeof aCapture>[], ...actions: ReturnType<typeof anAction>[]) =>
  paymentView({ ...hold, captures }, actions, setting).attention;

describe('a payment asks for attention', () => {
  const done = anAction({ ...sent, move: { kind: 'capture', amount: 2000 }, state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
  const refused = anAction({
    ...sent,
    move: { kind: 'capture', amount: 2000 },
    state: 'refused',
    outcome: anOutcome({ code: 'refused', message: 'Dojo refused the take. Nothing moved.', settledBy: 'answer' }),
  });

  test('where a take stands beside ours that nobody here asked for', () => {
    expect(attention([aCapture({ id: 'cp_1' })], done)).toBeNull();
    expect(attention([aCapture({ id: 'cp_1' }), aCapture({ id: 'cp_2' })], done)).toMatch(/taken twice/);
  });

  test('where Dojo refused ours but shows one just like it, and does not say that nothing moved', () => {
    expect(attention([], refused)).toBe('Dojo refused the take. Nothing moved.');
    const told = attention([aCapture({ id: 'cp_1' })], refused);
    expect(told).toMatch(/may be ours/);
    expect(told).not.toMatch(/Nothing moved/);
  });
});
