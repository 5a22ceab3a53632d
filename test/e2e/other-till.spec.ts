import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import type { DojoServer } from '../simulator/dojo-server.ts';
import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import type { TillUser } from './pages/till-user.ts';
import { askedOf, changesAsked, hold, moneyOf, sale, unpaid } from './shop.ts';

/** Holds the till's news back from the page, as a busy moment does. Returns what lets them go on. */
async function holdNews(till: TillUser): Promise<() => Promise<void>> {
  await till.app.electron().evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('expected a window');
    const send = contents.send.bind(contents);
    const kept: Parameters<typeof send>[] = [];
    contents.send = (...news) => void kept.push(news);
    Object.assign(globalThis, {
      goOn: () => {
        contents.send = send;
        for (const news of kept) send(...news);
      },
    });
  });
  return () => till.app.electron().evaluate(() => (globalThis as unknown as { goOn: () => void }).goOn());
}

/** Another till captures £30.00 of it, and this till has read that. */
async function anotherTills(till: TillUser, dojo: DojoServer, id: string): Promise<void> {
  dojo.bank.capture(TRAINING_ACCOUNT, id, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
  expect(await till.call('refresh')).toMatchObject({ ok: true });
}

test('another till changes payments, was first while the line was down or by a breath, or comes before the screen shows it', async ({ till, dojo }) => {
  test.setTimeout(150_000);
  await till.connect(KEY);
  await test.step('changes payments: each says that and what changed, on its row and in its own view, and nothing is asked of Dojo', async () => {
    const wine = sale(dojo, { reference: 'Wine', amountMinor: 2_000 }).id;
    const cake = sale(dojo, { reference: 'Cake', amountMinor: 350 }).id;
    const room = hold(dojo, { reference: 'Room 3', amountMinor: 9_900 }).id;
    const hire = hold(dojo, { reference: 'Hire 7', amountMinor: 2_500 }).id;
    const link = unpaid(dojo, { reference: 'Link', amountMinor: 2_000 }).id;
    const bill = unpaid(dojo, { reference: 'Bill', amountMinor: 2_000, customAmountAllowed: true }).id;
    const paid = unpaid(dojo, { reference: 'Paid since', amountMinor: 700 }).id;
    await till.freshen();
    const now = Date.now();
    dojo.bank.refund(TRAINING_ACCOUNT, wine, { amountMinor: 500, idempotencyKey: 'other-till' }, now);
    dojo.bank.reverse(TRAINING_ACCOUNT, cake, now);
    dojo.bank.capture(TRAINING_ACCOUNT, room, { amountMinor: 4_000, tipsMinor: 0 }, now);
    dojo.bank.reverse(TRAINING_ACCOUNT, hire, now);
    dojo.bank.cancel(TRAINING_ACCOUNT, link, now);
    dojo.bank.setAmount(TRAINING_ACCOUNT, bill, { value: 2_500, currencyCode: 'GBP' }, now);
    dojo.bank.pay(paid, now);
    await till.shell.refresh();
    for (const [reference, words] of [
      ['Wine', '£5.00 was refunded elsewhere.'],
      ['Cake', 'It was reversed elsewhere.'],
      ['Room 3', 'A capture of £40.00 was made elsewhere.'],
      ['Hire 7', 'The hold was released elsewhere.'],
      ['Link', 'It was cancelled elsewhere.'],
      ['Bill', 'The amount was changed to £25.00 elsewhere.'],
    ] as const)
      await till.today.shows(reference, `Changed: ${words}`);
    // The customer paying is nobody's change.
    await till.today.shows('Paid since', 'Paid');
    await expect(till.today.row('Paid since')).not.toContainText('another till');
    await till.today.open('Room 3');
    await expect(till.payment.changedElsewhere).toContainText('A capture of £40.00 was made elsewhere.');
    await expect(till.payment.timeline.getByRole('listitem').filter({ hasText: /Captur(ed|ing)/ })).toContainText('another till');
    expect(await till.actionStates()).toEqual([]);
    expect(changesAsked(dojo)).toEqual([]);
    await till.payment.leave();
  });
  await test.step('was first while the line was down: every action ends as refused for that reason, none is sent, none is an error', async () => {
    const take = hold(dojo, { reference: 'Table 1', amountMinor: 3_000 }).id;
    const part = hold(dojo, { reference: 'Table 2', amountMinor: 3_000 }).id;
    const release = hold(dojo, { reference: 'Table 3', amountMinor: 3_000 }).id;
    const undo = sale(dojo, { reference: 'Table 4', amountMinor: 3_000 }).id;
    const cancel = unpaid(dojo, { reference: 'Table 5', amountMinor: 3_000 }).id;
    const all = [take, part, release, undo, cancel];
    await till.freshen();
    await dojo.closeLine();
    await till.call('refresh');
    await till.shell.isOffline();
    const promised = await till.submit(
      { kind: 'capture', paymentId: take, amount: 3_000 },
      { kind: 'capture', paymentId: part, amount: 2_000 },
      { kind: 'reverse', paymentId: release },
      { kind: 'reverse', paymentId: undo },
      { kind: 'cancel', paymentId: cancel },
    );
    expect(promised).toMatchObject({ ok: true });
    const now = Date.now();
    dojo.bank.capture(TRAINING_ACCOUNT, take, { amountMinor: 3_000, tipsMinor: 0 }, now);
    dojo.bank.capture(TRAINING_ACCOUNT, part, { amountMinor: 1_500, tipsMinor: 0 }, now);
    dojo.bank.capture(TRAINING_ACCOUNT, release, { amountMinor: 3_000, tipsMinor: 0 }, now);
    dojo.bank.reverse(TRAINING_ACCOUNT, undo, now);
    dojo.bank.cancel(TRAINING_ACCOUNT, cancel, now);
    await dojo.openLine();
    await expect.poll(() => till.actionStates(), { timeout: 30_000 }).toEqual(all.map(() => 'refused'));
    for (const [paymentId, what, all] of [
      [take, 'A capture of £30.00 was made elsewhere.', ' All of it is captured.'],
      [part, 'A capture of £15.00 was made elsewhere.', ''],
      [release, 'A capture of £30.00 was made elsewhere.', ''],
      [undo, 'It was reversed elsewhere.', ''],
      [cancel, 'It was cancelled elsewhere.', ''],
    ] as const)
      expect((await till.actionsOn(paymentId))[0]).toMatchObject({ message: `Another till was first. ${what} Nothing was done by this one.${all}` });
    expect(changesAsked(dojo)).toEqual([]);
    expect(moneyOf(dojo, part)).toMatchObject({ captures: 1, capturedMinor: 1_500 });
    expect(moneyOf(dojo, undo)).toMatchObject({ reversals: 1 });
    expect(dojo.bank.imbalances()).toEqual([]);
    await till.shell.goTo('Queue');
    await expect(till.queue.entry('Table 2')).toContainText('Another till was first.');
    await expect(till.queue.entry('Table 2')).toContainText('Refused');
    // What is left of the hold can still be taken.
    expect((await till.paymentNow(part)).moves.capture).toMatchObject({ open: true, maxMinor: 1_500 });
  });
  await test.step('was first by a breath: Dojo refuses this one, which ends as refused for that reason and is not sent again', async () => {
    const { id: paymentId } = hold(dojo, { reference: 'Table 6', amountMinor: 3_000 });
    // Dojo is slow with this till's take: another till's comes in between.
    const letGo = dojo.withhold({ operation: 'capture' });
    await till.freshen();
    await till.shell.goTo('Today');
    await till.today.take('Table 6');
    await till.take.promise();
    await expect.poll(() => askedOf(dojo, paymentId).length).toBe(1);
    dojo.bank.capture(TRAINING_ACCOUNT, paymentId, { amountMinor: 2_000, tipsMinor: 0 }, Date.now());
    letGo();
    await expect.poll(async () => (await till.actionsOn(paymentId)).map(({ state, sends }) => [state, sends])).toEqual([['refused', 1]]);
    await expect
      .poll(async () => (await till.actionsOn(paymentId))[0]?.message)
      .toBe('Another till was first. A capture of £20.00 was made elsewhere. Dojo refused this one.');
    await till.today.shows('Table 6', '£20.00 of £30.00 captured');
    expect(askedOf(dojo, paymentId)).toHaveLength(1);
    expect(moneyOf(dojo, paymentId)).toMatchObject({ captures: 1, capturedMinor: 2_000 });
    // What is left is a decision of its own.
    expect((await till.paymentNow(paymentId)).moves.capture).toMatchObject({ open: true, maxMinor: 1_000 });
  });
  // Between a browser and its till nothing can keep the news back.
  if (till.host !== 'electron') return;
  const asked = changesAsked(dojo).length;
  await test.step('the screen is behind what the till knows: a run is not begun, says which hold it is about, and shows what is left of it as soon as that is here', async () => {
    hold(dojo, { reference: 'Room A', amountMinor: 5_000 });
    const { id } = hold(dojo, { reference: 'Room B', amountMinor: 10_000 });
    await till.freshen();
    await till.shell.goTo('End of day');
    await till.endOfDay.review();
    const goOn = await holdNews(till);
    await anotherTills(till, dojo, id);
    await look(till.page);
    await till.endOfDay.start.click();
    await expect(till.endOfDay.screen).toContainText('Nothing was accepted.');
    await expect(till.endOfDay.screen).toContainText(/Room B.*No more than £70\.00 is left/);
    expect(changesAsked(dojo)).toHaveLength(asked);
    await goOn();
    await expect(till.endOfDay.screen).toContainText('1 changed since it was chosen.');
    await expect(till.endOfDay.screen).toContainText('no more than £70.00 is left.');
    await expect(till.endOfDay.start).toBeDisabled();
    await till.page.getByRole('button', { name: 'Back to the holds' }).click();
    expect(changesAsked(dojo)).toHaveLength(asked);
  });
  await test.step('the screen is behind what the till knows: a part is not captured beside another till’s, until the person has seen that one', async () => {
    const { id } = hold(dojo, { reference: 'Table 7', amountMinor: 10_000 });
    await till.freshen();
    await till.shell.goTo('Today');
    await till.today.take('Table 7');
    await till.take.choosePart();
    await till.take.type('3000');
    const goOn = await holdNews(till);
    await anotherTills(till, dojo, id);
    await look(till.page);
    await till.take.confirm.click();
    await expect(till.take.dialog).toContainText(/Not accepted\.Dojo shows something new\..*Look at it again, then decide\./);
    expect(changesAsked(dojo)).toHaveLength(asked);
    await goOn();
    await expect(till.take.dialog).toContainText('What is left changed from £100.00 to £70.00.');
    await till.take.type('3000');
    await expect(till.take.dialog).toContainText('£40.00 is left then');
    await till.take.promise();
    await expect.poll(() => moneyOf(dojo, id)).toMatchObject({ captures: 2, capturedMinor: 6_000 });
  });
  expect(changesAsked(dojo)).toHaveLength(asked + 1);
});
