import { describe, expect, test } from 'vitest';
import { TWICE_NOTICE } from '../../main/app/twice-watch.ts';
import type { SimPlace } from '../sim/home.ts';
import { MINUTE_MS, twoPcs } from './profiles.ts';

type Place = Partial<SimPlace>;

/** A part capture of £30.00 of £100.00 is accepted on the first PC, in this place, while it is offline. */
async function queuedOffline(place: Place = {}) {
  const pcs = twoPcs();
  const { one, hold, run } = pcs;
  hold('pi_100');
  one.isAt(place);
  await one.switchOn();
  await one.connect();
  await run(1);
  one.offline(true);
  await run(1);
  const accepted = await one.submit(one.capture('pi_100', 3_000));
  if (!accepted.ok) throw new Error(accepted.error.message);
  await run(1);
  return { ...pcs, actionId: accepted.value.actionIds[0] ?? '' };
}

const HANDED = { state: 'needsPerson', code: 'moved', can: { release: true, settle: true, withdraw: false, retry: false } };

describe('a copied folder', () => {
  test('sends nothing by itself that the original sent: £30.00 is captured once', async () => {
    const { one, two, copy, run, captured, world } = await queuedOffline();
    two.isAt({ user: one.pc.place.user, machineId: one.pc.place.machineId, path: '/home/shop/copy' });
    copy(one.pc, two.pc);
    one.offline(false);
    await run(5);
    expect(captured('pi_100')).toBe(1);
    await two.switchOn();
    await run(60);
    expect(captured('pi_100')).toBe(1);
    const { actions, connection } = await two.look();
    expect(actions).toMatchObject([{ ...HANDED, sinceDecision: { unchanged: false, now: { captureCount: 1, capturedMinor: 3_000 } } }]);
    expect(connection.notices).toMatchObject([{ code: 'profile-moved', message: expect.stringContaining('One open action needs you') }]);
    expect(world.journal.sent.size).toBe(1);
  });

  test('says what Dojo shows since before it sends that once more, and that it may have come twice after it', async () => {
    const { one, two, copy, run, captured } = await queuedOffline();
    two.isAt({ user: one.pc.place.user, machineId: one.pc.place.machineId, path: '/home/shop/copy' });
    copy(one.pc, two.pc);
    one.offline(false);
    await run(5);
    await two.switchOn();
    await run(5);
    const [action] = (await two.look()).actions;
    expect(action).toMatchObject({
      ...HANDED,
      ifAgain: 'Dojo shows £30.00 captured since this was decided: with one more, £60.00 of £100.00 is captured in all.',
    });
    expect(await two.ask(({ handlers }) => handlers.release({ actionIds: [action?.id ?? ''] }))).toMatchObject({ ok: true });
    await run(5);
    expect(captured('pi_100')).toBe(2);
    const { actions, connection } = await two.look();
    expect(actions).toMatchObject([{ state: 'done', cameTwice: true, message: 'It may have been captured twice: £60.00 of £100.00 in all.' }]);
    expect(connection.notices).toContainEqual(expect.objectContaining({ code: TWICE_NOTICE }));
  });

  test.each([
    ['in another folder', { path: '/home/shop/copy' }],
    ['for another user of the same PC', { user: 'other', path: '/home/other/tillside' }],
    ['for another user in the very same folder', { user: 'other' }],
    ['on another machine in the same folder', { user: 'shop', machineId: 'machine-new' }],
    ['on another machine without secure storage', { user: null, machineId: 'machine-new' }],
    ['without secure storage, where no machine can be told', { user: null, machineId: null }],
    ['the same, from a PC without secure storage', { machineId: null }, { user: null }],
  ])('%s hands every open action to a person when its key is given', async (_where, place, before?: Place) => {
    const { one, two, copy, run, captured, world } = await queuedOffline(before);
    two.isAt({ ...one.pc.place, ...place });
    copy(one.pc, two.pc);
    one.switchOff();
    await two.switchOn();
    await two.connect();
    await run(30);
    expect((await two.look()).actions).toMatchObject([HANDED]);
    expect(captured('pi_100')).toBe(0);
    expect(world.journal.sent.size).toBe(0);
  });

  test('and its original, both alive at once, each with a hand on the queue: once', async () => {
    const { one, two, copy, run, captured } = await queuedOffline();
    two.isAt({ ...one.pc.place, path: '/home/shop/copy' });
    copy(one.pc, two.pc);
    await two.switchOn();
    one.offline(false);
    await run(30);
    expect(captured('pi_100')).toBe(1);
    expect((await one.look()).actions).toMatchObject([{ state: 'done' }]);
    expect((await two.look()).actions).toMatchObject([HANDED]);
    // Neither comes back to it after a restart.
    await one.restart();
    await two.restart();
    await run(30);
    expect(captured('pi_100')).toBe(1);
    expect((await two.look()).actions).toMatchObject([HANDED]);
  });

  test('takes the till id of another till, and its records bear that one', async () => {
    const { one, two, copy, run } = await queuedOffline();
    two.isAt({ ...one.pc.place, path: '/home/shop/copy' });
    copy(one.pc, two.pc);
    await two.switchOn();
    await run(5);
    expect(two.tillId()).toMatch(/^[0-9a-f-]{36}$/);
    expect(two.tillId()).not.toBe(one.tillId());
    const takenAt = two.tillId();
    await two.restart();
    await run(5);
    expect(two.tillId()).toBe(takenAt);
  });

  test('hands over the open actions of every account, not only of the one that is connected', async () => {
    const { one, two, copy, run, world } = await queuedOffline();
    world.bank.addKey('sk_sandbox_second0002', 'acc_second');
    one.offline(false);
    two.isAt({ ...one.pc.place, path: '/home/shop/copy' });
    one.switchOff();
    copy(one.pc, two.pc);
    two.pc.key = null;
    await two.switchOn();
    const second = { apiKey: 'sk_sandbox_second0002' };
    expect(await two.ask(({ handlers }) => handlers.connect({ ...second, sameAccount: null }))).toMatchObject({ ok: true });
    await run(5);
    expect((await two.look()).actions).toMatchObject([{ state: 'needsPerson', code: 'moved', otherAccount: true, can: { release: false } }]);
    await two.connect();
    await run(30);
    expect(world.journal.sent.size).toBe(0);
  });
});

