import { expect, test } from 'vitest';
import { NOON_MS, startShop } from '../a-shop.ts';

const MINUTE = 60_000;

/** Forty holds to capture; Dojo answers 401 to some of the captures, and lets the key read. */
async function fortyTakes(refused: { operation: 'capture'; paymentId?: string }) {
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
  shop.bank.setSwitches({ refusing: [{ status: 401, match: refused }] });
  const requests = Array.from({ length: 40 }, (_, at) => ({ kind: 'capture' as const, paymentId: `pi_${at}`, amount: 10_000, requestId: `r${at}` }));
  await shop.call('submit', { requests });
  const lines: string[] = [];
  /** Second by second: how many are done, and what the header said meanwhile. */
  async function pass(seconds: number): Promise<number> {
    for (let at = 0; at < seconds; at += 1) {
      await shop.clock.run(1_000);
      const { line } = (await shop.look()).connection;
      if (lines.at(-1) !== line) lines.push(line);
    }
    return (await shop.look()).actions.filter(({ state }) => state === 'done').length;
  }
  return { shop, sent, lines, pass };
}

test('401 to the captures of one payment holds up none of the other 39, and the header says live all the time', async () => {
  const { sent, lines, pass } = await fortyTakes({ operation: 'capture', paymentId: 'pi_0' });
  expect(await pass(10)).toBe(39);
  await pass(10 * 60);
  expect(sent.filter((url) => url.includes('/pi_0/')).length).toBeLessThan(25);
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
