import type { DojoServer } from '../simulator/dojo-server.ts';
import { expect, KEY, test } from './fixtures.ts';
import type { TillUser } from './pages/till-user.ts';
import { askedOf, changesAsked, hold, moneyOf, sale } from './shop.ts';

const TABLES = ['Table 1', 'Table 2', 'Table 3'] as const;

/** Three holds and a sale; then the line goes down, the holds are taken and the sale is undone. */
async function decideOffline(till: TillUser, dojo: DojoServer): Promise<{ holdIds: string[]; saleId: string }> {
  const holdIds = TABLES.map((reference, index) => hold(dojo, { reference, amountMinor: 1_000 * (index + 1) }).id);
  const { id: saleId } = sale(dojo, { reference: 'Cake', amountMinor: 350 });
  await till.connect(KEY);
  await till.today.shows('Table 3', 'On hold');
  await dojo.closeLine();
  await till.shell.refresh();
  await till.shell.isOffline();
  for (const reference of TABLES) {
    await till.today.take(reference);
    await expect(till.take.dialog).toContainText('There is no connection: it is queued now and sent when the connection is back');
    await till.take.promise();
    await till.today.shows(reference, /: queued/i);
  }
  await till.today.giveBack('Cake');
  await till.giveBack.promise();
  await till.today.shows('Cake', /: queued/i);
  return { holdIds, saleId };
}

async function sentOnceEach(till: TillUser, dojo: DojoServer, ids: readonly string[]): Promise<void> {
  await expect.poll(() => till.actionStates(), { timeout: 40_000 }).toEqual(ids.map(() => 'done'));
  for (const id of ids) expect(askedOf(dojo, id)).toHaveLength(1);
  expect(changesAsked(dojo)).toHaveLength(ids.length);
  expect(dojo.bank.imbalances()).toEqual([]);
}

test.describe('the offline queue', () => {
  test('what is decided without a line waits, is never called done, and goes when the line is back', async ({ till, dojo }) => {
    const { holdIds, saleId } = await decideOffline(till, dojo);
    await till.shell.goTo('Queue');
    for (const reference of [...TABLES, 'Cake']) await expect(till.queue.entry(reference)).toContainText('Queued');
    expect((await till.snapshot()).totals.byCurrency).toMatchObject([{ takenMinor: 350, givenBackMinor: 0 }]);
    await dojo.openLine();
    await sentOnceEach(till, dojo, [...holdIds, saleId]);
    expect(moneyOf(dojo, saleId)).toMatchObject({ reversals: 1 });
    for (const [index, id] of holdIds.entries()) await expect.poll(() => moneyOf(dojo, id)).toMatchObject({ captures: 1, capturedMinor: 1_000 * (index + 1) });
  });

  test('it survives quitting and starting again without a line', { tag: '@stored-key' }, async ({ till, dojo }) => {
    const { holdIds, saleId } = await decideOffline(till, dojo);
    await till.app.quit();
    await till.app.start();
    await till.shell.isOffline();
    for (const reference of [...TABLES, 'Cake']) await till.today.shows(reference, /: queued/i);
    expect(await till.actionStates()).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    await dojo.openLine();
    await sentOnceEach(till, dojo, [...holdIds, saleId]);
  });

  test('it survives a power cut, and goes when the same account is connected', async ({ till, dojo }) => {
    const { holdIds, saleId } = await decideOffline(till, dojo);
    await till.app.kill();
    await dojo.openLine();
    await till.startAgain(KEY);
    await sentOnceEach(till, dojo, [...holdIds, saleId]);
  });

  test('one can be withdrawn before it is sent; then it never is', async ({ till, dojo }) => {
    const { holdIds, saleId } = await decideOffline(till, dojo);
    await till.shell.goTo('Queue');
    await till.queue.withdraw('Table 2');
    await expect(till.queue.entry('Table 2')).toContainText('Removed');
    await dojo.openLine();
    await expect.poll(async () => (await till.actionStates()).toSorted(), { timeout: 40_000 }).toEqual(['done', 'done', 'done', 'withdrawn']);
    const [, second] = holdIds;
    expect(askedOf(dojo, second ?? '')).toEqual([]);
    expect(changesAsked(dojo)).toHaveLength(3);
    expect((await till.actionsOn(saleId)).map(({ state }) => state)).toEqual(['done']);
    expect((await till.paymentNow(second ?? '')).leftMinor).toBe(2_000);
  });

  test('after it was sent it can no longer be withdrawn', async ({ till, dojo }) => {
    const { id: paymentId } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
    await till.connect(KEY);
    await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
    await expect.poll(() => till.actionStates()).toEqual(['done']);
    const [action] = await till.actionsOn(paymentId);
    expect(await till.call('withdraw', { actionId: action?.id })).toMatchObject({ ok: false, error: { code: 'not-possible' } });
    expect(moneyOf(dojo, paymentId).captures).toBe(1);
  });

  test('the amount promised is no longer offered: nothing can be promised twice', async ({ till, dojo }) => {
    const { id: paymentId } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
    await till.connect(KEY);
    await dojo.closeLine();
    expect(await till.submit({ kind: 'capture', paymentId, amount: 700 })).toMatchObject({ ok: true });
    expect(await till.submit({ kind: 'capture', paymentId, amount: 301 })).toMatchObject({ ok: false, error: { code: 'amount' } });
    expect((await till.paymentNow(paymentId)).leftMinor).toBe(300);
    expect(await till.submit({ kind: 'capture', paymentId, amount: 300 })).toMatchObject({ ok: true });
    expect(await till.submit({ kind: 'reverse', paymentId })).toMatchObject({ ok: false, error: { code: 'move-closed' } });
    await dojo.openLine();
    await expect.poll(() => moneyOf(dojo, paymentId), { timeout: 40_000 }).toMatchObject({ captures: 2, capturedMinor: 1_000 });
  });

  test('changes of amount need the line', async ({ till, dojo }) => {
    const { id: paymentId } = dojo.addPayment({ reference: 'Link', amountMinor: 500, paidAtMs: null, customAmountAllowed: true });
    await till.connect(KEY);
    await dojo.closeLine();
    await till.shell.refresh();
    await till.shell.isOffline();
    expect(await till.submit({ kind: 'setAmount', paymentId, amount: 600 })).toMatchObject({
      ok: false,
      error: { code: 'move-closed', message: expect.stringContaining('needs a connection') },
    });
  });
});
