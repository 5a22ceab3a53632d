import { expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { lateInWords, tooLateInWords } from '../../main/words/late-words.ts';
import { anAction, anUnpaid, aPayment, DAY_MS, LONDON, NOON_MS } from '../builders.ts';

const LOOK = 'Remove it, then look at what the payment allows now.';

test.each<readonly [string, Payment | null, string]>([
  ['paid and not given back', aPayment(), 'Remove it. The payment can then be refunded instead.'],
  ['refunded in part', aPayment({ refundedMinor: 500 }), 'Remove it. The payment can then be refunded instead.'],
  ['refunded', aPayment({ refundedMinor: 2000, status: 'Refunded' }), LOOK],
  ['reversed', aPayment({ status: 'Reversed' }), LOOK],
  ['not paid', anUnpaid({ captureMode: 'Manual' }), LOOK],
  ['not known', null, LOOK],
])('a reversal that is too late promises a refund only where there is something to refund: of a payment that is %s', (_, payment, next) => {
  const reversal = anAction({ move: { kind: 'reverse' }, deadlineAtMs: NOON_MS, decidedOn: baselineOf(aPayment(), NOON_MS) });
  expect(lateInWords(reversal, payment, [reversal], 'too-late', 0, LONDON, NOON_MS)?.next).toBe(next);
});

test.each([
  ['the same day', NOON_MS, '12:00'],
  ['days later', NOON_MS - 3 * DAY_MS, 'Friday 12:00'],
  ['months later', NOON_MS - 40 * DAY_MS, '6 May 12:00'],
])('names the day of a deadline that is not of today: %s', (_, deadlineAtMs, when) => {
  const capture = anAction({ deadlineAtMs, decidedOn: baselineOf(aPayment(), NOON_MS) });
  expect(lateInWords(capture, aPayment(), [capture], 'late-by-pc', 0, LONDON, NOON_MS)?.message).toContain(`By this PC’s clock ${when} has passed.`);
});

test('who does not look at the till is told which one is too late, and never that what was sent before was not', () => {
  const reversal = anAction({ move: { kind: 'reverse' }, reference: 'Table 1', decidedOn: baselineOf(aPayment(), NOON_MS) });
  expect(tooLateInWords([reversal])).toEqual({ title: 'Reversal too late', body: 'The reversal of Table 1 was not sent in time. Look at the queue.' });
  expect(tooLateInWords([reversal], '2437').body).toBe('The reversal of Table 1 (card ending in 2437) was not sent in time. Look at the queue.');
  expect(tooLateInWords([{ ...reversal, sends: 1 }]).body).toBe('The reversal of Table 1 was not sent again in time. Look at the queue.');
  expect(tooLateInWords([reversal, { ...reversal, sends: 1 }])).toEqual({
    title: '2 actions are too late',
    body: 'They are not sent any more. Look at the queue to decide what to do instead.',
  });
});
