import type { DojoServer } from '../simulator/dojo-server.ts';
import type { App } from './app.ts';
import { answerQuestions, setLooking, watchNotifications } from './desktop.ts';
import { expect, KEY, test } from './fixtures.ts';
import type { TillUser } from './pages/till-user.ts';
import { askedOf, hold, moneyOf } from './shop.ts';

/** Whether the till keeps the PC from falling asleep. */
const isKeptAwake = (app: App) =>
  app.electron().evaluate(({ powerSaveBlocker }) => Array.from({ length: 20 }, (_, id) => powerSaveBlocker.isStarted(id)).some(Boolean));

const statesOn = async (till: TillUser, paymentId: string) => (await till.actionsOn(paymentId)).map(({ state }) => state);

/** A capture whose answer is lost, of a payment that cannot be read any more: only a person can tell. */
async function captureThatNeedsAPerson(till: TillUser, dojo: DojoServer, reference: string): Promise<void> {
  const { id } = hold(dojo, { reference, amountMinor: 4_000 });
  await till.freshen();
  dojo.faults.order({ kind: 'reset-after-commit', match: { operation: 'capture', paymentId: id } });
  const letGo = dojo.withhold({ operation: 'capture', paymentId: id });
  await till.submit({ kind: 'capture', paymentId: id, amount: 4_000 });
  await expect.poll(() => askedOf(dojo, id).length).toBe(1);
  dojo.faults.order({ kind: 'status-before', status: 404, untilCleared: true, match: { operation: 'read', paymentId: id } });
  letGo();
  await expect.poll(() => statesOn(till, id)).toEqual(['needsPerson']);
  await till.call('refresh');
}

test.describe('while nobody looks', { tag: '@electron' }, () => {
  test.use({ bankAnswersAfterMs: 5_000 });

  test('the PC stays awake during a run, and what needs a person is told by the system', async ({ till, app, dojo }) => {
    test.setTimeout(120_000);
    await till.connect(KEY);
    await test.step('the PC stays awake during a run, until the bank has answered, and not for a single capture', async () => {
      const single = hold(dojo, { reference: 'Room 1', amountMinor: 1_000 });
      const ofRun = hold(dojo, { reference: 'Room 2', amountMinor: 2_000 });
      await till.freshen();
      expect(await isKeptAwake(app)).toBe(false);
      await till.submit({ kind: 'capture', paymentId: single.id, amount: 1_000 });
      await expect.poll(() => till.actionStates()).toEqual(['done']);
      expect(await isKeptAwake(app)).toBe(false);
      await till.submit({ kind: 'capture', paymentId: ofRun.id, amount: 2_000, runId: 'run-1' });
      await expect.poll(() => isKeptAwake(app)).toBe(true);
      await expect.poll(() => till.actionStates()).toEqual(['done', 'done']);
      expect(moneyOf(dojo, ofRun.id).capturedMinor).toBe(0);
      expect(await isKeptAwake(app)).toBe(true);
      await expect.poll(async () => (await till.actionsOn(ofRun.id)).map(({ captureStatus }) => captureStatus), { timeout: 30_000 }).toEqual(['Successful']);
      await expect.poll(() => isKeptAwake(app)).toBe(false);
    });
    const notifications = await watchNotifications(app);
    await test.step('a capture that needs a person is not told by the system to whoever looks at it', async () => {
      await setLooking(app, true);
      await captureThatNeedsAPerson(till, dojo, 'Room 7');
      // What came of it was looked at by the time the next thing is on the page: nothing was told by then.
      const declined = hold(dojo, { reference: 'Room 8', amountMinor: 5_000 });
      dojo.bank.orderOutcome('Declined', declined.id);
      await till.freshen();
      await till.submit({ kind: 'capture', paymentId: declined.id, amount: 5_000 });
      await expect(till.shell.declined).toContainText('Room 8', { timeout: 40_000 });
      expect(await notifications.told()).toEqual([]);
    });
    await test.step('and once to somebody who does not', async () => {
      await setLooking(app, false);
      await captureThatNeedsAPerson(till, dojo, 'Room 9');
      const body = /^The capture of £40\.00, Room 9 \(card ending in \d{4}\): it waits for you to decide\. Look at the queue\.$/;
      await expect.poll(notifications.told).toEqual([{ title: 'An action needs you', body: expect.stringMatching(body) }]);
    });
    await test.step('closing says what is queued, and ends only where somebody means it', async () => {
      await till.call('pauseQueue');
      const { id } = hold(dojo, { reference: 'Room 9', amountMinor: 6_000 });
      await till.freshen();
      await till.submit({ kind: 'capture', paymentId: id, amount: 6_000 });
      const asked = await answerQuestions(app, 'Stay open');
      await asked.closeWindow();
      await expect.poll(() => asked.questions()).toEqual(['One action is queued and not sent yet.']);
      await till.call('refresh');
      expect(askedOf(dojo, id)).toEqual([]);
      await app.quit();
      await app.start();
      expect(await statesOn(till, id)).toEqual(['waiting']);
    });
  });
});
