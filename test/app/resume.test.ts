import { describe, expect, test } from 'vitest';
import { shop } from './a-till.ts';

/** The key store is asked for the key 150 ms after the start. */
const KEY_IS_THERE_MS = 500;

async function connectedShop() {
  const till = await shop();
  till.hold({ id: 'pi_hold' });
  await till.connect();
  await till.clock.run(5_000);
  return till;
}

describe('after a restart', () => {
  test('what is known is shown before the key is there, and nothing is sent until then', async () => {
    const till = await connectedShop();
    await till.restart();
    const { connection, payments } = await till.look();
    expect(connection).toMatchObject({ mode: 'test', keyLast4: null, line: 'connecting' });
    expect(payments).toMatchObject([{ id: 'pi_hold', leftMinor: 4_200 }]);
    expect(await till.submit(till.capture('pi_hold', 4_200))).toMatchObject({ ok: true });
    expect((await till.look()).actions).toMatchObject([{ state: 'waiting', otherAccount: false }]);
    expect(till.line.sent()).toEqual([]);
    await till.clock.run(60_000);
    const after = await till.look();
    expect(after.connection).toMatchObject({ mode: 'test', keyLast4: '0001', line: 'live' });
    expect(after.actions).toMatchObject([{ state: 'done' }]);
  });

  test('a key that is gone takes what was shown with it', async () => {
    const till = await connectedShop();
    till.pc.key = null;
    await till.restart();
    expect((await till.look()).payments).toHaveLength(1);
    await till.clock.run(KEY_IS_THERE_MS);
    const { connection, payments } = await till.look();
    expect(connection).toMatchObject({ mode: 'none', keyLast4: null });
    expect(payments).toEqual([]);
  });

  test('the payments of an account are not shown once its key was taken away or replaced by another’s', async () => {
    const till = await connectedShop();
    await till.ask((running) => running.handlers.disconnect({ confirmed: true }));
    await till.restart();
    expect(await till.look()).toMatchObject({ connection: { mode: 'none' }, payments: [] });
    await till.connect('sk_sandbox_two00003', null);
    await till.restart();
    expect(await till.look()).toMatchObject({ connection: { mode: 'test' }, payments: [] });
  });

  test('a key that a person gives meanwhile is the one that stays', async () => {
    const till = await connectedShop();
    await till.restart();
    expect(await till.connect('sk_sandbox_two00003', null)).toMatchObject({ ok: true });
    await till.clock.run(KEY_IS_THERE_MS);
    expect(await till.look()).toMatchObject({ connection: { keyLast4: '0003' }, payments: [] });
  });

  test('a till that is closed at once connects to nothing any more', async () => {
    const till = await connectedShop();
    await till.restart();
    await till.submit(till.capture('pi_hold', 4_200));
    const closing = till.till();
    await closing.close();
    await till.clock.run(KEY_IS_THERE_MS);
    expect(closing.sendingCount()).toBe(0);
    expect(till.line.sent()).toEqual([]);
  });
});
