import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../main/ports/http.ts';
import type { Standing } from '../../main/simulator/standing.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const MINUTE = 60_000;

/** Forty holds to capture; Dojo answers 401, or as said, to some of the captures or readings, and shows the list. */
async function fortyTakes(refused: Standing['match'], status = 401) {
  const sent: string[] = [];
  const shop = await startShop({
    line: (http) => ({
      request(request) {
        if (request.movesMoney) sent.push(request.url);
        return http.request(request);
      },
    }),
    payments: Array.from({ length: 40 }, (_, at) => ({
      id: `pi_${at}`,
      reference: `Table ${at}`,
      createdAtMs: NOON_MS - 60 * MINUTE,
      amountMinor: 10_000,
      captureMode: 'Manual' as const,
    })),
  });
  await shop.clock.run(5_000);
  shop.bank.setSwitches({ refusing: [{ status, ...(refused && { match: refused }) }] });
  const requests = Array.from({ length: 40 }, (_, at) => ({ kind: 'capture' as const, paymentId: `pi_${at}`, amount: 10_000, requestId: `r${at}` }));
  await shop.call('submit', { requests });
  const lines: string[] = [];
  const actionOn = async (id: string) => (await shop.look()).actions.find(({ paymentId }) => paymentId === id);
  /** Second by second: how many are done, and what the header said meanwhile. */
  async function pass(seconds: number): Promise<number> {
    for (let at = 0; at < seconds; at += 1) {
      await shop.clock.run(1_000);
      const { line } = (await shop.look()).connection;
      if (lines.at(-1) !== line) lines.push(line);
    }
    return (await shop.look()).actions.filter(({ state }) => state === 'done').length;
  }
  return { shop, sent, lines, pass, actionOn };
}

/** Ten captures, of which the first are on their way as the key is revoked: what the header and the bands say, each once it changes. */
async function revokedInARun() {
  const ids = Array.from({ length: 10 }, (_, at) => `pi_${at}`);
  const shop = await startShop({
    payments: ids.map((id) => ({ id, createdAtMs: NOON_MS - 60 * MINUTE, amountMinor: 10_000, captureMode: 'Manual' as const })),
    // Whatever is asked is answered in its turn, a second later.
    line: (http) => ({
      request: (request) => new Promise<HttpAnswer>((resolve) => void shop.clock.after(1_000, () => resolve(http.request(request)))),
    }),
  });
  await shop.clock.run(10_000);
  await shop.call('submit', { requests: ids.map((paymentId) => ({ kind: 'capture' as const, paymentId, amount: 10_000, requestId: paymentId })) });
  await shop.clock.run(1_500);
  expect((await shop.look()).connection.queue.sending).toBeGreaterThan(2);
  shop.bank.setSwitches({ refusing: [{ status: 401 }] });
  const told: object[] = [];
  for (let at = 0; at < 600; at += 1) {
    const { line, stoppedOperations, askedToWaitWith } = (await shop.look()).connection;
    const now = { line, stoppedOperations, askedToWaitWith };
    if (JSON.stringify(now) !== JSON.stringify(told.at(-1))) told.push(now);
    await shop.clock.run(50);
  }
  return { shop, told };
}

test('401 to the captures of one payment holds up none of the other 39, and the header says live all the time', async () => {
  const { sent, lines, pass } = await fortyTakes({ operation: 'capture', paymentId: 'pi_0' });
  expect(await pass(10)).toBe(39);
  await pass(10 * 60);
  expect(sent.filter((url) => url.includes('/pi_0/')).length).toBeLessThan(30);
  expect(lines).toEqual(['live']);
});

test('403 to the capture of one payment ends that one, which is asked of Dojo once; the other 39 go out at once, and captures are not stopped', async () => {
  const { shop, sent, lines, pass, actionOn } = await fortyTakes({ operation: 'capture', paymentId: 'pi_0' }, 403);
  expect(await pass(10)).toBe(39);
  await shop.clock.run(10 * MINUTE);
  expect(sent.filter((url) => url.includes('/pi_0/'))).toHaveLength(1);
  expect(sent).toHaveLength(40);
  expect(await actionOn('pi_0')).toMatchObject({ state: 'refused', keyMayNot: true });
  expect(shop.bank.moneyOf('pi_0').capturedMinor).toBe(0);
  expect((await shop.look()).connection).toMatchObject({ line: 'live', stoppedOperations: [] });
  expect(lines).toEqual(['live']);
});

