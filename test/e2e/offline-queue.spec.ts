import type { DojoServer } from '../simulator/dojo-server.ts';
import { expect, KEY, test } from './fixtures.ts';
import type { TillUser } from './pages/till-user.ts';
import { askedOf, changesAsked, hold, moneyOf, sale } from './shop.ts';

const TABLES = ['Table 1', 'Table 2', 'Table 3'] as const;

/** Three holds and a sale, and a till that shows them; then the line goes down. */
async function goOffline(till: TillUser, dojo: DojoServer, tables: readonly string[] = TABLES, sold = 'Cake'): Promise<{ holdIds: string[]; saleId: string }> {
  const holdIds = tables.map((reference, index) => hold(dojo, { reference, amountMinor: 1_000 * (index + 1) }).id);
  const { id: saleId } = sale(dojo, { reference: sold, amountMinor: 350 });
  await till.freshen();
  for (const reference of tables) await till.today.shows(reference, 'On hold');
  await till.today.shows(sold, 'Paid');
  await dojo.closeLine();
  await till.shell.refresh();
  await till.shell.isOffline();
  return { holdIds, saleId };
}

/** Without the line the holds are taken and the sale is undone. */
async function decideOffline(till: TillUser, { holdIds, saleId }: { holdIds: string[]; saleId: string }): Promise<string[]> {
  const captures = holdIds.map((paymentId, index) => ({ kind: 'capture', paymentId, amount: 1_000 * (index + 1) }) as const);
  expect(await till.submit(...captures, { kind: 'reverse', paymentId: saleId })).toMatchObject({ ok: true });
  return [...holdIds, saleId];
}

async function sentOnceEach(till: TillUser, dojo: DojoServer, ids: readonly string[]): Promise<void> {
  const states = async () => (await Promise.all(ids.map((id) => till.actionsOn(id)))).map((actions) => actions.map(({ state }) => state));
  await expect.poll(states, { timeout: 40_000 }).toEqual(ids.map(() => ['done']));
  for (const id of ids) expect(askedOf(dojo, id)).toHaveLength(1);
  expect(dojo.bank.imbalances()).toEqual([]);
}

test.describe('the offline queue', () => {
  test('what is decided without a line waits, is never called done, can be withdrawn and not be promised twice, goes when the line is back, and survives a power cut', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(150_000);
    const { id: twice } = hold(dojo, { reference: 'Room 1', amountMinor: 1_000 });
    const { id: withdrawn } = hold(dojo, { reference: 'Room 2', amountMinor: 2_000 });
    const { id: link } = dojo.addPayment({ reference: 'Link', amountMinor: 500, paidAtMs: null, customAmountAllowed: true });
    await till.connect(KEY);
    const { holdIds, saleId } = await goOffline(till, dojo);
    await test.step('each decision says that it waits', async () => {
      for (const reference of TABLES) {
        await till.today.take(reference);
        await expect(till.take.dialog).toContainText('There is no connection: it is queued now and sent when the connection is back');
        await till.take.promise();
        await till.today.shows(reference, /: queued/i);
      }
      await till.today.giveBack('Cake');
      await till.giveBack.promise();
      await till.today.shows('Cake', /: queued/i);
      await till.shell.goTo('Queue');
      for (const reference of [...TABLES, 'Cake']) await expect(till.queue.entry(reference)).toContainText('Queued');
      expect((await till.snapshot()).totals.byCurrency).toMatchObject([{ takenMinor: 350, givenBackMinor: 0 }]);
    });
    await test.step('changes of amount need the line', async () => {
      expect(await till.submit({ kind: 'setAmount', paymentId: link, amount: 600 })).toMatchObject({
        ok: false,
        error: { code: 'move-closed', message: expect.stringContaining('needs a connection') },
      });
    });
    await test.step('the amount promised is no longer offered: nothing can be promised twice', async () => {
      expect(await till.submit({ kind: 'capture', paymentId: twice, amount: 700 })).toMatchObject({ ok: true });
      expect(await till.submit({ kind: 'capture', paymentId: twice, amount: 301 })).toMatchObject({ ok: false, error: { code: 'amount' } });
      expect((await till.paymentNow(twice)).leftMinor).toBe(300);
      expect(await till.submit({ kind: 'capture', paymentId: twice, amount: 300 })).toMatchObject({ ok: true });
      expect(await till.submit({ kind: 'reverse', paymentId: twice })).toMatchObject({ ok: false, error: { code: 'move-closed' } });
    });
    await test.step('one can be withdrawn before it is sent', async () => {
      expect(await till.submit({ kind: 'capture', paymentId: withdrawn, amount: 2_000 })).toMatchObject({ ok: true });
      await till.queue.withdraw('Room 2');
      await expect(till.queue.entry('Room 2')).toContainText('Removed');
    });
    await test.step('the line is back: each goes once, and the withdrawn one never', async () => {
      await dojo.openLine();
      await expect.poll(async () => (await till.actionStates()).toSorted(), { timeout: 40_000 }).toEqual([...Array(6).fill('done'), 'withdrawn']);
      for (const id of [...holdIds, saleId]) expect(askedOf(dojo, id)).toHaveLength(1);
      for (const [index, id] of holdIds.entries())
        await expect.poll(() => moneyOf(dojo, id)).toMatchObject({ captures: 1, capturedMinor: 1_000 * (index + 1) });
      expect(moneyOf(dojo, saleId)).toMatchObject({ reversals: 1 });
      await expect.poll(() => moneyOf(dojo, twice)).toMatchObject({ captures: 2, capturedMinor: 1_000 });
      expect(askedOf(dojo, withdrawn)).toEqual([]);
      expect((await till.paymentNow(withdrawn)).leftMinor).toBe(2_000);
      expect(changesAsked(dojo)).toHaveLength(6);
      expect(dojo.bank.imbalances()).toEqual([]);
    });
    await test.step('after it was sent it can no longer be withdrawn', async () => {
      const [id = ''] = holdIds;
      const [action] = await till.actionsOn(id);
      expect(await till.call('withdraw', { actionId: action?.id })).toMatchObject({ ok: false, error: { code: 'not-possible' } });
      expect(moneyOf(dojo, id).captures).toBe(1);
    });
    await test.step('it survives a power cut, and goes when the same account is connected', async () => {
      const asked = changesAsked(dojo).length;
      await till.shell.isLive();
      await till.shell.goTo('Today');
      const ids = await decideOffline(till, await goOffline(till, dojo, ['Room 7', 'Room 8', 'Room 9'], 'Wine'));
      await till.app.kill();
      await dojo.openLine();
      await till.startAgain(KEY);
      await sentOnceEach(till, dojo, ids);
      expect(changesAsked(dojo)).toHaveLength(asked + ids.length);
    });
  });

  test('it survives quitting and starting again without a line', { tag: '@stored-key' }, async ({ till, dojo }) => {
    await till.connect(KEY);
    const ids = await decideOffline(till, await goOffline(till, dojo));
    await till.app.quit();
    await till.app.start();
    await till.shell.isOffline();
    for (const reference of [...TABLES, 'Cake']) await till.today.shows(reference, /: queued/i);
    expect(await till.actionStates()).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    await dojo.openLine();
    await sentOnceEach(till, dojo, ids);
    expect(changesAsked(dojo)).toHaveLength(ids.length);
  });
});
