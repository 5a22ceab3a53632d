import type { Clock } from '../../main/ports/clock.ts';

/** True time, as Dojo's clock shows it. It stands still until it is told to run. */
export type SimClock = Clock &
  Readonly<{
    /** Runs every timer that is due, in order, up to a time or until it is enough; what each starts has its turn before the next. */
    runTo(untilMs: number, isEnough?: () => boolean): Promise<void>;
    run(forMs: number): Promise<void>;
    /** How many timers have still to fire. */
    timersLeft(): number;
  }>;

/** A till that asks again in the moment of its answer would use up a PC, and here it would never end. */
const AT_ONCE_MOST = 20_000;

type Timer = { atMs: number; order: number; callback: () => void };

/** `loopTurns`: the till works through long lists a page at a time and gives way to the event loop between them. */
export function createSimClock(startMs: number, loopTurns = true): SimClock {
  let nowMs = startMs;
  let order = 0;
  const timers = new Set<Timer>();

  const next = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (!first || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order)) first = timer;
    return first;
  };

  /** Lets promises that are settled already run their course. */
  async function settle(): Promise<void> {
    await new Promise<void>((resolve) => process.nextTick(resolve));
    if (loopTurns) for (let turn = 0; turn < 2; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  async function runTo(untilMs: number, isEnough = () => false): Promise<void> {
    await settle();
    let atOnce = 0;
    for (let timer = next(); timer && timer.atMs <= untilMs && !isEnough(); timer = next()) {
      timers.delete(timer);
      atOnce = timer.atMs > nowMs ? 0 : atOnce + 1;
      if (atOnce > AT_ONCE_MOST) throw new Error(`expected time to go on after ${AT_ONCE_MOST} timers of the same moment: something spins`);
      nowMs = Math.max(nowMs, timer.atMs);
      timer.callback();
      await settle();
    }
    if (!isEnough()) nowMs = Math.max(nowMs, untilMs);
  }

  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, callback) {
      const timer = { atMs: nowMs + Math.max(0, delayMs), order: order++, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    runTo,
    run: (forMs) => runTo(nowMs + forMs),
    timersLeft: () => timers.size,
  };
}
