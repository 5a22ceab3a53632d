import { expect, test } from 'vitest';
import { ok } from '../../main/core/result.ts';
import { aHold } from '../builders.ts';
import { aReader, fails } from './a-reader.ts';

const KEY_REFUSED = { kind: 'key-refused', cause: 'http-401', status: 401 } as const;

/** A reader that has read its day, with one hold that has left the lists: Dojo answers 401 to its readings. */
async function withOneRefused() {
  const hold = aHold();
  const shop = aReader([hold]);
  shop.answers.read = () => ok(hold);
  await shop.reader.readDay();
  shop.reader.setFocused(false);
  await shop.clock.run(60_000);
  shop.answers.read = () => fails(KEY_REFUSED);
  shop.since();
  return { ...shop, hold };
}

test('a key refused for one payment has the list asked at once', async () => {
  const shop = await withOneRefused();
  await shop.clock.run(10_000);
  expect(shop.searches()).toEqual([]);
  await shop.reader.readOne(shop.hold.id);
  await shop.clock.run(0);
  expect(shop.searches().map(({ at }) => at)).toEqual([70_000, 70_000]);
  expect(shop.failures).toEqual([]);
});

test('it is the list that says whether the key is refused', async () => {
  const shop = await withOneRefused();
  shop.answers.search = () => fails(KEY_REFUSED);
  await shop.reader.readOne(shop.hold.id);
  expect(shop.failures).toEqual([]);
  await shop.clock.run(0);
  expect(shop.failures).toMatchObject([KEY_REFUSED]);
});

test('a payment to which Dojo says so again and again has the list asked once a minute more at most', async () => {
  const shop = await withOneRefused();
  for (let second = 0; second < 600; second += 1) {
    shop.reader.doubt(false);
    await shop.clock.run(1_000);
  }
  const light = shop.searches().filter(({ query }) => query?.statuses?.includes('Created'));
  expect(light.length).toBeLessThanOrEqual(20);
  expect(shop.failures).toEqual([]);
});

test('what the list said before the doubt does not settle it: a reading under way is followed by another', async () => {
  const shop = await withOneRefused();
  const list = Promise.withResolvers<void>();
  shop.answers.search = async () => {
    await list.promise;
    return ok([]);
  };
  shop.reader.hurry();
  await shop.clock.run(0);
  shop.reader.doubt(false);
  shop.answers.search = () => fails(KEY_REFUSED);
  list.resolve();
  await shop.clock.run(1_000);
  expect(shop.failures).toMatchObject([KEY_REFUSED]);
});
