import type { Notice } from '../../preload/contract.ts';
import type { DiskFailure } from '../ports/ledger.ts';

const WHY: Readonly<Record<DiskFailure['code'], string>> = {
  full: 'The disk of this PC is full.',
  'read-only': 'Tillside may not write to its folder on this PC.',
  busy: 'Another program on this PC has the queue and history open.',
  broken: 'The disk of this PC does not work as it should.',
};

const NEXT: Readonly<Record<DiskFailure['code'], string>> = {
  full: 'Make room on it; Tillside then tries again by itself.',
  'read-only': 'Ask whoever looks after this PC. Tillside tries again by itself.',
  busy: 'Close that program; Tillside then tries again by itself.',
  broken: 'Ask whoever looks after this PC. Tillside tries again by itself.',
};

/** What the daily upkeep could not do. Nothing of the queue and history is lost by it, and no money waits for it. */
export const notPurged = ({ code }: DiskFailure): Notice => ({
  code: 'purge-failed',
  message: `${WHY[code]} Old days could not be removed and are still here. ${NEXT[code]}`,
});

export const notBackedUp = ({ code }: DiskFailure): Notice => ({
  code: 'backup-failed',
  message: `${WHY[code]} Today’s backup could not be made. The queue and history are all here. ${NEXT[code]}`,
});
