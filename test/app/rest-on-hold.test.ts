import { describe, expect, test } from 'vitest';
import { MINUTE, START, shop } from './a-till.ts';

const HOUR = 60 * MINUTE;

/** A hold of £42.00 of which £20.00 is captured, and which Dojo then calls `Captured`. */
async function partCaptured(endsInHours = 30) {
  const till = await shop();
  till.bank.setSwitches({ partCaptureTurnsCaptured: true });
  const { id } = till.hold({ autoExpireInMs: endsInHours * HOUR, autoExpireAction: 'Release', paidAtMs: START });
  await till.connect();
  await till.clock.run(MINUTE);
  await till.submit(till.capture(id, 2_000));
  await till.clock.run(2 * MINUTE);
  const row = async () => (await till.look()).payments.find((payment) => payment.id === id);
  return { ...till, id, row, atEnd: () => till.clock.run(START + 30 * HOUR + MINUTE - till.clock.nowMs()) };
}
const rest = { status: 'Captured', state: 'part-taken', onHoldMinor: 2_200, holdEnds: { atMs: START + 30 * HOUR, action: 'Release', isRest: true } };

describe('the rest of a hold that Dojo calls captured once a part was', () => {
  test('is on hold, in the row as in the sums', async () => {
    const { row, look } = await partCaptured();
    expect(await row()).toMatchObject(rest);
    expect((await look()).totals.byCurrency).toMatchObject([{ onHoldMinor: 2_200, onHoldCount: 1, takenMinor: 2_000 }]);
  });

  test('is warned of before it may be lost, on the next day and after a restart too, and no more once the hold has ended', async () => {
    const { row, pc, clock, restart, look, atEnd } = await partCaptured();
    await clock.run(20 * HOUR);
    expect(pc.notes).toMatchObject([
      { title: 'A hold ends within 24 h', body: expect.stringContaining('£22.00 may be lost unless captured (Dojo does not say).') },
    ]);
    await restart();
    await clock.run(MINUTE);
    expect(await row()).toMatchObject(rest);
    const codes = async () => (await look()).connection.notices.map(({ code }) => code);
    expect(await codes()).toContain('holds-ending');
    await atEnd();
    expect(await row()).toMatchObject({ holdEnds: null, onHoldMinor: 0, moves: { capture: { open: false, code: 'hold-ended' } } });
    expect(await codes()).not.toContain('holds-ending');
    expect(pc.notes).toHaveLength(1);
  });

  test('is no longer on hold on the next day once another till has captured it', async () => {
    const { row, bank, clock, id } = await partCaptured();
    await clock.run(20 * HOUR);
    bank.capture('acc_one', id, { amountMinor: 2_200, tipsMinor: 0 }, clock.nowMs());
    await clock.run(20 * MINUTE);
    expect(await row()).toMatchObject({ state: 'paid', onHoldMinor: 0, holdEnds: null });
  });
});

test('of very many that no list shows each has its turn: what another till captures of any shows within a few readings', async () => {
  const till = await shop();
  till.bank.setSwitches({ partCaptureTurnsCaptured: true });
  const createdAtMs = START - 48 * HOUR;
  const ids = Array.from({ length: 45 }, () => till.hold({ createdAtMs, paidAtMs: createdAtMs, autoExpireInMs: 72 * HOUR }).id);
  await till.connect();
  await till.clock.run(MINUTE);
  const captureElsewhere = (some: readonly string[], amountMinor: number) =>
    some.forEach((id) => void till.bank.capture('acc_one', id, { amountMinor, tipsMinor: 0 }, till.clock.nowMs()));
  captureElsewhere(ids, 2_000);
  await till.clock.run(20 * MINUTE);
  const some = ids.filter((_, nth) => nth % 11 === 0);
  captureElsewhere(some, 2_200);
  await till.clock.run(20 * MINUTE);
  const { payments } = await till.look();
  expect(payments.flatMap(({ id, state }) => (some.includes(id) ? state : []))).toEqual(some.map(() => 'paid'));
});

test('a rest counts in the day’s sums until the hold ends, and no longer', async () => {
  const till = await partCaptured(2);
  const onHold = async () => (await till.look()).totals.byCurrency[0]?.onHoldMinor;
  expect(await onHold()).toBe(2_200);
  till.line.setDown(true);
  await till.clock.run(2 * HOUR);
  expect(await onHold()).toBe(0);
});
