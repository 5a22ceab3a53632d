import type { ActivityEntry } from '../ports.ts';
import type { Connection } from './database.ts';

type Row = Readonly<{ at: number; account_id: string | null; what: string; payment_id: string | null; action_id: string | null; note: string }>;

/** Appends within the caller's transaction. The table's own triggers refuse any change to what is there. */
export function appendTo(db: Connection): (entries: readonly ActivityEntry[]) => void {
  const append = db.prepare<[number, string | null, string, string | null, string | null, string]>(
    'INSERT INTO activity (at, account_id, what, payment_id, action_id, note) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return (entries) => {
    for (const entry of entries) append.run(entry.atMs, entry.accountId, entry.what, entry.paymentId, entry.actionId, entry.note);
  };
}

export function activityIn(db: Connection) {
  const byPayment = db.prepare<[string], Row>('SELECT at, account_id, what, payment_id, action_id, note FROM activity WHERE payment_id = ? ORDER BY entry');
  return {
    /** In the order it was written. */
    activityOn: (paymentId: string): readonly ActivityEntry[] =>
      byPayment.all(paymentId).map((row) => ({
        atMs: row.at,
        accountId: row.account_id,
        what: row.what,
        paymentId: row.payment_id,
        actionId: row.action_id,
        note: row.note,
      })),
  };
}