describe('a copy whose key cannot be read', () => {
  test.each([
    ['for another user', { user: 'other', path: '/home/other/tillside' }],
    ['in another folder, before secure storage is there', { user: null, path: '/home/shop/copy' }],
  ])('%s says so before a key is given', async (_where, place) => {
    const { one, two, copy, run, world } = await queuedOffline();
    two.isAt({ ...one.pc.place, ...place });
    copy(one.pc, two.pc);
    await two.switchOn();
    await run(1);
    expect((await two.look()).connection).toMatchObject({ mode: 'none', notices: [{ code: 'profile-moved' }] });
    expect([...two.pc.disk.actions.values()].map(({ action }) => [action.state, action.outcome?.code])).toEqual([['needsPerson', 'moved']]);
    expect(two.tillId()).not.toBe(one.tillId());
    expect(world.journal.sent.size).toBe(0);
  });
});

describe('a disk image that is put back in its own place', () => {
  test('sends nothing by itself that was sent since it was taken: £30.00 is asked of Dojo once, and a person is asked', async () => {
    const { one, run, captured, world } = await queuedOffline();
    one.takeImage();
    one.offline(false);
    await run(5);
    expect((await one.look()).actions).toMatchObject([{ state: 'done' }]);
    one.putImageBack();
    await one.switchOn();
    await run(60);
    const { actions, connection } = await one.look();
    expect(actions).toMatchObject([{ ...HANDED, code: 'changed-since', sinceDecision: { unchanged: false, now: { captureCount: 1, capturedMinor: 3_000 } } }]);
    // It lies where it always lay: only Dojo tells.
    expect(connection.notices.map(({ code }) => code)).not.toContain('profile-moved');
    await one.restart();
    await run(30);
    expect((await one.look()).actions).toMatchObject([{ ...HANDED, code: 'changed-since' }]);
    expect([...world.journal.sent.values()].flat()).toHaveLength(1);
    expect(captured('pi_100')).toBe(1);
  });

  test('goes on where nothing was sent since', async () => {
    const { one, run, captured } = await queuedOffline();
    one.takeImage();
    await run(5);
    one.putImageBack();
    one.offline(false);
    await one.switchOn();
    await run(5);
    expect((await one.look()).actions).toMatchObject([{ state: 'done' }]);
    expect(captured('pi_100')).toBe(1);
  });
});

describe('a folder that a person moved', () => {
  test('waits for its person, who releases what is unchanged: once', async () => {
    const { one, run, captured, actionId } = await queuedOffline();
    one.switchOff();
    one.isAt({ path: '/media/new-disk/tillside' });
    one.offline(false);
    await one.switchOn();
    await run(30);
    expect(captured('pi_100')).toBe(0);
    expect((await one.look()).actions).toMatchObject([{ ...HANDED, sinceDecision: { unchanged: true } }]);
    expect(await one.release(actionId)).toMatchObject({ ok: true });
    await run(5);
    expect(captured('pi_100')).toBe(1);
    expect((await one.look()).connection.notices).toEqual([]);
  });

  test('is at home there from then on, and asks again where it is moved back', async () => {
    const { one, run, actionId, captured } = await queuedOffline();
    const path = one.pc.place.path;
    one.switchOff();
    one.isAt({ path: '/media/new-disk/tillside' });
    one.offline(false);
    await one.switchOn();
    await run(1);
    await one.release(actionId);
    await run(5);
    expect(captured('pi_100')).toBe(1);
    one.offline(true);
    await run(1);
    await one.submit(one.capture('pi_100', 1_000));
    await one.restart();
    await run(1);
    expect((await one.look()).actions).toMatchObject([{ state: 'done' }, { state: 'waiting' }]);
    one.switchOff();
    one.isAt({ path });
    one.offline(false);
    await one.switchOn();
    await run(30);
    expect((await one.look()).actions).toMatchObject([{ state: 'done' }, HANDED]);
    expect(captured('pi_100')).toBe(1);
  });
});

