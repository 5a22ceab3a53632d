import type { Page } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { sale, todayMs } from './shop.ts';

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

test('what the first reading after a start brings is shown at once, also under a pointer; what comes later waits until the list is let go', async ({
  till,
  dojo,
}) => {
  sale(dojo, { reference: 'Before', amountMinor: 1_000, paidAtMs: todayMs(90) });
  await till.connect(KEY);
  await till.today.shows('Before', 'Paid');
  await till.app.quit();
  for (let nth = 1; nth <= 12; nth += 1) sale(dojo, { reference: `Meanwhile ${nth}`, amountMinor: 1_000, paidAtMs: todayMs(60) });
  // Somebody is on the list before Dojo has answered. What is asked about a key that is given anew is answered.
  const isKeyGiven = till.host === 'browser-host';
  const letGo = dojo.withhold({ operation: 'search' }, isKeyGiven ? 1 : 0);
  await till.startAgain(null);
  const { page } = till;
  if (isKeyGiven) await till.giveKey(KEY);
  await till.today.shows('Before', 'Paid');
  await holdUntil(page, '.list:hover');
  letGo();
  await holdUntil(page, `${HELD_BACK}, [role=row]:has-text("Meanwhile 12")`);
  expect(await page.locator(HELD_BACK).allInnerTexts()).toEqual([]);
  await till.today.shows('Meanwhile 5', 'Paid');
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
