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

  test('is not read again by a light reading until something of it changes', async () => {
    const shop = aShop([partTaken]);
    await shop.reader.readDay();
    await shop.clock.run(45_000);
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
      shop.since();
      await shop.clock.run(15_000);
      expect(shop.reads()).toEqual([]);
    }
  });

  test('takes nothing away from what was known of it', async () => {
    const shop = aShop([partTaken], [partTaken]);
    shop.answers.read = () => fails(refusedWith(403));
    await shop.reader.readDay();
    await shop.clock.run(15_000);
    expect(shop.payments.get(partTaken.id)).toEqual(partTaken);
    expect(shop.kept).toEqual([]);
  });

  test('is read with each full reading, though the list says what it said before: a part captured elsewhere may show nowhere else', async () => {
    const more = { ...partTaken, captures: [aCapture({ amountMinor: 1000 }), aCapture({ amountMinor: 500 })] };
    const shop = aShop([more], [partTaken]);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([partTaken.id]);
    expect(shop.payments.get(partTaken.id)).toEqual(more);
  });

  test.each([
    ['captured whole', aHold({ captures: [aCapture({ amountMinor: 4200 })] })],
    ['captured whole, as its status says', aHold({ status: 'Captured', captures: [] })],
    ['released', aHold({ status: 'Reversed', captures: [] })],
    ['refunded', aHold({ status: 'Refunded', captures: [aCapture({ amountMinor: 1000 })] })],
  ])('but %s is not: nothing more is captured of it', async (_, over) => {
    const shop = aShop([over], [over]);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([]);
  });

  test('has its turn among many, twenty with each full reading, beside what is new', async () => {
    const holds = Array.from({ length: 30 }, () => aHold());
    const ids = holds.map(({ id }) => id);
    const [first] = holds;
    if (!first) throw new Error('expected holds');
    const shop = aShop(holds, holds);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual(ids.slice(0, 20));
    shop.since();
    const changed = { ...first, updatedAtMs: first.updatedAtMs + 1 };
    shop.answers.search = ({ statuses }) => ok(statuses ? [[changed, ...holds.slice(1)].map(listed)] : []);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([first.id, ...ids.slice(20), ...ids.slice(1, 11)]);
  });

  test('is no payment that could not be read where only its turn was refused, and has the next one where Dojo asked to wait', async () => {
    const holds = Array.from({ length: 41 }, () => aHold());
    const ids = holds.map(({ id }) => id);
    const shop = aShop(holds, holds);
    shop.answers.read = () => fails({ kind: 'throttled', cause: 'http-429', status: 429, retryAfterMs: 5_000 });
    await shop.reader.readDay();
    expect(shop.readings).toEqual([{ odd: 0, full: true }]);
    await shop.clock.run(8_000);
    shop.since();
    shop.answers.read = (id) => ok(aHold({ id }));
    await shop.reader.readDay();
    expect(shop.reads()).toEqual(ids.slice(0, 20));
  });

  test('is read where it is known from a version without captures', async () => {
    const shop = aShop([partTaken], [listed(partTaken)]);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([partTaken.id]);
  });

  test('has not left the lists', async () => {
    const shop = aShop([partTaken], [partTaken]);
    await shop.reader.readDay();
    shop.since();
    await shop.clock.run(15_000);
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
