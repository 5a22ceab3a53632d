import { describe, expect, it } from 'vitest';
import { wallTimeUp } from '../../main/core/day/day.ts';
import { inWords } from '../../main/core/money.ts';
import {
  addDays,
  currencySymbol,
  formatDate,
  formatDayShort,
  formatGivenBack,
  formatMoney,
  formatTime,
  formatTimeUp,
  formatWhen,
  formatWhenUp,
  timeAgo,
  timeLeft,
} from '../../renderer/format.ts';

const at = (iso: string) => Date.parse(iso);

describe('money', () => {
  it.each([
    [0, 'GBP', '£0.00'],
    [5, 'GBP', '£0.05'],
    [4200, 'GBP', '£42.00'],
    [123450, 'GBP', '£1,234.50'],
    [2920, 'EUR', '€29.20'],
    [-500, 'GBP', '−£5.00'],
    [9_007_199_254_740_991, 'GBP', '£90,071,992,547,409.91'],
    [1200, 'JPY', 'JPY 1,200'],
    [-123456, 'USD', '−USD 1,234.56'],
    [1234567, 'KWD', 'KWD 1,234.567'],
    [1234567, 'XYZ', 'XYZ 1,234,567 minor units'],
    [0, 'XYZ', 'XYZ 0 minor units'],
  ])('%d %s is %s', (amountMinor, currency, text) => {
    expect(formatMoney(amountMinor, currency)).toBe(text);
  });

  it('reads on the page as main says it, in every currency and in none', () => {
    for (const currency of [...Intl.supportedValuesOf('currency'), 'GBP', 'EUR', 'XYZ', 'TND'])
      for (const amountMinor of [0, 5, 99, 100, 123450, 1234567, -500, 9_999_999_999])
        expect(formatMoney(amountMinor, currency)).toBe(inWords({ amountMinor, currency }));
  });

  it('given back carries a minus sign, and nothing given back does not', () => {
    expect(formatGivenBack(500, 'GBP')).toBe('−£5.00');
    expect(formatGivenBack(-500, 'GBP')).toBe('−£5.00');
    expect(formatGivenBack(0, 'GBP')).toBe('£0.00');
  });

  it('has its symbol', () => {
    expect([currencySymbol('GBP'), currencySymbol('EUR')]).toEqual(['£', '€']);
  });
});

describe('times', () => {
  it('are the shop’s, not the machine’s', () => {
    expect(formatTime(at('2026-07-01T13:05:00Z'), 'Europe/London')).toBe('14:05');
    expect(formatTime(at('2026-11-20T00:00:00Z'), 'Europe/London')).toBe('00:00');
    expect(formatTime(at('2026-11-20T00:00:00Z'), 'Europe/Athens')).toBe('02:00');
  });

  it('carry their day once it is another one in the shop’s zone', () => {
    const now = at('2026-11-20T23:30:00Z');
    expect(formatWhen(at('2026-11-20T14:32:00Z'), 'Europe/London', now)).toBe('14:32');
    expect(formatWhen(at('2026-11-19T14:32:00Z'), 'Europe/London', now)).toBe('Thu 19 Nov, 14:32');
    // In Athens it is the 21st already.
    expect(formatWhen(at('2026-11-20T14:32:00Z'), 'Europe/Athens', now)).toBe('Fri 20 Nov, 16:32');
  });

  it.each([
    ['2026-11-20', 1, '2026-11-21'],
    ['2026-03-28', 1, '2026-03-29'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2028-02-28', 1, '2028-02-29'],
  ])('%s and %d day is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });

  it('writes dates out', () => {
    expect(formatDate('2026-11-20')).toBe('Friday 20 November 2026');
    expect(formatDate('2026-11-20', 'short')).toBe('Fri 20 Nov');
  });
});

describe('time left', () => {
  const minute = 60_000;
  it.each([
    [2 * 60 * minute + 10 * minute, '2 h 10 min'],
    [2 * 60 * minute, '2 h'],
    [3 * minute + 59_999, '3 min'],
    [minute - 1, 'less than a minute'],
    [1, 'less than a minute'],
    [(2 * 24 + 4) * 60 * minute, '2 d 4 h'],
    [48 * 60 * minute, '2 d'],
    [0, null],
    [-minute, null],
  ])('%d ms is %s', (ms, words) => {
    expect(timeLeft(1_000_000 + ms, 1_000_000)).toBe(words);
  });
});

describe('how long ago it was', () => {
  it.each([
    [0, 'less than a minute ago'],
    [60_000, '1 minute ago'],
    [3 * 60_000 + 59_000, '3 minutes ago'],
    [60 * 60_000, '1 hour ago'],
    [26 * 60 * 60_000, '1 day ago'],
    [50 * 60 * 60_000, '2 days ago'],
  ])('%d ms: %s', (ms, words) => {
    expect(timeAgo(at('2026-11-20T14:00:00Z') - ms, at('2026-11-20T14:00:00Z'))).toBe(words);
  });
});

describe('a day where the weekday has no room', () => {
  it('is the shop’s own day', () => {
    expect(formatDayShort(at('2026-11-20T23:30:00Z'), 'Europe/London')).toBe('20 Nov');
    expect(formatDayShort(at('2026-11-20T23:30:00Z'), 'Europe/Madrid')).toBe('21 Nov');
  });
});

describe('the time at which a wait ends', () => {
  it.each([
    ['2026-11-20T14:31:00Z', '14:31'],
    ['2026-11-20T14:31:00.001Z', '14:32'],
    ['2026-11-20T14:31:59Z', '14:32'],
  ])('%s is said as %s: it is over then', (iso, said) => {
    const zone = 'Europe/London';
    expect([formatTimeUp(at(iso), zone), formatWhenUp(at(iso), zone, at('2026-11-20T14:00:00Z')), wallTimeUp(at(iso), zone)]).toEqual([said, said, said]);
  });
});
