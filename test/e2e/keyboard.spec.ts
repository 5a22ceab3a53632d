import type { Page } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { HAND_MS } from './pages/keyboard.ts';
import { look, lookBeforeKey } from './pages/look.ts';
import { changesAsked, hold, sale, todayMs } from './shop.ts';

/** Keys as a scanner sends them: all at once, faster than the test could press them one by one. */
const scan = (page: Page, code: string): Promise<void> =>
  page.evaluate((text) => {
    for (const key of [...text, 'Enter']) {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      target.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true, cancelable: true }));
    }
  }, code);

test.describe('the keyboard', () => {
  test('searches, leads everywhere and one step back, and confirms nothing by itself: function keys, a scan, arrows, Enter, a held Enter, and Esc', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(150_000);
    for (const nth of [1, 2, 3]) hold(dojo, { reference: `Table ${nth}`, amountMinor: 1_000, paidAtMs: todayMs(10 - nth) });
    const { id } = sale(dojo, { reference: 'Cake', amountMinor: 350, paidAtMs: todayMs(1) });
    sale(dojo, { reference: 'ABC-12345', amountMinor: 350 });
    await till.connect(KEY);
    await test.step('/ searches, the function keys go where they say, Esc leaves', async () => {
      await till.today.shows('Table 1', 'On hold');
      await till.page.keyboard.press('/');
      await expect(till.today.search).toBeFocused();
      await till.page.keyboard.type('1/2', { delay: HAND_MS });
      await expect(till.today.search).toHaveValue('1/2');
      await till.today.search.fill('');
      for (const [key, current] of [
        ['F3', /^On hold/],
        ['F9', /^End of day/],
        ['F4', /^Queue/],
        ['F8', /^Settings/],
        ['F2', /^Today/],
      ] as const) {
        await till.page.keyboard.press(key);
        await expect(till.page.getByRole('button', { name: current, exact: false }).and(till.page.locator('[aria-current=page]'))).toBeVisible();
      }
      await till.today.take('Table 1');
      await expect(till.take.dialog).toBeVisible();
      await till.take.leave();
    });
    await test.step('Esc goes one step back: from the second press to the first, then out, to what opened it', async () => {
      const opener = till.page.getByRole('button', { name: 'Reverse Cake', exact: true });
      await opener.focus();
      await till.page.keyboard.press('Enter');
      await look(till.page);
      await till.giveBack.ask.focus();
      await till.page.keyboard.press('Enter');
      await expect(till.giveBack.keep).toBeFocused();
      await till.page.keyboard.press('Escape');
      await expect(till.giveBack.confirm).toHaveCount(0);
      await expect(till.giveBack.ask).toBeFocused();
      await till.page.keyboard.press('Escape');
      await expect(till.giveBack.dialog).toBeHidden();
      await expect(opener).toBeFocused();
    });
    await test.step('a barcode scan lands in the search, never in a confirmation', async () => {
      // The list has just come back under the pointer.
      await look(till.page);
      await till.today.take('Table 1');
      await look(till.page);
      await till.take.confirm.focus();
      await scan(till.page, 'ABC-12345');
      await expect(till.take.dialog).toBeVisible();
      await till.take.leave();
      await expect(till.today.search).toHaveValue('ABC-12345');
      await expect(till.today.row('ABC-12345')).toBeVisible();
      await expect(till.today.row('Table 1')).toHaveCount(0);
      await till.today.search.fill('');
      expect((await till.snapshot()).actions).toEqual([]);
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('arrows and Enter open a payment', async () => {
      // What a scanner has just sent makes an Enter that follows meaningless.
      await lookBeforeKey(till.page);
      await till.today.search.fill('cake');
      await expect(till.today.row('Table 1')).toHaveCount(0);
      await till.page.keyboard.press('ArrowDown');
      await expect(till.today.row('Cake')).toBeFocused();
      await till.page.keyboard.press('Enter');
      await expect(till.payment.dialog).toContainText('Cake');
      await till.page.keyboard.press('Escape');
      await expect(till.payment.dialog).toBeHidden();
      await till.today.search.fill('');
    });
    await test.step('Enter alone never confirms an undo, however often it is pressed', async () => {
      await till.today.giveBack('Cake');
      await look(till.page);
      await till.giveBack.ask.focus();
      for (let press = 0; press < 7; press += 1) {
        await till.page.keyboard.press('Enter');
        await look(till.page);
        if (await till.giveBack.dialog.isHidden()) break;
        await expect(till.giveBack.confirm.and(till.page.locator(':focus'))).toHaveCount(0);
      }
      // One step back, and one more out.
      for (let press = 0; press < 2; press += 1) await till.page.keyboard.press('Escape');
      await expect(till.giveBack.dialog).toBeHidden();
      expect((await till.snapshot()).actions).toEqual([]);
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('a money button that appears under a held Enter is not pressed by it', async () => {
      await till.page.getByRole('button', { name: 'Capture Table 1', exact: true }).focus();
      // Held down: the key repeats while the dialog opens.
      await till.page.keyboard.down('Enter');
      for (let repeat = 0; repeat < 5; repeat += 1) await till.page.keyboard.down('Enter');
      await till.page.keyboard.up('Enter');
      await expect(till.take.dialog).toBeVisible();
      await till.take.leave();
      expect((await till.snapshot()).actions).toEqual([]);
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('Esc in the list of keys leaves that alone: the review of a run stays', async () => {
      await till.shell.goTo('End of day');
      await till.endOfDay.review();
      const { keyboard } = till.page;
      await keyboard.press('F1');
      const keys = till.page.getByRole('dialog', { name: 'Keys' });
      await expect(keys).toBeVisible();
      await keyboard.press('Escape');
      await expect(keys).toHaveCount(0);
      await expect(till.endOfDay.start).toBeVisible();
      await keyboard.press('Escape');
      await expect(till.endOfDay.start).toBeHidden();
      await expect(till.endOfDay.holds).toBeVisible();
      await keyboard.press('F2');
    });
    await test.step('after a function key the arrows work at once, and F1 shows the keys', async () => {
      await till.today.shows('Table 1', 'On hold');
      await till.call('pauseQueue');
      await till.submit({ kind: 'reverse', paymentId: id });
      const { keyboard } = till.page;
      const row = (of: RegExp) => till.page.getByRole('row', { name: of });
      const rows = till.page.locator('.screen [role=row]');
      for (const key of ['F3', 'F9', 'F2'] as const) {
        await keyboard.press(key);
        await expect(rows.nth(0), key).toBeFocused();
        await keyboard.press('ArrowDown');
        await expect(rows.nth(1), key).toBeFocused();
      }
      await keyboard.press('F4');
      await expect(row(/Cake/)).toBeFocused();
      await keyboard.press('F8');
      await expect(till.page.locator('.settings')).toBeFocused();
      // From a search, too, and to the screen that is there already.
      await keyboard.press('F2');
      await keyboard.press('/');
      await expect(till.today.search).toBeFocused();
      await keyboard.press('F2');
      await expect(row(/Cake/).first()).toBeFocused();
      await keyboard.press('F1');
      const keys = till.page.getByRole('dialog', { name: 'Keys' });
      await expect(keys).toContainText('End of day');
      await keyboard.press('Escape');
      await expect(keys).toHaveCount(0);
      await expect(row(/Cake/).first()).toBeFocused();
      expect(changesAsked(dojo)).toEqual([]);
    });
  });
});
