import type { CaptureOutcome } from './intent.ts';
import { matches, type RequestMatch, type RequestTarget } from './match.ts';

export type FaultKind =
  | Readonly<{ kind: 'delay-before' | 'delay-after-commit'; ms: number }>
  /** Never answered: the client's own time-out ends it. */
  | Readonly<{ kind: 'drop-before' | 'drop-after-commit' }>
  | Readonly<{ kind: 'reset-before' | 'reset-after-commit' }>
  | Readonly<{ kind: 'status-before' | 'status-after-commit'; status: number; retryAfter?: string }>
  /** 429. */
  | Readonly<{ kind: 'throttle'; retryAfterSeconds?: number }>
  /** The page of a captive portal (200, unless said), or of a proxy. */
  | Readonly<{ kind: 'html-before' | 'html-after-commit'; status?: number; retryAfter?: string }>
  /** A status and nothing else. */
  | Readonly<{ kind: 'empty-before' | 'empty-after-commit'; status: number; retryAfter?: string }>
  /** Done so long after it came in, whether or not anybody still waits. Until then: silence, a reset, or a proxy's page (504, unless said). */
  | Readonly<{ kind: 'late'; ms: number; hears?: 'silence' | 'reset' | 'page'; status?: number }>
  /** JSON that stops in the middle, as a whole answer. */
  | Readonly<{ kind: 'malformed-before' | 'malformed-after-commit' }>
  /** The connection breaks in the middle of the answer. */
  | Readonly<{ kind: 'cut-short' }>
  /** The answer comes a few bytes at a time. */
  | Readonly<{ kind: 'trickle'; bytesPerStep?: number; everyMs?: number }>
  /** The answer is padded to 10 MB. */
  | Readonly<{ kind: 'huge' }>
  /** Handled twice, as by a proxy that repeats; the client hears one of the answers. */
  | Readonly<{ kind: 'double'; hears?: 'first' | 'second' }>
  /** A search whose next page is always the page just asked for. */
  | Readonly<{ kind: 'repeated-cursor' }>
  /** Taken by Dojo, then ended so by the bank behind it. */
  | Readonly<{ kind: 'outcome'; outcome: CaptureOutcome }>;

export type Fault = FaultKind &
  Readonly<{
    match?: RequestMatch;
    /** Lets this many matching requests pass first. */
    skip?: number;
    /** How often it is played; once unless said. */
    times?: number;
    /** Played on every request that fits until it is cleared; or for so long from when it was ordered. */
    untilCleared?: boolean;
    forMs?: number;
    /** Waited before the request is handled, and after, on top of what the fault does. */
    beforeMs?: number;
    afterMs?: number;
  }>;

type Ordered = { fault: Fault; skip: number; times: number; untilMs: number };

/** Faults in the order they were asked for. The first that fits a request is played on it. */
export function createFaults(nowMs: () => number) {
  let ordered: Ordered[] = [];
  const current = () => {
    const now = nowMs();
    if (ordered.some(({ untilMs }) => untilMs <= now)) ordered = ordered.filter(({ untilMs }) => untilMs > now);
    return ordered;
  };
  return {
    /** Returns its undo. */
    order(fault: Fault): () => void {
      // A cursor that repeats once only is no trouble to anybody.
      const lasts = fault.untilCleared || fault.forMs !== undefined || fault.kind === 'repeated-cursor';
      const times = fault.times ?? (lasts ? Number.POSITIVE_INFINITY : 1);
      const entry = { fault, skip: fault.skip ?? 0, times, untilMs: fault.forMs === undefined ? Number.POSITIVE_INFINITY : nowMs() + fault.forMs };
      ordered.push(entry);
      return () => {
        ordered = ordered.filter((other) => other !== entry);
      };
    },
    clear(): void {
      ordered = [];
    },
    /** What is not played yet. */
    pending: (): readonly Fault[] => current().map(({ fault }) => fault),
    isPending: (fault: Fault): boolean => current().some((entry) => entry.fault === fault),
    take(target: RequestTarget): Fault | null {
      for (const entry of current()) {
        if (!matches(entry.fault.match ?? {}, target)) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.times -= 1;
        if (entry.times <= 0) ordered = ordered.filter((other) => other !== entry);
        return entry.fault;
      }
      return null;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;
