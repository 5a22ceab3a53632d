import { describe, expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import { type Deciding, decide } from '../../main/queue/decide.ts';
import type { ActionRequest } from '../../preload/contract.ts';
import { API_VERSION, aHold, anAction, aPayment, DAY_MS, HOUR_MS, LONDON, MINUTE_MS, NOON_MS } from '../builders.ts';

const TEN_MINUTES_MS = 10 * MINUTE_MS;

/** A sale of £20.00, what was done to it here, and a person who decides at noon. */
function atTheCounter({
  payment = aPayment({ id: 'pi_test' }),
  actions = [] as readonly Action[],
  ...setting
}: Partial<Deciding['setting']> & Partial<Known> = {}) {
  let made = 0;
  const deciding: Deciding = {
    accountId: 'acc_1',
    payment: (id) => (id === payment.id ? payment : null),
    actionsOn: () => actions,
    isUnreadable: () => false,
    findRequest: (requestId) => actions.find((action) => action.requestId === requestId) ?? null,
    setting: { nowMs: NOON_MS, zone: LONDON, online: true, apiVersion: API_VERSION, offlineRefundMaxMinor: null, ...setting },
    nextSeq: () => 100,
    uuid: () => `uuid-${++made}`,
  };
  const refund = (amount: number, more: Partial<Extract<ActionRequest, { kind: 'refund' }>> = {}): ActionRequest => ({
    kind: 'refund',
    requestId: `request-${++made}`,
    paymentId: payment.id,
    amount,
    ...more,
  });
  return { payment, refund, deciding, submit: (...requests: ActionRequest[]) => decide(requests, deciding) };
}
type Known = { payment: Payment; actions: readonly Action[] };

/** A refund of £5.00 of it, decided this long before noon. */
const refunded = (agoMs: number, changes: Partial<Action> = {}) =>
  anAction({ move: { kind: 'refund', amount: 500 }, requestId: 'first', acceptedAtMs: NOON_MS - agoMs, state: 'done', ...changes });

describe('a second refund of a payment', () => {
  test('within ten minutes is refused and asks for a confirmation of its own', () => {
    const { refund, submit } = atTheCounter({ actions: [refunded(3 * MINUTE_MS)] });
    expect(submit(refund(500))).toMatchObject({
      ok: false,
      error: { code: 'second-refund', field: 'requests.0.again', message: 'A refund of £5.00 was decided or sent 3 minutes ago. Nothing was accepted.' },
    });
    expect(submit(refund(500, { again: false }))).toMatchObject({ ok: false, error: { code: 'second-refund' } });
  });

  test('asks also where the first waited for the line and went out a moment ago', () => {
    const late = refunded(HOUR_MS, { firstSentAtMs: NOON_MS - 2 * MINUTE_MS });
    const { refund, submit } = atTheCounter({ actions: [late] });
    expect(submit(refund(500))).toMatchObject({ ok: false, error: { code: 'second-refund', message: expect.stringContaining('2 minutes ago') } });
    const long = refunded(HOUR_MS, { firstSentAtMs: NOON_MS - 10 * MINUTE_MS });
    const after = atTheCounter({ actions: [long] });
    expect(after.submit(after.refund(500))).toMatchObject({ ok: true });
  });

  test('is accepted where the person said so, and what is kept does not carry that', () => {
    const { refund, submit } = atTheCounter({ actions: [refunded(3 * MINUTE_MS)] });
    const decided = submit(refund(500, { again: true, reason: 'Spilt' }));
    expect(decided).toMatchObject({ ok: true, value: { accept: [{ state: 'waiting' }] } });
    expect(decided.ok && decided.value.accept[0]?.move).toEqual({ kind: 'refund', amount: 500, reason: 'Spilt' });
  });

  test.each(['waiting', 'sending', 'checking', 'done', 'needsPerson'] as const)('asks where the first is %s', (state) => {
    const { refund, submit } = atTheCounter({ actions: [refunded(0, { state })] });
    expect(submit(refund(1))).toMatchObject({ ok: false, error: { code: 'second-refund' } });
  });

  test.each(['withdrawn', 'refused', 'expired'] as const)('does not ask where the first is %s: it gave nothing back', (state) => {
    const { refund, submit } = atTheCounter({ actions: [refunded(0, { state })] });
    expect(submit(refund(1))).toMatchObject({ ok: true });
  });

  test('asks until ten minutes have passed, and not from then on', () => {
    const before = atTheCounter({ actions: [refunded(TEN_MINUTES_MS - 1)] });
    expect(before.submit(before.refund(1))).toMatchObject({ ok: false, error: { code: 'second-refund' } });
    const after = atTheCounter({ actions: [refunded(TEN_MINUTES_MS)] });
    expect(after.submit(after.refund(1))).toMatchObject({ ok: true });
  });

  test('does not ask after a take, nor after a refund of another payment', () => {
    const { refund, submit } = atTheCounter();
    expect(submit(refund(500))).toMatchObject({ ok: true });
    const other = aPayment();
    const batch = atTheCounter();
    const decided = decide([batch.refund(500), { ...batch.refund(500), paymentId: other.id }], {
      ...batch.deciding,
      payment: (id) => (id === other.id ? other : batch.payment),
    });
    expect(decided).toMatchObject({ ok: true });
  });

  test('asks within one batch too, and then accepts nothing of it', () => {
    const { refund, submit } = atTheCounter();
    expect(submit(refund(500), refund(500))).toMatchObject({ ok: false, error: { code: 'second-refund', field: 'requests.1.again' } });
    const both = submit(refund(500), refund(500, { again: true }));
    expect(both).toMatchObject({ ok: true, value: { accept: [{}, {}] } });
  });

  test('the same requestId again is the same refund and never asks, whatever it says of `again`', () => {
    const first = refunded(MINUTE_MS);
    const { refund, submit } = atTheCounter({ actions: [first] });
    for (const more of [{}, { again: true }, { again: false }])
      expect(submit(refund(500, { requestId: 'first', ...more }))).toEqual({ ok: true, value: { accept: [], actionIds: [first.id] } });
  });

  test('that is too much is refused for its amount first: a yes would not help', () => {
    const { refund, submit } = atTheCounter({ actions: [refunded(MINUTE_MS)] });
    expect(submit(refund(1501))).toMatchObject({ ok: false, error: { code: 'amount' } });
  });
});

describe('a refund without the line', () => {
  test('is refused while the shop has not switched it on, and the reason names the setting', () => {
    const { refund, submit } = atTheCounter({ online: false });
    expect(submit(refund(1))).toMatchObject({ ok: false, error: { code: 'move-closed', message: expect.stringMatching(/settings/) } });
  });

  test('is accepted up to the cap, and not a penny above it', () => {
    const { refund, submit } = atTheCounter({ online: false, offlineRefundMaxMinor: 800 });
    expect(submit(refund(800))).toMatchObject({ ok: true });
    expect(submit(refund(801))).toMatchObject({ ok: false, error: { code: 'amount', message: expect.stringContaining('£8.00') } });
  });

  test('counts what waits already against the cap, in the same batch too', () => {
    const waiting = refunded(HOUR_MS, { state: 'waiting' });
    const { refund, submit } = atTheCounter({ online: false, offlineRefundMaxMinor: 800, actions: [waiting] });
    expect(submit(refund(301))).toMatchObject({ ok: false, error: { code: 'amount', message: expect.stringContaining('£3.00') } });
    expect(submit(refund(300), refund(1, { again: true }))).toMatchObject({ ok: false, error: { code: 'move-closed', field: 'requests.1.kind' } });
  });

  test('never passes what is left, whatever the cap', () => {
    const { refund, submit } = atTheCounter({ online: false, offlineRefundMaxMinor: 100_000 });
    expect(submit(refund(2001))).toMatchObject({ ok: false, error: { code: 'amount', message: expect.stringContaining('£20.00') } });
  });

  test('takes nothing from what is possible with the line', () => {
    const { refund, submit } = atTheCounter({ online: true, offlineRefundMaxMinor: 100 });
    expect(submit(refund(2000))).toMatchObject({ ok: true });
  });

  test('leaves takes and undos as they are', () => {
    const hold = atTheCounter({ online: false, payment: aHold() });
    expect(hold.submit({ kind: 'capture', requestId: 'r', paymentId: hold.payment.id, amount: 4200 })).toMatchObject({ ok: true });
    const sale = atTheCounter({ online: false });
    expect(sale.submit({ kind: 'reverse', requestId: 'r', paymentId: sale.payment.id })).toMatchObject({ ok: true });
    const yesterday = atTheCounter({ online: false, payment: aPayment({ createdAtMs: NOON_MS - DAY_MS, paidAtMs: NOON_MS - DAY_MS }) });
    expect(yesterday.submit({ kind: 'reverse', requestId: 'r', paymentId: yesterday.payment.id })).toMatchObject({ ok: false, error: { code: 'move-closed' } });
  });
});
