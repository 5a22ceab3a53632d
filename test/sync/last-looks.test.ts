import { expect, test } from 'vitest';
import { createLastLooks } from '../../main/sync/last-looks.ts';
import { aFailure, aPayment, NOON_MS } from '../builders.ts';

const payment = aPayment({ id: 'pi_1' });
const refused = (status: number) => aFailure({ kind: 'refused', status });

test('a payment is unread until Dojo shows it to the key that is connected', () => {
  let nowMs = NOON_MS;
  const looks = createLastLooks(() => nowMs);
  expect([looks.kindOf('pi_1'), looks.readAtMs('pi_1')]).toEqual(['unread', null]);
  expect(looks.read([payment])).toBe(true);
  nowMs += 1_000;
  expect(looks.read([payment])).toBe(false);
  expect([looks.kindOf('pi_1'), looks.readAtMs('pi_1')]).toEqual(['read', NOON_MS + 1_000]);
  looks.begin();
  expect([looks.kindOf('pi_1'), looks.readAtMs('pi_1')]).toEqual(['unread', NOON_MS + 1_000]);
});

test.each([
  ['404', refused(404), 'unknown'],
  ['403', refused(403), 'unread'],
  ['nothing', aFailure({ kind: 'unknown-outcome' }), 'unread'],
  ['that the key is not accepted', aFailure({ kind: 'key-refused', status: 401 }), 'unread'],
] as const)('one that was read before and is answered %s is %s', (_, failure, kind) => {
  const looks = createLastLooks(() => NOON_MS);
  looks.read([payment]);
  expect(looks.failed('pi_1', failure)).toBe(true);
  expect(looks.failed('pi_1', failure)).toBe(false);
  expect([looks.kindOf('pi_1'), looks.readAtMs('pi_1')]).toEqual([kind, NOON_MS]);
});

test('one that Dojo does not know stays so while answers are lost, until it is shown', () => {
  const looks = createLastLooks(() => NOON_MS);
  looks.failed('pi_1', refused(404));
  expect(looks.failed('pi_1', aFailure({ kind: 'not-sent' }))).toBe(false);
  expect(looks.kindOf('pi_1')).toBe('unknown');
  expect(looks.read([payment])).toBe(true);
  expect(looks.kindOf('pi_1')).toBe('read');
});
