import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { changesAsked, hold } from './shop.ts';

/** Only between a browser and its till does an answer come late, or not at all. */
test.describe('an answer of the till that comes late', { tag: '@loopback' }, () => {
  test('is told to who is elsewhere by then, and until it is there nobody decides the same again', async ({ till, dojo }) => {
    await till.connect(KEY);
    await test.step('a no to a run is told also to who went to another screen meanwhile', async () => {
      const { id } = hold(dojo, { reference: 'Room A', amountMinor: 5_000 });
      await till.freshen();
      const { promise: isToAnswer, resolve: answer } = Promise.withResolvers<void>();
      await till.page.route('**/till/submit', async (route) => {
        await isToAnswer;
        await route.fulfill({ json: { ok: false, error: { code: 'disk', message: 'The disk of this PC is full. No money moves.' } } });
      });
      await till.shell.goTo('End of day');
      await till.endOfDay.review();
      await look(till.page);
      await till.endOfDay.start.click();
      await expect(till.page.getByRole('button', { name: 'Queueing…' })).toBeVisible();
      await till.shell.goTo('Today');
      // Whoever comes back finds it still under way, and begins no other one.
      await till.shell.goTo('End of day');
      await expect(till.page.getByRole('button', { name: 'Queueing…' })).toBeDisabled();
      await expect(till.page.getByRole('button', { name: 'Back to the holds' })).toBeDisabled();
      await till.shell.goTo('Today');
      answer();
      await expect(till.page.getByRole('log', { name: 'Messages' })).toContainText('Nothing was accepted. The disk of this PC is full. No money moves.');

      // One that never comes excuses no change of what the till does not have.
      await till.page.route('**/till/submit', (route) => route.abort());
      await till.shell.goTo('End of day');
      await look(till.page);
      await till.endOfDay.start.click();
      await expect(till.endOfDay.screen).toContainText('It may have been accepted.');
      dojo.bank.capture(TRAINING_ACCOUNT, id, { amountMinor: 2_000, tipsMinor: 0 }, Date.now());
      await till.call('refresh');
      await expect(till.endOfDay.screen).toContainText('1 changed since it was chosen.');
      await expect(till.endOfDay.start).toBeDisabled();
      await till.page.unrouteAll({ behavior: 'wait' });
      await till.page.getByRole('button', { name: 'Back to the holds' }).click();
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('who left the dialog meanwhile decides the same payment again only when it is there', async () => {
      const { id } = hold(dojo, { reference: 'Room B', amountMinor: 10_000 });
      await till.freshen();
      await till.shell.goTo('Today');
      const { promise: isToAnswer, resolve: answer } = Promise.withResolvers<void>();
      await till.page.route('**/till/submit', async (route) => {
        await isToAnswer;
        await route.continue();
      });
      const decide = async () => {
        await till.today.take('Room B');
        await till.take.choosePart();
        await till.take.type('3000');
      };
      await decide();
      await look(till.page);
      await till.take.confirm.click();
      const queueing = till.take.dialog.getByRole('button', { name: 'Queueing…' });
      await expect(queueing).toBeDisabled();
      await till.take.leave();
      await decide();
      await expect(queueing).toBeDisabled();
      answer();
      // Then the dialog says what is asked for already, and takes what is decided upon that.
      await expect(till.take.dialog).toContainText('What is left changed from £100.00 to £70.00. Clear the field, then type the amount again.');
      await till.take.type('3000');
      await expect(till.take.confirm).toBeEnabled();
      await expect.poll(async () => (await till.actionsOn(id)).length).toBe(1);
    });
  });
});