test('401 to all captures stops captures, with one message and few questions, until Dojo takes them again', async () => {
  const { shop, sent, lines, pass } = await fortyTakes({ operation: 'capture' });
  expect(await pass(10 * 60)).toBe(0);
  expect((await shop.look()).connection).toMatchObject({ line: 'live', stoppedOperations: ['capture'] });
  expect(sent.length).toBeLessThan(50);
  expect(lines).toEqual(['live']);
  shop.bank.setSwitches({ refusing: [] });
  expect(await pass(90)).toBe(40);
  expect((await shop.look()).connection.stoppedOperations).toEqual([]);
});

test('401 to the readings of one payment holds up none of the other 39, and the header says live all the time; after half an hour it is a person’s', async () => {
  const { sent, lines, pass, actionOn } = await fortyTakes({ operation: 'read', paymentId: 'pi_0' });
  expect(await pass(10)).toBe(39);
  expect(await actionOn('pi_0')).toMatchObject({
    state: 'waiting',
    message: expect.stringMatching(/does not accept the key for this payment\. Nothing was sent/),
  });
  await pass(31 * 60);
  expect(lines).toEqual(['live']);
  expect(await actionOn('pi_0')).toMatchObject({ state: 'needsPerson' });
  expect(sent.filter((url) => url.includes('/pi_0/'))).toEqual([]);
});

test('401 to the readings of one payment that the bank has still to answer is its own as well', async () => {
  const { shop, lines, pass } = await fortyTakes({ operation: 'read', paymentId: 'pi_none' });
  shop.bank.setSwitches({ bankAnswersAfterMs: [60 * MINUTE], refusing: [] });
  await pass(10);
  shop.bank.setSwitches({ refusing: [{ status: 401, match: { operation: 'read', paymentId: 'pi_3' } }] });
  await pass(10 * 60);
  expect(lines).toEqual(['live']);
});

test('401 to the captures of one payment that stays is a person’s after half an hour, and its words name that payment', async () => {
  const { lines, pass, actionOn } = await fortyTakes({ operation: 'capture', paymentId: 'pi_0' });
  await pass(60);
  const waits = await actionOn('pi_0');
  expect(waits).toMatchObject({
    state: 'waiting',
    message: expect.stringMatching(/does not accept the key for this payment\. Tillside tries again/),
  });
  expect(JSON.stringify(waits)).not.toMatch(/Mend the key/);
  await pass(28 * 60);
  expect(await actionOn('pi_0')).toMatchObject({ state: 'waiting' });
  await pass(3 * 60);
  expect(await actionOn('pi_0')).toMatchObject({ state: 'needsPerson', message: expect.stringMatching(/did not accept the key/) });
  expect(lines).toEqual(['live']);
});

test('a key that is refused altogether is noticed at once where the list is asked only seldom', async () => {
  const { shop, sent, lines, pass } = await fortyTakes({ operation: 'read', paymentId: 'pi_none' });
  await pass(10);
  shop.till.setFocused(false);
  await pass(90);
  const before = sent.length;
  // Just after a reading of the list, so that the next is nearly a minute away.
  shop.bank.setSwitches({ refusing: [{ status: 401 }] });
  await shop.call('submit', { requests: [{ kind: 'refund', paymentId: 'pi_1', amount: 100, requestId: 'late' }] });
  await pass(3);
  expect(lines).toEqual(['live', 'key-refused']);
  expect(sent.length).toBe(before);
});

test('401 to everything is a refused key, once and for all, until it is mended', async () => {
  const { shop, sent, lines, pass } = await fortyTakes({ operation: 'capture' });
  shop.bank.setSwitches({ refusing: [{ status: 401 }] });
  await pass(60);
  const before = sent.length;
  await pass(10 * 60);
  expect(sent.length).toBe(before);
  expect(lines.at(-1)).toBe('key-refused');
  expect(lines.length).toBeLessThanOrEqual(2);
  shop.bank.setSwitches({ refusing: [] });
  expect(await pass(90)).toBe(40);
});

