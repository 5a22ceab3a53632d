import { describe, expect, it } from 'vitest';
import { isUnsureWhoEnded } from '../../../main/core/payment/ended-by-itself.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import { aCapture, aHold, aPayment, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';

/** Of which Dojo does not say when it began: it ends between noon and an hour later. */
const unsure = (changes: Partial<Payment> = {}) =>
  aHold({ autoExpireInMs: HOUR_MS, autoExpireAction: 'Capture', paidAtMs: null, firstPaidMs: NOON_MS, ...changes });
const BETWEEN_MS = NOON_MS + 30 * MINUTE_MS;
const between = aCapture({ createdAtMs: BETWEEN_MS });
const before = aCapture({ createdAtMs: NOON_MS - 10 * MINUTE_MS });

describe('nobody can tell who ended it', () => {
  it.each<readonly [string, Payment, boolean]>([
    ['a hold that was released between its earliest and its latest end', unsure({ status: 'Reversed', updatedAtMs: BETWEEN_MS }), true],
    ['one that was captured there', unsure({ captures: [between] }), true],
    ['one of whose captures one was made there', unsure({ captures: [before, between] }), true],
    ['one whose captures were all made before', unsure({ captures: [before] }), false],
    ['one that is on hold still, whatever changed of it there', unsure({ updatedAtMs: BETWEEN_MS }), false],
    ['one that was released before its earliest end', unsure({ status: 'Reversed', updatedAtMs: NOON_MS - 30 * MINUTE_MS }), false],
    ['one that was released after its latest end', unsure({ status: 'Reversed', updatedAtMs: NOON_MS + HOUR_MS }), false],
    ['one that is over, of which Dojo lists no captures', unsure({ status: 'Captured', captures: null, updatedAtMs: BETWEEN_MS }), true],
    ['one that is on hold, of which Dojo lists no captures', unsure({ captures: null, updatedAtMs: BETWEEN_MS }), false],
    ['a sale', aPayment({ status: 'Reversed', updatedAtMs: BETWEEN_MS }), false],
  ])('%s: %s', (_, payment, isUnsure) => expect(isUnsureWhoEnded(payment)).toBe(isUnsure));
});
