import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { realClock } from '../../main/platform/real-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const DAY_MS = 86_400_000;

test.each([0, 1, 1_000, 20 * DAY_MS, 25 * DAY_MS, 400 * DAY_MS])('calls back once after %i ms, not before', (delayMs) => {
  const callback = vi.fn();
  realClock.after(delayMs, callback);
  if (delayMs > 0) vi.advanceTimersByTime(delayMs - 1);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1 + DAY_MS);
  expect(callback).toHaveBeenCalledTimes(1);
});

test('an undone call never comes, not even in the second half of a long wait', () => {
  const callback = vi.fn();
  const undo = realClock.after(40 * DAY_MS, callback);
  vi.advanceTimersByTime(30 * DAY_MS);
  undo();
  vi.advanceTimersByTime(30 * DAY_MS);
  expect(callback).not.toHaveBeenCalled();
});
