import { describe, expect, it } from 'vitest';
import { isFound, searchedOf, searchWords } from '../../../main/core/payment/search-words.ts';
import { aCapture, aHold, aPayment } from '../../builders.ts';
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
    expect(finds('22.50', { ...hold, status: 'Captured', captures: null })).toBe(false);
  });

  it('finds the rest of a hold that Dojo calls captured, for it may be on hold still', () => {
    expect(finds('22.50', { ...hold, status: 'Captured' })).toBe(true);
  });

  it('copes with a payment without a card, and with an amount beyond all reason', () => {
    expect(finds('visa', { ...hold, card: null })).toBe(false);
    expect(finds('table', { ...hold, card: null })).toBe(true);
    expect(searchWords('99999999999999999999')[0]?.amounts).toEqual([]);
  });
});

describe('what a word stands for', () => {
  it.each<readonly [string, last4: string | null, amounts: readonly (readonly [number, number])[]]>([
    ['4', '4', [[400, 499]]],
    ['42', '42', [[4200, 4299]]],
    [
      '100',
      '100',
      [
        [10_000, 10_099],
        [100, 100],
      ],
    ],
    [
      '12345',
      null,
      [
        [1_234_500, 1_234_599],
        [12_345, 12_345],
      ],
    ],
    ['4.', null, [[400, 499]]],
    ['4.5', null, [[450, 459]]],
    ['4.50', null, [[450, 450]]],
    ['4.505', null, []],
    ['£42', null, [[4200, 4299]]],
    ['£100', null, [[10_000, 10_099]]],
    ['1,234', null, [[123_400, 123_499]]],
    ['48,40', null, [[4840, 4840]]],
    ['48,4', null, [[4840, 4849]]],
    ['48,', null, [[4800, 4899]]],
    ['1,234.5', null, [[123_450, 123_459]]],
    ['1,234,56', null, [[123_456, 123_456]]],
    ['123,456', null, [[12_345_600, 12_345_699]]],
    ['0', '0', [[1, 99]]],
    ['0.00', null, []],
    ['000', '000', [[1, 99]]],
    ['a1', null, []],
    ['1a', null, []],
    ['a100', null, []],
    ['x£4', null, []],
    ['.50', null, []],
    ['90071992547409', null, []],
  ])('%s', (text, last4, amounts) => expect(searchWords(text)).toEqual([{ text, last4, amounts }]));

  it('is told word by word, in small letters, whatever stands between them', () => {
    expect(searchWords(' Table \t 4\n').map(({ text }) => text)).toEqual(['table', '4']);
  });

  it('is the largest amount that can be counted to the penny, and nothing above it', () => {
    expect(searchWords('90071992547408')[0]?.amounts[0]).toEqual([9_007_199_254_740_800, 9_007_199_254_740_899]);
  });
});

describe('what is searched of a payment', () => {
  it('is empty of a card where there is none', () => {
    const { text, last4 } = searchedOf(aPayment({ reference: 'Table 4', description: 'Lunch', card: null }));
    expect([text, last4]).toEqual(['table 4\nlunch\n', '']);
  });

  it('is a card’s last four digits from the first of them on', () => {
    const searched = { text: '', last4: '1013', amountsMinor: [0, 0, 0, 0] } as const;
    expect(['1', '10', '1013'].map((typed) => isFound(searched, searchWords(typed)))).toEqual([true, true, true]);
    expect(['13', '013', '2', '10134'].map((typed) => isFound(searched, searchWords(typed)))).toEqual([false, false, false, false]);
  });
});
