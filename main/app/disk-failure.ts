import type { DiskFailure } from '../ports/ledger.ts';

/** What a failed write of a small file (settings, key) means for a person. The ledger has words of its own. */
export function diskFailure(error: unknown): DiskFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'full', message: 'The disk is full.' };
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return { code: 'read-only', message: 'The disk does not let the till write.' };
    default:
      return { code: 'broken', message: code === '' ? 'The disk could not be written.' : `The disk could not be written (${code}).` };
  }
}
