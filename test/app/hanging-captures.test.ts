import { expect, test } from 'vitest';
import type { HttpAnswer } from '../../main/ports/http.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const MINUTE_MS = 60_000;
const HANG_MS = 40_000;
const CLEAN = 60;

const ids = (name: string, count: number) => Array.from({ length: count }, (_, nth) => `pi_${name}_${nth}`);

/** Captures that Dojo makes and answers after 40 s, decided before sixty others. `readingsToo`: their readings take as long. */
async function someHang(count: number, readingsToo: boolean) {
  const [hanging, clean] = [ids('hangs', count), ids('well', CLEAN)];
  const sent: string[] = [];
  const shop = await startShop({
    payments: [...hanging, ...clean].map((id) => ({ id, amountMinor: 2_000, createdAtMs: NOON_MS - 60 * MINUTE_MS, captureMode: 'Manual' as const })),
    line: (http) => ({
      request(request) {
        if (request.movesMoney) sent.push(request.url);
        if (!hanging.some((id) => request.url.includes(`/${id}`)) || !(request.movesMoney || readingsToo)) return http.request(request);
        return new Promise<HttpAnswer>((resolve) => {
          const undo = shop.clock.after(request.timeoutMs, () => resolve({ kind: 'broken', cause: 'timeout' }));
          shop.clock.after(HANG_MS, () => {
            undo();
            void http.request(request).then(resolve);
          });
        });
      },
    }),
  });
  await shop.clock.run(5_000);
  const requests = [...hanging, ...clean].map((paymentId) => ({ kind: 'capture' as const, paymentId, amount: 2_000, requestId: paymentId }));
  expect(await shop.call('submit', { requests })).toMatchObject({ ok: true });
  return {
    ...shop,
    sent,
    hanging,
    /** Milliseconds until all of the clean ones are done. */
    async cleanDoneAfterMs(): Promise<number> {
      for (let waitedMs = 0; waitedMs < 10 * MINUTE_MS; waitedMs += 500) {
        const { actions } = await shop.look();
        if (clean.every((id) => actions.some(({ paymentId, state }) => paymentId === id && state === 'done'))) return waitedMs;
        await shop.clock.run(500);
      }
      return Number.POSITIVE_INFINITY;
    },
  };
}

// Four lanes at first, each held for 3 s by what hangs in it.
test.each([
  ['six captures that hang', 6, false, 10_000],
  ['twelve captures that hang', 12, false, 15_000],
  ['six captures that hang from their reading on', 6, true, 10_000],
  ['twelve captures that hang from their reading on', 12, true, 15_000],
])('%s hold up none of sixty others for more than seconds, and nothing is captured twice', async (_name, count, readingsToo, mostMs) => {
  const { cleanDoneAfterMs, clock, bank, look, sent, hanging } = await someHang(count, readingsToo);
  expect(await cleanDoneAfterMs()).toBeLessThan(mostMs);
  await clock.run(4 * MINUTE_MS);
  const { actions, connection } = await look();
  expect(connection.line).toBe('live');
  // What cannot be read is not sent.
  const [state, captures] = readingsToo ? ['waiting', 0] : ['done', 1];
  for (const id of hanging) {
    expect(actions.find(({ paymentId }) => paymentId === id)?.state).toBe(state);
    expect(bank.moneyOf(id).captures).toBe(captures);
  }
  expect(sent).toHaveLength(CLEAN + count * captures);
});
