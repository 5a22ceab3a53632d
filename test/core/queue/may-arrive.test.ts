import { describe, expect, test } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { ifSentAgain, lostBefore, lostSumMinor, mayArriveUntilMs } from '../../../main/core/queue/may-arrive.ts';
import { ifAgainInWords } from '../../../main/words/twice-words.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, MINUTE_MS, NOON_MS } from '../../builders.ts';

const hold = aHold({ amountMinor: 10_000 });
const sent = { paymentId: hold.id, sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(hold, NOON_MS) };
const part = { ...sent, move: { kind: 'capture', amount: 3_000 } as const };
const absent = anAction({ ...part, state: 'checking', outcome: anOutcome({ code: 'absent-part' }) });
const SOON = NOON_MS + 2 * MINUTE_MS;

describe('a lost part capture that is sent once more', () => {
  test('may be captured twice as long as Dojo may still be working on it, and comes to this much in all', () => {
    expect(ifSentAgain(absent, hold, [], SOON)).toEqual({ inAllMinor: 6_000, ofMinor: 10_000, mayArrive: true });
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
  test('is named beside what Dojo shows like it since, whenever that came, also where it takes all that is left then', () => {
    const like = aCapture({ id: 'cp_1', amountMinor: 3_000 });
    const showing = { ...hold, captures: [like] };
    const shown = { minor: 3_000, since: 'sent' };
    const twice = { inAllMinor: 6_000, ofMinor: 10_000, mayArrive: false, shown };
    expect(ifSentAgain(absent, showing, [], SOON)).toEqual(twice);
    expect(ifSentAgain(absent, showing, [], NOON_MS + 20 * MINUTE_MS)).toEqual(twice);
    // Dojo said that it did nothing.
    expect(ifSentAgain({ ...absent, sends: 0 }, showing, [], SOON)).toEqual(twice);
    expect(ifSentAgain({ ...absent, sends: 2 }, showing, [], SOON)).toEqual({ inAllMinor: 9_000, ofMinor: 10_000, mayArrive: true, shown });
    const half = { ...absent, move: { kind: 'capture', amount: 5_000 } } as const;
    expect(ifSentAgain(half, { ...hold, captures: [{ ...like, amountMinor: 5_000 }] }, [], SOON)?.inAllMinor).toBe(10_000);
    expect(ifSentAgain({ ...absent, sends: 0 }, { ...hold, captures: [{ ...like, status: 'Declined' }] }, [], SOON)).toBeNull();
  });
  test('is not named beside what was given back', () => {
    const refunded = { ...hold, captures: [aCapture({ amountMinor: 5_000 })], refundedMinor: 3_000 };
    expect(ifSentAgain({ ...absent, baseline: baselineOf({ ...refunded, refundedMinor: 0 }, NOON_MS) }, refunded, [], SOON)?.shown).toBeUndefined();
  });
  test('is no danger where it was never sent and nothing shows, or takes all that is left', () => {
    expect(ifSentAgain({ ...absent, sends: 0 }, hold, [], SOON)).toBeNull();
    expect(ifSentAgain({ ...absent, move: { kind: 'capture', amount: 10_000 } }, hold, [], SOON)).toBeNull();
    expect(ifSentAgain({ ...absent, move: { kind: 'reverse' } }, hold, [], SOON)).toBeNull();
  });
});

describe('what ended without Dojo’s word and may arrive as well', () => {
  const notDone = { state: 'refused', outcome: anOutcome({ code: 'settled-not', settledBy: 'person' }) } as const;
  const copied = { state: 'needsPerson', sends: 0, baseline: null, firstSentAtMs: null, sentAtMs: null, decidedOn: baselineOf(hold, NOON_MS) } as const;
  test('counts with a capture that is sent once more, and with one that was never sent', () => {
    const before = anAction({ ...part, ...notDone });
    expect(ifSentAgain(absent, hold, [before], SOON)).toEqual({ inAllMinor: 9_000, ofMinor: 10_000, mayArrive: true });
    const unsent = anAction({ ...part, ...copied });
    expect(ifSentAgain(unsent, hold, [before], SOON)).toEqual({ inAllMinor: 6_000, ofMinor: 10_000, mayArrive: true });
    expect(ifSentAgain(unsent, hold, [before], NOON_MS + 20 * MINUTE_MS)).toBeNull();
    expect(ifSentAgain({ ...unsent, move: { kind: 'capture', amount: 10_000 } }, hold, [before], SOON)).toBeNull();
  });
  test('and with a refund: the key of another one makes it no second of the same', () => {
    const sale = aPayment({ amountMinor: 2_000 });
    const refund = { ...sent, paymentId: sale.id, move: { kind: 'refund', amount: 500 }, baseline: baselineOf(sale, NOON_MS) } as const;
    const [before, again] = [anAction({ ...refund, ...notDone }), anAction({ ...refund, state: 'needsPerson' })];
    const unsent = anAction({ ...refund, ...copied, decidedOn: baselineOf(sale, NOON_MS) });
    expect(ifSentAgain(again, sale, [before], SOON)).toEqual({ inAllMinor: 1_500, ofMinor: 2_000, mayArrive: true });
    const beside = ifSentAgain(unsent, sale, [before], SOON);
    expect(beside).toEqual({ inAllMinor: 1_000, ofMinor: 2_000, mayArrive: true });
    expect(beside && ifAgainInWords(unsent, beside)).toBe('What was sent may still arrive: with one more, £10.00 of £20.00 is refunded in all.');
  });
});

test('what was captured here counts in all also where Dojo does not show it yet, or lists no captures', () => {
  const done = anAction({ ...part, move: { kind: 'capture', amount: 4_000 }, state: 'done', outcome: anOutcome({ captureId: 'cp_0' }) });
  const inAllMinor = (payment: Payment, amount = 1_000) => ifSentAgain({ ...absent, move: { kind: 'capture', amount } }, payment, [done], SOON)?.inAllMinor;
  expect(inAllMinor(hold)).toBe(6_000);
  expect(inAllMinor({ ...hold, captures: [aCapture({ id: 'cp_0', amountMinor: 4_000 })] })).toBe(6_000);
  expect(inAllMinor({ ...hold, captures: [aCapture({ id: 'cp_9', amountMinor: 500, createdAtMs: 0 })] })).toBe(6_500);
  expect(inAllMinor({ ...hold, captures: null })).toBe(6_000);
  expect(inAllMinor({ ...hold, captures: null, status: 'Captured' })).toBe(6_000);
  expect(inAllMinor({ ...hold, captures: null }, 4_000)).toBe(10_000);
});

test('a refund that is sent once more may be a new one for Dojo, whether it has risen or not', () => {
  const sale = aPayment({ amountMinor: 2_000 });
  const refund = anAction({ ...sent, paymentId: sale.id, state: 'needsPerson', move: { kind: 'refund', amount: 500 }, baseline: baselineOf(sale, NOON_MS) });
  const risen = { ...sale, refundedMinor: 500 };
  const shown = { minor: 500, since: 'sent' };
  expect(ifSentAgain(refund, sale, [], SOON)).toEqual({ inAllMinor: 1_000, ofMinor: 2_000, mayArrive: true });
  expect(ifSentAgain(refund, risen, [], SOON)).toEqual({ inAllMinor: 1_000, ofMinor: 2_000, mayArrive: false, shown });
  expect(ifSentAgain({ ...refund, sends: 0 }, sale, [], SOON)).toBeNull();
  expect(ifSentAgain({ ...refund, sends: 0 }, risen, [], SOON)).toEqual({ inAllMinor: 1_000, ofMinor: 2_000, mayArrive: false, shown });
});

describe('what this till has no record of sending, where Dojo shows as much since it was decided', () => {
  const shown = { minor: 500, since: 'decided' };
  const unsent = { state: 'needsPerson', sends: 0, baseline: null } as const;
  test('comes to this much in all when it is sent: a capture', () => {
    const take = anAction({ ...unsent, move: { kind: 'capture', amount: 500 }, decidedOn: baselineOf(hold, NOON_MS) });
    const captures = [aCapture({ id: 'cp_1', amountMinor: 500 })];
    expect(ifSentAgain(take, { ...hold, captures }, [], SOON)).toEqual({ inAllMinor: 1_000, ofMinor: 10_000, mayArrive: false, shown });
    expect(ifSentAgain(take, hold, [], SOON)).toBeNull();
  });
  test('and a refund', () => {
    const sale = aPayment({ amountMinor: 2_000 });
    const refund = anAction({ ...unsent, move: { kind: 'refund', amount: 500 }, decidedOn: baselineOf(sale, NOON_MS) });
    expect(ifSentAgain(refund, { ...sale, refundedMinor: 500 }, [], SOON)).toEqual({ inAllMinor: 1_000, ofMinor: 2_000, mayArrive: false, shown });
    expect(ifSentAgain(refund, sale, [], SOON)).toBeNull();
  });
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
  test('one by one: what shows is one of several that are alike', () => {
    const two = [notDone, anAction({ ...notDone, id: 'another', seq: notDone.seq + 1 })];
    const arrived = (count: number) => Array.from({ length: count }, () => aCapture({ amountMinor: 3_000, createdAtMs: notDone.changedAtMs }));
    const left = (count: number) => lostSumMinor(lostBefore('capture', { ...hold, captures: arrived(count) }, two, SOON));
    expect([0, 1, 2].map(left)).toEqual([6_000, 3_000, 0]);
    const sale = aPayment({ amountMinor: 2_000 });
    const refunds = two.map((one) => ({ ...one, move: { kind: 'refund', amount: 500 }, baseline: baselineOf(sale, NOON_MS) }) as const);
    const leftOf = (refundedMinor: number) => lostSumMinor(lostBefore('refund', { ...sale, refundedMinor, updatedAtMs: NOON_MS }, refunds, SOON));
    expect([0, 500, 900, 1_000].map(leftOf)).toEqual([1_000, 500, 500, 0]);
  });
  test('of several that are not alike the one of which as much shows has arrived', () => {
    const sale = aPayment({ amountMinor: 2_000 });
    const refund = (amount: number) => ({ ...notDone, id: `refund-${amount}`, move: { kind: 'refund', amount }, baseline: baselineOf(sale, NOON_MS) }) as const;
    const left = lostBefore('refund', { ...sale, refundedMinor: 500, updatedAtMs: NOON_MS }, [refund(1_000), refund(500)], SOON);
    expect(left.map(({ move }) => move)).toEqual([{ kind: 'refund', amount: 1_000 }]);
  });
  test('has not arrived where what shows is what another one here did', () => {
    const done = anAction({ ...part, state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
    const captures = [aCapture({ id: 'cp_1', amountMinor: 3_000, createdAtMs: notDone.changedAtMs })];
    expect(lostBefore('capture', { ...hold, captures }, [done, notDone], SOON)).toEqual([notDone]);
  });
  test('is none that was done, though what was sent of it before may have been done too', () => {
    const { sends, firstSentAtMs, sentAtMs, baseline } = sent;
    const done = anAction({ ...part, state: 'done', outcome: anOutcome(), sentBefore: { sends, firstSentAtMs, sentAtMs, baseline, apiVersion: null } });
    expect(lost(done)).toBe(0);
  });
  test('may not where Dojo said no, or it has arrived', () => {
    expect(lost({ ...notDone, outcome: anOutcome({ code: 'refused', settledBy: 'answer', status: 409 }) })).toBe(0);
    const arrived = { ...hold, captures: [aCapture({ amountMinor: 3_000, createdAtMs: notDone.changedAtMs })] };
    expect(lost(notDone, arrived)).toBe(0);
    expect(mayArriveUntilMs({ ...notDone, sends: 0 })).toBeNull();
  });
});
