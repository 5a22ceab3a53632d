import { tradingDay } from '../../main/core/day/day.ts';
import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { changesAsked, hold, moneyOf, sale, yesterdayMs, ZONE } from './shop.ts';

const DAY_MS = 86_400_000;
/** In the middle of a day, so many days ago. */
const noonMs = (daysAgo: number): number => tradingDay(Date.now() - daysAgo * DAY_MS, ZONE, 0).startMs + DAY_MS / 2;
const dateOf = (atMs: number): string => tradingDay(atMs, ZONE, 0).date;

// As a bank that takes a moment, so that what is on its way is seen.
test.use({ bankAnswersAfterMs: 2_500 });

test('an earlier day is chosen by its date, its sums follow, and what can still be done there can be done', async ({ till, dojo }) => {
  test.setTimeout(90_000);
  const late = sale(dojo, { reference: 'Late', amountMinor: 2_000, paidAtMs: yesterdayMs(), card: { last4: '7788' } }).id;
  sale(dojo, { reference: 'Fifth', amountMinor: 1_234, paidAtMs: noonMs(5), createdAtMs: noonMs(5), card: { last4: '4321' } });
  sale(dojo, { reference: 'Unseen', amountMinor: 999, paidAtMs: noonMs(6), createdAtMs: noonMs(6) });
  const old = hold(dojo, { reference: 'Old hold', amountMinor: 6_000, paidAtMs: noonMs(5), createdAtMs: noonMs(5) }).id;
  const { id: ours } = hold(dojo, { reference: 'Ours', amountMinor: 4_500, paidAtMs: noonMs(4), createdAtMs: noonMs(4) });
  const { id: theirs } = hold(dojo, { reference: 'Theirs', amountMinor: 2_500, paidAtMs: noonMs(4), createdAtMs: noonMs(4) });
  await till.connect(KEY);
  await test.step('its sums follow the bank’s answer and what another till does, as its rows do', async () => {
    await till.today.chooseDay(dateOf(noonMs(4)));
    await till.today.take('Ours');
    await till.take.promise();
    await expect(till.page.locator('.figure-note')).toContainText('£45.00 more…');
    await till.today.shows('Ours', 'Captured');
    const captured = till.page.locator('.figure').filter({ hasText: /^Captured and sold/ });
    await expect(captured).toHaveText(/· 1 payment\s*£45\.00$/);
    dojo.bank.capture(TRAINING_ACCOUNT, theirs, { amountMinor: 2_500, tipsMinor: 0 }, Date.now());
    await till.shell.refresh();
    await till.today.shows('Theirs', 'Capturing…');
    await expect(till.page.locator('.figure').filter({ hasText: /^On hold/ })).toContainText('£0.00');
    await expect.poll(() => moneyOf(dojo, ours).captures).toBe(1);
  });
  await test.step('it is read from Dojo, later from the disk, each said', async () => {
    await till.today.chooseDay(dateOf(noonMs(5)));
    await till.today.shows('Fifth', 'Paid');
    await till.today.shows('Old hold', 'On hold · £60.00 to capture');
    await expect(till.page.getByText(/^Read from Dojo at/)).toBeVisible();
    await expect(till.today.row('Late')).toHaveCount(0);
    await till.today.take('Old hold');
    await till.take.promise();
    await till.today.shows('Old hold', 'Captured');
    // A day that has not come is none.
    await till.today.chooseDay(dateOf(Date.now() + DAY_MS));
    await till.today.shows('Fifth', 'Paid');
    await till.today.chooseDay(dateOf(yesterdayMs()));
    await till.today.shows('Late', 'Paid');

    await dojo.closeLine();
    await till.call('refresh');
    await till.shell.isOffline();
    await till.today.chooseDay(dateOf(noonMs(5)));
    await till.today.shows('Fifth', 'Paid');
    await till.today.shows('Old hold', 'Captured');
    await expect(till.page.getByText(/^From this PC, as of /)).toBeVisible();
    await till.today.chooseDay(dateOf(noonMs(6)));
    await expect(till.page.getByText('There are none on this PC, and Dojo could not be read just now.')).toBeVisible();
    await expect(till.today.row('Unseen')).toHaveCount(0);

    // The search over all days has what this PC has seen: by reference, amount and last four.
    for (const [typed, found, day] of [
      ['fif', 'Fifth', noonMs(5)],
      ['7788', 'Late', yesterdayMs()],
      ['60.00', 'Old hold', noonMs(5)],
    ] as const) {
      await till.today.search.fill(typed);
      await till.today.search.press('F6');
      await till.today.shows(found, new RegExp(`^${Number(dateOf(day).slice(-2))} `));
      await expect(till.today.rows).toHaveCount(1);
      await till.page.keyboard.press('F6');
    }
    await till.today.search.fill('unseen');
    await till.today.search.press('F6');
    await expect(till.page.getByText('No day has “unseen”')).toBeVisible();
    await expect(till.page.getByText('There is no connection: Dojo was not asked.')).toBeVisible();

    await dojo.openLine();
    await till.shell.isLive();
    await till.page.keyboard.press('F6');
    await till.today.search.fill('');
    await till.today.chooseDay(dateOf(noonMs(6)));
    await till.today.shows('Unseen', 'Paid');
    expect(changesAsked(dojo).map(({ operation, id }) => [operation, id])).toEqual([
      ['capture', ours],
      ['capture', old],
    ]);
    expect(moneyOf(dojo, late)).toMatchObject({ refunds: 0, reversals: 0 });
  });
});
