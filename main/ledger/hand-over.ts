import { endOf } from '../core/queue/action.ts';
import { heardBefore, outcome, type Said } from '../core/queue/outcome.ts';
import type { HandOver } from '../ports/ledger.ts';
import { ENDED } from './actions.ts';
import type { Connection } from './database.ts';
import { type ActionRow, decodeAction, encodeAction } from './rows.ts';
import { WRITER } from './till-id.ts';

type Handing = Pick<HandOver, 'accountId' | 'atMs'> & Readonly<{ code: HandOver['code'] | 'restored'; said: Said }>;

/**
 * What is open may have been sent, done or withdrawn by another copy of the record, or since this one was written, and nothing here
 * tells. None of it may be sent by itself again; a person compares with Dojo. Within the caller's transaction; returns how many there are.
 */
export function handOpenActionsToPerson(db: Connection, { accountId, atMs, code, said }: Handing): number {
  const open = db
    .prepare<[string | null, string | null], ActionRow>(`SELECT * FROM actions WHERE state NOT IN ${ENDED} AND (? IS NULL OR account_id = ?) ORDER BY seq`)
    .all(accountId, accountId);
  const update = db.prepare<[string, number, string, number, string]>(
    `UPDATE actions SET state = ?, changed_at = ?, body = ?, body_sum = ?, till_id = ${WRITER} WHERE id = ?`,
  );
  for (const row of open) {
    const action = decodeAction(row);
    if (!action.ok) continue; // It is set aside when the ledger is loaded.
    const told = outcome(code, said, heardBefore(action.value.outcome));
    const changed = encodeAction({ ...action.value, state: 'needsPerson', endsAs: endOf(action.value), outcome: told, changedAtMs: atMs });
    update.run(changed.state, changed.changed_at, changed.body, changed.body_sum, changed.id);
  }
  return open.length;
}
