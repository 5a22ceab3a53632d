import { describe, expect, test } from 'vitest';
import type { Patch } from '../../preload/contract.ts';
import { MINUTE, START, shop } from './a-till.ts';

describe('connecting', () => {
  test('shows the day, and of the key only its kind and last four', async () => {
    const { hold, sale, connect, look, clock } = await shop();
    hold();
    sale();
    expect(await connect()).toMatchObject({ ok: true, value: { mode: 'test', keyLast4: '0001' } });
    await clock.run(5_000);
    const now = await look();
    expect(now.connection.line).toBe('live');
    expect(now.payments.map(({ totalMinor, state }) => [totalMinor, state])).toEqual([
      [1250, 'paid'],
      [4200, 'on-hold'],
    ]);
    expect(now.totals.byCurrency).toMatchObject([{ currency: 'GBP', onHoldMinor: 4200, takenMinor: 1250 }]);
    expect(JSON.stringify(now)).not.toContain('sk_sandbox');
  });

  test('with a refused key changes nothing and keeps nothing', async () => {
    const { ask, pc, bank } = await shop();
    bank.revokeKey('sk_sandbox_one00001');
    expect(await ask((till) => till.handlers.connect({ apiKey: 'sk_sandbox_one00001' }))).toMatchObject({ ok: false, error: { code: 'key-refused' } });
    expect(pc.key).toBeNull();
  });

  test('with the line down says so and keeps nothing', async () => {
    const { connect, line, pc } = await shop();
    line.setDown(true);
    expect(await connect()).toMatchObject({ ok: false, error: { code: 'no-line' } });
    expect(pc.key).toBeNull();
  });
});

describe('a decision', () => {
  test('made twice with one requestId is one action and moves money once', async () => {
    const { hold, connect, submit, capture, bank, clock } = await shop();
    const { id } = hold();
    await connect();
    const request = capture(id, 2000);
    const [first, second] = [await submit(request), await submit(request)];
    expect(first).toEqual(second);
    await clock.run(MINUTE);
    expect(bank.moneyOf(id)).toMatchObject({ capturedMinor: 2000, captures: 1 });
  });

  test('with a requestId of another decision is refused', async () => {
    const { hold, connect, submit, capture } = await shop();
    const { id } = hold();
    await connect();
    await submit(capture(id, 2000, 'same'));
    expect(await submit(capture(id, 2100, 'same'))).toMatchObject({ ok: false, error: { code: 'request-id-reused', field: 'requests.0.requestId' } });
  });

  test('with one bad request in three accepts none', async () => {
    const { hold, connect, submit, capture, bank, clock, pc } = await shop();
    const [a, b] = [hold(), hold()];
    await connect();
    const result = await submit(capture(a.id, 4200), capture(b.id, 4201), capture(b.id, 1));
    expect(result).toMatchObject({ ok: false, error: { code: 'amount', field: 'requests.1.amount', message: expect.stringContaining('£42.00') } });
    await clock.run(MINUTE);
    expect(pc.disk.actions.size).toBe(0);
    expect(bank.ledger().filter(({ kind }) => kind === 'captured-requested')).toEqual([]);
  });

  test('counts what the same batch promises already', async () => {
    const { hold, connect, submit, capture } = await shop();
    const { id } = hold();
    await connect();
    expect(await submit(capture(id, 4000), capture(id, 201))).toMatchObject({ ok: false, error: { code: 'amount', field: 'requests.1.amount' } });
    expect(await submit(capture(id, 4000), capture(id, 200))).toMatchObject({ ok: true });
  });

  test('on a full disk is refused, and nothing is sent', async () => {
    const { hold, connect, submit, capture, clock, line, pc } = await shop();
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    pc.disk.mood = 'full';
    expect(await submit(capture(id, 4200))).toMatchObject({ ok: false, error: { code: 'disk', message: expect.stringContaining('No money moves') } });
    await clock.run(MINUTE);
    expect(line.sent()).toEqual([]);
  });

  test('about an unknown payment is refused', async () => {
    const { connect, submit, capture } = await shop();
    await connect();
    expect(await submit(capture('pi_sandbox_nobody', 100))).toMatchObject({ ok: false, error: { code: 'unknown-payment' } });
  });
});

