import type { MoveKind } from '../../main/core/queue/action.ts';
import type { Told } from './told.ts';

/**
 * Something Dojo really did. `by`: the action's idempotency key, or `elsewhere`. `till`: the PC whose request it was, -1: somebody
 * else's. `id`: of the capture, refund, reversal. `sentAtMs`: when the request left.
 */
export type Committed = Readonly<{
  by: string;
  till: number;
  kind: MoveKind;
  paymentId: string;
  amountMinor: number | null;
  id: string;
  atMs: number;
  sentAtMs: number;
}>;
/** What a till answered `ok` to. */
export type Accepted = Readonly<{ till: number; actionId: string; atMs: number }>;

/** What really happened, in true time, for the invariants to compare with what the tills say. */
export type Journal = Readonly<{
  accepted: Accepted[];
  /** By idempotency key: when a request that moves money left. */
  sent: Map<string, number[]>;
  /** By idempotency key: when the answer to its last request was heard, or given up. */
  ended: Map<string, number>;
  /** By idempotency key: when `sending` was written. */
  begun: Map<string, number[]>;
  committed: Committed[];
  byKey: Map<string, Committed[]>;
  /** Keys whose request was done and answered with a refusal, or done twice: no client can know it from the answers. */
  misled: Set<string>;
  /** By idempotency key: of how many of its requests this till wrote down that they were refused, or have not left. */
  refused: Map<string, number>;
  /** By idempotency key: a part capture that was answered 429 and was not done so far. */
  throttled: Map<string, Readonly<{ paymentId: string; amountMinor: number }>>;
  /** Payments that Dojo said it did not know, though it does. */
  denied: Set<string>;
  /** `till action`: when a person was first asked about it. */
  asked: Map<string, number>;
  /** `till capture`: what an action was once said to have captured, by Dojo's name for it; the action may have been purged since. */
  claimed: Set<string>;
  /** Keys of which a person said the opposite of what Dojo had done by then. */
  misjudged: Set<string>;
  /** By idempotency key: when a person let it go out again. */
  released: Map<string, number[]>;
  /** By action: the key it was first written down with. */
  keys: Map<string, string>;
  /** What a person was told of what they decided. */
  told: Told[];
  counts: Map<string, number>;
  count(what: string): void;
  commit(committed: Committed): void;
  say(who: string, text: () => string): void;
  lines: readonly string[];
}>;

export function createJournal(nowMs: () => number, written: boolean): Journal {
  const counts = new Map<string, number>();
  const committed: Committed[] = [];
  const byKey = new Map<string, Committed[]>();
  const lines: string[] = [];
  const throttled = new Map<string, Readonly<{ paymentId: string; amountMinor: number }>>();
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1);
  return {
    accepted: [],
    sent: new Map(),
    ended: new Map(),
    begun: new Map(),
    committed,
    byKey,
    misled: new Set(),
    refused: new Map(),
    throttled,
    denied: new Set(),
    asked: new Map(),
    claimed: new Set(),
    misjudged: new Set(),
    released: new Map(),
    keys: new Map(),
    told: [],
    counts,
    count,
    commit(one) {
      const earlier = byKey.get(one.by) ?? [];
      // The same idempotency key gives the same refund again: nothing was done a second time.
      if (earlier.some(({ id }) => id === one.id)) return;
      committed.push(one);
      throttled.delete(one.by);
      if (one.kind === 'capture' && [...throttled.values()].some((part) => part.paymentId === one.paymentId && part.amountMinor === one.amountMinor))
        count('two tills ask for the same part, one is answered 429');
      byKey.set(one.by, [...earlier, one]);
    },
    say(who, text) {
      if (written) lines.push(`${new Date(nowMs()).toISOString().slice(5, 23).replace('T', ' ')}  ${who.padEnd(6)}  ${text()}`);
    },
    lines,
  };
}

export const pounds = (minor: number): string => `£${(minor / 100).toFixed(2)}`;
