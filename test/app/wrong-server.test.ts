import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../builders.ts';
import { aFile } from '../ledger/a-ledger.ts';
import { aShopPc } from './a-till-on-disk.ts';

const MIDNIGHT = Date.parse('2026-06-15T23:00:00Z');

/** A reversal of today's, decided eight minutes before London's midnight while there is no connection. */
async function aReversalThatWaits() {
  const pc = aShopPc(aFile(), MIDNIGHT - 20 * MINUTE_MS);
  const { connect, look, ask, till } = await pc.start();
  await connect();
  await pc.clock.run(10 * MINUTE_MS);
  const sale = (await look()).payments.find(({ moves }) => moves.reverse.open && moves.reverse.deadlineMs === MIDNIGHT);
  if (!sale) throw new Error('expected a sale of today');
  pc.line.down = true;
  await pc.clock.run(2 * MINUTE_MS);
  expect(await ask(till.handlers.submit({ requests: [{ kind: 'reverse', paymentId: sale.id, requestId: 'r1' }] }))).toMatchObject({ ok: true });
  return { pc, till, ask, paymentId: sale.id };
}

type Running = Awaited<ReturnType<ReturnType<typeof aShopPc>['start']>>;
async function sendsOf({ till, ask }: Pick<Running, 'till' | 'ask'>, paymentId: string): Promise<readonly number[]> {
  const detail = await ask(till.handlers.getPayment({ paymentId }));
  if (!detail.ok) throw new Error(detail.error.message);
  return detail.value.actions.map(({ sends }) => sends);
}

test('after midnight a same-day reversal is not sent where the PC’s clock was set back an hour, and one server of several is an hour behind', async () => {
  const { pc, till, ask, paymentId } = await aReversalThatWaits();
  await pc.clock.run(18 * MINUTE_MS);
  pc.setClockAhead(-HOUR_MS);
  Object.assign(pc.line, { down: false, wrong: 8, offMs: -HOUR_MS });
  await pc.clock.run(2 * MINUTE_MS);
  expect(await sendsOf({ till, ask }, paymentId)).toEqual([0]);
});

test('nor where, after a restart, the first answers are of a server five hours behind: the PC’s clock is right, and an earlier run heard later times', async () => {
  const { pc, till, paymentId } = await aReversalThatWaits();
  await pc.clock.run(13 * MINUTE_MS);
  await till.close();
  Object.assign(pc.line, { down: false, wrong: 40, offMs: -5 * HOUR_MS });
  const again = await pc.start();
  await pc.clock.run(3 * MINUTE_MS);
  expect(await sendsOf(again, paymentId)).toEqual([0]);
});
