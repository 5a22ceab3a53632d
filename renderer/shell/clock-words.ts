const DAY_MINUTES = 24 * 60;
/** From so many on hours say little. */
const IN_DAYS_FROM = 2;

/** How wrong the PC's clock is. */
export const clockWords = (aheadMs: number): string =>
  `This PC’s clock is ${farInWords(Math.round(Math.abs(aheadMs) / 60_000))} ${aheadMs > 0 ? 'ahead' : 'behind'}.`;

function farInWords(minutes: number): string {
  if (minutes >= IN_DAYS_FROM * DAY_MINUTES) return `${Math.floor(minutes / DAY_MINUTES)} days`;
  const hours = Math.floor(minutes / 60);
  return hours >= 1 ? `${hours} h${minutes % 60 > 0 ? ` ${minutes % 60} min` : ''}` : `${minutes} min`;
}
