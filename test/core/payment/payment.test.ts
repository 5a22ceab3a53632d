import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMOUNT_MINOR_MAX } from '../../../main/core/money.ts';
import {
  capturedMinor,
  heldMinor,
  holdEndsAtMs,
  holdEndsByMs,
  isHold,
  isKnownStatus,
  isPlausibleAmount,
  isRest,
  isSettling,
  isUnlistedCapture,
  isWholeUnlisted,
  KNOWN_CAPTURE_STATUSES,
  KNOWN_STATUSES,
  mayBeHeld,
  type Payment,
  paidAt,
  paidByMs,
  paidFromMs,
  takenMinor,
  withKnownTime,
  withSeenChange,
} from '../../../main/core/payment/payment.ts';
import { aCapture, aHold, anUnpaid, aPayment, DAY_MS, HOUR_MS, NOON_MS } from '../../builders.ts';

describe('what was taken of a payment', () => {
  const part = (status: string, amountMinor = 2000, tipsMinor = 0) => aCapture({ status, amountMinor, tipsMinor });
  const rows: readonly (readonly [string, Payment, captured: number, taken: number])[] = [
    ['a hold', aHold(), 0, 0],
    ['a hold with a capture under way', aHold({ captures: [part('Created')] }), 2000, 0],
    ['a hold with a confirmed capture', aHold({ captures: [part('Successful')] }), 2000, 2000],
    ['a hold with a declined capture', aHold({ captures: [part('Declined')] }), 0, 0],
    ['a hold with a failed capture', aHold({ captures: [part('Failed')] }), 0, 0],
    ['a capture status Dojo adds later: perhaps taken, not confirmed', aHold({ captures: [part('Pending')] }), 2000, 0],
    ['tips count', aHold({ tipsMinor: 300, captures: [part('Successful', 4200, 300)] }), 4500, 4500],
    ['several parts', aHold({ captures: [part('Successful'), part('Created', 1000), part('Failed', 500)] }), 3000, 2000],
    ['taken, with its parts', aHold({ status: 'Captured', captures: [part('Successful', 4200)] }), 4200, 4200],
    ['taken, no capture listed', aHold({ status: 'Captured', captures: [] }), 4200, 4200],
    ['taken, an API version without captures', aHold({ status: 'Captured', captures: null }), 4200, 4200],
    ['a hold, an API version without captures', aHold({ captures: null }), 0, 0],
    ['part taken, then refunded', aHold({ status: 'Refunded', captures: [part('Successful')], refundedMinor: 2000 }), 2000, 2000],
    ['an Auto payment', aPayment(), 2000, 2000],
    ['an Auto payment with tips', aPayment({ tipsMinor: 150 }), 2150, 2150],
    ['an Auto payment refunded', aPayment({ status: 'Refunded', refundedMinor: 2000 }), 2000, 2000],
    ['an Auto payment still on its way', aPayment({ status: 'Authorized' }), 0, 0],
    ['undone', aPayment({ status: 'Reversed' }), 0, 0],
    ['unpaid', anUnpaid(), 0, 0],
    ['a status Dojo adds later', aPayment({ status: 'Disputed' }), 0, 0],
  ];
  it.each(rows)('%s', (_, payment, captured, taken) => {
    expect({ captured: capturedMinor(payment), taken: takenMinor(payment) }).toEqual({ captured, taken });
  });

  it('never confirms more than may have been taken', () => {
    const capture = fc
      .record({ amountMinor: fc.nat(5000), tipsMinor: fc.nat(500), status: fc.constantFrom(...KNOWN_CAPTURE_STATUSES, 'Pending') })
      .map((changes) => aCapture(changes));
    const payment = fc
      .record({
        captureMode: fc.constantFrom('Auto' as const, 'Manual' as const),
        status: fc.constantFrom(...KNOWN_STATUSES, 'Disputed'),
        captures: fc.option(fc.array(capture, { maxLength: 4 }), { nil: null }),
      })
      .map((changes) => aPayment(changes));
    fc.assert(
      fc.property(payment, (paid) => {
        expect(takenMinor(paid)).toBeLessThanOrEqual(capturedMinor(paid));
      }),
    );
  });
});

