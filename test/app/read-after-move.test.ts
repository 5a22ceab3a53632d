import { expect, test } from 'vitest';
import { CHANGED_ELSEWHERE } from '../../main/ports/ledger.ts';
import { MINUTE, START, shop } from './a-till.ts';

const TWO_DAYS = 2 * 24 * 60 * MINUTE;

test('what another till gave back beside a refund of an earlier day’s sale is told, also where the disk could not be read as that was done', async () => {
  // Its answer is lost, so that it is asked again with its key; no list of today tells of the sale.
  const { clock, bank, ask, submit, connect, sale, pc } = await shop([{ till: 0, on: 'move', nth: 0, fault: 'lost-after' }]);
  const { id } = sale({ amountMinor: 5_000, createdAtMs: START - TWO_DAYS });
  await connect();
  await clock.run(5_000);
  await ask(({ handlers }) => handlers.getPayment({ paymentId: id }));
  await submit({ kind: 'refund', paymentId: id, amount: 500, requestId: 'refund' });
  await clock.run(MINUTE);
  expect(bank.refund('acc_one', id, { amountMinor: 400, idempotencyKey: 'the other till’s' }, clock.nowMs())).toMatchObject({ ok: true });
  pc.disk.mood = 'throws-on-reads';
  await clock.run(2 * MINUTE);
  expect([...pc.disk.actions.values()].map(({ action }) => action.state)).toEqual(['done']);
  pc.disk.mood = 'ok';
  await clock.run(2 * MINUTE);
  const told = pc.disk.activity.filter(({ paymentId, what }) => paymentId === id && what.startsWith(CHANGED_ELSEWHERE));
  expect(told.map(({ note }) => note)).toEqual(['£4.00 was refunded elsewhere.']);
});
