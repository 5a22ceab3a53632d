import type { Action } from './action.ts';
import { isDatedBy } from './doubted-time.ts';
import { CLOCKS_APART_MS } from './evidence.ts';
import type { Turn } from './turn.ts';

/**
 * How long ago the first request of an action may have left, by the clock that says most: the monotonic one may stand still while the PC
 * sleeps, and the other may be set. `isSure`: it is no longer ago than that. A clock that was put back in between may hide a sleep, and
 * then Dojo's answers are all that tells of it, in doubt at first; of a send in an earlier run only Dojo's own time tells, in the reading
 * before it and in this one (`dojoAtMs`).
 */
export function sinceFirstSend(turn: Turn, action: Action, dojoAtMs: number | null): Readonly<{ longestMs: number; isSure: boolean }> {
  const { firstSentAtMs, baseline } = action;
  if (firstSentAtMs === null) throw new Error(`expected ${action.id} to have been sent`);
  const { now, firstSentSince, state } = turn;
  const byClockMs = now.nowMs - firstSentAtMs;
  const sinceMonotonicMs = firstSentSince.get(action.id);
  if (sinceMonotonicMs !== undefined) {
    const isPutBack = state.putBackSince !== null && state.putBackSince > sinceMonotonicMs;
    const isLater = [now.otherwiseMs, dojoAtMs].some((ms) => (ms ?? now.nowMs) - now.nowMs > CLOCKS_APART_MS);
    return { longestMs: Math.max(byClockMs, now.monotonicMs - sinceMonotonicMs), isSure: !isPutBack && !isLater };
  }
  return { longestMs: byClockMs, isSure: byClockMs >= 0 && !baseline?.isUndated && isDatedBy(dojoAtMs, now) };
}