describe('a hold', () => {
  it('ends after seven days where Dojo says nothing', () => expect(holdEndsAtMs(aHold())).toBe(NOON_MS - HOUR_MS + 7 * DAY_MS));
  it('ends after the time it was made with', () => expect(holdEndsAtMs(aHold({ autoExpireInMs: 2 * DAY_MS }))).toBe(NOON_MS - HOUR_MS + 2 * DAY_MS));
  it('runs from the payment, not from when the request was made', () => expect(paidAt(aHold({ createdAtMs: NOON_MS - DAY_MS }))).toBe(NOON_MS - HOUR_MS));
  it('runs from when the request was made where Dojo does not say more', () =>
    expect(paidAt(aHold({ createdAtMs: NOON_MS - DAY_MS, paidAtMs: null }))).toBe(NOON_MS - DAY_MS));
  it.each([
    ['said when it began', {}, 0],
    ['not said, and changed since it was made', { paidAtMs: null, createdAtMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS }, DAY_MS],
    ['not said, and its last change dated before it was made', { paidAtMs: null, createdAtMs: NOON_MS, updatedAtMs: NOON_MS - DAY_MS }, 0],
    [
      'not said, and captured in part since',
      { paidAtMs: null, createdAtMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS, captures: [aCapture({ createdAtMs: NOON_MS - HOUR_MS })] },
      DAY_MS - HOUR_MS,
    ],
    [
      'not said, with a capture that Dojo dates as the intent itself',
      { paidAtMs: null, createdAtMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS, captures: [aCapture({ createdAtMs: NOON_MS - DAY_MS })] },
      DAY_MS,
    ],
    ['that nobody has paid', { paidAtMs: null, status: 'Created', createdAtMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS }, 0],
  ])('%s ends by so much later at the latest', (_, changes, laterMs) => {
    const hold = aHold(changes);
    expect(holdEndsByMs(hold) - holdEndsAtMs(hold)).toBe(laterMs);
  });
  it.each([
    ['what Dojo said once of when it began', { paidAtMs: null }, { paidAtMs: 5 }, 5],
    ['but not over what it says now', { paidAtMs: 7 }, { paidAtMs: 5 }, 7],
    ['nor where nobody has paid', { paidAtMs: null, status: 'Created' }, { paidAtMs: 5 }, null],
  ])('keeps %s', (_, read, known, paidAtMs) => {
    const now = aHold(read);
    expect(withKnownTime(now, aHold(known), NOON_MS)).toEqual({ ...now, paidAtMs });
  });
  const READ_MS = NOON_MS + HOUR_MS;
  const SEEN_MS = NOON_MS + 2 * HOUR_MS;
  const made = { paidAtMs: null, createdAtMs: NOON_MS - DAY_MS, captures: [] } as const;
  it.each<[what: string, known: Partial<Payment>, seenUnpaidMs: number | undefined, fromMs: number, byMs: number]>([
    ['the last reading that showed it unpaid and the first that did not', { status: 'Created', updatedAtMs: NOON_MS - DAY_MS }, NOON_MS, NOON_MS, READ_MS],
    ['its last change while unpaid and that reading', { status: 'Created', updatedAtMs: NOON_MS - HOUR_MS }, undefined, NOON_MS - HOUR_MS, READ_MS],
    ['no later than its first change, whatever this PC’s clock says', { status: 'Created', updatedAtMs: NOON_MS }, READ_MS + HOUR_MS, READ_MS, READ_MS],
    ['what was known before, for good', { unpaidUntilMs: NOON_MS - 3, firstPaidMs: NOON_MS, updatedAtMs: NOON_MS + 9 }, undefined, NOON_MS - 3, NOON_MS],
    ['when it was made and the first change that was seen', { updatedAtMs: NOON_MS }, undefined, NOON_MS - DAY_MS, NOON_MS],
    ['the earlier of two changes, where the readings overtake each other', { updatedAtMs: READ_MS + 5 }, undefined, NOON_MS - DAY_MS, READ_MS],
  ])('of which Dojo never says when began between %s', (_, known, seenUnpaidMs, fromMs, byMs) => {
    const now = withKnownTime(aHold({ ...made, updatedAtMs: READ_MS }), aHold({ ...made, ...known }), SEEN_MS, seenUnpaidMs);
    expect([holdEndsAtMs(now) - 7 * DAY_MS, holdEndsByMs(now) - 7 * DAY_MS]).toEqual([fromMs, byMs]);
    const sale = { ...now, captureMode: 'Auto', status: 'Captured' } as const;
    expect([paidFromMs(sale), paidByMs(sale)]).toEqual([fromMs, byMs]);
    // And once Dojo says it, that is it.
    expect(paidFromMs({ ...now, paidAtMs: 7 })).toBe(7);
    expect(holdEndsByMs({ ...now, paidAtMs: 7 })).toBe(7 + 7 * DAY_MS);
  });
  it('keeps nothing of one that was not known', () => {
    const read = aHold({ ...made, updatedAtMs: READ_MS });
    expect(withKnownTime(read, null, SEEN_MS)).toEqual(read);
  });
  it.each<[what: string, known: Partial<Payment> | null, fromMs: number, byMs: number]>([
    ['was not known', null, NOON_MS - DAY_MS, SEEN_MS],
    ['was unpaid', { status: 'Created', updatedAtMs: NOON_MS - DAY_MS }, NOON_MS - DAY_MS, SEEN_MS],
    ['was seen paid before', { firstPaidMs: READ_MS, updatedAtMs: NOON_MS - DAY_MS }, NOON_MS - DAY_MS, READ_MS],
    ['was seen paid before by a till that took the date for it', { firstPaidMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS - DAY_MS }, NOON_MS - DAY_MS, SEEN_MS],
    ['was seen paid before, and nobody knows when', { updatedAtMs: NOON_MS - DAY_MS }, NOON_MS - DAY_MS, SEEN_MS],
  ])('of a date that never moves began by the reading that showed it first: one that %s', (_, known, fromMs, byMs) => {
    const now = withKnownTime(aHold({ ...made, updatedAtMs: NOON_MS - DAY_MS }), known && aHold({ ...made, ...known }), SEEN_MS);
    expect([holdEndsAtMs(now) - 7 * DAY_MS, holdEndsByMs(now) - 7 * DAY_MS]).toEqual([fromMs, byMs]);
  });
  it('of a date that moved while it was unpaid, and not with the payment, was unpaid until then', () => {
    const now = withKnownTime(aHold({ ...made, updatedAtMs: NOON_MS }), aHold({ ...made, status: 'Created', updatedAtMs: NOON_MS }), SEEN_MS);
    expect([holdEndsAtMs(now) - 7 * DAY_MS, holdEndsByMs(now) - 7 * DAY_MS]).toEqual([NOON_MS, SEEN_MS]);
  });
  it.each<[what: string, known: Partial<Payment> | null, read: Partial<Payment>, undatedMs: number | undefined]>([
    ['another status, and the date of before', {}, { status: 'Reversed' }, READ_MS],
    ['another status, and an earlier date', { updatedAtMs: NOON_MS + 1 }, { status: 'Reversed', updatedAtMs: NOON_MS }, READ_MS],
    ['what was seen of it before', { status: 'Reversed', undatedMs: NOON_MS + 5 }, { status: 'Reversed' }, NOON_MS + 5],
    ['a later date', { updatedAtMs: NOON_MS }, { status: 'Reversed', updatedAtMs: NOON_MS + 1 }, undefined],
    ['a later date than when it was seen', { status: 'Reversed', undatedMs: NOON_MS, updatedAtMs: 5 }, { status: 'Reversed', updatedAtMs: 6 }, undefined],
    ['the same status', {}, {}, undefined],
    ['one that was not known', null, { status: 'Reversed' }, undefined],
  ])('knows by when a change was there that Dojo does not date: %s', (_, known, read, undatedMs) => {
    const now = withSeenChange(aHold(read), known && aHold(known), READ_MS);
    expect(now.undatedMs).toBe(undatedMs);
    expect('undatedMs' in now).toBe(undatedMs !== undefined);
    expect('undatedByMs' in now).toBe(false);
  });
  it('knows by when it was there at the latest, where the clock was in doubt when it was first seen', () => {
    const seen = withSeenChange(aHold({ status: 'Reversed' }), aHold(), READ_MS, READ_MS + 5);
    expect(seen).toMatchObject({ undatedMs: READ_MS, undatedByMs: READ_MS + 5 });
    expect(withSeenChange(aHold({ status: 'Reversed' }), seen, READ_MS + 9)).toMatchObject({ undatedMs: READ_MS, undatedByMs: READ_MS + 5 });
    expect(withSeenChange(aHold({ status: 'Reversed' }), aHold(), READ_MS, READ_MS - 5)).not.toHaveProperty('undatedByMs');
  });
  it('is Manual and Authorized, nothing else', () => {
    expect(isHold(aHold())).toBe(true);
    for (const other of [aHold({ status: 'Captured' }), aHold({ status: 'authorized' }), aPayment({ status: 'Authorized' })]) expect(isHold(other)).toBe(false);
  });
  it.each<readonly [string, Partial<Payment>, boolean]>([
    ['a part of it is captured', {}, true],
    ['all but its tips is', { captures: [aCapture({ amountMinor: 4200 })], tipsMinor: 300 }, true],
    ['the bank declined its only capture', { captures: [aCapture({ status: 'Declined' })] }, true],
    ['all of it is captured', { captures: [aCapture({ amountMinor: 4200 })] }, false],
    ['the rest is with the bank', { captures: [aCapture(), aCapture({ amountMinor: 2200, status: 'Created' })] }, false],
    ['all but its service charge is, which an account may leave out', { captures: [aCapture({ amountMinor: 4200 })], serviceChargeMinor: 400 }, false],
    ['all that Dojo’s total comes to is', { totalMinor: 2000 }, false],
    ['something of it is refunded', { refundedMinor: 1 }, false],
    ['no capture of it is listed', { captures: [] }, false],
    ['its version lists none', { captures: null }, false],
    ['it is no hold', { captureMode: 'Auto' }, false],
    ['Dojo calls it reversed', { status: 'Reversed' }, false],
  ])('may be held until its end where Dojo calls it captured and %s: %o', (_, changes, may) => {
    const captured = aHold({ status: 'Captured', captures: [aCapture()], ...changes });
    expect(isRest(captured)).toBe(may);
    expect(mayBeHeld(captured, holdEndsByMs(captured) - 1)).toBe(may);
    expect(mayBeHeld(captured, holdEndsByMs(captured))).toBe(false);
  });
  it('may be held past its end where Dojo still calls it authorised', () => expect(mayBeHeld(aHold(), holdEndsByMs(aHold()) + 1)).toBe(true));
  it('holds the amount and its tips', () => expect(heldMinor(aHold({ tipsMinor: 300 }))).toBe(4500));
  it('settles while a capture is under way', () => {
    expect(isSettling(aHold({ captures: [aCapture({ status: 'Created' })] }))).toBe(true);
    expect(isSettling(aHold({ captures: [aCapture()] }))).toBe(false);
    expect(isSettling(aHold({ captures: null }))).toBe(false);
  });
});

