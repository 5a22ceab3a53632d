import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capturedMinor, heldMinor, isHold, KNOWN_CAPTURE_STATUSES, KNOWN_STATUSES, type Payment, takenMinor } from '../../../main/core/payment/payment.ts';
import { totalsOf } from '../../../main/core/payment/totals.ts';
import { aCapture, aHold, anUnpaid, aPayment } from '../../builders.ts';

const nothing = { onHoldMinor: 0, onHoldCount: 0, takingMinor: 0, takenMinor: 0, takenCount: 0, givenBackMinor: 0, givenBackCount: 0 };

describe('totals', () => {
  const rows: readonly (readonly [string, Payment, Partial<typeof nothing>])[] = [
    ['unpaid counts for nothing', anUnpaid(), {}],
    ['a cancelled request counts for nothing', anUnpaid({ status: 'Canceled' }), {}],
    ['a sale', aPayment(), { takenMinor: 2000, takenCount: 1 }],
    ['a hold', aHold(), { onHoldMinor: 4200, onHoldCount: 1 }],
    ['a hold of £0.00', aHold({ amountMinor: 0 }), { onHoldCount: 1 }],
    [
      'a hold with its take under way is not on hold any more',
      aHold({ captures: [aCapture({ status: 'Created', amountMinor: 4200 })] }),
      { takingMinor: 4200 },
    ],
    ['a part taken', aHold({ captures: [aCapture()] }), { onHoldMinor: 2200, onHoldCount: 1, takenMinor: 2000, takenCount: 1 }],
    [
      'a capture whose status Dojo added later is neither on hold nor confirmed',
      aHold({ captures: [aCapture({ status: 'Pending' })] }),
      { onHoldMinor: 2200, onHoldCount: 1, takingMinor: 2000 },
    ],
    ['a declined take leaves the hold', aHold({ captures: [aCapture({ status: 'Declined' })] }), { onHoldMinor: 4200, onHoldCount: 1 }],
    ['a released hold was never taken', aHold({ status: 'Reversed' }), {}],
    ['an undone sale was taken and given back', aPayment({ status: 'Reversed' }), { takenMinor: 2000, takenCount: 1, givenBackMinor: 2000, givenBackCount: 1 }],
    ['a part refund', aPayment({ refundedMinor: 500 }), { takenMinor: 2000, takenCount: 1, givenBackMinor: 500, givenBackCount: 1 }],
    ['a status Dojo adds later counts for nothing', aPayment({ status: 'Disputed' }), {}],
    ['Dojo shows more captured than held: nothing negative', aHold({ captures: [aCapture({ amountMinor: 5000 })] }), { takenMinor: 5000, takenCount: 1 }],
  ];
  it.each(rows)('%s', (_, payment, sums) => expect(totalsOf([payment])).toEqual([{ currency: 'GBP', ...nothing, ...sums }]));

  it('count what may be held as on hold', () => {
    const rest = aHold({ status: 'Captured', captures: [aCapture()] });
    const sums = { ...nothing, currency: 'GBP', takenMinor: 2000, takenCount: 1 };
    expect(totalsOf([rest])).toEqual([sums]);
    expect(totalsOf([rest], undefined, undefined, () => true)).toEqual([{ ...sums, onHoldMinor: 2200, onHoldCount: 1 }]);
  });

  it('of no payments has no rows', () => expect(totalsOf([])).toEqual([]));

  it('puts the currency with most payments first', () => {
    expect(totalsOf([aPayment({ currency: 'EUR' }), aPayment(), aPayment()]).map((row) => row.currency)).toEqual(['GBP', 'EUR']);
  });

  const capture = fc
    .record({ amountMinor: fc.nat(3000), tipsMinor: fc.nat(300), status: fc.constantFrom(...KNOWN_CAPTURE_STATUSES, 'Pending') })
    .map((changes) => aCapture(changes));
  const payment = fc
    .record({
      currency: fc.constantFrom('GBP', 'EUR'),
      captureMode: fc.constantFrom('Auto' as const, 'Manual' as const),
      status: fc.constantFrom(...KNOWN_STATUSES, 'Disputed'),
      amountMinor: fc.nat(10_000),
      tipsMinor: fc.nat(500),
      refundedMinor: fc.oneof(fc.constant(0), fc.nat(3000)),
      captures: fc.option(fc.array(capture, { maxLength: 3 }), { nil: null }),
    })
    .map((changes) => aPayment(changes));

  it('are the sums of each currency alone, to the penny, and never negative', () => {
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 40 }), (payments) => {
        const rowsMade = totalsOf(payments);
        expect(rowsMade.map((row) => row.currency).sort()).toEqual([...new Set(payments.map((it) => it.currency))].sort());
        for (const row of rowsMade) {
          const own = payments.filter((it) => it.currency === row.currency);
          expect(totalsOf(own)).toEqual([row]);
          const sum = (of: (it: Payment) => number) => own.reduce((total, it) => total + of(it), 0);
          const undone = (it: Payment) => it.captureMode === 'Auto' && it.status === 'Reversed';
          expect(row).toMatchObject({
            onHoldMinor: sum((it) => (isHold(it) ? Math.max(0, heldMinor(it) - capturedMinor(it)) : 0)),
            takingMinor: sum((it) => capturedMinor(it) - takenMinor(it)),
            takenMinor: sum((it) => (undone(it) ? heldMinor(it) : takenMinor(it))),
            givenBackMinor: sum((it) => (it.refundedMinor > 0 ? it.refundedMinor : undone(it) ? heldMinor(it) : 0)),
          });
          for (const value of Object.values(row)) if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
