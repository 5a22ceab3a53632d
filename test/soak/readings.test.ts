import { expect, test } from 'vitest';
import { judge, type Moment, tableOf } from './readings.ts';

const moments = (values: readonly number[], payments: readonly number[] = []): Moment[] =>
  values.map((value, nth) => ({ atMinute: nth, readings: { 'heap bytes': value, payments: payments[nth] ?? 100 } }));

test('what stands still after the warm-up is kept, whatever it did before', () => {
  expect(judge(moments([1, 900, 100, 100, 110, 110]), 2, { 'heap bytes': { most: 1.2 } })[0]).toMatchObject({ from: 100, to: 110, highest: 900, isKept: true });
});

test('what grows beyond its bound is not, and the table says so', () => {
  const bounds = { 'heap bytes': { most: 1.2 } };
  const verdicts = judge(moments([100, 130]), 0, bounds);
  expect(verdicts[0]).toMatchObject({ ratio: 1.3, isKept: false });
  expect(tableOf(verdicts, bounds)).toContain('GROWS');
});

test('what grows as the payments do is kept where it is judged for each of them, and else not', () => {
  const grown = moments([100, 200], [50, 100]);
  expect(judge(grown, 0, { 'heap bytes': { most: 1.1, perPayment: true } })[0]).toMatchObject({ from: 100, to: 200, ratio: 1, isKept: true });
  expect(judge(grown, 0, { 'heap bytes': { most: 1.1 } })[0]?.isKept).toBe(false);
});

test('one reading after the warm-up says nothing, and that is said', () => {
  expect(() => judge(moments([1, 2, 3]), 2, {})).toThrow('at least two readings');
});
