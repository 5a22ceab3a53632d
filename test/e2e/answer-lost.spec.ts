import { expect, KEY, test } from './fixtures.ts';
import { askedOf, moneyOf, sale } from './shop.ts';

// It waits out the settling time. Files begin in the order of their names: this one does not keep all others waiting at the end.
test('a refund whose answer was lost is given once, under one idempotency key', async ({ till, dojo }) => {
  test.setTimeout(180_000);
  const { id: paymentId } = sale(dojo, { reference: 'Wine', amountMinor: 2_000 });
  dojo.faults.order({ kind: 'reset-after-commit', match: { operation: 'refund' } });
  await till.connect(KEY);
  await till.submit({ kind: 'refund', paymentId, amount: 500 });
  await expect.poll(async () => (await till.actionsOn(paymentId)).map(({ state }) => state)).toEqual(['checking']);
  await till.shell.goTo('Queue');
  await expect(till.queue.entry('Wine').getByRole('button', { name: /^Read again: Refund £5\.00 of Wine/ })).toHaveText('Read again');
  // Only Dojo's yes to the same key tells this refund from another till's, and it is asked for once the first had its time.
  await expect.poll(async () => (await till.actionsOn(paymentId)).map(({ state }) => state), { timeout: 120_000 }).toEqual(['done']);
  expect(askedOf(dojo, paymentId)).toHaveLength(2);
  expect(moneyOf(dojo, paymentId)).toMatchObject({ refunds: 1, refundedMinor: 500 });
  expect(new Set(askedOf(dojo, paymentId).map(({ headers }) => headers.idempotencykey)).size).toBe(1);
});
