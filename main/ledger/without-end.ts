import { words } from '../core/words.ts';
import { connect } from './database.ts';
import { copyAside } from './files.ts';
import { handOpenActionsToPerson } from './hand-over.ts';
import { removeMark } from './high-water-mark.ts';
import { keepUntold } from './loss.ts';
import { migrate } from './migrate.ts';
import { takeNewTillId } from './till-id.ts';

/**
 * Takes up a sound ledger whose newest writes are gone. It is newer than any backup, but what is open in it may have been sent,
 * or ended, in what is missing: that is a person's to settle. The mark goes last: a crash on the way comes back to here.
 */
export function takeUpWithoutEnd(file: string, nowMs: number): void {
  const keptAs = copyAside(file, nowMs);
  const db = connect(file);
  try {
    // What is missing may hold the change to this version as well.
    migrate(db);
    takeNewTillId(db);
    const handed = { accountId: null, atMs: nowMs, code: 'restored', said: words.endLost } as const;
    db.transaction(() => keepUntold(db, { kind: 'cut-short', keptAs, openActions: handOpenActionsToPerson(db, handed) })).immediate();
    removeMark(file);
  } finally {
    db.close();
  }
}
