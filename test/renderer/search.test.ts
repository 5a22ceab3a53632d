import { describe, expect, it } from 'vitest';
import { matchesSearch } from '../../renderer/today/search.ts';

const payment = {
  reference: 'Table 14',
  description: 'Sunday roast',
  card: { scheme: 'VISA', last4: '4242' },
  totalMinor: 4250,
  takenMinor: 2000,
  leftMinor: 2250,
  refundedMinor: 0,
};

describe('the search', () => {
  it.each([
    ['nothing', ''],
    ['the reference, in any case', 'table'],
    ['a part of it', 'ble 1'],
    ['the description', 'ROAST'],
    ['the scheme', 'visa'],
    ['the last four', '4242'],
    ['the start of the last four', '42'],
    ['the whole amount', '42.50'],
    ['with its sign', '£42.50'],
    ['as a card machine takes it', '4250'],
    ['on the way to it', '42.5'],
    ['the pounds alone', '42'],
    ['what was taken of it', '20.00'],
    ['what is left of it', '22.50'],
    ['several words', 'visa table 42.50'],
  ])('finds by %s: “%s”', (_, search) => {
    expect(matchesSearch(payment, search)).toBe(true);
  });

  it.each([
    ['another amount', '42.51'],
    ['the middle of the last four', '24.20'],
    ['a zero refund', '0.00'],
    ['one word of two', 'table amex'],
    ['an amount that starts alike', '425.00'],
    ['junk', '%%%'],
    ['three decimals', '42.500'],
  ])('does not find by %s: “%s”', (_, search) => {
    expect(matchesSearch(payment, search)).toBe(false);
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
