import type { Failure, FailureKind } from '../../../main/core/failure.ts';
import { aFailure } from '../../builders.ts';

/** Draws in [0, 1) from a seed (mulberry32). */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What befalls a request. `delayed`: the answer is given up, and Dojo gets the request less than the settling time after that. */
export const FATES = [
  'ok',
  'ok',
  'ok',
  'ok',
  'ok',
  'ok',
  'slow',
  'lost-before',
  'lost-after',
  'delayed',
  'http-500-before',
  'http-500-after',
  'http-503',
  'not-sent',
  'throttled',
  'throttled-after',
  'http-409-after',
  'not-dojo',
] as const;
export type Fate = (typeof FATES)[number] | 'key-refused';

/** How a fate that is a failure looks to the till. */
export function failureOf(fate: Fate): Failure {
  const as = (kind: FailureKind, cause: string, status: number | null, retryAfterMs: number | null = null) => aFailure({ kind, cause, status, retryAfterMs });
  switch (fate) {
    case 'not-sent':
      return as('not-sent', 'ECONNREFUSED', null);
    case 'key-refused':
      return as('key-refused', 'http-401', 401);
    case 'throttled':
    case 'throttled-after':
      return as('throttled', 'http-429', 429, 5_000);
    case 'not-dojo':
      return as('not-dojo', 'html', null);
    case 'http-500-before':
    case 'http-500-after':
      return as('unknown-outcome', 'http-500', 500);
    case 'http-409-after':
      return as('refused', 'http-409', 409);
    case 'http-503':
      return as('unknown-outcome', 'http-503', 503);
    default:
      return as('unknown-outcome', 'timeout', null);
  }
}
