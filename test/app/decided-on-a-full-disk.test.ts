import { describe, expect, test } from 'vitest';
import { NOON_MS, simLedgerOn, startShop } from '../a-shop.ts';
import { emptyDisk } from '../sim/disk.ts';
import { MINUTE, shop } from './a-till.ts';

/** A capture of £42.00 waits, offline. */
async function aWaiting() {
  const till = await shop();
  const { id } = till.hold();
  await till.connect();
  await till.clock.run(5_000);
  till.line.setDown(true);
  await till.clock.run(MINUTE);
  const accepted = await till.submit(till.capture(id, 4200));
  if (!accepted.ok) throw new Error(accepted.error.message);
  const [actionId = ''] = accepted.value.actionIds;
  const states = async () => (await till.look()).actions.map(({ state }) => state);
  return { ...till, actionId, id, states };
}

const REFUSED = (nothing: string) => ({ ok: false, error: { code: 'disk', message: expect.stringContaining(nothing), next: expect.stringMatching(/./) } });

describe('what a person removes', () => {
  test.each(['full', 'broken', 'busy', 'throws-on-writes'] as const)('while the disk is %s is not called removed, and waits on', async (mood) => {
    const { ask, pc, actionId, clock, line, bank, id, states } = await aWaiting();
    const written = pc.disk.activity.length;
    pc.disk.mood = mood;
    expect(await ask((till) => till.handlers.withdraw({ actionId }))).toMatchObject(REFUSED('Nothing was removed.'));
    expect(await states()).toEqual(['waiting']);
    pc.disk.mood = 'ok';
    await clock.run(MINUTE);
    expect([await states(), pc.disk.activity.length]).toEqual([['waiting'], written]);
    line.setDown(false);
    await clock.run(2 * MINUTE);
    expect([await states(), bank.moneyOf(id).capturedMinor]).toEqual([['done'], 4200]);
  });

  test('is never sent once it was called removed: not after a power cut right then', async () => {
    const { ask, pc, actionId, clock, line, restart, states } = await aWaiting();
    pc.disk.mood = 'full';
    await ask((till) => till.handlers.withdraw({ actionId }));
    pc.disk.mood = 'ok';
    expect(await ask((till) => till.handlers.withdraw({ actionId }))).toMatchObject({ ok: true });
    await restart();
    line.setDown(false);
    await clock.run(5 * MINUTE);
    expect([await states(), line.sent()]).toEqual([['withdrawn'], []]);
  });
});

describe('what waits for a person, in a folder that was moved', () => {
  async function aMoved() {
    const till = await aWaiting();
    (till.pc.place as { path: string }).path = '/elsewhere';
    till.line.setDown(false);
    await till.restart();
    await till.clock.run(MINUTE);
    expect(await till.states()).toEqual(['needsPerson']);
    return till;
  }

  test('is not called settled while the disk is full, and is asked about again', async () => {
    const { ask, pc, actionId, restart, clock, states } = await aMoved();
    const settle = () => ask((till) => till.handlers.settle({ actionId, verdict: 'did-not-happen', note: 'seen' }));
    pc.disk.mood = 'full';
    expect(await settle()).toMatchObject(REFUSED('Nothing was settled.'));
    expect(await states()).toEqual(['needsPerson']);
    pc.disk.mood = 'ok';
    await clock.run(MINUTE);
    expect(await states()).toEqual(['needsPerson']);
    expect(await settle()).toMatchObject({ ok: true });
    await restart();
    await clock.run(MINUTE);
    expect(await states()).toEqual(['refused']);
  });

  test('is not let go while the disk is full: nothing is sent of it, then or later', async () => {
    const { ask, pc, actionId, clock, line, states } = await aMoved();
    const release = () => ask((till) => till.handlers.release({ actionIds: [actionId] }));
    pc.disk.mood = 'full';
    expect(await release()).toMatchObject(REFUSED('Nothing was sent.'));
    pc.disk.mood = 'ok';
    await clock.run(2 * MINUTE);
    expect([await states(), line.sent()]).toEqual([['needsPerson'], []]);
    expect(await release()).toMatchObject({ ok: true });
    await clock.run(MINUTE);
    expect([await states(), line.sent().length]).toEqual([['done'], 1]);
  });
});

describe('a pause that the disk does not take', () => {
  test.each(['full', 'throws-on-writes'] as const)(
    '(%s) holds at once, is said not to be written, and holds over a restart once the disk writes again',
    async (mood) => {
      const { ask, pc, clock, line, restart, look } = await aWaiting();
      pc.disk.mood = mood;
      expect(await ask((till) => till.handlers.pauseQueue(undefined))).toMatchObject({
        ok: false,
        error: { code: 'disk', message: expect.stringMatching(/paused/) },
      });
      expect((await look()).connection.queue.paused).toBe(true);
      pc.disk.mood = 'ok';
      await clock.run(10_000);
      await restart();
      line.setDown(false);
      await clock.run(2 * MINUTE);
      expect([(await look()).connection.queue.paused, line.sent()]).toEqual([true, []]);
    },
  );

  test('does not come back by itself where somebody let the queue go on meanwhile', async () => {
    const { ask, pc, clock, line, restart, look, states } = await aWaiting();
    pc.disk.mood = 'full';
    await ask((till) => till.handlers.pauseQueue(undefined));
    await ask((till) => till.handlers.resumeQueue(undefined));
    pc.disk.mood = 'ok';
    await clock.run(10_000);
    await restart();
    line.setDown(false);
    await clock.run(2 * MINUTE);
    expect([(await look()).connection.queue.paused, await states()]).toEqual([false, ['done']]);
  });
});

describe('what was answered with an error, and is on the disk all the same', () => {
  const take = { requests: [{ kind: 'capture', requestId: 'r1', paymentId: 'pi_1', amount: 2000 }] };

  /** The first decision is written, and the ledger throws. */
  async function aWrittenAndThrown() {
    const ledger = simLedgerOn(emptyDisk());
    let isToThrow = false;
    const writeActions: typeof ledger.writeActions = (...what) => {
      const written = ledger.writeActions(...what);
      if (!isToThrow) return written;
      isToThrow = false;
      throw new Error('expected something else');
    };
    const payments = [{ id: 'pi_1', amountMinor: 2000, createdAtMs: NOON_MS - MINUTE, captureMode: 'Manual' as const }];
    const till = await startShop({ ledger: { ...ledger, writeActions }, payments });
    await till.clock.run(MINUTE);
    isToThrow = true;
    expect(await till.call('submit', take)).toMatchObject({ ok: false });
    return till;
  }

  test('goes out once the same press calls it accepted: once, however often it is pressed', async () => {
    const { call, clock, look, bank } = await aWrittenAndThrown();
    const second = await call('submit', take);
    expect(second).toMatchObject({ ok: true });
    expect(await call('submit', take)).toEqual(second);
    await clock.run(MINUTE);
    expect(await call('submit', take)).toEqual(second);
    await clock.run(MINUTE);
    expect((await look()).actions.map(({ state }) => state)).toEqual(['done']);
    expect(bank.moneyOf('pi_1').capturedMinor).toBe(2000);
  });
});
