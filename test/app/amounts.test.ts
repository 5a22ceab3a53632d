import { describe, expect, test } from 'vitest';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { ActionRequest, Settings } from '../../preload/contract.ts';
import { NOON_MS, type ShopOptions, startShop } from '../a-shop.ts';

const HOUR_MS = 3_600_000;
const paid = { createdAtMs: NOON_MS - HOUR_MS };

/** A shop with one payment, seen and moved through the till's own door, and what Dojo's bank says of its money. */
async function shopWith(payment: NewPayment, options: ShopOptions = {}) {
  const shop = await startShop({ ...options, payments: [{ id: 'pi_1', reference: 'Table 1', ...paid, ...payment }] });
  await shop.clock.run(5_000);
  let made = 0;
  type Decided = ActionRequest extends infer R ? (R extends unknown ? Omit<R, 'requestId' | 'paymentId'> : never) : never;
  return {
    ...shop,
    money: () => shop.bank.moneyOf('pi_1'),
    captures: () => (shop.bank.intent('pi_1')?.captures ?? []).map(({ amountMinor, tipsMinor }) => [amountMinor, tipsMinor]),
    async view() {
      const found = (await shop.look()).payments.find(({ id }) => id === 'pi_1');
      if (!found) throw new Error('expected the payment on the list');
      return found;
    },
    async sums() {
      return (await shop.look()).totals.byCurrency[0];
    },
    async move(decided: Decided) {
      const answer = await shop.call('submit', { requests: [{ requestId: `r_${++made}`, paymentId: 'pi_1', ...decided }] });
      await shop.clock.run(20_000);
      return answer;
    },
    save: (patch: Partial<Settings>) => shop.call('saveSettings', patch),
  };
}
const offered = async ({ view }: Awaited<ReturnType<typeof shopWith>>) => {
  const { capture } = (await view()).moves;
  if (!capture.open || capture.defaultMinor === null) throw new Error('expected something to be offered');
  return { kind: 'capture' as const, amount: capture.defaultMinor, ...(capture.defaultTipsMinor > 0 ? { tipsAmount: capture.defaultTipsMinor } : {}) };
};

describe('a sale with tips and a service charge', () => {
  test('is shown, summed and refunded whole, and not a penny more', async () => {
    const shop = await shopWith({ amountMinor: 5000, tipsMinor: 500, serviceChargeMinor: 625 });
    expect(await shop.view()).toMatchObject({ totalMinor: 6125, takenMinor: 6125, moves: { refund: { maxMinor: 6125, defaultMinor: 6125 } } });
    expect(await shop.sums()).toMatchObject({ takenMinor: 6125 });
    expect(await shop.move({ kind: 'refund', amount: 6126 })).toMatchObject({ ok: false, error: { code: 'amount' } });
    expect(await shop.move({ kind: 'refund', amount: 6125 })).toMatchObject({ ok: true });
    expect(shop.money().refundedMinor).toBe(6125);
    expect(await shop.view()).toMatchObject({ state: 'refunded', refundedMinor: 6125 });
    expect(await shop.sums()).toMatchObject({ takenMinor: 6125, givenBackMinor: 6125 });
  });

  test.each(['without-tips', 'amount'] as const)('is the same where Dojo’s total counts it %s', async (totalAmountCounts) => {
    const shop = await shopWith({ amountMinor: 5000, tipsMinor: 500, serviceChargeMinor: 625 }, { bank: { switches: { totalAmountCounts } } });
    expect(await shop.view()).toMatchObject({ totalMinor: 6125, partsMinor: null, takenMinor: 6125 });
  });
});

