import { describe, expect, test } from 'vitest';
import { MINUTE, START, shop } from '../app/a-till.ts';

const ACCOUNT = 'acc_one';

/** A connected till, and another one that Dojo hears as well. */
async function twoTills(faults: Parameters<typeof shop>[0] = []) {
  const till = await shop(faults);
  const { bank, clock, ask, look, pc } = till;
  let made = 0;
  return {
    ...till,
    other: {
      capture: (id: string, amountMinor: number) => bank.capture(ACCOUNT, id, { amountMinor, tipsMinor: 0 }, clock.nowMs()),
      refund: (id: string, amountMinor: number) => bank.refund(ACCOUNT, id, { amountMinor, idempotencyKey: `other-${++made}` }, clock.nowMs()),
      reverse: (id: string) => bank.reverse(ACCOUNT, id, clock.nowMs()),
      cancel: (id: string) => bank.cancel(ACCOUNT, id, clock.nowMs()),
    },
    shown: async (id: string) => (await look()).payments.find((payment) => payment.id === id),
    detail: async (paymentId: string) => {
      const result = await ask(({ handlers }) => handlers.getPayment({ paymentId }));
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    },
    refresh: () => ask(({ handlers }) => handlers.refresh(undefined)),
    /** What was logged as done elsewhere. */
    logged: (id: string) => pc.disk.activity.filter(({ paymentId, what }) => paymentId === id && what.startsWith('changed-elsewhere')).map(({ note }) => note),
  };
}

describe('a payment that another till changed', () => {
  test('shows what was changed and when, once, also over restarts', async () => {
    const { hold, connect, clock, other, shown, logged, restart, refresh } = await twoTills();
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    expect((await shown(id))?.changedElsewhere).toBeNull();
    other.capture(id, 2000);
    await clock.run(MINUTE);
    const changed = (await shown(id))?.changedElsewhere;
    expect(changed?.what).toBe('A capture of £20.00 was made elsewhere.');
    expect(changed?.atMs).toBeGreaterThan(START);
    await refresh();
    await restart();
    await clock.run(10 * MINUTE);
    expect((await shown(id))?.changedElsewhere).toEqual(changed);
    expect(logged(id)).toEqual(['A capture of £20.00 was made elsewhere.']);
  });

  test('is not one that this till captured weeks ago, before its power went', async () => {
    const { hold, connect, clock, capture, submit, pc, restart, logged } = await twoTills();
    const { id } = hold({ autoExpireInMs: null });
    await connect();
    await clock.run(5_000);
    await submit(capture(id, 1500));
    // The answer is there and written; what a reading would show of it is not.
    await clock.runTo(clock.nowMs() + MINUTE, () => [...pc.disk.actions.values()].some(({ action }) => action.state === 'done'));
    if (pc.life) pc.life.alive = false;
    await clock.run(30 * 24 * 60 * MINUTE);
    await restart();
    await clock.run(10 * MINUTE);
    expect(logged(id)).toEqual([]);
  });

  test('while this one was off is noticed when it starts again', async () => {
    const { hold, sale, connect, clock, other, shown, restart } = await twoTills();
    const [a, b] = [hold(), sale()];
    await connect();
    await clock.run(5_000);
    other.reverse(a.id);
    other.refund(b.id, 250);
    await restart();
    await clock.run(MINUTE);
    expect((await shown(a.id))?.changedElsewhere?.what).toBe('The hold was released elsewhere.');
    expect((await shown(b.id))?.changedElsewhere?.what).toBe('£2.50 was refunded elsewhere.');
  });

  test('tells the latest of several changes, keeps all of them, and forgets to show them the next day', async () => {
    const { sale, connect, clock, other, shown, logged, refresh, detail } = await twoTills();
    const { id } = sale();
    await connect();
    await clock.run(5_000);
    other.refund(id, 250);
    await refresh();
    other.refund(id, 100);
    await refresh();
    expect((await shown(id))?.changedElsewhere?.what).toBe('£1.00 was refunded elsewhere.');
    const { timeline, refunds } = await detail(id);
    expect(timeline.filter(({ by }) => by === 'elsewhere').map(({ amountMinor }) => amountMinor)).toEqual([250, 100]);
    expect(refunds).toMatchObject({ lines: [], hereMinor: 0, dojoMinor: 350, difference: 'Dojo shows £3.50 more than this till knows: refunded elsewhere.' });
    await clock.runTo(Date.parse('2026-06-15T23:00:00Z') + 1); // midnight in London
    expect((await detail(id)).payment.changedElsewhere).toBeNull();
    expect(logged(id)).toHaveLength(2);
  });

  test.each(['waiting for the bank', 'done'])('is not said of what this till did itself (%s)', async () => {
    const { hold, sale, connect, submit, capture, clock, logged, shown, refresh, restart } = await twoTills();
    const [a, b] = [hold(), sale()];
    await connect();
    await submit(capture(a.id, 2000), { kind: 'refund', paymentId: b.id, amount: 500, requestId: 'refund-1' });
    await clock.run(MINUTE);
    await refresh();
    await restart();
    await clock.run(MINUTE);
    expect((await shown(a.id))?.takenMinor).toBe(2000);
    expect([...logged(a.id), ...logged(b.id)]).toEqual([]);
  });

  test('is not said of a customer who pays, nor of a payment that is seen for the first time', async () => {
    const { bank, sale, connect, clock, other, logged, shown } = await twoTills();
    const unpaid = bank.addPayment({ amountMinor: 900, accountId: ACCOUNT, createdAtMs: START - MINUTE, paidAtMs: null }, START);
    const refunded = sale();
    other.refund(refunded.id, 250);
    await connect();
    await clock.run(5_000);
    bank.pay(unpaid.id, clock.nowMs());
    await clock.run(MINUTE);
    expect((await shown(unpaid.id))?.state).toBe('paid');
    expect([...logged(unpaid.id), ...logged(refunded.id)]).toEqual([]);
  });

  test.each([
    ['and the till runs on', false],
    ['and the till starts again meanwhile', true],
  ])('while an action of its own is not settled is told when it is, and only what that does not explain, %s', async (_, startsAgain) => {
    const { hold, connect, submit, capture, clock, other, logged, look, refresh, restart } = await twoTills([
      { till: 0, on: 'move', nth: 0, fault: 'lost-after' },
    ]);
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    await submit(capture(id, 1000));
    await clock.run(5_000);
    other.capture(id, 500);
    await refresh();
    expect(await look()).toMatchObject({ actions: [{ state: 'sending' }], payments: [{ captures: [{ amountMinor: 1000 }, { amountMinor: 500 }] }] });
    expect(logged(id)).toEqual([]);
    if (startsAgain) await restart();
    await clock.run(3 * MINUTE);
    expect((await look()).actions).toMatchObject([{ state: 'done' }]);
    expect(logged(id)).toEqual(['A capture of £5.00 was made elsewhere.']);
  });

  test('on a full disk is told once there is room', async () => {
    const { hold, connect, clock, other, logged, refresh, pc, shown } = await twoTills();
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    pc.disk.mood = 'full';
    other.capture(id, 2000);
    await refresh();
    expect((await shown(id))?.takingMinor).toBe(2000);
    pc.disk.mood = 'ok';
    await refresh();
    expect(logged(id)).toEqual(['A capture of £20.00 was made elsewhere.']);
    expect((await shown(id))?.changedElsewhere?.what).toBe('A capture of £20.00 was made elsewhere.');
  });
});

