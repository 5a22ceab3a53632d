import { describe, expect, test } from 'vitest';
import { MINUTE, START, shop } from './a-till.ts';

const OTHER_KEY = 'sk_sandbox_two00003';
const KEY = 'sk_sandbox_one00001';

/** A capture waits while the key is refused; the owner takes another account's key for one of the same account. */
async function mistaken() {
  const till = await shop();
  const { id } = till.hold({ id: 'pi_held', reference: 'Table 4' });
  await till.connect();
  await till.clock.run(5_000);
  await till.ask(({ handlers }) => handlers.pauseQueue(undefined));
  const accepted = await till.submit(till.capture(id, 4200));
  if (!accepted.ok) throw new Error(accepted.error.message);
  await till.clock.run(MINUTE);
  till.bank.revokeKey(KEY);
  await till.clock.run(MINUTE);
  const [accountId] = [...till.pc.disk.accounts.keys()];
  expect(await till.connect(OTHER_KEY, accountId)).toMatchObject({ ok: true });
  await till.clock.run(5_000);
  return {
    ...till,
    actionIds: accepted.value.actionIds,
    compare: () => till.ask(({ handlers }) => handlers.compare(undefined)),
    detail: () => till.ask(({ handlers }) => handlers.getPayment({ paymentId: id })),
    payment: async () => (await till.look()).payments.find((payment) => payment.id === id),
    action: async () => (await till.look()).actions[0],
  };
}

const UNKNOWN = 'Dojo does not know this payment with this key.';

describe('another account’s key that the owner called the same account’s', () => {
  test('is not said to show what the key before was shown: the payment is unknown, and not unchanged', async () => {
    const till = await mistaken();
    const unknown = { look: { kind: 'unknown' }, sinceDecision: { now: null, unchanged: false, decided: { status: 'Authorized' } } };
    expect(await till.action()).toMatchObject({ state: 'needsPerson', code: 'new-key', can: { settle: true }, ...unknown });
    expect(await till.compare()).toMatchObject({ ok: true });
    expect(await till.action()).toMatchObject(unknown);
    await till.restart();
    await till.clock.run(5_000);
    expect(await till.action()).toMatchObject(unknown);
    expect(await till.ask(({ handlers }) => handlers.release({ actionIds: till.actionIds }))).toMatchObject({ ok: false });
    expect(till.line.sent()).toEqual([]);
  });

  test('is said so to whoever settles', async () => {
    const till = await mistaken();
    expect(await till.action()).toMatchObject({ sides: { dojo: UNKNOWN } });
  });

  test('is said so on the payment, which is as old as its last reading', async () => {
    const till = await mistaken();
    await till.ask(({ handlers }) => handlers.settle({ actionId: till.actionIds[0] ?? '', verdict: 'did-not-happen', note: '' }));
    expect(await till.payment()).toMatchObject({ attention: expect.stringContaining(UNKNOWN) });
    const detail = await till.detail();
    expect(detail).toMatchObject({ ok: true, value: { fresh: false } });
    expect(detail.ok && (detail.value.readAtMs ?? 0) < START + 2 * MINUTE).toBe(true);
  });

  test('offers nothing on it, and no sum to capture holds it', async () => {
    const till = await mistaken();
    await till.ask(({ handlers }) => handlers.settle({ actionId: till.actionIds[0] ?? '', verdict: 'did-not-happen', note: '' }));
    const closed = { open: false, code: 'unknown-to-key', reason: UNKNOWN };
    expect(await till.payment()).toMatchObject({ state: 'on-hold', onHoldMinor: 4200, leftMinor: 0, moves: { capture: closed, reverse: closed } });
    expect((await till.look()).totals.byCurrency).toMatchObject([{ onHoldMinor: 0, onHoldCount: 0 }]);
    expect(await till.submit(till.capture('pi_held', 4200))).toMatchObject({ ok: false, error: { code: 'move-closed', message: UNKNOWN } });
    // One 404 does not say that it is gone: the right key brings it back.
    till.bank.addKey('sk_sandbox_oneNEW02', 'acc_one');
    await till.connect('sk_sandbox_oneNEW02', [...till.pc.disk.accounts.keys()][0]);
    await till.clock.run(5_000);
    expect(await till.payment()).toMatchObject({ moves: { capture: { open: true } } });
    expect((await till.look()).totals.byCurrency).toMatchObject([{ onHoldMinor: 4200, onHoldCount: 1 }]);
  });

  test('shows it again from when the right key is back', async () => {
    const till = await mistaken();
    till.bank.addKey('sk_sandbox_oneNEW02', 'acc_one');
    await till.connect('sk_sandbox_oneNEW02', [...till.pc.disk.accounts.keys()][0]);
    await till.clock.run(5_000);
    expect(await till.action()).toMatchObject({ look: { kind: 'read' }, sinceDecision: { unchanged: true, now: { status: 'Authorized' } } });
    expect((await till.payment())?.attention).not.toContain(UNKNOWN);
  });
});

describe('what waits for a person', () => {
  /** The right key came after the other account's. */
  async function putRight() {
    const till = await mistaken();
    await till.connect('sk_sandbox_oneNEW02', [...till.pc.disk.accounts.keys()][0]);
    await till.clock.run(5_000);
    return till;
  }

  test('is no longer called read while Dojo cannot be asked, and is as old as it says', async () => {
    const till = await putRight();
    const readAtMs = till.clock.nowMs();
    till.line.setDown(true);
    await till.clock.run(2 * MINUTE);
    await till.compare();
    const action = await till.action();
    expect(action).toMatchObject({ look: { kind: 'unread' }, sinceDecision: { unchanged: false, now: { status: 'Authorized' } } });
    const saidMs = action?.sinceDecision?.now?.readAtMs ?? 0;
    expect(Math.abs(saidMs - readAtMs)).toBeLessThan(MINUTE);
    till.line.setDown(false);
    await till.clock.run(MINUTE);
    await till.compare();
    expect(await till.action()).toMatchObject({ look: { kind: 'read' }, sinceDecision: { unchanged: true } });
  });

  test('is read anew when a person compares', async () => {
    const till = await putRight();
    const looks = till.line.looks();
    expect(await till.compare()).toMatchObject({ ok: true });
    expect(till.line.looks()).toBe(looks + 1);
  });

  test('is read after a start also where no list tells of its payment', async () => {
    const till = await shop();
    const DAY = 24 * 60 * MINUTE;
    const { id } = till.sale({ id: 'pi_sold', createdAtMs: START - 3 * DAY, paidAtMs: START - 3 * DAY });
    await till.connect();
    await till.clock.run(5_000);
    await till.ask(({ handlers }) => handlers.getPayment({ paymentId: id }));
    await till.ask(({ handlers }) => handlers.pauseQueue(undefined));
    const refund = { kind: 'refund', paymentId: id, amount: 500, requestId: 'request-1' } as const;
    expect(await till.submit(refund)).toMatchObject({ ok: true });
    Object.assign(till.pc.place, { path: '/home/shop/elsewhere' });
    await till.restart();
    await till.clock.run(30_000);
    expect((await till.look()).actions).toMatchObject([{ state: 'needsPerson', code: 'moved', look: { kind: 'read' }, sinceDecision: { unchanged: true } }]);
  });

  test('cannot be compared without a key', async () => {
    const till = await shop();
    expect(await till.ask(({ handlers }) => handlers.compare(undefined))).toMatchObject({ ok: false, error: { code: 'not-connected' } });
  });
});
