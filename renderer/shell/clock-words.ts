/** How wrong the PC's clock is. */
export function clockWords(aheadMs: number): string {
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  const hours = Math.floor(minutes / 60);
  const far = hours >= 1 ? `${hours} h${minutes % 60 > 0 ? ` ${minutes % 60} min` : ''}` : `${minutes} min`;
  return `This PC’s clock is ${far} ${aheadMs > 0 ? 'ahead' : 'behind'}.`;
}
