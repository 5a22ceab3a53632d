import { expect, test } from 'vitest';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const MINUTE_MS = 60_000;
const sale: NewPayment = { amountMinor: 2000, createdAtMs: NOON_MS - MINUTE_MS, paidAtMs: NOON_MS - MINUTE_MS };

test('an operation that Dojo forbids three payments in a row stops for what waits, is said once, and one press lets it go on', async () => {
  let isForbidden = true;
  let asked = 0;
  const shop = await startShop({
    payments: Array.from({ length: 8 }, () => sale),
    line: (http) => ({
      async request(request) {
        const isRefund = request.method === 'POST' && request.url.endsWith('/refunds');
        if (isRefund) asked += 1;
        if (!isRefund || !isForbidden) return http.request(request);
        const body = JSON.stringify({ title: 'Forbidden', status: 403 });
        return { kind: 'answered', status: 403, headers: { 'content-type': 'application/problem+json' }, body };
      },
    }),
  });
  await shop.clock.run(MINUTE_MS);
  const { payments } = await shop.look();
  for (const [nth, { id }] of payments.entries())
    await shop.call('submit', { requests: [{ kind: 'refund', requestId: `r${nth}`, paymentId: id, amount: 500 }] });
  await shop.clock.run(5 * MINUTE_MS);
  const { connection, actions } = await shop.look();
  expect(connection.stoppedOperations).toEqual(['refund']);
  expect(actions.filter(({ state }) => state === 'waiting').length).toBeGreaterThan(0);
  const before = asked;
  expect(before).toBeLessThan(8);
  expect(actions.filter(({ keyMayNot }) => keyMayNot).map(({ state }) => state)).toEqual(Array.from({ length: before }, () => 'refused'));
  await shop.clock.run(10 * MINUTE_MS);
  expect(asked).toBe(before);

  isForbidden = false;
  expect(await shop.call('allowOperation', { kind: 'refund' })).toMatchObject({ ok: true });
  await shop.clock.run(5 * MINUTE_MS);
  const after = await shop.look();
  expect(after.connection.stoppedOperations).toEqual([]);
  const states = after.actions.map(({ state }) => state);
  // What was refused stays refused; what waited is done.
  expect(new Set(states)).toEqual(new Set(['done', 'refused']));
  expect(states.filter((state) => state === 'refused')).toHaveLength(before);
  expect(await shop.call('allowOperation', { kind: 'refund' })).toMatchObject({ ok: false, error: { code: 'not-possible' } });
});
