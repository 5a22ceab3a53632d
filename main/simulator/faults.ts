import type { CaptureOutcome } from './intent.ts';
import { movesMoney, type Operation } from './routes.ts';

/** Which requests a fault waits for. Everything that is given must hold; nothing given: any request. */
export type FaultMatch = Readonly<{
  operation?: Operation | readonly Operation[];
  /** Captures, reversals and refunds. */
  movesMoney?: boolean;
  method?: string;
  /** A part of the path. */
  path?: string;
  paymentId?: string;
}>;

export type FaultKind =
  | Readonly<{ kind: 'delay-before' | 'delay-after-commit'; ms: number }>
  /** Never answered: the client's own time-out ends it. */
  | Readonly<{ kind: 'drop-before' | 'drop-after-commit' }>
  | Readonly<{ kind: 'reset-before' | 'reset-after-commit' }>
  | Readonly<{ kind: 'status-before' | 'status-after-commit'; status: number; retryAfter?: string }>
  /** 429. */
  | Readonly<{ kind: 'throttle'; retryAfterSeconds?: number }>
  /** A captive portal's page, status 200. */
  | Readonly<{ kind: 'html-before' | 'html-after-commit' }>
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
    match?: FaultMatch;
    /** Lets this many matching requests pass first. */
    skip?: number;
    /** How often it is played; once unless said. */
    times?: number;
    /** Waited before the request is handled, and after, on top of what the fault does. */
    beforeMs?: number;
    afterMs?: number;
  }>;

export type FaultTarget = Readonly<{ operation: Operation | null; method: string; path: string; id: string }>;

function matches({ operation, movesMoney: money, method, path, paymentId }: FaultMatch, target: FaultTarget): boolean {
  const operations = operation === undefined ? null : typeof operation === 'string' ? [operation] : operation;
  return (
    (operations === null || (target.operation !== null && operations.includes(target.operation))) &&
    (money === undefined || money === (target.operation !== null && movesMoney(target.operation))) &&
    (method === undefined || method === target.method) &&
    (path === undefined || target.path.includes(path)) &&
    (paymentId === undefined || paymentId === target.id)
  );
}

type Ordered = { fault: Fault; skip: number; times: number };

/** Faults in the order they were asked for. The first that fits a request is played on it. */
export function createFaults() {
  let ordered: Ordered[] = [];
  return {
    /** Returns its undo. */
    order(fault: Fault): () => void {
      // A cursor that repeats once only is no trouble to anybody.
      const times = fault.times ?? (fault.kind === 'repeated-cursor' ? Number.POSITIVE_INFINITY : 1);
      const entry = { fault, skip: fault.skip ?? 0, times };
      ordered.push(entry);
      return () => {
        ordered = ordered.filter((other) => other !== entry);
      };
    },
    clear(): void {
      ordered = [];
    },
    /** What is not played yet. */
    pending: (): readonly Fault[] => ordered.map(({ fault }) => fault),
    isPending: (fault: Fault): boolean => ordered.some((entry) => entry.fault === fault),
    take(target: FaultTarget): Fault | null {
      for (const entry of ordered) {
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
