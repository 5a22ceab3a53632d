import { join } from 'node:path';
import { findFaketime } from '../../scripts/find-faketime.ts';
import { createPc } from '../crash/pc.ts';
import { electronApp } from './electron-app.ts';
import { expect, test as inShop, KEY } from './fixtures.ts';
import { openTill } from './pages/till-user.ts';
import { askedOf, hold, sale, todayMs } from './shop.ts';

const HOUR_MS = 3_600_000;
type Pc = ReturnType<typeof createPc>;

/** The till runs on a PC whose clock the test sets. */
const test = inShop.extend<{ pc: Pc }>({
  pc: async ({ profile }, use) => {
    await use(createPc(profile));
  },
  app: async ({ pc, profile, dojo }, use) => {
    pc.setClock(26 * HOUR_MS);
    const app = electronApp({ profile: join(profile, 'till'), dojoUrl: dojo.url, env: pc.env });
    await app.start();
    await use(app);
    await app.close();
  },
  till: async ({ app }, use) => {
    await use(openTill(app, 'electron'));
  },
});

test.describe('a PC whose clock is wrong', { tag: ['@electron', '@linux'] }, () => {
  test.skip(findFaketime() === null, 'libfaketime is not there');

  test('is reckoned with Dojo’s time: a reversal waits until that is sure, and the time left is right also after somebody set the clock', async ({
    pc,
    dojo,
    till,
  }) => {
    test.setTimeout(90_000);
    const cake = sale(dojo, { reference: 'Cake', amountMinor: 350, paidAtMs: Date.now() });
    const room = hold(dojo, { reference: 'Room 8', amountMinor: 12_000, paidAtMs: todayMs(5), autoExpireInMs: 5 * HOUR_MS });
    await till.connect(KEY);
    await test.step('says of a reversal that it waits until the time is sure, and not that it is on its way; a capture does not wait', async () => {
      await till.today.giveBack('Cake');
      await till.giveBack.promise();
      await expect(till.page.getByRole('log', { name: 'Messages' })).toContainText('queued. It waits until Tillside is sure of the time.');
      await till.today.shows('Cake', 'Reversal: queued until the time is sure');
      await till.today.take('Room 8');
      await till.take.promise();
      await till.today.shows('Room 8', 'Captured');
      expect(askedOf(dojo, room.id)).toHaveLength(1);
      expect(askedOf(dojo, cake.id)).toEqual([]);
    });
    await test.step('has the time left on screen as it is at Dojo, also after somebody set the clock', async () => {
      hold(dojo, { reference: 'Room 7', amountMinor: 12_000, paidAtMs: todayMs(5), autoExpireInMs: 5 * HOUR_MS });
      await till.freshen();
      await till.today.shows('Room 7', /in 4 h/);
      await expect(till.page.getByText(/clock .*ahead|ahead/).first()).toBeVisible();
      pc.setClock(-3 * HOUR_MS);
      await till.page.keyboard.press('F5');
      await expect.poll(async () => (await till.snapshot()).connection.clockAheadMs).toBeLessThan(-2 * HOUR_MS);
      await till.today.shows('Room 7', /in 4 h/);
    });
  });
});
