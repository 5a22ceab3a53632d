import { setLooking } from './desktop.ts';
import { expect, KEY, test } from './fixtures.ts';
import { changesAsked, daysAgoMs, hold, sale, todayMs, unpaid, yesterdayMs } from './shop.ts';

test.describe('the day', () => {
  test('every payment of today is listed and summed, holds of earlier days apart, and what comes in appears by itself', async ({ till, dojo }) => {
    test.setTimeout(90_000);
    hold(dojo, { reference: 'Room 1', amountMinor: 10_001 });
    hold(dojo, { reference: 'Room 2', amountMinor: 4_299 });
    sale(dojo, { reference: 'Cake', amountMinor: 350 });
    sale(dojo, { reference: 'Wine', amountMinor: 1_999, past: [{ kind: 'refund', atMs: todayMs(2), amountMinor: 999 }] });
    unpaid(dojo, { reference: 'Link', amountMinor: 7_700 });
    sale(dojo, { reference: 'Yesterday', amountMinor: 88_800, paidAtMs: yesterdayMs() });
    hold(dojo, { reference: 'Old hold', amountMinor: 6_000, paidAtMs: daysAgoMs(3) });
    hold(dojo, { reference: 'Gone hold', amountMinor: 9_000, paidAtMs: daysAgoMs(9) });
    await till.connect(KEY);
    // Somebody looks at it: a light read comes every 15 s, and not only every 60 s.
    if (till.host === 'electron') await setLooking(till.app, true);
    await test.step('every payment of today is listed, and the totals add up to the penny', async () => {
      for (const reference of ['Room 1', 'Room 2', 'Cake', 'Wine', 'Link']) await expect(till.today.row(reference)).toBeVisible();
      await expect(till.today.row('Yesterday')).toHaveCount(0);
      await expect(till.today.figure('On hold')).toContainText('£143.00');
      await expect(till.today.figure('Captured and sold')).toContainText('£23.49');
      await expect(till.today.figure('Refunded and reversed')).toContainText('−£9.99');
      await expect(till.today.figure('Net')).toContainText('£13.50');
    });
    await test.step('holds of earlier days are counted apart, and an ended one is not', async () => {
      await expect(till.page.getByText('1 hold from earlier days, £60.00')).toBeVisible();
      await expect(till.today.figure('On hold')).not.toContainText('60');
    });
    await test.step('a payment that comes in appears by itself', async () => {
      sale(dojo, { reference: 'Just now', amountMinor: 500, paidAtMs: Date.now() });
      await expect(till.today.row('Just now')).toBeVisible({ timeout: 30_000 });
    });
    expect(changesAsked(dojo)).toEqual([]);
  });

  test('a day of 240 payments in several pages is read whole', async ({ till, dojo }) => {
    let sumMinor = 0;
    for (let index = 0; index < 240; index += 1) sumMinor += sale(dojo, { reference: `Order ${index}`, amountMinor: 100 + index * 7 }).amountMinor;
    await till.connect(KEY);
    await expect.poll(async () => (await till.snapshot()).payments.length).toBe(240);
    expect((await till.snapshot()).totals.byCurrency).toMatchObject([{ currency: 'GBP', takenMinor: sumMinor, takenCount: 240 }]);
    await expect(till.today.figure('Captured and sold')).toContainText('240 payments');
  });

  test('search finds by reference, amount and last four', { tag: '@host' }, async ({ till, dojo }) => {
    sale(dojo, { reference: 'Anna', amountMinor: 4_200, card: { last4: '1111' } });
    sale(dojo, { reference: 'Ben', amountMinor: 5_050, card: { last4: '2222' } });
    await till.connect(KEY);
    for (const [typed, found, hidden] of [
      ['anna', 'Anna', 'Ben'],
      ['50.50', 'Ben', 'Anna'],
      ['1111', 'Anna', 'Ben'],
    ] as const) {
      await till.today.search.fill(typed);
      await expect(till.today.row(found)).toBeVisible();
      await expect(till.today.row(hidden)).toHaveCount(0);
    }
    await till.today.search.fill('nobody');
    await expect(till.page.getByText('Nothing matches “nobody”')).toBeVisible();
  });

  test('it survives a restart without a line, says as of when, and freshens when the line is back', { tag: '@stored-key' }, async ({ till, dojo }) => {
    hold(dojo, { reference: 'Table 9', amountMinor: 2_500 });
    await till.connect(KEY);
    await till.today.shows('Table 9', 'On hold');
    await till.app.quit();
    await dojo.closeLine();
    await till.app.start();
    await till.shell.isOffline();
    await till.today.shows('Table 9', 'On hold · £25.00 to capture');
    expect((await till.snapshot()).connection.asOfMs).not.toBeNull();
    sale(dojo, { reference: 'Meanwhile', amountMinor: 900 });
    await dojo.openLine();
    await till.shell.isLive();
    await expect(till.today.row('Meanwhile')).toBeVisible();
    expect(changesAsked(dojo)).toEqual([]);
  });
});
