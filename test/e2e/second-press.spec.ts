import { setTimeout } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { look, lookBeforeSecondPress } from './pages/look.ts';
import { changesAsked, hold, MORE_THAN_STOP_IT, moneyOf, sale } from './shop.ts';
import { stopRefunds } from './stopped-refunds.ts';

/**
 * Two presses at one place, as a mouse gives them, whatever has come there in between. Nothing is waited for but the gap: on a busy
 * machine each answer takes its time, and the second press would come as late as a press after a look.
 */
async function pressTwice(button: Locator, page: Page, gapMs: number): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  if (box === null) throw new Error('a button in sight was expected');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  const first = [page.mouse.down(), page.mouse.up()];
  await setTimeout(gapMs);
  await Promise.all([...first, page.mouse.down(), page.mouse.up()]);
}

/** Systems take two presses for a double click within half a second at first. */
const SLOW_HAND_MS = 480;

/** As soon as it has left, the page does nothing else for so long, as on a slow PC: what is pressed meanwhile is heard when that is over. */
const busyOnceGone = (button: Locator, lengthMs: number): Promise<void> =>
  button.evaluate((element, ms) => {
    let framesGone = 0;
    const watch = () => {
      if (!element.isConnected) framesGone += 1;
      if (framesGone < 2) return requestAnimationFrame(watch);
      const untilMs = performance.now() + ms;
      while (performance.now() < untilMs);
      return 0;
    };
    requestAnimationFrame(watch);
  }, lengthMs);

test.describe('the second press of a double click', () => {
  test('does nothing to what comes in its place, opens nothing behind a dialog and confirms nothing; a press after a look does', async ({ till, dojo }) => {
    test.setTimeout(150_000);
    await till.connect(KEY);
    await test.step('a reason’s Remove does not remove the next one', async () => {
      await till.shell.goTo('Settings');
      const before = await till.settings.reasons();
      await pressTwice(till.page.getByRole('button', { name: `Remove ${before[1]}` }), till.page, 40);
      await look(till.page);
      await expect.poll(() => till.settings.reasons()).toEqual(before.filter((_, nth) => nth !== 1));
    });
    await test.step('it is told from a press after a look by when it was made, however late a busy page hears of it', async () => {
      await till.shell.goTo('Settings');
      const before = await till.settings.reasons();
      const remove = till.page.getByRole('button', { name: `Remove ${before[0]}`, exact: true });
      await busyOnceGone(remove, 1_000);
      await pressTwice(remove, till.page, 250);
      await look(till.page);
      await expect.poll(() => till.settings.reasons()).toEqual(before.slice(1));
    });
    await test.step('Pause does not go on with the queue', async () => {
      await till.shell.goTo('Queue');
      await pressTwice(till.page.getByRole('button', { name: 'Pause' }), till.page, 120);
      await look(till.page);
      expect((await till.snapshot()).connection.queue).toMatchObject({ paused: true });
      await till.call('resumeQueue');
    });
    await test.step('Remove in the queue removes nothing of what closes up', async () => {
      const references = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6'];
      const ids = references.map((reference, nth) => hold(dojo, { reference, amountMinor: 1_000 + nth }).id);
      await till.freshen();
      await till.shell.goTo('Queue');
      await till.call('pauseQueue');
      for (const paymentId of ids) await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
      const stateOf = async () => (await till.snapshot()).actions.map(({ reference, state }) => `${reference} ${state}`).toSorted();
      const removed = async () => (await stateOf()).filter((text) => text.endsWith('withdrawn'));
      const remove = (reference: string) => till.queue.entry(reference).getByRole('button', { name: /^Remove/ });
      await pressTwice(remove('Q2'), till.page, 40);
      await expect(remove('Q2')).toHaveCount(0);
      await look(till.page);
      expect(await removed()).toEqual(['Q2 withdrawn']);
      await pressTwice(remove('Q4'), till.page, SLOW_HAND_MS);
      await expect(remove('Q4')).toHaveCount(0);
      await look(till.page);
      expect(await removed()).toEqual(['Q2 withdrawn', 'Q4 withdrawn']);
      await pressTwice(remove('Q1'), till.page, 1_500);
      await expect.poll(async () => (await removed()).length).toBe(4);
      // The two that are left would go out.
      for (const { id, state } of (await till.snapshot()).actions) if (state !== 'withdrawn') await till.call('withdraw', { actionId: id });
      expect(await removed()).toHaveLength(references.length);
      await till.call('resumeQueue');
      await till.shell.goTo('Today');
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('on a dialog’s money button it opens nothing that lies behind it', async () => {
      // Rows of the list behind the button, wherever it is.
      const ids = Array.from({ length: 14 }, (_, nth) => hold(dojo, { reference: `Room ${nth + 1}`, amountMinor: 1_000 }).id);
      await till.freshen();
      await till.today.take('Room 14');
      await look(till.page);
      await pressTwice(till.take.confirm, till.page, 120);
      await expect(till.take.dialog).toBeHidden();
      await look(till.page);
      await expect(till.page.getByRole('dialog')).toHaveCount(0);
      await expect.poll(() => ids.map((id) => moneyOf(dojo, id).captures).reduce((sum, one) => sum + one)).toBe(1);
    });
    await test.step('on Review it starts no run', async () => {
      await till.shell.goTo('End of day');
      await pressTwice(till.endOfDay.screen.getByRole('button', { name: /^Review/ }), till.page, SLOW_HAND_MS);
      await expect(till.endOfDay.start).toBeVisible();
      const before = changesAsked(dojo).length;
      await look(till.page);
      expect(changesAsked(dojo)).toHaveLength(before);
      await till.shell.goTo('Today');
    });
    await test.step('in a dialog and in a band it confirms nothing, and a press after a look does', async () => {
      const { id } = sale(dojo, { reference: 'Cake', amountMinor: 350 });
      const refused = Array.from({ length: MORE_THAN_STOP_IT }, (_, nth) => sale(dojo, { reference: `Table ${nth + 1}`, amountMinor: 2_000 }).id);
      await till.freshen();
      const confirmsOnlyAfterALook = async (ask: Locator, yes: Locator) => {
        const before = changesAsked(dojo).length;
        await look(till.page);
        await pressTwice(ask, till.page, SLOW_HAND_MS);
        // It has come under the pointer, and is armed by now: nothing but the second press was ignored.
        await expect(yes).toBeEnabled();
        expect(await yes.evaluate((button) => button.matches(':hover'))).toBe(true);
        expect(changesAsked(dojo)).toHaveLength(before);
        await lookBeforeSecondPress(till.page);
        await yes.click();
        await expect(yes).toHaveCount(0);
        await expect.poll(() => changesAsked(dojo).length).toBeGreaterThan(before);
      };
      await till.today.search.fill('Cake');
      await till.today.giveBack('Cake');
      await confirmsOnlyAfterALook(till.giveBack.ask, till.giveBack.confirm);
      await expect.poll(() => moneyOf(dojo, id)).toMatchObject({ reversals: 1 });

      const band = await stopRefunds(till, dojo, refused);
      dojo.faults.clear();
      await confirmsOnlyAfterALook(
        band.getByRole('button', { name: /again$/ }),
        band.getByRole('button', { name: `Yes, refund ${MORE_THAN_STOP_IT}: £45.00` }),
      );
      await expect.poll(() => refused.map((paymentId) => moneyOf(dojo, paymentId).refunds), { timeout: 30_000 }).toEqual(refused.map(() => 1));
    });
  });
});
