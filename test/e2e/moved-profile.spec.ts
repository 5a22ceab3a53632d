import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserHostApp } from './browser-host-app.ts';
import { electronApp } from './electron-app.ts';
import { expect, KEY, test as plain } from './fixtures.ts';
import { openTill, type TillUser } from './pages/till-user.ts';
import { askedOf, changesAsked, hold, moneyOf } from './shop.ts';

/** `elsewhere`: a folder that is not there yet. `tillAt`: the till over another profile. */
const test = plain.extend<{ elsewhere: string; tillAt: (profile: string) => TillUser }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs off its pattern.
  elsewhere: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tillside-elsewhere-'));
    await use(join(folder, 'profile'));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  tillAt: async ({ host, keyStore, dojo, chromiumBrowser }, use) => {
    const apps: { close(): Promise<void> }[] = [];
    await use((profile) => {
      const options = { profile, keyStore, dojoUrl: dojo.url };
      if (host === 'browser-host' && chromiumBrowser === null) throw new Error('expected a browser');
      const app = host === 'browser-host' && chromiumBrowser ? browserHostApp(options, chromiumBrowser) : electronApp(options);
      apps.push(app);
      return openTill(app, host);
    });
    for (const app of apps) await app.close();
  },
});

test('a copied profile shows its queue to a person and sends nothing of it; the original sends it once', async ({ till, dojo, profile, elsewhere, tillAt }) => {
  const { id } = hold(dojo, { reference: 'Table 9', amountMinor: 10_000 });
  await till.connect(KEY);
  await till.today.shows('Table 9', 'On hold');
  await dojo.closeLine();
  expect(await till.submit({ kind: 'capture', paymentId: id, amount: 3_000 })).toMatchObject({ ok: true });
  await till.app.quit();
  await cp(profile, elsewhere, { recursive: true, verbatimSymlinks: true });
  await dojo.openLine();

  await till.startAgain(KEY);
  await expect.poll(() => moneyOf(dojo, id).captures).toBe(1);
  await till.app.quit();

  const copy = tillAt(elsewhere);
  await copy.startAgain(KEY);
  await copy.shell.isLive();
  await expect(copy.shell.bands).toContainText('One open action needs you');
  await copy.shell.goTo('Queue');
  await expect(copy.queue.entry('Table 9')).toContainText('copied or moved');
  await expect
    .poll(async () => (await copy.actionsOn(id))[0])
    .toMatchObject({ state: 'needsPerson', code: 'moved', sinceDecision: { unchanged: false, decided: { captureCount: 0 }, now: { captureCount: 1 } } });
  expect(askedOf(dojo, id)).toHaveLength(1);

  // The next start of the copy does not forget it.
  await copy.restart(KEY);
  await copy.shell.isLive();
  expect((await copy.actionsOn(id)).map(({ state }) => state)).toEqual(['needsPerson']);
  expect(askedOf(dojo, id)).toHaveLength(1);
  expect(dojo.bank.imbalances()).toEqual([]);
});

test('a profile that a person moved goes on when they release what is unchanged', { tag: '@host' }, async ({ till, dojo, profile, elsewhere, tillAt }) => {
  const ids = ['Table 1', 'Table 2'].map((reference) => hold(dojo, { reference, amountMinor: 5_000 }).id);
  await till.connect(KEY);
  await till.today.shows('Table 2', 'On hold');
  await dojo.closeLine();
  const accepted = await till.submit(...ids.map((paymentId) => ({ kind: 'capture', paymentId, amount: 2_000 }) as const));
  const { actionIds } = accepted.value as { actionIds: string[] };
  await till.app.quit();
  await rename(profile, elsewhere);
  await dojo.openLine();

  const moved = tillAt(elsewhere);
  await moved.startAgain(KEY);
  await moved.shell.isLive();
  await expect(moved.shell.bands).toContainText('2 open actions need you');
  expect(changesAsked(dojo)).toEqual([]);
  expect((await moved.snapshot()).actions.map(({ can, sinceDecision }) => [can.release, sinceDecision?.unchanged])).toEqual([
    [true, true],
    [true, true],
  ]);
  expect(await moved.call('release', { actionIds })).toMatchObject({ ok: true });
  await expect.poll(() => ids.map((id) => moneyOf(dojo, id).captures)).toEqual([1, 1]);
  await expect(moved.shell.bands).not.toContainText('open actions need you');
  expect(changesAsked(dojo)).toHaveLength(2);
});
