import { describe, expect, test } from 'vitest';
import { inTurn, measured, median, percentile } from './statistics.ts';

describe('the median', () => {
  test('is the middle value, whatever the order', () => expect(median([9, 1, 5])).toBe(5));
  test('of an even number lies between the two in the middle', () => expect(median([4, 1, 3, 2])).toBe(2.5));
  test('sorts by size, not by spelling', () => expect(median([100, 9, 20])).toBe(20));
  test('leaves the values as they were', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
  test('of nothing is refused', () => expect(() => median([])).toThrow('at least one'));
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  test.each([
    [0, 1],
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
  ])('%f of 1 to 100 is %i', (share, expected) => expect(percentile(hundred, share)).toBe(expected));
  test('of one value is that value', () => expect(percentile([7], 0.99)).toBe(7));
  test('of nothing is refused', () => expect(() => percentile([], 0.5)).toThrow('at least one'));
  test.each([-0.1, 1.1, Number.NaN])('at %f is refused', (share) => expect(() => percentile([1], share)).toThrow('between 0 and 1'));
});

test('what was measured tells its spread and the number of runs', () => {
  expect(measured([30, 10, 20])).toEqual({ median: 20, least: 10, most: 30, runs: 3 });
});

test('things are run in turn, each as often, and who goes first alternates', async () => {
  const order: string[] = [];
  const thing = (name: string) => async () => order.push(name);
  const found = await inTurn(3, { a: thing('a'), b: thing('b') });
  expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
  expect(found).toEqual({ a: [1, 4, 5], b: [2, 3, 6] });
});
