import { rmSync } from 'node:fs';
import { forgetAddresses } from './actions.ts';
import { inspectCopy } from './check.ts';
import { type Connection, connectToSingleFile } from './database.ts';
import { BEING_BACKED_UP, backupFile, backupsOf, isThere, putInPlace, removeWithCompanions } from './files.ts';

export const BACKUPS_KEPT = 3;

/**
 * One backup a day, the newest three kept. It is made under another name, checked, synced and only then named and counted:
 * a backup that bears a date is a good one. Rejects where it could not be made; the older ones are then still there.
 */
export function backUpOf(db: Connection, file: string): { backUp(todayIso: string): Promise<void> } {
  let underWay: Promise<void> | null = null;

  async function make(todayIso: string): Promise<void> {
    const copy = `${file}${BEING_BACKED_UP}`;
    removeWithCompanions(copy);
    try {
      await db.backup(copy);
      asSingleFile(copy);
      const finding = inspectCopy(copy);
      if (finding.kind !== 'good') throw new Error(`expected a good backup, found it ${finding.kind}`);
      putInPlace(copy, backupFile(file, todayIso));
    } catch (error) {
      removeWithCompanions(copy);
      throw error;
    }
    for (const old of backupsOf(file).slice(BACKUPS_KEPT)) rmSync(old.file);
  }

  return {
    async backUp(todayIso) {
      if (underWay) return underWay;
      if (isThere(backupFile(file, todayIso))) return;
      underWay = make(todayIso).finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}

/** A copy says of itself that it keeps a WAL; a backup must be whole in one file. */
function asSingleFile(copy: string): void {
  const db = connectToSingleFile(copy);
  try {
    forgetAddresses(db);
  } finally {
    db.close();
  }
}
