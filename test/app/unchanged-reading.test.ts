import { expect, test } from 'vitest';
import type { Patch } from '../../preload/contract.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

test('a reading that says what is known sends the page no payments, and one that says something new sends that one', async () => {
  const shop = await startShop({
    payments: [
      { id: 'pi_hold', amountMinor: 4_200, captureMode: 'Manual', createdAtMs: NOON_MS - HOUR_MS },
      { id: 'pi_sale', amountMinor: 1_250, createdAtMs: NOON_MS - HOUR_MS },
    ],
  });
  await shop.clock.run(5_000);
  await shop.look();
  const patches: Patch[] = [];
  shop.till.onPatch((patch) => patches.push(patch));
  // Light readings all the time, and a full one.
  await shop.clock.run(6 * MINUTE_MS);
  expect(patches.length).toBeGreaterThan(10);
  expect(patches.flatMap(({ payments = [] }) => payments.map(({ id }) => id))).toEqual([]);

  shop.bank.addPayment({ id: 'pi_new', amountMinor: 333, createdAtMs: shop.clock.nowMs() }, shop.clock.nowMs());
  await shop.clock.run(MINUTE_MS);
  expect(patches.flatMap(({ payments = [] }) => payments.map(({ id }) => id))).toEqual(['pi_new']);
  await shop.close();
});