test('a key that is revoked while captures are on their way is told once: never that the key may not capture', async () => {
  const { shop, told } = await revokedInARun();
  expect(told).toEqual([
    { line: 'live', stoppedOperations: [], askedToWaitWith: [] },
    { line: 'key-refused', stoppedOperations: [], askedToWaitWith: [] },
  ]);
  shop.bank.setSwitches({ refusing: [] });
  await shop.clock.run(90_000);
  expect((await shop.look()).actions.every(({ state }) => state === 'done')).toBe(true);
});

test('of a key that is refused altogether each row tells, and none says that Tillside tries again or that others go on', async () => {
  const { shop, pass, actionOn } = await fortyTakes({ operation: 'capture', paymentId: 'pi_0' });
  await pass(10);
  expect(await actionOn('pi_0')).toMatchObject({ state: 'waiting', message: expect.stringMatching(/for this payment\. Tillside tries again/) });
  shop.bank.setSwitches({ refusing: [{ status: 401 }] });
  await pass(60);
  expect((await shop.look()).connection.line).toBe('key-refused');
  expect(await actionOn('pi_0')).toMatchObject({
    state: 'waiting',
    message: 'Dojo does not accept the API key. It is sent when that is mended.',
    next: null,
  });
});

test('401 to all captures stops captures; a key that is then refused altogether is told alone, and accepted again has them tried at once', async () => {
  const { shop, pass } = await fortyTakes({ operation: 'capture' });
  await pass(5 * 60);
  shop.bank.setSwitches({ refusing: [{ status: 401 }] });
  await pass(60);
  expect((await shop.look()).connection).toMatchObject({ line: 'key-refused', stoppedOperations: [] });
  shop.bank.setSwitches({ refusing: [] });
  expect(await pass(90)).toBe(40);
});

describe('401 to all captures for three minutes, while some payments hang', () => {
  /** How many minutes after that the six others are captured. `afterTheCapture`: they hang from when their capture left, else from their first reading on. */
  async function minutesUntilTaken(hangingCount: number, afterTheCapture: boolean): Promise<number> {
    const ids = (name: string, count: number) => Array.from({ length: count }, (_, at) => `pi_${name}_${at}`);
    const [hanging, others] = [ids('hangs', hangingCount), ids('well', 6)];
    const hangs = new Set<string>();
    const shop = await startShop({
      payments: [...hanging, ...others].map((id) => ({ id, createdAtMs: NOON_MS - 60 * MINUTE, amountMinor: 10_000, captureMode: 'Manual' as const })),
      line: (http) => ({
        request(request) {
          const id = hanging.find((one) => request.url.includes(`/${one}`));
          if (id && request.movesMoney) hangs.add(id);
          if (!id || !hangs.has(id)) return http.request(request);
          return new Promise<HttpAnswer>((resolve) => void shop.clock.after(request.timeoutMs, () => resolve({ kind: 'broken', cause: 'timeout' })));
        },
      }),
    });
    await shop.clock.run(5_000);
    const take = (paymentIds: readonly string[]) =>
      shop.call('submit', { requests: paymentIds.map((paymentId) => ({ kind: 'capture' as const, paymentId, amount: 10_000, requestId: paymentId })) });
    // One at a time, so that they do not take Dojo for slow.
    if (afterTheCapture)
      for (const id of hanging) {
        await take([id]);
        await shop.clock.run(7_000);
      }
    else for (const id of hanging) hangs.add(id);
    await shop.clock.run(MINUTE);
    shop.bank.setSwitches({ refusing: [{ status: 401, match: { operation: 'capture' } }] });
    await take(afterTheCapture ? others : [...others, ...hanging]);
    await shop.clock.run(3 * MINUTE);
    expect((await shop.look()).connection.stoppedOperations).toEqual(['capture']);
    shop.bank.setSwitches({ refusing: [] });
    for (let minutes = 0; minutes < 40; minutes += 1) {
      if (others.every((id) => shop.bank.moneyOf(id).capturedMinor === 10_000)) return minutes;
      await shop.clock.run(MINUTE);
    }
    return Number.POSITIVE_INFINITY;
  }

  test.each([
    ['none', 0, true],
    ['eight captures of which the answer was lost', 8, true],
    ['eight that cannot be read before they are sent', 8, false],
    ['twenty that cannot be read before they are sent', 20, false],
  ])('%s: the others are captured in a minute', async (_name, count, afterTheCapture) => {
    expect(await minutesUntilTaken(count, afterTheCapture)).toBe(1);
  });
});
