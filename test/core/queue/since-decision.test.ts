import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { isSameAs, isUnchangedSinceDecision } from '../../../main/core/queue/since-decision.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, NOON_MS } from '../../builders.ts';

const hold = aHold({ id: 'pi_1', captures: [aCapture({ id: 'cp_before', amountMinor: 500 })] });
const sale = aPayment({ id: 'pi_2', refundedMinor: 100 });
const part = anAction({ paymentId: 'pi_1', move: { kind: 'capture', amount: 1000 }, decidedOn: baselineOf(hold, NOON_MS) });
const refund = anAction({ paymentId: 'pi_2', move: { kind: 'refund', amount: 300 }, decidedOn: baselineOf(sale, NOON_MS) });
const ours = (changes: Partial<Action>) => anAction({ state: 'done', sends: 1, firstSentAtMs: NOON_MS + 1, ...changes });
const captured = ours({ paymentId: 'pi_1', move: { kind: 'capture', amount: 700 }, outcome: anOutcome({ captureId: 'cp_ours' }) });
const refunded = ours({ paymentId: 'pi_2', move: { kind: 'refund', amount: 200 }, baseline: baselineOf(sale, NOON_MS) });

describe('a payment is unchanged since the decision', () => {
  it.each<[string, Action, Payment, readonly Action[]]>([
    ['where Dojo shows it just so', part, hold, []],
    ['where a refund’s is just so', refund, sale, []],
    ['but for this till’s own capture', part, { ...hold, captures: [...(hold.captures ?? []), aCapture({ id: 'cp_ours', amountMinor: 700 })] }, [captured]],
    [
      'but for this till’s own capture that took the rest',
      part,
      { ...hold, status: 'Captured', captures: [...(hold.captures ?? []), aCapture({ id: 'cp_ours' })] },
      [captured],
    ],
    ['but for this till’s own refund', refund, { ...sale, refundedMinor: 300 }, [refunded]],
    ['but for this till’s own refund of the rest', refund, { ...sale, status: 'Refunded', refundedMinor: 300 }, [refunded]],
    [
      'where its version lists no captures and none is about to be made',
      { ...refund, decidedOn: baselineOf({ ...sale, captures: null }, NOON_MS) },
      { ...sale, captures: null },
      [],
    ],
    ['though it was written anew', part, { ...hold, updatedAtMs: NOON_MS + 1 }, []],
  ])('%s', (_what, action, payment, others) => expect(isUnchangedSinceDecision(action, payment, others)).toBe(true));

  it.each<[string, Action, Payment, readonly Action[]]>([
    ['where nobody wrote down what was known', { ...part, decidedOn: null }, hold, []],
    ['where a capture was made elsewhere', part, { ...hold, captures: [...(hold.captures ?? []), aCapture({ id: 'cp_other' })] }, []],
    [
      'where one was made elsewhere beside our own',
      part,
      { ...hold, captures: [...(hold.captures ?? []), aCapture({ id: 'cp_ours' }), aCapture({ id: 'cp_other' })] },
      [captured],
    ],
    ['where it was released', part, { ...hold, status: 'Reversed' }, []],
    ['where it was captured, and ours is still open', part, { ...hold, status: 'Captured' }, [{ ...captured, state: 'needsPerson' }]],
    ['where it was captured, and ours was a refund', part, { ...hold, status: 'Captured' }, [refunded]],
    ['where it was refunded', refund, { ...sale, refundedMinor: 101 }, []],
    ['where more was refunded than by us', refund, { ...sale, refundedMinor: 301 }, [refunded]],
    ['where its amount is another', refund, { ...sale, amountMinor: sale.amountMinor + 1 }, []],
    ['where its tips are another', refund, { ...sale, tipsMinor: 1 }, []],
    [
      'where captures are not listed, so that a part could have been taken',
      { ...part, decidedOn: baselineOf({ ...hold, captures: null }, NOON_MS) },
      { ...hold, captures: null },
      [],
    ],
    ['where captures were not listed when it was decided', { ...part, decidedOn: baselineOf({ ...hold, captures: null }, NOON_MS) }, hold, []],
  ])('not %s', (_what, action, payment, others) => expect(isUnchangedSinceDecision(action, payment, others)).toBe(false));
});

describe('what was shown and what is read are the same', () => {
  const shown = baselineOf({ ...hold, captures: [aCapture({ id: 'cp_1' }), aCapture({ id: 'cp_2' })] }, NOON_MS);
  it('whenever each was read, in whatever order its captures come', () =>
    expect(isSameAs(shown, { ...shown, readAtMs: NOON_MS + 1, captureIds: ['cp_2', 'cp_1'] })).toBe(true));
  it.each([
    ['status', { status: 'Captured' }],
    ['amount', { amountMinor: 1 }],
    ['tips', { tipsMinor: 1 }],
    ['refunds', { refundedMinor: 1 }],
    ['captures', { captureIds: ['cp_1'] }],
    ['captures that are not listed', { captureIds: null }],
  ])('not where the %s differ', (_what, differs) => expect(isSameAs(shown, { ...shown, ...differs })).toBe(false));
});