describe('a hold captured whole', () => {
  const tipped = { captureMode: 'Manual', amountMinor: 1000, tipsMinor: 250 } as const;
  test('with held tips asks for them beside the amount', async () => {
    const shop = await shopWith(tipped);
    expect(await shop.view()).toMatchObject({ leftMinor: 1250, moves: { capture: { maxMinor: 1000, defaultTipsMinor: 250 } } });
    await shop.move(await offered(shop));
    expect(shop.captures()).toEqual([[1000, 250]]);
    expect(shop.money().capturedMinor).toBe(1250);
    expect(await shop.view()).toMatchObject({ state: 'paid', takenMinor: 1250, leftMinor: 0 });
  });

  test('below 2024-02-05 asks for one amount that includes them, and says so', async () => {
    const shop = await shopWith(tipped, { apiVersion: '2022-04-07' });
    expect(await shop.view()).toMatchObject({
      leftMinor: 1250,
      moves: { capture: { maxMinor: 1250, maxTipsMinor: 0, tipsReason: expect.stringContaining('£2.50') } },
    });
    await shop.move(await offered(shop));
    expect(shop.captures()).toEqual([[1250, 0]]);
  });

  test('with a service charge asks for it too: the bill alone is not all of it', async () => {
    const shop = await shopWith({ captureMode: 'Manual', amountMinor: 10_000, serviceChargeMinor: 1250 });
    expect(await shop.view()).toMatchObject({
      totalMinor: 11_250,
      leftMinor: 11_250,
      moves: { capture: { includes: expect.stringContaining('£12.50 service charge') } },
    });
    await shop.move({ kind: 'capture', amount: 10_000 });
    expect(await shop.view()).toMatchObject({ state: 'part-taken', takenMinor: 10_000, leftMinor: 1250 });
    await shop.move(await offered(shop));
    expect(shop.money()).toMatchObject({ capturedMinor: 11_250, captures: 2 });
    expect(await shop.view()).toMatchObject({ state: 'paid', leftMinor: 0 });
  });

  test('of which Dojo’s total says less captures the smaller, and may capture more', async () => {
    const shop = await shopWith({ captureMode: 'Manual', amountMinor: 10_000, totalMinor: 9000 }, { bank: { switches: { holdsTotalAmount: true } } });
    expect(await shop.view()).toMatchObject({ totalMinor: 9000, partsMinor: 10_000, onHoldMinor: 9000, leftMinor: 10_000 });
    expect(await shop.sums()).toMatchObject({ onHoldMinor: 9000 });
    await shop.move(await offered(shop));
    expect(shop.money().capturedMinor).toBe(9000);
    expect(await shop.view()).toMatchObject({ state: 'paid', onHoldMinor: 0 });
  });
});

test('a refund leaves the cashback out, and may include it', async () => {
  const shop = await shopWith({ amountMinor: 3000, cashbackMinor: 2000 });
  expect(await shop.view()).toMatchObject({
    moves: { refund: { defaultMinor: 3000, maxMinor: 5000, includes: expect.stringContaining('Offered without the £20.00 cashback') } },
  });
  await shop.move({ kind: 'refund', amount: 3000 });
  expect(await shop.view()).toMatchObject({ state: 'part-refunded', moves: { refund: { defaultMinor: null, maxMinor: 2000 } } });
});

test('a payment in another currency is shown and never moved', async () => {
  const shop = await shopWith({ amountMinor: 123_456, currency: 'KWD' });
  expect(await shop.view()).toMatchObject({ currency: 'KWD', totalMinor: 123_456, giveBack: { way: null } });
  for (const decided of [{ kind: 'refund', amount: 100 }, { kind: 'reverse' }] as const)
    expect(await shop.move(decided)).toMatchObject({ ok: false, error: { code: 'move-closed', message: expect.stringContaining('KWD') } });
  expect(shop.money()).toMatchObject({ refunds: 0, reversals: 0 });
});

test('a part captured here, which the version shows as all captured, is refunded no further', async () => {
  const shop = await shopWith(
    { captureMode: 'Manual', amountMinor: 1000 },
    { apiVersion: '2022-04-07', bank: { switches: { partCaptureTurnsCaptured: true, captureShowsAtOnce: true } } },
  );
  await shop.move({ kind: 'capture', amount: 400 });
  expect(await shop.view()).toMatchObject({ status: 'Captured', state: 'part-taken', takenMinor: 400, moves: { refund: { maxMinor: 400 } } });
  expect(await shop.sums()).toMatchObject({ takenMinor: 400 });
  expect(await shop.move({ kind: 'refund', amount: 1000 })).toMatchObject({ ok: false, error: { code: 'amount' } });
});

