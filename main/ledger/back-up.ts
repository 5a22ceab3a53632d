import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../core/result.ts';
import type { DiskFailure } from '../ports/ledger.ts';
import { forgetAddresses } from './actions.ts';
import { countBackup, newestFirst, type RankedBackup } from './backup-reach.ts';
import { inspectCopy } from './check.ts';
import { type Connection, connectToSingleFile } from './database.ts';
import { codeOf, diskFailureOf } from './disk-failure.ts';
import { BEING_BACKED_UP, backupFile, isThere, putInPlace, removeWithCompanions } from './files.ts';

export const BACKUPS_KEPT = 3;

const NOT_GOOD: DiskFailure = {
  code: 'broken',
  message: 'The backup of the queue and history could not be read back, so it was not kept. Ask whoever looks after this PC to check its disk.',
};

/**
 * One backup a day, the newest three kept. It is made under another name, checked, synced and only then named and counted:
 * a backup that bears a date is a good one. Where it could not be made, the older ones are still there.
 */
export function backUpOf(db: Connection, file: string): { backUp(todayIso: string, isSure: boolean): Promise<Result<null, DiskFailure>> } {
  let underWay: Promise<Result<null, DiskFailure>> | null = null;

  async function make(made: string, isSure: boolean): Promise<Result<null, DiskFailure>> {
    const copy = `${file}${BEING_BACKED_UP}`;
    try {
      removeWithCompanions(copy);
      countBackup(db);
      await db.backup(copy);
      asSingleFile(copy);
      if (inspectCopy(copy).kind !== 'good') {
        removeWithCompanions(copy);
        return err(NOT_GOOD);
      }
      putInPlace(copy, made);
      removeSpare(file, made, isSure);
      return ok(null);
    } catch (error) {
      // It was closed meanwhile: the next start removes what there is of it.
      if (!db.open) return ok(null);
      if (codeOf(error) === null) throw error;
      removeHalf(copy);
      return err(diskFailureOf(error, dirname(file)));
    }
  }

  /** The disk that refused the copy may refuse this too: the next try, or the next start, removes it. */
  function removeHalf(copy: string): void {
    try {
      removeWithCompanions(copy);
    } catch (error) {
      if (codeOf(error) === null) throw error;
    }
  }

  return {
    async backUp(todayIso, isSure) {
      if (underWay) return underWay;
      const made = backupFile(file, todayIso, isSure);
      if (isThere(made) || (!isSure && isThere(backupFile(file, todayIso)))) return ok(null);
      underWay = make(made, isSure).finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}

/**
 * What is one too many goes, the oldest record first. A date that is only the PC's takes nothing away but the copy made by an earlier
 * such date; with Dojo's date that copy has served. A newer Tillside's, and one that the disk does not give, are left alone and push out none.
 */
function removeSpare(file: string, made: string, isSure: boolean): void {
  const others = othersThan(made, file);
  const older = isSure ? others.filter((backup) => backup.isSure).slice(BACKUPS_KEPT - 1) : [];
  for (const spare of [...others.filter((backup) => !backup.isSure), ...older]) rmSync(spare.file);
}

/** While another program holds one of them, none is one too many before the next backup. */
function othersThan(made: string, file: string): readonly RankedBackup[] {
  try {
    return newestFirst(file).filter((backup) => backup.file !== made && !backup.isNewer && !backup.isUnreachable);
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return [];
  }
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
