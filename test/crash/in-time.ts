import { setTimeout as wait } from 'node:timers/promises';

const MOST_MS = 10 * 60_000;

/** What a round waits for comes, or the round fails and says what did not. */
export async function inTime<T>(what: Promise<T>, expected: string): Promise<T> {
  const limit = new AbortController();
  const tooLong = wait(MOST_MS, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`expected ${expected} within ${MOST_MS / 60_000} minutes`);
  });
  try {
    return await Promise.race([what, tooLong]);
  } finally {
    // The wait that is given up here rejects, which is no news.
    tooLong.catch(() => undefined);
    limit.abort();
  }
}
