import { describe, expect, it } from 'vitest';
import { isFound, searchedOf, searchWords } from '../../../main/core/payment/search-words.ts';
import { aCapture, aHold } from '../../builders.ts';
import { FINDS, FINDS_NOT, SEARCHED } from '../../search-table.ts';

const hold = aHold({
  reference: SEARCHED.reference,
  description: SEARCHED.description,
  amountMinor: SEARCHED.heldMinor,
  captures: [aCapture({ amountMinor: SEARCHED.takenMinor })],
  card: { scheme: SEARCHED.scheme, last4: SEARCHED.last4, funding: null, entry: null },
});
const finds = (typed: string, payment = hold) => isFound(searchedOf(payment), searchWords(typed));

describe('the search over all kept days', () => {
  it.each(FINDS)('finds by %s: “%s”', (_, typed) => {
    expect(finds(typed)).toBe(true);
  });

  it.each(FINDS_NOT)('does not find by %s: “%s”', (_, typed) => {
    expect(finds(typed)).toBe(false);
  });

  it('finds nothing where nothing is typed', () => {
    expect(finds('')).toBe(false);
    expect(finds('  ')).toBe(false);
  });

  it('finds what was refunded, and what is no longer to take it does not', () => {
    expect(finds('7.77', { ...hold, refundedMinor: 777 })).toBe(true);
    expect(finds('22.50', { ...hold, status: 'Captured' })).toBe(false);
  });

  it('copes with a payment without a card, and with an amount beyond all reason', () => {
    expect(finds('visa', { ...hold, card: null })).toBe(false);
    expect(finds('table', { ...hold, card: null })).toBe(true);
    expect(searchWords('99999999999999999999')[0]?.amounts).toEqual([]);
  });
});
