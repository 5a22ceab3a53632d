import { tradingDay } from '../../main/core/day.ts';
import { expect, KEY, test } from './fixtures.ts';
import { changesAsked, sale } from './shop.ts';

test.describe('settings', () => {
  test('name, zone, start of the day, appearance and density are kept over a restart', async ({ till }) => {
    await till.connect(KEY);
    await till.shell.goTo('Settings');
    await till.settings.shopName.fill('The Anchor');
    await till.settings.shopName.press('Enter');
    await expect(till.page.getByRole('heading', { name: 'The Anchor', level: 1 })).toBeVisible();
    await till.settings.chooseZone('Dublin');
    await till.settings.chooseDayStart('05:00');
    await till.settings.choose('Dark');
    await till.settings.choose('Compact');
    const wanted = { shopName: 'The Anchor', zone: 'Europe/Dublin', dayStartMinutes: 300, appearance: 'dark', density: 'compact' };
    await expect.poll(async () => (await till.snapshot()).settings).toMatchObject(wanted);
    await till.restart(KEY);
    await till.shell.isLive();
    expect((await till.snapshot()).settings).toMatchObject(wanted);
    await expect(till.page.locator('html')).toHaveAttribute('data-appearance', 'dark');
    await expect(till.page.locator('html')).toHaveAttribute('data-density', 'compact');
    await expect(till.page.getByRole('heading', { name: 'The Anchor', level: 1 })).toBeVisible();
  });

  test('the zone decides what today is', async ({ till, dojo }) => {
    sale(dojo, { reference: 'Now', amountMinor: 100, paidAtMs: Date.now() });
    await till.connect(KEY);
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu']) {
      expect(await till.call('saveSettings', { zone })).toMatchObject({ ok: true });
      const { startMs, endMs, date } = tradingDay(Date.now(), zone, 0);
      await expect.poll(async () => (await till.snapshot()).day).toMatchObject({ zone, date, startMs, endMs });
      await till.today.shows('Now', 'Paid');
    }
    expect(changesAsked(dojo)).toEqual([]);
  });

  test('a zone that is none is refused and nothing is saved', async ({ till }) => {
    const before = await till.call('getSettings');
    expect(await till.call('saveSettings', { zone: 'Moon/Base', shopName: 'Never' })).toMatchObject({ ok: false, error: { code: 'bad-input', field: 'zone' } });
    expect(await till.call('getSettings')).toEqual(before);
  });
});
