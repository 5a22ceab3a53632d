import { describe, expect, test } from 'vitest';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { ifSentAgain, lostBefore, lostSumMinor, mayArriveUntilMs } from '../../../main/core/queue/may-arrive.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, MINUTE_MS, NOON_MS } from '../../builders.ts';

const hold = aHold({ amountMinor: 10_000 });
const sent = { paymentId: hold.id, sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(hold, NOON_MS) };
const part = { ...sent, move: { kind: 'capture', amount: 3_000 } as const };
const absent = anAction({ ...part, state: 'checking', outcome: anOutcome({ code: 'absent-part' }) });
const SOON = NOON_MS + 2 * MINUTE_MS;

describe('a lost part capture that is sent once more', () => {
  test('may be captured twice as long as Dojo may still be working on it, and comes to this much in all', () => {
    expect(ifSentAgain(absent, hold, [], SOON)).toEqual({ inAllMinor: 6_000, ofMinor: 10_000 });
    expect(ifSentAgain(absent, hold, [], NOON_MS + 20 * MINUTE_MS - 1)).not.toBeNull();
    expect(ifSentAgain(absent, hold, [], NOON_MS + 20 * MINUTE_MS)).toBeNull();
    const undated = { ...absent, baseline: { ...baselineOf(hold, NOON_MS), isUndated: true as const } };
    expect(ifSentAgain(undated, hold, [], NOON_MS + 60 * MINUTE_MS)).not.toBeNull();
  });
  test('counts all that was sent and what is captured, never more than is held', () => {
    const before = { ...absent, sentBefore: { sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null, baseline: sent.baseline } };
    expect(ifSentAgain(before, hold, [], SOON)?.inAllMinor).toBe(9_000);
    const captures = [aCapture({ id: 'cp_0', amountMinor: 2_000 })];
    const part2 = { ...absent, baseline: baselineOf({ ...hold, captures }, NOON_MS) };
    expect(ifSentAgain(part2, { ...hold, captures }, [], SOON)?.inAllMinor).toBe(8_000);
    expect(ifSentAgain({ ...absent, move: { kind: 'capture', amount: 5_000 } }, hold, [], SOON)?.inAllMinor).toBe(10_000);
  });
  test('is no danger where it was never sent, has arrived, or takes all that is left', () => {
    expect(ifSentAgain({ ...absent, sends: 0 }, hold, [], SOON)).toBeNull();
    expect(ifSentAgain(absent, { ...hold, captures: [aCapture({ amountMinor: 3_000 })] }, [], SOON)).toBeNull();
    expect(ifSentAgain({ ...absent, move: { kind: 'capture', amount: 10_000 } }, hold, [], SOON)).toBeNull();
    expect(ifSentAgain({ ...absent, move: { kind: 'reverse' } }, hold, [], SOON)).toBeNull();
  });
});

test('a refund that is sent once more may be a new one for Dojo, whether it has risen or not', () => {
  const sale = aPayment({ amountMinor: 2_000 });
  const refund = anAction({ ...sent, paymentId: sale.id, state: 'needsPerson', move: { kind: 'refund', amount: 500 }, baseline: baselineOf(sale, NOON_MS) });
  expect(ifSentAgain(refund, sale, [], SOON)).toEqual({ inAllMinor: 1_000, ofMinor: 2_000 });
  expect(ifSentAgain(refund, { ...sale, refundedMinor: 500 }, [], SOON)).toEqual({ inAllMinor: 1_000, ofMinor: 2_000 });
  expect(ifSentAgain({ ...refund, sends: 0 }, sale, [], SOON)).toBeNull();
});

describe('what ended without Dojo’s word', () => {
  const notDone = anAction({ ...part, state: 'refused', outcome: anOutcome({ code: 'settled-not', settledBy: 'person' }) });
  const lost = (action = notDone, payment = hold, nowMs = SOON) => lostSumMinor(lostBefore('capture', payment, [action], nowMs));
  test('may arrive beside what is decided next, for as long', () => {
    expect(lost()).toBe(3_000);
    expect(lost(notDone, hold, NOON_MS + 20 * MINUTE_MS)).toBe(0);
    expect(lost({ ...notDone, state: 'withdrawn', outcome: anOutcome({ code: 'withdrawn', settledBy: 'person' }) })).toBe(3_000);
    expect(lost({ ...notDone, outcome: anOutcome({ code: 'gave-up', settledBy: 'evidence' }) })).toBe(3_000);
    expect(lostSumMinor(lostBefore('refund', hold, [notDone], SOON))).toBe(0);
  });
  test('may not where Dojo said no, or it has arrived', () => {
    expect(lost({ ...notDone, outcome: anOutcome({ code: 'refused', settledBy: 'answer', status: 409 }) })).toBe(0);
    const arrived = { ...hold, captures: [aCapture({ amountMinor: 3_000, createdAtMs: notDone.changedAtMs })] };
    expect(lost(notDone, arrived)).toBe(0);
    expect(mayArriveUntilMs({ ...notDone, sends: 0 })).toBeNull();
  });
});
