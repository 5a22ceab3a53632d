import type { Locator } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { changesAsked, hold, moneyOf } from './shop.ts';

const CARDS = ['2437', '5274'];

/** What the buttons in the rows are called, as a screen reader says it. */
const namesOf = (rows: Locator): Promise<(string | null)[]> =>
  rows.getByRole('button').evaluateAll((buttons) => buttons.map((each) => each.getAttribute('aria-label')));

/** One table, three times a day: nothing but its card and its time tells a payment from the others. */
test('two payments of one reference are told apart in a run and in the queue, and the right one is removed', async ({ till, dojo }) => {
  const ids = CARDS.map((last4) => hold(dojo, { reference: 'Table 1', amountMinor: 10_000, card: { scheme: 'VISA', last4 } }).id);
  await till.connect(KEY);
  await till.call('pauseQueue');
  await test.step('in a run at the end of the day, before it starts and while it waits', async () => {
    await till.shell.goTo('End of day');
    await till.endOfDay.review();
    await till.endOfDay.begin();
    const rows = till.endOfDay.runRows;
    await expect(rows).toHaveCount(2);
    for (const last4 of CARDS) await expect(rows.filter({ hasText: `Visa ···· ${last4}, ` })).toHaveCount(1);
    const names = await namesOf(rows);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(names.length);
    for (const last4 of CARDS) expect(names.filter((name) => name?.includes(`ending in ${last4}`))).toHaveLength(1);
  });
  await test.step('in the queue', async () => {
    await till.shell.goTo('Queue');
    const rows = till.queue.entry('Table 1');
    await expect(rows).toHaveCount(2);
    for (const last4 of CARDS) {
      const row = rows.filter({ hasText: last4 });
      await expect(row).toHaveCount(1);
      await expect(row).toContainText(/Visa ···· \d{4}, \d\d:\d\d · Queued \d\d:\d\d/);
      await expect(row).toHaveAccessibleName(new RegExp(`^Capture £100\\.00 of Table 1 \\(Visa ending in ${last4}, \\d\\d:\\d\\d\\)$`));
    }
    const names = await namesOf(rows);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(names.length);
    await till.page.getByRole('button', { name: /^Remove: Capture £100\.00 of Table 1 \(Visa ending in 5274, / }).click();
    await expect(rows.filter({ hasText: '5274' })).toContainText('Removed');
    await expect(rows.filter({ hasText: '2437' })).toContainText('Queued');
    await expect(till.page.getByRole('log', { name: 'Messages' })).toContainText('Capture £100.00 of Table 1 (Visa ···· 5274, ');
    await till.call('resumeQueue');
    await expect.poll(() => ids.map((id) => moneyOf(dojo, id).captures)).toEqual([1, 0]);
    expect(changesAsked(dojo)).toHaveLength(1);
  });
});