describe('a Manual payment that nobody has paid', () => {
  const unpaid = { captureMode: 'Manual', amountMinor: 2000, paidAtMs: null } as const;
  test('of today may be cancelled, and reversed as the guide says', async () => {
    const shop = await shopWith(unpaid, { bank: { switches: { reverseCreatedAllowed: true } } });
    expect(await shop.view()).toMatchObject({ moves: { cancel: { open: true }, reverse: { open: true, caution: expect.stringContaining('Cancel it') } } });
    await shop.move({ kind: 'reverse' });
    expect(shop.bank.intent('pi_1')?.status).toBe('Reversed');
  });
  test('where Dojo refuses the reversal, nothing changed and it can be cancelled', async () => {
    const shop = await shopWith(unpaid);
    await shop.move({ kind: 'reverse' });
    expect(shop.bank.intent('pi_1')?.status).toBe('Created');
    expect(await shop.view()).toMatchObject({ moves: { cancel: { open: true } } });
  });
  test('of yesterday is cancelled only', async () => {
    const shop = await shopWith({ ...unpaid, createdAtMs: NOON_MS - 24 * HOUR_MS });
    expect(await shop.move({ kind: 'reverse' })).toMatchObject({ ok: false });
  });
});

describe('an account whose Dojo takes no service charge in an amount', () => {
  const charged = { captureMode: 'Manual', amountMinor: 10_000, tipsMinor: 500, serviceChargeMinor: 1250 } as const;
  test.each(['released', 'added'] as const)('refuses a capture with it: bill and tips are offered, and that is remembered (%s)', async (captureExtras) => {
    const shop = await shopWith(charged, { bank: { switches: { captureExtras } } });
    shop.bank.addPayment({ ...charged, id: 'pi_2', reference: 'Table 2', ...paid }, NOON_MS);
    await shop.move(await offered(shop));
    expect(shop.money().captures).toBe(0);
    const { actions } = await shop.look();
    expect(actions[0]).toMatchObject({ state: 'refused', refusedWithExtras: true });
    expect(await shop.view()).toMatchObject({
      leftMinor: 11_750,
      moves: { capture: { defaultMinor: 10_000, defaultTipsMinor: 500, includes: expect.stringContaining('Offered without the £12.50 service charge') } },
    });
    await shop.clock.run(6 * 60_000);
    const other = async () => (await shop.look()).payments.find(({ id }) => id === 'pi_2')?.moves.capture;
    expect(await other()).toMatchObject({ defaultMinor: 11_250, defaultTipsMinor: 500 });
    await shop.move(await offered(shop));
    expect(shop.captures()).toEqual([[10_000, 500]]);
    expect(await other()).toMatchObject({ defaultMinor: 10_000, defaultTipsMinor: 500 });
    expect(shop.bank.imbalances()).toEqual([]);
  });

  test('refuses a refund with it: bill and tips are offered', async () => {
    const shop = await shopWith({ amountMinor: 5000, tipsMinor: 500, serviceChargeMinor: 625 }, { bank: { switches: { refundCounts: 'amount-and-tips' } } });
    await shop.move({ kind: 'refund', amount: 6125 });
    expect(shop.money().refunds).toBe(0);
    expect(await shop.view()).toMatchObject({ moves: { refund: { defaultMinor: 5500, maxMinor: 6125 } } });
    await shop.move({ kind: 'refund', amount: 5500 });
    expect(shop.money().refundedMinor).toBe(5500);
  });

  test('is not what one that takes it is called: nothing is left out there', async () => {
    const shop = await shopWith(charged);
    await shop.move(await offered(shop));
    expect(shop.captures()).toEqual([[11_250, 500]]);
    expect((await shop.look()).actions[0]).toMatchObject({ refusedWithExtras: false });
  });
});
