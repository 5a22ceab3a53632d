/** Keys of a barcode scanner follow each other faster than any hand: within this many milliseconds. */
export const SCAN_KEY_GAP_MS = 30;
/** Shorter runs happen when two fingers roll over the keys. */
const SCAN_LENGTH_MIN = 4;

/** The run of fast keys so far. Times are on the page's monotonic clock. */
export type Burst = Readonly<{ text: string; startedAtMs: number; lastAtMs: number }>;

export type BurstStep = Readonly<{
  burst: Burst | null;
  /** The key must reach nothing: it would press a button. */
  swallow: boolean;
  /** A whole scan, ended by Enter. */
  scanned: { text: string; startedAtMs: number } | null;
}>;

/** What one more key makes of the run. */
export function nextKey(burst: Burst | null, key: string, atMs: number): BurstStep {
  const goesOn = burst !== null && atMs - burst.lastAtMs <= SCAN_KEY_GAP_MS;
  if (key === 'Enter') {
    const isScan = goesOn && burst.text.length >= SCAN_LENGTH_MIN;
    return { burst: null, swallow: isScan, scanned: isScan ? { text: burst.text, startedAtMs: burst.startedAtMs } : null };
  }
  if ([...key].length !== 1) return key === 'Shift' ? { burst, swallow: false, scanned: null } : { burst: null, swallow: false, scanned: null };
  if (!goesOn) return { burst: { text: key, startedAtMs: atMs, lastAtMs: atMs }, swallow: false, scanned: null };
  return { burst: { text: burst.text + key, startedAtMs: burst.startedAtMs, lastAtMs: atMs }, swallow: key === ' ', scanned: null };
}
