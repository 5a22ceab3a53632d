import type { WallClock } from '../ports/clock.ts';

/** A difference below this is the network's and the `Date` header's own coarseness. */
const NOISE_MS = 2_000;
/** No request takes longer. */
const REQUEST_MOST_MS = 60_000;
export const WRONG_CLOCK_MS = 2 * 60_000;

export type CorrectedClock = Readonly<{
  /** UTC epoch ms as Dojo's clock says it, as far as known. Deadlines follow this one. */
  nowMs(): number;
  /**
   * Learns from an answer: Dojo's `Date`, and the PC's clock when the request started and ended. True: the clock told a wrong time
   * until now, or this is the first that is learned (a PC that was just started may have set its clock meanwhile), so how long ago
   * something was cannot be told by it.
   */
  learn(dojoMs: number, startedAtMs: number, endedAtMs: number): boolean;
  /** How far the PC's clock is ahead of Dojo's; 0 while unknown. */
  aheadMs(): number;
}>;

export function createCorrectedClock(clock: WallClock): CorrectedClock {
  let offsetMs = 0;
  let hasLearned = false;
  return {
    nowMs: () => clock.nowMs() + offsetMs,
    learn(dojoMs, startedAtMs, endedAtMs) {
      const tookMs = endedAtMs - startedAtMs;
      // The PC slept, or its clock was set, while the request was on its way: nobody knows when in between the answer was made.
      if (tookMs < 0 || tookMs > REQUEST_MOST_MS) return false;
      // A header with whole seconds, made somewhere between start and end.
      const measured = dojoMs + 500 - (startedAtMs + endedAtMs) / 2;
      const unsureMs = NOISE_MS + tookMs / 2;
      const isFirst = !hasLearned;
      hasLearned = true;
      // What is known already explains it: a slow answer must not blur what a quick one told.
      if (Math.abs(measured - offsetMs) <= unsureMs) return isFirst;
      offsetMs = Math.abs(measured) <= unsureMs ? 0 : Math.round(measured);
      return true;
    },
    aheadMs: () => 0 - offsetMs,
  };
}
