import type { Log } from '../../main/ports/log.ts';

/** A log that remembers what was written to it. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (message: string): void => void lines.push(message);
  return { lines, info: keep, warn: keep, error: keep };
}
