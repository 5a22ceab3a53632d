import { describe, expect, test } from 'vitest';
import { MINUTE, shop } from './a-till.ts';

/** The key store is asked for the key 150 ms after the start. */
const KEY_IS_THERE_MS = 500;

async function connectedShop() {
  const till = await shop();
  till.hold({ id: 'pi_hold' });
  await till.connect();
  await till.clock.run(5_000);
  return till;
}

/** Started without a connection over a ledger that does not know the key: a backup from before it was rotated. */
async function unknownKeyWithoutLine() {
  const till = await connectedShop();
  till.pc.disk.keys.clear();
  till.line.setDown(true);
  await till.restart();
  await till.clock.run(2 * MINUTE);
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

  async function withoutItsLedger() {
    const till = await connectedShop();
    const { disk } = till.pc;
    for (const kept of [disk.actions, disk.payments, disk.accounts, disk.keys, disk.facts]) kept.clear();
    return till;
  }

  test.each([
    ['is there', true, []],
    ['cannot be read', false, [{ code: 'key-unreadable', message: expect.stringMatching(/Paste it once more\.$/) }]],
  ])('a ledger that is gone is said where its key %s', async (_, isReadable, besides) => {
    const till = await withoutItsLedger();
    if (!isReadable) till.pc.keyOf = 'another user';
    till.line.setDown(true);
    await till.restart();
    await till.clock.run(MINUTE);
    till.line.setDown(false);
    await till.clock.run(MINUTE);
    const { notices } = (await till.look()).connection;
    expect(notices).toEqual([{ code: 'ledger-empty', message: expect.stringMatching(/will not be sent: compare with Dojo\.$/) }, ...besides]);
  });

  test('a ledger that is gone is said though the key store was away in the start that began another', async () => {
    const till = await withoutItsLedger();
    till.pc.keyStoreAway = true;
    await till.restart();
    await till.clock.run(MINUTE);
    till.pc.keyStoreAway = false;
    await till.restart();
    await till.clock.run(MINUTE);
    expect((await till.look()).connection.notices).toMatchObject([{ code: 'ledger-empty' }]);
    await till.restart();
    await till.clock.run(MINUTE);
    expect((await till.look()).connection.notices).toEqual([]);
  });

  test('nor is it called untouched at any start after it, as long as the key cannot be read', async () => {
    const till = await withoutItsLedger();
    till.pc.keyOf = 'another user';
    for (const _start of ['first', 'second']) {
      await till.restart();
      await till.clock.run(MINUTE);
      const { notices } = (await till.look()).connection;
      expect(notices.map(({ code }) => code)).toEqual(['ledger-empty', 'key-unreadable']);
      expect(notices.map(({ message }) => message).join()).not.toMatch(/untouched/);
    }
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

  test('a key that the ledger does not know, and no line: taken up as soon as there is one, and the notice goes', async () => {
    const till = await unknownKeyWithoutLine();
    const down = (await till.look()).connection;
    expect([down.mode, down.notices.map(({ code }) => code)]).toEqual(['none', ['not-connected']]);
    till.line.setDown(false);
    await till.clock.run(MINUTE);
    const up = (await till.look()).connection;
    expect([up.mode, up.line, up.notices]).toEqual(['test', 'live', []]);
    expect((await till.look()).payments).toHaveLength(1);
  });

  test('the notice of a key that could not be taken up goes when somebody connects', async () => {
    const till = await unknownKeyWithoutLine();
    till.line.setDown(false);
    expect(await till.connect()).toMatchObject({ ok: true });
    expect((await till.look()).connection).toMatchObject({ mode: 'test', notices: [] });
    await till.clock.run(MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'test', line: 'live', notices: [] });
  });

  test('what is taken up is what was chosen last, also where the disk did not take it just then', async () => {
    const till = await shop();
    till.pc.disk.mood = 'broken';
    expect(await till.ask((running) => running.handlers.startTraining(undefined))).toMatchObject({ ok: true });
    till.pc.disk.mood = 'ok';
    await till.clock.run(MINUTE);
    await till.restart();
    expect((await till.look()).connection).toMatchObject({ mode: 'training' });
  });

  test('training that another program has for a moment is taken up all the same', async () => {
    const till = await shop();
    await till.ask((running) => running.handlers.startTraining(undefined));
    till.pc.noTraining = { code: 'busy', message: 'Another program.' };
    till.clock.after(MINUTE + 5_000, () => {
      till.pc.noTraining = null;
    });
    await till.clock.run(MINUTE);
    await till.restart();
    expect((await till.look()).connection).toMatchObject({ mode: 'training', notices: [] });
  });

  test('nothing is taken up any more where somebody chose training meanwhile', async () => {
    const till = await unknownKeyWithoutLine();
    await till.ask((running) => running.handlers.startTraining(undefined));
    till.line.setDown(false);
    await till.clock.run(5 * MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'training' });
  });

  test('a key is still taken up where the training that somebody chose meanwhile could not begin', async () => {
    const till = await unknownKeyWithoutLine();
    till.pc.noTraining = { code: 'full', message: 'The disk is full.' };
    expect(await till.ask((running) => running.handlers.startTraining(undefined))).toMatchObject({ ok: false, error: { code: 'disk' } });
    till.line.setDown(false);
    await till.clock.run(5 * MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'test', line: 'live', notices: [] });
  });

  test('disconnecting where the disk does not let the key go says why, and the till stays connected', async () => {
    const till = await connectedShop();
    till.pc.disk.mood = 'broken';
    const disconnect = () => till.ask((running) => running.handlers.disconnect({ confirmed: true }));
    expect(await disconnect()).toEqual({
      ok: false,
      error: { code: 'disk', message: 'The key could not be removed from this PC, so nothing was changed. The disk does not answer.' },
    });
    expect((await till.look()).connection).toMatchObject({ mode: 'test', line: 'live' });
    till.pc.disk.mood = 'ok';
    expect(await disconnect()).toMatchObject({ ok: true });
    expect([(await till.look()).connection.mode, till.pc.key]).toEqual(['none', null]);
  });

  test('disconnecting asks about what waits also where the key is not taken up yet, and takes nothing away before it is answered', async () => {
    const till = await connectedShop();
    till.line.setDown(true);
    await till.submit(till.capture('pi_hold', 4_200));
    till.pc.disk.keys.clear();
    await till.restart();
    await till.clock.run(MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'none', notices: [{ code: 'not-connected' }] });
    const disconnect = (confirmed: boolean) => till.ask((running) => running.handlers.disconnect({ confirmed }));
    expect(await disconnect(false)).toMatchObject({ ok: false, error: { code: 'actions-waiting' } });
    expect(till.pc.key).not.toBeNull();
    expect(await disconnect(true)).toMatchObject({ ok: true });
    expect(till.pc.key).toBeNull();
    // Nothing is connected and no key is kept: there is nothing to ask about.
    expect(await disconnect(false)).toMatchObject({ ok: true });
  });

  test('a key store that comes later than the till: the list stays, what is decided is kept, and all goes on when it is there', async () => {
    const till = await connectedShop();
    till.pc.keyStoreAway = true;
    await till.restart();
    await till.clock.run(10_000);
    const seen = await till.look();
    expect([seen.payments.length, seen.connection.mode, seen.connection.line]).toEqual([1, 'test', 'offline']);
    expect(seen.connection.notices).toEqual([{ code: 'not-connected', message: expect.stringContaining('start Tillside again') }]);
    expect(await till.submit(till.capture('pi_hold', 4_200))).toMatchObject({ ok: true });
    await till.clock.run(60 * MINUTE);
    const later = await till.look();
    expect([later.payments.length, later.connection.queue.waiting, later.connection.notices.length]).toEqual([1, 1, 1]);
    expect(till.line.sent()).toEqual([]);
    till.pc.keyStoreAway = false;
    await till.clock.run(MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'test', line: 'live', keyLast4: '0001', notices: [], canKeepKey: true });
    expect(till.line.sent()).toHaveLength(1);
  });

  test('a key store that comes later, over a ledger that does not know whose key it keeps', async () => {
    const till = await connectedShop();
    till.pc.disk.facts.delete('keptKeyOf');
    till.pc.keyStoreAway = true;
    await till.restart();
    await till.clock.run(10_000);
    expect((await till.look()).connection).toMatchObject({ mode: 'none', notices: [{ code: 'not-connected' }] });
    till.pc.keyStoreAway = false;
    await till.clock.run(MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'test', line: 'live', notices: [] });
  });

  test('a key store that comes with a key nobody can read says so, and a person who disconnects meanwhile is left alone', async () => {
    const till = await connectedShop();
    till.pc.keyStoreAway = true;
    till.pc.keyOf = 'somebody else';
    await till.restart();
    await till.clock.run(10_000);
    till.pc.keyStoreAway = false;
    await till.clock.run(MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'none', notices: [{ code: 'key-unreadable' }] });
    till.pc.keyOf = till.pc.place.user;
    till.pc.keyStoreAway = true;
    await till.restart();
    await till.clock.run(10_000);
    expect(await till.ask((running) => running.handlers.disconnect({}))).toMatchObject({ ok: true });
    till.pc.keyStoreAway = false;
    await till.clock.run(5 * MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'none', notices: [] });
  });

  test('moved while the disk is full: connected as soon as there is room', async () => {
    const till = await connectedShop();
    till.pc.disk.mood = 'full';
    till.pc.place.path = '/somewhere/else';
    await till.restart();
    await till.clock.run(MINUTE);
    const full = (await till.look()).connection;
    expect([full.mode, full.notices.map(({ code }) => code)]).toEqual(['none', ['not-connected']]);
    till.pc.disk.mood = 'ok';
    await till.clock.run(MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'test', line: 'live' });
  });
});

