import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DiskFailure } from '../ports/ledger.ts';

const FULL: DiskFailure = { code: 'full', message: 'The disk of this PC is full, so nothing was saved.', next: 'Make room on it, then try again.' };
const readOnly = (folder: string): DiskFailure => ({
  code: 'read-only',
  message: `Tillside may not write to its folder “${folder}”, so nothing was saved.`,
  next: 'Ask whoever looks after this PC.',
});
const BUSY: DiskFailure = {
  code: 'busy',
  message: 'Another program on this PC has Tillside’s queue and history open, so nothing was saved.',
  next: 'Close that program, then try again.',
};
const broken = (why: string): DiskFailure => ({
  code: 'broken',
  message: `The disk of this PC did not take it (${why}), so nothing was saved.`,
  next: 'Try again. If it stays, ask whoever looks after this PC.',
});
const TWICE: DiskFailure = {
  code: 'broken',
  message: 'This decision is on record already under another number, so nothing was saved a second time.',
  next: 'Look at the queue.',
};

const DAMAGE = /^SQLITE_(NOTADB|CORRUPT|IOERR_(SHORT_READ|CORRUPTFS|DATA))/;
const DISK = /^SQLITE_(FULL|READONLY|IOERR|CORRUPT|NOTADB|CANTOPEN|BUSY|LOCKED|PERM|NOMEM|PROTOCOL|NOLFS)/;
/** These do not say whether the disk is full, read-only or worse. */
const AMBIGUOUS = /^(SQLITE_(IOERR|CANTOPEN)|ENOENT)/;

/** The code of an SQLite or file system error; null: it is neither. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  // One driver gives no code where a file cannot be opened at all, only SQLite's number 14 in its text.
  return /Unable to open connection/.test(error.message) ? 'SQLITE_CANTOPEN' : null;
}

/** The file is not a readable database: another try will not mend it. */
export const isDamage = (error: unknown): boolean => DAMAGE.test(codeOf(error) ?? '');

export const isBusy = (error: unknown): boolean => /^(SQLITE_(BUSY|LOCKED)|EBUSY)/.test(codeOf(error) ?? '');

/** What a failed write or open means for a person. An error that is not the disk's is a broken invariant and is thrown on. */
export function diskFailureOf(error: unknown, folder: string): DiskFailure {
  const code = codeOf(error);
  if (code === null) throw error;
  if (code.startsWith('SQLITE_CONSTRAINT_UNIQUE')) return TWICE;
  if (isBusy(error)) return BUSY;
  if (code.startsWith('SQLITE_') && !DISK.test(code)) throw error;
  return byCode(code, folder) ?? (AMBIGUOUS.test(code) ? byTrying(folder) : null) ?? broken(code);
}

/** What a failed read means for a person; null: it is not the disk's doing. */
export function readFailureOf(error: unknown): DiskFailure | null {
  const code = codeOf(error);
  if (code === null || !DISK.test(code)) return null;
  return {
    code: isBusy(error) ? 'busy' : 'broken',
    message: `The disk of this PC could not be read just now (${code}). Tillside tries again by itself. If it stays, ask whoever looks after this PC.`,
  };
}

function byCode(code: string, folder: string): DiskFailure | null {
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC' || code === 'EDQUOT') return FULL;
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return readOnly(folder);
  return null;
}

/** As much as SQLite needs for its smallest file beside the ledger. */
const TRIAL_BYTES = 64 * 1024;

/** Writes a small file where the ledger is or should be, to learn what an ambiguous error meant; null: that worked. */
function byTrying(folder: string): DiskFailure | null {
  // A folder that could not be made is not there to be tried.
  if (!existsSync(folder) && dirname(folder) !== folder) return byTrying(dirname(folder));
  const trial = join(folder, `.trial-${process.pid}`);
  try {
    writeFileSync(trial, Buffer.alloc(TRIAL_BYTES), { flush: true });
    return null;
  } catch (error) {
    return byCode(codeOf(error) ?? '', folder);
  } finally {
    rmSync(trial, { force: true });
  }
}
