import { isCapturedInPart, type Payment } from '../../main/core/payment/payment.ts';
import { isFound, searchedOf } from '../../main/core/payment/search-words.ts';
import { type Action, endOf, isFinal } from '../../main/core/queue/action.ts';
import { heardBefore, outcome } from '../../main/core/queue/outcome.ts';
import { err, ok, type Result } from '../../main/core/result.ts';
import { ACTIVITY_KEPT_MS } from '../../main/ledger/activity.ts';
import { decodeAction, encodeAction } from '../../main/ledger/rows.ts';
import { type ActivityEntry, CHANGED_ELSEWHERE, type DiskFailure, type Ledger, NO_NEWS } from '../../main/ports/ledger.ts';
import type { Kept, SimDisk } from './disk.ts';
import { knownSince } from './news.ts';

/** Makes a change of the disk durable, or says why it cannot. */
export type Write = (take: () => void, ofActions: boolean) => DiskFailure | null;

/** What the world hears of a ledger at work, and true time for what it writes. */
export type Watch = Readonly<{
  onKept(action: Action): void;
  nowMs?: () => number;
  onPurged?: (kept: readonly Kept[], payments: readonly Payment[]) => void;
  onBackedUp?: (date: string, isSure: boolean) => void;
}>;

/** As the real ledger has it: whenever something last happened to it. */
const matteredAtMs = ({ createdAtMs, updatedAtMs, paidAtMs, captures }: Payment): number =>
  Math.max(createdAtMs, updatedAtMs, paidAtMs ?? 0, ...(captures ?? []).map((capture) => capture.createdAtMs));

const laneOf = ({ accountId, paymentId }: Action): string => `${accountId} ${paymentId}`;

/** Few, so that a purge has several parts. */
const PURGED_AT_ONCE = 10;

/** The newest so many backups are kept, by the date in their names. */
const BACKUPS_KEPT = 3;

