import type { App } from './app.ts';
import { setLooking, watchNotifications } from './desktop.ts';
import { expect, KEY, test } from './fixtures.ts';
import { askedOf, hold, moneyOf } from './shop.ts';

/** Whether the till keeps the PC from falling asleep. */
const isKeptAwake = (app: App) =>
  app.electron().evaluate(({ powerSaveBlocker }) => Array.from({ length: 20 }, (_, id) => powerSaveBlocker.isStarted(id)).some(Boolean));

test.describe('while nobody looks', { tag: '@electron' }, () => {
  for (const isLooking of [false, true])
    test(`a capture that needs a person is ${isLooking ? 'not ' : ''}told by the system ${isLooking ? 'to whoever looks at it' : 'once'}`, async ({
      till,
      app,
      dojo,
    }) => {
      const { id } = hold(dojo, { reference: 'Room 7', amountMinor: 4_000 });
      const declined = hold(dojo, { reference: 'Room 8', amountMinor: 5_000 });
      dojo.bank.orderOutcome('Declined', declined.id);
      await till.connect(KEY);
      const notifications = await watchNotifications(app);
      await setLooking(app, isLooking);
      // Its answer is lost, and the payment cannot be read any more: only a person can tell.
      dojo.faults.order({ kind: 'reset-after-commit', match: { operation: 'capture', paymentId: id } });
      const letGo = dojo.withhold({ operation: 'capture', paymentId: id });
      await till.submit({ kind: 'capture', paymentId: id, amount: 4_000 });
      await expect.poll(() => askedOf(dojo, id).length).toBe(1);
      dojo.faults.order({ kind: 'status-before', status: 404, untilCleared: true, match: { operation: 'read', paymentId: id } });
      letGo();
      await expect.poll(() => till.actionStates()).toEqual(['needsPerson']);
      await till.call('refresh');
      const told = {
        title: 'An action needs you',
        body: expect.stringMatching(/^The capture of £40\.00, Room 7 \(card ending in \d{4}\): it waits for you to decide\. Look at the queue\.$/),
      };
      if (!isLooking) return void (await expect.poll(notifications.told).toEqual([told]));
      // What came of it was looked at by the time the next thing is on the page: nothing was told by then.
      await till.submit({ kind: 'capture', paymentId: declined.id, amount: 5_000 });
      await expect(till.shell.declined).toContainText('Room 8', { timeout: 40_000 });
      expect(await notifications.told()).toEqual([]);
    });
});

test.describe('the PC', { tag: '@electron' }, () => {
  test.use({ bankAnswersAfterMs: 5_000 });

  test('stays awake during a run, until the bank has answered, and not for a single capture', async ({ till, app, dojo }) => {
    const single = hold(dojo, { reference: 'Room 1', amountMinor: 1_000 });
    const ofRun = hold(dojo, { reference: 'Room 2', amountMinor: 2_000 });
    await till.connect(KEY);
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
});
