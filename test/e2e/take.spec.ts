import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { HAND_MS, Keyboard, typeByHand } from './pages/keyboard.ts';
import { askedOf, changesAsked, hold, moneyOf, sale } from './shop.ts';

test.describe('taking a hold', () => {
  test('the whole of it, and with tips where the payment allows them', { tag: '@host' }, async ({ till, dojo }) => {
    const { id } = hold(dojo, { reference: 'Table 1', amountMinor: 4_200 });
    const { id: tipped } = hold(dojo, { reference: 'Bar', amountMinor: 5_000, tipsMinor: 500, tipsAllowed: true });
    await till.connect(KEY);
    await till.today.take('Table 1');
    await expect(till.take.dialog).toContainText('Captures £42.00. Nothing stays on hold.');
    await till.take.promise();
    await till.today.shows('Table 1', 'Captured');
    expect(askedOf(dojo, id).map(({ operation, body, status }) => [operation, body, status])).toEqual([['capture', '{"amount":4200}', 200]]);
    expect(moneyOf(dojo, id)).toMatchObject({ captures: 1, capturedMinor: 4_200 });
    expect(askedOf(dojo, tipped)).toEqual([]);

    await till.today.take('Bar');
    const tips = till.take.dialog.getByLabel('Of that, tips');
    await expect(tips).toHaveValue('£5.00');
    await tips.press('Control+a');
    await typeByHand(tips, '700');
    await till.take.promise();
    await till.today.shows('Bar', 'Captured');
    expect(askedOf(dojo, tipped).map(({ body }) => JSON.parse(body ?? ''))).toEqual([{ amount: 4_800, tipsAmount: 700 }]);
    expect(dojo.bank.imbalances()).toEqual([]);
  });

  test('of one hold each: in parts, past the page, declined, refused, a lost answer, by another till, released elsewhere, and none of a sale', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(150_000);
    await till.connect(KEY);
    await test.step('a part, then another, then the rest', async () => {
      const { id } = hold(dojo, { reference: 'Room 7', amountMinor: 10_000 });
      await till.freshen();
      await till.today.take('Room 7');
      await till.take.choosePart();
      await till.take.type('2550');
      await expect(till.take.dialog).toContainText('Captures £25.50. £74.50 is left then, if Dojo keeps it on hold.');
      const answer = dojo.withhold({ operation: 'capture' });
      await till.take.promise();
      await till.today.take('Room 7');
      await till.take.choosePart();
      await till.take.type('50');
      answer();
      // What this till itself has asked for takes nothing away from what is typed of the rest.
      await expect(till.take.dialog).toContainText('£25.50 of £100.00 captured');
      await till.take.promise();
      await till.today.shows('Room 7', '£26.00 of £100.00 captured');
      await till.today.take('Room 7');
      await expect(till.take.dialog).toContainText('Captures £74.00');
      await till.take.promise();
      await till.today.shows('Room 7', 'Captured');
      expect(askedOf(dojo, id).map(({ body }) => body)).toEqual(['{"amount":2550}', '{"amount":50}', '{"amount":7400}']);
      expect(moneyOf(dojo, id)).toMatchObject({ captures: 3, capturedMinor: 10_000 });
    });
    await test.step('amounts past the page are refused by the till itself', async () => {
      const { id: paymentId } = hold(dojo, { reference: 'Table 3', amountMinor: 4_200 });
      await till.freshen();
      for (const [amount, code] of [
        [0, 'bad-input'],
        [-1, 'bad-input'],
        [12.345, 'bad-input'],
        [2 ** 53, 'bad-input'],
        ['4200', 'bad-input'],
        [Number.NaN, 'bad-input'],
        [null, 'bad-input'],
        [4_201, 'amount'],
        [9_999_999_999, 'amount'],
      ] as const) {
        const answer = await till.call('submit', { requests: [{ requestId: `r${amount}`, kind: 'capture', paymentId, amount }] });
        expect(answer, String(amount)).toMatchObject({ ok: false, error: { code, field: 'requests.0.amount' } });
      }
      expect(await till.actionsOn(paymentId)).toEqual([]);
      expect(askedOf(dojo, paymentId)).toEqual([]);
    });
    await test.step('one that the bank declines says that nothing was taken, and can be tried again', async () => {
      const { id } = hold(dojo, { reference: 'Table 5', amountMinor: 3_000 });
      dojo.bank.orderOutcome('Declined', id);
      await till.freshen();
      await till.today.take('Table 5');
      await till.take.promise();
      await till.today.shows('Table 5', 'Declined by the bank, nothing captured');
      await expect(till.today.figure('Captured and sold')).not.toContainText('30.00');
      expect(moneyOf(dojo, id)).toMatchObject({ capturedMinor: 0, captures: 0 });
      await till.today.take('Table 5');
      await till.take.promise();
      await till.today.shows('Table 5', 'Captured');
      expect(moneyOf(dojo, id)).toMatchObject({ capturedMinor: 3_000, captures: 1 });
    });
    await test.step('one that Dojo refuses says why, and nothing moved', async () => {
      const { id } = hold(dojo, { reference: 'Table 6', amountMinor: 3_000 });
      dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'capture', paymentId: id } });
      await till.freshen();
      await till.today.take('Table 6');
      await till.take.promise();
      await till.today.shows('Table 6', 'Nothing moved');
      expect((await till.actionsOn(id)).map(({ state }) => state)).toEqual(['refused']);
      expect(askedOf(dojo, id)).toHaveLength(1);
      expect(moneyOf(dojo, id).captures).toBe(0);
    });
    await test.step('a lost answer is settled by reading: taken once, not sent again', async () => {
      const { id } = hold(dojo, { reference: 'Table 10', amountMinor: 3_000 });
      dojo.faults.order({ kind: 'reset-after-commit', match: { operation: 'capture', paymentId: id } });
      await till.freshen();
      await till.today.take('Table 10');
      await till.take.promise();
      await till.today.shows('Table 10', 'Captured');
      await expect.poll(async () => (await till.actionsOn(id)).map(({ state, sends }) => [state, sends])).toEqual([['done', 1]]);
      expect(askedOf(dojo, id)).toHaveLength(1);
      expect(moneyOf(dojo, id)).toMatchObject({ captures: 1, capturedMinor: 3_000 });
    });
    await test.step('another till was first: it is shown, not sent', async () => {
      const { id } = hold(dojo, { reference: 'Table 8', amountMinor: 3_000 });
      await till.freshen();
      dojo.bank.capture('acc_training', id, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
      await till.submit({ kind: 'capture', paymentId: id, amount: 3_000 });
      await expect.poll(async () => (await till.actionsOn(id)).map(({ state }) => state)).toEqual(['refused']);
      expect((await till.actionsOn(id))[0]?.message).toMatch(
        /^Another till was first\. A capture of £30\.00 was made elsewhere\. Nothing was done by this one\. All of it is (being )?captured\.$/,
      );
      expect(askedOf(dojo, id)).toEqual([]);
      expect(moneyOf(dojo, id).captures).toBe(1);
    });
    await test.step('a hold that is released elsewhere while its dialog is open is called on hold no more', async () => {
      const { id } = hold(dojo, { reference: 'Table 11', amountMinor: 11_000 });
      await till.freshen();
      await till.today.take('Table 11');
      await expect(till.page.getByRole('dialog')).toContainText('£110.00 on hold, nothing captured yet');
      dojo.bank.reverse('acc_training', id, Date.now());
      await till.call('refresh');
      await expect(till.page.getByRole('dialog')).toContainText('Nothing to capture now.');
      await expect(till.page.getByRole('dialog')).toContainText('£110.00, nothing captured');
      await expect(till.page.getByRole('dialog')).not.toContainText('on hold');
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
    });
    await test.step('a sale that was taken at once has no take', async () => {
      const { id: paymentId } = sale(dojo, { reference: 'Cake', amountMinor: 350 });
      await till.freshen();
      await till.today.shows('Cake', 'Paid');
      await expect(till.page.getByRole('button', { name: 'Capture Cake' })).toHaveCount(0);
      expect(await till.submit({ kind: 'capture', paymentId, amount: 350 })).toMatchObject({ ok: false, error: { code: 'move-closed' } });
      expect(askedOf(dojo, paymentId)).toEqual([]);
    });
    // Nothing else was asked of Dojo meanwhile.
    expect(changesAsked(dojo).map(({ operation }) => operation)).toEqual(Array(7).fill('capture'));
  });

  test('says in its dialog what is queued already, keeps what was typed while the payment changes, and reads an amount as a person types it', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(180_000);
    await till.connect(KEY);
    await test.step('while the queue is paused, the rest beside a part that is queued: what is asked for already is said', async () => {
      const { id } = hold(dojo, { reference: 'Room 9', amountMinor: 10_000 });
      await till.freshen();
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId: id, amount: 3_000 });
      await till.today.shows('Room 9', 'Capture £30.00: queued');
      await till.today.take('Room 9');
      await expect(till.take.dialog).toContainText('£100.00 on hold, £30.00 asked for, not finished yet');
      await expect(till.take.dialog).toContainText('Whole rest £70.00');
      await expect(till.take.dialog).toContainText('Captures £70.00. £30.00 more is asked for, not finished yet.');
      await expect(till.take.dialog).not.toContainText('Nothing stays on hold');
      await expect(till.take.dialog).not.toContainText('nothing captured yet');
      await till.take.leave();
      await till.shell.goTo('End of day');
      await till.endOfDay.review();
      await expect(till.endOfDay.screen).toContainText('£30.00 more is asked for, not finished yet.');
      await expect(till.endOfDay.screen).not.toContainText('in full');
      await till.page.getByRole('button', { name: 'Back to the holds' }).click();
      await till.shell.goTo('Today');
      await till.call('withdraw', { actionId: (await till.actionsOn(id))[0]?.id ?? '' });
      await till.call('resumeQueue');
    });
    await test.step('while the queue is paused, what was typed is still there where the capture closes under the dialog and opens again, and typed anew where another till captured a part', async () => {
      const { id } = hold(dojo, { reference: 'Table 12', amountMinor: 10_000 });
      await till.freshen();
      await till.call('pauseQueue');
      await till.today.take('Table 12');
      await till.take.choosePart();
      await till.take.type('3000');
      await till.submit({ kind: 'reverse', paymentId: id });
      await expect(till.page.getByRole('dialog')).toContainText('Nothing to capture now.');
      await till.call('withdraw', { actionId: (await till.actionsOn(id))[0]?.id ?? '' });
      await expect(till.take.amount).toHaveValue('£30.00');
      await expect(till.take.confirm).toHaveText(/^Capture £30\.00/);
      // Who was typing goes on with it: its end alone is no amount.
      await typeByHand(till.take.amount, '5');
      await expect(till.take.amount).toHaveValue('£300.05');
      // Another till's part may be this very one.
      await till.take.type('3000');
      dojo.bank.capture(TRAINING_ACCOUNT, id, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
      await till.call('refresh');
      await expect(till.take.dialog).toContainText('What is left changed from £100.00 to £70.00. Clear the field, then type the amount again.');
      await expect(till.take.amount).toHaveValue('£30.00');
      await expect(till.take.confirm).toBeDisabled();
      // Who is still typing goes on with that amount: its end alone is never one.
      await typeByHand(till.take.amount, '50');
      await expect(till.take.amount).toHaveValue('£3,000.50');
      await expect(till.take.dialog).toContainText('Clear the field');
      await expect(till.take.confirm).toBeDisabled();
      await till.take.type('2000');
      await expect(till.take.confirm).toHaveText(/^Capture £20\.00/);
      await till.take.leave();
      await till.call('resumeQueue');
    });
    // What was removed and what was only typed never went out.
    expect(changesAsked(dojo)).toEqual([]);
    await test.step('amounts that make no sense are refused in words and nothing is asked of Dojo', async () => {
      const { id } = hold(dojo, { reference: 'Table 2', amountMinor: 4_200 });
      await till.freshen();
      await till.today.take('Table 2');
      await till.take.choosePart();
      await till.take.type('0');
      await expect(till.take.dialog).toContainText('The amount must be more than zero.');
      await expect(till.take.confirm).toBeDisabled();
      await till.take.type('4201');
      await expect(till.take.dialog).toContainText('No more than £42.00');
      await expect(till.take.confirm).toBeDisabled();
      // Over a selection, of the whole or a part, an amount begins anew: nothing of it moves to the left.
      for (const [from, to] of [
        [0, 6],
        [0, 1],
        [1, 3],
        [4, 6],
      ] as const) {
        await till.take.type('1000');
        await till.take.amount.evaluate((field: HTMLInputElement, [start, end]) => field.setSelectionRange(start, end), [from, to] as const);
        await typeByHand(till.take.amount, '20');
        await expect(till.take.amount, `${from} to ${to}`).toHaveValue('£0.20');
      }
      for (const [pasted, words] of [
        ['12.345', 'no more than 2 digits after the point'],
        ['lots', 'is not an amount'],
        ['9007199254740992', 'more than one payment can be'],
        ['-5', 'cannot be below zero'],
        ['€12.00', 'in another currency'],
        ['1e3', 'is not an amount'],
      ] as const) {
        await till.take.paste(pasted);
        await expect(till.take.dialog, pasted).toContainText(words);
      }
      await till.take.leave();
      expect(changesAsked(dojo)).toEqual([]);
      expect(await till.actionsOn(id)).toEqual([]);
    });
    await test.step('a point makes pounds of what was typed before it; digits alone fill the pence', async () => {
      const { id } = hold(dojo, { reference: 'Table 4', amountMinor: 900_000 });
      await till.freshen();
      await till.today.take('Table 4');
      await till.take.choosePart();
      const { amount } = till.take;
      const keyboard = new Keyboard(till.page);
      for (const [typed, shown] of [
        ['2050', '£20.50'],
        ['20.', '£20.00'],
        ['20.5', '£20.50'],
        ['20.50', '£20.50'],
        ['20.507', '£20.50'],
        ['20..5', '£20.50'],
        ['12.34', '£12.34'],
        ['.5', '£0.50'],
        ['1,250.5', '£1,250.50'],
        ['20,5', '£20.50'],
      ] as const) {
        await till.take.type(typed);
        await expect(amount, typed).toHaveValue(shown);
      }
      await amount.press('Control+a');
      await keyboard.strike(['2', '0', 'keypad,', '5'], HAND_MS);
      await expect(amount).toHaveValue('£20.50');
      // Over a selection neither a letter nor a comma begins an amount.
      await amount.press('Control+a');
      await typeByHand(amount, 'a,');
      await expect(amount).toHaveValue('£20.50');

      // Backspace takes back what was typed, key by key.
      await till.take.type('20.5');
      await amount.press('Backspace');
      await expect(amount).toHaveValue('£20.00');
      await typeByHand(amount, '6');
      await expect(amount).toHaveValue('£20.60');
      // What was there before the typing stays pence: by paste, and where the person comes back to it.
      await till.take.paste('10');
      await amount.press('End');
      await typeByHand(amount, '.5');
      await expect(amount).toHaveValue('£100.05');
      await till.take.type('20');
      await amount.evaluate((field: HTMLInputElement) => {
        field.blur();
        field.focus();
        field.setSelectionRange(5, 5);
      });
      await typeByHand(amount, '.');
      await expect(amount).toHaveValue('£0.20');

      await till.take.type('20.5');
      await expect(till.take.confirm).toContainText('£20.50');
      await till.take.promise();
      await expect.poll(() => askedOf(dojo, id).map(({ body }) => body)).toEqual(['{"amount":2050}']);
    });
    // Nothing else was asked of Dojo meanwhile.
    expect(changesAsked(dojo).map(({ operation }) => operation)).toEqual(['capture']);
  });
});
