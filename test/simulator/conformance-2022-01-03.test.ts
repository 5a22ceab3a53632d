import { describe, expect, it } from 'vitest';
import type { Move } from '../../main/core/queue/action.ts';
import { type MovedPayment, requestOf } from '../../main/dojo/request.ts';
import { takenIn } from '../../main/dojo/success-answer.ts';
import { aHold, anUnpaid, aSale, SETTLED_MS } from './a-bank.ts';
import { aFace } from './a-face.ts';

/** There is no specification of 2022-01-03: what is known of it is what its guides say and show. */
const VERSION = '2022-01-03';

/** Requests by the guides: the operation’s own line, and the fields it names. */
const REQUESTS: readonly (readonly [guide: string, move: Move, method: string, path: string, json: unknown])[] = [
  ['Capture a payment', { kind: 'capture', amount: 1000 }, 'POST', '/payment-intents/pi_1/captures', { amount: 1000 }],
  ['Reverse a payment', { kind: 'reverse' }, 'POST', '/payment-intents/pi_1/reversal', undefined],
];

/** Answers by the guides: each field, and what it looks like. */
const ANSWERS = {
  'Capture a payment': { status: /^Created$/, message: /^collect payment for the order .+$/, captureId: /^[0-9]+$/ },
  'Reverse a payment': { message: /^reverse for the order .+$/, reversalId: /^rvs_[A-Za-z0-9_-]+$/ },
} as const;

/** What the guide's table of capture statuses says of each. */
const CAPTURE_STATUSES = [
  ['Created', true],
  ['Successful', true],
  ['Failed', false],
] as const;

const payment: MovedPayment = { id: 'pi_1', currency: 'GBP' };

describe('version 2022-01-03, by its guides', () => {
  it.each(REQUESTS)('%s: the till asks as the guide says', (_, move, method, path, json) => {
    expect(requestOf(move, payment, 'key-1', VERSION)).toEqual({ ok: true, value: { method, path, json } });
  });

  it('the till asks for no tips, which the guide does not know', () => {
    expect(requestOf({ kind: 'capture', amount: 1000, tipsAmount: 50 }, payment, 'key-1', VERSION)).toMatchObject({ ok: false, error: { cause: 'no-tips' } });
    expect(requestOf({ kind: 'setTips', amount: 50 }, payment, 'key-1', VERSION)).toMatchObject({ ok: false, error: { cause: 'no-tips-amount' } });
  });

  it('the training Dojo answers with the fields of the guide, and no others', () => {
    const { ask, add } = aFace({}, VERSION);
    const answers = {
      'Capture a payment': ask('POST', `/payment-intents/${add(aHold())}/captures`, { amount: 1000 }),
      'Reverse a payment': ask('POST', `/payment-intents/${add(aSale())}/reversal`),
    };
    for (const guide of ['Capture a payment', 'Reverse a payment'] as const) {
      const { status, json } = answers[guide];
      expect([guide, status, Object.keys(json)]).toEqual([guide, 200, Object.keys(ANSWERS[guide])]);
      for (const [field, shape] of Object.entries(ANSWERS[guide])) expect(json[field]).toMatch(shape);
    }
  });

  it('the training Dojo takes the address of the guide’s sample as well as that of its text', () => {
    const { ask, add, bank } = aFace({}, VERSION);
    const id = add(aHold());
    expect(ask('POST', `/api/payment-intents/${id}/captures`, { amount: 1000 }).status).toBe(200);
    expect(ask('POST', `/payment-intents/${id}/captures`, { amount: 1000 }).status).toBe(200);
    expect(bank.moneyOf(id).captures).toBe(2);
  });

  it('the training Dojo knows nothing of what came later', () => {
    const { ask, add, time } = aFace({}, VERSION);
    const [hold, request] = [add(aHold({ tipsAllowed: true })), add(anUnpaid({ tipsAllowed: true }))];
    expect(ask('POST', `/payment-intents/${hold}/captures`, { amount: 1000, tipsAmount: 50 }).status).toBe(400);
    expect(ask('POST', `/payment-intents/${request}/tips-amount`, { tipsAmount: { value: 50, currencyCode: 'GBP' } }).status).toBe(404);
    ask('POST', `/payment-intents/${hold}/captures`, { amount: 1000 });
    time.nowMs += SETTLED_MS;
    expect(ask('GET', `/payment-intents/${hold}`).json).not.toHaveProperty('captures');
    ask('DELETE', `/payment-intents/${request}`);
    expect(ask('GET', `/payment-intents/${request}?returnCanceled=true`).status).toBe(404);
  });

  it('the operations that the guides name beside these are there', () => {
    const { ask, add } = aFace({}, VERSION);
    const [sale, request] = [add(aSale()), add(anUnpaid({ customAmountAllowed: true }))];
    expect(ask('GET', `/payment-intents/${sale}`).status).toBe(200);
    expect(ask('POST', `/payment-intents/${sale}/receipt`, { emails: ['guest@example.com'] }).status).toBe(204);
    expect(ask('POST', `/payment-intents/${sale}/refunds`, { amount: 100 }, { idempotencyKey: 'k1' }).status).toBe(200);
    expect(ask('POST', `/payment-intents/${request}/amount`, { amount: { value: 3500, currencyCode: 'GBP' } }).status).toBe(200);
    expect(ask('DELETE', `/payment-intents/${request}`).status).toBe(200);
  });

  it.each(CAPTURE_STATUSES)('a capture answered %s was taken: %s', (status, taken) => {
    const answer = takenIn({ kind: 'capture', amount: 1000 }, 'pi_1', {
      status: 200,
      json: { status, message: 'collect payment for the order 3443', captureId: '5' },
    });
    expect(answer).toMatchObject(taken ? { ok: true, value: { captureId: '5' } } : { ok: false, error: { kind: 'refused' } });
  });
});
