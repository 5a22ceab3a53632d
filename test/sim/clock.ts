import type { Clock } from '../../main/ports.ts';

export type SimClock = Clock &
  Readonly<{
    /** True time: what Dojo's clock shows. The wall clock of `nowMs` can be set wrong against it. */
    trueMs(): number;
    /** Sets how far the PC's wall clock is ahead of true time. */
    setAheadMs(aheadMs: number): void;
    /** Runs every timer that is due, in order, up to a time; what each starts is let run before the next. */
    runTo(trueMs: number): Promise<void>;
    run(forMs: number): Promise<void>;
    /** When the next timer is due; Infinity: none. */
    nextAtMs(): number;
  }>;

type Timer = { atMs: number; order: number; callback: () => void };

/** A clock that stands still until it is told to run. */
export function createSimClock(startMs: number): SimClock {
  let trueMs = startMs;
  let aheadMs = 0;
  let order = 0;
  const timers = new Set<Timer>();

  const next = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (!first || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order)) first = timer;
    return first;
  };

  async function runTo(untilMs: number): Promise<void> {
    await settle();
    for (let timer = next(); timer && timer.atMs <= untilMs; timer = next()) {
      timers.delete(timer);
      trueMs = Math.max(trueMs, timer.atMs);
      timer.callback();
      await settle();
    }
    trueMs = Math.max(trueMs, untilMs);
  }

  return {
    nowMs: () => trueMs + aheadMs,
    trueMs: () => trueMs,
    setAheadMs(ms) {
      aheadMs = ms;
    },
    after(delayMs, callback) {
      const timer = { atMs: trueMs + Math.max(0, delayMs), order: order++, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    runTo,
    run: (forMs) => runTo(trueMs + forMs),
    nextAtMs: () => next()?.atMs ?? Number.POSITIVE_INFINITY,
  };
}

/** Lets promises that are already settled run their course, those that take a turn of the event loop too. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
