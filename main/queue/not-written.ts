import type { TillError } from '../../preload/contract.ts';
import { err, type Result } from '../core/result.ts';
import type { DiskFailure } from '../ports/ledger.ts';

const NEXT: Readonly<Record<DiskFailure['code'], string>> = {
  full: 'Make room on the disk, then decide again.',
  'read-only': 'Ask whoever looks after the PC. Then decide again.',
  busy: 'Close the program that has it open, then decide again.',
  broken: 'Ask whoever looks after the PC. Then decide again.',
};

/** One try to write down what a person decides. `isBusy`: it is refused only because another program holds the ledger, as a rule for a moment. */
export type Attempt<T> = Readonly<{ result: Result<T, TillError>; isBusy: boolean }>;

/** A person's decision that is not on the disk is refused, never kept in memory alone. `nothing`: what was not done, in words. */
export const notWritten = ({ code, message }: DiskFailure, nothing: string): Attempt<never> => ({
  result: err({ code: 'disk', message: `${message} ${nothing}`, next: NEXT[code] }),
  isBusy: code === 'busy',
});
