import { readFileSync, writeFileSync } from 'node:fs';
import { words } from '../core/words.ts';
import { entryAsText } from './activity.ts';
import { newestFirst } from './backup-reach.ts';
import { inspectCopy, type LedgerRecord } from './check.ts';
import { connectToSingleFile } from './database.ts';
import { codeOf, isBusy } from './disk-failure.ts';
import { type Backup, BEING_MADE, BEING_RESTORED, moveAside, nameAside, putInPlace, removeWithCompanions } from './files.ts';
import { goOnAfterLoss, type Since } from './go-on.ts';
import { handOpenActionsToPerson } from './hand-over.ts';
import type { Loss, Trouble } from './loss.ts';
import { migrate } from './migrate.ts';

/** A new, empty ledger: made whole under another name, then put in place. `loss`: it takes the place of one. */
export function makeEmpty(file: string, since: Since, loss: Loss | null): void {
  const made = `${file}${BEING_MADE}`;
  const db = connectToSingleFile(made);
  try {
    if (loss) goOnAfterLoss(db, since, () => loss);
    else migrate(db);
  } finally {
    db.close();
  }
  if (loss?.keptAs) moveAside(file, loss.keptAs);
  putInPlace(made, file);
}

/** What is the matter with the ledger, under what name it goes out of the way, and what is left of it, where anything can be believed. */
export type Lost = Readonly<{ trouble: Trouble; keptAs: string | null; left: LedgerRecord | null }>;

/** `newer`: backups of a newer Tillside whose record reaches further. They stay as they are. */
export type Search = Readonly<{ isRestored: boolean; newer: number }>;

/**
 * Puts the newest good backup in place, where there is one, and what is there out of its way. Where something is left of the ledger, only one
 * that holds all of that and more. A damaged backup on the way is set aside: its record may reach further than those that will be made, which
 * it must not push out. The copy is checked, brought up to date and its open actions are handed to a person before it takes the ledger's name:
 * a crash on the way leaves what there was.
 */
export function restoreNewest(file: string, since: Since, { trouble, keptAs, left }: Lost): Search {
  const copy = `${file}${BEING_RESTORED}`;
  let newer = 0;
  // One that the disk does not give is last and stays where it is.
  for (const backup of newestFirst(file).filter(({ entries, isUnreachable }) => !isUnreachable && (left === null || entries > left.entries))) {
    if (!isCopied(backup.file, copy)) continue;
    const { kind } = inspectCopy(copy);
    if (kind === 'good' && (left === null || goesOnFrom(left, copy))) {
      bringUpToDate(copy, backup, since, { trouble, newer, keptAs });
      if (keptAs !== null) moveAside(file, keptAs);
      putInPlace(copy, file);
      return { isRestored: true, newer };
    }
    removeWithCompanions(copy);
    if (kind === 'damaged') moveAside(backup.file, nameAside(backup.file, since.nowMs));
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

/** One of a record that went another way has another entry of that number. */
function goesOnFrom({ entries, newest }: LedgerRecord, copy: string): boolean {
  const db = connectToSingleFile(copy);
  try {
    return entryAsText(db, entries) === newest;
  } finally {
    db.close();
  }
}

function bringUpToDate(copy: string, { date }: Backup, since: Since, lost: Readonly<{ trouble: Trouble; newer: number; keptAs: string | null }>): void {
  const db = connectToSingleFile(copy);
  try {
    const handed = { accountId: null, atMs: since.nowMs, code: 'restored', said: words.restored(date) } as const;
    goOnAfterLoss(db, since, () => ({ kind: 'restored', date, openActions: handOpenActionsToPerson(db, handed), ...lost }));
  } finally {
    db.close();
  }
}
