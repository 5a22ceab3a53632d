import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import { takesAllThatIsLeft } from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold } from '../../builders.ts';

/** Sent again by itself after a lost answer: only where Dojo would refuse a second one, whichever of its two totals it holds. */
describe('a capture of all that is left', () => {
  const capture = (amount: number, tipsAmount?: number) => ({ kind: 'capture', amount, tipsAmount }) as const;
  const rows: readonly (readonly [string, ReturnType<typeof capture>, Payment, boolean])[] = [
    ['the whole', capture(4200), aHold(), true],
    ['a part', capture(2000), aHold(), false],
    ['the rest of one captured in part', capture(2200), aHold({ captures: [aCapture()] }), true],
    ['the rest, while the bank may still decline the part', capture(1700), aHold({ captures: [aCapture({ amountMinor: 2500, status: 'Created' })] }), false],
    [
      'the rest, and what became of the part is nothing this till knows',
      capture(1700),
      aHold({ captures: [aCapture({ amountMinor: 2500, status: 'Held' })] }),
      false,
    ],
    [
      'more than half, whatever becomes of the part',
      capture(2200),
      aHold({ captures: [aCapture({ status: 'Created' }), aCapture({ id: 'cp_2', amountMinor: 100 })] }),
      true,
    ],
    ['more than half, beside a part that was declined', capture(2200), aHold({ captures: [aCapture({ status: 'Declined' })] }), false],
    ['goods and tips', capture(1000, 250), aHold({ amountMinor: 1000, tipsMinor: 250 }), true],
    ['the bill without its service charge', capture(10_000), aHold({ amountMinor: 10_000, serviceChargeMinor: 1250 }), true],
    ['the smaller total, of which a second one does not fit', capture(9000), aHold({ amountMinor: 10_000, totalMinor: 9000 }), true],
    ['the smaller total, of which a second one would fit', capture(4000), aHold({ amountMinor: 10_000, totalMinor: 4000 }), false],
    ['one that fits twice into the parts with their charge', capture(6000), aHold({ amountMinor: 10_000, serviceChargeMinor: 5000, totalMinor: 4000 }), false],
    ['the same, where Dojo lists no captures', capture(4000), aHold({ amountMinor: 10_000, totalMinor: 4000, captures: null }), false],
    ['the parts, where Dojo’s total says more', capture(10_000), aHold({ amountMinor: 10_000, totalMinor: 12_000 }), true],
  ];
  it.each(rows)('%s', (_, move, payment, isAll) => expect(takesAllThatIsLeft(move, payment)).toBe(isAll));
});
