import type { Failure } from '../core/failure.ts';
import { backoffMs } from '../core/queue/backoff.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

/** Below this a wait is no wait. */
const LEAST_MS = 1_000;
/** A server may ask for any wait; on its word the till waits this long. */
const MOST_MS = 10 * 60_000;
/** Of so many it is no longer one payment's own affair. */
const SEVERAL = 3;

/**
 * Whether Dojo may be asked, or has asked to be left alone for a while. Everything that asks with one key shares one gate: readings of
 * the list, of single payments, of captures on their way, and the queue.
 */
export type RetryGate = Readonly<{
  /** How much longer it is closed; 0: Dojo may be asked. */
  leftMs(): number;
  /** Why nothing is asked now, with how much longer; null: it may be. */
  refusal(): Failure | null;
  /** Takes in what was answered; null: a good answer. `what`: what was asked of which payment; null: a list, which is about all. */
  learn(failure: Failure | null, what: string | null): void;
  /** Hears how long it is closed, each time that it closes for longer. */
  onClosed(listener: (leftMs: number) => void): void;
}>;

export function createRetryGate(clock: Pick<Clock, 'nowMs' | 'monotonicMs'>, random: Pick<Random, 'fraction'>): RetryGate {
  let closed: Readonly<{ why: Failure; forMs: number; wallMs: number; monotonicMs: number }> | null = null;
  /** Refusals in a row that did not say how long to wait. */
  let unsaid = 0;
  /** What was asked to wait for itself: when last, and whether something else was answered well since. */
  const refused = new Map<string, Readonly<{ atMs: number; othersAreWell: boolean }>>();
  const listeners: ((leftMs: number) => void)[] = [];

  /** Asleep, a PC's monotonic clock may stand still, and its wall clock may be set back: the wait is over when either says so. */
  function leftMs(): number {
    if (!closed) return 0;
    const passedMs = Math.max(clock.monotonicMs() - closed.monotonicMs, clock.nowMs() - closed.wallMs);
    return Math.max(0, closed.forMs - passedMs);
  }

  /** Asked to wait over and over while everything else is answered well, one payment alone is meant; several are everybody's affair. */
  function isAboutAll(what: string | null): boolean {
    if (what === null) return true;
    const atMs = clock.monotonicMs();
    for (const [other, { atMs: wasMs }] of refused) if (atMs - wasMs > 2 * MOST_MS) refused.delete(other);
    const othersAreWell = refused.get(what)?.othersAreWell ?? false;
    refused.set(what, { atMs, othersAreWell });
    return !othersAreWell || refused.size >= SEVERAL;
  }

  /** How long an answer asks everybody to be left alone; null: it does not. A refusal is about one request, and asks nothing of the others. */
  function askedMs(failure: Failure, what: string | null): number | null {
    if (failure.kind === 'refused' || failure.kind === 'key-refused') return null;
    if ((failure.retryAfterMs === null && failure.kind !== 'throttled') || !isAboutAll(what)) return null;
    if (failure.retryAfterMs !== null) return Math.min(Math.max(failure.retryAfterMs, LEAST_MS), MOST_MS);
    // Requests that were under way together are refused together: that is once.
    if (leftMs() === 0) unsaid += 1;
    return backoffMs(unsaid, random.fraction());
  }

  return {
    leftMs,
    refusal() {
      const retryAfterMs = leftMs();
      if (!closed || retryAfterMs === 0) return null;
      return { ...closed.why, kind: closed.why.kind === 'not-dojo' ? 'not-dojo' : 'throttled', cause: 'asked-to-wait', retryAfterMs };
    },
    learn(failure, what) {
      if (!failure) {
        // What was answered well while it is closed had left before.
        if (leftMs() > 0) return;
        unsaid = 0;
        if (what !== null) refused.delete(what);
        for (const [other, { atMs }] of refused) refused.set(other, { atMs, othersAreWell: true });
        return;
      }
      const forMs = askedMs(failure, what);
      if (forMs === null || forMs <= leftMs()) return;
      closed = { why: failure, forMs, wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
      for (const listener of listeners) listener(forMs);
    },
    onClosed: (listener) => void listeners.push(listener),
  };
}
