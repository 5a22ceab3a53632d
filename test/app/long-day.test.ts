import { describe, expect, test } from 'vitest';
import type { Http } from '../../main/ports/http.ts';
import type { Patch } from '../../preload/contract.ts';
import { applyPatch } from '../../renderer/patch.ts';
import { NOON_MS, startShop } from '../a-shop.ts';
import { aFile, opened } from '../ledger/a-ledger.ts';

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;
/** The time in which a page gets all of its first list. */
const FILLED_MS = 2_000;

/** A till that was closed after it had read so many sales, and is open again, its line down until it is mended. */
async function reopened(sales: number) {
  const payments = [
    ...Array.from({ length: sales }, (_, index) => ({ id: `pi_sale${index}`, amountMinor: 1_250, createdAtMs: NOON_MS - HOUR_MS - index * SECOND_MS })),
    { id: 'pi_today', amountMinor: 4_200, captureMode: 'Manual' as const, createdAtMs: NOON_MS - 3 * HOUR_MS },
    { id: 'pi_earlier', amountMinor: 7_700, captureMode: 'Manual' as const, createdAtMs: NOON_MS - 48 * HOUR_MS },
  ];
  const file = aFile();
  const before = await startShop({ payments, ledger: opened(file) });
  await before.clock.run(60 * SECOND_MS);
  await before.close();
  let isDown = true;
  const line = (http: Http): Http => ({ request: async (request) => (isDown ? { kind: 'not-sent', cause: 'no line' } : http.request(request)) });
  const shop = await startShop({ startMs: NOON_MS + 60 * SECOND_MS, payments, ledger: opened(file), line });
  return {
    ...shop,
    mendLine() {
      isDown = false;
    },
    take: (paymentId: string, amount: number) => shop.call('submit', { requests: [{ kind: 'capture', paymentId, amount, requestId: `take ${paymentId}` }] }),
  };
}

describe('a long day', () => {
  test('shows its newest payments first, without sums of a part, and then the whole of it', async () => {
    const till = await reopened(240);
    let page = await till.look();
    expect(page.payments.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, index) => `pi_sale${index}`));
    expect(page.totals.isComplete).toBe(false);
    const patches: Patch[] = [];
    till.till.onPatch((patch) => {
      patches.push(patch);
      page = applyPatch(page, patch);
    });
    await till.clock.run(FILLED_MS);
    expect(page.payments).toHaveLength(242);
    expect(page.totals).toMatchObject({ isComplete: true, byCurrency: [{ takenMinor: 240 * 1_250, takenCount: 240, onHoldMinor: 4_200, onHoldCount: 1 }] });
    // Not once was a sum of a part called the whole.
    for (const { totals } of patches) if (totals?.isComplete) expect(totals.byCurrency[0]?.takenCount).toBe(240);
    expect(page).toEqual(await till.look());
  });

  test('takes an order for a payment that its first list has not', async () => {
    const till = await reopened(240);
    expect((await till.look()).payments.some(({ id }) => id === 'pi_today')).toBe(false);
    expect(await till.take('pi_today', 4_200)).toMatchObject({ ok: true });
    expect(await till.take('pi_earlier', 7_701)).toMatchObject({ ok: false });
    till.till.onPatch(() => undefined);
    till.mendLine();
    await till.clock.run(600 * SECOND_MS);
    const { payments, totals } = await till.look();
    expect(payments.find(({ id }) => id === 'pi_today')).toMatchObject({ takenMinor: 4_200 });
    expect(totals.byCurrency).toMatchObject([{ takenMinor: 240 * 1_250 + 4_200, onHoldMinor: 0 }]);
  });
});

test('a short day is all there at once, the holds of earlier days as well', async () => {
  const till = await reopened(37);
  const { payments, totals } = await till.look();
  expect(payments).toHaveLength(39);
  expect(payments.at(-1)?.id).toBe('pi_earlier');
  expect(totals).toMatchObject({ isComplete: true, byCurrency: [{ takenCount: 37, onHoldCount: 1 }] });
});
