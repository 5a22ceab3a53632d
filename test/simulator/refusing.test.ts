import { describe, expect, it } from 'vitest';
import type { RequestMatch } from '../../main/simulator/match.ts';
import { aHold, aSale, DAY_MS, HOUR_MS, NOON_MS } from './a-bank.ts';
import { aFace } from './a-face.ts';

/** Two holds and a sale, and everything a till asks of them. */
function aShop() {
  const made = aFace();
  const [hold, other, sale] = [made.add(aHold({ tipsAllowed: true })), made.add(aHold()), made.add(aSale())];
  const asked = {
    'take the hold': () => made.ask('POST', `/payment-intents/${hold}/captures`, { amount: 100 }),
    'take the other': () => made.ask('POST', `/payment-intents/${other}/captures`, { amount: 100 }),
    'refund the sale': () => made.ask('POST', `/payment-intents/${sale}/refunds`, { amount: 100 }, { idempotencyKey: `k${made.face.journal().length}` }),
    'read the hold': () => made.ask('GET', `/payment-intents/${hold}`),
    'read the other': () => made.ask('GET', `/payment-intents/${other}`),
    search: () => made.ask('POST', '/payment-intents/search', {}),
  };
  const statuses = () => Object.fromEntries(Object.entries(asked).map(([name, ask]) => [name, ask().status]));
  const moved = () => [hold, other, sale].map((id) => made.bank.moneyOf(id)).reduce((sum, { captures, refunds }) => sum + captures + refunds, 0);
  return { ...made, hold, other, sale, asked, statuses, moved };
}

const clean = { 'take the hold': 200, 'take the other': 200, 'refund the sale': 200, 'read the hold': 200, 'read the other': 200, search: 200 };

describe('Dojo refuses until it is mended', () => {
  it.each<{ what: string; match: (shop: ReturnType<typeof aShop>) => RequestMatch; refused: readonly string[] }>([
    { what: 'one payment', match: ({ hold }) => ({ paymentId: hold }), refused: ['take the hold', 'read the hold'] },
    { what: 'the moves of one payment', match: ({ hold }) => ({ paymentId: hold, movesMoney: true }), refused: ['take the hold'] },
    { what: 'the reading of one payment', match: ({ hold }) => ({ paymentId: hold, operation: 'read' }), refused: ['read the hold'] },
    { what: 'one operation', match: () => ({ operation: 'capture' }), refused: ['take the hold', 'take the other'] },
    { what: 'every move', match: () => ({ movesMoney: true }), refused: ['take the hold', 'take the other', 'refund the sale'] },
    { what: 'every reading', match: () => ({ operation: ['read', 'search'] }), refused: ['read the hold', 'read the other', 'search'] },
    { what: 'everything', match: () => ({}), refused: Object.keys(clean) },
  ])('$what, however often it is asked', ({ match, refused }) => {
    for (const status of [400, 401, 403, 404, 429] as const) {
      const shop = aShop();
      shop.bank.setSwitches({ refusing: [{ status, match: match(shop) }] });
      const wanted = { ...clean, ...Object.fromEntries(refused.map((name) => [name, status])) };
      expect(shop.statuses()).toEqual(wanted);
      expect(shop.statuses()).toEqual(wanted);
      expect(shop.moved()).toBe(2 * Object.entries(wanted).filter(([name, said]) => said === 200 && /take|refund/.test(name)).length);
      shop.bank.setSwitches({ refusing: [] });
      expect(shop.statuses()).toEqual(clean);
    }
  });

  it('with the problem details of Dojo, and a trace id', () => {
    const shop = aShop();
    shop.bank.setSwitches({ refusing: [{ status: 403 }] });
    expect(shop.asked.search().json).toMatchObject({
      status: 403,
      title: 'Forbidden',
      detail: expect.any(String),
      extensions: { traceId: expect.any(String) },
    });
  });

  it('for a span of time, and says how long to wait', () => {
    const shop = aShop();
    shop.bank.setSwitches({ refusing: [{ status: 429, retryAfter: 180, fromMs: NOON_MS, untilMs: NOON_MS + HOUR_MS }] });
    expect(shop.asked.search()).toMatchObject({ status: 429, headers: { 'retry-after': '180' } });
    shop.time.nowMs = NOON_MS + HOUR_MS - 1;
    expect(shop.statuses()).toEqual(Object.fromEntries(Object.keys(clean).map((name) => [name, 429])));
    shop.time.nowMs = NOON_MS + HOUR_MS;
    expect(shop.statuses()).toEqual(clean);
    shop.time.nowMs = NOON_MS - 1;
    expect(shop.asked.search()).toMatchObject({ status: 200, headers: expect.not.objectContaining({ 'retry-after': expect.anything() }) });
  });

  it('or says a date to wait for', () => {
    const shop = aShop();
    const until = new Date(NOON_MS + DAY_MS).toUTCString();
    shop.bank.setSwitches({ refusing: [{ status: 503, retryAfter: until }] });
    expect(shop.asked.search()).toMatchObject({ status: 503, headers: { 'retry-after': until } });
  });

  it('though it was done', () => {
    const shop = aShop();
    shop.bank.setSwitches({ refusing: [{ status: 429, afterCommit: true, match: { operation: 'capture' } }] });
    expect(shop.asked['take the hold']().status).toBe(429);
    expect(shop.bank.moneyOf(shop.hold).captures).toBe(1);
    expect(shop.face.journal().at(-1)).toMatchObject({ committed: true, status: 429 });
  });

  it('one API version only', () => {
    const shop = aShop();
    shop.bank.setSwitches({ refusing: [{ status: 400, match: { version: '2026-02-27' } }] });
    expect(shop.asked.search().status).toBe(400);
    expect(shop.ask('POST', '/payment-intents/search', {}, { version: '2025-09-10' }).status).toBe(200);
  });

  it('the first of several that fits', () => {
    const shop = aShop();
    shop.bank.setSwitches({ refusing: [{ status: 403, match: { paymentId: shop.hold } }, { status: 401 }] });
    expect([shop.asked['read the hold']().status, shop.asked['read the other']().status]).toEqual([403, 401]);
  });
});
