import { describe, expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import { ok } from '../../main/core/result.ts';
import { aCapture, aHold, HOUR_MS, NOON_MS } from '../builders.ts';
import { aReader, fails, NO_LINE, refusedWith } from './a-reader.ts';

/** As a list that leaves captures out shows it. */
const listed = (payment: Payment): Payment => ({ ...payment, captures: null });

/** Lists of these, each without its captures; a reading of one shows all of it. */
function aShop(payments: readonly Payment[], known: readonly Payment[] = []) {
  const shop = aReader(known);
  shop.answers.search = ({ statuses }) => ok([payments.filter(({ status }) => !statuses || statuses.includes(status)).map(listed)]);
  shop.answers.read = (id) => ok(payments.find((payment) => payment.id === id) ?? aHold({ id }));
  return shop;
}

describe('a hold whose captures the lists leave out', () => {
  const partTaken = aHold({ captures: [aCapture({ amountMinor: 1000 })] });

  test('is read singly, and is known with its captures only', async () => {
    const shop = aShop([partTaken]);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([partTaken.id]);
    expect(shop.payments.get(partTaken.id)).toEqual(partTaken);
    expect(shop.kept).toEqual([[partTaken.id]]);
  });

  test('is not read again until something of it changes', async () => {
    const shop = aShop([partTaken]);
    await shop.reader.readDay();
    await shop.clock.run(45_000);
    await shop.reader.readDay();
    expect(shop.reads()).toHaveLength(1);
    const more = { ...partTaken, updatedAtMs: partTaken.updatedAtMs + 1, captures: [aCapture({ amountMinor: 2000 })] };
    shop.answers.search = () => ok([[listed(more)]]);
    shop.answers.read = () => ok(more);
    await shop.clock.run(15_000);
    expect(shop.reads()).toHaveLength(2);
    expect(shop.payments.get(partTaken.id)).toEqual(more);
  });

  test('is not read again for what only this till knows: when it was held, from an earlier reading or between two', async () => {
    for (const known of [partTaken, { ...partTaken, paidAtMs: null, unpaidUntilMs: NOON_MS - 2, firstPaidMs: NOON_MS - 1 }]) {
      const shop = aShop([{ ...partTaken, paidAtMs: null }], [known]);
      await shop.reader.readDay();
      await shop.clock.run(15_000);
      expect(shop.reads()).toEqual([]);
    }
  });

  test('takes nothing away from what was known of it', async () => {
    const shop = aShop([partTaken], [partTaken]);
    await shop.reader.readDay();
    await shop.clock.run(15_000);
    expect(shop.payments.get(partTaken.id)).toEqual(partTaken);
    expect(shop.kept).toEqual([]);
  });

  test('is read where it is known from a version without captures', async () => {
    const shop = aShop([partTaken], [listed(partTaken)]);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([partTaken.id]);
  });

  test('has not left the lists', async () => {
    const shop = aShop([partTaken], [partTaken]);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([]);
  });

  test('counts as one that could not be read where Dojo refuses to show it, and the others go on', async () => {
    const other = aHold();
    const shop = aShop([partTaken, other]);
    shop.answers.read = (id) => (id === partTaken.id ? fails(refusedWith(403)) : ok(other));
    await shop.reader.readDay();
    expect(shop.readings).toEqual([{ odd: 1, full: true }]);
    expect([...shop.payments.keys()]).toEqual([other.id]);
    await shop.clock.run(15_000);
    expect(shop.readings.at(-1)).toEqual({ odd: 1, full: false });
  });

  test.each([NO_LINE, { kind: 'not-dojo', cause: 'html', status: 502 }] as const)(
    'that cannot be read is set aside, and the lists are asked again',
    async (failure) => {
      const shop = aShop([partTaken]);
      shop.answers.read = () => fails(failure);
      expect(await shop.reader.readDay()).toEqual(ok(null));
      expect(shop.readings).toEqual([{ odd: 1, full: true }]);
      const asked = shop.searches().length;
      await shop.clock.run(0);
      expect(shop.searches().length).toBeGreaterThan(asked);
    },
  );

  test('is read singly in a span of an earlier day too', async () => {
    const shop = aShop([partTaken]);
    expect(await shop.reader.readSpan(NOON_MS - 48 * HOUR_MS, NOON_MS - 24 * HOUR_MS)).toEqual(ok(null));
    expect(shop.payments.get(partTaken.id)).toEqual(partTaken);
  });
});
