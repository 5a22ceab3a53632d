import { SHOP_ZONE } from './schedule.ts';

const HOUR_MS = 3_600_000;
const wall = new Intl.DateTimeFormat('en-GB', { timeZone: SHOP_ZONE, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The end of the calendar day in the shop's zone, found without the product's own arithmetic: where the date turns, to the millisecond. */
export function shopMidnightMs(atMs: number): number {
  const today = wall.format(atMs);
  let beforeMs = atMs;
  let afterMs = atMs + 26 * HOUR_MS;
  while (afterMs - beforeMs > 1) {
    const middleMs = Math.floor((beforeMs + afterMs) / 2);
    if (wall.format(middleMs) === today) beforeMs = middleMs;
    else afterMs = middleMs;
  }
  return afterMs;
}
