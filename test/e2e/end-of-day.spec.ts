import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import type { DojoServer } from '../simulator/dojo-server.ts';
import { expect, KEY, test } from './fixtures.ts';
import { typeByHand } from './pages/keyboard.ts';
import { look } from './pages/look.ts';
import { askedOf, changesAsked, hold, moneyOf } from './shop.ts';

const HOLDS = 60;
/** So slow that a run of 60 has not ended before something is done in the middle of it, however busy the machine is. */
const SLOW_MS = 1_500;

const sixtyHolds = (dojo: DojoServer): string[] =>
  Array.from({ length: HOLDS }, (_, index) => hold(dojo, { reference: `Room ${String(index + 1).padStart(2, '0')}`, amountMinor: 1_001 + 137 * index }).id);

const slowCaptures = (dojo: DojoServer): void => void dojo.faults.order({ kind: 'delay-before', ms: SLOW_MS, match: { operation: 'capture' }, times: HOLDS });
const takenAtBank = (dojo: DojoServer, ids: readonly string[]): number => ids.reduce((sum, id) => sum + moneyOf(dojo, id).capturedMinor, 0);

test.describe('the end of the day', () => {
  test('60 holds, paused in the middle, with a refused one, a declined one and a lost answer among them, add up to the penny', async ({ till, dojo }) => {
    test.setTimeout(120_000);
    const ids = sixtyHolds(dojo);
    slowCaptures(dojo);
    await till.connect(KEY);
    await till.shell.goTo('End of day');
    await expect(till.endOfDay.sum).toContainText('60 holds of 60 ticked');
    await till.endOfDay.review();
    await till.endOfDay.begin();
    const heard = await till.endOfDay.listen();
    await expect.poll(() => changesAsked(dojo).length).toBeGreaterThan(3);
    await till.endOfDay.pause.click();
    dojo.faults.clear();
    await expect(till.endOfDay.goOn).toBeVisible();
    await expect.poll(async () => (await till.snapshot()).connection.queue.sending).toBe(0);
    const asked = changesAsked(dojo).length;
    expect(asked).toBeLessThan(HOLDS);
    // A whole read of the day later, nothing more has gone out.
    expect(await till.call('refresh')).toMatchObject({ ok: true });
    expect(changesAsked(dojo)).toHaveLength(asked);
    // Said aloud is where it stands, once it stands still.
    await expect.poll(async () => (await till.endOfDay.heard.innerText()) === (await till.endOfDay.progressWords.innerText())).toBe(true);

    const [refusedId, declinedId, lostId] = ids.filter((id) => askedOf(dojo, id).length === 0);
    if (!refusedId || !declinedId || !lostId) throw new Error('expected three holds at least that have not gone out');
    dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'capture', paymentId: refusedId } });
    dojo.bank.orderOutcome('Declined', declinedId);
    dojo.faults.order({ kind: 'reset-after-commit', match: { operation: 'capture', paymentId: lostId } });
    await look(till.page);
    await till.endOfDay.goOn.click();
    await expect(till.endOfDay.report).toBeVisible({ timeout: 40_000 });
    await expect.poll(() => till.endOfDay.countOf('Captured')).toBe(HOLDS - 2);
    expect(await till.endOfDay.minorOf('Captured')).toBe(takenAtBank(dojo, ids));
    expect(await till.endOfDay.countOf('Refused or not done')).toBe(1);
    expect(await till.endOfDay.countOf('Declined by the bank, or failed')).toBe(1);
    expect(await till.endOfDay.countOf('Chosen')).toBe(HOLDS);
    const lines = await Promise.all(['Captured', 'Refused or not done', 'Declined by the bank, or failed'].map((line) => till.endOfDay.minorOf(line)));
    expect(lines.reduce((sum, minor) => sum + minor, 0)).toBe(await till.endOfDay.minorOf('Chosen'));
    for (const id of ids) expect(askedOf(dojo, id), id).toHaveLength(1);
    for (const id of ids) expect(moneyOf(dojo, id).captures, id).toBe(id === refusedId || id === declinedId ? 0 : 1);
    expect(dojo.bank.imbalances()).toEqual([]);
    const { said, stale } = await heard();
    expect(stale).toEqual([]);
    expect(said.length, said.join(', ')).toBeLessThan(10);
  });

  test('what is chosen follows what is left of a hold, is said as it changes and kept to; a run that cannot go out says why', async ({ till, dojo }) => {
    test.setTimeout(180_000);
    const { id: roomA } = hold(dojo, { reference: 'Room A', amountMinor: 10_000 });
    await till.connect(KEY);
    await test.step('Esc in an amount leaves the hold as it was before: the whole of what is left, whatever is left by then', async () => {
      await till.shell.goTo('End of day');
      await till.page.getByRole('button', { name: 'Change the amount of Room A' }).click();
      const amount = till.page.getByLabel('Amount to capture of Room A');
      await amount.press('Control+a');
      await typeByHand(amount, '1234');
      await amount.press('Escape');
      await expect(till.endOfDay.sum).toContainText('1 hold of 1 ticked, £100.00 to capture');
      dojo.bank.capture(TRAINING_ACCOUNT, roomA, { amountMinor: 4_000, tipsMinor: 0 }, Date.now());
      await till.shell.refresh();
      await expect(till.endOfDay.sum).toContainText('1 hold of 1 ticked, £60.00 to capture');

      // An amount does not follow it, and may be the very one that was captured since.
      const edit = async () => {
        await till.page.getByRole('button', { name: 'Change the amount of Room A' }).click();
        await amount.press('Control+a');
        await typeByHand(amount, '2000');
        await amount.press('Enter');
      };
      await edit();
      await expect(till.endOfDay.sum).toContainText('£20.00 to capture');
      dojo.bank.capture(TRAINING_ACCOUNT, roomA, { amountMinor: 2_000, tipsMinor: 0 }, Date.now());
      await till.shell.refresh();
      await expect(till.page.getByRole('row', { name: /Room A/ })).toContainText('£40.00 left: type it again');
      await expect(till.page.getByRole('button', { name: /^Review/ })).toBeDisabled();
      await edit();
      await expect(till.endOfDay.sum).toContainText('£20.00 to capture');

      // Nor is the end of one that was being typed an amount.
      await look(till.page);
      await till.page.getByRole('button', { name: 'Change the amount of Room A' }).click();
      await amount.press('Control+a');
      await typeByHand(amount, '15');
      dojo.bank.capture(TRAINING_ACCOUNT, roomA, { amountMinor: 1_000, tipsMinor: 0 }, Date.now());
      await till.call('refresh');
      await expect(till.endOfDay.screen).toContainText('£30.00 left: type it again');
      await typeByHand(amount, '50');
      await expect(amount).toHaveValue('£15.50');
      await expect(till.page.getByRole('button', { name: /^Review/ })).toBeDisabled();
      await amount.press('Control+a');
      await typeByHand(amount, '1550');
      await amount.press('Enter');
      await expect(till.endOfDay.sum).toContainText('£15.50 to capture');
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('how many are ticked is said as it changes, and not with every reading', async () => {
      await till.shell.goTo('Today');
      // Beside Room A.
      const others = ['B', 'C'].map((room) => hold(dojo, { reference: `Room ${room}`, amountMinor: 1_000 }).id);
      await till.freshen();
      await till.shell.goTo('End of day');
      await expect(till.endOfDay.sum).toContainText('3 holds of 3 ticked');
      await till.endOfDay.holds.getByRole('row').first().focus();
      const spoken = await till.page.evaluateHandle(() => {
        const said: string[] = [];
        new MutationObserver((records) => {
          for (const { addedNodes } of records) for (const node of addedNodes) if (node.textContent?.includes('selected')) said.push(node.textContent);
        }).observe(document.body, { subtree: true, childList: true });
        return said;
      });
      await till.page.keyboard.press('Space');
      await expect(till.endOfDay.sum).toContainText('2 holds of 3 ticked');
      await expect.poll(() => spoken.jsonValue()).toHaveLength(1);
      for (const room of ['D', 'E']) {
        others.push(hold(dojo, { reference: `Room ${room}`, amountMinor: 1_000 }).id);
        await till.call('refresh');
        await expect(till.endOfDay.holds.getByRole('row', { name: `Room ${room}` })).toBeVisible();
        for (const reason of ['x', 'y']) await till.call('saveSettings', { shopName: `Shop ${room}${reason}` });
      }
      // Each that came was ticked, which is news; the settings are none.
      expect(await spoken.jsonValue()).toEqual(['Room A not selected. 2 items selected.', '3 items selected.', '4 items selected.']);
      // Another till captures what is left of Room A and lets the others go: nothing is on hold any more.
      dojo.bank.capture(TRAINING_ACCOUNT, roomA, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
      for (const id of others) dojo.bank.reverse(TRAINING_ACCOUNT, id, Date.now());
      await expect.poll(() => till.call('refresh').then(() => till.endOfDay.screen.innerText())).toContain('Nothing to capture.');
      await till.shell.goTo('Today');
    });
    await test.step('what is unticked and what is edited is kept to', async () => {
      const { id: whole } = hold(dojo, { reference: 'Suite A', amountMinor: 5_000 });
      const { id: part } = hold(dojo, { reference: 'Suite B', amountMinor: 6_000 });
      const { id: none } = hold(dojo, { reference: 'Suite C', amountMinor: 7_000 });
      await till.freshen();
      await till.shell.goTo('End of day');
      await till.page
        .getByRole('row', { name: /Suite C/ })
        .getByRole('checkbox')
        .click({ force: true });
      await till.page.getByRole('button', { name: 'Change the amount of Suite B' }).click();
      const amount = till.page.getByLabel('Amount to capture of Suite B');
      await amount.press('Control+a');
      await typeByHand(amount, '1234');
      await amount.press('Enter');
      await expect(till.endOfDay.sum).toContainText('£62.34');
      await till.endOfDay.review();
      await expect(till.endOfDay.screen).toContainText('£12.34 of £60.00');
      // Every hold of the run is read before it begins.
      const reviewed = till.endOfDay.screen.locator('.eod-edited li');
      await expect(reviewed).toHaveCount(2);
      await expect(reviewed.nth(0)).toContainText(/^Suite B.*£12\.34 of £60\.00$/);
      await expect(reviewed.nth(1)).toContainText(/^Suite A.*£50\.00$/);
      await till.endOfDay.begin();
      await expect(till.endOfDay.report).toBeVisible();
      await expect.poll(() => [whole, part, none].map((id) => moneyOf(dojo, id).capturedMinor)).toEqual([5_000, 1_234, 0]);
      expect(changesAsked(dojo)).toHaveLength(2);
      await expect(till.endOfDay.screen).toContainText(/2 holds stay on hold with £117\.66: Suite [BC], Suite [BC]\./);
      await expect(till.endOfDay.screen).not.toContainText('Nothing is left to do');
      await till.page.getByRole('button', { name: 'Choose more holds' }).click();
      // Another till captures the rest of Suite B and lets Suite C go: nothing is on hold any more.
      dojo.bank.capture(TRAINING_ACCOUNT, part, { amountMinor: 4_766, tipsMinor: 0 }, Date.now());
      dojo.bank.reverse(TRAINING_ACCOUNT, none, Date.now());
      await expect.poll(() => till.call('refresh').then(() => till.endOfDay.screen.innerText())).toContain('Nothing to capture.');
      await till.shell.goTo('Today');
    });
    await test.step('without the line a run is only promised, and goes when the line is back', async () => {
      const askedBefore = changesAsked(dojo);
      const ids = ['Table 1', 'Table 2'].map((reference, index) => hold(dojo, { reference, amountMinor: 5_000 + index }).id);
      await till.freshen();
      const sums = () => till.snapshot().then(({ totals }) => totals.byCurrency);
      const [before] = await sums();
      await dojo.closeLine();
      await till.call('refresh');
      await till.shell.isOffline();
      await till.shell.goTo('End of day');
      await till.endOfDay.review();
      await till.endOfDay.begin();
      // The first of them felt for the line.
      await expect(till.endOfDay.runRows.first()).toContainText(/It is sent when the connection is back\.\s*Queued/);
      await expect(till.endOfDay.report).toHaveCount(0);
      expect(await sums()).toMatchObject([{ takenMinor: before?.takenMinor }]);
      expect(changesAsked(dojo)).toEqual(askedBefore);
      await dojo.openLine();
      await expect(till.endOfDay.report).toBeVisible({ timeout: 30_000 });
      await expect.poll(() => till.endOfDay.minorOf('Captured')).toBe(10_001);
      for (const id of ids) expect(askedOf(dojo, id), id).toHaveLength(1);
    });
    await test.step('a capture behind one that needs somebody says so, and the run ends: the earlier one is settled from its row', async () => {
      const { id } = hold(dojo, { reference: 'Room 7', amountMinor: 7_000 });
      hold(dojo, { reference: 'Table 3', amountMinor: 4_000 });
      await till.freshen();
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId: id, amount: 3_000 });
      // Another till captures as much: which of the two it was only a person can tell.
      dojo.bank.capture(TRAINING_ACCOUNT, id, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
      await till.call('resumeQueue');
      await expect.poll(async () => (await till.actionsOn(id)).map(({ state }) => state)).toEqual(['needsPerson']);
      await till.page.getByRole('button', { name: 'Choose more holds' }).click();
      await till.endOfDay.review();
      await till.endOfDay.begin();
      await expect(till.endOfDay.report).toBeVisible();
      await expect(till.endOfDay.screen).toContainText('1 waits for you');
      const row = till.endOfDay.runRows.filter({ hasText: 'Room 7' });
      await expect(row).toContainText('An earlier capture of £30.00 needs you first, so this was not sent.');
      await expect(row).toContainText('Settle the earlier one in the queue.');
      await expect(row.getByRole('button', { name: /^Try now/ })).toHaveCount(0);
      await look(till.page);
      await row.getByRole('button', { name: /^Settle the earlier one/ }).click();
      await expect(till.page.getByRole('dialog', { name: /^Settle: Capture £30\.00 of Room 7/ })).toBeVisible();
      await till.page.keyboard.press('Escape');
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
      expect(askedOf(dojo, id)).toEqual([]);
    });
  });

  test('a power cut in the middle: after the restart the run ends, each hold taken exactly once', async ({ till, dojo }) => {
    test.setTimeout(180_000);
    const ids = sixtyHolds(dojo);
    slowCaptures(dojo);
    await till.connect(KEY);
    await till.shell.goTo('End of day');
    await till.endOfDay.review();
    await till.endOfDay.begin();
    await expect.poll(() => changesAsked(dojo).length).toBeGreaterThan(10);
    await till.app.kill();
    dojo.faults.clear();
    expect(changesAsked(dojo).length).toBeLessThan(HOLDS);
    await till.startAgain(KEY);
    // One that was written down as being sent and never left is proven absent first, which takes its time.
    await expect.poll(async () => (await till.actionStates()).filter((state) => state === 'done').length, { timeout: 130_000 }).toBe(HOLDS);
    await expect.poll(() => ids.filter((id) => moneyOf(dojo, id).capturedMinor === dojo.bank.intent(id)?.amountMinor).length).toBe(HOLDS);
    for (const id of ids) expect(moneyOf(dojo, id).captures, id).toBe(1);
    // Until the bank has answered for all of them the run itself is in view.
    await expect.poll(async () => (await till.snapshot()).actions.every(({ captureStatus }) => captureStatus === 'Successful')).toBe(true);
    await till.shell.goTo('End of day');
    await till.page.getByRole('button', { name: 'Its report' }).click();
    await expect.poll(() => till.endOfDay.countOf('Captured')).toBe(HOLDS);
    expect(await till.endOfDay.minorOf('Captured')).toBe(takenAtBank(dojo, ids));
    expect(dojo.bank.imbalances()).toEqual([]);
  });
});
