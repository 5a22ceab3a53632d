import type { Connection } from './database.ts';
import { type ActionRow, bodySum, decodeAction } from './rows.ts';

/** As long as damaged files that were set aside. */
const SET_ASIDE_KEPT_MS = 90 * 86_400_000;

/**
 * What could not be read goes with the days, the row and the copy of it: a customer's e-mail address may be in them. When it was found
 * only the PC's clock says, so its days are counted by the purges, which go by Dojo's: from the first that met it.
 */
export function removeSetAsideIn(db: Connection): (beforeMs: number) => number {
  // One that was met at a later time than now was met by a time that was wrong: it is counted from now on.
  const meet = db.prepare<[number, number]>('UPDATE set_aside SET met_before = ? WHERE met_before IS NULL OR met_before > ?');
  const due = db.prepare<[number], { id: string; body: string }>(`SELECT id, body FROM set_aside WHERE table_name = 'actions' AND met_before < ?`);
  const rowOf = db.prepare<[string], ActionRow>('SELECT * FROM actions WHERE id = ?');
  const removeRow = db.prepare<[string]>('DELETE FROM actions WHERE id = ?');
  const removeCopy = db.prepare<[string, string]>(`DELETE FROM set_aside WHERE table_name = 'actions' AND id = ? AND body = ?`);
  return (beforeMs) => {
    meet.run(beforeMs, beforeMs);
    const gone = due.all(beforeMs - SET_ASIDE_KEPT_MS);
    for (const { id, body } of gone) {
      const row = rowOf.all(id)[0];
      // Another Tillside may be able to read what an older one could not: that is an action like any other.
      if (row?.body === body && !decodeAction(row).ok) removeRow.run(id);
      removeCopy.run(id, body);
    }
    return gone.length;
  };
}

const ADDRESS_LIST = /("emails":\[)[^\]]*/g;
const ADDRESS = /[^\s"'<>,;:[\]{}]+@[^\s"'<>,;:[\]{}]+/g;
/** Of what can be read: addresses stand in a receipt's list alone. */
export const withoutAddressList = (body: string): string => body.replace(ADDRESS_LIST, '$1');
export const withoutAddresses = (body: string): string => withoutAddressList(body).replace(ADDRESS, '');

/** For a backup: what cannot be read is kept in it, what looks like an address is not. */
export function forgetUnreadableAddresses(db: Connection, unreadable: readonly ActionRow[]): void {
  const update = db.prepare<[string, number, string]>('UPDATE actions SET body = ?, body_sum = ? WHERE id = ?');
  for (const { id, body, body_sum: sum } of unreadable) {
    const forgotten = withoutAddresses(body);
    // A body that was not what was written is not made good by this.
    if (forgotten !== body) update.run(forgotten, bodySum(body) === sum ? bodySum(forgotten) : bodySum(forgotten) + 1, id);
  }
  const copies = db.prepare<[], { id: string; body: string }>('SELECT id, body FROM set_aside').all();
  const removeCopy = db.prepare<[string, string]>('DELETE FROM set_aside WHERE id = ? AND body = ?');
  for (const { id, body } of copies) if (withoutAddresses(body) !== body) removeCopy.run(id, body);
}
