import type { DiskFailure } from '../ports/ledger.ts';

/** What could not be written is refused with what happened, and what to do about that disk. */
export const refusedByDisk = ({ message, next }: DiskFailure): Readonly<{ code: 'disk'; message: string; next?: string }> => ({
  code: 'disk',
  message,
  ...(next === undefined ? {} : { next }),
});

/** The same where it is one text. */
export const diskInWords = ({ message, next }: DiskFailure): string => (next === undefined ? message : `${message} ${next}`);

/** What a failed write of a small file (settings, key) means for a person. The ledger has words of its own. */
export function diskFailure(error: unknown): DiskFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'full', message: 'The disk is full.', next: 'Make room on it, then try again.' };
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return { code: 'read-only', message: 'The disk does not let the till write.' };
    default:
      return { code: 'broken', message: code === '' ? 'The disk could not be written.' : `The disk could not be written (${code}).` };
  }
}
