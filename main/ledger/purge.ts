import type { Result } from '../core/result.ts';
import type { DiskFailure } from '../ports/ledger.ts';
import { ENDED } from './actions.ts';
import type { Connection, Write } from './database.ts';

/** Old payments and ended actions go. An open action never does, nor its payment; nor an action that could not be read. */
export function purgeIn(db: Connection, write: Write) {
  const actions = db.prepare<[number]>(
    `DELETE FROM actions WHERE state IN ${ENDED} AND changed_at < ? AND id NOT IN (SELECT id FROM set_aside WHERE table_name = 'actions')`,
  );
  const payments = db.prepare<[number]>(
    `DELETE FROM payments WHERE created_at < ? AND NOT EXISTS (
       SELECT 1 FROM actions WHERE actions.account_id = payments.account_id AND actions.payment_id = payments.id AND actions.state NOT IN ${ENDED})`,
  );
  return {
    purge: (beforeMs: number): Result<{ payments: number; actions: number }, DiskFailure> =>
      write(() => ({ actions: actions.run(beforeMs).changes, payments: payments.run(beforeMs).changes })),
  };
}
