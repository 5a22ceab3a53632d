import type { Clock } from './ports.ts';

/** A difference below this is the network's and the `Date` header's own coarseness. */
const NOISE_MS = 2_000;
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
      // A header with whole seconds, made somewhere between start and end.
      const measured = dojoMs + 500 - (startedAtMs + endedAtMs) / 2;
      offsetMs = Math.abs(measured) <= NOISE_MS + (endedAtMs - startedAtMs) / 2 ? 0 : Math.round(measured);
    },
    aheadMs: () => 0 - offsetMs,
  };
}
