import { readFailureOf } from '../ledger/disk-failure.ts';
import type { Clock } from '../ports/clock.ts';
import type { DiskFailure } from '../ports/ledger.ts';

/**
 * A disk that cannot be read for a moment makes the ledger throw, and nobody waits for what a timer does: on the real host such a throw
 * ends the program, whatever is on the wire. It is told of instead, and what was due comes with the next timer. Any other throw is a
 * broken invariant, and goes on.
 */
export type SteadyTimers = Readonly<{
  clock: Clock;
  /** Does it; where the disk could not be read, null. */
  steady<T>(what: () => T): T | null;
  /** Tells of a disk that could not be read; throws whatever else it is. */
  tell(error: unknown): void;
}>;

export function createSteadyTimers(clock: Clock, onUnreadable: (failure: DiskFailure) => void): SteadyTimers {
  function tell(error: unknown): void {
    const failure = readFailureOf(error);
    if (failure === null) throw error;
    onUnreadable(failure);
  }
  function steady<T>(what: () => T): T | null {
    try {
      return what();
    } catch (error) {
      tell(error);
      return null;
    }
  }
  return { clock: { ...clock, after: (delayMs, callback) => clock.after(delayMs, () => void steady(callback)) }, steady, tell };
}
