import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { changesAsked, hold, moneyOf } from './shop.ts';

const SECRET = 'sk_sandbox_Zq7Xw2Lk9Vb4Nt6Rm';

/** The ways in which a key could lie in a file without being seen at once. */
const spellings = (key: string): Buffer[] => [
  Buffer.from(key, 'latin1'),
  Buffer.from(key, 'utf16le'),
  // Base64 of the key wherever it begins within a longer text: the characters that do not depend on what stands around it.
  ...[0, 1, 2].map((before) =>
    Buffer.from(
      Buffer.from(`${'x'.repeat(before)}${key}`)
        .toString('base64')
        .slice(before === 0 ? 0 : 4, -4),
    ),
  ),
  Buffer.from(Buffer.from(key).toString('hex')),
];

async function filesHolding(folder: string, key: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    if (spellings(key).some((spelling) => bytes.includes(spelling))) found.push(path);
  }
  return found;
}

test.describe('the key stays in main', () => {
  test('it is nowhere in the page, the profile, the log, the output or the command line', { tag: '@host' }, async ({ till, app, dojo, profile }) => {
    dojo.bank.addKey(SECRET);
    const { id: paymentId } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
    await till.connectByForm(SECRET);
    // Trouble is where secrets leak: a refusal, a lost answer, a server's error, a call that does not fit.
    dojo.faults.order({ kind: 'status-before', status: 500, match: { operation: 'search' } });
    dojo.faults.order({ kind: 'reset-after-commit', match: { operation: 'capture' } });
    await till.call('refresh');
    await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
    await till.call('connect', { apiKey: `${SECRET} `, more: SECRET });
    await till.call('connect', { apiKey: `${SECRET}\n` });
    await expect.poll(() => till.actionStates()).toEqual(['done']);
    expect(changesAsked(dojo)).toHaveLength(1);

    const page = await till.page.evaluate(async () => {
      const fields = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value);
      const globals = Object.getOwnPropertyNames(window).flatMap((name) => {
        try {
          return [JSON.stringify(Reflect.get(window, name)) ?? ''];
        } catch {
          return [];
        }
      });
      const kept = [{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases(), await caches.keys().catch(() => [])];
      return JSON.stringify([document.documentElement.outerHTML, fields, globals, kept, await window.till.getSnapshot(), history.state]);
    });
    expect(page).not.toContain(SECRET);
    expect(page).toContain(SECRET.slice(-4));

    const commandLine = app.commandLine();
    await app.quit();
    expect(await filesHolding(profile, SECRET)).toEqual([]);
    expect(app.output()).not.toContain(SECRET);
    expect(commandLine).not.toContain(SECRET);
  });

  test('kept by secure storage it is used again after a restart, nowhere in the clear; unreadable it is asked for once more, and after disconnecting it is gone', {
    tag: '@stored-key',
  }, async ({ till, app, dojo, profile }) => {
    test.setTimeout(150_000);
    dojo.bank.addKey(SECRET);
    const { id: paymentId } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
    await till.connectByForm(SECRET);
    await test.step('it is used again after a restart, and is still nowhere in the clear, nor after a power cut', async () => {
      await till.restart(null);
      await till.shell.isLive();
      await till.today.shows('Table 1', 'On hold');
      expect(dojo.journal().at(-1)?.headers.authorization).toBe(`Basic …${SECRET.slice(-4)}`);
      expect(await filesHolding(profile, SECRET)).toEqual([]);
      await dojo.closeLine();
      expect(await till.submit({ kind: 'capture', paymentId, amount: 1_000 })).toMatchObject({ ok: true });
      await app.kill();
      expect(await filesHolding(profile, SECRET)).toEqual([]);
    });
    await test.step('one that cannot be read is asked for once more; what waited goes on', async () => {
      await writeFile(join(profile, 'vault.json'), JSON.stringify({ apiKey: Buffer.from('v10 not a key at all').toString('base64') }));
      await dojo.openLine();
      await app.start();
      await expect(till.page.getByText('The stored API key cannot be read')).toBeVisible();
      await expect(till.page.getByText('1 action is open.')).toBeVisible();
      expect(changesAsked(dojo)).toEqual([]);
      await till.connectByForm(SECRET);
      await expect.poll(() => moneyOf(dojo, paymentId).captures, { timeout: 30_000 }).toBe(1);
      await expect.poll(() => till.actionStates()).toEqual(['done']);
    });
    await test.step('a live key is shown as live, its last four are all the page knows, and after disconnecting a restart knows none', async () => {
      const live = 'sk_prod_e2e0007777';
      dojo.bank.addKey(live);
      await till.call('disconnect');
      await till.firstStart.isShown();
      await till.connectByForm(live);
      await expect(till.shell.bands).not.toContainText('TEST');
      expect((await till.snapshot()).connection).toMatchObject({ mode: 'live', keyLast4: '7777' });
      await till.call('disconnect');
      await till.firstStart.isShown();
      await till.restart(null);
      await till.firstStart.isShown();
      const asked = dojo.journal().length;
      expect((await till.snapshot()).connection).toMatchObject({ mode: 'none', keyLast4: null });
      expect(dojo.journal()).toHaveLength(asked);
    });
  });
});

test.describe('on a Linux whose only key store is plain text', { tag: ['@electron', '@linux'] }, () => {
  test.use({ keyStore: 'plain' });

  test('no key is stored: a test key serves for this run, and the next start knows none', async ({ till, app, dojo, profile }) => {
    dojo.bank.addKey(SECRET);
    await till.firstStart.paste(SECRET);
    await till.firstStart.connect();
    await expect(till.firstStart.trouble).toContainText('no secure storage');
    expect(await till.call('connect', { apiKey: 'sk_prod_e2e0002' })).toMatchObject({ ok: false, error: { code: 'no-secure-storage' } });
    expect(dojo.journal()).toEqual([]);
    await till.firstStart.keepForThisRunOnly();
    await till.shell.isLive();
    expect((await till.snapshot()).connection).toMatchObject({ mode: 'test', thisRunOnly: true });
    await app.quit();
    expect(await filesHolding(profile, SECRET)).toEqual([]);
    await app.start();
    await till.firstStart.isShown();
  });
});
