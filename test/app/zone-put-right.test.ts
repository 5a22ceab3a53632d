import { expect, test } from 'vitest';
import { encodeAction } from '../../main/ledger/rows.ts';
import { startShop } from '../a-shop.ts';
import { shop } from './a-till.ts';

const MINUTE = 60_000;

/** A payment made before `start`, a shop in London whose settings say otherwise, and a reversal of it that waits without a connection. */
async function aWaitingReversal(start: number, zone: string, captureMode: 'Auto' | 'Manual') {
  let down = false;
  const shop = await startShop({
    startMs: start,
    payments: [{ id: 'pi_1', reference: 'T', createdAtMs: start - 20 * MINUTE, amountMinor: 4200, captureMode }],
    line: (http) => ({ request: async (request) => (down ? { kind: 'not-sent', cause: 'ECONNREFUSED' } : http.request(request)) }),
  });
  await shop.call('saveSettings', { zone });
  await shop.clock.run(5_000);
  down = true;
  await shop.clock.run(MINUTE);
  await shop.call('submit', { requests: [{ kind: 'reverse', paymentId: 'pi_1', requestId: 'r1' }] });
  const looks = async () => (await shop.look()).actions.map(({ state, deadlineMs, tooLate }) => ({ state, deadlineMs, tooLate }));
  return {
    ...shop,
    looks,
    async linesUp() {
      down = false;
      await shop.clock.run(5 * MINUTE);
    },
  };
}

const MIDNIGHT = Date.parse('2026-06-15T23:00:00Z');

test('a release of today is not sent after the shop’s midnight, once the shop’s zone was put right', async () => {
  const { call, clock, bank, looks, linesUp } = await aWaitingReversal(Date.parse('2026-06-15T21:30:00Z'), 'America/New_York', 'Manual');
  expect(await looks()).toEqual([{ state: 'waiting', deadlineMs: MIDNIGHT + 5 * 60 * MINUTE, tooLate: false }]);
  await call('saveSettings', { zone: 'Europe/London' });
  expect(await looks()).toEqual([{ state: 'waiting', deadlineMs: MIDNIGHT, tooLate: false }]);
  await clock.run(2 * 60 * MINUTE);
  expect(await looks()).toEqual([{ state: 'waiting', deadlineMs: MIDNIGHT, tooLate: true }]);
  await linesUp();
  expect([await looks(), bank.intent('pi_1')?.status]).toEqual([[{ state: 'expired', deadlineMs: MIDNIGHT, tooLate: false }], 'Authorized']);
});

test('a reversal that is in time by the shop’s midnight goes out, though by the zone that was set before it is too late', async () => {
  const { call, clock, bank, looks, linesUp } = await aWaitingReversal(Date.parse('2026-06-15T14:30:00Z'), 'Asia/Tokyo', 'Auto');
  await call('saveSettings', { zone: 'Europe/London' });
  await clock.run(60 * MINUTE);
  await linesUp();
  expect([await looks(), bank.intent('pi_1')?.status]).toEqual([[{ state: 'done', deadlineMs: MIDNIGHT, tooLate: false }], 'Reversed']);
});

test('a reversal that an older Tillside decided follows the zone as well', async () => {
  const till = await shop();
  await till.ask(({ handlers }) => handlers.saveSettings({ zone: 'America/New_York' }));
  const { id } = till.sale();
  await till.connect();
  await till.clock.run(5_000);
  till.line.setDown(true);
  await till.clock.run(MINUTE);
  await till.submit(till.reverse(id));
  // The older one wrote down the midnight alone.
  for (const [actionId, kept] of till.pc.disk.actions) {
    const action = { ...kept.action, sameDay: undefined };
    till.pc.disk.actions.set(actionId, { ...kept, row: encodeAction(action), action });
  }
  await till.restart();
  await till.clock.run(MINUTE);
  const looks = async () => (await till.look()).actions.map(({ state, deadlineMs }) => ({ state, deadlineMs }));
  expect(await looks()).toEqual([{ state: 'waiting', deadlineMs: MIDNIGHT + 5 * 60 * MINUTE }]);
  await till.ask(({ handlers }) => handlers.saveSettings({ zone: 'Europe/London' }));
  expect(await looks()).toEqual([{ state: 'waiting', deadlineMs: MIDNIGHT }]);
  await till.restart();
  expect(await looks()).toEqual([{ state: 'waiting', deadlineMs: MIDNIGHT }]);
});
