import { describe, expect, it } from 'vitest';
import { matchesSearch } from '../../renderer/today/search.ts';
import { FINDS, FINDS_NOT, SEARCHED } from '../search-table.ts';

const payment = {
  reference: SEARCHED.reference,
  description: SEARCHED.description,
  card: { scheme: SEARCHED.scheme, last4: SEARCHED.last4 },
  totalMinor: SEARCHED.heldMinor,
  takenMinor: SEARCHED.takenMinor,
  leftMinor: SEARCHED.leftMinor,
  refundedMinor: 0,
};

describe('the search', () => {
  it.each(FINDS)('finds by %s: “%s”', (_, typed) => {
    expect(matchesSearch(payment, typed)).toBe(true);
  });

  it.each(FINDS_NOT)('does not find by %s: “%s”', (_, typed) => {
    expect(matchesSearch(payment, typed)).toBe(false);
  });

  it('leaves the list as it is while nothing is typed', () => {
    expect(matchesSearch(payment, ' ')).toBe(true);
  });

  it('copes with a payment without a card', () => {
    expect(matchesSearch({ ...payment, card: null }, 'visa')).toBe(false);
    expect(matchesSearch({ ...payment, card: { scheme: null, last4: null } }, '42')).toBe(true);
  });

  it('understands thousands', () => {
    expect(matchesSearch({ ...payment, totalMinor: 123450 }, '1,234.50')).toBe(true);
    expect(matchesSearch({ ...payment, totalMinor: 123450 }, '1234')).toBe(true);
  });
});
