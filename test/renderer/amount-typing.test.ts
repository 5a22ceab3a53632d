import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AMOUNT_TYPED_MAX_MINOR,
  amountOffered,
  BEGUN,
  composeAmount,
  composeInto,
  type Entry,
  entryOn,
  eraseDigit,
  eraseInto,
  isTyped,
  ofAfter,
  readAmount,
  shownAmount,
  typeDigits,
  typeInto,
  typeUpon,
} from '../../renderer/ui/amount-typing.ts';

describe('what an amount is one of', () => {
  const of = { thenMinor: 10_000, nowMinor: 7_000 };
  it('stays what it was begun of while keys go on with it', () => expect(ofAfter(of, 25, false)).toBe(10_000));
  it('is what is there now once it is begun anew', () => {
    expect(ofAfter(of, 25, true)).toBe(7_000);
    expect(ofAfter(of, null, false)).toBe(7_000);
  });
});

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

/** An amount as it is typed, key by key: `⌫` is Backspace. `before`: what was in the field, and stays as it is typed upon. */
function typedKeys(keys: string, { before = null as number | null, currency = 'GBP' } = {}): { valueMinor: number | null; problem: string | null } {
  let entry: Entry | null = null;
  let typed = { valueMinor: before, problem: null as string | null };
  for (const key of keys) {
    const on: Entry | null = entryOn(entry, typed.valueMinor, false);
    const step = key === '⌫' ? eraseInto(on, typed.valueMinor, currency) : typeUpon(on, typed.valueMinor, key, currency);
    entry = step.entry;
    typed = step.typed;
  }
  return typed;
}

