import { tradingDay } from '../../main/core/day/day.ts';
import { expect, KEY, test } from './fixtures.ts';
import { askedOf, bodyOf, hold, moneyOf, sale, unpaid, yesterdayMs, ZONE } from './shop.ts';

test.describe('what the customer paid or is held for', () => {
  test('counts whole on its row, in its dialogs, in a run and in what Dojo is asked: charge, tips, cashback, another total and another currency', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(150_000);
    await till.connect(KEY);
    await test.step('a sale with tips and a service charge is shown and refunded whole', async () => {
      const { id } = sale(dojo, { reference: 'Table 1', amountMinor: 5_000, tipsMinor: 500, serviceChargeMinor: 625 });
      await till.freshen();
      await till.today.shows('Table 1', '£61.25');
      await till.today.open('Table 1');
      await expect(till.payment.dialog).toContainText('The bill£50.00Tips£5.00Service charge£6.25');
      await till.page.keyboard.press('Escape');
      await till.today.giveBack('Table 1');
      await till.giveBack.onlyAPart();
      await expect(till.giveBack.dialog).toContainText('£6.25 service charge is part of the £61.25 paid.');
      await till.giveBack.type('6125');
      await till.giveBack.promise();
      await till.today.shows('Table 1', 'Refunded');
      expect(bodyOf(askedOf(dojo, id)[0])).toEqual({ amount: 6_125 });
      expect(moneyOf(dojo, id)).toMatchObject({ refundedMinor: 6_125, refunds: 1 });
    });
    await test.step('a hold’s tips are captured beside the amount, and a service charge within it', async () => {
      const { id: tipped } = hold(dojo, { reference: 'Bar', amountMinor: 1_000, tipsMinor: 250, tipsAllowed: false });
      const { id: charged } = hold(dojo, { reference: 'Party', amountMinor: 10_000, serviceChargeMinor: 1_250 });
      await till.freshen();
      await till.today.take('Bar');
      await expect(till.take.dialog).toContainText('Captures £12.50, £2.50 of it tips. Nothing stays on hold.');
      await till.take.promise();
      await till.today.shows('Bar', 'Captured');
      expect(askedOf(dojo, tipped).map(bodyOf)).toEqual([{ amount: 1_000, tipsAmount: 250 }]);

      await till.today.take('Party');
      await expect(till.take.dialog).toContainText('£12.50 service charge is part of the £112.50 held.');
      await till.take.choosePart();
      await till.take.type('10000');
      await expect(till.take.dialog).toContainText('Captures £100.00. £12.50 is left then, if Dojo keeps it on hold.');
      await till.take.leave();
      await till.today.take('Party');
      await till.take.promise();
      await till.today.shows('Party', 'Captured');
      expect(askedOf(dojo, charged).map(bodyOf)).toEqual([{ amount: 11_250 }]);
      expect(dojo.bank.imbalances()).toEqual([]);
    });
    await test.step('cashback stays out of a refund unless it is typed', async () => {
      const { id } = sale(dojo, { reference: 'Shop 3', amountMinor: 3_000, cashbackMinor: 2_000, paidAtMs: yesterdayMs() });
      await till.freshen();
      await till.today.chooseDay(tradingDay(yesterdayMs(), ZONE, 0).date);
      await till.today.giveBack('Shop 3');
      await expect(till.giveBack.dialog).toContainText('All but the cashback £30.00');
      await expect(till.giveBack.dialog).toContainText('Offered without the £20.00 cashback');
      await till.giveBack.promise();
      await expect.poll(() => moneyOf(dojo, id).refundedMinor).toBe(3_000);
      await till.page.getByRole('button', { name: 'Back to today' }).click();
    });
    await test.step('a run captures tips and charges whole, and says what is in them', async () => {
      const { id: tipped } = hold(dojo, { reference: 'Room 1', amountMinor: 1_000, tipsMinor: 250 });
      const { id: charged } = hold(dojo, { reference: 'Room 2', amountMinor: 10_000, serviceChargeMinor: 1_250, card: { scheme: 'MASTERCARD' } });
      await till.freshen();
      await till.shell.goTo('End of day');
      await expect(till.endOfDay.sum).toContainText('£125.00');
      await till.endOfDay.review();
      await expect(till.endOfDay.screen).toContainText(/Room 2 Mastercard ···· \d{4}, .* · £12\.50 service charge is part of the £112\.50 held\./);
      await till.endOfDay.begin();
      await expect(till.endOfDay.report).toBeVisible({ timeout: 20_000 });
      await expect.poll(() => till.endOfDay.minorOf('Captured')).toBe(12_500);
      expect(askedOf(dojo, tipped).map(bodyOf)).toEqual([{ amount: 1_000, tipsAmount: 250 }]);
      expect(askedOf(dojo, charged).map(bodyOf)).toEqual([{ amount: 11_250 }]);
    });
    await test.step('what Dojo refuses with a service charge in it is chosen again without, all rows of a run at once, and remembered', async () => {
      dojo.bank.setSwitches({ captureExtras: 'released' });
      const chargedHold = (reference: string) => hold(dojo, { reference, amountMinor: 10_000, tipsMinor: 500, serviceChargeMinor: 1_250 }).id;
      const ids = ['Room 3', 'Room 4'].map(chargedHold);
      await till.freshen();
      await till.page.getByRole('button', { name: 'Choose more holds' }).click();
      await till.endOfDay.review();
      await till.endOfDay.begin();
      await till.page.getByRole('button', { name: 'Choose them without' }).click({ timeout: 20_000 });
      await expect(till.endOfDay.sum).toContainText('2 holds of 2 ticked, £210.00 to capture');
      await expect(till.endOfDay.screen).toContainText('Offered without the £12.50 service charge: Dojo refused an amount with it.');
      await till.endOfDay.review();
      await till.endOfDay.begin();
      await expect.poll(() => till.endOfDay.minorOf('Captured'), { timeout: 20_000 }).toBe(21_000);
      for (const id of ids)
        expect(askedOf(dojo, id).map(bodyOf)).toEqual([
          { amount: 11_250, tipsAmount: 500 },
          { amount: 10_000, tipsAmount: 500 },
        ]);
      chargedHold('Room 5');
      await till.shell.goTo('Today');
      await till.page.keyboard.press('F5');
      await till.today.take('Room 5');
      await expect(till.take.dialog).toContainText('Captures £105.00, £5.00 of it tips.');
      await till.take.leave();
      dojo.bank.setSwitches({ captureExtras: 'in-amount' });
      expect(dojo.bank.imbalances()).toEqual([]);
    });
    await test.step('a total that differs, another currency and a Manual payment that nobody has paid are shown as they are', async () => {
      hold(dojo, { reference: 'Deal', amountMinor: 10_000, totalMinor: 9_000 });
      sale(dojo, { reference: 'Tokyo', amountMinor: 1_234, currency: 'JPY' });
      sale(dojo, { reference: 'Kuwait', amountMinor: 123_456, currency: 'KWD' });
      unpaid(dojo, { reference: 'Link', amountMinor: 2_000, captureMode: 'Manual' });
      await till.freshen();
      await test.step('a total that differs stands beside its parts, and both can be read', async () => {
        await till.today.shows('Deal', '£90.00');
        await till.today.shows('Deal', 'parts £100.00');
        await till.today.take('Deal');
        await expect(till.take.dialog).toContainText('Dojo’s total is £90.00, its parts come to £100.00: the smaller is offered.');
        await expect(till.take.dialog).toContainText('Captures £90.00.');
        await till.take.leave();
      });
      await test.step('another currency as Dojo says it, without a money button', async () => {
        await till.today.shows('Tokyo', 'JPY 1,234');
        await till.today.shows('Kuwait', 'KWD 123.456');
        await expect(till.today.moneyButtons('Tokyo')).toHaveCount(0);
        await till.today.open('Kuwait');
        await expect(till.payment.closed).toContainText('Tillside moves pounds and euros only');
        await till.payment.leave();
        await expect(till.payment.dialog).toHaveCount(0);
      });
      await test.step('unpaid: cancel first, and a reversal behind it', async () => {
        await expect(till.today.moneyButtons('Link')).toHaveCount(0);
        await till.today.open('Link');
        await expect(till.payment.dialog.locator('.moves-open button').first()).toContainText('Cancel the payment');
        await till.payment.button('Reverse…').click();
        await expect(till.page.getByRole('dialog', { name: 'Reverse: Link' })).toContainText('Cancel it instead: that is the sure way.');
      });
    });
  });
});
