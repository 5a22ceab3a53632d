import { describe, expect, test } from 'vitest';
import type { Http, HttpAnswer } from '../../main/ports/http.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Fewer than this in ten minutes: one every half minute, and the quick ones of the beginning. */
const TRIES_IN_TEN_MINUTES = 30;

const json = (status: number, headers: Record<string, string> = {}): HttpAnswer => ({
  kind: 'answered',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ title: 'Trouble', status }),
});
const page = (status: number, headers: Record<string, string> = {}): HttpAnswer => ({
  kind: 'answered',
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: '<html>Blocked</html>',
});
const ANSWERS: readonly (readonly [string, HttpAnswer])[] = [
  ['401', json(401)],
  ['403', json(403)],
  ['429', json(429)],
  ['429 with a wait', json(429, { 'retry-after': '20' })],
  ['500', json(500)],
  ['503 with a wait', json(503, { 'retry-after': '20' })],
  ['a page', page(403)],
  ['a gateway’s page', page(502)],
  ['a page with a wait', page(503, { 'retry-after': '20' })],
  ['cut JSON', { ...json(200), body: '{"id":"pi_0","sta' } as HttpAnswer],
  ['a time-out', { kind: 'broken', cause: 'timeout' }],
  ['a reset', { kind: 'broken', cause: 'ECONNRESET' }],
  ['no connection', { kind: 'not-sent', cause: 'ECONNREFUSED' }],
];
/** Answered so, everybody waits once for as long as was asked: only then it shows that the others are not meant. */
const asksToWait = (name: string) => name.includes('wait');

const hold = (id: string, changes: Partial<NewPayment> = {}): NewPayment => ({
  id,
  reference: `Table ${id}`,
  createdAtMs: NOON_MS - 60 * MINUTE,
  amountMinor: 5_000,
  captureMode: 'Manual',
  ...changes,
});

type Asked = Parameters<Http['request']>[0];
const isReadingOf0 = ({ url, movesMoney }: Asked) => !movesMoney && /\/pi_0(\?|$)/.test(url);
const isMoveOf0 = ({ url, movesMoney }: Asked) => movesMoney && /\/pi_0(\/|\?|$)/.test(url);

/** A shop in which what is asked about `pi_0` is answered so from some moment on, and what it was asked since. */
async function troubled(answer: HttpAnswer, isMeant: (request: Asked) => boolean, options: NonNullable<Parameters<typeof startShop>[0]>) {
  let isOn = false;
  const asked = { itself: 0, lists: 0 };
  const shop = await startShop({
    ...options,
    line: (http) => ({
      async request(request) {
        if (isOn && request.url.includes('/search')) asked.lists += 1;
        if (!isOn || !isMeant(request)) return http.request(request);
        asked.itself += 1;
        return answer;
      },
    }),
  });
  await shop.clock.run(30_000);
  const lines: string[] = [];
  return {
    ...shop,
    asked,
    lines,
    begins() {
      isOn = true;
    },
    ends() {
      isOn = false;
    },
    /** Second by second: what the header says meanwhile. Resolves when it is so, or the time is over: after how many seconds. */
    async pass(ms: number, until: () => Promise<boolean> = async () => false): Promise<number> {
      for (let at = 0; at < ms; at += 1_000) {
        if (await until()) return at;
        await shop.clock.run(1_000);
        const { line } = (await shop.look()).connection;
        if (lines.at(-1) !== line) lines.push(line);
      }
      return ms;
    },
    actionOn: async (id: string) => (await shop.look()).actions.find(({ paymentId }) => paymentId === id),
  };
}

const capture = (paymentId: string) => ({ kind: 'capture' as const, paymentId, amount: 5_000, requestId: `r_${paymentId}` });

