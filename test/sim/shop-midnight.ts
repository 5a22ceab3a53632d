export const SHOP_ZONE = 'Europe/London';
const HOUR_MS = 3_600_000;
const walls = new Map<string, Intl.DateTimeFormat>();

function wallOf(timeZone: string): Intl.DateTimeFormat {
  const wall = walls.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' });
  walls.set(timeZone, wall);
  return wall;
}

/** The end of the calendar day in the shop's zone, found without the product's own arithmetic: where the date turns, to the millisecond. */
export function shopMidnightMs(atMs: number, zone: string = SHOP_ZONE): number {
  const wall = wallOf(zone);
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
