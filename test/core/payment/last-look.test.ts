import { expect, test } from 'vitest';
import { isSameLook, type LastLook, NOT_LOOKED } from '../../../main/core/payment/last-look.ts';
import { MINUTE_MS, NOON_MS } from '../../builders.ts';

const look = (kind: LastLook['kind'], readAtMs: number | null = NOON_MS): LastLook => ({ kind, readAtMs });

test.each<[string, LastLook, LastLook, boolean]>([
  ['of the same minute', look('read'), look('read', NOON_MS + MINUTE_MS - 1), true],
  ['a minute later', look('read'), look('read', NOON_MS + MINUTE_MS), false],
  ['of another kind', look('read'), look('unread'), false],
  ['not read yet', look('unread', null), NOT_LOOKED, true],
  ['read since', NOT_LOOKED, look('unread'), false],
])('a look is told anew by the minute: %s', (_, one, other, isSame) => {
  expect(isSameLook(one, other)).toBe(isSame);
  expect(isSameLook(other, one)).toBe(isSame);
});
