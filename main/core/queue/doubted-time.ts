import { CLOCKS_APART_MS } from './evidence.ts';
import type { Now } from './queue-state.ts';

/** At first only one server was heard, which may be wrong, and the PC's clock too, to the same side. */
const FARTHER_AT_FIRST = 3;

/**
 * What time it may be instead of what one answer of Dojo's says, UTC epoch ms: one of several servers may be hours off, and nobody can
 * tell which at first. As long as the till's own time is doubted all of them may be wrong: it may be as much earlier or later as they are
 * apart, at first by a few times that. Nothing is called too late before all of them agree. Empty: nothing speaks against the answer.
 */
export function timesAgainst(dojoAtMs: number | null, { nowMs, otherwiseMs, isRepeated }: Now): readonly number[] {
  if (dojoAtMs === null) return [];
  const against = [nowMs, otherwiseMs ?? nowMs].filter((ms) => Math.abs(ms - dojoAtMs) > CLOCKS_APART_MS);
  // What the till goes by was repeated: one answer that says otherwise is wrong alone.
  if (against.length === 0 || otherwiseMs === null || otherwiseMs === undefined) return against;
  const [earliestMs, latestMs] = [Math.min(dojoAtMs, ...against), Math.max(dojoAtMs, ...against)];
  const byMs = (latestMs - earliestMs) * (isRepeated ? 1 : FARTHER_AT_FIRST);
  return [earliestMs - byMs, ...against, latestMs + byMs];
}

/** Dojo told a time in that answer, it is the time that this till goes by, and nothing speaks against it. */
export const isDatedBy = (dojoAtMs: number | null, now: Now): boolean => dojoAtMs !== null && timesAgainst(dojoAtMs, now).length === 0;
