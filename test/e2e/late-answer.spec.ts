import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { changesAsked, hold } from './shop.ts';

/** Only between a browser and its till does an answer come late, or not at all. */
test.describe('an answer of the till that comes late', { tag: '@loopback' }, () => {
  test('and says no to a run is told also to who went to another screen meanwhile', async ({ till, dojo }) => {
    hold(dojo, { reference: 'Room A', amountMinor: 5_000 });
    await till.connect(KEY);
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
    answer();
    await expect(till.page.getByRole('log', { name: 'Messages' })).toContainText('Nothing was accepted. The disk of this PC is full. No money moves.');
    expect(changesAsked(dojo)).toEqual([]);
  });
});
