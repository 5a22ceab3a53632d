import { expect, test } from 'vitest';
import { createLastLooks } from '../../main/sync/last-looks.ts';
import { aFailure, aPayment, MINUTE_MS, NOON_MS } from '../builders.ts';

const payment = aPayment({ id: 'pi_1' });
const refused = (status: number) => aFailure({ kind: 'refused', status });

function aLook() {
  const at = { nowMs: NOON_MS, wallMs: 7, monotonicMs: 9 };
  const looks = createLastLooks({ nowMs: () => at.wallMs, monotonicMs: () => at.monotonicMs }, () => at.nowMs);
  const known = () => [looks.isNow('pi_1') ? 'now' : looks.isUnknown('pi_1') ? 'unknown' : 'unread', looks.readAtMs('pi_1')];
  return { at, looks, known };
}

test('a payment is unread until Dojo shows it to the key that is connected', () => {
  const { at, looks, known } = aLook();
  expect(known()).toEqual(['unread', null]);
  expect(looks.read([payment])).toBe(true);
  at.nowMs += 1_000;
  expect(looks.read([payment])).toBe(false);
  expect(known()).toEqual(['now', NOON_MS + 1_000]);
  looks.begin();
  expect(known()).toEqual(['unread', NOON_MS + 1_000]);
  looks.failed('pi_1', refused(404));
  looks.begin();
  expect(known()).toEqual(['unread', NOON_MS + 1_000]);
});

test.each([
  ['slept', { monotonicMs: 0, wallMs: 1 }],
  ['stood still while its clock did', { monotonicMs: 1, wallMs: 0 }],
  ['had its clock put back', { monotonicMs: 0, wallMs: -1 }],
])('a reading is from now for six minutes, however the PC %s', (_, { monotonicMs, wallMs }) => {
  const { at, looks, known } = aLook();
  looks.read([payment]);
  at.monotonicMs += monotonicMs * 6 * MINUTE_MS;
  at.wallMs += wallMs * 6 * MINUTE_MS;
  expect(known()).toEqual(['now', NOON_MS]);
  at.monotonicMs += monotonicMs;
  at.wallMs += wallMs;
  expect(known()).toEqual(['unread', NOON_MS]);
  expect(looks.read([payment])).toBe(true);
  expect(known()).toEqual(['now', NOON_MS]);
});

test('what somebody asks for anew is from now once it is read again, and stays unknown where it was', () => {
  const { looks, known } = aLook();
  looks.read([payment]);
  looks.forget(['pi_1']);
  expect(known()).toEqual(['unread', NOON_MS]);
  expect(looks.read([payment])).toBe(true);
  expect(known()).toEqual(['now', NOON_MS]);
  looks.failed('pi_1', refused(404));
  looks.forget(['pi_1']);
  expect(known()).toEqual(['unknown', NOON_MS]);
});

test.each([
  ['404', refused(404), 'unknown'],
  ['403', refused(403), 'unread'],
  ['nothing', aFailure({ kind: 'unknown-outcome' }), 'unread'],
  ['that the key is not accepted', aFailure({ kind: 'key-refused', status: 401 }), 'unread'],
] as const)('one that was read before and is answered %s is %s', (_, failure, kind) => {
  const { looks, known } = aLook();
  looks.read([payment]);
  expect(looks.failed('pi_1', failure)).toBe(true);
  expect(looks.failed('pi_1', failure)).toBe(false);
  expect(known()).toEqual([kind, NOON_MS]);
});

test('one that Dojo does not know stays so while answers are lost, until it is shown', () => {
  const { looks, known } = aLook();
  looks.failed('pi_1', refused(404));
  expect(looks.failed('pi_1', aFailure({ kind: 'not-sent' }))).toBe(false);
  expect(known()).toEqual(['unknown', null]);
  expect(looks.read([payment])).toBe(true);
  expect(known()).toEqual(['now', NOON_MS]);
});

test('of several that are read at once each is taken by itself: which of them are news, and which Dojo does not know', () => {
  const { looks, known } = aLook();
  const other = aPayment({ id: 'pi_2' });
  looks.read([payment]);
  expect(looks.read([payment, other])).toBe(true);
  for (const id of ['pi_1', 'pi_3']) looks.failed(id, refused(404));
  expect([...looks.unknown()]).toEqual(['pi_1', 'pi_3']);
  looks.read([other, payment]);
  expect([known()[0], ...looks.unknown()]).toEqual(['now', 'pi_3']);
});

test('what Dojo does not know is the same set until that changes: the list is not made anew for it', () => {
  const { looks } = aLook();
  const none = looks.unknown();
  looks.begin();
  looks.read([payment]);
  expect(looks.unknown()).toBe(none);
  looks.failed('pi_2', refused(404));
  const one = looks.unknown();
  looks.failed('pi_2', refused(404));
  looks.read([payment]);
  expect(looks.unknown()).toBe(one);
});

test('a page of something in between that says 404 is no word of Dojo’s', () => {
  const { looks, known } = aLook();
  looks.failed('pi_1', aFailure({ kind: 'not-dojo', status: 404 }));
  expect(known()).toEqual(['unread', null]);
});

test('of what was read longest ago nothing is kept', () => {
  const { looks, known } = aLook();
  const others = (count: number, from: string) => Array.from({ length: count }, (_, i) => ({ ...payment, id: `${from}${i}` }));
  looks.read([payment]);
  looks.read(others(40_000, 'a'));
  looks.read([payment]);
  looks.read(others(49_999, 'b'));
  expect(known()).toEqual(['now', NOON_MS]);
  looks.read(others(1, 'c'));
  expect(known()).toEqual(['unread', null]);
});