it.each(['captured', 'Chargeback', '', 'toString'])('does not know the status %s', (status) => expect(isKnownStatus(status)).toBe(false));
it.each([-1, 0.5, Number.NaN, 2 ** 53])('finds an amount of %s implausible', (value) => expect(isPlausibleAmount(value)).toBe(false));

it('an amount is plausible from nothing to the most that Dojo takes, in whole minor units', () => {
  expect([0, 1, AMOUNT_MINOR_MAX].map(isPlausibleAmount)).toEqual([true, true, true]);
  expect([-1, 0.5, AMOUNT_MINOR_MAX + 1, Number.NaN].map(isPlausibleAmount)).toEqual([false, false, false, false]);
});

it.each<readonly [string, Payment, boolean]>([
  ['a hold that is captured and lists nothing', aHold({ status: 'Captured', captures: [] }), true],
  ['a hold that is captured where captures are not listed', aHold({ status: 'Captured', captures: null }), true],
  ['one of it that is refunded', aHold({ status: 'Refunded', captures: null }), true],
  ['a hold that is captured and lists how much', aHold({ status: 'Captured', captures: [aCapture()] }), false],
  ['a hold', aHold({ captures: null }), false],
  ['an Auto payment', aPayment(), false],
])('only the status says that it was captured, of %s: $2', (_, payment, is) => expect(isUnlistedCapture(payment)).toBe(is));