describe('an action that came second', () => {
  test('is refused before it is sent, says so, and asks nothing of anybody where what was wanted is done', async () => {
    const { hold, connect, submit, capture, clock, other, look, shown, line, bank, detail } = await twoTills();
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    line.setDown(true);
    await submit(capture(id, 4200));
    other.capture(id, 4200);
    line.setDown(false);
    await clock.run(2 * MINUTE);
    const message = 'Another till was first. A capture of £42.00 was made elsewhere. Nothing was done by this one. All of it is captured.';
    const now = await look();
    expect(now.actions).toMatchObject([{ state: 'refused', code: 'changed-elsewhere', message, next: null }]);
    expect(now.totals.attentionCount).toBe(0);
    expect((await shown(id))?.attention).toBeNull();
    expect((await detail(id)).timeline).toContainEqual(expect.objectContaining({ by: 'till', what: message }));
    expect(line.sent()).toEqual([]);
    expect(bank.moneyOf(id)).toMatchObject({ captures: 1, capturedMinor: 4200 });
  });

  test('and left something to decide asks for attention, once and in words', async () => {
    const { hold, connect, submit, capture, clock, other, shown, line, restart } = await twoTills();
    const { id } = hold();
    await connect();
    await clock.run(5_000);
    line.setDown(true);
    await submit(capture(id, 4200));
    other.capture(id, 2000);
    line.setDown(false);
    await clock.run(2 * MINUTE);
    const words = 'Another till was first. A capture of £20.00 was made elsewhere. Nothing was done by this one.';
    expect((await shown(id))?.attention).toBe(words);
    await restart();
    await clock.run(MINUTE);
    expect((await shown(id))?.attention).toBe(words);
  });

  test('is read again after Dojo refused it, and says that another till was first', async () => {
    // It takes its time on the way, and the other till is there before.
    const { sale, connect, submit, clock, other, look, line, bank } = await twoTills([{ till: 0, on: 'move', nth: 0, fault: 'slow-there' }]);
    const { id } = sale();
    await connect();
    await clock.run(5_000);
    await submit({ kind: 'refund', paymentId: id, amount: 1250, requestId: 'refund-1' });
    await clock.runTo(clock.nowMs() + MINUTE, () => line.sent().length > 0);
    other.refund(id, 1000);
    await clock.run(2 * MINUTE);
    expect(line.sent()).toHaveLength(1);
    expect((await look()).actions).toMatchObject([
      {
        state: 'refused',
        code: 'changed-elsewhere',
        message: 'Another till was first. £10.00 was refunded elsewhere. Dojo refused this one.',
      },
    ]);
    expect(bank.moneyOf(id)).toMatchObject({ refunds: 1, refundedMinor: 1000 });
  });
});
