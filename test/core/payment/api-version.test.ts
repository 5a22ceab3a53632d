import { expect, it } from 'vitest';
import { canReturnCancelled, changesTips, listsCaptures, takesTips } from '../../../main/core/payment/api-version.ts';

it.each([
  ['2022-01-03', false, false],
  ['2022-04-06', false, false],
  ['2022-04-07', true, false],
  ['2024-02-04', true, false],
  ['2024-02-05', true, true],
  ['2026-02-27', true, true],
])('version %s changes tips: %s; lists captures, takes tips with them and shows what is cancelled: %s', (version, tips, captures) => {
  expect(changesTips(version)).toBe(tips);
  expect([listsCaptures(version), takesTips(version), canReturnCancelled(version)]).toEqual([captures, captures, captures]);
});
