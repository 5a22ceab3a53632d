import { describe, expect, it } from 'vitest';
import { httpDateMs, timespanMs, timestampMs } from '../../main/dojo/time.ts';

describe('a timestamp', () => {
  const at = Date.UTC(2024, 1, 29, 8, 49, 20);
  it.each<[unknown, number | null]>([
    ['2024-02-29T08:49:20Z', at],
    ['2024-02-29T08:49:20', at],
    ['2024-02-29 08:49:20z', at],
    ['2024-02-29T08:49:20.9Z', at + 900],
    ['2024-02-29T08:49:20.97Z', at + 970],
    ['2024-02-29T08:49:20.9734103Z', at + 973],
    ['2024-02-29T08:49:20.973999999Z', at + 973],
    ['2024-02-29T09:49:20+01:00', at],
    ['2024-02-29T03:19:20-0530', at],
    ['0001-01-01T00:00:00Z', null],
    ['0001-01-01T00:00:00', null],
    ['1969-12-31T23:59:59Z', null],
    ['9999-12-31T23:59:59Z', null],
    ['9999-12-31T23:59:59-23:59', null],
    ['2023-02-29T08:49:20Z', null],
    ['2024-13-01T08:49:20Z', null],
    ['2024-02-29T24:00:00Z', null],
    ['2024-02-29T08:60:00Z', null],
    ['2024-02-29', null],
    ['1709196560', null],
    ['', null],
    [1709196560000, null],
    [null, null],
    [undefined, null],
  ])('%j reads as %j', (value, expected) => {
    expect(timestampMs(value)).toBe(expected);
  });
});

describe('a timespan', () => {
  it.each<[unknown, number | null]>([
    ['06.23:59:59', ((6 * 24 + 23) * 3600 + 59 * 60 + 59) * 1000],
    ['7.00:00:00', 7 * 86_400_000],
    ['00:00:31', 31_000],
    ['1:30:00', 5_400_000],
    ['00:00:31.5000000', 31_500],
    ['00.00:00:00', null],
    ['00:00:00', null],
    ['24:00:00', 86_400_000],
    ['72:00:00', 3 * 86_400_000],
    ['167:59:59', 7 * 86_400_000 - 1000],
    ['1000:00:00', null],
    ['0.24:00:00', null],
    ['1.24:00:00', null],
    ['00:60:00', null],
    ['-01:00:00', null],
    ['P7D', null],
    ['', null],
    [604800, null],
    [null, null],
  ])('%j reads as %j', (value, expected) => {
    expect(timespanMs(value)).toBe(expected);
  });
});

describe('an HTTP date', () => {
  it.each<[string | undefined, number | null]>([
    ['Mon, 02 Mar 2026 10:00:00 GMT', Date.UTC(2026, 2, 2, 10)],
    ['Mon, 02 Mar 2026 10:00:00 +0100', null],
    ['2026-03-02T10:00:00Z', null],
    ['Mon, 02 Foo 2026 10:00:00 GMT', null],
    ['5', null],
    [undefined, null],
  ])('%j reads as %j', (value, expected) => {
    expect(httpDateMs(value)).toBe(expected);
  });
});
