import { expect, KEY, test } from './fixtures.ts';
import { pressByHand } from './pages/keyboard.ts';
import { look, lookBeforeKey } from './pages/look.ts';
import { askedOf, changesAsked, hold, moneyOf, sale } from './shop.ts';

test.describe('what the queue says', () => {
  test('that it is paused is said on every screen, that a deadline has passed at once, without a connection too, and once that Dojo forbids an operation', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(240_000);
    await till.connect(KEY);
    await test.step('that it is paused is said on every screen, also after a restart, until somebody lets it go on', async () => {
      const { id } = hold(dojo, { reference: 'Room 14', amountMinor: 4_200 });
      await till.freshen();
      const line = () => till.page.locator('.header-line');
      await till.call('pauseQueue');
      await expect(line()).toContainText(/^Queue paused, as of/);
      await till.today.take('Room 14');
      await till.take.promise();
      await expect(line()).toContainText('1 action waits');
      await till.restart(KEY);
      for (const screen of ['On hold', 'Settings', 'Queue', 'Today'] as const) {
        await till.shell.goTo(screen);
        await expect(line(), screen).toContainText(/^Queue paused, as of .* · 1 action waits$/);
      }
      expect(askedOf(dojo, id)).toEqual([]);
      await till.call('resumeQueue');
      await expect.poll(() => askedOf(dojo, id)).toHaveLength(1);
      await expect(line()).toContainText(/^Live/);
    });
    await test.step('a deadline that passes while there is no connection is said at once, asks, and nothing is sent when the connection is back', async () => {
      const endsInMs = 25_000;
      const now = Date.now();
      const { id } = hold(dojo, {
        reference: 'Room 12',
        amountMinor: 4_200,
        createdAtMs: now,
        paidAtMs: now,
        autoExpireInMs: endsInMs,
        autoExpireAction: 'Release',
      });
      await till.freshen();
      await till.today.shows('Room 12', 'On hold');
      await dojo.closeLine();
      await till.shell.refresh();
      await till.shell.isOffline();
      await till.today.take('Room 12');
      await till.take.promise();
      await till.today.shows('Room 12', 'Capture £42.00: queued');
      await expect(till.today.row('Room 12')).toContainText('Capture £42.00: too late', { timeout: endsInMs });
      await expect(till.page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: /^Queue/ })).toContainText('1 needs you');
      await till.shell.goTo('Queue');
      await expect(till.page.locator('.queue-head')).toContainText('1 too late');
      await expect(till.page.locator('.queue-head')).not.toContainText('is sent when the connection is back');
      await expect(till.queue.entry('Room 12')).toContainText(/has passed: the capture is not sent\. Nothing moved\./);
      await expect(till.queue.entry('Room 12').getByRole('button', { name: /^Try now/ })).toHaveCount(0);
      await till.queue
        .entry('Room 12')
        .getByRole('button', { name: /^Open the payment/ })
        .click();
      await expect(till.payment.dialog).toContainText('Room 12');
      await till.payment.leave();
      await till.queue.withdraw('Room 12');
      await expect(till.queue.entry('Room 12')).toContainText('Removed');
      await dojo.openLine();
      await till.shell.isLive();
      expect(askedOf(dojo, id)).toEqual([]);
    });
    await test.step('an operation that Dojo forbids stops, is said once, and what waits and what was refused goes after a second press that says how much', async () => {
      const refunds = () => changesAsked(dojo).filter(({ operation }) => operation === 'refund');
      const ids = Array.from({ length: 8 }, (_, nth) => sale(dojo, { reference: `Table ${nth + 1}`, amountMinor: 2_000 }).id);
      dojo.faults.order({ kind: 'status-before', status: 403, match: { operation: 'refund' }, times: 8 });
      await till.freshen();
      await till.shell.goTo('Today');
      await till.today.shows('Table 1', 'Paid');
      await till.call('pauseQueue');
      for (const paymentId of ids) expect(await till.submit({ kind: 'refund', paymentId, amount: 500 })).toMatchObject({ ok: true });
      await till.call('resumeQueue');
      const stopped = till.page.getByRole('alert').filter({ hasText: 'Dojo does not allow this key any refunds.' });
      // Those that were on their way when it stopped are refused after it, and the press decides again what it says.
      await expect(async () => {
        const sent = refunds().length;
        expect(await stopped.innerText()).toMatch(new RegExp(`\\b${8 - sent} waits?, ${sent} were refused: nothing moved`));
      }).toPass({ timeout: 15_000 });
      const asked = refunds().length;
      expect(asked).toBeLessThan(8);
      // A key that is refused altogether has that one message, and what it may not do comes back with it.
      const keyRefused = till.page.getByRole('alert').filter({ hasText: 'Dojo does not accept the API key.' });
      dojo.bank.setSwitches({ refusing: [{ status: 401 }] });
      await till.call('refresh');
      await expect(keyRefused).toBeVisible();
      await expect(stopped).toHaveCount(0);
      dojo.bank.setSwitches({ refusing: [] });
      await till.call('refresh');
      await expect(stopped).toBeVisible();
      await expect(keyRefused).toHaveCount(0);
      dojo.faults.clear();
      await stopped.getByRole('button', { name: /^Try/ }).focus();
      await lookBeforeKey(till.page);
      await pressByHand(till.page, 'Enter');
      await expect(stopped.getByRole('button', { name: 'No, not yet' })).toBeFocused();
      expect(refunds()).toHaveLength(asked);
      await look(till.page);
      await stopped.getByRole('button', { name: 'Yes, refund 8: £40.00' }).click();
      await expect(stopped).toHaveCount(0);
      await expect
        .poll(async () => (await Promise.all(ids.map((id) => till.actionsOn(id)))).flatMap((actions) => actions.map(({ state }) => state)).toSorted(), {
          timeout: 40_000,
        })
        .toEqual([...Array(8).fill('done'), ...Array(asked).fill('refused')]);
      for (const id of ids) expect(moneyOf(dojo, id)).toMatchObject({ refunds: 1, refundedMinor: 500 });
    });
  });
});
