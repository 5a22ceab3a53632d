import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import type { DojoServer } from '../simulator/dojo-server.ts';
import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import type { TillUser } from './pages/till-user.ts';
import { changesAsked, hold, moneyOf } from './shop.ts';

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

test('where the screen is behind what the till knows, nothing is begun or captured until it has caught up', { tag: '@electron' }, async ({ till, dojo }) => {
  test.setTimeout(90_000);
  await till.connect(KEY);
  await test.step('a run is not begun, says which hold it is about, and shows what is left of it as soon as that is here', async () => {
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
    expect(changesAsked(dojo)).toEqual([]);
    await goOn();
    await expect(till.endOfDay.screen).toContainText('1 changed since it was chosen.');
    await expect(till.endOfDay.screen).toContainText('no more than £70.00 is left.');
    await expect(till.endOfDay.start).toBeDisabled();
    expect(changesAsked(dojo)).toEqual([]);
  });
  await test.step('a part is not captured beside another till’s, until the person has seen that one', async () => {
    const { id } = hold(dojo, { reference: 'Table 5', amountMinor: 10_000 });
    await till.freshen();
    await till.shell.goTo('Today');
    await till.today.take('Table 5');
    await till.take.choosePart();
    await till.take.type('3000');
    const goOn = await holdNews(till);
    await anotherTills(till, dojo, id);
    await look(till.page);
    await till.take.confirm.click();
    await expect(till.take.dialog).toContainText(/Not accepted\.Dojo shows something new\..*Look at it again, then decide\./);
    expect(changesAsked(dojo)).toEqual([]);
    await goOn();
    await expect(till.take.dialog).toContainText('What is left changed from £100.00 to £70.00.');
    await till.take.type('3000');
    await expect(till.take.dialog).toContainText('£40.00 is left then');
    await till.take.promise();
    await expect.poll(() => moneyOf(dojo, id)).toMatchObject({ captures: 2, capturedMinor: 6_000 });
  });
});
