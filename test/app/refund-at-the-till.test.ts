import { describe, expect, test } from 'vitest';
import type { ActionRequest, Settings } from '../../preload/contract.ts';
import { MINUTE as MINUTE_MS, START as START_MS, tillOff } from './a-till.ts';

/** A running till whose shop sold something for £20.00 half an hour ago. */
async function atTheTill() {
  const { clock, bank, journal, pc, switchOn, ask } = tillOff(START_MS);
  const { id } = bank.addPayment({ amountMinor: 2000, createdAtMs: START_MS - 30 * MINUTE_MS }, START_MS);
  await switchOn();
  await clock.run(MINUTE_MS);
  let made = 0;
  const refund = (amount: number, more: Partial<Extract<ActionRequest, { kind: 'refund' }>> = {}): ActionRequest => ({
    kind: 'refund',
    requestId: `request-${++made}`,
    paymentId: id,
    amount,
    ...more,
  });
  return {
    clock,
    refund,
    money: () => bank.moneyOf(id),
    kept: () => JSON.stringify([...pc.disk.actions.values(), ...pc.disk.activity]),
    settle: (note: string) => ask(({ handlers }) => handlers.settle({ actionId: 'of nobody', verdict: 'happened', note })),
    sent: () => [...journal.sent.values()].flat().length,
    submit: (...requests: ActionRequest[]) => ask(({ handlers }) => handlers.submit({ requests })),
    save: (patch: Partial<Settings>) => ask(({ handlers }) => handlers.saveSettings(patch)),
    async pullCable() {
      pc.lineDown = 'no-line';
      await clock.run(MINUTE_MS);
    },
    /** What is sent is swallowed: every request times out, and nothing says that the line is down. */
    async swallow(forMs: number) {
      pc.lineDown = 'lost-before';
      await clock.run(forMs);
    },
    setPcClock(aheadMs: number) {
      pc.aheadMs = aheadMs;
    },
    async plugIn() {
      pc.lineDown = null;
      await clock.run(2 * MINUTE_MS);
    },
    async view() {
      const snapshot = await ask(({ handlers }) => handlers.getSnapshot(undefined));
      const found = snapshot.ok ? snapshot.value.payments.find((payment) => payment.id === id) : undefined;
      if (!found) throw new Error('expected the payment on the list');
      return found;
    },
  };
}

describe('a refund without the line', () => {
  test('is not accepted unless the shop says so', async () => {
    const { pullCable, plugIn, submit, refund, view, money } = await atTheTill();
    await pullCable();
    expect((await view()).moves.refund).toMatchObject({ open: false, code: 'offline', reason: expect.stringContaining('settings') });
    expect(await submit(refund(500))).toMatchObject({ ok: false, error: { code: 'move-closed' } });
    await plugIn();
    expect(money().refunds).toBe(0);
    expect((await view()).moves.refund).toMatchObject({ open: true, maxMinor: 2000 });
  });

  test('waits, and is sent when the line is back, even if the shop switched it off meanwhile', async () => {
    const { pullCable, plugIn, save, submit, refund, view, money, sent } = await atTheTill();
    await save({ offlineRefunds: true, offlineRefundMaxMinor: 800 });
    await pullCable();
    expect((await view()).moves.refund).toMatchObject({ open: true, maxMinor: 800 });
    expect(await submit(refund(801))).toMatchObject({ ok: false, error: { code: 'amount' } });
    expect(await submit(refund(800))).toMatchObject({ ok: true });
    expect((await view()).moves.refund).toMatchObject({ open: false, code: 'offline' });
    await save({ offlineRefunds: false });
    expect(sent()).toBe(0);
    await plugIn();
    expect(money()).toMatchObject({ refunds: 1, refundedMinor: 800 });
    expect(sent()).toBe(1);
  });
});

describe('an API key in a note', () => {
  const refused = (field: string) => ({ ok: false, error: { code: 'bad-input', message: 'This looks like an API key. Nothing was saved.', field } });

  test.each([{ reason: 'sk_prod_abcd1234' }, { notes: 'Asked for it: sk_test_abcd1234.' }])(
    'of a refund is refused with all that came with it: %j',
    async (more) => {
      const { submit, refund, sent, kept } = await atTheTill();
      expect(await submit(refund(500), refund(300, more))).toMatchObject(refused('requests.1'));
      expect(sent()).toBe(0);
      expect(kept()).not.toContain('sk_');
    },
  );

  test('of what a person settles is refused before anything is looked at', async () => {
    const { settle } = await atTheTill();
    expect(await settle('By key sk_sandbox_abcd1234')).toMatchObject(refused('note'));
    expect(await settle('By asking')).toMatchObject({ ok: false, error: { code: 'unknown-action' } });
  });
});

describe('a refund while Dojo has been silent for minutes', () => {
  test('is one without the line: nobody can see what was given back elsewhere', async () => {
    const { swallow, plugIn, save, submit, refund, view, money } = await atTheTill();
    await swallow(5 * MINUTE_MS);
    expect((await view()).moves.refund).toMatchObject({ open: false, code: 'offline' });
    expect(await submit(refund(500))).toMatchObject({ ok: false, error: { code: 'move-closed' } });
    await save({ offlineRefunds: true, offlineRefundMaxMinor: 800 });
    expect(await submit(refund(801))).toMatchObject({ ok: false, error: { code: 'amount' } });
    await plugIn();
    expect(money().refunds).toBe(0);
    expect((await view()).moves.refund).toMatchObject({ open: true, maxMinor: 2000 });
  });
});

describe('a second refund', () => {
  test('is asked about also where the clock was put right in between', async () => {
    const { clock, pullCable, plugIn, save, submit, refund, setPcClock } = await atTheTill();
    await save({ offlineRefunds: true });
    await pullCable();
    setPcClock(-60 * MINUTE_MS);
    expect(await submit(refund(500))).toMatchObject({ ok: true });
    await plugIn(); // Dojo’s date is heard: the till’s clock jumps an hour ahead
    await clock.run(MINUTE_MS);
    expect(await submit(refund(500))).toMatchObject({ ok: false, error: { code: 'second-refund' } });
  });

  test('within ten minutes moves nothing until it is confirmed as one, and then goes out once', async () => {
    const { clock, submit, refund, view, money } = await atTheTill();
    await submit(refund(500));
    await clock.run(MINUTE_MS);
    expect((await view()).moves.refund).toMatchObject({ open: true, recent: { amountMinor: 500 } });
    const second = refund(500);
    expect(await submit(second)).toMatchObject({ ok: false, error: { code: 'second-refund' } });
    await clock.run(MINUTE_MS);
    expect(money()).toMatchObject({ refunds: 1, refundedMinor: 500 });
    const confirmed = { ...second, again: true } as ActionRequest;
    expect(await submit(confirmed)).toMatchObject({ ok: true });
    expect(await submit(second)).toMatchObject({ ok: true }); // the same decision, heard twice
    await clock.run(MINUTE_MS);
    expect(money()).toMatchObject({ refunds: 2, refundedMinor: 1000 });
  });

  test('after ten minutes is a refund like any other, on the screen as well', async () => {
    const { clock, submit, refund, view, money } = await atTheTill();
    await submit(refund(500));
    await clock.run(11 * MINUTE_MS);
    expect((await view()).moves.refund).toMatchObject({ open: true, recent: null });
    expect(await submit(refund(500))).toMatchObject({ ok: true });
    await clock.run(MINUTE_MS);
    expect(money().refundedMinor).toBe(1000);
  });
});
