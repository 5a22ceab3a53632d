import { expect, test } from 'vitest';
import { NOON_MS, startShop } from '../a-shop.ts';

const MINUTE = 60_000;

test('a change of amount that was accepted as the connection went is not made hours later', async () => {
  let down = false;
  const { call, clock, look, bank } = await startShop({
    payments: [{ id: 'pi_1', reference: 'T', createdAtMs: NOON_MS - 60 * MINUTE, amountMinor: 4200, paidAtMs: null, customAmountAllowed: true }],
    line: (http) => ({ request: async (request) => (down ? { kind: 'not-sent', cause: 'ECONNREFUSED' } : http.request(request)) }),
  });
  await clock.run(5_000);
  down = true;
  expect(await call('submit', { requests: [{ kind: 'setAmount', paymentId: 'pi_1', amount: 5000, requestId: 'r1' }] })).toMatchObject({ ok: true });
  await clock.run(5_000);
  const [action] = (await look()).actions;
  expect(action).toMatchObject({
    ...{ state: 'refused', message: 'There was no connection, so it was not sent. This changed nothing.' },
    next: 'Do it again when there is a connection.',
  });
  await clock.run(3 * 60 * MINUTE);
  down = false;
  await clock.run(5 * MINUTE);
  expect(bank.intent('pi_1')?.amountMinor).toBe(4200);
  expect(await call('submit', { requests: [{ kind: 'setAmount', paymentId: 'pi_1', amount: 5000, requestId: 'r2' }] })).toMatchObject({ ok: true });
  await clock.run(MINUTE);
  expect(bank.intent('pi_1')?.amountMinor).toBe(5000);
});