/** A ledger on a simulated disk, with the real one's way of writing rows down and reading them back, and its rules of what is purged. */
export function createSimLedger(disk: SimDisk, write: Write, watch: Watch | Watch['onKept']): Ledger {
  const { onKept, nowMs = () => 0, onPurged, onBackedUp } = typeof watch === 'function' ? { onKept: watch } : watch;
  const image = new Map<string, Action>();
  const byRequest = new Map<string, Action>();
  const lanes = new Map<string, Map<string, Action>>();
  const unreadable: { accountId: string; paymentId: string }[] = [];
  let lastSeq = 0;

  function remember(action: Action): void {
    image.set(action.id, action);
    byRequest.set(action.requestId, action);
    lastSeq = Math.max(lastSeq, action.seq);
    const lane = laneOf(action);
    lanes.set(lane, (lanes.get(lane) ?? new Map()).set(action.id, action));
  }
  for (const { row } of disk.actions.values()) {
    const action = decodeAction(row);
    if (action.ok) remember(action.value);
    else unreadable.push({ accountId: row.account_id, paymentId: row.payment_id });
    lastSeq = Math.max(lastSeq, row.seq);
  }

  const attempt = (take: () => void, ofActions = false): Result<null, DiskFailure> => {
    const failure = write(take, ofActions);
    return failure ? err(failure) : ok(null);
  };
  const isOpenLane = (action: Action): boolean => [...(lanes.get(laneOf(action))?.values() ?? [])].some((one) => !isFinal(one));
  const inOrder = (actions: Iterable<Action>): Action[] => [...actions].sort((a, b) => a.seq - b.seq);

  return {
    loadActions: (endedSinceMs) => ({
      actions: inOrder(image.values()).filter((action) => action.changedAtMs >= endedSinceMs || isOpenLane(action)),
      setAside: unreadable.length,
      setAsideLanes: unreadable,
    }),
    findRequest: (requestId) => byRequest.get(requestId) ?? null,
    actionsOn: (accountId, paymentId) => inOrder(lanes.get(`${accountId} ${paymentId}`)?.values() ?? []),
    nextSeq() {
      lastSeq += 1;
      return lastSeq;
    },
    writeActions(changed, activity) {
      const kept = changed.map((action) => ({ row: encodeAction(action), action, rotten: false, atMs: nowMs() }));
      const written = attempt(() => {
        for (const one of kept) {
          disk.actions.set(one.row.id, one);
          onKept(one.action);
        }
        disk.activity.push(...activity);
      }, true);
      if (written.ok) for (const action of changed) remember(action);
      return written;
    },
    writePayments: (accountId, payments, { activity, knownBefore } = NO_NEWS) =>
      attempt(() => {
        for (const payment of payments) {
          const lane = `${accountId} ${payment.id}`;
          disk.payments.set(lane, { accountId, payment, knownBefore: knownBefore.get(payment.id) ?? null });
          disk.known.set(lane, knownSince(disk.known.get(lane), payment, nowMs()));
        }
        disk.activity.push(...activity);
      }),
    payment: (accountId, paymentId) => disk.payments.get(`${accountId} ${paymentId}`)?.payment ?? null,
    payments: (accountId, fromMs, toMs, openHolds) =>
      [...disk.payments.values()]
        .filter((row) => row.accountId === accountId)
        .map((row) => row.payment)
        .filter(
          (payment) =>
            (payment.createdAtMs >= fromMs && payment.createdAtMs < toMs) ||
            (openHolds && payment.createdAtMs < fromMs && (payment.status === 'Authorized' || isCapturedInPart(payment))),
        )
        .sort((a, b) => b.createdAtMs - a.createdAtMs),
    newestPayments: (accountId, beforeMs, most) =>
      [...disk.payments.values()]
        .filter((row) => row.accountId === accountId && row.payment.createdAtMs < beforeMs)
        .map((row) => row.payment)
        .sort((a, b) => b.createdAtMs - a.createdAtMs)
        .slice(0, most),
    findPayments: (accountId, words, most) =>
      [...disk.payments.values()]
        .filter((row) => row.accountId === accountId && isFound(searchedOf(row.payment), words))
        .map((row) => row.payment)
        .sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1))
        .slice(0, most),
    activityOn: (paymentId) => disk.activity.filter((entry) => entry.paymentId === paymentId),
    changedElsewhereSince: (accountId, sinceMs) =>
      disk.activity.filter(({ accountId: of, what, atMs }) => of === accountId && what.startsWith(CHANGED_ELSEWHERE) && atMs >= sinceMs),
    knownBefore: (accountId) =>
      new Map(
        [...disk.payments.values()].flatMap(({ accountId: of, payment, knownBefore }) => (of === accountId && knownBefore ? [[payment.id, knownBefore]] : [])),
      ),
    accounts: () => [...disk.accounts.values()],
    writeAccount: (account, fingerprint) =>
      attempt(() => {
        disk.accounts.set(account.id, account);
        disk.keys.set(fingerprint, account.id);
      }),
    accountByKey: (fingerprint) => disk.accounts.get(disk.keys.get(fingerprint) ?? '') ?? null,
    readFact: (name) => disk.facts.get(name) ?? null,
    writeFact: (name, value) => attempt(() => void disk.facts.set(name, value)),
    tillId: () => disk.facts.get('tillId') ?? '',
    handOver({ atMs, accountId, code, said, facts, newTillId, key, activity }) {
      const handed = inOrder(image.values())
        .filter((action) => !isFinal(action) && (accountId === null || action.accountId === accountId))
        .map(
          (action): Action => ({
            ...action,
            state: 'needsPerson',
            endsAs: endOf(action),
            outcome: outcome(code, said, heardBefore(action.outcome)),
            changedAtMs: atMs,
          }),
        );
      const written = attempt(() => {
        for (const action of handed) disk.actions.set(action.id, { row: encodeAction(action), action, rotten: false, atMs: nowMs() });
        for (const [name, value] of Object.entries(facts)) disk.facts.set(name, value);
        if (newTillId !== null) disk.facts.set('tillId', newTillId);
        if (key) {
          disk.accounts.set(key.account.id, key.account);
          disk.keys.set(key.fingerprint, key.account.id);
        }
        disk.activity.push(...activity);
      }, true);
      if (written.ok)
        for (const action of handed) {
          remember(action);
          onKept(action);
        }
      return written;
    },
    purge(beforeMs) {
      const isYoung = (action: Action) => {
        const kept = disk.payments.get(laneOf(action));
        return kept !== undefined && matteredAtMs(kept.payment) >= beforeMs;
      };
      const isOld = (action: Action) => isFinal(action) && action.changedAtMs < beforeMs;
      const lively = new Set([...disk.actions.values()].flatMap(({ action }) => (isOld(action) ? [] : laneOf(action))));
      const ended = [...disk.actions.values()]
        .filter(({ action, rotten }) => !rotten && isOld(action) && !isYoung(action) && !lively.has(laneOf(action)))
        .slice(0, PURGED_AT_ONCE);
      const gone = new Set(ended.map(({ row }) => row.id));
      const left = new Set([...disk.actions.values()].filter(({ row }) => !gone.has(row.id)).map(({ action }) => laneOf(action)));
      const old = [...disk.payments].filter(([lane, { payment }]) => matteredAtMs(payment) < beforeMs && !left.has(lane)).slice(0, PURGED_AT_ONCE);
      const purged = attempt(() => {
        for (const { row } of ended) disk.actions.delete(row.id);
        for (const [lane] of old) {
          disk.payments.delete(lane);
          disk.known.delete(lane);
        }
      });
      if (!purged.ok) return purged;
      for (const { action } of ended) {
        image.delete(action.id);
        byRequest.delete(action.requestId);
        lanes.get(laneOf(action))?.delete(action.id);
      }
      onPurged?.(
        ended,
        old.map(([, { payment }]) => payment),
      );
      return ok({ payments: old.length, actions: ended.length, isMore: ended.length === PURGED_AT_ONCE || old.length === PURGED_AT_ONCE });
    },
    purgeActivity(beforeMs) {
      const isPast = ({ atMs }: ActivityEntry) => atMs <= beforeMs + ACTIVITY_KEPT_MS;
      const shownMs = Math.min(beforeMs, Math.max(...disk.activity.filter(isPast).map(({ atMs }) => atMs)) - ACTIVITY_KEPT_MS);
      const kept = disk.activity.findIndex((entry) => isPast(entry) && entry.atMs >= shownMs);
      const old = disk.activity.slice(0, kept).filter(({ atMs }) => atMs < shownMs);
      const gone = new Set(old.slice(0, PURGED_AT_ONCE));
      const entries = gone.size;
      const purged = attempt(() => {
        disk.activity = disk.activity.filter((entry) => !gone.has(entry));
      });
      return purged.ok ? ok({ entries, isMore: entries === PURGED_AT_ONCE }) : purged;
    },
    async backUp(todayIso, isSure) {
      if (disk.backups.some(({ date }) => date === todayIso)) return ok(null);
      const written = attempt(() => {
        const backups = [...disk.backups, { date: todayIso, atMs: nowMs() }].sort((a, b) => (a.date < b.date ? 1 : -1));
        disk.backups = isSure ? backups.slice(0, BACKUPS_KEPT) : backups;
      });
      if (written.ok) onBackedUp?.(todayIso, isSure);
      return written;
    },
    close: () => undefined,
  };
}
