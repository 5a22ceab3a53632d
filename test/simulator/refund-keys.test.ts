import { describe, expect, it } from 'vitest';
import { aSale, HOUR_MS, NOON_MS } from './a-bank.ts';
import { aFace } from './a-face.ts';

const MINUTE_MS = 60_000;

function aRefund(switches = {}, amountMinor = 500) {
  const { ask, add, bank, time } = aFace({ switches });
  const id = add(aSale());
  const send = (atMs = NOON_MS, key = 'k1') => {
    time.nowMs = atMs;
    const { status, json } = ask('POST', `/payment-intents/${id}/refunds`, { amount: amountMinor, refundReason: 'cold soup' }, { idempotencyKey: key });
    return { status, json };
  };
  return { send, refunds: () => bank.moneyOf(id).refunds, bank };
}

describe('a refund that is sent again with its key', () => {
  it('is answered 200 with the same body, and made once', () => {
    const { send, refunds } = aRefund();
    const first = send();
    expect(first.status).toBe(200);
    expect(send(NOON_MS + 23 * HOUR_MS)).toEqual(first);
    expect(refunds()).toBe(1);
  });

  it('refundKeysKeptMs: is made a second time once the key was forgotten', () => {
    const { send, refunds, bank } = aRefund({ refundKeysKeptMs: 10 * MINUTE_MS });
    const first = send();
    expect(send(NOON_MS + 10 * MINUTE_MS - 1)).toEqual(first);
    expect(refunds()).toBe(1);
    const second = send(NOON_MS + 10 * MINUTE_MS);
    expect(second.status).toBe(200);
    expect(second.json.refundId).not.toBe(first.json.refundId);
    expect(refunds()).toBe(2);
    expect(bank.imbalances()).toEqual([]);
  });

  it('refundKeysKeptMs: is answered 400 where the key was forgotten and nothing is left', () => {
    const { send, refunds } = aRefund({ refundKeysKeptMs: MINUTE_MS }, 2000);
    send();
    expect(send(NOON_MS + MINUTE_MS)).toMatchObject({ status: 400, json: { extensions: { errors: expect.anything() } } });
    expect(refunds()).toBe(1);
  });

  it('refundLimitBeforeKey: is answered 400 where nothing is left, though the key is known', () => {
    const { send, refunds } = aRefund({ refundLimitBeforeKey: true }, 2000);
    send();
    expect(send().status).toBe(400);
    const part = aRefund({ refundLimitBeforeKey: true });
    expect(part.send()).toEqual(part.send());
    expect([refunds(), part.refunds()]).toEqual([1, 1]);
  });

  it('refundInProgressMs: is answered 409 while the first is in progress, and 200 after', () => {
    const { send, refunds } = aRefund({ refundInProgressMs: MINUTE_MS });
    const first = send();
    expect(first.status).toBe(200);
    expect(send(NOON_MS + MINUTE_MS - 1).status).toBe(409);
    expect(send(NOON_MS + MINUTE_MS)).toEqual(first);
    expect(refunds()).toBe(1);
    expect(send(NOON_MS + MINUTE_MS, 'k2').status).toBe(200); // another key waits for nothing
  });

  it('repeatedRefund=conflict: is answered 409 for as long as the key is known', () => {
    const { send, refunds } = aRefund({ repeatedRefund: 'conflict', refundKeysKeptMs: MINUTE_MS });
    send();
    expect(send(NOON_MS + MINUTE_MS - 1).status).toBe(409);
    expect(refunds()).toBe(1);
    expect(send(NOON_MS + MINUTE_MS).status).toBe(200);
    expect(refunds()).toBe(2);
  });
});
