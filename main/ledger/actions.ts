import { type Action, withoutSpentAddresses } from '../core/queue/action.ts';
import type { Result } from '../core/result.ts';
import type { ActivityEntry, DiskFailure, LedgerContents } from '../ports/ledger.ts';
import { appendTo } from './activity.ts';
import { type Connection, emptyWal, type Write } from './database.ts';
import { type ActionRow, bodySum, decodeAction, encodeAction } from './rows.ts';
import { forgetUnreadableAddresses } from './set-aside.ts';
import { WRITER } from './till-id.ts';

/** `core/action.ts` says which states are final; everything else, known or not, counts as open. */
export const ENDED = `('done', 'refused', 'expired', 'withdrawn')`;

export function actionsIn(db: Connection, write: Write, nowMs: number) {
  const columns = 'id, seq, request_id, account_id, payment_id, state, changed_at, body, body_sum';
  const openAndEndedSince = db.prepare<[number], ActionRow>(
    `SELECT ${columns} FROM actions WHERE state NOT IN ${ENDED} OR changed_at >= ? OR (account_id, payment_id) IN (
       SELECT account_id, payment_id FROM actions WHERE state NOT IN ${ENDED}) ORDER BY seq, rowid`,
  );
  const byRequest = db.prepare<[string], ActionRow>(`SELECT ${columns} FROM actions WHERE request_id = ?`);
  const byPayment = db.prepare<[string, string], ActionRow>(`SELECT ${columns} FROM actions WHERE account_id = ? AND payment_id = ? ORDER BY seq, rowid`);
  const lastSeq = db.prepare<[], { last: number | null }>('SELECT max(seq) AS last FROM actions');
  const put = db.prepare<[string, number, string, string, string, string, number, string, number]>(
    `INSERT INTO actions (${columns}, till_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ${WRITER})
     ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, request_id = excluded.request_id, account_id = excluded.account_id,
       payment_id = excluded.payment_id, state = excluded.state, changed_at = excluded.changed_at, body = excluded.body,
       body_sum = excluded.body_sum`,
  );
  const keepAside = db.prepare<[string, string, string, number]>(
    `INSERT INTO set_aside (table_name, id, body, reason, at) VALUES ('actions', ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const append = appendTo(db);
  let seq = lastSeq.all()[0]?.last ?? 0;

  /** Splits rows into what can be read and what cannot. The unreadable row stays where it is, and a copy is kept aside. */
  function read(rows: readonly ActionRow[]): { actions: Action[]; unreadable: ActionRow[] } {
    const actions: Action[] = [];
    const unreadable: { row: ActionRow; reason: string }[] = [];
    for (const row of rows) {
      const action = decodeAction(row);
      if (action.ok) actions.push(action.value);
      else unreadable.push({ row, reason: action.error });
    }
    if (unreadable.length > 0)
      // Where the disk cannot take the copy, the row itself still is what it was.
      write(() => {
        for (const { row, reason } of unreadable) keepAside.run(row.id, row.body, reason, nowMs);
      });
    return { actions, unreadable: unreadable.map(({ row }) => row) };
  }

  return {
    loadActions(endedSinceMs: number): LedgerContents {
      const { actions, unreadable } = read(openAndEndedSince.all(endedSinceMs));
      return {
        actions,
        setAside: unreadable.length,
        setAsideLanes: unreadable.map((row) => ({ accountId: row.account_id, paymentId: row.payment_id })),
      };
    },
    /** A row that cannot be read answers null here; `request_id` is unique, so the same decision still cannot be written twice. */
    findRequest: (requestId: string): Action | null => read(byRequest.all(requestId)).actions[0] ?? null,
    actionsOn: (accountId: string, paymentId: string): readonly Action[] => read(byPayment.all(accountId, paymentId)).actions,
    /** Never the same twice, whether or not the one before was written. */
    nextSeq(): number {
      seq += 1;
      return seq;
    },
    writeActions(actions: readonly Action[], activity: readonly ActivityEntry[]): Result<null, DiskFailure> {
      const rows = actions.map(encodeAction);
      const written = write(() => {
        for (const row of rows) put.run(row.id, row.seq, row.request_id, row.account_id, row.payment_id, row.state, row.changed_at, row.body, row.body_sum);
        append(activity);
        return null;
      });
      if (written.ok) for (const row of rows) seq = Math.max(seq, row.seq);
      // The addresses of a receipt that just ended are gone from its row, but not from the WAL that carried it.
      if (written.ok && actions.some((action) => withoutSpentAddresses(action) !== action)) emptyWal(db);
      return written;
    },
  };
}

/** A ledger from before the sums: what is there is believed as it is. */
export function fillBodySums(db: Connection): void {
  const fill = db.prepare<[number, string]>('UPDATE actions SET body_sum = ? WHERE id = ?');
  for (const { id, body } of db.prepare<[], { id: string; body: string }>('SELECT id, body FROM actions').all()) fill.run(bodySum(body), id);
}

/** In a backup no receipt waits to be sent: after a restore a person decides, and nobody's address was kept for days. */
export function forgetAddresses(db: Connection): void {
  const open = db.prepare<[], ActionRow>(`SELECT * FROM actions WHERE state NOT IN ${ENDED} OR id IN (SELECT id FROM set_aside)`).all();
  const unreadable: ActionRow[] = [];
  const update = db.prepare<[string, number, string]>('UPDATE actions SET body = ?, body_sum = ? WHERE id = ?');
  db.transaction(() => {
    for (const row of open) {
      const action = decodeAction(row);
      if (!action.ok) unreadable.push(row);
      if (!action.ok || action.value.move.kind !== 'sendReceipt') continue;
      // Without a baseline it cannot be tried again either, with nobody to send it to.
      const forgotten = encodeAction({ ...action.value, baseline: null, move: { ...action.value.move, emails: [] } });
      update.run(forgotten.body, forgotten.body_sum, forgotten.id);
    }
    forgetUnreadableAddresses(db, unreadable);
  }).immediate();
}
