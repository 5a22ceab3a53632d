const FIRST_AGAIN_MS = 2_000;
const AGAIN_MOST_MS = 10 * 60_000;

/** Times are of the monotonic clock, in ms. */
export type ReadAfterMove = Readonly<{
  /** Something was done here to the payment, or came to its end: it is read at once. */
  moved(paymentId: string, atMs: number): void;
  /** It was read, asked for then, and taken over. */
  read(paymentId: string, askedMs: number): void;
  /** Those that were not read since they moved, and whose turn it is; each is due again later, more and more rarely. */
  due(nowMs: number): readonly string[];
  /** Another account. */
  clear(): void;
}>;

type Unread = Readonly<{ movedMs: number; dueMs: number; waitMs: number }>;

/**
 * Payments that moved here and could not be read, or not be taken over, right after that: no answer came, or the disk failed. No list may
 * tell of an earlier day's any more, and only such a reading tells what somebody else did to it beside us.
 */
export function createReadAfterMove(): ReadAfterMove {
  const unread = new Map<string, Unread>();

  return {
    moved: (paymentId, atMs) => void unread.set(paymentId, { movedMs: atMs, dueMs: atMs + FIRST_AGAIN_MS, waitMs: FIRST_AGAIN_MS }),
    read(paymentId, askedMs) {
      if (askedMs >= (unread.get(paymentId)?.movedMs ?? Number.POSITIVE_INFINITY)) unread.delete(paymentId);
    },
    due(nowMs) {
      const due = [...unread].filter(([, { dueMs }]) => nowMs >= dueMs);
      for (const [paymentId, { movedMs, waitMs }] of due) {
        const nextMs = Math.min(AGAIN_MOST_MS, 2 * waitMs);
        unread.set(paymentId, { movedMs, dueMs: nowMs + nextMs, waitMs: nextMs });
      }
      return due.map(([paymentId]) => paymentId);
    },
    clear: () => unread.clear(),
  };
}
