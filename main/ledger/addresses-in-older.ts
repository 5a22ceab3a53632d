import { inspectCopy } from './check.ts';
import { type Connection, connectToSingleFile } from './database.ts';
import { codeOf } from './disk-failure.ts';
import { type ActionRow, bodySum, decodeAction } from './rows.ts';
import { withoutAddresses, withoutAddressList } from './set-aside.ts';

/** A row as an older Tillside wrote it: before the third version there were no sums. */
type OlderRow = Omit<ActionRow, 'body_sum'> & Readonly<{ body_sum?: number }>;

/**
 * Takes the addresses of receipts out of a copy of an older ledger, which stays as old as it is. false: there was none, or they could not
 * be taken out, and the copy is of no use: that the ledger can be opened at all matters more.
 */
export function forgetAddressesIn(copy: string): boolean {
  try {
    return forgottenIn(copy) > 0 && inspectCopy(copy).kind === 'good';
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return false;
  }
}

function forgottenIn(copy: string): number {
  const db = connectToSingleFile(copy);
  try {
    const forgotten = db.transaction(() => forgetIn(db)).immediate();
    // What the older one wrote over may linger in the free parts of a page.
    if (forgotten > 0) db.exec('VACUUM');
    return forgotten;
  } finally {
    db.close();
  }
}

function forgetIn(db: Connection): number {
  const rows = db.prepare<[], OlderRow>(`SELECT * FROM actions WHERE instr(body, '@') > 0`).all();
  const update = db.prepare<[string, string]>('UPDATE actions SET body = ? WHERE id = ?');
  let count = 0;
  for (const row of rows) {
    const { id, body, body_sum: sum = bodySum(body) } = row;
    const action = decodeAction({ ...row, body_sum: sum });
    // What cannot be read may have an address anywhere; elsewhere than in a receipt it is what a person wrote down.
    const forgotten = action.ok ? withoutAddressList(body) : withoutAddresses(body);
    if (forgotten === body) continue;
    update.run(forgotten, id);
    // A body that was not what was written is not made good by this.
    if (row.body_sum !== undefined) putSum(db, id, bodySum(forgotten) + (bodySum(body) === sum ? 0 : 1));
    count += 1;
  }
  const copies = db.prepare<[], { id: string; body: string }>('SELECT id, body FROM set_aside').all();
  const removeCopy = db.prepare<[string, string]>('DELETE FROM set_aside WHERE id = ? AND body = ?');
  for (const { id, body } of copies) if (withoutAddresses(body) !== body) count += removeCopy.run(id, body).changes;
  return count;
}

const putSum = (db: Connection, id: string, sum: number): void =>
  void db.prepare<[number, string]>('UPDATE actions SET body_sum = ? WHERE id = ?').run(sum, id);
