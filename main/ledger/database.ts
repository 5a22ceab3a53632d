import Database from 'better-sqlite3';
import { err, ok, type Result } from '../core/result.ts';
import type { DiskFailure } from '../ports/ledger.ts';
import { codeOf, diskFailureOf } from './disk-failure.ts';

export type Connection = Database.Database;

/** Main stands still while SQLite waits for another program. Whoever writes tries again later without that. */
export const BUSY_MS = 50;

/**
 * The ledger's one connection. With `synchronous = FULL` a commit in WAL mode syncs the WAL before it returns: what was
 * written survives a power cut. A checkpoint, which syncs the main file, can come at leisure. On a Mac a plain sync stops
 * at the drive's own cache; `fullfsync` goes through it.
 */
export function connect(file: string): Connection {
  const db = new Database(file, { timeout: BUSY_MS });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('fullfsync = ON');
    db.pragma('checkpoint_fullfsync = ON');
    db.pragma('foreign_keys = ON');
    // What is deleted is overwritten: an e-mail address must not linger in a free page.
    db.pragma('secure_delete = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Closes the ledger as one whole file without companions, where the disk allows it; else the WAL stays and is read next time. */
export function disconnect(db: Connection): void {
  try {
    db.pragma('busy_timeout = 0');
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    // Everything is on disk either way; only what is not the disk's doing is a fault.
    if (codeOf(error) === null) throw error;
  } finally {
    db.close();
  }
}

/** For a file that is still being made or looked at: one file without companions, so that it can be copied and renamed. */
export function connectToSingleFile(file: string): Connection {
  const db = new Database(file, { timeout: BUSY_MS });
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    db.pragma('secure_delete = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Carries the WAL over into the ledger and leaves none of it, where nothing else reads it just now; else it is done with a later one. */
export function emptyWal(db: Connection): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // What was written is on the disk either way; only what is not the disk's doing is a fault.
    if (codeOf(error) === null) throw error;
  }
}

export type Write = <T>(body: () => T) => Result<T, DiskFailure>;

/** Runs a body as one transaction: all of it is on disk when this returns ok, none of it otherwise. */
export const writeTo =
  (db: Connection, folder: string): Write =>
  (body) => {
    try {
      return ok(db.transaction(body).immediate());
    } catch (error) {
      return err(diskFailureOf(error, folder));
    }
  };
