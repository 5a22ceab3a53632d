import { expect, test } from 'vitest';
import { diskFailure, diskInWords, refusedByDisk } from '../../main/app/disk-failure.ts';
import { withNext } from '../../main/words/error-next.ts';

const full = diskFailure(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
const broken = diskFailure(new Error('gone'));

test('a refusal for a disk says what to do about that disk, and only where nothing is known of it to ask somebody', () => {
  expect(withNext(refusedByDisk(full))).toEqual({ code: 'disk', message: 'The disk is full.', next: 'Make room on it, then try again.' });
  expect(withNext(refusedByDisk(broken)).next).toBe('Ask whoever looks after the PC. Then decide again.');
});

test('in one text what happened comes before what to do', () => {
  expect(diskInWords(full)).toBe('The disk is full. Make room on it, then try again.');
  expect(diskInWords(broken)).toBe('The disk could not be written.');
});
