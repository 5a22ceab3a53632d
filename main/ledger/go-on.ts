import { appendAbove } from './activity.ts';
import type { Connection } from './database.ts';
import { keepUntold, type Loss } from './loss.ts';
import { migrate } from './migrate.ts';
import { takeNewTillId, tillIdOf } from './till-id.ts';

/** `known`: how far the record that was lost is known to have come. */
export type Since = Readonly<{ nowMs: number; known: number }>;

/**
 * Goes on after a loss, in whatever is left: as another till, for entries that are gone from here are perhaps not gone from where they were
 * copied to; numbered above all that is known of the record that was lost, so that nothing left of it counts as newer. `lossIn` does what the
 * loss asks for, and says what is to be told.
 */
export function goOnAfterLoss(db: Connection, { nowMs, known }: Since, lossIn: () => Loss): void {
  // What is missing may hold the change to this version as well.
  migrate(db);
  db.transaction(() => {
    takeNewTillId(db);
    const loss = lossIn();
    keepUntold(db, loss);
    appendAbove(db, known, { atMs: nowMs, what: `ledger-${loss.kind}`, note: `goes on as till ${tillIdOf(db)}` });
  }).immediate();
}