describe('a ledger that is at home', () => {
  test('goes on after a restart', async () => {
    const { one, run, captured } = await queuedOffline();
    await one.restart();
    one.offline(false);
    await run(5);
    expect(captured('pi_100')).toBe(1);
  });

  test.each([
    ['its machine cannot be told just now', { machineId: null }],
    ['it has no secure storage and never had', {}],
  ])('goes on where %s', async (_why, place) => {
    const { one, hold, run, captured } = twoPcs();
    hold('pi_100');
    if (Object.keys(place).length === 0) one.isAt({ user: null });
    await one.switchOn();
    await one.connect();
    await run(1);
    one.offline(true);
    await run(1);
    await one.submit(one.capture('pi_100', 3_000));
    one.switchOff();
    one.isAt(place);
    one.offline(false);
    await one.switchOn();
    await run(5);
    expect(captured('pi_100')).toBe(1);
  });

  test('is not taken for a copy while secure storage is not there yet', async () => {
    const { one, run, captured } = await queuedOffline();
    const { user } = one.pc.place;
    const { key } = one.pc;
    one.switchOff();
    one.offline(false);
    // The key store comes up after the till: neither the key nor the token can be read.
    one.isAt({ user: null });
    one.pc.key = null;
    await one.switchOn();
    await run(10);
    expect(captured('pi_100')).toBe(0);
    one.switchOff();
    one.isAt({ user });
    one.pc.key = key;
    await one.switchOn();
    await run(5);
    expect(captured('pi_100')).toBe(1);
  });

  test.each([
    ['the same machine', {}],
    ['a machine that cannot be told either', { machineId: null }],
  ])('is not taken for a copy at a start without storage, on %s, though it waits for long', async (_where, place) => {
    const { one, run, captured } = await queuedOffline();
    const before = { ...one.pc.place };
    const { key } = one.pc;
    one.switchOff();
    one.offline(false);
    one.isAt({ ...place, user: null });
    one.pc.key = null;
    await one.switchOn();
    await run(60);
    expect((await one.look()).connection.notices).toEqual([]);
    expect([...one.pc.disk.actions.values()].map(({ action }) => action.state)).toEqual(['waiting']);
    // It comes up in the same run, and the person gives the key once more.
    one.isAt(before);
    one.pc.key = key;
    expect(await one.connect()).toMatchObject({ ok: true });
    await run(5);
    expect(captured('pi_100')).toBe(1);
  });

  test('whose storage turns out to be another one in the same run is a copy after all', async () => {
    const { one, run, captured } = await queuedOffline();
    one.switchOff();
    one.offline(false);
    one.isAt({ user: null });
    one.pc.key = null;
    await one.switchOn();
    await run(5);
    one.isAt({ user: 'password was reset' });
    await one.connect();
    await run(30);
    expect((await one.look()).actions).toMatchObject([HANDED]);
    expect(captured('pi_100')).toBe(0);
  });

  test('learns of a machine and a storage that were not there at first, and then holds to them', async () => {
    const { one, two, copy, run, captured, world } = await queuedOffline();
    for (const [id, fact] of [['home', JSON.stringify({ path: one.pc.place.path, machineId: null, token: null })]] as const) one.pc.disk.facts.set(id, fact);
    await one.restart();
    await run(1);
    expect(JSON.parse(one.pc.disk.facts.get('home') ?? '')).toMatchObject({ machineId: 'machine-1', token: { sealed: expect.any(String) } });
    one.switchOff();
    two.isAt({ ...one.pc.place, user: 'other' });
    copy(one.pc, two.pc);
    await two.switchOn();
    await two.connect();
    await run(10);
    expect((await two.look()).actions).toMatchObject([HANDED]);
    expect(captured('pi_100')).toBe(0);
    expect(world.journal.sent.size).toBe(0);
  });

  test('that was written by an older till becomes at home where it is', async () => {
    const { one, run, captured } = await queuedOffline();
    one.switchOff();
    one.pc.disk.facts.delete('home');
    one.offline(false);
    await one.switchOn();
    await run(5);
    expect(one.pc.disk.facts.has('home')).toBe(true);
    expect(captured('pi_100')).toBe(1);
  });

  test('whose note of its home is damaged is not believed', async () => {
    const { one, run, captured } = await queuedOffline();
    one.switchOff();
    one.pc.disk.facts.set('home', '{"path":');
    one.offline(false);
    await one.switchOn();
    await run(10);
    expect((await one.look()).actions).toMatchObject([HANDED]);
    expect(captured('pi_100')).toBe(0);
  });
});

