import { describe, expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import { ruleFor } from '../../main/core/payment/rules.ts';
import { versionOf } from '../../main/core/payment/version.ts';
import { type Action, isKept } from '../../main/core/queue/action.ts';
import { type Deciding, decide } from '../../main/queue/decide.ts';
import type { ActionRequest } from '../../preload/contract.ts';
import { API_VERSION, aCapture, aCase, aHold, anAction, anUnpaid, aPayment, DAY_MS, HOUR_MS, LONDON, MINUTE_MS, NOON_MS } from '../builders.ts';

const bill = anUnpaid({ id: 'pi_test', customAmountAllowed: true, tipsAllowed: true });
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
      expect(submit(refund(500, { requestId: 'first', ...more }))).toEqual({ ok: true, value: { accept: [], found: [], actionIds: [first.id] } });
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

describe('a request', () => {
  test('with the id of another decision is refused whole: the page has made a mistake', () => {
    const first = refunded(HOUR_MS);
    const others = { payment: (id: string) => aPayment({ id }) };
    const { refund, deciding } = atTheCounter({ actions: [first] });
    const error = {
      code: 'request-id-reused',
      message: 'This request was made before with other content. Nothing was accepted; decide again.',
      field: 'requests.1.requestId',
    };
    const again = (changes: Partial<ActionRequest>) =>
      decide([{ ...refund(1), paymentId: 'pi_before' }, { ...refund(500, { requestId: 'first' }), ...changes } as ActionRequest], { ...deciding, ...others });
    expect(again({ paymentId: 'pi_other' })).toEqual({ ok: false, error });
    expect(again({ amount: 501 })).toEqual({ ok: false, error });
    expect(again({})).toMatchObject({ ok: true, value: { actionIds: [expect.any(String), first.id] } });
  });

  test('twice in one batch is one action, and both get its id', () => {
    const { refund, submit } = atTheCounter();
    const once = refund(500, { requestId: 'once' });
    const decided = submit(once, once);
    expect(decided).toMatchObject({ ok: true, value: { accept: [{ requestId: 'once' }] } });
    expect(decided.ok && new Set(decided.value.actionIds)).toEqual(new Set([decided.ok && decided.value.accept[0]?.id]));
    expect(decided.ok && decided.value.actionIds).toHaveLength(2);
    expect(submit(once, { ...once, amount: 501 } as ActionRequest)).toMatchObject({ ok: false, error: { code: 'request-id-reused' } });
  });

  test('about a payment that the till does not know is refused, with what to do', () => {
    const { refund, submit } = atTheCounter();
    expect(submit({ ...refund(1), paymentId: 'pi_gone' })).toEqual({
      ok: false,
      error: { code: 'unknown-payment', message: 'Tillside does not know this payment. Refresh the list and try again.', field: 'requests.0.paymentId' },
    });
  });

  test('of several that is refused says which payment it is about; one alone does not', () => {
    const { refund, submit } = atTheCounter({ payment: aPayment({ id: 'pi_test', reference: 'Table 4' }) });
    const alone = submit(refund(2001));
    expect(alone.ok === false && alone.error.message).not.toContain('Table 4');
    expect(submit(refund(2001), refund(1))).toMatchObject({
      error: { code: 'amount', message: expect.stringMatching(/^Table 4: [A-Z]/), field: 'requests.0.amount' },
    });
    const nameless = atTheCounter({ payment: aPayment({ id: 'pi_test', reference: '' }) });
    expect(nameless.submit(nameless.refund(2001), nameless.refund(1))).toMatchObject({ error: { message: expect.stringMatching(/^A payment: [A-Z]/) } });
  });

  test.each<readonly [string, Partial<ActionRequest>, Payment, string, string]>([
    ['nothing at all', { kind: 'capture', amount: 0 }, aHold({ id: 'pi_test' }), 'amount', 'amount'],
    ['more than is held', { kind: 'capture', amount: 4201 }, aHold({ id: 'pi_test' }), 'amount', 'amount'],
    ['tips where none are allowed', { kind: 'capture', amount: 100, tipsAmount: 100 }, aHold({ id: 'pi_test' }), 'amount', 'tipsAmount'],
    ['a capture of what was paid already', { kind: 'capture', amount: 100 }, aPayment({ id: 'pi_test' }), 'move-closed', 'kind'],
    ['a reversal of a day that is over', { kind: 'reverse' }, aPayment({ id: 'pi_test', paidAtMs: NOON_MS - DAY_MS }), 'move-closed', 'kind'],
  ])('that asks for %s is refused with the code and the field that it is about', (_, changes, payment, code, field) => {
    const request = { requestId: 'r', paymentId: 'pi_test', ...changes } as ActionRequest;
    expect(atTheCounter({ payment }).submit(request)).toMatchObject({
      ok: false,
      error: { code, field: `requests.0.${field}`, message: expect.stringMatching(/./) },
    });
  });

  test.each<readonly [string, Partial<ActionRequest>, Payment, number, object]>([
    ['a sale’s reversal, by its day', { kind: 'reverse' }, aPayment({ id: 'pi_test' }), NOON_MS, { sameDay: { endsAtMs: null }, onlineOnly: undefined }],
    [
      'a reversal of what was paid on one of two days, which is not kept for later',
      { kind: 'reverse' },
      aPayment({ id: 'pi_test', createdAtMs: NOON_MS - DAY_MS, paidAtMs: null, updatedAtMs: NOON_MS, unpaidUntilMs: NOON_MS - DAY_MS, firstPaidMs: NOON_MS }),
      NOON_MS,
      { sameDay: { paidByMs: NOON_MS }, onlineOnly: true },
    ],
    [
      'a release of a hold of an earlier day, which no midnight ends',
      { kind: 'reverse' },
      aHold({ id: 'pi_test', createdAtMs: NOON_MS - DAY_MS, paidAtMs: NOON_MS - DAY_MS }),
      NOON_MS,
      { sameDay: undefined, onlineOnly: undefined },
    ],
    ['a capture', { kind: 'capture', amount: 100 }, aHold({ id: 'pi_test' }), NOON_MS, { sameDay: undefined, onlineOnly: undefined }],
    [
      'a refund, though the shop keeps none without a connection',
      { kind: 'refund', amount: 100 },
      aPayment({ id: 'pi_test' }),
      NOON_MS,
      { sameDay: undefined, onlineOnly: undefined },
    ],
    ['a change of the amount', { kind: 'setAmount', amount: 100 }, bill, NOON_MS, { onlineOnly: undefined }],
    ['a change of the tips', { kind: 'setTips', amount: 100 }, bill, NOON_MS, { onlineOnly: undefined }],
    ['a cancellation', { kind: 'cancel' }, bill, NOON_MS, { onlineOnly: undefined }],
  ])('that is accepted keeps what its deadline hangs on, and whether it may wait: %s', (_, changes, payment, nowMs, kept) => {
    const decided = atTheCounter({ payment, nowMs }).submit({ requestId: 'r', paymentId: 'pi_test', ...changes } as ActionRequest);
    const action = decided.ok ? decided.value.accept[0] : undefined;
    expect({ sameDay: action?.sameDay, onlineOnly: action?.onlineOnly, ok: decided.ok }).toMatchObject({ ...kept, ok: true });
    expect(action && 'sameDay' in action).toBe('sameDay' in kept && kept.sameDay !== undefined);
    // The page says of it before the decision what the queue does after it.
    const rule = ruleFor(changes.kind ?? 'capture', aCase({ payment, nowMs }));
    expect(rule.open && (rule.notKept ?? false)).toBe(action && !isKept(action));
  });

  test('that is accepted keeps the run it belongs to, its order, and what was known of the payment by Dojo’s own date', () => {
    const payment = aHold({ id: 'pi_test', updatedAtMs: NOON_MS - 3 * MINUTE_MS });
    const { submit } = atTheCounter({ payment });
    const capture = (requestId: string, runId?: string): ActionRequest => ({
      kind: 'capture',
      requestId,
      paymentId: 'pi_test',
      amount: 100,
      ...(runId && { runId }),
    });
    const decided = submit(capture('a', 'run-1'), capture('b'));
    expect(decided).toMatchObject({
      ok: true,
      value: {
        actionIds: ['uuid-1', 'uuid-3'],
        accept: [
          { id: 'uuid-1', idempotencyKey: 'uuid-2', seq: 100, runId: 'run-1', decidedOn: { status: 'Authorized', readAtMs: payment.updatedAtMs } },
          { id: 'uuid-3', idempotencyKey: 'uuid-4', seq: 101, runId: null },
        ],
      },
    });
    expect(decided.ok && decided.value.accept[0]?.move).toEqual({ kind: 'capture', amount: 100 });
  });
});

test.each([
  [0, 'just now'],
  [MINUTE_MS - 1, 'just now'],
  [MINUTE_MS, 'a minute ago'],
  [2 * MINUTE_MS - 1, 'a minute ago'],
  [2 * MINUTE_MS, '2 minutes ago'],
])('a refund %i ms ago was decided or sent %s', (agoMs, said) => {
  const { refund, submit } = atTheCounter({ actions: [refunded(agoMs)] });
  expect(submit(refund(500))).toMatchObject({ error: { message: `A refund of £5.00 was decided or sent ${said}. Nothing was accepted.` } });
});

test('a capture soon after a refund asks for nothing of its own', () => {
  const recent = refunded(MINUTE_MS, { paymentId: 'pi_test' });
  const { submit } = atTheCounter({ payment: aHold({ id: 'pi_test' }), actions: [recent] });
  const decided = submit({ kind: 'capture', requestId: 'r', paymentId: 'pi_test', amount: 100 });
  expect(decided.ok ? null : decided.error.code).not.toBe('second-refund');
});

describe('a decision on a payment that the till knows more of by now than the person saw', () => {
  const hold = aHold({ id: 'pi_test', amountMinor: 10_000 });
  const capture = (amount: number, more: Partial<ActionRequest> = {}): ActionRequest => ({
    kind: 'capture',
    requestId: 'part',
    paymentId: 'pi_test',
    amount,
    seenVersion: versionOf(hold),
    ...(more as object),
  });
  /** Another till has captured £30.00 of the £100.00 since. */
  const changed = { ...hold, captures: [aCapture({ id: 'theirs', amountMinor: 3_000 })] };

  test('is refused, though the part still fits', () => {
    const { submit } = atTheCounter({ payment: changed });
    expect(submit(capture(3_000))).toEqual({
      ok: false,
      error: { code: 'not-possible', message: 'Dojo shows something new.', next: 'Look at it again, then decide.', field: 'requests.0.seenVersion' },
    });
  });

  test('is accepted once they have seen that, also under the same request id, and what is kept does not carry what was seen', () => {
    const { submit } = atTheCounter({ payment: changed });
    const decided = submit(capture(3_000, { seenVersion: versionOf(changed) }));
    expect(decided.ok && decided.value.accept.map(({ move }) => move)).toEqual([{ kind: 'capture', amount: 3_000 }]);
  });

  test('is told why where it is no longer possible at all', () => {
    const { submit } = atTheCounter({ payment: changed });
    expect(submit(capture(9_000))).toMatchObject({ ok: false, error: { code: 'amount' } });
  });

  test('stays accepted where it was before: the same request later is the same decision', () => {
    const { submit } = atTheCounter({ payment: changed, actions: [anAction({ id: 'action-1', requestId: 'part', move: { kind: 'capture', amount: 3_000 } })] });
    expect(submit(capture(3_000))).toMatchObject({ ok: true, value: { accept: [], actionIds: ['action-1'] } });
  });

  test('is named in a batch, and stops all of it', () => {
    const { submit } = atTheCounter({ payment: { ...changed, reference: 'Table 4' } });
    expect(submit(capture(3_000, { seenVersion: versionOf(changed) }), capture(100, { requestId: 'other' }))).toMatchObject({
      ok: false,
      error: { message: 'Table 4: Dojo shows something new.', field: 'requests.1.seenVersion' },
    });
  });
});
