import type { ActivityEntry } from '../ports/ledger.ts';
import type { Connection } from './database.ts';
import { WRITER } from './till-id.ts';

type Row = Readonly<{
  at: number;
  account_id: string | null;
  what: string;
  payment_id: string | null;
  action_id: string | null;
  note: string;
  amount: number | null;
}>;

/** Six years. Also in the trigger that guards the log (migrate.ts), which is never changed: a longer time takes a new one. */
export const ACTIVITY_KEPT_MS = 2_192 * 86_400_000;

/** Appends within the caller's transaction. The table's own triggers refuse any change to what is there. */
export function appendTo(db: Connection): (entries: readonly ActivityEntry[]) => void {
  const append = db.prepare<[number, string | null, string, string | null, string | null, string, number | null]>(
    `INSERT INTO activity (at, account_id, what, payment_id, action_id, note, amount, till_id) VALUES (?, ?, ?, ?, ?, ?, ?, ${WRITER})`,
  );
  return (entries) => {
    for (const { atMs, accountId, what, paymentId, actionId, note, amountMinor } of entries)
      append.run(atMs, accountId, what, paymentId, actionId, note, amountMinor ?? null);
  };
}

const entryOf = (row: Row): ActivityEntry => ({
  atMs: row.at,
  accountId: row.account_id,
  what: row.what,
  paymentId: row.payment_id,
  actionId: row.action_id,
  note: row.note,
  ...(row.amount === null ? {} : { amountMinor: row.amount }),
});

/** The number of the newest entry: they count up, and the newest is never removed. 0: there is none. */
export const lastEntryOf = (db: Connection): number => db.prepare<[], { last: number | null }>('SELECT max(entry) AS last FROM activity').all()[0]?.last ?? 0;

/** The same as SQLite keeps it once more, to count on from: a number that is damaged is not the same in both. */
export const lastNumberedIn = (db: Connection): number =>
  db.prepare<[], { seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'activity'`).all()[0]?.seq ?? 0;

/** An entry as text, in the columns that every version has; null: there is none of that number. */
export const entryAsText = (db: Connection, entry: number): string | null =>
  db
    .prepare<[number], { text: string }>('SELECT json_array(at, account_id, what, payment_id, action_id, note) AS text FROM activity WHERE entry = ?')
    .all(entry)[0]?.text ?? null;

/** Appends an entry numbered above what is known, and with it all that comes after. Within the caller's transaction. */
export function appendAbove(db: Connection, known: number, { atMs, what, note }: Pick<ActivityEntry, 'atMs' | 'what' | 'note'>): void {
  db.prepare<[number, number, string, string]>(
    `INSERT INTO activity (entry, at, what, note, till_id) SELECT max(?, coalesce(max(entry), 0)) + 1, ?, ?, ?, ${WRITER} FROM activity`,
  ).run(known, atMs, what, note);
}

export function activityIn(db: Connection) {
  const columns = 'at, account_id, what, payment_id, action_id, note, amount';
  const byPayment = db.prepare<[string], Row>(`SELECT ${columns} FROM activity WHERE payment_id = ? ORDER BY entry`);
  // As the index on it says, word for word.
  const elsewhere = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM activity WHERE account_id = ? AND at >= ? AND what GLOB 'changed-elsewhere:*' ORDER BY at, entry`,
  );
  return {
    /** In the order it was written. */
    activityOn: (paymentId: string): readonly ActivityEntry[] => byPayment.all(paymentId).map(entryOf),
    changedElsewhereSince: (accountId: string, sinceMs: number): readonly ActivityEntry[] => elsewhere.all(accountId, sinceMs).map(entryOf),
  };
}