describe('what was noticed is not lost', () => {
  test('a disk that takes nothing: nothing is sent, and the next start notices again', async () => {
    const { one, run, captured } = await queuedOffline();
    one.switchOff();
    one.isAt({ path: '/media/new-disk/tillside' });
    one.offline(false);
    one.pc.disk.mood = 'full';
    await one.switchOn();
    await run(10);
    expect((await one.look()).connection).toMatchObject({ mode: 'none', notices: [{ code: 'not-connected' }] });
    expect(captured('pi_100')).toBe(0);
    one.pc.disk.mood = 'ok';
    await one.restart();
    await run(10);
    expect((await one.look()).actions).toMatchObject([HANDED]);
    expect(captured('pi_100')).toBe(0);
  });

  test.each(['write-lost', 'write-kept'] as const)('a power cut at that moment (%s)', async (at) => {
    const { one, run, captured, world } = await queuedOffline();
    one.switchOff();
    one.isAt({ path: '/media/new-disk/tillside' });
    one.offline(false);
    one.pc.met[at] = 0;
    world.faulty = true;
    Object.assign(world.schedule, { crashes: [{ till: 0, at, nth: 1 }] });
    await one.switchOn();
    await run(1);
    expect(one.pc.life?.alive).toBe(false);
    world.faulty = false;
    await one.switchOn();
    await run(30);
    expect((await one.look()).actions).toMatchObject([HANDED]);
    expect(captured('pi_100')).toBe(0);
  });
});

describe('a home that cannot be written for a moment is written before anything is sent, so that a copy is known', () => {
  /** £30.00 is queued offline, the folder is copied, and both start with a connection. */
  async function copiedWithAnAction({ one, two, hold, run, copy, captured }: ReturnType<typeof twoPcs>) {
    hold('pi_100');
    await run(1);
    one.offline(true);
    await run(1);
    expect(await one.submit(one.capture('pi_100', 3_000))).toMatchObject({ ok: true });
    await run(1);
    two.isAt({ ...one.pc.place, path: '/home/shop/copy' });
    one.switchOff();
    copy(one.pc, two.pc);
    one.offline(false);
    await Promise.all([one.switchOn(), two.switchOn()]);
    await run(10);
    expect((await one.look()).actions).toMatchObject([{ state: 'done' }]);
    expect((await two.look()).actions).toMatchObject([HANDED]);
    expect(captured('pi_100')).toBe(1);
    expect(two.tillId()).not.toBe(one.tillId());
  }

  test.each(['busy', 'full'] as const)('the disk is %s at the first connect', async (mood) => {
    const pcs = twoPcs();
    const { one } = pcs;
    one.pc.disk.mood = mood;
    await one.switchOn();
    expect(await one.connect()).toMatchObject({ ok: false, error: { code: 'disk' } });
    one.pc.disk.mood = 'ok';
    expect(await one.connect()).toMatchObject({ ok: true });
    await copiedWithAnAction(pcs);
  });

  test('the ledger is an older Tillside’s, and the disk is busy for a second of the first start', async () => {
    const pcs = twoPcs();
    const { one, run } = pcs;
    await one.switchOn();
    await one.connect();
    await run(1);
    one.switchOff();
    one.pc.disk.facts.delete('home');
    one.pc.disk.mood = 'busy';
    await one.switchOn();
    await run(1 / 60);
    expect((await one.look()).connection).toMatchObject({ mode: 'none', notices: [{ code: 'not-connected' }] });
    one.pc.disk.mood = 'ok';
    await run(1);
    expect((await one.look()).connection).toMatchObject({ line: 'live', notices: [] });
    await copiedWithAnAction(pcs);
  });
});

test('training has no home: its folder may be anywhere', async () => {
  const { one, world } = twoPcs();
  await one.switchOn();
  await one.ask(({ handlers }) => handlers.startTraining({ seed: 7 }));
  await world.clock.run(MINUTE_MS);
  one.switchOff();
  one.isAt({ path: '/elsewhere', user: 'other', machineId: 'machine-new' });
  await one.switchOn();
  await world.clock.run(MINUTE_MS);
  const { mode, notices } = (await one.look()).connection;
  expect(mode).toBe('training');
  expect(notices.map(({ code }) => code)).not.toContain('profile-moved');
  expect(one.tillId()).toBeUndefined();
});
