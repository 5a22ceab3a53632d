import type { Clock } from '../ports/clock.ts';

/** Another program holds the ledger for a moment: what needs it is tried again for so long, so far apart. Main goes on meanwhile. */
const BUSY_MOST_MS = 1_500;
const BUSY_AGAIN_MS = 100;

/** Each try decides anew: what was decided about may have changed meanwhile. */
export async function whileBusy<T>(
  clock: Pick<Clock, 'after' | 'monotonicMs'>,
  attempt: () => Readonly<{ result: T; isBusy: boolean }>,
  mostMs = BUSY_MOST_MS,
): Promise<T> {
  const sinceMs = clock.monotonicMs();
  for (;;) {
    const { result, isBusy } = attempt();
    if (!isBusy || clock.monotonicMs() - sinceMs >= mostMs) return result;
    await new Promise<void>((resolve) => void clock.after(BUSY_AGAIN_MS, resolve));
  }
}
