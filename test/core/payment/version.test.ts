import { describe, expect, test } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import { isStillAsSeen, versionOf } from '../../../main/core/payment/version.ts';
import { aCapture, aHold } from '../../builders.ts';

const hold = (changes: Partial<Payment> = {}) => aHold({ captures: [aCapture({ amountMinor: 1_000, status: 'Pending' })], ...changes });

describe('the version of a payment', () => {
  test.each<[string, Partial<Payment>]>([
    ['its status', { status: 'Captured' }],
    ['its amount', { amountMinor: 9_999 }],
    ['its tips', { tipsMinor: 1 }],
    ['its service charge', { serviceChargeMinor: 1 }],
    ['its cashback', { cashbackMinor: 1 }],
    ['Dojo’s total', { totalMinor: 1 }],
    ['another capture', { captures: [aCapture({ amountMinor: 1_000 }), aCapture({ id: 'two', amountMinor: 1 })] }],
    ['a capture that the bank turned down', { captures: [aCapture({ amountMinor: 1_000, status: 'Declined' })] }],
    ['one more that the bank turned down', { captures: [aCapture({ amountMinor: 1_000 }), aCapture({ id: 'two', amountMinor: 1, status: 'Declined' })] }],
    ['captures that are not listed', { captures: null }],
    ['what was refunded', { refundedMinor: 1 }],
  ])('is another with %s', (_, changes) => {
    expect(versionOf(hold(changes))).not.toBe(versionOf(hold()));
    expect(isStillAsSeen(hold(changes), versionOf(hold()))).toBe(false);
  });

  test('tells each of its figures from the next one, and a total of nothing from none', () => {
    const figures = (changes: Partial<Payment>) => versionOf(hold({ captures: [], ...changes }));
    expect(figures({ amountMinor: 12, tipsMinor: 3 })).not.toBe(figures({ amountMinor: 1, tipsMinor: 23 }));
    expect(figures({ totalMinor: 2 })).not.toBe(figures({ totalMinor: 1 }));
    expect(figures({ totalMinor: 0 })).not.toBe(figures({ totalMinor: null }));
    expect(figures({ captures: null })).not.toBe(figures({}));
  });

  test('is the same where nothing changed that a person goes by: when it was read, or that the bank has said yes', () => {
    const later = hold({ updatedAtMs: 9, captures: [aCapture({ amountMinor: 1_000, status: 'Successful' })] });
    expect(versionOf(later)).toBe(versionOf(hold()));
  });

  test('of a payment that nobody says to have seen speaks against nothing', () => {
    expect(isStillAsSeen(hold(), undefined)).toBe(true);
    expect(isStillAsSeen(hold(), '')).toBe(false);
  });
});
