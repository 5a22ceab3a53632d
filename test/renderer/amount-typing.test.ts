import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMOUNT_TYPED_MAX_MINOR, amountOffered, composeAmount, eraseDigit, readAmount, shownAmount, typeDigits } from '../../renderer/ui/amount-typing.ts';

describe('typing digits', () => {
  it('fills the pence from the right, as on a card machine', () => {
    const steps: (number | null)[] = [];
    for (const digit of '4200') steps.push(typeDigits(steps.at(-1) ?? null, digit).valueMinor);
    expect(steps).toEqual([4, 42, 420, 4200]);
  });

  it.each([
    ['several at once', null, '1250', 1250],
    ['a leading zero', null, '05', 5],
    ['arabic digits', null, '١٢٥٠', 1250],
    ['persian digits', 1, '۲۵', 125],
    ['devanagari digits', null, '४२', 42],
    ['full-width digits', null, '１２', 12],
    ['mathematical bold digits, whose scripts lie side by side', null, '𝟏𝟐𝟗', 129],
  ])('understands %s', (_, before, typed, after) => {
    expect(typeDigits(before, typed)).toEqual({ valueMinor: after, problem: null });
  });

  it.each(['a', '1a', '-', '.', ' ', '½', '²', ''])('is not changed by “%s”', (typed) => {
    expect(typeDigits(42, typed)).toEqual({ valueMinor: 42, problem: null });
  });

  it('stops at the largest amount and keeps what was there', () => {
    expect(typeDigits(AMOUNT_TYPED_MAX_MINOR, '0')).toEqual({ valueMinor: AMOUNT_TYPED_MAX_MINOR, problem: 'That is more than one payment can be.' });
    expect(typeDigits(null, '9007199254740993')).toMatchObject({ valueMinor: null, problem: expect.any(String) });
  });

  it('never makes an unsafe number, whatever is typed', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 40 }), (typed) => {
        const value = typed.reduce<number | null>((before, text) => typeDigits(before, text).valueMinor, null);
        return value === null || (Number.isSafeInteger(value) && value >= 0 && value <= AMOUNT_TYPED_MAX_MINOR);
      }),
    );
  });
});

describe('backspace', () => {
  it.each([
    [4200, 420],
    [12, 1],
    [5, null],
    [0, null],
    [null, null],
  ])('makes %s into %s', (before, after) => {
    expect(eraseDigit(before)).toEqual({ valueMinor: after, problem: null });
  });

  it('takes back exactly what a digit added', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 0, max: 9 }), (value, digit) => {
        return eraseDigit(typeDigits(value, String(digit)).valueMinor).valueMinor === value;
      }),
    );
  });
});

describe('a pasted amount', () => {
  it.each([
    ['£1,234.50', 123450],
    ['12.5', 1250],
    ['12', 1200],
    ['12.', 1200],
    ['.50', 50],
    [' £ 42.00\n', 4200],
    ['42.00 GBP', 4200],
    ['GBP 42.00', 4200],
    ['1 234.50', 123450],
    ['1 234.50', 123450],
    ['١٢٫٥٠', 1250],
    ['0', 0],
    ['99999999.99', 9_999_999_999],
  ])('%j is understood', (text, valueMinor) => {
    expect(readAmount(text, 'GBP')).toEqual({ valueMinor, problem: null });
  });

  it('of nothing is nothing', () => {
    expect(readAmount('  ', 'GBP')).toEqual({ valueMinor: null, problem: null });
  });

  it.each([
    ['12.345', 'There are no more than 2 digits after the point.'],
    ['-5', 'An amount cannot be below zero.'],
    ['−5.00', 'An amount cannot be below zero.'],
    ['(5.00)', 'An amount cannot be below zero.'],
    ['12,50', 'Put a point before the pence: 12.50.'],
    ['€12', 'The amount is in another currency. This payment is in £.'],
    ['12 EUR', 'The amount is in another currency. This payment is in £.'],
    ['100000000', 'That is more than one payment can be.'],
    ['9007199254740993', 'That is more than one payment can be.'],
    ['twelve', '“twelve” is not an amount. Type it like 12.50.'],
    ['1.234,50', 'Put a point before the pence: 12.50.'],
    ['12,34', 'Put a point before the pence: 12.50.'],
    ['12.3.4', '“12.3.4” is not an amount. Type it like 12.50.'],
    ['1e5', '“1e5” is not an amount. Type it like 12.50.'],
    ['0x10', '“0x10” is not an amount. Type it like 12.50.'],
    ['NaN', '“NaN” is not an amount. Type it like 12.50.'],
    ['.', '“.” is not an amount. Type it like 12.50.'],
  ])('%j is refused in words: %s', (text, problem) => {
    expect(readAmount(text, 'GBP')).toEqual({ valueMinor: null, problem });
  });

  it('is what the field itself shows, for every amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: AMOUNT_TYPED_MAX_MINOR }), fc.constantFrom('GBP', 'EUR'), (value, currency) => {
        expect(readAmount(shownAmount(value, currency), currency)).toEqual({ valueMinor: value, problem: null });
      }),
    );
  });

  it('is an amount or a refusal, never both and never an unsafe number, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const { valueMinor, problem } = readAmount(text, 'GBP');
        return valueMinor === null || (problem === null && Number.isSafeInteger(valueMinor) && valueMinor >= 0);
      }),
    );
  });
});

describe('an input method that puts digits together one by one', () => {
  it.each([
    ['step by step', null, ['1', '12', '125', '1250'], 1250],
    ['full-width digits', null, ['１', '１２', '１２５'], 125],
    ['arabic digits', null, ['١', '١٢'], 12],
    ['behind what is there', 12, ['5', '50'], 1250],
    ['and takes one back', null, ['1', '12', '1'], 1],
    ['a whole amount', null, ['12', '12.', '12.5'], 1250],
  ])('gives the digits: %s', (_, before, steps, after) => {
    expect(steps.map((text) => composeAmount(before, text, 4_200, 'GBP')).at(-1)).toEqual({ valueMinor: after, problem: null });
  });

  it('and is given up leaves what was there', () => {
    expect(composeAmount(null, '', 4_200, 'GBP')).toEqual({ valueMinor: 4_200, problem: null });
  });
});

describe('digits that were taken for a scan', () => {
  it.each([
    ['421', 421],
    ['00421', 421],
    ['5012345678900', null],
    ['A421', null],
    ['', null],
  ])('“%s” are offered as %j', (typed, offered) => {
    expect(amountOffered(typed)).toBe(offered);
  });
});
