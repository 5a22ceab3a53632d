import { tradingDay } from '../../main/core/day/day.ts';
import { expect, KEY, test } from './fixtures.ts';
import { comeAnew } from './pages/look.ts';
import { changesAsked, sale } from './shop.ts';

test.describe('settings', () => {
  test('all that is set is kept over a restart', { tag: '@host' }, async ({ till }) => {
    test.setTimeout(120_000);
    const shop = { shopName: 'The Anchor', zone: 'Europe/Dublin', dayStartMinutes: 300, appearance: 'dark', density: 'compact' };
    const reasons = ['Returned goods', 'Wrong amount', 'Paid twice', 'Spilt', 'Not available'];
    const money = { refundReasons: reasons, offlineRefunds: true, offlineRefundMaxMinor: 2000, closingMinutes: 1050, holdWarnings: false };
    await till.connect(KEY);
    await till.shell.goTo('Settings');
    await test.step('name, zone, start of the day, appearance and density', async () => {
      await till.settings.shopName.fill('The Anchor');
      await till.settings.shopName.press('Enter');
      await expect(till.page.getByRole('heading', { name: 'The Anchor', level: 1 })).toBeVisible();
      await till.settings.chooseZone('Dublin');
      await till.settings.chooseDayStart('05:00');
      await till.settings.choose('Dark');
      await till.settings.choose('Compact');
      await expect.poll(async () => (await till.snapshot()).settings).toMatchObject(shop);
    });
    await test.step('refund reasons, refunds without the line and warnings of holds', async () => {
      await till.settings.newReason.fill('returned GOODS');
      await expect(till.page.getByText('“returned GOODS” is on the list already.')).toBeVisible();
      await expect(till.page.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
      await till.settings.newReason.fill('Spilt');
      await till.settings.newReason.press('Enter');
      await till.page.getByRole('button', { name: 'Remove Complaint' }).click();
      await till.page.getByRole('button', { name: 'Move Spilt up' }).click();
      await expect.poll(() => till.settings.reasons()).toEqual(reasons);
      await expect(till.settings.offlineRefundMax).toBeDisabled();
      await till.settings.allowOfflineRefunds('2000');
      await till.settings.chooseClosing('17:30');
      await till.page.getByText('Warn of holds about to end').click();
      await expect.poll(async () => (await till.snapshot()).settings).toMatchObject(money);
    });
    await test.step('all of it is there after a restart', async () => {
      await till.restart(KEY);
      await till.shell.isLive();
      expect((await till.snapshot()).settings).toMatchObject({ ...shop, ...money });
      await expect(till.page.locator('html')).toHaveAttribute('data-appearance', 'dark');
      await expect(till.page.locator('html')).toHaveAttribute('data-density', 'compact');
      await expect(till.page.getByRole('heading', { name: 'The Anchor', level: 1 })).toBeVisible();
      await till.shell.goTo('Settings');
      await expect(till.settings.holdWarnings).not.toBeChecked();
      await expect(till.settings.offlineRefunds).toBeChecked();
      await expect(till.settings.offlineRefundMax).toHaveValue('£20.00');
    });
  });

  test('a zone, a list of reasons and an amount are taken where they make sense, and what is none is refused', async ({ till, dojo }) => {
    test.setTimeout(120_000);
    await till.connect(KEY);
    await test.step('a zone that is none is refused and nothing is saved', async () => {
      await till.freshen();
      const before = await till.call('getSettings');
      expect(await till.call('saveSettings', { zone: 'Moon/Base', shopName: 'Never' })).toMatchObject({
        ok: false,
        error: { code: 'bad-input', field: 'zone' },
      });
      expect(await till.call('getSettings')).toEqual(before);
    });
    await test.step('a zone that was typed and left is taken where only one fits, and asked for where several do', async () => {
      await till.freshen();
      await till.shell.goTo('Settings');
      await till.settings.zone.fill('dublin');
      await till.settings.shopName.focus();
      await expect.poll(async () => (await till.snapshot()).settings.zone).toBe('Europe/Dublin');
      await till.settings.zone.fill('America');
      await till.settings.shopName.focus();
      await expect(till.page.getByText('“America” fits several time zones. Choose one from the list.')).toBeVisible();
      await expect(till.settings.zone).toHaveValue('Europe/Dublin');
      expect((await till.snapshot()).settings.zone).toBe('Europe/Dublin');
    });
    await test.step('the zone decides what today is', async () => {
      sale(dojo, { reference: 'Now', amountMinor: 100, paidAtMs: Date.now() });
      await till.shell.goTo('Today');
      await till.freshen();
      for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu']) {
        expect(await till.call('saveSettings', { zone })).toMatchObject({ ok: true });
        const { startMs, endMs, date } = tradingDay(Date.now(), zone, 0);
        await expect.poll(async () => (await till.snapshot()).day).toMatchObject({ zone, date, startMs, endMs });
        await till.today.shows('Now', 'Paid');
      }
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('an emptied list of reasons and an empty amount: the list stays empty, the amount stays what it was', async () => {
      await till.freshen();
      await till.shell.goTo('Settings');
      for (const reason of await till.settings.reasons()) {
        await till.page.getByRole('button', { name: `Remove ${reason}` }).click();
        // The next one comes up under the pointer: it is not pressed by the same double click.
        await comeAnew(till.page);
      }
      await expect(till.page.getByText('The list is empty: whoever refunds types the reason.')).toBeVisible();
      await till.page.getByText('Allow refunds while there is no connection').click();
      await expect(till.settings.offlineRefundMax).toBeEnabled();
      await till.settings.offlineRefundMax.press('Control+a');
      await till.settings.offlineRefundMax.press('Delete');
      await expect(till.page.getByText('Type an amount above zero. Until then the one before counts.')).toBeVisible();
      await till.settings.offlineRefundMax.press('Tab');
      expect((await till.snapshot()).settings).toMatchObject({ refundReasons: [], offlineRefunds: true, offlineRefundMaxMinor: 5000 });
      expect(await till.call('saveSettings', { refundReasons: ['Late', 'late'] })).toMatchObject({
        ok: false,
        error: { code: 'bad-input', field: 'refundReasons' },
      });
    });
  });
});
