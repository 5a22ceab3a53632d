import { expect, KEY, test } from './fixtures.ts';
import { look, lookBeforeKey } from './pages/look.ts';
import { changesAsked, hold, sale, unpaid } from './shop.ts';

test.describe('a decision by the keyboard', () => {
  test('Esc goes one step back: from the second press to the first, then out, to what opened it', { tag: '@host' }, async ({ till, dojo }) => {
    sale(dojo, { reference: 'Cake', amountMinor: 350 });
    await till.connect(KEY);
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
    expect(changesAsked(dojo)).toEqual([]);
  });

  test('Esc in the form of a move goes back to the moves, to the one that opened it', async ({ till, dojo }) => {
    unpaid(dojo, { reference: 'Bill', amountMinor: 2_000, tipsMinor: 100, customAmountAllowed: true, tipsAllowed: true });
    await till.connect(KEY);
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
    expect(changesAsked(dojo)).toEqual([]);
  });

  test('after a capture the keyboard is on its row', async ({ till, dojo }) => {
    hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
    sale(dojo, { reference: 'Cake', amountMinor: 350 });
    await till.connect(KEY);
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

  test('Esc in a decision opened from a payment’s view goes back to that view, and once more to its row', async ({ till, dojo }) => {
    hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
    await till.connect(KEY);
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
    expect(changesAsked(dojo)).toEqual([]);
  });
});