describe.each(ANSWERS)('one payment’s reading is answered %s', (name, answer) => {
  test('its capture waits, a person is asked after half an hour, and the others go on', { timeout: 60_000 }, async () => {
    const others = Array.from({ length: 9 }, (_, at) => `pi_${at + 1}`);
    const shop = await troubled(answer, isReadingOf0, { payments: ['pi_0', ...others].map((id) => hold(id)) });
    shop.begins();
    await shop.call('submit', { requests: ['pi_0', ...others].map(capture) });
    const tookMs = await shop.pass(2 * MINUTE, async () => others.every((id) => shop.bank.moneyOf(id).capturedMinor === 5_000));
    expect(tookMs).toBeLessThan(asksToWait(name) ? 30_000 : 10_000);
    await shop.pass(10 * MINUTE - tookMs);
    expect(shop.asked.itself).toBeLessThan(TRIES_IN_TEN_MINUTES);
    expect(shop.asked.lists).toBeLessThan(120);
    expect((await shop.actionOn('pi_0'))?.state).toBe('waiting');
    if (name !== 'no connection') expect(shop.lines).toEqual(['live']);
    await shop.clock.run(18 * MINUTE);
    const waits = await shop.actionOn('pi_0');
    expect(waits?.state).toBe('waiting');
    expect(`${waits?.message} ${waits?.next}`).toContain('Other payments go on');
    await shop.clock.run(4 * MINUTE);
    expect(await shop.actionOn('pi_0')).toMatchObject({ state: 'needsPerson', code: 'not-shown' });
    expect(shop.bank.moneyOf('pi_0').capturedMinor).toBe(0);
  });

  test('it is a hold that left the lists: the till is live, and others are captured', async () => {
    const shop = await troubled(answer, isReadingOf0, { payments: [hold('pi_0', { createdAtMs: NOON_MS - 3 * DAY }), hold('pi_1')] });
    shop.begins();
    shop.bank.capture('acc_training', 'pi_0', { amountMinor: 5_000, tipsMinor: 0 }, shop.clock.nowMs());
    await shop.pass(10 * MINUTE);
    if (name !== 'no connection') expect(shop.lines).toEqual(['live']);
    expect(shop.clock.nowMs() - ((await shop.look()).connection.asOfMs ?? 0)).toBeLessThan(2 * MINUTE);
    await shop.call('submit', { requests: [capture('pi_1')] });
    await shop.clock.run(30_000);
    expect(shop.bank.moneyOf('pi_1').capturedMinor).toBe(5_000);
  });

  test('the lists leave its captures out: the till is live', async () => {
    const shop = await troubled(answer, isReadingOf0, { payments: [hold('pi_0'), hold('pi_1')], bank: { switches: { searchCaptures: 'null' } } });
    shop.begins();
    shop.bank.capture('acc_training', 'pi_0', { amountMinor: 2_000, tipsMinor: 0 }, shop.clock.nowMs());
    await shop.pass(10 * MINUTE);
    if (name !== 'no connection') expect(shop.lines).toEqual(['live']);
  });

  test('its capture is with the bank: the till is live, and follows it when it can be read again', async () => {
    const shop = await troubled(answer, isReadingOf0, { payments: [hold('pi_0')], bank: { switches: { bankAnswersAfterMs: [MINUTE] } } });
    await shop.call('submit', { requests: [capture('pi_0')] });
    await shop.clock.run(2_000);
    shop.begins();
    await shop.pass(10 * MINUTE);
    if (name !== 'no connection') expect(shop.lines).toEqual(['live']);
    expect(shop.asked.itself).toBeLessThan(2 * TRIES_IN_TEN_MINUTES);
    shop.ends();
    await shop.clock.run(10 * MINUTE);
    expect((await shop.look()).payments.find(({ id }) => id === 'pi_0')?.status).toBe('Captured');
  });
});

describe.each(ANSWERS.filter(([name]) => /401|429|connection/.test(name)))('one payment’s capture is answered %s', (name, answer) => {
  test('it waits, a person is asked after half an hour, and the others go on', { timeout: 60_000 }, async () => {
    const others = Array.from({ length: 9 }, (_, at) => `pi_${at + 1}`);
    const shop = await troubled(answer, isMoveOf0, { payments: ['pi_0', ...others].map((id) => hold(id)) });
    shop.begins();
    await shop.call('submit', { requests: ['pi_0', ...others].map(capture) });
    const tookMs = await shop.pass(2 * MINUTE, async () => others.every((id) => shop.bank.moneyOf(id).capturedMinor === 5_000));
    expect(tookMs).toBeLessThan(asksToWait(name) ? 30_000 : 10_000);
    await shop.pass(10 * MINUTE - tookMs);
    expect(shop.asked.itself).toBeLessThan(TRIES_IN_TEN_MINUTES);
    if (name !== 'no connection') expect(shop.lines).toEqual(['live']);
    await shop.clock.run(22 * MINUTE);
    const asks = await shop.actionOn('pi_0');
    expect(asks?.state).toBe('needsPerson');
    expect(asks?.message).toMatch(/for half an hour/);
    expect(shop.bank.moneyOf('pi_0').capturedMinor).toBe(0);
  });
});

test.each(ANSWERS.filter(([name]) => name !== '403'))(
  'everything is answered %s for an hour: nobody is asked, and it goes on by itself',
  { timeout: 60_000 },
  async (_name, answer) => {
    const shop = await troubled(answer, () => true, { payments: [hold('pi_0'), hold('pi_1')] });
    shop.begins();
    await shop.call('submit', { requests: [capture('pi_0'), capture('pi_1')] });
    await shop.clock.run(60 * MINUTE);
    expect((await shop.look()).actions.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    expect((await shop.look()).connection.line).not.toBe('live');
    expect(shop.asked.itself).toBeLessThan(800);
    shop.ends();
    await shop.clock.run(2 * MINUTE);
    expect(['pi_0', 'pi_1'].map((id) => shop.bank.moneyOf(id).capturedMinor)).toEqual([5_000, 5_000]);
  },
);
