import type { Clock } from './ports.ts';

/** A difference below this is the network's and the `Date` header's own coarseness. */
const NOISE_MS = 2_000;
/** No request takes longer. */
const REQUEST_MOST_MS = 60_000;
export const WRONG_CLOCK_MS = 2 * 60_000;

export type CorrectedClock = Readonly<{
  /** UTC epoch ms as Dojo's clock says it, as far as known. Deadlines follow this one. */
  nowMs(): number;
  /** Learns from an answer: Dojo's `Date`, and the PC's clock when the request started and ended. */
  learn(dojoMs: number, startedAtMs: number, endedAtMs: number): void;
  /** How far the PC's clock is ahead of Dojo's; 0 while unknown. */
  aheadMs(): number;
}>;

export function createCorrectedClock(clock: Clock): CorrectedClock {
  let offsetMs = 0;
  return {
    nowMs: () => clock.nowMs() + offsetMs,
    learn(dojoMs, startedAtMs, endedAtMs) {
      const tookMs = endedAtMs - startedAtMs;
      // A clock that was set while the request was on its way: only its end was told by the clock there is now.
      const spanMs = tookMs >= 0 && tookMs <= REQUEST_MOST_MS ? tookMs : 0;
      // A header with whole seconds, made somewhere between start and end.
      const measured = dojoMs + 500 - (endedAtMs - spanMs / 2);
      offsetMs = Math.abs(measured) <= NOISE_MS + spanMs / 2 ? 0 : Math.round(measured);
    },
    aheadMs: () => 0 - offsetMs,
  };
}
