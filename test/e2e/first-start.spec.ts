import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { changesAsked, hold, keysHeard } from './shop.ts';

test.describe('first start', () => {
  test('a key that Dojo accepts opens the day', async ({ till, dojo }) => {
    hold(dojo, { reference: 'Table 4', amountMinor: 4200 });
    await till.firstStart.isShown();
    await till.connect(KEY);
    await till.today.shows('Table 4', 'On hold · £42.00 to capture');
    await expect(till.shell.bands).toContainText('TEST');
    expect(keysHeard(dojo)).toEqual(['0001']);
    expect(changesAsked(dojo)).toEqual([]);
  });

  test('what cannot be a key is refused before Dojo is asked', async ({ till, dojo }) => {
    for (const [what, typed, words] of [
      ['a space inside', 'sk_sandbox_ab cd', 'must not contain spaces'],
      ['the prefix of something else', 'pk_sandbox_abcd', 'This is a public key'],
      ['no prefix', 'hello-there', 'This is not a Dojo API key'],
      ['a key cut short', 'sk_sandbox_', 'cut short'],
    ] as const)
      await test.step(what, async () => {
        await till.firstStart.paste(typed);
        await till.firstStart.connect();
        await expect(till.firstStart.trouble).toContainText(words);
        await till.firstStart.isShown();
        expect(dojo.journal()).toEqual([]);
      });
  });

  test('an empty key or one with a line break is refused by the till itself, not only by the page', { tag: '@main' }, async ({ till, dojo }) => {
    await expect(till.page.getByRole('button', { name: 'Connect', exact: true })).toBeDisabled();
    for (const apiKey of ['', `${KEY}\n`, `${KEY}\r\nhost: elsewhere.example`]) {
      const answer = await till.call('connect', { apiKey });
      expect(answer, JSON.stringify(apiKey)).toMatchObject({ ok: false, error: { code: 'key-form' } });
    }
    expect(dojo.journal()).toEqual([]);
  });

  test('a line break that came along with the copied key is no trouble', async ({ till }) => {
    await till.connect(` ${KEY} `);
  });

  test('a key that Dojo refuses is not taken', async ({ till, dojo }) => {
    await till.giveKey('sk_sandbox_unknown9');
    await expect(till.firstStart.trouble).toContainText('Dojo does not accept this API key');
    expect((await till.snapshot()).connection.mode).toBe('none');
    expect(dojo.journal().map(({ status }) => status)).toEqual([401]);
  });

  test('without a line the key stays in the field and nothing is kept', async ({ till, dojo }) => {
    await dojo.closeLine();
    await till.giveKey(KEY);
    await expect(till.firstStart.trouble).toContainText('there is no connection');
    await expect(till.firstStart.keyField).toHaveValue(KEY);
    await dojo.openLine();
    await till.connect(KEY);
  });

  test('a Wi-Fi sign-in page is not taken for Dojo', { tag: '@main' }, async ({ till, dojo }) => {
    dojo.faults.order({ kind: 'html-before', times: 99 });
    await till.giveKey(KEY);
    await expect(till.firstStart.trouble).toContainText('Something other than Dojo answered');
    expect((await till.snapshot()).connection.mode).toBe('none');
  });

  test('training mode is a whole shop that no request leaves', async ({ till, dojo }) => {
    await till.firstStart.startTraining();
    await expect(till.shell.bands).toContainText('TRAINING');
    await till.shell.isLive();
    await expect(till.today.rows.first()).toBeVisible();
    expect((await till.snapshot()).payments.length).toBeGreaterThanOrEqual(30);
    expect(dojo.journal()).toEqual([]);
  });

  test('in training new payments arrive by themselves', { tag: '@main' }, async ({ till }) => {
    // A customer comes within 40 s; a window that nobody looks at reads every 60 s.
    test.setTimeout(150_000);
    await till.call('startTraining', { seed: 7 });
    await till.shell.isLive();
    const before = new Set((await till.snapshot()).payments.map(({ id }) => id));
    await expect.poll(async () => (await till.snapshot()).payments.filter(({ id }) => !before.has(id)).length, { timeout: 120_000 }).toBeGreaterThan(0);
  });

  test('in training the cable can be pulled: what is decided waits, and goes when it is back', { tag: '@main' }, async ({ till }) => {
    await till.call('startTraining', { seed: 7 });
    await till.shell.isLive();
    const hold = (await till.snapshot()).payments.find(({ moves }) => moves.capture.open);
    if (!hold) throw new Error('expected training to have a hold');
    await till.page.getByRole('button', { name: 'Pull the network cable' }).click();
    await till.shell.isOffline();
    const { ok } = await till.submit({ kind: 'capture', paymentId: hold.id, amount: hold.leftMinor });
    expect(ok).toBe(true);
    expect((await till.actionsOn(hold.id)).map(({ state }) => state)).toEqual(['waiting']);
    // It has come under the pointer in place of the other.
    await look(till.page);
    await till.page.getByRole('button', { name: 'Plug the cable back in' }).click();
    await expect.poll(async () => (await till.actionsOn(hold.id)).map(({ state }) => state), { timeout: 30_000 }).toEqual(['done']);
  });

  test('where no key can be kept, a test key serves for this run only and a live one not at all', { tag: '@no-key-store' }, async ({ till, dojo }) => {
    await till.firstStart.paste('sk_prod_e2e0002');
    await till.firstStart.connect();
    await expect(till.firstStart.trouble).toContainText('A live key is never used without it');
    expect(await till.call('connect', { apiKey: 'sk_prod_e2e0002', thisRunOnly: true })).toMatchObject({ ok: false, error: { code: 'no-secure-storage' } });
    expect(dojo.journal()).toEqual([]);
    await till.connect(KEY);
    expect((await till.snapshot()).connection).toMatchObject({ mode: 'test', thisRunOnly: true });
    await till.restart(null);
    await till.firstStart.isShown();
  });
});
