import { changesElsewhere, isChanged, knownSince, type Noticed } from '../core/payment/changes.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Action } from '../core/queue/action.ts';
import { type Baseline, baselineOf } from '../core/queue/evidence.ts';
import { type ActivityEntry, changedElsewhere, type Ledger } from '../ports/ledger.ts';

const NONE: readonly Noticed[] = [];

export type OtherTillsOptions = Readonly<{
  ledger: Pick<Ledger, 'changedElsewhereSince' | 'knownBefore'>;
  nowMs: () => number;
  /** This till's actions on a payment, in any state. */
  actionsOn: (paymentId: string) => readonly Action[];
  /** An action on it stands on the disk but cannot be read: it may explain anything. */
  isUnreadable: (paymentId: string) => boolean;
}>;

export type OtherTills = Readonly<{
  /** Takes up an account from the disk: what was noticed since a time, and what waits to be judged. */
  open(accountId: string, sinceMs: number): void;
  /** What was noticed before this is no longer shown. */
  forget(beforeMs: number): void;
  /**
   * What the payments now read say that nothing done here explains, and what was known of those that wait to be judged, to be written
   * with them; `end` hears whether it was. `known`: as each was known before; null: never seen. No payment is in `read` twice. `readFromMs`:
   * none of it was read before that.
   */
  judge(
    accountId: string,
    read: readonly Payment[],
    known: (paymentId: string) => Payment | null,
    readFromMs: number,
  ): Readonly<{ activity: readonly ActivityEntry[]; knownBefore: ReadonlyMap<string, Baseline>; end: (written: boolean) => void }>;
  /** The payments of which something read waits for an action under way. */
  waiting(): readonly string[];
  /** Something read of it waits for an action under way. */
  isWaiting(paymentId: string): boolean;
  /** In order; the same object as long as nothing was added. */
  noticedOn(paymentId: string): readonly Noticed[];
}>;

/** Notices what is done to the payments by somebody else: another till, Dojo's app, the bank. Tells each change once. */
export function createOtherTills({ ledger, nowMs, actionsOn, isUnreadable }: OtherTillsOptions): OtherTills {
  let noticed = new Map<string, readonly Noticed[]>();
  /**
   * What was known where that is not what was read last: an action under way has to be settled first, or an older reading came later.
   * It is on the disk beside the payment: a till that starts again tells what it would have told.
   */
  let knownBefore = new Map<string, Baseline>();

  function add(paymentId: string, what: Noticed): void {
    noticed.set(paymentId, [...noticedOn(paymentId), what]);
  }
  const noticedOn = (paymentId: string): readonly Noticed[] => noticed.get(paymentId) ?? NONE;

  return {
    open(accountId, sinceMs) {
      noticed = new Map();
      for (const entry of ledger.changedElsewhereSince(accountId, sinceMs)) if (entry.paymentId !== null) add(entry.paymentId, noticedIn(entry));
      knownBefore = new Map(ledger.knownBefore(accountId));
    },
    forget(beforeMs) {
      for (const [id, all] of noticed) {
        const kept = all.filter(({ atMs }) => atMs >= beforeMs);
        if (kept.length === 0) noticed.delete(id);
        else if (kept.length < all.length) noticed.set(id, kept);
      }
    },
    judge(accountId, read, known, readFromMs) {
      const activity: ActivityEntry[] = [];
      const waiting = new Map<string, Baseline>();
      const ends: ((written: boolean) => void)[] = [];
      const atMs = nowMs();
      for (const payment of read) {
        const { id } = payment;
        const last = known(id);
        if (!last) continue;
        const before = knownBefore.get(id) ?? asOfItsUpdate(last);
        // Where something waited, a reading that agrees with what was known ends that too.
        if (!isChanged(before, payment) && !knownBefore.has(id)) continue;
        const changes = isUnreadable(id) ? null : changesElsewhere(before, payment, actionsOn(id), noticedOn(id), readFromMs);
        const entries = (changes ?? []).map(
          ({ kind, amountMinor, what }): ActivityEntry => ({
            atMs,
            accountId,
            what: changedElsewhere(kind),
            paymentId: id,
            actionId: null,
            note: what,
            ...(amountMinor === null ? {} : { amountMinor }),
          }),
        );
        activity.push(...entries);
        // What waits for an action is judged again with the next reading.
        const now = changes === null ? before : knownSince(before, asOfItsUpdate(payment));
        const isWaiting = isChanged(now, payment);
        if (isWaiting) waiting.set(id, now);
        ends.push((written) => {
          // So is what could not be written.
          if (isWaiting || !written) knownBefore.set(id, written ? now : before);
          else knownBefore.delete(id);
          if (written) for (const entry of entries) add(id, noticedIn(entry));
        });
      }
      return {
        activity,
        knownBefore: waiting,
        end(written) {
          for (const end of ends) end(written);
        },
      };
    },
    waiting: () => [...knownBefore.keys()],
    isWaiting: (paymentId) => knownBefore.has(paymentId),
    noticedOn,
  };
}

const noticedIn = ({ atMs, note, what, amountMinor }: ActivityEntry): Noticed => ({
  atMs,
  what: note,
  ...(what === changedElsewhere('capture') && amountMinor !== undefined ? { capturedMinor: amountMinor } : {}),
  ...(what === changedElsewhere('refund') && amountMinor !== undefined ? { refundedMinor: amountMinor } : {}),
  ...(what === changedElsewhere('reverse') ? { isReversal: true } : {}),
});

/** By Dojo's own date: what was sent after that is not in it. When it was read is later, and says less. */
const asOfItsUpdate = (payment: Payment): Baseline => baselineOf(payment, payment.updatedAtMs);
