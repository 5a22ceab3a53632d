import { truncateSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isBusy, isDamage } from './disk-failure.ts';

const WAIT_MS = 1_000;

/**
 * Makes this process the only one with the ledger open, before anything is looked at or moved. The lock is the operating
 * system's, held by an open transaction on an empty file beside the ledger: it ends with the process, however that ends.
 * Returns its undo, or null where another process holds it.
 */
export function takeLock(file: string): (() => void) | null {
  try {
    return lock(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    // Nothing is ever stored in it, so nothing is lost.
    truncateSync(file);
    return lock(file);
  }
}

function lock(file: string): (() => void) | null {
  const db = new Database(file, { timeout: WAIT_MS });
  try {
    db.pragma(`busy_timeout = ${WAIT_MS}`);
    // Nothing is written, so there is nothing to undo after a crash and no need of a file for it.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}
