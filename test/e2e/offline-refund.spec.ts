import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { askedOf, changesAsked, hold, moneyOf, sale, todayMs } from './shop.ts';

/** A hold that was taken: of the ways to give money back, only the refund is left. */
const takenHold = (dojo: Parameters<typeof hold>[0], reference: string): string =>
  hold(dojo, { reference, amountMinor: 5_000, paidAtMs: todayMs(20), past: [{ kind: 'capture', atMs: todayMs(15), amountMinor: 5_000 }] }).id;

test('a refund without the line is closed unless the shop allows it; then it is promised up to its cap and sent once', async ({ till, dojo }) => {
  test.setTimeout(120_000);
  await till.connect(KEY);
  await test.step('is closed unless the shop allows it, and says so', async () => {
    const paymentId = takenHold(dojo, 'Room 2');
    await till.freshen();
    await till.today.shows('Room 2', 'Captured');
    await dojo.closeLine();
    await till.call('refresh');
    await till.shell.isOffline();
    await expect(till.today.moneyButtons('Room 2')).toHaveCount(0);
    await till.today.open('Room 2');
    await expect(till.payment.closed).toContainText('Dojo cannot be reached, and refunds without a connection are switched off in the settings.');
    await expect(till.payment.giveBackButton).toHaveCount(0);
    expect(await till.submit({ kind: 'refund', paymentId, amount: 100 })).toMatchObject({ ok: false, error: { code: 'move-closed' } });
    expect(await till.actionStates()).toEqual([]);
    await dojo.openLine();
    await expect(till.payment.giveBackButton).toBeVisible();
    expect(changesAsked(dojo)).toEqual([]);
    await till.payment.leave();
  });
  await test.step('where the shop allows it, is promised up to its cap and sent once; what another till gave back meanwhile is not given back again', async () => {
    const room = takenHold(dojo, 'Room 3');
    const hire = takenHold(dojo, 'Hire 7');
    const { id: cake } = sale(dojo, { reference: 'Cake', amountMinor: 350 });
    await till.shell.isLive();
    await till.freshen();
    await till.shell.goTo('Settings');
    await till.settings.allowOfflineRefunds('2000');
    await expect.poll(async () => (await till.snapshot()).settings).toMatchObject({ offlineRefunds: true, offlineRefundMaxMinor: 2_000 });
    await till.shell.goTo('Today');
    await till.today.shows('Cake', 'Paid');
    await dojo.closeLine();
    await till.call('refresh');
    await till.shell.isOffline();

    await till.today.giveBack('Room 3');
    await expect(till.giveBack.way).toHaveText('Refund');
    await expect(till.giveBack.dialog).toContainText('no more than £20.00');
    await till.giveBack.choosePart();
    await till.giveBack.type('2001');
    await expect(till.giveBack.dialog).toContainText('No more than £20.00 can be refunded.');
    await expect(till.giveBack.ask).toBeDisabled();
    await till.giveBack.type('2000');
    await till.giveBack.promise();
    await till.today.shows('Room 3', 'Refund £20.00: queued');
    // The cap is for the payment: no second refund gets around it.
    expect(await till.submit({ kind: 'refund', paymentId: room, amount: 1, again: true })).toMatchObject({
      ok: false,
      error: { code: 'move-closed', message: expect.stringContaining('that much waits already') },
    });
    expect(await till.submit({ kind: 'refund', paymentId: hire, amount: 1_500 })).toMatchObject({ ok: true });
    expect(await till.actionStates()).toEqual(['waiting', 'waiting']);
    expect((await till.paymentNow(cake)).giveBack).toMatchObject({ way: 'undo' });
    expect((await till.paymentNow(room)).refundedMinor).toBe(0);
    expect(changesAsked(dojo)).toEqual([]);

    dojo.bank.refund(TRAINING_ACCOUNT, hire, { amountMinor: 4_000, idempotencyKey: 'other-till' }, Date.now());
    await dojo.openLine();
    await expect.poll(() => till.actionStates(), { timeout: 30_000 }).toEqual(['done', 'refused']);
    expect(askedOf(dojo, room).map(({ operation, body }) => [operation, body])).toEqual([['refund', '{"amount":2000}']]);
    expect(askedOf(dojo, room)[0]?.headers.idempotencykey).toMatch(/^[0-9a-f-]{36}$/);
    expect(moneyOf(dojo, room)).toMatchObject({ refunds: 1, refundedMinor: 2_000 });
    await till.today.shows('Room 3', '£20.00 of £50.00 refunded');
    expect(askedOf(dojo, hire)).toEqual([]);
    expect((await till.actionsOn(hire))[0]).toMatchObject({
      state: 'refused',
      message: 'Another till was first. £40.00 was refunded elsewhere. Nothing was done by this one.',
    });
    expect(dojo.bank.imbalances()).toEqual([]);
  });
});
