import { type Change, changesElsewhere, isChanged, knownSince, mayExplain, type Noticed } from '../core/payment/changes.ts';
import type { Payment } from '../core/payment/payment.ts';
import { type Action, asSent } from '../core/queue/action.ts';
import { type Baseline, baselineOf, READ_BEFORE_MS } from '../core/queue/evidence.ts';
import { type ActivityEntry, changedElsewhere, type Ledger } from '../ports/ledger.ts';

const NONE: readonly Noticed[] = [];

export type OtherTillsOptions = Readonly<{
  ledger: Pick<Ledger, 'changedElsewhereSince'>;
  nowMs: () => number;
  /** This till's actions on a payment, in any state. */
  actionsOn: (paymentId: string) => readonly Action[];
  /** An action on it stands on the disk but cannot be read: it may explain anything. */
  isUnreadable: (paymentId: string) => boolean;
}>;

export type OtherTills = Readonly<{
  /** What was noticed since a time, from the disk; `actions` are those that may be under way. */
  load(accountId: string, sinceMs: number, actions: Iterable<Action>): void;
  /**
   * What the payments now read say that nothing done here explains, to be written with them; `end` hears whether it was.
   * `known`: as each was known before; null: never seen. No payment is in `read` twice.
   */
  judge(
    accountId: string,
    read: readonly Payment[],
    known: (paymentId: string) => Payment | null,
  ): Readonly<{ activity: readonly ActivityEntry[]; end: (written: boolean) => void }>;
  /** Something read of it waits for an action under way. */
  isWaiting(paymentId: string): boolean;
  /** In order; the same object as long as nothing was added. */
  noticedOn(paymentId: string): readonly Noticed[];
}>;

/** Notices what is done to the payments by somebody else: another till, Dojo's app, the bank. Tells each change once. */
export function createOtherTills({ ledger, nowMs, actionsOn, isUnreadable }: OtherTillsOptions): OtherTills {
  let noticed = new Map<string, readonly Noticed[]>();
  /** What was known where that is not what was read last: an action under way has to be settled first, or an older reading came later. */
  const knownBefore = new Map<string, Baseline>();
  /** Told before the restart, and later than what an action under way had read: not told again. */
  const toldAlready = new Map<string, readonly string[]>();

  function add(paymentId: string, what: Noticed): void {
    noticed.set(paymentId, [...noticedOn(paymentId), what]);
  }
  const noticedOn = (paymentId: string): readonly Noticed[] => noticed.get(paymentId) ?? NONE;

  return {
    load(accountId, sinceMs, actions) {
      noticed = new Map();
      knownBefore.clear();
      toldAlready.clear();
      // What the disk knows of a payment may be newer than what an action under way knew of it. Of several the first tells most.
      const firstOf = new Map<string, Before>();
      for (const action of actions) {
        const before = mayExplain(action) ? knownTo(action) : null;
        if (before && before.toldAfterMs < (firstOf.get(action.paymentId)?.toldAfterMs ?? Number.POSITIVE_INFINITY)) firstOf.set(action.paymentId, before);
      }
      // The till may have been off for longer than what ended is kept.
      const told = ledger.changedElsewhereSince(accountId, Math.min(sinceMs, ...[...firstOf.values()].map(({ toldAfterMs }) => toldAfterMs)));
      for (const { paymentId, atMs, note } of told) if (paymentId !== null && atMs >= sinceMs) add(paymentId, { atMs, what: note });
      for (const [id, before] of firstOf) {
        const since = told.filter(({ paymentId, atMs }) => paymentId === id && atMs > before.toldAfterMs);
        knownBefore.set(id, before.known);
        toldAlready.set(
          id,
          since.map(({ note }) => note),
        );
      }
    },
    judge(accountId, read, known) {
      const activity: ActivityEntry[] = [];
      const ends: ((written: boolean) => void)[] = [];
      const atMs = nowMs();
      for (const payment of read) {
        const { id } = payment;
        const last = known(id);
        if (!last) continue;
        const before = knownBefore.get(id) ?? asOfItsUpdate(last);
        // Where something waited, a reading that agrees with what was known ends that too.
        if (!isChanged(before, payment) && !knownBefore.has(id)) continue;
        const found = isUnreadable(id) ? null : changesElsewhere(before, payment, actionsOn(id));
        const changes = found && withoutTold(found, toldAlready.get(id) ?? []);
        for (const { kind, amountMinor, what } of changes ?? [])
          activity.push({
            atMs,
            accountId,
            what: changedElsewhere(kind),
            paymentId: id,
            actionId: null,
            note: what,
            ...(amountMinor === null ? {} : { amountMinor }),
          });
        ends.push((written) => {
          // What waits for an action, or could not be written, is judged again with the next reading.
          const now = changes === null || !written ? before : knownSince(before, asOfItsUpdate(payment));
          if (isChanged(now, payment)) knownBefore.set(id, now);
          else if (written) knownBefore.delete(id);
          if (changes !== null && written) toldAlready.delete(id);
          if (written) for (const { what } of changes ?? []) add(id, { atMs, what });
        });
      }
      return {
        activity,
        end(written) {
          for (const end of ends) end(written);
        },
      };
    },
    isWaiting: (paymentId) => knownBefore.has(paymentId),
    noticedOn,
  };
}

/** What was known of a payment before anything that an action did; what was told after this moment is not in it. */
type Before = Readonly<{ known: Baseline; toldAfterMs: number }>;

/** Never sent: the decision is as far back as is known. When it was accepted a wrong PC clock may have said. */
function knownTo(action: Action): Before | null {
  const { baseline, decidedOn } = asSent(action);
  if (baseline) return { known: baseline, toldAfterMs: baseline.readAtMs - READ_BEFORE_MS - 1 };
  return decidedOn && { known: decidedOn, toldAfterMs: decidedOn.readAtMs };
}

/** Each that was told takes away one that reads the same. */
function withoutTold(changes: readonly Change[], told: readonly string[]): readonly Change[] {
  const left = [...told];
  return changes.filter(({ what }) => {
    const index = left.indexOf(what);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** By Dojo's own date: what was sent after that is not in it. When it was read is later, and says less. */
const asOfItsUpdate = (payment: Payment): Baseline => baselineOf(payment, payment.updatedAtMs);
