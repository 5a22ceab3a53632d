import type { Page } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { hold, moneyOf, sale } from './shop.ts';
import { SIZES } from './sizes.ts';

/** Where the list's window and its first row stand in every frame from now on; each place once. */
async function watchPlaces(page: Page): Promise<() => Promise<string[]>> {
  const places = await page.evaluateHandle(() => {
    const seen = new Set<string>();
    const look = () => {
      const list = document.querySelector('.list');
      const row = document.querySelector('.screen [role=row][aria-rowindex="1"]');
      seen.add(`list at ${list?.getBoundingClientRect().top}, row at ${row?.getBoundingClientRect().top}`);
      requestAnimationFrame(look);
    };
    look();
    return seen;
  });
  return () => places.evaluate((seen) => [...seen]);
}

test.describe('no row of Today moves while captures are on their way and when they end', () => {
  // As a bank that takes its time, so that what is on its way is seen.
  test.use({ bankAnswersAfterMs: 2_000 });

  for (const [what, size] of SIZES)
    test(`at ${what}`, async ({ till, dojo }) => {
      const ids = Array.from({ length: 12 }, (_, nth) => hold(dojo, { reference: `Table ${nth + 1}`, amountMinor: 100_000 }).id);
      sale(dojo, { reference: 'Cake', amountMinor: 235_050 });
      await till.connect(KEY);
      await till.page.setViewportSize(size);
      await till.today.shows('Table 12', 'On hold');
      const note = till.page.getByText(/£4\.00 more…$/);
      const places = await watchPlaces(till.page);
      await till.submit({ kind: 'capture', paymentId: ids[0] ?? '', amount: 400 });
      await expect(note).toBeVisible();
      // It is read as a whole, and lies over none of the sums.
      const figure = till.today.figure('Captured and sold');
      await expect(figure).toContainText('capturing £4.00 more…');
      const noteBox = await note.boundingBox();
      for (const amount of await till.page.locator('.figure-amount').all()) {
        const box = await amount.boundingBox();
        if (!box || !noteBox) throw new Error('expected the sums and what is on its way to be drawn');
        const isBeside = noteBox.x >= box.x + box.width || noteBox.x + noteBox.width <= box.x;
        expect(isBeside || noteBox.y >= box.y + box.height - 1 || noteBox.y + noteBox.height <= box.y + 1, await amount.innerText()).toBe(true);
      }
      await expect(note).toHaveCount(0);
      await expect(figure).toContainText('£2,354.50');
      expect(moneyOf(dojo, ids[0] ?? '')).toMatchObject({ capturedMinor: 400 });
      expect(await places()).toHaveLength(1);
    });
});
