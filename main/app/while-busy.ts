import type { TillError } from '../../preload/contract.ts';
import type { Result } from '../core/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Attempt } from '../queue/not-written.ts';

/** Another program holds the ledger for a moment: a decision is tried again so often, so far apart. Main goes on meanwhile. */
const BUSY_TRIES = 15;
const BUSY_AGAIN_MS = 100;

/** Each try decides anew: what was decided about may have changed meanwhile. */
export async function whileBusy<T>(clock: Pick<Clock, 'after'>, attempt: () => Attempt<T>): Promise<Result<T, TillError>> {
  for (let tries = 1; ; tries += 1) {
    const { result, isBusy } = attempt();
    if (!isBusy || tries >= BUSY_TRIES) return result;
    await new Promise<void>((resolve) => void clock.after(BUSY_AGAIN_MS, resolve));
  }
}