describe('a key that was answered 429 is asked with no sooner than Dojo said', () => {
  const RETRY_AFTER_S = 300;

  /** As the till starts it is not known whose key it is, and Dojo asks to wait. */
  async function askedToWait() {
    const till = await connectedShop();
    till.pc.disk.keys.clear();
    till.bank.setSwitches({ refusing: [{ status: 429, retryAfter: RETRY_AFTER_S }] });
    await till.restart();
    const before = till.line.looks();
    await till.clock.run(MINUTE);
    return { ...till, asked: () => till.line.looks() - before };
  }

  test('where it could not be taken up: the next try is after that time, and brings it', async () => {
    const till = await askedToWait();
    expect(till.asked()).toBe(1);
    await till.clock.run(3 * MINUTE);
    expect(till.asked()).toBe(1);
    expect((await till.look()).connection).toMatchObject({ mode: 'none', notices: [{ code: 'not-connected', message: expect.stringMatching(/wait/i) }] });
    till.bank.setSwitches({ refusing: [] });
    await till.clock.run(90_000);
    expect((await till.look()).connection).toMatchObject({ mode: 'test', line: 'live', notices: [] });
  });

  test('where a person pastes it meanwhile', async () => {
    const till = await askedToWait();
    expect(await till.connect()).toMatchObject({ ok: false, error: { code: 'dojo-trouble' } });
    expect(till.asked()).toBe(1);
    // Another key is another matter.
    till.bank.setSwitches({ refusing: [] });
    expect(await till.connect('sk_sandbox_oneNEW02')).toMatchObject({ ok: true });
  });

  test('where it is connected with anew: nothing goes out before', async () => {
    const till = await connectedShop();
    await till.restart();
    await till.clock.run(5_000);
    till.bank.setSwitches({ refusing: [{ status: 429, retryAfter: RETRY_AFTER_S }] });
    await till.ask(({ handlers }) => handlers.refresh(undefined));
    till.bank.setSwitches({ refusing: [] });
    const { key } = till.pc;
    await till.ask(({ handlers }) => handlers.disconnect({ confirmed: true }));
    const before = till.line.looks();
    expect(await till.connect(key ?? '')).toMatchObject({ ok: false });
    expect(till.line.looks()).toBe(before);
    await till.clock.run(5 * MINUTE);
    expect(await till.connect(key ?? '')).toMatchObject({ ok: true });
  });
});
