import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { askedOf, changesAsked, hold, keysHeard, moneyOf } from './shop.ts';

const NEW_KEY = 'sk_sandbox_e2e0009';
const OTHER_KEY = 'sk_sandbox_other55';

test.describe('the key', () => {
  test('is deleted only after a question; of another account it sends nothing that was promised under the first; revoked, another of the same account goes on', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(150_000);
    await till.connectByForm(KEY);
    await test.step('disconnecting asks first: the key stays where the answer is no, and is deleted where it is yes', async () => {
      await till.shell.goTo('Settings');
      const disconnect = till.page.getByRole('button', { name: 'Disconnect', exact: true });
      await disconnect.click();
      const question = till.page.getByRole('alertdialog');
      await expect(question).toContainText('The key is deleted from this PC.');
      await question.getByRole('button', { name: /^Stay connected/ }).click();
      await expect(question).toHaveCount(0);
      expect((await till.snapshot()).connection).toMatchObject({ keyLast4: '0001' });
      await look(till.page);
      await disconnect.click();
      await look(till.page);
      await question.getByRole('button', { name: 'Disconnect and delete the key' }).click();
      await till.firstStart.isShown();
      expect((await till.snapshot()).connection).toMatchObject({ mode: 'none', keyLast4: null });
    });
    await test.step('disconnecting while something waits: it waits on and goes when the key is back', async () => {
      const { id } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
      await till.connectByForm(KEY);
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId: id, amount: 1_000 });
      await till.shell.goTo('Settings');
      await till.page.getByRole('button', { name: 'Disconnect', exact: true }).click();
      await expect(till.page.getByRole('alertdialog')).toContainText('One action is queued. It stays here.');
      await expect(till.page.getByRole('alertdialog')).toContainText('The key is deleted from this PC.');
      // A dialog that has just opened heeds no button that gives something up.
      await look(till.page);
      await till.page.getByRole('button', { name: 'Disconnect all the same' }).click();
      await till.firstStart.isShown();
      await expect(till.page.getByText('1 action is open.')).toBeVisible();
      await expect(till.page.getByText('It is kept on this PC. Connect with the key it was accepted under.')).toBeVisible();
      await till.connectByForm(KEY);
      await till.call('resumeQueue');
      await expect.poll(() => moneyOf(dojo, id).captures).toBe(1);
      expect(changesAsked(dojo)).toHaveLength(1);
      expect(keysHeard(dojo)).toEqual(['0001']);
    });
    await test.step('another account’s key never sends what was promised under the first, and does not see its payments', async () => {
      dojo.bank.addKey(OTHER_KEY, 'acc_other');
      const { id: mine } = hold(dojo, { reference: 'Mine', amountMinor: 1_000 });
      const { id: theirs } = hold(dojo, { reference: 'Theirs', amountMinor: 2_000, accountId: 'acc_other' });
      await till.shell.goTo('Today');
      await till.freshen();
      await till.today.shows('Mine', 'On hold');
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId: mine, amount: 1_000 });
      const thisRunOnly = (await till.snapshot()).connection.canKeepKey ? {} : { thisRunOnly: true };

      expect(await till.call('connect', { apiKey: OTHER_KEY, ...thisRunOnly })).toMatchObject({ ok: false, error: { code: 'same-account' } });
      expect(await till.call('connect', { apiKey: OTHER_KEY, sameAccount: null, ...thisRunOnly })).toMatchObject({ ok: true });
      await till.call('resumeQueue');
      await till.today.shows('Theirs', 'On hold');
      await expect(till.today.row('Mine')).toHaveCount(0);
      await expect(till.shell.bands).toContainText('1 action of another account waits.');
      expect(await till.actionsOn(mine)).toMatchObject([{ state: 'waiting', otherAccount: true }]);
      // The queue is at work, with the other key, and leaves the first account's action alone.
      await till.submit({ kind: 'capture', paymentId: theirs, amount: 2_000 });
      await expect.poll(() => moneyOf(dojo, theirs).captures).toBe(1);
      expect(askedOf(dojo, mine)).toEqual([]);
      expect(await till.submit({ kind: 'capture', paymentId: mine, amount: 1 })).toMatchObject({ ok: false });

      expect(await till.call('connect', { apiKey: KEY, ...thisRunOnly })).toMatchObject({ ok: true });
      await expect.poll(() => moneyOf(dojo, mine).captures).toBe(1);
      expect(askedOf(dojo, mine).map(({ headers }) => headers.authorization)).toEqual(['Basic …0001']);
      expect(askedOf(dojo, theirs).map(({ headers }) => headers.authorization)).toEqual(['Basic …er55']);
    });
    await test.step('revoked: one clear message, nothing lost, and a new key of the same account goes on', async () => {
      const ids = ['One', 'Two', 'Three'].map((reference) => hold(dojo, { reference, amountMinor: 1_000 }).id);
      await till.freshen();
      await till.today.shows('Three', 'On hold');
      const states = async () => (await Promise.all(ids.map((id) => till.actionsOn(id)))).flat().map(({ state }) => state);
      dojo.bank.revokeKey(KEY);
      const answer = await till.submit(...ids.map((paymentId) => ({ kind: 'capture', paymentId, amount: 1_000 }) as const));
      expect(answer).toMatchObject({ ok: true });
      await expect(till.shell.bands.getByRole('alert')).toHaveCount(1);
      await expect(till.shell.bands).toContainText('Dojo does not accept the API key.');
      expect(await states()).toEqual(['waiting', 'waiting', 'waiting']);
      expect(ids.map((id) => moneyOf(dojo, id).captures)).toEqual([0, 0, 0]);

      dojo.bank.addKey(NEW_KEY);
      await till.shell.mendKey.click();
      await till.connectByForm(NEW_KEY);
      await expect.poll(states).toEqual(['done', 'done', 'done']);
      await expect(till.shell.bands).not.toContainText('Dojo does not accept the API key.');
      for (const id of ids) {
        expect(moneyOf(dojo, id).captures).toBe(1);
        expect(
          askedOf(dojo, id)
            .filter(({ committed }) => committed)
            .map(({ headers }) => headers.authorization),
        ).toEqual([`Basic …${NEW_KEY.slice(-4)}`]);
      }
    });
  });
});
