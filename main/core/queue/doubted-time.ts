import { CLOCKS_APART_MS } from './evidence.ts';
import type { Now } from './queue-state.ts';

/**
 * What time it may be instead of what one answer of Dojo's says, UTC epoch ms: one of several servers may be hours off, and nobody can
 * tell which at first. Nothing that a deadline decides about is done before all of them agree. Empty: nothing speaks against the answer.
 */
export function timesAgainst(dojoAtMs: number | null, { nowMs, otherwiseMs }: Now): readonly number[] {
  if (dojoAtMs === null) return [];
  return [nowMs, otherwiseMs ?? nowMs].filter((ms) => Math.abs(ms - dojoAtMs) > CLOCKS_APART_MS);
}

/** Dojo told a time in that answer, it is the time that this till goes by, and nothing speaks against it. */
export const isDatedBy = (dojoAtMs: number | null, now: Now): boolean => dojoAtMs !== null && timesAgainst(dojoAtMs, now).length === 0;
