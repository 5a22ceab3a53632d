import { setLooking, watchNotifications } from './desktop.ts';
import { expect, KEY, test } from './fixtures.ts';
import { hold, moneyOf } from './shop.ts';

test.describe('the bank’s answer', () => {
  test.use({ bankAnswersAfterMs: 8_000 });

  test('until it is there nothing is called captured, of a run or alone; a decline is left to do until it is captured again, and is notified where nobody looks', async ({
    till,
    dojo,
    host,
  }) => {
    test.setTimeout(240_000);
    hold(dojo, { reference: 'Room 1', amountMinor: 3_000 });
    const declined = hold(dojo, { reference: 'Room 2', amountMinor: 4_000 });
    dojo.bank.orderOutcome('Declined', declined.id);
    await till.connect(KEY);
    await test.step('nothing is called captured: not the row, not a message, not the run; the report comes with the answer and names what was declined', async () => {
      await till.shell.goTo('End of day');
      await till.endOfDay.review();
      await till.endOfDay.begin();
      await expect(till.endOfDay.screen).toContainText('2 with the bank');
      await expect(till.endOfDay.screen).toContainText('The report comes when the bank has answered.');
      await expect(till.endOfDay.runRows.first()).toContainText('Capturing…');
      await expect(till.endOfDay.report).toHaveCount(0);
      await expect(till.endOfDay.screen).not.toContainText(/Nothing is left to do|Captured(?! or ended)/);
      await till.shell.goTo('Today');
      await till.today.shows('Room 1', 'Capturing…');
      await expect(till.page.locator('.toast')).not.toContainText(/done|captured/i);
      await till.shell.goTo('End of day');
      await expect(till.endOfDay.report).toBeVisible({ timeout: 40_000 });
      expect(await till.endOfDay.minorOf('Captured')).toBe(3_000);
      await expect(till.endOfDay.screen).toContainText('Declined by the bank: Room 2. Nothing was captured. Capture it again, or ask for another card.');
      await expect(till.endOfDay.screen).not.toContainText('Nothing is left to do');
      await till.page.getByRole('button', { name: 'Capture it again' }).click();
      await expect(till.endOfDay.sum).toContainText('1 hold');
    });
    await test.step('what the bank declined of a run is left to do until it is captured again from its payment', async () => {
      await till.shell.goTo('Today');
      await till.today.take('Room 2');
      await till.take.promise();
      await expect(till.today.row('Room 2')).toContainText('Captured', { timeout: 40_000 });
      await till.shell.goTo('End of day');
      await till.page.getByRole('button', { name: 'Its report' }).click();
      await expect(till.endOfDay.screen).toContainText('Nothing is left to do.');
      await expect(till.endOfDay.screen).not.toContainText(/no longer possible|Capture it again/);
      expect(moneyOf(dojo, declined.id)).toMatchObject({ captures: 1, capturedMinor: 4_000 });
    });
    await test.step('a single capture is Capturing… on its row and in the queue, and no message says done', async () => {
      hold(dojo, { reference: 'Table 1', amountMinor: 3_000 });
      await till.freshen();
      await till.shell.goTo('Today');
      // That the one before is captured has been said.
      await expect(till.page.locator('.toast')).toHaveCount(0);
      await till.today.take('Table 1');
      await till.take.promise();
      await till.today.shows('Table 1', 'Capturing…');
      await expect(till.page.locator('.toast')).not.toContainText(/done|captured/i);
      await till.shell.goTo('Queue');
      await expect(till.queue.entry('Table 1')).toContainText('Capturing…');
      await expect(till.queue.entry('Table 1')).not.toContainText(/Done|Captured/);
      await expect(till.queue.entry('Table 1')).toContainText('Captured', { timeout: 40_000 });
      await expect(till.page.getByRole('log', { name: 'Messages' })).toContainText(/Capture £30\.00 of Table 1 \(\S+ ···· \d{4}, \d\d:\d\d\): captured\./);
    });
    // A browser shows no notifications of the till’s.
    if (host !== 'electron') return;
    await test.step('a decline while nobody looks is notified, stays on screen until it is seen, over a restart too, and stands on the row', async () => {
      const ids = ['Table 5', 'Table 6'].map((reference) => hold(dojo, { reference, amountMinor: 3_000 }).id);
      for (const id of ids) dojo.bank.orderOutcome('Declined', id);
      dojo.bank.setSwitches({ bankAnswersAfterMs: [300] });
      await till.freshen();
      await till.shell.goTo('Today');
      await till.today.shows('Table 5', 'On hold');
      await expect(till.page.locator('.toast')).toHaveCount(0);
      await expect(till.shell.declined).toHaveCount(0);
      const notifications = await watchNotifications(till.app);
      await setLooking(till.app, false);
      await till.today.take('Table 5');
      await till.take.promise();
      const body = expect.stringMatching(/^The bank declined the capture of £30\.00 of Table 5 \(card ending in \d{4}\), .*\. Nothing was captured\./);
      await expect.poll(notifications.told, { timeout: 40_000 }).toEqual([{ title: 'A capture was declined', body }]);
      await expect(till.shell.declined).toContainText('Nothing was captured. Capture it again, or ask for another card.');
      await till.today.shows('Table 5', 'Declined by the bank, nothing captured');
      // The notice says it: no other message does.
      await expect(till.page.locator('.toast')).toHaveCount(0);
      await till.shell.declined.getByRole('button', { name: 'Understood' }).click();
      await expect(till.shell.declined).toHaveCount(0);
      await till.today.take('Table 6');
      await till.take.promise();
      await expect(till.shell.declined).toContainText('Table 6', { timeout: 40_000 });
      // Over a restart too: the one until it is seen, and no longer the one that was.
      await till.restart(null);
      await expect(till.shell.declined).toContainText('Table 6');
      await expect(till.shell.declined).not.toContainText('Table 5');
      await till.today.shows('Table 5', 'Declined by the bank, nothing captured');
      await till.shell.declined.getByRole('button', { name: 'Understood' }).click();
      await expect(till.shell.declined).toHaveCount(0);
      for (const id of ids) expect(moneyOf(dojo, id)).toMatchObject({ captures: 0, capturedMinor: 0 });
    });
  });
});
