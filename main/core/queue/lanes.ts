import type { QueueState } from './queue-state.ts';

/** A request that is not answered by then gives its lane free: what hangs holds up nobody else. */
export const LANE_FREED_AFTER_MS = 3_000;
/** So many may hang at once before they count again: each holds a connection. */
export const HANGING_MAX = 24;

const LANES_MAX = 8;
const TIMEOUTS_WITHIN_MS = 10_000;
const TIMEOUTS_OF_PAYMENTS = 3;

/** How many lanes are taken just now. */
export function lanesTaken({ busy }: Pick<QueueState, 'busy'>, monotonicMs: number): number {
  let hanging = 0;
  for (const { sinceMonotonicMs } of busy.values()) if (monotonicMs - sinceMonotonicMs >= LANE_FREED_AFTER_MS) hanging += 1;
  return busy.size - Math.min(hanging, HANGING_MAX);
}

/** In how long the next lane is given free by a request that hangs; null: by none. */
export function laneFreedInMs({ busy }: Pick<QueueState, 'busy'>, monotonicMs: number): number | null {
  const left = [...busy.values()].map(({ sinceMonotonicMs }) => sinceMonotonicMs + LANE_FREED_AFTER_MS - monotonicMs).filter((ms) => ms > 0);
  return left.length === 0 ? null : Math.min(...left);
}

type Pace = Pick<QueueState, 'lanes' | 'timeouts'>;

/** A clean answer: one more at a time. */
export const oneMoreLane = ({ lanes }: Pace): Pick<Pace, 'lanes'> => ({ lanes: Math.min(LANES_MAX, lanes + 1) });

/** Dojo is busy: half as many at a time. */
export const halfTheLanes = ({ lanes }: Pace): Pick<Pace, 'lanes'> => ({ lanes: Math.max(1, Math.floor(lanes / 2)) });

/** One payment that hangs says nothing of the others; three within ten seconds mean that Dojo is slow. */
export function afterTimeout(pace: Pace, paymentId: string, atMonotonicMs: number): Pace {
  const lately = pace.timeouts.filter((one) => one.paymentId !== paymentId && atMonotonicMs - one.atMonotonicMs <= TIMEOUTS_WITHIN_MS);
  const timeouts = [...lately, { paymentId, atMonotonicMs }];
  return timeouts.length >= TIMEOUTS_OF_PAYMENTS ? { ...halfTheLanes(pace), timeouts: [] } : { lanes: pace.lanes, timeouts };
}
