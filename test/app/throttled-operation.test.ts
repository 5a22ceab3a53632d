import { expect, test } from 'vitest';
import { NOON_MS, startShop } from '../a-shop.ts';

const MINUTE_MS = 60_000;
const COUNT = 40;

/** Forty holds to capture, all decided at once; Dojo answers 429 to captures, without saying for how long, and everything else well. */
async function throttled() {
  const posts: number[] = [];
  const lists: number[] = [];
  let isThrottled = true;
  const hold = (id: string) => ({ id, amountMinor: 2000, createdAtMs: NOON_MS - MINUTE_MS, captureMode: 'Manual' as const });
  const holds = Array.from({ length: COUNT }, (_, nth) => `pi_${nth}`);
  const shop = await startShop({
    payments: [...holds.map(hold), { id: 'pi_sale', amountMinor: 2000, createdAtMs: NOON_MS - MINUTE_MS, paidAtMs: NOON_MS - MINUTE_MS }],
    line: (http) => ({
      async request(request) {
        if (request.url.includes('/search')) lists.push(shop.clock.nowMs());
        if (!request.url.endsWith('/captures')) return http.request(request);
        posts.push(shop.clock.nowMs());
        if (!isThrottled) return http.request(request);
        const headers = { 'content-type': 'application/problem+json' };
        return { kind: 'answered', status: 429, headers, body: '{"title":"Too many requests","status":429}' };
      },
    }),
  });
  await shop.clock.run(MINUTE_MS);
  const requests = holds.map((paymentId) => ({ kind: 'capture', requestId: paymentId, paymentId, amount: 2000 }));
  expect(await shop.call('submit', { requests })).toMatchObject({ ok: true });
  const fromMs = shop.clock.nowMs();
  const inMinute = (ofMs: readonly number[], nth: number) => ofMs.filter((ms) => Math.floor((ms - fromMs) / MINUTE_MS) === nth).length;
  return {
    ...shop,
    postsIn: (nth: number) => inMinute(posts, nth),
    listsIn: (nth: number) => inMinute(lists, nth),
    ends() {
      isThrottled = false;
    },
  };
}

test('captures that Dojo answers 429 are asked for ever more rarely, however many wait; lists and refunds go on, and the first yes lets all go', async () => {
  const shop = await throttled();
  await shop.clock.run(20 * MINUTE_MS);
  expect(shop.postsIn(0)).toBeLessThan(15);
  for (let minute = 1; minute < 20; minute += 1) {
    expect(shop.postsIn(minute)).toBeGreaterThan(0);
    expect(shop.postsIn(minute)).toBeLessThan(6);
    expect(shop.listsIn(minute)).toBeGreaterThan(3);
  }
  const { connection, actions } = await shop.look();
  // The key may do it: nothing is forbidden.
  expect(connection).toMatchObject({ line: 'live', stoppedOperations: [], askedToWaitUntilMs: null, askedToWaitWith: ['capture'] });
  expect(new Set(actions.map(({ state }) => state))).toEqual(new Set(['waiting']));
  expect(await shop.call('submit', { requests: [{ kind: 'refund', requestId: 'r', paymentId: 'pi_sale', amount: 500 }] })).toMatchObject({ ok: true });
  await shop.clock.run(10_000);
  expect(shop.bank.moneyOf('pi_sale').refundedMinor).toBe(500);
  shop.ends();
  await shop.clock.run(MINUTE_MS);
  const states = (await shop.look()).actions.map(({ state }) => state);
  expect(states).toEqual(Array.from({ length: COUNT + 1 }, () => 'done'));
  expect((await shop.look()).connection.askedToWaitWith).toEqual([]);
});
