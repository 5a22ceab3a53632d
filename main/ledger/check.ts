import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { entryAsText, lastEntryOf } from './activity.ts';
import { BUSY_MS, type Connection } from './database.ts';
import { codeOf, isDamage } from './disk-failure.ts';
import { hasBytes, isThere } from './files.ts';
import { notedVersionOf, VERSION, versionOf } from './migrate.ts';

/** How far a good ledger's activity log has come, and its newest entry, where it has one. */
export type LedgerRecord = Readonly<{ entries: number; newest: string | null }>;
/** `version`: this Tillside's or an older one. */
export type Finding =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'good'; record: LedgerRecord; version: number }>
  | Readonly<{ kind: 'damaged' }>
  | Readonly<{ kind: 'newer'; version: number }>;

/** It is damaged, or something else. The statements are always the same: where one makes no sense to SQLite, it is the file that does not. */
export const isNoLedger = (error: unknown): boolean => isDamage(error) || codeOf(error) === 'SQLITE_ERROR';

/** Looks at the ledger's file without changing it. Throws where the disk, not the file, is the trouble. */
export function inspect(file: string): Finding {
  if (!isThere(file)) return { kind: hasBytes(`${file}-wal`) ? 'damaged' : 'none' };
  // A ledger is made under another name and put in place whole: it is never empty.
  if (!hasBytes(file)) return { kind: 'damaged' };
  // Only where a change of the whole file was cut short must SQLite be let to undo it, which takes writing.
  const readonly = !isThere(`${file}-journal`);
  // With a WAL the file may well be shorter than the ledger: the rest is in the WAL.
  const alone = readonly && !hasBytes(`${file}-wal`);
  return withConnection(file, readonly, (db) => (alone && isCutShort(db, file) ? { kind: 'damaged' } : findingOf(db)));
}

/** The same for a copy that nobody else uses. */
export const inspectCopy = (file: string): Finding =>
  hasBytes(file) ? withConnection(file, false, (db) => (isCutShort(db, file) ? { kind: 'damaged' } : findingOf(db))) : { kind: 'damaged' };

function withConnection(file: string, readonly: boolean, look: (db: Connection) => Finding): Finding {
  let db: Connection | null = null;
  try {
    db = new Database(file, { readonly, fileMustExist: true, timeout: BUSY_MS });
    return look(db);
  } catch (error) {
    if (isNoLedger(error)) return { kind: 'damaged' };
    throw error;
  } finally {
    db?.close();
  }
}

/** Damage to the file's header is not taken for a newer Tillside's version: it is noted inside as well. */
const isAsNoted = (db: Connection, version: number): boolean => version < 1 || (notedVersionOf(db) ?? version) === version;

export const isNewer = (db: Connection): boolean => versionOf(db) > VERSION && isAsNoted(db, versionOf(db));

function findingOf(db: Connection): Finding {
  const version = versionOf(db);
  if (!isAsNoted(db, version)) return { kind: 'damaged' };
  if (version > VERSION) return { kind: 'newer', version };
  const isLedger = version >= 1 && db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'actions'`).all().length === 1;
  // The quick check leaves out whether indexes agree with their tables; for what moves money that is asked too.
  const sound = isLedger && saysOk(db, 'quick_check(1)') && saysOk(db, 'integrity_check(actions)');
  return sound ? { kind: 'good', record: recordIn(db), version } : { kind: 'damaged' };
}

function recordIn(db: Connection): LedgerRecord {
  const entries = lastEntryOf(db);
  return { entries, newest: entryAsText(db, entries) };
}

/** SQLite reads the missing end of a last page as zeroes. */
const isCutShort = (db: Connection, file: string): boolean =>
  statSync(file).size < Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));

const saysOk = (db: Connection, check: string): boolean => db.pragma(check, { simple: true }) === 'ok';
