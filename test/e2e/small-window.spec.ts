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
  test(`at 150 and 200 % in ${density} density three rows of every screen are seen as a whole, with a message too`, { tag: '@layout' }, async ({
    till,
    dojo,
  }) => {
    test.setTimeout(120_000);
    const ids = Array.from({ length: 20 }, (_, nth) => hold(dojo, { reference: `Table ${nth + 1}`, amountMinor: 1_000 }).id);
    // The newest: of a long list the rows in sight are drawn.
    sale(dojo, { reference: 'Cake', amountMinor: 350, paidAtMs: Date.now() });
    dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'reverse' }, times: 1 });
    const message = till.page.locator('.toast');
    const showsThreeRowsOf = async (screen: 'Today' | 'On hold' | 'End of day' | 'Queue') => {
      await test.step(screen, async () => {
        await till.shell.goTo(screen);
        await expect(till.page.locator('.screen [role=row]').nth(3)).toBeAttached();
        await showsThreeRows(till.page);
      });
    };
    await till.connect(KEY);
    await till.call('saveSettings', { density });
    await till.call('pauseQueue');
    await till.submit(...ids.slice(0, 5).map((paymentId) => ({ kind: 'capture' as const, paymentId, amount: 400 })));
    // There a message about an action is the action's own row.
    await showsThreeRowsOf('Queue');
    await expect(message).toHaveCount(0);
    await till.shell.goTo('Today');
    for (const { id } of (await till.snapshot()).actions) await till.call('withdraw', { actionId: id });
    // It is said, and leaves again.
    await expect(message.filter({ hasText: 'removed' })).toBeVisible();
    await expect(message).toHaveCount(0);
    for (const screen of ['Today', 'On hold', 'End of day'] as const) {
      await showsThreeRowsOf(screen);
      await expect(message).toHaveCount(0);
    }
    await till.page.setViewportSize({ width: 1366, height: 768 });
    await till.shell.goTo('Today');
    await till.today.giveBack('Cake');
    await till.giveBack.promise();
    await till.call('resumeQueue');
    // It stays until it is closed.
    await expect(message.filter({ hasText: /Cake \(.*\): refused/ })).toBeVisible();
    for (const screen of ['Today', 'On hold', 'End of day'] as const) {
      await showsThreeRowsOf(screen);
      await expect(message).toBeVisible();
    }
  });
