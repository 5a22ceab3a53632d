import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { typeByHand } from './pages/keyboard.ts';
import { look } from './pages/look.ts';
import { askedOf, bodyOf, changesAsked, hold, moneyOf, sale, unpaid } from './shop.ts';

test.describe('managing a payment from its own view', () => {
  test('is cancelled or changed where it allows that, a receipt goes to the addresses given and to nobody where one is wrong, and without the line what can wait goes later', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(180_000);
    await till.connect(KEY);
    await test.step('an unpaid payment is cancelled', async () => {
      const { id } = unpaid(dojo, { reference: 'Link', amountMinor: 2_000 });
      await till.freshen();
      await till.today.open('Link');
      await till.payment.cancel();
      await expect.poll(() => dojo.bank.intent(id)?.status).toBe('Canceled');
      expect(askedOf(dojo, id).map(({ operation, status }) => [operation, status])).toEqual([['cancel', 200]]);
      await till.payment.leave();
      await till.today.shows('Link', 'Cancelled before payment');
    });
    await test.step('an unpaid payment gets another amount and other tips where it was made to allow that', async () => {
      const { id } = unpaid(dojo, { reference: 'Bill', amountMinor: 2_000, tipsMinor: 100, customAmountAllowed: true, tipsAllowed: true });
      await till.freshen();
      await till.today.open('Bill');
      await till.payment.change('amount', '2575');
      await expect(till.payment.dialog).toContainText('The amount is changed.');
      await till.payment.change('tips', '300');
      await expect(till.payment.dialog).toContainText('The tips are changed.');
      expect(dojo.bank.intent(id)).toMatchObject({ amountMinor: 2_575, tipsMinor: 300, status: 'Created' });
      expect(askedOf(dojo, id).map((asked) => [asked.operation, bodyOf(asked)])).toEqual([
        ['set-amount', { amount: { value: 2_575, currencyCode: 'GBP' } }],
        ['set-tips', { tipsAmount: { value: 300, currencyCode: 'GBP' } }],
      ]);
      // What another till did is seen before it is decided upon.
      const elsewhere = async (value: number) => {
        dojo.bank.setAmount(TRAINING_ACCOUNT, id, { value, currencyCode: 'GBP' }, Date.now());
        await till.call('refresh');
      };
      await till.payment.button('Change the amount…').click();
      const amount = till.payment.dialog.getByLabel('New amount');
      await typeByHand(amount, '25');
      await elsewhere(2_500);
      await expect(till.payment.dialog).toContainText('Dojo shows £25.00 now. Clear the field, then type it again.');
      // The end of an amount is none of its own.
      await typeByHand(amount, '50');
      await expect(amount).toHaveValue('£25.50');
      await expect(till.payment.button(/^Change /)).toBeDisabled();
      await amount.press('Control+a');
      await typeByHand(amount, '2550');
      await expect(till.payment.button('Change to £25.50')).toBeEnabled();
      await till.payment.button('Back').click();
      await till.payment.button('Cancel the payment…').click();
      await look(till.page);
      await till.payment.button('Cancel the payment').click();
      await expect(till.payment.button('Yes, cancel it')).toBeVisible();
      await elsewhere(2_600);
      await expect(till.payment.button('Yes, cancel it')).toHaveCount(0);
      // The next Enter must not leave it.
      await expect(till.payment.button('Cancel the payment')).toBeFocused();
      await till.payment.button('Back').click();
      await till.payment.leave();
      await till.today.shows('Bill', '£29.00');
    });
    await test.step('a payment made with a fixed amount and without tips is changed in neither, and says why', async () => {
      const { id: paymentId } = unpaid(dojo, { reference: 'Fixed', amountMinor: 2_000 });
      await till.freshen();
      await till.today.open('Fixed');
      await expect(till.payment.closed).toContainText('It was created with a fixed amount.');
      await expect(till.payment.closed).toContainText('It was created without tips.');
      for (const what of ['amount', 'tips']) await expect(till.payment.button(`Change the ${what}…`)).toHaveCount(0);
      await till.payment.leave();
      for (const kind of ['setAmount', 'setTips'] as const)
        expect(await till.submit({ kind, paymentId, amount: 100 })).toMatchObject({ ok: false, error: { code: 'move-closed' } });
      expect(askedOf(dojo, paymentId)).toEqual([]);
    });
    await test.step('a receipt goes to the addresses given, and they are not kept', async () => {
      const { id } = sale(dojo, { reference: 'Coat', amountMinor: 2_000 });
      const states = async () => (await till.actionsOn(id)).map(({ state }) => state);
      await till.freshen();
      await till.today.open('Coat');
      await till.payment.sendReceipt('one@example.com');
      await expect.poll(states).toEqual(['done']);
      await till.payment.sendReceipt('one@example.com', 'two@example.com');
      await expect.poll(states).toEqual(['done', 'done']);
      expect(askedOf(dojo, id).map(bodyOf)).toEqual([{ emails: ['one@example.com'] }, { emails: ['one@example.com', 'two@example.com'] }]);
      expect(JSON.stringify(await till.snapshot())).not.toContain('example.com');
      await till.payment.button(/receipt/i).click();
      await expect(till.payment.emails).toHaveValue('');
      // A key that went down before another till's refund asks for what was seen then.
      await till.payment.emails.fill('three@example.com');
      await till.payment.button('Send').focus();
      await look(till.page);
      await till.page.keyboard.down('Enter');
      dojo.bank.refund(TRAINING_ACCOUNT, id, { amountMinor: 500, idempotencyKey: 'other-till' }, Date.now());
      await till.call('refresh');
      await expect(till.payment.changedElsewhere).toContainText('£5.00 was refunded elsewhere.');
      await till.page.keyboard.up('Enter');
      await expect(till.payment.dialog).toContainText('Dojo shows something new.');
      expect(askedOf(dojo, id)).toHaveLength(2);
      expect(await till.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('example.com');
      await till.page.keyboard.press('Escape');
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
    });
    await test.step('a receipt to a wrong address names it, and goes to nobody', async () => {
      const { id } = sale(dojo, { reference: 'Shoes', amountMinor: 2_000 });
      await till.freshen();
      await till.today.open('Shoes');
      await till.payment.button(/receipt/i).click();
      await expect(till.payment.emails).toHaveAttribute('autocomplete', 'off');
      await till.payment.emails.fill('one@example.com, two.example.com, three@example.com');
      await expect(till.payment.dialog).toContainText('“two.example.com” is not an e-mail address.');
      await expect(till.payment.button('Send')).toBeDisabled();
      // Reads as an address here and is none for main.
      await till.payment.emails.fill('one@example.com, two..two@example.com');
      await look(till.page);
      await till.payment.button('Send to 2 addresses').click();
      await expect(till.payment.dialog).toContainText('“two..two@example.com” is not an e-mail address. Nothing was sent to any of them.');
      expect(askedOf(dojo, id)).toEqual([]);
      await till.page.keyboard.press('Escape');
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
    });
    await test.step('while the queue is paused a change of the amount says first that it is not kept, and then what held it up', async () => {
      const { id } = unpaid(dojo, { reference: 'Later', amountMinor: 2_000, customAmountAllowed: true });
      await till.freshen();
      await till.call('pauseQueue');
      await till.today.open('Later');
      await till.payment.button('Change the amount…').click();
      await expect(till.payment.dialog).toContainText('The queue is paused, and this is not kept for later. Press Go on in the queue first.');
      await look(till.page);
      await till.payment.button(/^Change to /).click();
      await expect(till.payment.dialog).toContainText('The queue was paused, so it was not sent. This changed nothing.');
      await expect(till.payment.dialog).toContainText('What to do: Press Go on in the queue, then do it again.');
      expect(askedOf(dojo, id)).toEqual([]);
      await till.page.keyboard.press('Escape');
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
      await till.call('resumeQueue');
    });
    await test.step('without the line a cancellation, a release and a receipt wait and go later; amount and tips are not kept for later, and say so', async () => {
      const { id: order } = unpaid(dojo, { reference: 'Order 8', amountMinor: 2_000, customAmountAllowed: true, tipsAllowed: true });
      const { id: room } = hold(dojo, { reference: 'Room 8', amountMinor: 9_900 });
      const { id: boots } = sale(dojo, { reference: 'Boots', amountMinor: 2_500 });
      const states = async () => (await Promise.all([order, boots, room].map((id) => till.actionsOn(id)))).flat().map(({ state }) => state);
      await till.freshen();
      await till.today.shows('Order 8', 'Unpaid');
      await dojo.closeLine();
      await till.call('refresh');
      await till.shell.isOffline();

      await till.today.open('Order 8');
      await expect(till.payment.closed).toContainText('Change the amount, Change the tips');
      await expect(till.payment.closed).toContainText('This needs a connection: it is not kept for later.');
      await till.payment.cancel();
      await expect(till.payment.dialog).toContainText('Queued');
      await till.payment.leave();
      await till.today.open('Boots');
      await till.payment.sendReceipt('one@example.com');
      await expect(till.page.getByRole('log', { name: 'Messages' })).toContainText('Queued: send the receipt of Boots. Sent when the connection is back.');
      await expect(till.payment.dialog).toContainText('Queued');
      await till.payment.leave();
      await till.today.open('Room 8');
      await till.payment.giveBackButton.click();
      await expect(till.giveBack.dialog).toContainText('There is no connection: it is queued now and sent when the connection is back');
      await till.giveBack.promise();
      await till.today.shows('Room 8', 'Release: queued');
      expect(await till.submit({ kind: 'setTips', paymentId: order, amount: 100 })).toMatchObject({ ok: false, error: { code: 'move-closed' } });
      expect(await states()).toEqual(['waiting', 'waiting', 'waiting']);
      expect([order, boots, room].flatMap((id) => askedOf(dojo, id))).toEqual([]);

      await dojo.openLine();
      await expect.poll(states, { timeout: 30_000 }).toEqual(['done', 'done', 'done']);
      expect([order, boots, room].map((id) => askedOf(dojo, id).map(({ operation }) => operation))).toEqual([['cancel'], ['send-receipt'], ['reverse']]);
      expect(moneyOf(dojo, room)).toMatchObject({ reversals: 1, captures: 0 });
    });
    // Nothing else was asked of Dojo meanwhile.
    expect(
      changesAsked(dojo)
        .map(({ operation }) => operation)
        .toSorted(),
    ).toEqual(['cancel', 'cancel', 'reverse', ...Array(3).fill('send-receipt'), 'set-amount', 'set-tips']);
  });
});
