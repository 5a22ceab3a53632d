import { readFileSync, writeFileSync } from 'node:fs';
import { words } from '../core/words.ts';
import { newestFirst } from './backup-reach.ts';
import { inspectCopy } from './check.ts';
import { connectToSingleFile } from './database.ts';
import { codeOf, isBusy } from './disk-failure.ts';
import { type Backup, BEING_MADE, BEING_RESTORED, moveAside, nameAside, putInPlace, removeWithCompanions } from './files.ts';
import { handOpenActionsToPerson } from './hand-over.ts';
import { keepUntold, type Loss, type Trouble } from './loss.ts';
import { migrate } from './migrate.ts';
import { takeNewTillId } from './till-id.ts';

/** A new, empty ledger: made whole under another name, then put in place. `loss`: it takes the place of one. */
export function makeEmpty(file: string, loss: Loss | null): void {
  const made = `${file}${BEING_MADE}`;
  const db = connectToSingleFile(made);
  try {
    migrate(db);
    if (loss) keepUntold(db, loss);
  } finally {
    db.close();
  }
  if (loss?.keptAs) moveAside(file, loss.keptAs);
  putInPlace(made, file);
}

/** `newer`: backups of a newer Tillside whose record reaches further. They stay as they are. */
export type Search = Readonly<{ isRestored: boolean; newer: number }>;

/**
 * Puts the newest good backup in place, where there is one, and what is there out of its way, as `keptAs`. A damaged backup on the way is set aside: its record may
 * reach further than those that will be made, which it must not push out. The copy is checked, brought up to date and its
 * open actions are handed to a person before it takes the ledger's name: a crash on the way leaves what there was.
 */
export function restoreNewest(file: string, nowMs: number, trouble: Trouble, keptAs: string | null): Search {
  const copy = `${file}${BEING_RESTORED}`;
  let newer = 0;
  // One that the disk does not give is last and stays where it is.
  for (const backup of newestFirst(file).filter(({ isUnreachable }) => !isUnreachable)) {
    if (!isCopied(backup.file, copy)) continue;
    const { kind } = inspectCopy(copy);
    if (kind === 'good') {
      bringUpToDate(copy, backup, nowMs, { trouble, newer, keptAs });
      if (keptAs !== null) moveAside(file, keptAs);
      putInPlace(copy, file);
      return { isRestored: true, newer };
    }
    removeWithCompanions(copy);
    if (kind === 'damaged') moveAside(backup.file, nameAside(backup.file, nowMs));
    if (kind === 'newer') newer += 1;
  }
  return { isRestored: false, newer };
}

/** false: the disk does not give it. What it does not take is another matter. */
function isCopied(backup: string, copy: string): boolean {
  let bytes: Buffer;
  try {
    bytes = readFileSync(backup);
  } catch (error) {
    if (codeOf(error) === null || isBusy(error)) throw error;
    return false;
  }
  writeFileSync(copy, bytes);
  return true;
}

function bringUpToDate(copy: string, { date }: Backup, nowMs: number, loss: Readonly<{ trouble: Trouble; newer: number; keptAs: string | null }>): void {
  const db = connectToSingleFile(copy);
  try {
    migrate(db);
    // Entries that were written after the backup are gone from here, perhaps not from where they were copied to.
    takeNewTillId(db);
    db.transaction(() => {
      const openActions = handOpenActionsToPerson(db, { accountId: null, atMs: nowMs, code: 'restored', said: words.restored(date) });
      keepUntold(db, { kind: 'restored', date, openActions, ...loss });
    }).immediate();
  } finally {
    db.close();
  }
}
