import { describe, expect, it } from 'vitest';
import { holdEndsByMs, lapsesAtMs } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { withSameDay } from '../../../main/core/queue/older-same-day.ts';
import { aHold, anAction, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';

const LONDON_MIDNIGHT_MS = Date.parse('2026-06-15T23:00:00Z');
const NEW_YORK_MIDNIGHT_MS = Date.parse('2026-06-16T04:00:00Z');
const paidAtMs = NOON_MS - HOUR_MS;
const sale = aPayment({ paidAtMs });
const hold = aHold({ paidAtMs });
const unpaid = aPayment({ status: 'Created', paidAtMs: null, createdAtMs: paidAtMs });
const older = (changes: Partial<Action> = {}) => anAction({ move: { kind: 'reverse' }, deadlineAtMs: LONDON_MIDNIGHT_MS, ...changes });

describe('a reversal of an older Tillside, which wrote down a midnight without its day', () => {
  it.each([
    ['a sale', sale, null],
    ['a hold', hold, holdEndsByMs(hold)],
    ['what is not paid yet', unpaid, lapsesAtMs(unpaid)],
  ] as const)('of %s gets the day', (_, payment, endsAtMs) => {
    for (const deadlineAtMs of [LONDON_MIDNIGHT_MS, NEW_YORK_MIDNIGHT_MS]) {
      const action = older({ deadlineAtMs });
      expect(withSameDay(action, () => payment)).toEqual({ ...action, sameDay: { paidByMs: paidAtMs, endsAtMs } });
    }
  });

  it('that a person is asked about gets it too', () => {
    expect(withSameDay(older({ state: 'needsPerson' }), () => sale).sameDay).toEqual({ paidByMs: paidAtMs, endsAtMs: null });
  });

  it.each<readonly [string, Action, typeof sale | null]>([
    ['whose payment nobody knows', older(), null],
    ['that has ended', older({ state: 'expired' }), sale],
    ['without a deadline', older({ deadlineAtMs: null }), sale],
    ['that ends with the hold', older({ deadlineAtMs: holdEndsByMs(hold) }), hold],
    ['that ends with a hold of hours', older({ deadlineAtMs: paidAtMs + 3 * HOUR_MS }), aHold({ paidAtMs, autoExpireInMs: 3 * HOUR_MS })],
    ['whose deadline is no midnight anywhere', older({ deadlineAtMs: LONDON_MIDNIGHT_MS + 7 * MINUTE_MS }), hold],
    ['whose deadline is of a later day', older({ deadlineAtMs: LONDON_MIDNIGHT_MS + DAY_MS }), sale],
    ['whose deadline is of a day before it was paid', older({ deadlineAtMs: LONDON_MIDNIGHT_MS - DAY_MS }), sale],
    ['that is no reversal', older({ move: { kind: 'refund', amount: 100 } }), sale],
    ['that has its day', older({ sameDay: { paidByMs: paidAtMs - HOUR_MS, endsAtMs: null } }), sale],
  ])('stays as it is: one %s', (_, action, payment) => {
    expect(withSameDay(action, () => payment)).toBe(action);
  });
});
