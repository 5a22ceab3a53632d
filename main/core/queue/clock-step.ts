import { isFinal } from './action.ts';
import { CLOCKS_APART_MS } from './evidence.ts';
import type { Turn } from './turn.ts';

/** Less is what correcting a clock by whole seconds leaves. */
const STEP_MS = 1_000;

/**
 * The clock was put back since the last event: Dojo said what time it is, or somebody set it. What is waited for is a length, so it ends
 * as much earlier by it, and by what only the PC's clock has counted, which may be a sleep. And no send is later than now: set back, a clock proves nothing about the time since, so the settling time
 * begins anew; and what others do meanwhile is not this till's own, where a PC clock that was ahead had dated the send.
 * Nothing ended later than now either: it would be of today, and a person's word would stand, until that date. Only Dojo's certain time
 * says so: by a PC clock that is behind all ends were later.
 */
export function followClock(turn: Turn): void {
  const { now, state } = turn;
  const aheadMs = now.nowMs - now.monotonicMs;
  const backMs = (state.aheadOfMonotonicMs ?? aheadMs) - aheadMs;
  const isBack = backMs > STEP_MS;
  const pcAheadMs = now.wallMs - now.monotonicMs;
  const sleptMs = Math.max(0, pcAheadMs - (state.pcAheadOfMonotonicMs ?? pcAheadMs));
  const soonerMs = backMs + sleptMs;
  const endsSooner = soonerMs > STEP_MS;
  const { throttledUntilMs, line, feltFor } = state;
  const sooner = <T extends Readonly<{ retryAtMs: number }>>(waits: T): T => ({ ...waits, retryAtMs: waits.retryAtMs - soonerMs });
  turn.set({
    aheadOfMonotonicMs: aheadMs,
    pcAheadOfMonotonicMs: pcAheadMs,
    ...(isBack && { putBackSince: now.monotonicMs }),
    ...(endsSooner && {
      throttledUntilMs: throttledUntilMs - soonerMs,
      line: sooner(line),
      feltFor: new Map([...feltFor].map(([kind, felt]) => [kind, sooner(felt)])),
    }),
  });
  for (const action of turn.actions.values()) {
    const { state: stands, notBeforeMs, sentAtMs, changedAtMs } = action;
    if (isFinal(action) && now.isCertain && changedAtMs > now.nowMs + CLOCKS_APART_MS) turn.change(action, stands, {});
    const isSooner = endsSooner && (stands === 'waiting' || stands === 'checking') && notBeforeMs > now.nowMs;
    const isSentAhead = (stands === 'checking' || stands === 'needsPerson') && (sentAtMs ?? 0) > now.nowMs;
    if (isSooner || isSentAhead)
      turn.change(action, stands, { notBeforeMs: isSooner ? notBeforeMs - soonerMs : notBeforeMs, sentAtMs: isSentAhead ? now.nowMs : sentAtMs });
  }
}
