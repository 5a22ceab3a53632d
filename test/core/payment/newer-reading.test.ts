import { describe, expect, test } from 'vitest';
import { isNewer } from '../../../main/core/payment/newer-reading.ts';
import { likenessOf, type Payment } from '../../../main/core/payment/payment.ts';
import { aCapture, aHold, aPayment, NOON_MS } from '../../builders.ts';

const created = aCapture({ id: 'cp_1', status: 'Created' });
const declined = { ...created, status: 'Declined' };
const unnamed = { ...created, id: `${likenessOf(created)}/1` };
const second = aCapture({ id: 'cp_2', status: 'Created' });
const hold = aHold({ captures: [] });
const sale = aPayment();

describe('a reading that is dated earlier', () => {
  test.each<readonly [what: string, before: Payment, after: Payment]>([
    ['the bank’s word on a capture', { ...hold, captures: [created] }, { ...hold, captures: [declined] }],
    ['the same, with the status put back', { ...hold, status: 'Captured', captures: [created] }, { ...hold, captures: [declined] }],
    ['a capture more', { ...hold, captures: [declined] }, { ...hold, captures: [declined, second] }],
    ['one more, and an earlier one is declined', { ...hold, captures: [created] }, { ...hold, captures: [declined, second] }],
    ['more refunded', { ...sale, refundedMinor: 500 }, { ...sale, refundedMinor: 501 }],
    ['more captured, then refunded', { ...hold, captures: [created] }, { ...hold, captures: [{ ...created, status: 'Successful' }], refundedMinor: 5 }],
    ['a later status', { ...sale, status: 'Created' }, sale],
    ['a release', hold, { ...hold, status: 'Reversed' }],
    ['the customer paying', { ...hold, status: 'Created' }, hold],
    ['the same where no capture is listed', { ...hold, status: 'Created', captures: null }, { ...hold, captures: null }],
    ['a refund where no capture is listed', { ...hold, status: 'Captured', captures: null }, { ...hold, status: 'Refunded', captures: null }],
    ['a sale captured where no capture is listed', { ...sale, status: 'Authorized', captures: null }, { ...sale, captures: null }],
    ['the bank’s word on a capture that was listed without a name', { ...hold, captures: [unnamed] }, { ...hold, captures: [declined] }],
    [
      'a second capture just like it, without names',
      { ...hold, captures: [unnamed] },
      { ...hold, captures: [unnamed, { ...unnamed, id: `${likenessOf(created)}/2` }] },
    ],
  ])('is newer by %s, and the other is not', (_, before, after) => {
    expect(isNewer({ ...after, updatedAtMs: NOON_MS - 1 }, { ...before, updatedAtMs: NOON_MS })).toBe(true);
    expect(isNewer({ ...before, updatedAtMs: NOON_MS - 1 }, { ...after, updatedAtMs: NOON_MS })).toBe(false);
  });

  test.each<readonly [what: string, one: Payment, other: Payment]>([
    ['says the same', hold, hold],
    ['says another amount', hold, { ...hold, amountMinor: 1 }],
    ['is further by one capture and less by another', { ...hold, captures: [created] }, { ...hold, captures: [second], refundedMinor: 5 }],
    ['is of a version that lists no captures', { ...hold, captures: null }, { ...hold, captures: [created] }],
    ['shows a hold captured, or put back by a decline, without its captures', { ...hold, captures: null }, { ...hold, status: 'Captured', captures: null }],
    ['lists a capture with its name, or without', { ...hold, captures: [unnamed] }, { ...hold, captures: [created] }],
    ['says the same with captures beside none', { ...hold, captures: null }, { ...hold, status: 'Captured', captures: [created] }],
    ['has a status that nobody knows', { ...hold, status: 'Frozen' }, hold],
    ['has one that nobody knows, of another', { ...hold, status: 'Frozen' }, { ...hold, status: 'Reversed' }],
  ])('and %s is older, whichever it is', (_, one, other) => {
    expect(isNewer({ ...one, updatedAtMs: NOON_MS - 1 }, { ...other, updatedAtMs: NOON_MS })).toBe(false);
    expect(isNewer({ ...other, updatedAtMs: NOON_MS - 1 }, { ...one, updatedAtMs: NOON_MS })).toBe(false);
  });
});

test('a reading that is dated the same or later is newer, whatever it says', () => {
  expect(isNewer({ ...sale, updatedAtMs: NOON_MS }, { ...sale, refundedMinor: 5, updatedAtMs: NOON_MS })).toBe(true);
  expect(isNewer({ ...sale, updatedAtMs: NOON_MS + 1 }, { ...sale, refundedMinor: 5, updatedAtMs: NOON_MS })).toBe(true);
});

test('of two that are dated alike the one that was asked for later is newer, unless it was the other that had gone on', () => {
  const [before, after] = [sale, { ...sale, refundedMinor: 5 }];
  expect(isNewer(before, after, { isAskedLater: false })).toBe(false);
  expect(isNewer(before, after, { isAskedLater: true })).toBe(true);
  expect(isNewer({ ...sale, amountMinor: 1 }, sale, { isAskedLater: false })).toBe(false);
  expect(isNewer(after, before, { isAskedLater: false })).toBe(true);
  expect(isNewer({ ...before, updatedAtMs: before.updatedAtMs + 1 }, after, { isAskedLater: false })).toBe(true);
});

test('so is one that is as late as what is known is believed to be', () => {
  const known = { ...sale, refundedMinor: 5, updatedAtMs: NOON_MS };
  expect(isNewer({ ...sale, updatedAtMs: 1 }, known, { datedMs: 1 })).toBe(true);
  expect(isNewer({ ...sale, updatedAtMs: 0 }, known, { datedMs: 1 })).toBe(false);
});
