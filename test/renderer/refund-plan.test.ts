import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../renderer/format.ts';
import {
  entryFor,
  lostRefundInWords,
  planRefund,
  type RefundEntry,
  refundDecided,
  refundPlanInWords,
  roomLeftInWords,
} from '../../renderer/give-back/refund-plan.ts';
import { openMove } from './view-builders.ts';

const move = openMove({ minMinor: 1, maxMinor: 2000 });
if (!move.open) throw new Error('The builder makes an open move.');
const part = (amountMinor: number | null, ofMinor = 2000): RefundEntry => ({ kind: 'part', amountMinor, ofMinor });
const money = (minor: number) => formatMoney(minor, 'GBP');

it('says that one that was lost before may still arrive, and what is refunded in all then', () => {
  const lost = { lostRefundsMinor: 500, refundedMinor: 200 };
  expect(lostRefundInWords(lost, planRefund(move, part(300)), money)).toBe('£5.00 sent before may still arrive: then £10.00 is refunded in all.');
  expect(lostRefundInWords({ ...lost, lostRefundsMinor: 0 }, planRefund(move, part(300)), money)).toBeNull();
});

describe('a refund as planned', () => {
  it.each([
    ['the whole of what is left', { kind: 'whole' }, { kind: 'ready', amountMinor: 2000, staysMinor: 0 }, 'Refunds £20.00.'],
    ['a part', part(500), { kind: 'ready', amountMinor: 500, staysMinor: 1500 }, 'Refunds £5.00. Another £15.00 can still be refunded later.'],
    ['a part that is all of it', part(2000), { kind: 'ready', amountMinor: 2000, staysMinor: 0 }, 'Refunds £20.00.'],
    ['nothing typed', part(null), { kind: 'empty' }, 'Type the amount to refund.'],
    ['nothing typed of another rest', part(null, 2500), { kind: 'empty' }, 'Type the amount to refund.'],
    [
      'a part of what was left before another till refunded as much',
      part(500, 2500),
      { kind: 'changed', wasMinor: 2500, maxMinor: 2000 },
      'What can be refunded changed from £25.00 to £20.00. Clear the field, then type the amount again.',
    ],
    ['zero', part(0), { kind: 'zero' }, 'The amount must be more than zero.'],
    ['a penny too much', part(2001), { kind: 'above', maxMinor: 2000 }, 'No more than £20.00 can be refunded.'],
  ] as const)('%s', (_, entry, expected, words) => {
    const plan = planRefund(move, entry);
    expect(plan).toEqual(expected);
    expect(refundPlanInWords(plan, money)).toBe(words);
  });
});

describe('a refund that leaves cashback out', () => {
  const open = (defaultMinor: number | null) => {
    const some = openMove({ minMinor: 1, maxMinor: 3000, defaultMinor });
    if (!some.open) throw new Error('The builder makes an open move.');
    return some;
  };
  it('offers what main says, and allows what main allows', () => {
    expect(planRefund(open(2000), { kind: 'whole' })).toEqual({ kind: 'ready', amountMinor: 2000, staysMinor: 1000 });
    expect(planRefund(open(2000), part(3000, 3000))).toEqual({ kind: 'ready', amountMinor: 3000, staysMinor: 0 });
    expect(planRefund(open(2000), part(3001, 3000))).toEqual({ kind: 'above', maxMinor: 3000 });
  });
  it('offers nothing by itself where only cashback is left: an amount is typed', () => {
    expect(entryFor(open(null), { kind: 'whole' })).toEqual(part(null, 0));
    expect(planRefund(open(null), { kind: 'whole' })).toEqual({ kind: 'empty' });
  });
});

describe('a refund as handed over', () => {
  const seen = { id: 'pi_1', version: 'as seen' };
  const on = { paymentId: 'pi_1', seenVersion: 'as seen' };

  it('carries what was typed, without the blanks around it', () => {
    expect(refundDecided(seen, 500, { reason: ' Spilt ', notes: ' Table 4 \n' }, false)).toEqual({
      kind: 'refund',
      ...on,
      amount: 500,
      reason: 'Spilt',
      notes: 'Table 4',
    });
  });

  it('leaves out what was left empty, and says `again` only where the person did', () => {
    expect(refundDecided(seen, 500, { reason: ' ', notes: '' }, false)).toEqual({ kind: 'refund', ...on, amount: 500 });
    expect(refundDecided(seen, 500, { reason: '', notes: '' }, true)).toEqual({ kind: 'refund', ...on, amount: 500, again: true });
  });
});

describe('the room left in a text', () => {
  it.each([
    [0, null],
    [900, null],
    [930, '94 characters left.'],
    [1023, '1 character left.'],
    [1024, 'No room left: Dojo keeps 1024 characters.'],
  ])('of %d characters is said when it is near: %s', (length, words) => {
    expect(roomLeftInWords('x'.repeat(length), 1024)).toBe(words);
  });
});
