import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { typeByHand } from './pages/keyboard.ts';
import { look } from './pages/look.ts';
import { askedOf, bodyOf, changesAsked, hold, moneyOf, sale, todayMs } from './shop.ts';

test.describe('refunding', () => {
  test('a part as the person says, and only what is left and what they saw: without the line, too much, a changed amount, a second one, what another till did, an unpaid payment, and midnight', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(180_000);
    await till.connect(KEY);
    await test.step('the undo is picked, the part may cost a fee, and goes with reason, notes and an idempotency key', async () => {
      const { id } = sale(dojo, { reference: 'Chair', amountMinor: 2_000 });
      await till.freshen();
      await till.today.giveBack('Chair');
      await expect(till.giveBack.way).toHaveText('Reverse today’s payment£20.00');
      await expect(till.giveBack.dialog).toContainText(/may charge the shop a fee for a refund/);
      await till.giveBack.onlyAPart();
      await expect(till.giveBack.dialog.getByText(/charge the shop a fee/)).toHaveCount(1);
      await till.giveBack.type('550');
      await till.giveBack.chooseReason('Returned goods');
      await expect(till.giveBack.reason).toHaveValue('Returned goods');
      await till.giveBack.notes.fill('Scratched');
      await expect(till.giveBack.dialog).toContainText('Refunds £5.50. Another £14.50 can still be refunded later.');
      await till.giveBack.promise();
      await expect.poll(() => moneyOf(dojo, id).refundedMinor).toBe(550);
      const asked = askedOf(dojo, id);
      expect(asked.map(({ operation }) => operation)).toEqual(['refund']);
      expect(bodyOf(asked[0])).toEqual({ amount: 550, refundReason: 'Returned goods', notes: 'Scratched' });
      expect(asked[0]?.headers.idempotencykey).toMatch(/.{8,100}/);
      await till.today.shows('Chair', '£5.50 of £20.00 refunded');
    });
    await test.step('without the line only the undo is offered, and the dialog says why no part can be refunded', async () => {
      const { id } = sale(dojo, { reference: 'Bread', amountMinor: 350 });
      await till.freshen();
      await till.today.giveBack('Bread');
      await expect(till.giveBack.dialog.getByRole('button', { name: 'Refund only a part' })).toBeVisible();
      await dojo.closeLine();
      await till.call('refresh');
      await expect(till.giveBack.change).toContainText('A refund of only a part is no longer possible.');
      await expect(till.giveBack.dialog).toContainText(
        'There is no connection: it is queued now and sent when the connection is back, if that is before midnight.',
      );
      await expect(till.giveBack.closed).toContainText('Refund');
      expect(askedOf(dojo, id)).toEqual([]);
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
      await dojo.openLine();
      await till.freshen();
      await till.shell.isLive();
    });
    await test.step('more than is left is refused in the form, and nothing is asked', async () => {
      const { id } = sale(dojo, {
        reference: 'Lamp',
        amountMinor: 2_000,
        paidAtMs: todayMs(20),
        past: [{ kind: 'refund', atMs: todayMs(15), amountMinor: 500 }],
      });
      await till.freshen();
      await till.today.giveBack('Lamp');
      await expect(till.giveBack.way).toHaveText('Refund');
      await expect(till.giveBack.dialog).toContainText('Dojo may charge the shop a fee for it.');
      await till.giveBack.choosePart();
      await till.giveBack.type('1501');
      await expect(till.giveBack.dialog).toContainText('No more than £15.00 can be refunded.');
      await expect(till.giveBack.ask).toBeDisabled();
      expect(askedOf(dojo, id)).toEqual([]);
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
    });
    await test.step('a change of the amount drops a press already made', async () => {
      const { id } = sale(dojo, {
        reference: 'Late',
        amountMinor: 2_000,
        paidAtMs: todayMs(20),
        past: [{ kind: 'refund', atMs: todayMs(15), amountMinor: 500 }],
      });
      await till.freshen();
      await till.today.giveBack('Late');
      await look(till.page);
      await till.giveBack.ask.click();
      await expect(till.giveBack.confirm).toHaveText('Yes, refund £15.00');
      await till.giveBack.choosePart();
      await till.giveBack.type('100');
      await expect(till.giveBack.confirm).toHaveCount(0);
      await expect(till.giveBack.ask).toHaveText('Refund £1.00');
      expect(askedOf(dojo, id)).toEqual([]);
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
    });
    await test.step('a second one shortly after asks for the amount once more, and only then goes', async () => {
      const { id } = sale(dojo, { reference: 'Wine', amountMinor: 2_000 });
      await till.freshen();
      await till.submit({ kind: 'refund', paymentId: id, amount: 500 });
      await till.today.shows('Wine', '£5.00 of £20.00 refunded');
      await till.today.giveBack('Wine');
      await expect(till.giveBack.dialog).toContainText(/A refund of £5\.00 was decided .* ago/);
      await till.giveBack.choosePart();
      await till.giveBack.type('500');
      await expect(till.giveBack.ask).toBeDisabled();
      await till.giveBack.type('600', till.giveBack.onceMore);
      await expect(till.giveBack.ask).toBeDisabled();
      await till.giveBack.type('500', till.giveBack.onceMore);
      await till.giveBack.promise();
      await expect.poll(() => moneyOf(dojo, id)).toMatchObject({ refunds: 2, refundedMinor: 1_000 });
      expect(new Set(askedOf(dojo, id).map(({ headers }) => headers.idempotencykey)).size).toBe(2);
    });
    await test.step('what another till did while the dialog is open is said; the press is dropped and the new way is asked', async () => {
      const { id } = hold(dojo, { reference: 'Room 3', amountMinor: 9_900 });
      await till.freshen();
      await till.today.open('Room 3');
      await till.payment.giveBackButton.click();
      await look(till.page);
      await till.giveBack.ask.click();
      await expect(till.giveBack.confirm).toHaveText('Yes, release £99.00');
      expect(dojo.bank.capture(TRAINING_ACCOUNT, id, { amountMinor: 9_900, tipsMinor: 0 }, Date.now()).ok).toBe(true);
      await till.call('refresh');
      await expect(till.giveBack.change).toContainText('“Release the hold” is no longer offered.');
      await expect(till.giveBack.confirm).toHaveCount(0);
      // The bank takes a moment; then what was taken can be refunded.
      await expect.poll(() => till.call('refresh').then(() => till.giveBack.way.textContent())).toBe('Refund');
      await till.giveBack.promise();
      await expect.poll(() => moneyOf(dojo, id)).toMatchObject({ refunds: 1, refundedMinor: 9_900, reversals: 0 });
      expect(askedOf(dojo, id).map(({ operation }) => operation)).toEqual(['refund']);
    });
    await test.step('a part is typed anew where another till refunded as much meanwhile', async () => {
      const { id } = sale(dojo, { reference: 'Cake', amountMinor: 10_000 });
      dojo.bank.refund(TRAINING_ACCOUNT, id, { amountMinor: 100, idempotencyKey: 'first' }, Date.now());
      await till.freshen();
      await till.today.giveBack('Cake');
      await look(till.page);
      await till.giveBack.dialog.getByText('A part', { exact: true }).click();
      const amount = till.giveBack.dialog.getByLabel('Amount to refund');
      await typeByHand(amount, '500');
      dojo.bank.refund(TRAINING_ACCOUNT, id, { amountMinor: 500, idempotencyKey: 'other-till' }, Date.now());
      await till.call('refresh');
      await expect(till.giveBack.dialog).toContainText('What can be refunded changed from £99.00 to £94.00. Clear the field, then type the amount again.');
      await expect(amount).toHaveValue('£5.00');
      await expect(till.giveBack.ask).toBeDisabled();
      await amount.press('Control+a');
      await typeByHand(amount, '500');
      await expect(till.giveBack.ask).toBeEnabled();
      expect(askedOf(dojo, id)).toEqual([]);
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
    });
    await test.step('nothing can be given back of an unpaid payment, and no button offers it', async () => {
      dojo.addPayment({ reference: 'Link', amountMinor: 2_000, createdAtMs: todayMs(5), paidAtMs: null });
      await till.freshen();
      await till.today.shows('Link', 'Unpaid');
      await expect(till.today.moneyButtons('Link')).toHaveCount(0);
      await till.today.open('Link');
      await expect(till.payment.giveBackButton).toHaveCount(0);
      await expect(till.payment.closed).toContainText('Nobody has paid yet');
      await till.payment.leave();
    });
    // The last one: the page's day stays over.
    await test.step('at midnight the undo is gone from under a press already made, and nothing else takes its place by itself', async () => {
      const { id } = sale(dojo, { reference: 'Tea', amountMinor: 350 });
      await till.freshen();
      await till.today.giveBack('Tea');
      await look(till.page);
      await till.giveBack.ask.click();
      await expect(till.giveBack.confirm).toBeVisible();
      const { reverse } = (await till.paymentNow(id)).moves;
      await till.page.clock.setFixedTime(reverse.open ? (reverse.deadlineMs ?? 0) : 0);
      await expect(till.giveBack.change).toContainText('“Reverse today’s payment” is no longer offered.');
      await expect(till.giveBack.way).toHaveText('Nothing can be given back now');
      await expect(till.giveBack.confirm).toHaveCount(0);
      await expect(till.giveBack.ask).toHaveCount(0);
      expect(await till.actionsOn(id)).toEqual([]);
      expect(askedOf(dojo, id)).toEqual([]);
    });
    // Nothing else was asked of Dojo meanwhile.
    expect(changesAsked(dojo).map(({ operation }) => operation)).toEqual(Array(4).fill('refund'));
  });
});
