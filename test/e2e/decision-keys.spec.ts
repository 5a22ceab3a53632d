import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { lookBeforeKey } from './pages/look.ts';
import { askedOf, changesAsked, hold, MORE_THAN_STOP_IT, sale, unpaid } from './shop.ts';
import { stopRefunds } from './stopped-refunds.ts';

test.describe('a decision by the keyboard', () => {
  test('leaves the keyboard where it began, wherever Esc is pressed, or where the work goes on; asked anew, Enter alone confirms nothing', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(150_000);
    await till.connect(KEY);
    await test.step('the list of keys, opened with the keyboard nowhere, leaves it where the screen’s work begins', async () => {
      sale(dojo, { reference: 'Cake', amountMinor: 350, paidAtMs: Date.now() });
      await till.freshen();
      await till.today.shows('Cake', 'Paid');
      await till.page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await till.page.keyboard.press('F1');
      await expect(till.page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
      await expect(till.today.row('Cake')).toBeFocused();
    });
    await test.step('Esc in the form of a move goes back to the moves, to the one that opened it', async () => {
      const { id: bill } = unpaid(dojo, { reference: 'Bill', amountMinor: 2_000, tipsMinor: 100, customAmountAllowed: true, tipsAllowed: true });
      await till.freshen();
      await till.today.row('Bill').focus();
      await till.page.keyboard.press('Enter');
      for (const [opener, first] of [
        ['Change the amount…', till.payment.newAmount],
        ['Change the tips…', till.payment.newTips],
        ['E-mail a receipt…', till.payment.emails],
        ['Cancel the payment…', till.payment.button('Back')],
      ] as const) {
        if ((await till.payment.button(opener).count()) === 0) continue;
        await till.payment.button(opener).focus();
        await till.page.keyboard.press('Enter');
        await expect(first, opener).toBeFocused();
        await till.page.keyboard.press('Escape');
        await expect(till.payment.button(opener)).toBeFocused();
      }
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
      await expect(till.today.row('Bill')).toBeFocused();
      expect(askedOf(dojo, bill)).toEqual([]);
    });
    await test.step('Esc in a decision opened from a payment’s view goes back to that view, and once more to its row', async () => {
      const { id } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
      await till.freshen();
      await till.today.row('Table 1').focus();
      await till.page.keyboard.press('Enter');
      for (const [opener, dialog] of [
        [/^Capture/, till.take.dialog],
        [/^Release/, till.giveBack.dialog],
      ] as const) {
        await till.payment.button(opener).focus();
        await till.page.keyboard.press('Enter');
        await expect(dialog).toBeVisible();
        await till.page.keyboard.press('Escape');
        await expect(dialog).toBeHidden();
        await expect(till.payment.button(opener)).toBeFocused();
      }
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
      await expect(till.today.row('Table 1')).toBeFocused();
      expect(askedOf(dojo, id)).toEqual([]);
    });
    await test.step('after a capture the keyboard is on its row', async () => {
      await till.page.getByRole('button', { name: 'Capture Table 1', exact: true }).focus();
      await till.page.keyboard.press('Enter');
      await lookBeforeKey(till.page);
      await till.page.keyboard.press('F12');
      await expect(till.take.dialog).toBeHidden();
      await till.today.shows('Table 1', 'Captured');
      await expect(
        till.today
          .row('Table 1')
          .locator(':focus')
          .or(till.today.row('Table 1').and(till.page.locator(':focus'))),
      ).toHaveCount(1);
    });
    await test.step('left after its row has gone from the list, it leaves the keyboard where the screen’s work begins', async () => {
      const [first, last] = [hold(dojo, { reference: 'Room 1', amountMinor: 1_000 }).id, hold(dojo, { reference: 'Room 2', amountMinor: 2_000 }).id];
      await till.freshen();
      const { keyboard } = till.page;
      await keyboard.press('F3');
      await expect(till.holds.rows).toHaveCount(2);
      const captureElsewhereBehind = async (reference: string, paymentId: string) => {
        await till.page.getByRole('button', { name: `Capture ${reference}`, exact: true }).focus();
        await keyboard.press('Enter');
        await expect(till.take.dialog).toBeVisible();
        dojo.bank.capture(TRAINING_ACCOUNT, paymentId, { amountMinor: reference === 'Room 1' ? 1_000 : 2_000, tipsMinor: 0 }, Date.now());
        await till.call('refresh');
        // Behind a dialog the list has no role.
        await expect(till.page.locator('.list-item').filter({ hasText: reference })).toHaveCount(0);
      };
      await captureElsewhereBehind('Room 1', first);
      await till.take.leave();
      await expect(till.holds.row('Room 2')).toBeFocused();
      await captureElsewhereBehind('Room 2', last);
      // No list is left.
      await till.take.leave();
      await expect(till.page.getByRole('main')).toBeFocused();
      expect([first, last].flatMap((id) => askedOf(dojo, id))).toEqual([]);
    });
    // Nothing else was asked of Dojo meanwhile.
    expect(changesAsked(dojo).map(({ operation }) => operation)).toEqual(['capture']);
    await test.step('a dialog that is asked anew between its two presses keeps the keyboard, and Enter alone does not confirm it', async () => {
      const { id } = sale(dojo, { reference: 'Gift', amountMinor: 10_000 });
      await till.shell.goTo('Today');
      await till.freshen();
      const { keyboard } = till.page;
      await till.today.giveBack('Gift');
      await till.giveBack.onlyAPart();
      await till.giveBack.type('100');
      await till.giveBack.ask.focus();
      await lookBeforeKey(till.page);
      await keyboard.press('Enter');
      await expect(till.giveBack.keep).toBeFocused();
      dojo.bank.refund(TRAINING_ACCOUNT, id, { amountMinor: 500, idempotencyKey: 'another-tills' }, Date.now());
      await till.freshen();
      await expect(till.giveBack.confirm).toHaveCount(0);
      // It has to be typed again: the next Enter must not leave it.
      await expect(till.giveBack.amount).toBeFocused();
      await till.giveBack.type('100');
      await till.giveBack.ask.focus();
      await lookBeforeKey(till.page);
      await keyboard.press('Enter');
      await expect(till.giveBack.keep).toBeFocused();
      await keyboard.press('Escape');
      await expect(till.giveBack.ask).toBeFocused();
      await keyboard.press('Escape');
      await expect(till.giveBack.dialog).toBeHidden();
      expect(askedOf(dojo, id)).toEqual([]);
    });
    await test.step('so does a band', async () => {
      const [last = '', ...refused] = Array.from(
        { length: MORE_THAN_STOP_IT + 1 },
        (_, nth) => sale(dojo, { reference: `Meal ${nth + 1}`, amountMinor: 2_000 }).id,
      );
      await till.freshen();
      const { keyboard } = till.page;
      const band = await stopRefunds(till, dojo, refused);
      const asked = changesAsked(dojo).length;
      await band.getByRole('button', { name: `Try all ${MORE_THAN_STOP_IT} again` }).focus();
      await keyboard.press('Enter');
      await expect(band.getByRole('button', { name: 'No, not yet' })).toBeFocused();
      await till.submit({ kind: 'refund', paymentId: last, amount: 500 });
      const anew = band.getByRole('button', { name: `Try all ${MORE_THAN_STOP_IT + 1} again` });
      await expect(anew).toBeFocused();
      await keyboard.press('Enter');
      await keyboard.press('Enter');
      await expect(anew).toBeFocused();
      expect(changesAsked(dojo)).toHaveLength(asked);
    });
  });
});
