/**
 * A scanner that is slower than any hand cannot be told from a person by its pace. It is told by its evenness: the key that ends its code
 * comes in the rhythm of the code. So a key moves money only after a pause that is clearly longer than the rhythm of the keys before it,
 * which is the time a person takes to look at the amount.
 */
/** As long as a dialog that has just opened is left alone. */
const PAUSE_MIN_MS = 400;
const RHYTHMS_MIN = 2;
/** Longer is a pause. No scanner can be set to be slower than a second a key. */
const RHYTHM_GAP_MAX_MS = 1_500;
const GAPS_MAX = 5;

/** When the last keys went down. */
export type Rhythm = Readonly<{ lastAtMs: number; gapsMs: readonly number[] }>;

export const STILL: Rhythm = { lastAtMs: Number.NEGATIVE_INFINITY, gapsMs: [] };

/** The rhythm after one more key. */
export function afterKey({ lastAtMs, gapsMs }: Rhythm, atMs: number): Rhythm {
  const gapMs = atMs - lastAtMs;
  return { lastAtMs: atMs, gapsMs: gapMs > RHYTHM_GAP_MAX_MS ? [] : [...gapsMs, gapMs].slice(-GAPS_MAX) };
}

/** How long a person has to wait after the last key before one moves money. */
export function pauseNeededMs({ gapsMs }: Rhythm): number {
  const sorted = [...gapsMs].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return Math.max(PAUSE_MIN_MS, RHYTHMS_MIN * median);
}

/** Whether a key at this time may move money. `rhythm`: of the keys before it. */
export const isAfterPause = (rhythm: Rhythm, atMs: number): boolean => atMs - rhythm.lastAtMs >= pauseNeededMs(rhythm);
