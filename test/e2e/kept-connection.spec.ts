import { expect, KEY, test } from './fixtures.ts';
import { askedOf, hold, moneyOf } from './shop.ts';

/**
 * Chromium, like every browser, repeats a request by itself when a connection that it kept open breaks before an answer came.
 * For a capture that would be taking the money twice.
 */
test('a capture whose connection breaks after Dojo took it is received exactly once, though connections were kept open before', { tag: '@host' }, async ({
  till,
  dojo,
}) => {
  const ids = [1, 2, 3, 4].map((table) => hold(dojo, { reference: `Table ${table}`, amountMinor: 1_000 * table }).id);
  await till.connect(KEY);
  for (const [index, paymentId] of ids.entries()) {
    for (let read = 0; read < 4; read += 1) expect(await till.call('refresh')).toMatchObject({ ok: true });
    dojo.faults.order({ kind: 'reset-after-commit', match: { operation: 'capture' } });
    expect(await till.submit({ kind: 'capture', paymentId, amount: 1_000 * (index + 1) })).toMatchObject({ ok: true });
    await expect.poll(async () => (await till.actionsOn(paymentId)).map(({ state, sends }) => [state, sends])).toEqual([['done', 1]]);
    expect(askedOf(dojo, paymentId)).toHaveLength(1);
    expect(moneyOf(dojo, paymentId).captures).toBe(1);
  }
  expect(dojo.bank.imbalances()).toEqual([]);
});
