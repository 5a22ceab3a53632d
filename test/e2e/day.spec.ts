import type { Page } from '@playwright/test';
import { setLooking } from './desktop.ts';
import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { changesAsked, daysAgoMs, hold, sale, todayMs, unpaid, yesterdayMs } from './shop.ts';

/** The pointer goes to and fro over the list, and so holds it, until one of these is there. */
async function holdUntil(page: Page, shows: string): Promise<void> {
  const { x, y } = (await page.locator('.list').boundingBox()) ?? { x: 0, y: 0 };
  const there = page.locator(shows).first();
  for (let nth = 0; !(await there.isVisible()); nth += 1) {
    await page.mouse.move(x + 200 + (nth % 2) * 40, y + 100 + (nth % 3) * 10);
    await look(page);
  }
}

const HELD_BACK = '.held-back';

test.describe('the day', () => {
  test('every payment of today is listed, summed and found, earlier days are searched, and what comes in appears by itself, or waits while somebody is on the list', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(150_000);
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
    await test.step('search finds by reference, amount and last four', async () => {
      sale(dojo, { reference: 'Anna', amountMinor: 4_200, paidAtMs: todayMs(100), card: { last4: '1111' } });
      sale(dojo, { reference: 'Ben', amountMinor: 5_050, paidAtMs: todayMs(100), card: { last4: '2222' } });
      await till.freshen();
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
      await till.today.search.fill('');
      await till.today.shows('Cake', 'Paid');
    });
    await test.step('a search over all days finds a payment of an earlier day, says its day, and opens it', async () => {
      sale(dojo, { reference: 'Early bird', amountMinor: 1_234, paidAtMs: yesterdayMs() });
      await till.freshen();
      await till.page.getByRole('button', { name: 'The day before' }).click();
      await till.today.shows('Early bird', 'Paid');
      await till.page.getByRole('button', { name: 'Back to today' }).click();
      await till.today.search.fill('early');
      await expect(till.page.getByText('Nothing matches “early”')).toBeVisible();
      await till.today.search.press('Enter');
      await till.today.shows('Early bird', /^\d+ [A-Z][a-z]+/);
      await expect(till.today.row('Cake')).toHaveCount(0);
      await expect(till.page.getByText('1 payment with “early”.')).toBeVisible();
      await dojo.closeLine();
      await till.today.search.fill('12.34');
      await till.today.shows('Early bird', '£12.34');
      await till.today.search.fill('nowhere');
      await expect(till.page.getByText('No day has “nowhere”')).toBeVisible();
      await till.today.search.fill('early');
      await till.today.open('Early bird');
      await expect(till.payment.dialog).toContainText('Early bird');
      await till.page.keyboard.press('Escape');
      await till.page.keyboard.press('F6');
      await till.today.search.fill('');
      await till.today.shows('Cake', 'Paid');
      await dojo.openLine();
      await till.freshen();
      await till.shell.isLive();
    });
    await test.step('what the first reading after a start brings is shown at once, also under a pointer; what comes later waits until the list is let go', async () => {
      sale(dojo, { reference: 'Before', amountMinor: 1_000, paidAtMs: todayMs(90) });
      await till.freshen();
      await till.today.shows('Before', 'Paid');
      await till.app.quit();
      for (let nth = 1; nth <= 12; nth += 1) sale(dojo, { reference: `Meanwhile ${nth}`, amountMinor: 1_000, paidAtMs: todayMs(5) });
      // Somebody is on the list before Dojo has answered. What is asked about a key that is given anew is answered.
      const isKeyGiven = till.host === 'browser-host';
      const letGo = dojo.withhold({ operation: 'search' }, isKeyGiven ? 1 : 0);
      await till.startAgain(null);
      const { page } = till;
      if (isKeyGiven) await till.giveKey(KEY);
      await till.today.shows('Before', 'Paid');
      await holdUntil(page, '.list:hover');
      letGo();
      await holdUntil(page, `${HELD_BACK}, [role=row]:has-text("Meanwhile")`);
      expect(await page.locator(HELD_BACK).allInnerTexts()).toEqual([]);
      // More than a screen of them, of one minute: which are in sight is chance.
      await expect(till.today.figure('Captured and sold')).toContainText('18 payments');
      await expect(till.today.row('Meanwhile').first()).toContainText('Paid');
      await till.shell.isLive();

      // So that the next reading is one that began when it was there.
      await till.call('refresh');
      await page.mouse.move(300, 400);
      sale(dojo, { reference: 'Later', amountMinor: 1_000, paidAtMs: Date.now() });
      void till.call('refresh');
      await holdUntil(page, `${HELD_BACK}, [role=row]:has-text("Later")`);
      expect(await page.locator(HELD_BACK).allTextContents()).toEqual(['1 new payment, shown when you let go']);
      await page.mouse.move(2, 2);
      await till.today.shows('Later', 'Paid');
    });
    expect(changesAsked(dojo)).toEqual([]);
  });

  test('of 240 payments is read whole in its several pages, survives a restart without a line, says as of when, and freshens when the line is back', {
    tag: '@stored-key',
  }, async ({ till, dojo }) => {
    test.setTimeout(150_000);
    let sumMinor = 0;
    for (let index = 0; index < 240; index += 1)
      sumMinor += sale(dojo, { reference: `Order ${index}`, amountMinor: 100 + index * 7, paidAtMs: todayMs(60) }).amountMinor;
    hold(dojo, { reference: 'Table 9', amountMinor: 2_500 });
    await till.connect(KEY);
    await test.step('240 payments in several pages are read whole', async () => {
      await expect.poll(async () => (await till.snapshot()).payments.length).toBe(241);
      expect((await till.snapshot()).totals.byCurrency).toMatchObject([{ currency: 'GBP', takenMinor: sumMinor, takenCount: 240 }]);
      await expect(till.today.figure('Captured and sold')).toContainText('240 payments');
      await till.today.shows('Table 9', 'On hold');
    });
    await test.step('after a restart without a line they are there, as of when is said, and the day freshens when the line is back', async () => {
      await till.app.quit();
      await dojo.closeLine();
      await till.app.start();
      await till.shell.isOffline();
      await till.today.shows('Table 9', 'On hold · £25.00 to capture');
      await expect.poll(async () => (await till.snapshot()).payments.length).toBe(241);
      expect((await till.snapshot()).connection.asOfMs).not.toBeNull();
      sale(dojo, { reference: 'Meanwhile', amountMinor: 900 });
      await dojo.openLine();
      await till.shell.isLive();
      await expect(till.today.row('Meanwhile')).toBeVisible();
      expect(changesAsked(dojo)).toEqual([]);
    });
  });
});