describe('offline', () => {
  test('actions wait through a restart and are sent once when the line is back', async () => {
    const { hold, sale, connect, submit, capture, reverse, look, restart, line, bank, clock } = await shop();
    const [a, b] = [hold(), sale()];
    await connect();
    await clock.run(5_000);
    line.setDown(true);
    await clock.run(2 * MINUTE);
    expect((await look()).connection.line).toBe('offline');
    await submit(capture(a.id, 4200));
    await submit(reverse(b.id));
    await restart();
    await clock.run(MINUTE);
    const waiting = await look();
    expect(waiting.actions.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    expect(waiting.payments).toHaveLength(2);
    expect(waiting.connection.asOfMs).not.toBeNull();
    expect(bank.moneyOf(a.id).captures).toBe(0);
    line.setDown(false);
    await clock.run(2 * MINUTE);
    expect((await look()).actions.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(bank.moneyOf(a.id)).toMatchObject({ captures: 1, capturedMinor: 4200 });
    expect(bank.moneyOf(b.id)).toMatchObject({ reversals: 1, reversedMinor: 1250 });
  });

  test('an undo that misses midnight is not sent and not turned into a refund', async () => {
    const { sale, connect, submit, reverse, look, line, bank, clock } = await shop();
    const { id } = sale();
    await connect();
    await clock.run(5_000);
    line.setDown(true);
    expect(await submit(reverse(id))).toMatchObject({ ok: true });
    await clock.runTo(Date.parse('2026-06-15T23:00:00Z') + 1); // midnight in London
    line.setDown(false);
    await clock.run(5 * MINUTE);
    const next = await look();
    expect(next.actions).toMatchObject([{ state: 'expired' }]);
    expect(next.payments.find((payment) => payment.id === id)?.attention).toMatch(/not sent in time/);
    expect(line.sent()).toEqual([]);
    expect(bank.moneyOf(id)).toMatchObject({ reversals: 0, refunds: 0 });
  });

  test('an earlier day’s payment is shown as of when it was read, not as of today’s list', async () => {
    const { sale, connect, line, clock, ask } = await shop();
    const { id } = sale({ createdAtMs: START - 3 * 24 * 60 * MINUTE });
    await connect();
    await ask(({ handlers }) => handlers.loadDay({ date: '2026-06-12' }));
    const readAtMs = clock.nowMs();
    await clock.run(10 * MINUTE);
    line.setDown(true);
    await clock.run(MINUTE);
    const detail = await ask(({ handlers }) => handlers.getPayment({ paymentId: id }));
    expect(detail).toMatchObject({ ok: true, value: { fresh: false } });
    expect(detail.ok && detail.value.readAtMs).toBeLessThanOrEqual(readAtMs);
  });

  test('a withdrawn action is never sent', async () => {
    const { hold, connect, submit, capture, look, line, clock, ask } = await shop();
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    line.setDown(true);
    await submit(capture(id, 4200));
    const actionId = (await look()).actions[0]?.id ?? '';
    expect(await ask((till) => till.handlers.withdraw({ actionId }))).toMatchObject({ ok: true });
    line.setDown(false);
    await clock.run(3 * MINUTE);
    expect(line.sent()).toEqual([]);
    expect(await ask((till) => till.handlers.withdraw({ actionId }))).toMatchObject({ ok: false, error: { code: 'not-possible' } });
  });
});

describe('keys and accounts', () => {
  test('a revoked key stops the queue with nothing lost; a new key of the same account goes on', async () => {
    const { hold, connect, submit, capture, look, bank, clock } = await shop();
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    bank.revokeKey('sk_sandbox_one00001');
    await submit(capture(id, 4200));
    await clock.run(MINUTE);
    const stopped = await look();
    expect(stopped.connection.line).toBe('key-refused');
    expect(stopped.actions).toMatchObject([{ state: 'waiting' }]);
    expect(await connect('sk_sandbox_oneNEW02')).toMatchObject({ ok: true });
    await clock.run(MINUTE);
    expect((await look()).actions).toMatchObject([{ state: 'done', otherAccount: false }]);
    expect(bank.moneyOf(id).captures).toBe(1);
  });

  test('the same key mended at Dojo goes on by itself', async () => {
    const { hold, connect, submit, capture, bank, clock } = await shop();
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    bank.revokeKey('sk_sandbox_one00001');
    await submit(capture(id, 4200));
    await clock.run(MINUTE);
    bank.mendKey('sk_sandbox_one00001');
    await clock.run(3 * MINUTE);
    expect(bank.moneyOf(id).captures).toBe(1);
  });

  test('another account’s key never sends the old account’s actions, and they go on when it is back', async () => {
    const { hold, connect, submit, capture, look, bank, line, clock, ask } = await shop();
    const { id } = hold();
    hold({ accountId: 'acc_two' });
    await connect();
    await clock.run(5_000);
    line.setDown(true);
    await submit(capture(id, 4200));
    expect(await ask((till) => till.handlers.disconnect(undefined))).toMatchObject({ ok: false, error: { code: 'actions-waiting' } });
    expect(await ask((till) => till.handlers.disconnect({ confirmed: true }))).toMatchObject({ ok: true });
    line.setDown(false);
    expect(await connect('sk_sandbox_two00003', null)).toMatchObject({ ok: true });
    await clock.run(3 * MINUTE);
    const other = await look();
    expect(other.connection.otherAccountsWaiting).toBe(1);
    expect(other.actions).toMatchObject([{ state: 'waiting', otherAccount: true }]);
    expect(other.payments.map((payment) => payment.id)).not.toContain(id);
    expect(line.sent()).toEqual([]);
    await connect('sk_sandbox_one00001');
    await clock.run(MINUTE);
    expect(bank.moneyOf(id).captures).toBe(1);
  });
});

describe('patches', () => {
  test('lead from one snapshot to the next without a gap', async () => {
    const { hold, connect, submit, capture, look, clock, till } = await shop();
    const { id } = hold();
    const patches: Patch[] = [];
    const before = await look();
    till().onPatch((patch) => patches.push(patch));
    await connect();
    await submit(capture(id, 1000));
    await clock.run(MINUTE);
    const after = await look();
    expect(patches.map(({ revision }) => revision)).toEqual(
      Array.from({ length: after.revision - before.revision }, (_, index) => before.revision + 1 + index),
    );
    const payments = new Map(before.payments.map((payment) => [payment.id, payment]));
    for (const patch of patches) {
      for (const gone of patch.removedPaymentIds ?? []) payments.delete(gone);
      for (const payment of patch.payments ?? []) payments.set(payment.id, payment);
    }
    expect([...payments.values()]).toEqual(after.payments);
    expect(patches.findLast(({ totals }) => totals)?.totals).toEqual(after.totals);
  });
});

describe('what ended today on an earlier day’s hold', () => {
  test('is told after a restart as before it: the report adds up to the same', async () => {
    const { hold, connect, submit, capture, clock, restart, look } = await shop();
    const { id } = hold({ createdAtMs: START - 30 * 60 * MINUTE, paidAtMs: START - 30 * 60 * MINUTE });
    await connect();
    await submit(capture(id, 4200));
    await clock.run(MINUTE);
    const before = (await look()).actions.map(({ state, captureStatus }) => [state, captureStatus]);
    expect(before).toEqual([['done', 'Successful']]);
    await restart();
    await clock.run(MINUTE);
    expect((await look()).actions.map(({ state, captureStatus }) => [state, captureStatus])).toEqual(before);
  });
});

describe('a till whose PC’s clock is 400 days ahead at the start', () => {
  test('knows what ended today all the same, as soon as Dojo has said what time it is', async () => {
    const { hold, connect, submit, capture, clock, restart, look, pc } = await shop();
    const { id } = hold();
    await connect();
    await submit(capture(id, 4200));
    await clock.run(MINUTE);
    const before = (await look()).actions.map(({ state, requestId }) => [state, requestId]);
    expect(before).toEqual([['done', 'request-1']]);
    // A ledger that never noted Dojo's time: the queue's memory of the last days begins 392 days from now.
    pc.disk.facts.delete('dojoTime');
    pc.aheadMs = 400 * 24 * 60 * MINUTE;
    await restart();
    await clock.run(MINUTE);
    expect((await look()).connection.clockAheadMs).toBe(pc.aheadMs);
    expect((await look()).actions.map(({ state, requestId }) => [state, requestId])).toEqual(before);
    // And the same request is the same action still.
    expect(await submit(capture(id, 4200, 'request-1'))).toMatchObject({ ok: true, value: { actionIds: [(await look()).actions[0]?.id] } });
  });
});

describe('a full disk', () => {
  test('is told when what was read cannot be kept, and no longer once there is room', async () => {
    const { connect, sale, pc, ask, look, clock } = await shop();
    await connect();
    pc.disk.mood = 'full';
    sale();
    await ask((till) => till.handlers.refresh(undefined));
    await clock.run(1_000);
    expect((await look()).connection.notices.map(({ code }) => code)).toEqual(['disk-full']);
    pc.disk.mood = 'ok';
    await ask((till) => till.handlers.refresh(undefined));
    expect((await look()).connection.notices.map(({ code }) => code)).not.toContain('disk-full');
    // Old days and the day's backup are tried again a little later.
    await clock.run(20 * MINUTE);
    expect((await look()).connection.notices).toEqual([]);
  });
});

describe('another account’s key', () => {
  test('does not leave on screen why the first one’s actions waited', async () => {
    const { connect, hold, submit, capture, line, clock, look } = await shop();
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    line.setDown(true);
    expect(await submit(capture(id, 4200))).toMatchObject({ ok: true });
    await clock.run(MINUTE);
    expect((await look()).actions).toMatchObject([{ state: 'waiting', message: expect.stringContaining('no connection') }]);
    line.setDown(false);
    expect(await connect('sk_sandbox_two00003', null)).toMatchObject({ ok: true });
    expect((await look()).actions).toMatchObject([{ state: 'waiting', otherAccount: true, message: null }]);
  });
});

test('what waits for the shop is said in training too, also after a restart, and no training action counts as the shop’s', async () => {
  const { connect, hold, sale, submit, capture, reverse, line, clock, look, ask, restart } = await shop();
  const [{ id: holdId }, { id: saleId }] = [hold(), sale()];
  await connect();
  await clock.run(5_000);
  line.setDown(true);
  expect(await submit(capture(holdId, 4200), reverse(saleId))).toMatchObject({ ok: true });
  await ask(({ handlers }) => handlers.disconnect({ confirmed: true }));
  expect((await look()).connection).toMatchObject({ mode: 'none', otherAccountsWaiting: 2 });
  await ask(({ handlers }) => handlers.startTraining({ seed: 3 }));
  await clock.run(5_000);
  await ask(({ handlers }) => handlers.setTraining({ cableOut: true }));
  const trained = (await look()).payments.find(({ moves }) => moves.capture.open);
  expect(await submit(capture(trained?.id ?? '', 500))).toMatchObject({ ok: true });
  const said = { mode: 'training', queue: { waiting: 1 }, otherAccountsWaiting: 2 };
  expect((await look()).connection).toMatchObject(said);
  await restart();
  expect((await look()).connection).toMatchObject(said);
});

test('the zone that first start shows is written down from the first training on, as from the first connection', async () => {
  const start = async (begin: (till: Awaited<ReturnType<typeof shop>>) => Promise<unknown>) => {
    const till = await shop();
    expect(till.pc.settings).not.toHaveProperty('pcZone');
    await begin(till);
    return till.pc.settings;
  };
  const kept = { zone: 'Europe/London', pcZone: 'Europe/London' };
  expect(await start((till) => till.ask(({ handlers }) => handlers.startTraining({ seed: 3 })))).toMatchObject(kept);
  expect(await start((till) => till.connect())).toMatchObject(kept);
});

describe('the line', () => {
  test('is not called live once Dojo has answered with nothing but errors for minutes', async () => {
    const GOOD_LOOKS = 10;
    const faults = Array.from({ length: 400 }, (_, later) => ({ till: 0, on: 'look', nth: GOOD_LOOKS + later, fault: '500-before' }) as const);
    const { connect, clock, look } = await shop(faults);
    await connect();
    await clock.run(5_000);
    expect((await look()).connection.line).toBe('live');
    await clock.run(10 * MINUTE);
    expect((await look()).connection.line).toBe('connecting');
  });
});
