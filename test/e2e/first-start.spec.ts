import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tradingDay } from '../../main/core/day/day.ts';
import { expect, KEY, test } from './fixtures.ts';
import { Keyboard, pressByHand, typeByHand } from './pages/keyboard.ts';
import { comeAnew, look } from './pages/look.ts';
import { changesAsked, hold, keysHeard, sale } from './shop.ts';
import { SIZES } from './sizes.ts';

const OTHER_KEY = 'sk_sandbox_other55';
const PC_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** As the zone's field writes it. */
const shown = (zone: string): string => zone.replaceAll('_', ' ');

test.describe('first start', () => {
  test('asks for the shop’s name and zone, opens the training or the day, and keeps what was said', { tag: '@host' }, async ({ till, dojo }) => {
    test.setTimeout(120_000);
    hold(dojo, { reference: 'Table 4', amountMinor: 4200 });
    await test.step('the zone is filled with the PC’s, and the key is what is typed first', async () => {
      await till.firstStart.isShown();
      await expect(till.firstStart.shopName).toHaveValue('');
      await expect(till.firstStart.zone).toHaveValue(shown(PC_ZONE));
      await expect(till.page.getByText('Decides what “today” is, and when a reversal ends.')).toBeVisible();
      // What is pasted as the page opens is a key more often than anything else: it must not land in a field in the clear.
      await expect(till.firstStart.keyField).toBeFocused();
    });
    await test.step('training mode is a whole shop that no request leaves', async () => {
      await till.firstStart.startTraining();
      await expect(till.shell.bands).toContainText('TRAINING');
      await till.shell.isLive();
      await expect(till.today.rows.first()).toBeVisible();
      expect((await till.snapshot()).payments.length).toBeGreaterThanOrEqual(30);
      expect(dojo.journal()).toEqual([]);
      await till.call('disconnect');
      await till.firstStart.isShown();
    });
    await test.step('a key that Dojo accepts opens the day, with nothing said of the shop', async () => {
      await till.connectByForm(KEY);
      expect((await till.snapshot()).settings).toMatchObject({ shopName: '', zone: PC_ZONE });
      await till.today.shows('Table 4', 'On hold · £42.00 to capture');
      await expect(till.shell.bands).toContainText('TEST');
      expect(keysHeard(dojo)).toEqual(['0001']);
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('what is said of the shop is kept, over a restart too, and its zone decides what today is', async () => {
      await till.call('disconnect', { confirmed: true });
      await till.firstStart.isShown();
      sale(dojo, { reference: 'Now', amountMinor: 100, paidAtMs: Date.now() });
      const zone = 'Pacific/Kiritimati';
      await till.firstStart.shopName.fill(' The Anchor ');
      await till.firstStart.chooseZone('Kiritimati');
      // Nothing is saved before the person goes on.
      expect((await till.snapshot()).settings).toMatchObject({ shopName: '', zone: PC_ZONE });
      await till.connectByForm(KEY);
      const { startMs, endMs, date } = tradingDay(Date.now(), zone, 0);
      expect((await till.snapshot()).day).toMatchObject({ zone, date, startMs, endMs });
      await expect(till.page.getByRole('heading', { name: 'The Anchor', level: 1 })).toBeVisible();
      await till.today.shows('Now', 'Paid');
      await till.restart(KEY);
      await till.shell.isLive();
      expect((await till.snapshot()).settings).toMatchObject({ shopName: 'The Anchor', zone });
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('a till that was disconnected shows what is saved, and keeps it untouched', async () => {
      await till.call('saveSettings', { shopName: 'The Anchor', zone: 'Europe/Dublin', density: 'compact' });
      const { settings } = await till.snapshot();
      await till.call('disconnect', { confirmed: true });
      await till.firstStart.isShown();
      await expect(till.firstStart.shopName).toHaveValue('The Anchor');
      await expect(till.firstStart.zone).toHaveValue('Europe/Dublin');
      await till.connectByForm(KEY);
      expect((await till.snapshot()).settings).toEqual(settings);
      // What was taken off is off.
      await till.call('disconnect', { confirmed: true });
      await till.firstStart.isShown();
      await till.firstStart.shopName.fill('');
      await till.connectByForm(KEY);
      expect((await till.snapshot()).settings).toEqual({ ...settings, shopName: '' });
    });
  });

  test('can be used at any size, takes no key that is none or is refused, and asks for the zone that was typed and not chosen', async ({
    till,
    dojo,
    profile,
  }) => {
    test.setTimeout(150_000);
    await test.step('the form can be used at any size', async () => {
      await till.firstStart.isShown();
      for (const [what, size] of SIZES)
        await test.step(what, async () => {
          await till.page.setViewportSize(size);
          const widths = await till.page.evaluate(() => [document.querySelector('.first-start')?.scrollWidth, document.documentElement.clientWidth]);
          expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
          for (const part of [till.firstStart.shopName, till.firstStart.zone, till.firstStart.keyField, till.firstStart.training]) {
            await part.scrollIntoViewIfNeeded();
            await expect(part).toBeInViewport({ ratio: 0.99 });
          }
          if (size.height < 696) return;
          // All of it at once, below the frame of a window of that size too.
          await till.page.setViewportSize({ ...size, height: size.height - 72 });
          const [whole, seen] = await till.page.locator('.first-start').evaluate(({ scrollHeight, clientHeight }) => [scrollHeight, clientHeight] as const);
          expect(whole).toBeLessThanOrEqual(seen);
        });
      await till.page.setViewportSize({ width: 1366, height: 768 });
    });
    await test.step('an empty key or one with a line break is refused by the till itself, not only by the page', async () => {
      await expect(till.page.getByRole('button', { name: 'Connect', exact: true })).toBeDisabled();
      for (const apiKey of ['', `${KEY}\n`, `${KEY}\r\nhost: elsewhere.example`]) {
        const answer = await till.call('connect', { apiKey });
        expect(answer, JSON.stringify(apiKey)).toMatchObject({ ok: false, error: { code: 'key-form' } });
      }
      expect(dojo.journal()).toEqual([]);
    });
    await test.step('what cannot be a key is refused before Dojo is asked', async () => {
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
    await test.step('a key in the place of the name is said at its field, saved nowhere, and no key is tried', async () => {
      for (const goOn of [() => till.firstStart.connect(), () => till.firstStart.startTraining()]) {
        await till.firstStart.shopName.fill('sk_prod_e2esecret1');
        await till.firstStart.paste(KEY);
        await look(till.page);
        await goOn();
        await expect(till.page.locator('.first-start-shop')).toContainText('This looks like an API key');
        await expect(till.firstStart.shopName).toBeFocused();
        await expect(till.firstStart.keyField).toHaveValue(KEY);
      }
      const { settings, connection } = await till.snapshot();
      expect([settings.shopName, connection.mode]).toEqual(['', 'none']);
      expect(dojo.journal()).toEqual([]);
      expect(await readFile(join(profile, 'settings.json'), 'utf8').catch(() => '')).not.toContain('e2esecret1');
    });
    await test.step('a key that Dojo refuses is not taken, and leaves what was said of the shop saved', async () => {
      await till.firstStart.shopName.fill('The Anchor');
      await till.giveKey('sk_sandbox_unknown9');
      await expect(till.firstStart.trouble).toContainText('Dojo does not accept this API key');
      await expect(till.firstStart.shopName).toHaveValue('The Anchor');
      const { settings, connection } = await till.snapshot();
      expect([settings.shopName, connection.mode]).toEqual(['The Anchor', 'none']);
      expect(dojo.journal().map(({ status }) => status)).toEqual([401]);
    });
    await test.step('a Wi-Fi sign-in page is not taken for Dojo', async () => {
      dojo.faults.order({ kind: 'html-before', times: 99 });
      await till.firstStart.isShown();
      await till.giveKey(KEY);
      await expect(till.firstStart.trouble).toContainText('Something other than Dojo answered');
      expect((await till.snapshot()).connection.mode).toBe('none');
      dojo.faults.clear();
    });
    await test.step('without a line the key stays in the field and nothing is kept', async () => {
      await dojo.closeLine();
      await till.firstStart.isShown();
      await till.giveKey(KEY);
      await expect(till.firstStart.trouble).toContainText('there is no connection');
      await expect(till.firstStart.keyField).toHaveValue(KEY);
      await dojo.openLine();
      await till.firstStart.isShown();
      await till.connectByForm(KEY);
      expect((await till.snapshot()).settings).toMatchObject({ shopName: 'The Anchor' });
    });
    await test.step('a line break that came along with the copied key is no trouble', async () => {
      await till.call('disconnect');
      await till.firstStart.isShown();
      await till.connectByForm(` ${KEY} `);
    });
    await test.step('the zone is asked for where several fit, or none, and nothing goes on in a zone that nobody chose', async () => {
      await till.call('disconnect');
      await till.firstStart.isShown();
      const asked = dojo.journal().length;
      for (const [typed, words] of [
        ['Europe', '“Europe” fits several time zones'],
        ['Lodnon', '“Lodnon” fits no time zone'],
      ] as const) {
        await till.firstStart.zone.fill(typed);
        await till.firstStart.paste(KEY);
        await expect(till.page.locator('.first-start-shop')).toContainText(words);
        await look(till.page);
        await till.firstStart.connect();
        await expect(till.firstStart.zone).toBeFocused();
        expect((await till.snapshot()).connection.mode).toBe('none');
      }
      expect(dojo.journal()).toHaveLength(asked);
      await till.firstStart.chooseZone('Tokyo');
      await till.connectByForm(KEY);
      expect((await till.snapshot()).settings).toMatchObject({ zone: 'Asia/Tokyo' });
    });
    await test.step('the zone is taken where only one fits', async () => {
      await till.call('disconnect');
      await till.firstStart.isShown();
      await till.firstStart.zone.fill('london');
      await till.firstStart.paste(KEY);
      await expect(till.firstStart.zone).toHaveValue('Europe/London');
      await till.connectByForm(KEY);
      expect((await till.snapshot()).settings).toMatchObject({ zone: 'Europe/London' });
    });
  });

  test('trains in the shop’s zone, with customers who come by themselves and a cable that can be pulled', async ({ till, dojo }) => {
    // A customer comes within 40 s; a window that nobody looks at reads every 60 s.
    test.setTimeout(150_000);
    await test.step('training begins in the shop’s zone, and the shop keeps it', async () => {
      await till.firstStart.shopName.fill('The Anchor');
      await till.firstStart.chooseZone('Tokyo');
      await till.firstStart.startTraining();
      await till.shell.isLive();
      const { settings, day } = await till.snapshot();
      expect([settings.shopName, settings.zone, day.zone]).toEqual(['The Anchor', 'Asia/Tokyo', 'Asia/Tokyo']);
      await till.call('disconnect');
      await till.firstStart.isShown();
      await expect(till.firstStart.shopName).toHaveValue('The Anchor');
      await expect(till.firstStart.zone).toHaveValue('Asia/Tokyo');
    });
    await till.call('startTraining', { seed: 7 });
    await till.shell.isLive();
    const before = new Set((await till.snapshot()).payments.map(({ id }) => id));
    await test.step('the cable can be pulled: what is decided waits, and goes when it is back', async () => {
      const hold = (await till.snapshot()).payments.find(({ moves }) => moves.capture.open);
      if (!hold) throw new Error('expected training to have a hold');
      await till.page.getByRole('button', { name: 'Pull the network cable' }).click();
      await till.shell.isOffline();
      const { ok } = await till.submit({ kind: 'capture', paymentId: hold.id, amount: hold.leftMinor });
      expect(ok).toBe(true);
      expect((await till.actionsOn(hold.id)).map(({ state }) => state)).toEqual(['waiting']);
      // It has come under the pointer in place of the other.
      await comeAnew(till.page);
      await till.page.getByRole('button', { name: 'Plug the cable back in' }).click();
      await expect.poll(async () => (await till.actionsOn(hold.id)).map(({ state }) => state), { timeout: 30_000 }).toEqual(['done']);
    });
    await test.step('new payments arrive by themselves', async () => {
      await expect.poll(async () => (await till.snapshot()).payments.filter(({ id }) => !before.has(id)).length, { timeout: 120_000 }).toBeGreaterThan(0);
    });
    expect(dojo.journal()).toEqual([]);
  });

  test('where no key can be kept, a test key serves for this run only and a live one not at all', { tag: '@no-key-store' }, async ({ till, dojo }) => {
    await till.firstStart.paste('sk_prod_e2e0002');
    await till.firstStart.connect();
    await expect(till.firstStart.trouble).toContainText('A live key is never used without it');
    expect(await till.call('connect', { apiKey: 'sk_prod_e2e0002', thisRunOnly: true })).toMatchObject({ ok: false, error: { code: 'no-secure-storage' } });
    expect(dojo.journal()).toEqual([]);
    await till.connectByForm(KEY);
    expect((await till.snapshot()).connection).toMatchObject({ mode: 'test', thisRunOnly: true });
    await till.restart(null);
    await till.firstStart.isShown();
  });
});

test.describe('a barcode scanner at first start', { tag: '@electron' }, () => {
  test('starts nothing, where a person chooses a zone by the keyboard', async ({ till, dojo }) => {
    test.setTimeout(120_000);
    await till.firstStart.isShown();
    const keyboard = new Keyboard(till.page);
    await test.step('it chooses no zone, saves no name and starts nothing, by whatever it ends', async () => {
      const before = (await till.snapshot()).settings;
      for (const place of [() => till.firstStart.zone, () => till.firstStart.shopName, () => till.firstStart.keyField, () => till.firstStart.training])
        for (const [code, ending, gapMs] of [
          ['5012345', ['Enter'], 10],
          ['london', ['Tab'], 35],
          ['2030', [], 100],
        ] as const) {
          // An open list of zones hides what is beside it.
          await till.firstStart.keyField.focus();
          await place().focus();
          await keyboard.rest();
          await keyboard.strike([...code, ...ending], gapMs);
          await look(till.page);
          await till.firstStart.keyField.focus();
          await expect(till.firstStart.zone).toHaveValue(shown(PC_ZONE));
          const now = await till.snapshot();
          expect([now.settings, now.connection.mode], `${code} at ${gapMs} ms`).toEqual([before, 'none']);
        }
      expect(dojo.journal()).toEqual([]);
    });
    await test.step('a person takes a zone that was typed and not chosen with Enter, or with Tab', async () => {
      for (const [key, typed, zone] of [
        ['Enter', 'dublin', 'Europe/Dublin'],
        ['Tab', 'toky', 'Asia/Tokyo'],
      ] as const) {
        await till.firstStart.zone.fill('');
        await typeByHand(till.firstStart.zone, typed);
        await pressByHand(till.page, key);
        await expect(till.firstStart.zone).toHaveValue(zone);
      }
    });
    await test.step('it does not say whose account a key belongs to', async () => {
      dojo.bank.addKey(OTHER_KEY, 'acc_other');
      const { id } = hold(dojo, { reference: 'Mine', amountMinor: 1_000 });
      await till.connectByForm(KEY);
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId: id, amount: 1_000 });
      await till.call('disconnect', { confirmed: true });
      await till.firstStart.isShown();
      await till.giveKey(OTHER_KEY);
      const question = till.firstStart.sameAccountQuestion;
      for (const [name, first] of [
        [/^No,/, ' '],
        [/^Yes,/, 'Enter'],
      ] as const) {
        await question.getByRole('button', { name }).focus();
        await look(till.page);
        await keyboard.strike([first, ...'5012345', 'Enter'], 20);
        await look(till.page);
        await look(till.page);
        await expect(question).toBeVisible();
        expect((await till.snapshot()).connection).toMatchObject({ mode: 'none', keyLast4: null });
      }
      expect(changesAsked(dojo)).toEqual([]);
    });
  });
});
