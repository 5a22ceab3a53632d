import { describe, expect, test } from 'vitest';
import { MINUTE, START, shop } from './a-till.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNKNOWN = 'Dojo does not know this payment with this key.';

/** A capture and an earlier day's refund wait for a person: the profile was moved. */
async function moved() {
  const till = await shop();
  const held = till.hold({ id: 'pi_held', reference: 'Table 4' }).id;
  const sold = till.sale({ id: 'pi_sold', createdAtMs: START - 3 * DAY, paidAtMs: START - 3 * DAY }).id;
  await till.connect();
  await till.clock.run(5_000);
  await till.ask(({ handlers }) => handlers.getPayment({ paymentId: sold }));
  await till.ask(({ handlers }) => handlers.pauseQueue(undefined));
  expect(await till.submit(till.capture(held, 4200), { kind: 'refund', paymentId: sold, amount: 500, requestId: 'request-refund' })).toMatchObject({
    ok: true,
  });
  const action = async (paymentId: string) => {
    const found = (await till.look()).actions.find((one) => one.paymentId === paymentId);
    if (!found?.sinceDecision) throw new Error('expected an action that a person compares');
    return found;
  };
  return {
    ...till,
    held,
    sold,
    action,
    /** Whether it may be ticked, and when what is shown of it was read. */
    shown: async (paymentId: string) => {
      const { sinceDecision } = await action(paymentId);
      return [sinceDecision?.unchanged, sinceDecision?.now?.readAtMs ?? null] as const;
    },
    compare: () => till.ask(({ handlers }) => handlers.compare(undefined)),
    async moveAway(change = (): void => undefined) {
      Object.assign(till.pc.place, { path: '/home/shop/elsewhere' });
      change();
      await till.restart();
      await till.clock.run(30_000);
    },
  };
}

describe('what Dojo shows now', () => {
  test('is so while the lists are answered, and is said with the time of its own reading', async () => {
    const till = await moved();
    await till.moveAway();
    const readAtMs = till.clock.nowMs();
    await till.clock.run(4 * MINUTE);
    const [isHeldNow, heldAtMs] = await till.shown(till.held);
    const [isSoldNow, soldAtMs] = await till.shown(till.sold);
    expect([isHeldNow, isSoldNow]).toEqual([true, true]);
    expect(heldAtMs).toBeGreaterThan(readAtMs + 2 * MINUTE);
    expect(Math.abs((soldAtMs ?? 0) - readAtMs)).toBeLessThan(MINUTE);
  });

  test('is no more what no list has shown for longer than the day is read anew, until it is compared', async () => {
    const till = await moved();
    await till.moveAway();
    await till.clock.run(10 * MINUTE);
    expect([(await till.shown(till.held))[0], (await till.shown(till.sold))[0]]).toEqual([true, false]);
    await till.compare();
    expect((await till.shown(till.sold))[0]).toBe(true);
  });

  test('is not what was read before the lists were answered with an error for an hour', async () => {
    const till = await moved();
    await till.moveAway();
    const readAtMs = till.clock.nowMs();
    till.line.portal();
    await till.clock.run(HOUR);
    const [isNow, atMs] = await till.shown(till.held);
    expect(isNow).toBe(false);
    expect(Math.abs((atMs ?? 0) - readAtMs)).toBeLessThan(MINUTE);
    expect((await till.action(till.held)).look).toMatchObject({ kind: 'unread', readAtMs: atMs });
  });

  test('is not what hangs while somebody compares: what was read before counts no more', async () => {
    const till = await moved();
    await till.moveAway();
    expect((await till.shown(till.sold))[0]).toBe(true);
    till.line.hang(till.sold);
    expect(await till.compare()).toMatchObject({ ok: true });
    expect([(await till.shown(till.held))[0], (await till.shown(till.sold))[0]]).toEqual([true, false]);
  });

  test('is as old as the reading of the payment itself, also where it was read singly in this run', async () => {
    const till = await moved();
    await till.moveAway();
    const readAtMs = till.clock.nowMs();
    await till.clock.run(2 * MINUTE);
    till.line.setDown(true);
    await till.clock.run(10 * MINUTE);
    const [isNow, atMs] = await till.shown(till.sold);
    expect(isNow).toBe(false);
    expect(Math.abs((atMs ?? 0) - readAtMs)).toBeLessThan(MINUTE);
  });

  test('is read once after a start without a connection too, as soon as the day could be read', async () => {
    const till = await moved();
    till.bank.addKey('sk_sandbox_two00003', 'acc_two');
    const [accountId] = [...till.pc.disk.accounts.keys()];
    await till.connect('sk_sandbox_two00003', accountId);
    await till.clock.run(30_000);
    await till.moveAway(() => till.line.setDown(true));
    expect((await till.action(till.sold)).look).toMatchObject({ kind: 'unread' });
    till.line.setDown(false);
    await till.clock.run(30_000);
    expect(await till.action(till.sold)).toMatchObject({ look: { kind: 'unknown', readAtMs: null }, sides: { dojo: UNKNOWN } });
  });

  test('is not said of a key that is not there any more', async () => {
    const till = await moved();
    const [accountId] = [...till.pc.disk.accounts.keys()];
    await till.connect('sk_sandbox_two00003', accountId);
    await till.clock.run(30_000);
    const attention = async () => (await till.look()).actions.map(({ sides }) => sides?.dojo);
    expect(await attention()).toEqual([UNKNOWN, UNKNOWN]);
    await till.ask(({ handlers }) => handlers.disconnect({ confirmed: true }));
    expect(await attention()).not.toContain(UNKNOWN);
  });
});
