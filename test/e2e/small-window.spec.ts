import type { Page } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { hold, sale } from './shop.ts';

/** 150 and 200 % zoom on a PC of 1366×768, with the band that says TEST. */
const SIZES = [
  { width: 911, height: 512 },
  { width: 683, height: 384 },
];

/** How many rows are seen as a whole: clear of the header, of a message, of the foot and of the window's edge. */
const rowsInSight = (page: Page): Promise<number> =>
  page.locator('.screen [role=row]').evaluateAll(
    (rows) =>
      rows.filter((row) => {
        const { left, top, bottom } = row.getBoundingClientRect();
        const isSeenAt = (y: number) => row.contains(document.elementFromPoint(left + 8, y));
        return isSeenAt(top + 1) && isSeenAt(bottom - 2);
      }).length,
  );

async function showsThreeRows(page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await expect.poll(() => rowsInSight(page), `rows in sight at ${size.width}×${size.height}`).toBeGreaterThanOrEqual(3);
    expect(await crampedButtons(page)).toEqual([]);
  }
}

/** Nothing that can be pressed is cut off by its row, nor smaller than a pointer needs. */
const crampedButtons = (page: Page): Promise<string[]> =>
  page.locator('.screen [role=row] button').evaluateAll((buttons) =>
    buttons
      .filter((button) => {
        const row = button.closest('[role=row]')?.getBoundingClientRect();
        const { top, bottom, height } = button.getBoundingClientRect();
        return row === undefined || top < row.top || bottom > row.bottom || height < (document.documentElement.dataset.density === 'touch' ? 44 : 24);
      })
      .map((button) => button.textContent ?? ''),
  );

for (const density of ['touch', 'compact'] as const)
  test.describe(`at 150 and 200 % in ${density} density`, () => {
    for (const screen of ['Today', 'On hold', 'End of day', 'Queue'] as const)
      test(`three rows of ${screen} are seen as a whole, with a message too`, async ({ till, dojo }) => {
        const ids = Array.from({ length: 20 }, (_, nth) => hold(dojo, { reference: `Table ${nth + 1}`, amountMinor: 1_000 }).id);
        const cake = sale(dojo, { reference: 'Cake', amountMinor: 350 }).id;
        await till.connect(KEY);
        await till.call('saveSettings', { density });
        await till.call('pauseQueue');
        if (screen === 'Queue') await till.submit(...ids.slice(0, 5).map((paymentId) => ({ kind: 'capture' as const, paymentId, amount: 400 })));
        await till.shell.goTo(screen);
        const rows = till.page.locator('.screen [role=row]');
        await expect(rows.nth(3)).toBeAttached();
        await expect(till.page.locator('.toast')).toHaveCount(0);
        await showsThreeRows(till.page);
        // On the queue a message about an action is the action's own row.
        if (screen === 'Queue') return;
        dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'reverse' }, times: 1 });
        await till.submit({ kind: 'reverse', paymentId: cake });
        // The page has met it before it ends.
        await expect(till.page.locator('.header')).toContainText('Queue, 1');
        await till.call('resumeQueue');
        await expect(till.page.locator('.toast').filter({ hasText: 'refused' })).toBeVisible();
        await showsThreeRows(till.page);
      });
  });
