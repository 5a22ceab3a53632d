import { describe, expect, test } from 'vitest';
import { cameTwice, createCameTwice, doubledCaptures, onceMinor, toldOf } from '../../../main/core/payment/came-twice.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, MINUTE_MS, NOON_MS } from '../../builders.ts';

const hold = aHold({ amountMinor: 10_000 });
const shows = (...captures: ReturnType<typeof aCapture>[]): Payment => ({ ...hold, captures });
const part = (nth: number, status = 'Successful') => aCapture({ id: `cp_${nth}`, amountMinor: 1_000, status, createdAtMs: NOON_MS + nth * MINUTE_MS });
/** A part of £10 that went out at noon. */
const asked = (changes: Partial<Action> = {}): Action =>
  anAction({
    ...{ move: { kind: 'capture', amount: 1_000 }, sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(hold, NOON_MS) },
    ...changes,
  });
const done = asked({ state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
/** No trace of it had been found. */
const gaveUp = asked({ state: 'refused', outcome: anOutcome({ code: 'gave-up', settledBy: 'evidence' }) });
const denied = asked({ state: 'refused', outcome: anOutcome({ code: 'refused', settledBy: 'answer', status: 409 }) });

describe('captures', () => {
  test.each<[string, Payment, readonly Action[], readonly Action[]]>([
    ['ours alone', shows(part(1)), [done], []],
    ['ours and another one', shows(part(1), part(2)), [done], [done]],
    ['one before ours shows', shows(part(2)), [done], []],
    ['two before ours shows', shows(part(2), part(3)), [done], [done]],
    ['ours and one of another amount', shows(part(1), { ...part(2), amountMinor: 999 }), [done], []],
    ['one where no trace of ours had been found', shows(part(2)), [gaveUp], [gaveUp]],
    ['nothing where no trace of ours had been found', shows(), [gaveUp], []],
    ['one where ours had been refused: somebody else’s, as far as anybody knows', shows(part(2)), [denied], []],
    ['no list of captures', { ...hold, captures: null }, [done], []],
    ['as many as were asked for here', shows(part(1), part(2)), [done, asked({ state: 'done', outcome: anOutcome({ captureId: 'cp_2' }) })], []],
  ])('Dojo shows %s: what came twice', (_, payment, actions, twice) => {
    expect([...cameTwice(payment, actions).keys()]).toEqual(twice);
  });

  test('say what is captured in all, of how much, and whether the bank has said so', () => {
    const [both] = cameTwice(shows(part(1), part(2)), [done]).values();
    expect(both).toEqual({ action: done, isTwice: true, isWithBank: false, inAllMinor: 2_000, ofMinor: 10_000 });
    expect(cameTwice(shows(part(1), part(2, 'Created')), [done]).get(done)?.isWithBank).toBe(true);
    expect(cameTwice(shows(part(2)), [gaveUp]).get(gaveUp)).toMatchObject({ isTwice: false, inAllMinor: 1_000 });
  });

  test('that were refused look like another till’s, and are named as a second one all the same', () => {
    expect([...doubledCaptures(shows(part(2)), [denied])]).toEqual([denied]);
  });
});

describe('refunds', () => {
  const paid = aPayment({ amountMinor: 5_000, totalMinor: 5_000 });
  const shown = (refundedMinor: number) => ({ ...paid, refundedMinor, updatedAtMs: NOON_MS + MINUTE_MS });
  const refund = (changes: Partial<Action>) => asked({ move: { kind: 'refund', amount: 500 }, baseline: baselineOf(paid, NOON_MS), sends: 2, ...changes });
  const given = refund({ state: 'done', outcome: anOutcome() });
  const lost = refund({ state: 'refused', outcome: anOutcome({ code: 'gave-up', settledBy: 'evidence' }) });
  const refused = refund({ state: 'refused', outcome: anOutcome({ code: 'refused', settledBy: 'answer', status: 409 }) });

  test.each<[string, number, Action, boolean]>([
    ['it once', 500, given, false],
    ['it twice', 1_000, given, true],
    ['it twice, and it was sent once', 1_000, { ...given, sends: 1 }, false],
    ['it, of which no trace had been found', 500, lost, true],
    ['nothing, and no trace of it had been found', 0, lost, false],
    ['it, which Dojo had refused', 500, refused, false],
  ])('Dojo shows %s: it came twice, or late', (_, refundedMinor, action, isTold) => {
    expect([...cameTwice(shown(refundedMinor), [action]).keys()]).toEqual(isTold ? [action] : []);
  });

  test('say what is refunded in all, and of how much', () => {
    expect(cameTwice(shown(1_000), [given]).get(given)).toEqual({ action: given, isTwice: true, isWithBank: false, inAllMinor: 1_000, ofMinor: 5_000 });
    expect(cameTwice(shown(500), [lost]).get(lost)).toMatchObject({ isTwice: false, inAllMinor: 500 });
  });

  test('of this till explain each other: of two that were given each is one', () => {
    const second = refund({ state: 'done', outcome: anOutcome(), baseline: baselineOf(shown(500), NOON_MS) });
    expect(cameTwice(shown(1_000), [given, second]).size).toBe(0);
  });

  test('alone are looked at: a reversal gives back as much', () => {
    const reversal = asked({ move: { kind: 'reverse' }, sends: 2, state: 'refused', baseline: baselineOf(paid, NOON_MS), outcome: lost.outcome });
    expect(cameTwice({ ...shown(0), status: 'Reversed' }, [reversal]).size).toBe(0);
  });
});

test('of a payment the one that came twice is told, rather than one that came late', () => {
  const of = (action: Action, isTwice: boolean) => ({ action, isTwice, isWithBank: false, inAllMinor: 2_000, ofMinor: 10_000 });
  expect(toldOf([of(gaveUp, false), of(done, true)])?.action).toBe(done);
  expect(toldOf([of(gaveUp, false), of(denied, false)])?.action).toBe(gaveUp);
  expect(toldOf([])).toBeUndefined();
  expect(onceMinor(of(done, true))).toBe(1_000);
  expect(onceMinor(of(asked({ move: { kind: 'reverse' } }), false))).toBe(0);
});

test('the same is found only once more where the payment, or what was done here, is another', () => {
  const came = createCameTwice();
  const payment = shows(part(1), part(2));
  const other = asked({ state: 'waiting', sends: 0, baseline: null });
  const first = came.on(payment, [done]);
  expect(first.size).toBe(1);
  expect(came.on(payment, [done])).toBe(first);
  expect(came.on(payment, [done, other])).not.toBe(first);
  expect(came.on(payment, [done, { ...other }]).size).toBe(1);
  expect(came.on(payment, [{ ...done, outcome: anOutcome({ captureId: 'cp_2' }) }, other])).not.toBe(first);
  expect(came.on(shows(part(1)), [done]).size).toBe(0);
  // Payments are told apart.
  const again = came.on(payment, [done]);
  came.on({ ...payment, id: 'pi_other' }, [done]);
  expect(came.on(payment, [done])).toBe(again);
  came.clear();
  expect(came.on(payment, [done])).not.toBe(again);
});
