import type { Failure } from '../failure.ts';

const FIRST_MS = 1_000;
const MOST_MS = 60_000;
/** A server may ask for any wait; the till never sleeps longer than this on its word. */
const RETRY_AFTER_MOST_MS = 10 * 60_000;

/** Exponential backoff with jitter: half fixed, half drawn, so that several tills do not come back together. */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.max(0, Math.min(failures - 1, 16)));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

/** How long to wait after a failure: what Dojo asked for, else the backoff. */
export const waitMs = (failure: Failure, failures: number, random: number): number =>
  failure.retryAfterMs === null ? backoffMs(failures, random) : Math.min(Math.max(failure.retryAfterMs, FIRST_MS), RETRY_AFTER_MOST_MS);
