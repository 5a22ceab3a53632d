/** As far as this the PC's clock may be from what Dojo said last: a shop is shut for a day or two. */
const FAR_MS = 2 * 86_400_000;

/** Of the day on the screen, where Dojo has said nothing in this run. `lastMs`: what it would say now by what it said last. null: nothing to doubt. */
export function dayDoubtedInWords(pcMs: number, lastMs: number): string | null {
  if (Math.abs(pcMs - lastMs) <= FAR_MS) return null;
  return pcMs > lastMs
    ? 'Dojo has not said yet what day it is. The day shown goes by this PC’s clock, which may be wrong. Check the PC’s date and time.'
    : 'This PC’s clock is behind what Dojo said last. The day shown is the one of Dojo’s last answer. Set the PC’s date and time.';
}
