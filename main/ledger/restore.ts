import { copyFileSync } from 'node:fs';
import { words } from '../core/words.ts';
import { newestFirst } from './backup-reach.ts';
import { inspectCopy } from './check.ts';
import { connectToSingleFile } from './database.ts';
import { type Backup, BEING_MADE, BEING_RESTORED, moveAside, putInPlace, removeWithCompanions } from './files.ts';
import { handOpenActionsToPerson } from './hand-over.ts';
import { migrate } from './migrate.ts';
import { takeNewTillId } from './till-id.ts';

/** A new, empty ledger: made whole under another name, then put in place. */
export function makeEmpty(file: string, clearTheWay: () => void = () => undefined): void {
  const made = `${file}${BEING_MADE}`;
  const db = connectToSingleFile(made);
  try {
    migrate(db);
  } finally {
    db.close();
  }
  clearTheWay();
  putInPlace(made, file);
}

export type Restored = Readonly<{ date: string; openActions: number }>;
/** `newer`: backups of a newer Tillside whose record reaches further. They stay as they are. */
export type Search = Readonly<{ restored: Restored | null; newer: number }>;

/**
 * Puts the newest good backup in place, where there is one. A damaged one on the way is set aside: its record may
 * reach further than those that will be made, which it must not push out. The copy is checked, brought up to date and its
 * open actions are handed to a person before it takes the ledger's name: a crash on the way leaves what there was.
 */
export function restoreNewest(file: string, nowMs: number, clearTheWay: () => void): Search {
  const copy = `${file}${BEING_RESTORED}`;
  let newer = 0;
  for (const backup of newestFirst(file)) {
    copyFileSync(backup.file, copy);
    const { kind } = inspectCopy(copy);
    if (kind === 'good') {
      const openActions = bringUpToDate(copy, backup, nowMs);
      clearTheWay();
      putInPlace(copy, file);
      return { restored: { date: backup.date, openActions }, newer };
    }
    removeWithCompanions(copy);
    if (kind === 'damaged') moveAside(backup.file, nowMs);
    if (kind === 'newer') newer += 1;
  }
  return { restored: null, newer };
}

function bringUpToDate(copy: string, { date }: Backup, nowMs: number): number {
  const db = connectToSingleFile(copy);
  try {
    migrate(db);
    // Entries that were written after the backup are gone from here, perhaps not from where they were copied to.
    takeNewTillId(db);
    return db.transaction(() => handOpenActionsToPerson(db, { accountId: null, atMs: nowMs, code: 'restored', said: words.restored(date) })).immediate();
  } finally {
    db.close();
  }
}
