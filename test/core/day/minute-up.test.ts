import { expect, test } from 'vitest';
import { minuteUpMs } from '../../../main/core/day/minute-up.ts';
import { MINUTE_MS } from '../../builders.ts';

test('a time goes up to the next whole minute, and a whole one stays', () => {
  expect([-1, 0, 1, MINUTE_MS, MINUTE_MS + 1].map((ms) => minuteUpMs(10 * MINUTE_MS + ms) / MINUTE_MS)).toEqual([10, 10, 11, 11, 12]);
});