it('a request to pay was not paid later than it was made, however lately it changed', () => {
  const times = { createdAtMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS, paidAtMs: null };
  expect(paidByMs(anUnpaid(times))).toBe(NOON_MS - DAY_MS);
  expect(paidByMs(aPayment(times))).toBe(NOON_MS);
  expect(paidByMs(aHold(times))).toBe(NOON_MS - DAY_MS);
});

it('a hold of which this till captured a part is not captured whole before its end has captured the rest', () => {
  const hold = aHold({ status: 'Captured', captures: null, autoExpireAction: 'Capture', updatedAtMs: NOON_MS });
  expect(isWholeUnlisted(hold, 1000)).toBe(false);
  expect(isWholeUnlisted({ ...hold, updatedAtMs: holdEndsAtMs(hold) }, 1000)).toBe(true);
  expect(isWholeUnlisted({ ...hold, undatedMs: holdEndsAtMs(hold) }, 1000)).toBe(true);
  expect(isWholeUnlisted(hold, 0)).toBe(true);
});

it('a hold whose end Dojo does not say is not captured whole by what changed before the latest that it can have ended', () => {
  const seen = { paidAtMs: null, unpaidUntilMs: NOON_MS, firstPaidMs: NOON_MS + 3_600_000 };
  const hold = aHold({ status: 'Captured', captures: null, autoExpireAction: 'Capture', createdAtMs: NOON_MS, ...seen });
  expect(holdEndsByMs(hold)).toBe(holdEndsAtMs(hold) + 3_600_000);
  expect(isWholeUnlisted({ ...hold, updatedAtMs: holdEndsAtMs(hold) }, 1000)).toBe(false);
  expect(isWholeUnlisted({ ...hold, updatedAtMs: holdEndsByMs(hold) - 1 }, 1000)).toBe(false);
  expect(isWholeUnlisted({ ...hold, updatedAtMs: holdEndsByMs(hold) }, 1000)).toBe(true);
});
