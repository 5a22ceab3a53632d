import { uptime } from 'node:os';
import type { Clock } from '../ports/clock.ts';

/** Longer delays make a timer fire at once: its count is a signed 32-bit number of ms, about 24.8 days. */
const DELAY_MS_MAX = 0x7fffffff;

/** The PC's clock. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sinceBootMs: () => uptime() * 1_000,
  after(delayMs, callback) {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const stepMs = Math.min(Math.max(leftMs, 0), DELAY_MS_MAX);
      timer = setTimeout(() => (leftMs > stepMs ? wait(leftMs - stepMs) : callback()), stepMs);
    };
    wait(delayMs);
    return () => clearTimeout(timer);
  },
};
