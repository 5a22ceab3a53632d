import type { Result } from '../core/result.ts';
import type { DiskFailure, Purged, PurgedActivity } from '../ports/ledger.ts';
import { ENDED } from './actions.ts';
import { ACTIVITY_KEPT_MS } from './activity.ts';
import { type Connection, emptyWal, type Write } from './database.ts';
import { removeSetAsideIn } from './set-aside.ts';

/** A few ms of work: what is deleted is overwritten as well. */
export const PURGED_AT_ONCE = 500;

/** Old payments, ended actions and what was noted of old days go. An action that could not be read stays as long as a damaged file does. */
export function purgeIn(db: Connection, write: Write) {
  // An action whose payment is young ended lately as well: a PC's clock that was months behind had dated its end. What is still done to a
  // payment, or was done lately, is judged by what all ended actions on it did.
  const actions = db.prepare<[number, number, number, number]>(
    `DELETE FROM actions WHERE rowid IN (
       SELECT rowid FROM actions WHERE state IN ${ENDED} AND changed_at < ? AND id NOT IN (SELECT id FROM set_aside WHERE table_name = 'actions')
         AND NOT EXISTS (
           SELECT 1 FROM payments WHERE payments.account_id = actions.account_id AND payments.id = actions.payment_id AND payments.mattered_at >= ?)
         AND NOT EXISTS (
           SELECT 1 FROM actions AS beside WHERE beside.account_id = actions.account_id AND beside.payment_id = actions.payment_id
             AND (beside.state NOT IN ${ENDED} OR beside.changed_at >= ?)) LIMIT ?)`,
  );
  const payments = db.prepare<[number, number]>(
    `DELETE FROM payments WHERE rowid IN (
       SELECT rowid FROM payments WHERE mattered_at < ? AND NOT EXISTS (
         SELECT 1 FROM actions WHERE actions.account_id = payments.account_id AND actions.payment_id = payments.id) LIMIT ?)`,
  );
  // When a day was last read as a whole: one for every day that somebody looked at.
  const days = db.prepare<[number]>(`DELETE FROM facts WHERE name GLOB 'asOf:*:[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND CAST(value AS INTEGER) < ?`);
  // Nothing but the oldest, in order: an entry that says an older time than those before it was written by a PC clock that was wrong. So was
  // one that says a time to come: it tells nothing of the age of others, and stays itself until it is old. The newest always stays.
  const activity = db.prepare<{ beforeMs: number; nowMs: number; most: number }>(
    `WITH shown AS (SELECT min(:beforeMs, max(at) - ${ACTIVITY_KEPT_MS}) AS before FROM activity WHERE at <= :nowMs)
     DELETE FROM activity WHERE entry IN (
       SELECT entry FROM activity, shown WHERE at < before AND entry < coalesce(
         (SELECT min(entry) FROM activity WHERE at >= before AND at <= :nowMs), (SELECT max(entry) FROM activity)) ORDER BY entry LIMIT :most)`,
  );
  const removeSetAside = removeSetAsideIn(db);
  return {
    purge(beforeMs: number): Result<Purged, DiskFailure> {
      let setAside = 0;
      const purged = write(() => {
        setAside = removeSetAside(beforeMs);
        const gone = { actions: actions.run(beforeMs, beforeMs, beforeMs, PURGED_AT_ONCE).changes, payments: payments.run(beforeMs, PURGED_AT_ONCE).changes };
        days.run(beforeMs);
        return { ...gone, isMore: gone.actions === PURGED_AT_ONCE || gone.payments === PURGED_AT_ONCE };
      });
      // A receipt's addresses may have been in it: they do not linger in the WAL either.
      if (purged.ok && setAside > 0) emptyWal(db);
      return purged;
    },
    purgeActivity: (beforeMs: number): Result<PurgedActivity, DiskFailure> =>
      write(() => {
        const entries = activity.run({ beforeMs, nowMs: beforeMs + ACTIVITY_KEPT_MS, most: PURGED_AT_ONCE }).changes;
        return { entries, isMore: entries === PURGED_AT_ONCE };
      }),
  };
}
