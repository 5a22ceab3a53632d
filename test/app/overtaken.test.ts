import { describe, expect, test } from 'vitest';
import type { Http } from '../../main/ports/http.ts';
import type { DiskFailure } from '../../main/ports/ledger.ts';
import { NOON_MS, startShop } from '../a-shop.ts';
import { emptyDisk } from '../sim/disk.ts';
import { createSimLedger } from '../sim/ledger.ts';

const MINUTE_MS = 60_000;
const FULL: DiskFailure = { code: 'full', message: 'The disk is full.' };
const DISK = { ok: false, error: { code: 'disk', message: expect.stringContaining('Nothing was'), next: expect.stringMatching(/./) } };

/** A hold at a till whose answers a test can step in behind: once they are heard, and before anything was made of them. */
async function aHold({ areMovesLost = false } = {}) {
  let disk: DiskFailure | null = null;
  let onHeard: (() => void) | null = null;
  const shop = await startShop({
    payments: [{ id: 'pi_1', createdAtMs: NOON_MS - 60 * MINUTE_MS, amountMinor: 4200, captureMode: 'Manual' }],
    ledger: createSimLedger(
      emptyDisk(),
      (take) => {
        if (!disk) take();
        return disk;
      },
      () => undefined,
    ),
    line: (http: Http): Http => ({
      async request(request) {
        if (request.movesMoney && areMovesLost) return { kind: 'broken', cause: 'reset' };
        const isLook = request.url.includes('/pi_1') && !request.movesMoney;
        const answer = await http.request(request);
        if (onHeard && isLook) {
          setImmediate(onHeard);
          onHeard = null;
        }
        return answer;
      },
    }),
  });
  await shop.clock.run(5_000);
  await shop.call('pauseQueue');
  await shop.call('submit', { requests: [{ kind: 'capture', paymentId: 'pi_1', amount: 1000, requestId: 'r1' }] });
  const state = async () => (await shop.look()).actions[0]?.state;
  const actionId = (await shop.look()).actions[0]?.id ?? '';
  return {
    ...shop,
    state,
    actionId,
    fillDisk: () => {
      disk = FULL;
    },
    /** What a call is answered that comes just behind the next look at the payment. `start` begins that look. */
    async askedBehindALook<T>(start: () => Promise<unknown>, ask: () => Promise<T>): Promise<T> {
      const answer = new Promise<T>((resolve) => {
        onHeard = () => void ask().then(resolve);
      });
      await start();
      await shop.clock.run(5_000);
      return answer;
    },
  };
}

describe('what is removed in the moment in which its send begins', () => {
  test('is told that it was sent: the disk has no part in it', async () => {
    const { till, actionId, state, askedBehindALook, bank, clock } = await aHold();
    const said = await askedBehindALook(
      () => till.handlers.resumeQueue(undefined),
      () => till.handlers.withdraw({ actionId }),
    );
    expect(said).toMatchObject({ ok: false, error: { code: 'not-possible', message: 'It can no longer be removed: it was sent, or has ended.' } });
    await clock.run(MINUTE_MS);
    expect([await state(), bank.moneyOf('pi_1').capturedMinor]).toEqual(['done', 1000]);
  });

  test('is told of the disk where that refuses, and is not sent', async () => {
    const { till, actionId, state, askedBehindALook, fillDisk, bank } = await aHold();
    const said = await askedBehindALook(
      () => till.handlers.resumeQueue(undefined),
      () => {
        fillDisk();
        return till.handlers.withdraw({ actionId });
      },
    );
    expect(said).toMatchObject(DISK);
    expect([await state(), bank.moneyOf('pi_1').capturedMinor]).toEqual(['waiting', 0]);
  });
});

describe('what waits for a person, in the moment in which a look finds it done', () => {
  async function anAbsentPart() {
    const shop = await aHold({ areMovesLost: true });
    const sentAtMs = shop.clock.nowMs();
    await shop.call('resumeQueue');
    await shop.clock.run(4 * MINUTE_MS);
    expect((await shop.look()).actions).toMatchObject([{ can: { settle: true, release: true } }]);
    return { ...shop, shows: () => shop.bank.capture('acc_training', 'pi_1', { amountMinor: 1000, tipsMinor: 0 }, sentAtMs) };
  }

  test('settling it is told so: the disk has no part in it', async () => {
    const { till, actionId, state, askedBehindALook, shows } = await anAbsentPart();
    shows();
    const said = await askedBehindALook(
      () => till.handlers.retryNow({ actionId }),
      () => till.handlers.settle({ actionId, verdict: 'did-not-happen', note: '' }),
    );
    expect(said).toMatchObject({ ok: false, error: { code: 'not-possible', message: 'Only an action that needs you can be settled.' } });
    expect(await state()).toBe('done');
  });
});
