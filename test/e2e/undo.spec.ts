import { expect, KEY, test } from './fixtures.ts';
import { askedOf, changesAsked, daysAgoMs, hold, moneyOf, sale, todayMs, unpaid, yesterdayMs } from './shop.ts';

test.describe('undoing', () => {
  test('a sale of today as a whole, unless one’s mind is changed; what can no longer be undone says why; a hold is let go wherever it stands, and never beside a capture', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(180_000);
    await till.connect(KEY);
    await test.step('changing one’s mind at the second step asks nothing of Dojo', async () => {
      sale(dojo, { reference: 'Cake', amountMinor: 350 });
      await till.freshen();
      await till.today.giveBack('Cake');
      await till.giveBack.ask.click();
      await till.giveBack.keep.click();
      await expect(till.giveBack.confirm).toHaveCount(0);
      await till.page.keyboard.press('Escape');
      await expect(till.giveBack.dialog).toBeHidden();
      expect(changesAsked(dojo)).toEqual([]);
      expect((await till.snapshot()).actions).toEqual([]);
    });
    await test.step('what can no longer be undone says why in its view', async () => {
      const ids = CLOSED.map(([what, put]) => put(dojo, what).id);
      await till.freshen();
      for (const [nth, [what, , reason]] of CLOSED.entries())
        await test.step(what, async () => {
          await till.today.open(what);
          await expect(till.payment.closed).toContainText(reason);
          await expect(till.payment.dialog.locator('.move-note')).not.toContainText([/^(Reverse|Release)/]);
          expect(await till.submit({ kind: 'reverse', paymentId: ids[nth] ?? '' })).toMatchObject({
            ok: false,
            error: { code: 'move-closed', message: expect.stringContaining(reason) },
          });
          await till.payment.leave();
          await expect(till.payment.dialog).toHaveCount(0);
        });
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('a sale of today is undone as a whole', async () => {
      const { id } = sale(dojo, { reference: 'Scone', amountMinor: 350 });
      await till.freshen();
      await till.today.giveBack('Scone');
      await expect(till.giveBack.way).toHaveText('Reverse today’s payment£3.50');
      await expect(till.giveBack.dialog).toContainText(/Reversal possible until midnight, .* left/);
      await expect(till.giveBack.closed).toContainText('Release the hold');
      await till.giveBack.promise();
      await till.today.shows('Scone', 'Reversed: the customer is not charged');
      expect(askedOf(dojo, id).map(({ operation, status }) => [operation, status])).toEqual([['reverse', 200]]);
      expect(moneyOf(dojo, id)).toMatchObject({ reversals: 1, reversedMinor: 350 });
    });
    await test.step('a hold is let go from its own view, and nothing was ever taken', async () => {
      const { id } = hold(dojo, { reference: 'Room 3', amountMinor: 9_900 });
      await till.freshen();
      await till.today.open('Room 3');
      await till.payment.giveBackButton.click();
      await expect(till.giveBack.way).toHaveText('Release the hold£99.00');
      await till.giveBack.promise();
      await till.today.shows('Room 3', 'Released: the customer is not charged');
      expect(moneyOf(dojo, id)).toMatchObject({ reversals: 1, captures: 0 });
    });
    await test.step('a hold is let go from its row, where Release stands beside Capture, with the keyboard alone', async () => {
      const { id } = hold(dojo, { reference: 'Room 4', amountMinor: 9_900 });
      sale(dojo, { reference: 'Tea', amountMinor: 350 });
      await till.freshen();
      const { page, today } = till;
      await expect(today.moneyButtons('Room 4')).toHaveText(['Release', 'Capture']);
      await expect(today.moneyButtons('Tea')).toHaveText(['Reverse']);
      const release = page.getByRole('button', { name: 'Release Room 4', exact: true });
      const capture = page.getByRole('button', { name: 'Capture Room 4', exact: true });
      await today.row('Room 4').focus();
      // The main move is one key away, and what lets money go one more.
      await page.keyboard.press('ArrowRight');
      await expect(capture).toBeFocused();
      await page.keyboard.press('ArrowLeft');
      await expect(release).toBeFocused();
      await page.keyboard.press('ArrowRight');
      await expect(capture).toBeFocused();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await expect(today.row('Room 4')).toBeFocused();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await expect(till.giveBack.way).toHaveText('Release the hold£99.00');
      await page.keyboard.press('Escape');
      await expect(release).toBeFocused();
      expect(askedOf(dojo, id)).toEqual([]);
      await page.keyboard.press('Enter');
      await till.giveBack.promise();
      await today.shows('Room 4', 'Released: the customer is not charged');
      await expect(today.moneyButtons('Room 4')).toHaveCount(0);
      await expect(today.row('Room 4')).toBeFocused();
      expect(moneyOf(dojo, id)).toMatchObject({ reversals: 1, captures: 0 });
    });
    await test.step('a hold is let go from the list of holds as well', async () => {
      const { id } = hold(dojo, { reference: 'Room 5', amountMinor: 9_900 });
      await till.freshen();
      await till.shell.goTo('On hold');
      await till.holds.release('Room 5');
      await till.giveBack.promise();
      await expect(till.holds.row('Room 5')).toHaveCount(0);
      await till.shell.goTo('Today');
      expect(moneyOf(dojo, id)).toMatchObject({ reversals: 1, captures: 0 });
    });
    await test.step('an undo and a take of the same hold exclude each other', async () => {
      const { id: paymentId } = hold(dojo, { reference: 'Room 6', amountMinor: 9_900 });
      await till.freshen();
      const answer = await till.submit({ kind: 'reverse', paymentId }, { kind: 'capture', paymentId, amount: 100 });
      expect(answer).toMatchObject({ ok: false, error: { code: 'move-closed' } });
      expect(await till.actionsOn(paymentId)).toEqual([]);
      expect(askedOf(dojo, paymentId)).toEqual([]);
    });
    await test.step('a hold of an earlier day is released under Dojo’s newer rule, and says so first', async () => {
      const { id } = hold(dojo, { reference: 'Old hold', amountMinor: 6_000, paidAtMs: daysAgoMs(3) });
      await till.freshen();
      expect((await till.paymentNow(id)).moves.reverse).toMatchObject({ open: true, caution: expect.stringContaining('earlier day') });
      await till.submit({ kind: 'reverse', paymentId: id });
      await expect.poll(() => moneyOf(dojo, id).reversals).toBe(1);
    });
    await test.step('where Dojo does not allow it, its refusal is shown and the hold stays', async () => {
      dojo.bank.setSwitches({ releaseEarlierDayAllowed: false });
      const { id } = hold(dojo, { reference: 'Older hold', amountMinor: 6_000, paidAtMs: daysAgoMs(3) });
      await till.freshen();
      await till.submit({ kind: 'reverse', paymentId: id });
      await expect.poll(async () => (await till.actionsOn(id)).map(({ state }) => state)).toEqual(['refused']);
      expect((await till.actionsOn(id))[0]?.message).toContain('Nothing moved');
      expect(moneyOf(dojo, id).reversals).toBe(0);
      expect((await till.paymentNow(id)).leftMinor).toBe(6_000);
    });
    await test.step('a sale of yesterday cannot be undone: it is refunded instead', async () => {
      const { id: paymentId } = sale(dojo, { reference: 'Late', amountMinor: 2_000, paidAtMs: yesterdayMs() });
      await till.freshen();
      await till.page.getByRole('button', { name: 'The day before' }).click();
      await till.today.open('Late');
      await expect(till.payment.closed).toContainText('A reversal was possible until midnight of the day it was paid. Refund it instead.');
      expect(await till.submit({ kind: 'reverse', paymentId })).toMatchObject({ ok: false, error: { code: 'move-closed' } });
      await till.payment.giveBackButton.click();
      await expect(till.giveBack.way).toHaveText('Refund');
      await expect(till.giveBack.closed).toContainText('A reversal was possible until midnight of the day it was paid.');
      await till.giveBack.promise();
      await expect.poll(() => moneyOf(dojo, paymentId)).toMatchObject({ refunds: 1, refundedMinor: 2_000, reversals: 0 });
      expect(askedOf(dojo, paymentId)).toHaveLength(1);
      expect(askedOf(dojo, paymentId)[0]?.headers.idempotencykey).toMatch(/^[0-9a-f-]{36}$/);
    });
    // Nothing else was asked of Dojo meanwhile.
    expect(changesAsked(dojo).map(({ operation }) => operation)).toEqual([...Array(6).fill('reverse'), 'refund']);
  });

  const CLOSED = [
    [
      'a hold that was captured',
      (dojo, reference) =>
        hold(dojo, { reference, amountMinor: 2_000, paidAtMs: todayMs(20), past: [{ kind: 'capture', atMs: todayMs(15), amountMinor: 2_000 }] }),
      'The hold was captured: refund it instead.',
    ],
    [
      'a hold of which a part was captured',
      (dojo, reference) =>
        hold(dojo, { reference, amountMinor: 2_000, paidAtMs: todayMs(20), past: [{ kind: 'capture', atMs: todayMs(15), amountMinor: 500 }] }),
      'Part of the hold was captured: a release is always for the whole.',
    ],
    ['a payment that nobody has paid', (dojo, reference) => unpaid(dojo, { reference, amountMinor: 2_000 }), 'Nobody has paid yet: cancel it instead.'],
    [
      'a sale that was refunded in part',
      (dojo, reference) => sale(dojo, { reference, amountMinor: 2_000, paidAtMs: todayMs(20), past: [{ kind: 'refund', atMs: todayMs(15), amountMinor: 1 }] }),
      'Money was already given back: it can no longer be reversed as a whole.',
    ],
  ] as const satisfies readonly (readonly [string, (dojo: Parameters<typeof hold>[0], reference: string) => { id: string }, string])[];
});
