import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { electronPath, machineFlags, ROOT } from './electron-app.ts';
import { expect, KEY, test as plain } from './fixtures.ts';
import { askedOf, changesAsked, hold, moneyOf } from './shop.ts';

/** What lies in the profile before the till starts there for the first time. */
const test = plain.extend<{ found: Readonly<Record<string, string>> }>({
  found: [{}, { option: true }],
  profile: async ({ profile, found }, use) => {
    for (const [name, content] of Object.entries(found)) await writeFile(join(profile, name), content);
    await use(profile);
  },
});

test.describe('damage at the start', () => {
  test.describe('of what lies in the profile', () => {
    // A file where the log's folder would be.
    test.use({ found: { 'settings.json': '{ "shopName": "The Anc', logs: '' } });

    test('settings and a ledger that cannot be read are told in words and kept aside, and a log that cannot be kept is no trouble; the rest works, and nothing is sent by itself', async ({
      till,
      app,
      dojo,
      profile,
    }) => {
      test.setTimeout(90_000);
      await test.step('of the settings’ file and of the log: it is told and kept aside, and the rest works', async () => {
        const { id: paymentId } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
        await expect(till.page.getByText('The settings could not be read, so they all stand at their first values.')).toBeVisible();
        await till.connect(KEY);
        await till.today.shows('Table 1', 'On hold');
        expect((await till.snapshot()).settings.shopName).toBe('');
        expect(await till.call('saveSettings', { shopName: 'The Anchor' })).toMatchObject({ ok: true });
        expect((await readdir(profile)).filter((name) => /^settings.*damaged/.test(name))).toHaveLength(1);
        await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
        await expect.poll(() => moneyOf(dojo, paymentId).captures).toBe(1);
      });
      const { id: paymentId } = hold(dojo, { reference: 'Table 2', amountMinor: 1_000 });
      await till.freshen();
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
      await app.quit();
      await writeFile(join(profile, 'settings.json'), JSON.stringify({ shopName: 'The Harbour', zone: 'Moon/Base', density: 'compact' }));
      const ledger = join(profile, 'ledger', 'shop.sqlite');
      await writeFile(ledger, Buffer.alloc(8_192, 0x5a));
      for (const name of await readdir(join(profile, 'ledger')))
        if (name.includes('backup')) await writeFile(join(profile, 'ledger', name), 'no backup either');
      await app.start();
      await test.step('of a single setting: one that makes no sense stands at its default, the others stay', async () => {
        await expect(till.page.getByText('In the settings, the time zone could not be read')).toBeVisible();
        expect((await till.snapshot()).settings).toMatchObject({ shopName: 'The Harbour', density: 'compact' });
      });
      await test.step('of the ledger: it is set aside and said, and nothing that was in it is sent by itself', async () => {
        await expect(till.page.getByText('The file with the queue and history is damaged')).toBeVisible();
        if ((await till.snapshot()).connection.mode === 'none') await till.connect(KEY);
        await till.call('resumeQueue');
        await till.today.shows('Table 2', 'On hold · £10.00 to capture');
        expect((await readdir(join(profile, 'ledger'))).filter((name) => name.includes('damaged')).length).toBeGreaterThanOrEqual(1);
        expect(askedOf(dojo, paymentId)).toEqual([]);
        expect(await till.submit({ kind: 'capture', paymentId, amount: 1_000 })).toMatchObject({ ok: true });
        await expect.poll(() => moneyOf(dojo, paymentId).captures).toBe(1);
        expect(changesAsked(dojo)).toHaveLength(2);
      });
    });
  });

  test('a till that runs, and one whose page hangs, keep nobody from starting and closing it', { tag: '@electron' }, async ({ till, app, dojo, profile }) => {
    test.setTimeout(90_000);
    const { id: paymentId } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
    await till.connect(KEY);
    await test.step('a second till on the same profile shows the first and leaves', async () => {
      await app.electron().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
      const second = spawn(electronPath(), [...machineFlags(), `--user-data-dir=${profile}`, ROOT], { stdio: 'ignore' });
      const [code] = await once(second, 'exit');
      expect(code).toBe(0);
      await expect
        .poll(() => app.electron().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible())))
        .toEqual([true]);
      await till.today.shows('Table 1', 'On hold');
    });
    await test.step('a page that hangs keeps nobody from closing the till and starting it anew; what was accepted goes on', async () => {
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
      await app.electron().evaluate(({ BrowserWindow }) => {
        void BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('setTimeout(() => { for (;;); })');
      });
      await app.quit();
      await app.start();
      await till.call('resumeQueue');
      await expect.poll(() => moneyOf(dojo, paymentId).captures, { timeout: 30_000 }).toBe(1);
    });
  });

  test('a second till on the same ledger does not start', { tag: '@loopback' }, async ({ till, profile }) => {
    await till.firstStart.isShown();
    const second = spawn(process.execPath, [join(ROOT, 'test/browser-host/host.ts'), '--profile', profile], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    second.stderr.on('data', (part: Buffer) => {
      said += part.toString();
    });
    const [code] = await once(second, 'close');
    expect(code).toBe(1);
    expect(said).toContain('Tillside is open already on this PC.');
  });
});
