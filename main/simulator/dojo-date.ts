import type { Switches } from './switches.ts';

/** The `Date` of the `nth` answer (from 0); null: it has none. Several servers answer in turn, each by its own clock. */
export function dojoDate({ dateLeftOut, dateOffsetsMs }: Pick<Switches, 'dateLeftOut' | 'dateOffsetsMs'>, nth: number, nowMs: number): string | null {
  if (dateLeftOut) return null;
  const offsetMs = dateOffsetsMs[nth % Math.max(1, dateOffsetsMs.length)] ?? 0;
  return new Date(nowMs + offsetMs).toUTCString();
}
