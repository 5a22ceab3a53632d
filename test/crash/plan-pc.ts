import type { SeededRandom } from '../../main/simulator/random.ts';

/** What the PC under the till does, beside losing its power. */
export type PcPlan = Readonly<{
  /** How far its clock is ahead of Dojo's when the round begins. */
  aheadMs: number;
  clockJumps: readonly ClockJump[];
  sleeps: readonly Sleep[];
  /** Once nobody kills the till any more, it sleeps while it settles what it does not know. */
  lastSleep: Omit<Sleep, 'afterRequests'> | null;
}>;

/** Somebody, or a time server, sets the PC's clock so far ahead of Dojo's, when Dojo has heard so many requests in all. */
export type ClockJump = Readonly<{ afterRequests: number; aheadMs: number }>;

/**
 * The PC sleeps when Dojo has heard so many requests in all. Nothing of the till runs for `stoppedMs`, and its monotonic clock counts
 * that; by `unseenMs` more Dojo's time and the PC's clock have gone on when it wakes, which the monotonic clock has not counted.
 */
export type Sleep = Readonly<{ afterRequests: number; stoppedMs: number; unseenMs: number; breaksConnections: boolean }>;

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Right, a little wrong, wrong by hours as with another zone, wrong by far as with an empty battery; either way. */
function drawAheadMs(random: SeededRandom): number {
  const farMs = random.weighted([0, 2 * MINUTE_MS, 50 * MINUTE_MS, 14 * 3_600_000, 400 * DAY_MS], (mostMs) => (mostMs === 0 ? 3 : 2));
  return farMs === 0 ? 0 : random.whole(-farMs / SECOND_MS, farMs / SECOND_MS) * SECOND_MS;
}

function drawSleep(random: SeededRandom, mostStoppedMs: number): Omit<Sleep, 'afterRequests'> {
  const stoppedMs = random.whole(500, mostStoppedMs);
  const isCounted = random.chance(0.5);
  return { stoppedMs, unseenMs: isCounted ? 0 : random.whole(10, 40 * 60) * SECOND_MS, breaksConnections: random.chance(0.5) };
}

export function drawPc(random: SeededRandom): PcPlan {
  const times = <T>(most: number, draw: (afterRequests: number) => T): T[] => Array.from({ length: random.whole(0, most) }, () => draw(random.whole(20, 450)));
  return {
    aheadMs: drawAheadMs(random),
    clockJumps: times(2, (afterRequests) => ({ afterRequests, aheadMs: drawAheadMs(random) })),
    sleeps: times(2, (afterRequests) => ({ afterRequests, ...drawSleep(random, 8_000) })),
    lastSleep: random.chance(0.3) ? drawSleep(random, 100_000) : null,
  };
}

export const sleepInWords = ({ stoppedMs, unseenMs, breaksConnections }: Omit<Sleep, 'afterRequests'>): string =>
  `the PC sleeps for ${seconds(stoppedMs)}${unseenMs > 0 ? ` and ${seconds(unseenMs)} that its monotonic clock does not count` : ''}${breaksConnections ? '; connections break' : ''}`;
export const clockInWords = (aheadMs: number): string =>
  aheadMs === 0 ? 'the PC’s clock is right' : `the PC’s clock is ${seconds(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead' : 'behind'}`;

const seconds = (ms: number): string => `${(ms / SECOND_MS).toFixed(ms < 10 * SECOND_MS ? 1 : 0)} s`;
