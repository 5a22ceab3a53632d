import { words } from '../core/words.ts';
import { connect } from './database.ts';
import { copyAside, removeWithCompanions } from './files.ts';
import { goOnAfterLoss, type Since } from './go-on.ts';
import { handOpenActionsToPerson } from './hand-over.ts';

/**
 * Takes up a sound ledger whose newest writes are gone, and which no backup goes on from. What is open in it may have been sent, or ended, in
 * what is missing: that is a person's to settle. `newer`: backups of a newer Tillside that may go on from it.
 */
export function takeUpWithoutEnd(file: string, since: Since, newer: number): void {
  const { nowMs } = since;
  const keptAs = copyAside(file, nowMs);
  try {
    goOn(file, since, newer, keptAs);
  } catch (error) {
    // Each try makes a copy of its own.
    removeWithCompanions(keptAs);
    throw error;
  }
}

function goOn(file: string, since: Since, newer: number, keptAs: string): void {
  const { nowMs } = since;
  const db = connect(file);
  try {
    const handed = { accountId: null, atMs: nowMs, code: 'restored', said: words.endLost } as const;
    goOnAfterLoss(db, since, () => ({ kind: 'cut-short', newer, keptAs, openActions: handOpenActionsToPerson(db, handed) }));
  } finally {
    db.close();
  }
}
