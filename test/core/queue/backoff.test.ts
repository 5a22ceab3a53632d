import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, waitMs } from '../../../main/core/queue/backoff.ts';
import { aFailure } from '../../builders.ts';

const failures = fc.integer({ min: 0, max: 10_000 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('backoff', () => {
  it.each([
    [1, 0, 500],
    [1, 0.999, 1000],
    [2, 0, 1000],
    [4, 0.5, 6000],
    [7, 0, 30_000],
    [500, 0.999, 59_970],
  ])('after %i failures and a draw of %f waits %i ms', (count, draw, waitMs) => expect(backoffMs(count, draw)).toBe(waitMs));

  it('is at least half a second and at most a minute', () => {
    fc.assert(
      fc.property(failures, random, (count, draw) => {
        expect(backoffMs(count, draw)).toBeGreaterThanOrEqual(500);
        expect(backoffMs(count, draw)).toBeLessThanOrEqual(60_000);
      }),
    );
  });

  it('never gets shorter with more failures', () => {
    fc.assert(
      fc.property(failures, random, (count, draw) => {
        expect(backoffMs(count + 1, draw)).toBeGreaterThanOrEqual(backoffMs(count, draw));
      }),
    );
  });
});

describe('the wait after a failure', () => {
  const told = (retryAfterMs: number | null) => waitMs(aFailure({ kind: 'throttled', retryAfterMs }), 1, 0);
  it.each([
    ['the backoff where nothing was asked for', null, 500],
    ['what Dojo asked for', 7_000, 7_000],
    ['no less than a second', 0, 1_000],
    ['no less than a second for a time in the past', -5_000, 1_000],
    ['no more than ten minutes', 86_400_000, 600_000],
  ])('is %s', (_, asked, waited) => expect(told(asked)).toBe(waited));
});
