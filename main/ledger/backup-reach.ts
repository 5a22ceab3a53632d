import Database from 'better-sqlite3';
import { lastEntryOf, lastNumberedIn } from './activity.ts';
import { isNewer, isNoLedger } from './check.ts';
import { BUSY_MS, type Connection } from './database.ts';
import { isBusy } from './disk-failure.ts';
import { type Backup, backupsOf } from './files.ts';
import { readMark } from './high-water-mark.ts';

/** How often a backup of this ledger was begun. Each backup carries its own number. */
const BACKUPS_MADE = 'backupsMade';

/** How far the record in a backup goes, by the record itself: a date is only what some clock said. */
type Reach = Readonly<{ entries: number; number: number; isNewer: boolean; isUnreachable: boolean }>;

const UNREADABLE: Reach = { entries: -1, number: -1, isNewer: false, isUnreachable: false };

/** Throws where another program holds the backup: it may be the best there is, and is free in a moment. */
function reachOf(backup: Backup): Reach {
  let db: Connection | null = null;
  try {
    db = new Database(backup.file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
    return { entries: Math.min(lastEntryOf(db), lastNumberedIn(db)), number: backupsMadeIn(db), isNewer: isNewer(db), isUnreachable: false };
  } catch (error) {
    if (isBusy(error)) throw error;
    // Whoever restores finds out what it is.
    return { ...UNREADABLE, isUnreachable: !isNoLedger(error) };
  } finally {
    db?.close();
  }
}

const backupsMadeIn = (db: Connection): number =>
  Number(db.prepare<[string], { value: string }>('SELECT value FROM facts WHERE name = ?').all(BACKUPS_MADE)[0]?.value ?? 0);

/** Counts one more, so that of two backups between which nothing was decided the later one is known. */
export function countBackup(db: Connection): void {
  db.prepare<[string, string]>('INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
    BACKUPS_MADE,
    String(backupsMadeIn(db) + 1),
  );
}

/** `isNewer`: a newer Tillside made it, so that this one can neither use it nor do without it. `isUnreachable`: the disk does not give it. */
export type RankedBackup = Backup & Readonly<Pick<Reach, 'entries' | 'isNewer' | 'isUnreachable'>>;

/** The one whose record goes furthest first; what is damaged comes last. Of those from before they were numbered the date decides. */
export const newestFirst = (file: string): readonly RankedBackup[] =>
  backupsOf(file)
    .map((backup) => ({ backup, reach: reachOf(backup) }))
    .sort((a, b) => b.reach.entries - a.reach.entries || b.reach.number - a.reach.number || (a.backup.date < b.backup.date ? 1 : -1))
    .map(({ backup, reach: { entries, isNewer, isUnreachable } }) => ({ ...backup, entries, isNewer, isUnreachable }));

/**
 * How far the record is known to have come, by the mark or by a backup. A ledger that does not come as far has lost something, and what goes on
 * after a loss is numbered above it: what an abandoned record left behind is behind it for good.
 */
export const furthestKnown = (file: string): number => Math.max(0, readMark(file), ...backupsOf(file).map(entriesIfFree));

/** A good ledger does not wait for who holds a backup. */
function entriesIfFree(backup: Backup): number {
  try {
    return reachOf(backup).entries;
  } catch (error) {
    if (!isBusy(error)) throw error;
    return UNREADABLE.entries;
  }
}
