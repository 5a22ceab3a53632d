import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMOUNT_MINOR_MAX, add, inWords, isAmountMinor, money } from '../../main/core/money.ts';

const amount = fc.integer({ min: -AMOUNT_MINOR_MAX, max: AMOUNT_MINOR_MAX });

describe('money', () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 0.1 + 0.2])('refuses %s: only whole minor units are money', (value) => {
    expect(() => money(value, 'GBP')).toThrow('whole minor units');
  });

  it('adds amounts of one currency exactly', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(add(money(a, 'GBP'), money(b, 'GBP'))).toEqual({ amountMinor: a + b, currency: 'GBP' });
      }),
    );
  });

  it('never adds different currencies', () => {
    expect(() => add(money(100, 'GBP'), money(100, 'EUR'))).toThrow('GBP and EUR');
  });

  it('never adds up to more than can be held exactly', () => {
    expect(() => add(money(Number.MAX_SAFE_INTEGER, 'GBP'), money(1, 'GBP'))).toThrow('whole minor units');
  });
});

describe('isAmountMinor', () => {
  it.each([1, 4200, AMOUNT_MINOR_MAX])('takes %s', (value) => expect(isAmountMinor(value)).toBe(true));
  it.each([0, -1, 0.5, Number.NaN, AMOUNT_MINOR_MAX + 1, '100', null, undefined, 100n])('refuses %s', (value) => expect(isAmountMinor(value)).toBe(false));
});

describe('inWords', () => {
  it.each([
    [0, 'GBP', '£0.00'],
    [5, 'GBP', '£0.05'],
    [99, 'EUR', '€0.99'],
    [4200, 'GBP', '£42.00'],
    [123_405, 'GBP', '£1,234.05'],
    [123_456_789, 'GBP', '£1,234,567.89'],
    [-4200, 'GBP', '−£42.00'],
    [4200, 'CHF', 'CHF 42.00'],
    [1234, 'JPY', 'JPY 1,234'],
    [123_405, 'KWD', 'KWD 123.405'],
    [123_405, 'XYZ', 'XYZ 123,405 minor units'],
  ])('says %i %s as %s', (amountMinor, currency, words) => expect(inWords({ amountMinor, currency })).toBe(words));

  it('keeps every penny', () => {
    fc.assert(
      fc.property(amount, (amountMinor) => {
        const read = inWords({ amountMinor, currency: 'GBP' }).replace('−', '-').replace(/[£,.]/g, '');
        expect(Number(read) + 0).toBe(amountMinor + 0);
      }),
    );
  });
});