describe('a point in an amount that is typed', () => {
  it.each([
    ['20.', 20_00],
    ['20.5', 20_50],
    ['20.50', 20_50],
    ['20.05', 20_05],
    ['12.34', 12_34],
    ['.5', 50],
    ['.05', 5],
    ['0.5', 50],
    ['007.', 7_00],
    ['1,250.50', 1_250_50],
    ['1 250.50', 1_250_50],
    ['٢٠٫٥', 20_50],
    ['２０．５', 20_50],
  ])('makes pounds of what was typed before it: %s', (keys, valueMinor) => {
    expect(typedKeys(keys)).toEqual({ valueMinor, problem: null });
  });

  it.each([
    ['a third digit after it', '20.509', 20_50],
    ['a second point', '20..5', 20_50],
    ['a point after the pence', '20.5.7', 20_57],
    ['a letter', '20.a5', 20_50],
  ])('%s changes nothing', (_, keys, valueMinor) => {
    expect(typedKeys(keys)).toEqual({ valueMinor, problem: null });
  });

  it.each([
    ['20,', 20_00],
    ['20,5', 20_50],
    ['20,50', 20_50],
    ['20,05', 20_05],
    ['0,5', 50],
    ['20,,5', 20_50],
    ['20,5.', 20_50],
    ['20.5,', 20_50],
    // With three digits after it, it parted thousands.
    ['1,250', 12_50],
    ['1,2505', 125_05],
    ['1,250.5', 1_250_50],
    ['1,250,5', 1_250_50],
    [',5', 5],
  ])('so does a comma, up to the third digit after it: %s', (keys, valueMinor) => {
    expect(typedKeys(keys)).toEqual({ valueMinor, problem: null });
  });

  it.each([
    ['2050', 20_50],
    ['20', 20],
    ['05', 5],
  ])('digits alone fill the pence as ever: %s', (keys, valueMinor) => {
    expect(typedKeys(keys)).toEqual({ valueMinor, problem: null });
  });

  it('by itself is nothing in pounds', () => {
    expect(typedKeys('.')).toEqual({ valueMinor: 0, problem: null });
  });

  it('upon an amount that was there before changes nothing, nor does it where that was nothing', () => {
    expect(typedKeys('.', { before: 42_00 })).toEqual({ valueMinor: 42_00, problem: null });
    expect(typedKeys('5.', { before: 10_00 })).toEqual({ valueMinor: 100_05, problem: null });
    expect(typedKeys('.5', { before: 0 })).toEqual({ valueMinor: 5, problem: null });
  });

  it.each([
    ['5', true],
    ['.', true],
    ['٥', true],
    ['٫', true],
    [',', false],
    ['20,5', true],
    [',5', false],
    ['a', false],
    [' ', false],
    ['-', false],
    ['', false],
  ])('and digits alone type an amount, so that over a selection nothing else begins one: “%s”', (key, is) => {
    expect(isTyped(key)).toBe(is);
  });

  it('counts also where a digit was taken back before it', () => {
    expect(typedKeys('205⌫.5')).toEqual({ valueMinor: 20_50, problem: null });
    expect(typedKeys('2⌫⌫20.5')).toEqual({ valueMinor: 20_50, problem: null });
    expect(typedKeys('00⌫.5')).toEqual({ valueMinor: 50, problem: null });
  });

  it.each([
    ['20.5⌫', 20_00],
    ['20.57⌫', 20_50],
    ['20.5⌫6', 20_60],
    ['20.5⌫⌫', 20],
    ['20.5⌫⌫5', 2_05],
    ['20.5⌫⌫.6', 20_60],
    ['20.⌫⌫', 2],
    ['.⌫', null],
    ['.⌫⌫5', 5],
    ['20,5⌫', 20_00],
    ['1,250⌫', 1_25],
  ])('is taken back key by key, as it was typed: %s', (keys, valueMinor) => {
    expect(typedKeys(keys)).toEqual({ valueMinor, problem: null });
  });

  it('is over where the amount became another by anything else, and begins anew over a selection', () => {
    const { entry } = typeInto(BEGUN, '20.', 'GBP');
    expect(entryOn(entry, 20_00, false)).toBe(entry);
    expect(entryOn(entry, 10_00, false)).toBeNull();
    expect(entryOn(entry, null, false)).toBe(BEGUN);
    expect(entryOn(entry, 20_00, true)).toBe(BEGUN);
    expect(entryOn(null, 10_00, true)).toBe(BEGUN);
    expect(entryOn(null, 10_00, false)).toBeNull();
  });

  it('has as many digits behind it as the currency has', () => {
    expect(typedKeys('20.5', { currency: 'JPY' })).toEqual({ valueMinor: 20, problem: null });
    expect(typedKeys('20.5678', { currency: 'KWD' })).toEqual({ valueMinor: 20_567, problem: null });
  });

  it('that would make it more than one payment can be keeps what was there', () => {
    expect(typedKeys('100000000.')).toEqual({ valueMinor: 1_000_000_00, problem: 'That is more than one payment can be.' });
    expect(typedKeys('99999999.99')).toEqual({ valueMinor: AMOUNT_TYPED_MAX_MINOR, problem: null });
  });

  it('gives what the same text gives where it is pasted, and without one what digits give', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,6}(\.\d{0,2})?$/), (text) => {
        expect(typedKeys(text)).toEqual(text.includes('.') ? readAmount(text, 'GBP') : typeDigits(null, text));
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
    ['£ 42.00 GBP', 4200],
    ['£42.00 gbp', 4200],
    ['1,234,567.89', 123456789],
    ['1’234.50', 123450],
    ['١٬٢٣٤', 123400],
    ['007', 700],
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
    ['££12', '“££12” is not an amount. Type it like 12.50.'],
    ['£££12', '“£££12” is not an amount. Type it like 12.50.'],
    ['£12£', '“£12£” is not an amount. Type it like 12.50.'],
    ['GBP GBP 12', '“GBP GBP 12” is not an amount. Type it like 12.50.'],
    ['12 gbp GBP', '“12 gbp GBP” is not an amount. Type it like 12.50.'],
    ['5£50', '“5£50” is not an amount. Type it like 12.50.'],
    ['1£ 234', '“1£ 234” is not an amount. Type it like 12.50.'],
    ['12GBP50', '“12GBP50” is not an amount. Type it like 12.50.'],
    ['5\t100.00', '“5\t100.00” is not an amount. Type it like 12.50.'],
    ['12\n500', '“12\n500” is not an amount. Type it like 12.50.'],
    ['1 2345', '“1 2345” is not an amount. Type it like 12.50.'],
    ['1234 567', '“1234 567” is not an amount. Type it like 12.50.'],
    ['1,234 567', '“1,234 567” is not an amount. Type it like 12.50.'],
    ['0,123', '“0,123” is not an amount. Type it like 12.50.'],
    ['12¹', '“12¹” is not an amount. Type it like 12.50.'],
    ['₁2', '“₁2” is not an amount. Type it like 12.50.'],
    ['①', '“①” is not an amount. Type it like 12.50.'],
  ])('%j is refused in words: %s', (text, problem) => {
    expect(readAmount(text, 'GBP')).toEqual({ valueMinor: null, problem });
  });

  it('has its sign at either end and nowhere else, in any currency', () => {
    for (const text of ['€12.50', '12.50 €', '12.50€', 'EUR 12.50']) expect(readAmount(text, 'EUR')).toEqual({ valueMinor: 1250, problem: null });
    for (const text of ['12€50', '12EUR50', '€€12', '€12€', 'EUR 12 EUR'])
      expect(readAmount(text, 'EUR')).toMatchObject({ valueMinor: null, problem: expect.stringContaining('is not an amount') });
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

  it.each([
    ['the point as well', ['2', '0', '.', '5'], 20_50],
    ['a point together with digits', ['20', '.5'], 20_50],
    ['in steps', ['2', '20', '20.', '20.5'].slice(-1), 20_50],
  ])('hands over %s', (_, committed, after) => {
    let [entry, valueMinor]: [Entry | null, number | null] = [null, null];
    for (const text of committed) {
      const begun = { entry: entryOn(entry, valueMinor, false), fromMinor: valueMinor, keptMinor: valueMinor, keptEntry: entry };
      const step = composeInto(begun, text, 'GBP');
      [entry, valueMinor] = [step.entry, step.typed.valueMinor];
    }
    expect(valueMinor).toBe(after);
  });

  it('reads a whole amount behind one that was there as one', () => {
    const begun = { entry: null, fromMinor: 42, keptMinor: 42, keptEntry: null };
    expect(composeInto(begun, '12.5', 'GBP')).toEqual({ typed: { valueMinor: 12_50, problem: null }, entry: null });
  });

  it('and is given up leaves the typing as it was too', () => {
    const { entry } = typeInto(BEGUN, '20.', 'GBP');
    const begun = { entry, fromMinor: 20_00, keptMinor: 20_00, keptEntry: entry };
    expect(composeInto(begun, '', 'GBP')).toEqual({ typed: { valueMinor: 20_00, problem: null }, entry });
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
    ['20.5', 20_50],
    ['.5', 50],
    ['20.555', null],
    ['2.0.5', null],
    ['.', null],
    ['A421', null],
    ['', null],
  ])('“%s” are offered as %j', (typed, offered) => {
    expect(amountOffered(typed, 'GBP')).toBe(offered);
  });
});
