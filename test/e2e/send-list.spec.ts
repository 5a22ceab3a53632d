import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { browserHostApp } from './browser-host-app.ts';
import { electronApp } from './electron-app.ts';
import { expect, KEY, test as plain } from './fixtures.ts';
import { boxOf } from './pages/drawn.ts';
import { pressByHand } from './pages/keyboard.ts';
import { look, lookBeforeKey } from './pages/look.ts';
import { openTill, type TillUser } from './pages/till-user.ts';
import { askedOf, changesAsked, hold, moneyOf, sale } from './shop.ts';
import { SIZES } from './sizes.ts';

/** The till whose profile a person moved while this was queued. */
const test = plain.extend<{ moved: (decide: (till: TillUser) => Promise<void>) => Promise<TillUser> }>({
  moved: async ({ till, profile, host, keyStore, dojo, chromiumBrowser }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tillside-moved-'));
    const elsewhere = join(folder, 'profile');
    const apps: { close(): Promise<void> }[] = [];
    await use(async (decide) => {
      await till.connect(KEY);
      await till.shell.isLive();
      await dojo.closeLine();
      await decide(till);
      await till.app.quit();
      await rename(profile, elsewhere);
      await dojo.openLine();
      const options = { profile: elsewhere, keyStore, dojoUrl: dojo.url };
      const app = host === 'browser-host' && chromiumBrowser ? browserHostApp(options, chromiumBrowser) : electronApp(options);
      apps.push(app);
      const moved = openTill(app, host);
      await moved.startAgain(KEY);
      await moved.shell.isLive();
      await moved.shell.goTo('Queue');
      return moved;
    });
    for (const app of apps) await app.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});

test.describe('what a moved till shows to its person', () => {
  test('is one list beside Dojo: the unchanged go together, once each; what changed stays and says how, what is done is for settling alone, and all is counted the same everywhere', async ({
    dojo,
    moved,
  }) => {
    test.setTimeout(150_000);
    const same = ['Table 1', 'Table 2', 'Table 3'].map((reference) => hold(dojo, { reference, amountMinor: 5_000 }).id);
    const changed = hold(dojo, { reference: 'Room 7', amountMinor: 10_000 }).id;
    const refunded = sale(dojo, { reference: 'Cake', amountMinor: 2_000 }).id;
    const sold = sale(dojo, { reference: 'Sale 2', amountMinor: 2_000 }).id;
    const copy = await moved(async (till) => {
      await till.call('saveSettings', { offlineRefunds: true, offlineRefundMaxMinor: 100_000 });
      await till.submit(...[...same, changed].map((paymentId) => ({ kind: 'capture', paymentId, amount: 3_000 }) as const));
      await till.submit({ kind: 'refund', paymentId: refunded, amount: 500 }, { kind: 'reverse', paymentId: sold });
      dojo.bank.capture(TRAINING_ACCOUNT, changed, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
      dojo.bank.reverse(TRAINING_ACCOUNT, sold, Date.now());
    });
    const badge = copy.page.getByRole('button', { name: /^Queue/ });
    const done = copy.queue.sendRow('Sale 2');
    const showsNothingToSend = async () => {
      await expect(done).toContainText('Dojo shows it reversed by now: nothing is left to send.');
      await expect(done.getByRole('button', { name: /^Send/ })).toHaveCount(0);
      await expect(done.getByRole('button', { name: /^Settle: / })).toBeVisible();
    };
    expect(changesAsked(dojo)).toEqual([]);
    await expect(badge).toContainText('6 need you');
    await expect(copy.page.getByText('6 to compare with Dojo.')).toBeVisible();
    await copy.queue.compare.click();
    await expect(copy.queue.sendRows).toHaveCount(6);
    await showsNothingToSend();
    await expect(copy.queue.sendRow('Room 7')).toContainText('Changed since it was decided.');
    await expect(copy.queue.sendRow('Room 7')).toContainText('£30.00 in 1 capture (new)');
    const warning = 'Dojo shows £30.00 captured since this was decided: with one more, £60.00 of £100.00 is captured in all.';
    await expect(copy.queue.sendRow('Room 7')).toContainText(warning);
    await expect(copy.queue.sendRow('Room 7').getByRole('checkbox')).toHaveCount(0);
    await expect(copy.queue.sendRow('Table 1').getByRole('checkbox', { name: /^Send: Capture £30\.00 of Table 1/ })).toBeChecked();
    await expect(copy.queue.sendTogether).toHaveText('Send 4 unchanged');
    // One is kept back.
    await copy.queue.sendRow('Table 3').getByText('Table 3').click();
    await expect(copy.queue.sendTogether).toHaveText('Send 3 unchanged');
    // It stays unticked where it cannot be ticked for a while, and another tick comes in between.
    const readAgain = copy.page.getByRole('button', { name: 'Read again' });
    const tickOf = (reference: string) => copy.queue.sendRow(reference).getByRole('checkbox');
    const isRead = async () => {
      await expect(readAgain).toBeEnabled();
      await expect(tickOf('Table 2')).toBeEnabled();
      await look(copy.page);
    };
    await isRead();
    dojo.faults.order({ kind: 'status-before', status: 500, match: { operation: 'read', paymentId: same[2] ?? '' }, times: 50 });
    await readAgain.click();
    await expect(tickOf('Table 3')).toHaveCount(0);
    await isRead();
    await copy.queue.sendRow('Table 2').getByText('Table 2').click();
    await expect(copy.queue.sendTogether).toHaveText('Send 2 unchanged');
    dojo.faults.clear();
    await readAgain.click();
    await expect(tickOf('Table 3')).not.toBeChecked();
    await isRead();
    await copy.queue.sendRow('Table 2').getByText('Table 2').click();
    await expect(copy.queue.sendTogether).toHaveText('Send 3 unchanged');
    await copy.queue.sendTogether.click();
    expect(changesAsked(dojo)).toEqual([]);
    await look(copy.page);
    const letGo = dojo.withhold({ operation: 'read', paymentId: same[0] ?? '' });
    await copy.page.getByRole('button', { name: 'Yes, send 3' }).click();
    // Who leaves the list and comes back sees what goes on, and can change nothing of it.
    await expect(copy.queue.screen).toContainText('sending: 0 of 3');
    await look(copy.page);
    await copy.page.getByRole('button', { name: 'Back to the queue' }).click();
    await look(copy.page);
    await copy.queue.compare.click();
    await expect(copy.queue.screen).toContainText('sending: 0 of 3');
    await expect(copy.page.getByRole('button', { name: 'Sending…' })).toBeDisabled();
    await expect(tickOf('Table 2')).toBeDisabled();
    await look(copy.page);
    await copy.queue.sendRow('Table 2').getByText('Table 2').click();
    await expect(tickOf('Table 2')).toBeChecked();
    letGo();
    await expect(copy.queue.sendRow('Table 1')).toContainText(/Captur(ing|ed)/, { timeout: 30_000 });
    await expect(copy.queue.sendRow('Cake')).toContainText('Done');
    await expect(copy.queue.sendRow('Table 3')).toContainText(/Dojo, read \d{2}:\d{2}/);
    expect(same.map((id) => askedOf(dojo, id).length)).toEqual([1, 1, 0]);
    expect(askedOf(dojo, refunded)).toHaveLength(1);
    expect(askedOf(dojo, changed)).toHaveLength(0);
    // The changed one alone, after a look at it and two presses.
    await copy.queue
      .sendRow('Room 7')
      .getByRole('button', { name: /^Send this one: .* of Room 7 \(.* ending in \d{4}, / })
      .click();
    await look(copy.page);
    await copy.queue
      .sendRow('Room 7')
      .getByRole('button', { name: /^Yes, send £30\.00: .* of Room 7 \(.* ending in \d{4}, / })
      .click();
    await expect.poll(() => moneyOf(dojo, changed).captures, { timeout: 30_000 }).toBe(2);
    await copy.page.getByRole('button', { name: 'Back to the queue' }).click();
    await expect(copy.queue.entry('Table 3')).toContainText('copied or moved');
    // What was kept back goes alone, and one is left that only a person can settle.
    await expect(badge).toContainText('2 need you');
    await expect(copy.page.getByText('2 to compare with Dojo.')).toBeVisible();
    await look(copy.page);
    await copy.queue.compare.click();
    await expect(copy.queue.sendRows).toHaveCount(2);
    await showsNothingToSend();
    await expect(copy.queue.sendTogether).toHaveText('Send 1 unchanged');
    await look(copy.page);
    await copy.queue.sendTogether.click();
    await look(copy.page);
    await copy.page.getByRole('button', { name: 'Yes, send 1' }).click();
    await expect(copy.queue.sendRow('Table 3')).toContainText('Captured', { timeout: 30_000 });
    await expect(badge).toContainText('1 needs you');
    await copy.page.getByRole('button', { name: 'Back to the queue' }).click();
    await expect(copy.queue.entry('Sale 2').getByRole('button', { name: /^Settle: / })).toBeVisible();
    expect(askedOf(dojo, sold)).toEqual([]);
    expect(same.map((id) => askedOf(dojo, id).length)).toEqual([1, 1, 1]);
    expect(dojo.bank.imbalances()).toEqual([]);
  });

  test('can be settled one by one from the queue’s row and from there, with the two sides in plain words', async ({ dojo, moved }) => {
    test.setTimeout(90_000);
    const refunded = sale(dojo, { reference: 'Cake', amountMinor: 2_000 }).id;
    const first = hold(dojo, { reference: 'Table 1', amountMinor: 5_000 }).id;
    const second = hold(dojo, { reference: 'Table 2', amountMinor: 5_000 }).id;
    const copy = await moved(async (till) => {
      await till.call('saveSettings', { offlineRefunds: true, offlineRefundMaxMinor: 100_000 });
      await till.submit(...[first, second].map((paymentId) => ({ kind: 'capture', paymentId, amount: 3_000 }) as const));
      await till.submit({ kind: 'refund', paymentId: refunded, amount: 500 });
      dojo.bank.refund(TRAINING_ACCOUNT, refunded, { amountMinor: 500, idempotencyKey: 'another-tills' }, Date.now());
    });
    await test.step('it is read from Dojo as a person settles it, from the queue’s row too, and says when', async () => {
      const row = copy.queue.entry('Table 1');
      await expect(row).toContainText(/Dojo shows no capture\. Read \d{2}:\d{2}\./);
      const reads = () => dojo.journal().filter((asked) => asked.operation === 'read' && asked.id === first).length;
      const before = reads();
      dojo.bank.capture(TRAINING_ACCOUNT, first, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
      await row.getByRole('button', { name: /^Settle/ }).click();
      await expect.poll(reads).toBeGreaterThan(before);
      const dialog = copy.page.getByRole('dialog', { name: /^Settle: / });
      await expect(dialog).toContainText('Dojo shows a capture of £30.00');
      await expect(dialog).toContainText(/Dojo, read \d{2}:\d{2}/);
      await copy.page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    });
    await test.step('whether it happened is asked anew where Dojo shows something new between the two presses', async () => {
      await copy.queue
        .entry('Table 2')
        .getByRole('button', { name: /^Settle/ })
        .click();
      const dialog = copy.page.getByRole('dialog', { name: /^Settle: / });
      await dialog.getByText('It did not happen').click();
      await dialog.getByLabel('Note, kept with the action').fill('Nothing in Dojo.');
      await dialog.getByRole('button', { name: 'Settle: it did not happen' }).click();
      const yes = dialog.getByRole('button', { name: 'Yes, it did not happen' });
      await expect(yes).toBeEnabled();
      dojo.bank.capture(TRAINING_ACCOUNT, second, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
      await copy.call('refresh');
      await expect(dialog).toContainText('Dojo shows a capture of £30.00');
      await expect(yes).toHaveCount(0);
      await expect(dialog.getByRole('button', { name: 'Settle: it did not happen' })).toBeEnabled();
      await copy.page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    });
    await test.step('from the list beside Dojo, where the other till did it', async () => {
      await expect(copy.queue.entry('Cake')).toContainText(
        /Dojo shows £5\.00 refunded, £0\.00 before\. Read \d{2}:\d{2}\. This till has no record of sending its refund of £5\.00\./,
      );
      await copy.queue.compare.click();
      await copy.queue
        .sendRow('Cake')
        .getByRole('button', { name: /^Settle/ })
        .click();
      const dialog = copy.page.getByRole('dialog', { name: /^Settle: Refund £5\.00 of Cake \(\S+ ···· \d{4}, / });
      await expect(dialog).toContainText('Dojo shows £5.00 refunded, £0.00 before.');
      await expect(dialog).toContainText('This till has no record of sending its refund of £5.00.');
      await expect(dialog).toContainText('Refunded, says Dojo');
      await dialog.getByText('It did not happen').click();
      await dialog.getByLabel('Note, kept with the action').fill('The other till did it.');
      await dialog.getByRole('button', { name: 'Settle: it did not happen' }).click();
      await dialog.getByRole('button', { name: 'Yes, it did not happen' }).click();
      await expect(dialog).toHaveCount(0);
      await expect(copy.queue.sendRow('Cake')).toContainText('Not done, as a person found');
      expect(askedOf(dojo, refunded)).toEqual([]);
    });
  });

  test('is left, asked anew and decided by hand: nothing goes by itself, nor what changes meanwhile', async ({ dojo, moved }) => {
    test.setTimeout(120_000);
    const ids = ['Table 1', 'Table 2', 'Table 3'].map((reference) => hold(dojo, { reference, amountMinor: 5_000 }).id);
    const second = ids[1] ?? '';
    const changed = hold(dojo, { reference: 'Room 7', amountMinor: 10_000 }).id;
    const copy = await moved(async (till) => {
      await till.submit(...[changed, ...ids].map((paymentId) => ({ kind: 'capture', paymentId, amount: 3_000 }) as const));
      dojo.bank.capture(TRAINING_ACCOUNT, changed, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
    });
    const backToTheQueue = async () => {
      await look(copy.page);
      await copy.page.getByRole('button', { name: 'Back to the queue' }).click();
    };
    await test.step('its rows and its foot stay as high as they are where it asks once more; at 150 % two rows are seen whole', async () => {
      const { page } = copy;
      await copy.queue.compare.click();
      const row = copy.queue.sendRow('Room 7');
      const foot = page.locator('.send-foot');
      await expect(row).toContainText('Changed since it was decided.');
      await expect(page.getByRole('button', { name: 'Read again' })).toBeEnabled();
      const keepsItsHeight = async (part: Locator, ask: Locator, no: Locator, what: string) => {
        await expect(ask).toBeEnabled();
        await look(page);
        const before = await boxOf(part);
        await ask.click();
        await expect(no).toBeFocused();
        expect.soft((await boxOf(part)).height, what).toBe(before.height);
        await no.press('Escape');
      };
      for (const [what, size] of SIZES) {
        await page.setViewportSize(size);
        await keepsItsHeight(row, row.getByRole('button', { name: /^Send this one/ }), row.getByRole('button', { name: 'No' }), `the row, ${what}`);
        await keepsItsHeight(foot, copy.queue.sendTogether, page.getByRole('button', { name: 'No, not yet' }), `the foot, ${what}`);
      }
      await page.setViewportSize({ width: 911, height: 512 });
      await look(page);
      const whole = () =>
        copy.queue.sendRows.evaluateAll((rows) => {
          const list = rows[0]?.closest('[role=grid]')?.getBoundingClientRect();
          return rows
            .map((each) => each.getBoundingClientRect())
            .filter(({ top, bottom }) => list !== undefined && top >= list.top - 1 && bottom <= list.bottom + 1).length;
        });
      await expect.poll(whole).toBeGreaterThanOrEqual(2);
      expect(changesAsked(dojo)).toEqual([]);
      await page.setViewportSize({ width: 1366, height: 768 });
      await backToTheQueue();
    });
    await test.step('Esc leaves it one step at a time, with nothing sent; the keyboard is in it, then back on what opened it', async () => {
      await copy.queue.compare.focus();
      await pressByHand(copy.page, 'Enter');
      // The first of those that can be ticked.
      await expect(copy.queue.sendRow('Table 1')).toBeFocused();
      await expect(copy.queue.sendTogether).toHaveText('Send 3 unchanged');
      await copy.queue.sendTogether.focus();
      await pressByHand(copy.page, 'Enter');
      await expect(copy.page.getByRole('button', { name: 'No, not yet' })).toBeFocused();
      await pressByHand(copy.page, 'Escape');
      await expect(copy.queue.sendTogether).toBeFocused();
      await pressByHand(copy.page, 'Escape');
      await expect(copy.queue.compare).toBeFocused();
      await expect(copy.queue.sendRows).toHaveCount(0);
      expect(changesAsked(dojo)).toEqual([]);
      expect(await copy.actionStates()).toEqual(Array(4).fill('needsPerson'));
    });
    await test.step('one of which Dojo showed something new at the last press is asked anew before it is sent', async () => {
      await copy.queue.compare.click();
      const row = copy.queue.sendRow('Room 7');
      await expect(row).toContainText('£30.00 in 1 capture (new)');
      await row.getByRole('button', { name: /^Send this one: / }).click();
      await look(copy.page);
      dojo.bank.capture(TRAINING_ACCOUNT, changed, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
      const press = row.getByRole('button', { name: /^Yes, send £30\.00: / }).click({ timeout: 5_000 });
      // Where a reading came in between, the row has asked anew by itself.
      const isPressed = await press.then(
        () => true,
        () => false,
      );
      if (isPressed) await expect(row).toContainText(/Dojo shows something new\..* Look at it again, then decide\./);
      await expect(row).toContainText('£60.00 in 2 captures (new)');
      await expect(row.getByRole('button', { name: /^Yes, send £30\.00: / })).toHaveCount(0);
      await expect(row.getByRole('button', { name: /^Send this one: / })).toBeEnabled();
      expect(askedOf(dojo, changed)).toEqual([]);
      await backToTheQueue();
    });
    await test.step('the keyboard alone decides; what changes meanwhile stays behind and says why, the others go', async () => {
      await copy.queue.compare.press('Enter');
      await expect(copy.queue.sendTogether).toHaveText('Send 3 unchanged');
      await copy.queue.sendRow('Table 1').focus();
      await pressByHand(copy.page, 'Space');
      await expect(copy.queue.sendTogether).toHaveText('Send 2 unchanged');
      await pressByHand(copy.page, 'Space');
      await expect(copy.queue.sendTogether).toHaveText('Send 3 unchanged');
      await copy.queue.sendTogether.focus();
      await pressByHand(copy.page, 'Enter');
      // Enter alone never sends: the focus is on the way back.
      await pressByHand(copy.page, 'Enter');
      await expect(copy.queue.sendTogether).toHaveText('Send 3 unchanged');
      expect(changesAsked(dojo)).toEqual([]);
      await pressByHand(copy.page, 'Enter');
      const yes = copy.page.getByRole('button', { name: 'Yes, send 3' });
      await expect(yes).toBeEnabled();
      await pressByHand(copy.page, 'Tab');
      await expect(yes).toBeFocused();
      // Another till is first with one of them, and the screen does not know it yet.
      await lookBeforeKey(copy.page);
      dojo.bank.reverse(TRAINING_ACCOUNT, second, Date.now());
      await pressByHand(copy.page, 'Enter');
      await expect(copy.queue.sendRow('Table 1')).toContainText('Captured', { timeout: 30_000 });
      await expect(copy.queue.sendRow('Table 3')).toContainText('Captured', { timeout: 30_000 });
      await expect(copy.queue.sendRow('Table 2')).toContainText('Nothing was sent.');
      expect(askedOf(dojo, second)).toEqual([]);
      await pressByHand(copy.page, 'Escape');
      await expect(copy.queue.list).toBeVisible();
    });
  });
});
