import type { Clock } from '../ports/clock.ts';

/** Another program holds the ledger for a moment: what needs it is tried again so often, so far apart. Main goes on meanwhile. */
const BUSY_TRIES = 15;
const BUSY_AGAIN_MS = 100;

/** Each try decides anew: what was decided about may have changed meanwhile. */
export async function whileBusy<T>(clock: Pick<Clock, 'after'>, attempt: () => Readonly<{ result: T; isBusy: boolean }>, triesMost = BUSY_TRIES): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const { result, isBusy } = attempt();
    if (!isBusy || tries >= triesMost) return result;
    await new Promise<void>((resolve) => void clock.after(BUSY_AGAIN_MS, resolve));
  }
}
