import { expect, test } from 'vitest';
import type { Http } from '../../main/ports/http.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const MINUTE_MS = 60_000;

/** A till whose moves do not reach Dojo: the connection breaks in the middle of each. */
async function shopWithLostMoves() {
  const shop = await startShop({
    payments: [
      { id: 'pi_1', createdAtMs: NOON_MS - 60 * MINUTE_MS, amountMinor: 4200, captureMode: 'Manual' },
      { id: 'pi_2', createdAtMs: NOON_MS - 60 * MINUTE_MS, amountMinor: 1250 },
    ],
    line: (http: Http): Http => ({ request: async (request) => (request.movesMoney ? { kind: 'broken', cause: 'reset' } : http.request(request)) }),
  });
  await shop.clock.run(5_000);
  return shop;
}

test('what was never sent is removed with the word that nothing moved', async () => {
  const { call, look } = await shopWithLostMoves();
  await call('pauseQueue');
  await call('submit', { requests: [{ kind: 'capture', paymentId: 'pi_1', amount: 4200, requestId: 'r1' }] });
  const [action] = (await look()).actions;
  expect(action?.whenRemoved).toBe('Removed before it was sent. Nothing moved.');
  expect(await call('withdraw', { actionId: action?.id ?? '' })).toEqual({ ok: true, value: null });
  expect((await look()).actions[0]).toMatchObject({ message: 'Removed before it was sent. Nothing moved.', whenRemoved: null });
});

test('what was sent before is removed with no word on money before the payment was looked at: Dojo did it late', async () => {
  const { bank, clock, call, look } = await shopWithLostMoves();
  await call('submit', { requests: [{ kind: 'capture', paymentId: 'pi_1', amount: 4200, requestId: 'r1' }] });
  await clock.run(5_000);
  await call('pauseQueue');
  await clock.run(3 * MINUTE_MS);
  bank.capture('acc_training', 'pi_1', { amountMinor: 4200, tipsMinor: 0 }, clock.nowMs());
  await clock.run(10_000);
  const [action] = (await look()).actions;
  expect(action?.state).toBe('waiting');
  expect(action?.whenRemoved).toBe('Removed. Tillside reads the payment once more, to see that nothing moved.');
  expect(await call('withdraw', { actionId: action?.id ?? '' })).toEqual({ ok: true, value: null });
  expect((await look()).actions[0]).toMatchObject({ message: 'Removed. Tillside reads the payment once more, to see that nothing moved.', whenRemoved: null });
  await clock.run(MINUTE_MS);
  expect((await look()).actions).not.toMatchObject([{ message: expect.stringContaining('Nothing moved') }]);
  expect(bank.moneyOf('pi_1')).toMatchObject({ capturedMinor: 4200 });
});

test('a receipt that may have been sent is not called unsent', async () => {
  const { clock, call, look } = await shopWithLostMoves();
  await call('submit', { requests: [{ kind: 'sendReceipt', paymentId: 'pi_2', emails: ['a@example.com'], requestId: 'r1' }] });
  await clock.run(500);
  await call('pauseQueue');
  await clock.run(3 * MINUTE_MS);
  const [action] = (await look()).actions;
  expect(action).toMatchObject({ state: 'waiting', sends: 1 });
  expect(action?.whenRemoved).toBe('Removed: it is not sent again. It may have been sent before.');
  expect(await call('withdraw', { actionId: action?.id ?? '' })).toEqual({ ok: true, value: null });
  expect((await look()).actions[0]).toMatchObject({ message: 'Removed: it is not sent again. It may have been sent before.', whenRemoved: null });
});
