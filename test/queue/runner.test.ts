import { describe, expect, test } from 'vitest';
import type { Failure } from '../../main/core/failure.ts';
import type { Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import type { Taken } from '../../main/core/queue/queue-state.ts';
import { err, ok, type Result } from '../../main/core/result.ts';
import type { DojoClient } from '../../main/dojo/client.ts';
import type { DiskFailure } from '../../main/ports/ledger.ts';
import { createQueueLoop, type QueueLoop, type QueueLoopOptions } from '../../main/queue/runner.ts';
import { aFailure, aHold, anAction, DAY_MS, NOON_MS } from '../builders.ts';
import { createSimClock } from '../sim/clock.ts';
import { emptyDisk } from '../sim/disk.ts';
import { createSimLedger } from '../sim/ledger.ts';

const FULL: DiskFailure = { code: 'full', message: 'The disk is full.' };

/** A queue with a take for each of some holds. Dojo answers everything that it was asked together. */
function queueWithTakes(count: number, others: Partial<QueueLoopOptions> = {}) {
  const clock = createSimClock(NOON_MS);
  const happened: string[] = [];
  let failure: DiskFailure | 'throws' | null = null;
  const logged: string[] = [];
  const write = (take: () => void): DiskFailure | null => {
    if (failure === 'throws') throw new Error('the database is closed');
    if (!failure) take();
    return failure;
  };
  const disk = emptyDisk();
  const ledger = createSimLedger(disk, write, (action) => void happened.push(action.state));
  const holds = new Map<string, Payment>();
  const actions: Action[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const hold = aHold({ amountMinor: 4_200 });
    holds.set(hold.id, hold);
    actions.push(anAction({ seq, paymentId: hold.id, move: { kind: 'capture', amount: 4_200 }, acceptedAtMs: NOON_MS, notBeforeMs: NOON_MS }));
  }
  const waiting: (() => void)[] = [];
  const odd = new Map<string, Taken>();
  const told: (DiskFailure | null)[] = [];
  let changes = 0;
  /** How Dojo fails from now on; a string: its client throws. */
  let fails: Partial<Failure> | string | null = null;
  const performed: { move: unknown; payment: unknown; key: string; version: string | undefined }[] = [];
  /** Answered as Dojo is when the answer comes. */
  const asked = <T>(value: () => T) =>
    new Promise<Result<T, Failure>>((resolve, reject) => {
      waiting.push(() => {
        if (typeof fails === 'string') reject(new Error(fails));
        else resolve(fails ? err(aFailure(fails)) : ok(value()));
      });
    });
  const client: DojoClient = {
    search: () => Promise.reject(new Error('expected no search')),
    probe: () => Promise.reject(new Error('expected no probe')),
    read: () => Promise.reject(new Error('expected the reading to tell Dojo’s time as well')),
    readDated(id) {
      happened.push('read');
      const payment = holds.get(id);
      if (!payment) throw new Error(`expected a hold, got ${id}`);
      return asked(() => ({ payment, dojoAtMs: NOON_MS }));
    },
    perform(move, payment, key, version) {
      happened.push('sent');
      performed.push({ move, payment, key, version });
      const { id } = payment;
      return asked(() => odd.get(id) ?? { captureId: `capture_${id}`, dojoId: null });
    },
  };
  const loop = createQueueLoop({
    ledger,
    clock,
    random: { uuid: () => 'unused', fraction: () => 0.5 },
    log: { info: () => undefined, warn: () => undefined, error: (message) => void logged.push(message) },
    nowMs: clock.nowMs,
    otherwiseMs: () => null,
    isRepeated: () => true,
    certainMs: () => clock.nowMs(),
    zone: () => 'Europe/London',
    apiVersion: () => '2026-02-27',
    onChange() {
      changes += 1;
    },
    onPayment: () => undefined,
    withTimes: (read) => read,
    onUnread: () => undefined,
    onDoubt: () => undefined,
    onMoved: () => undefined,
    onDisk: (trouble) => void told.push(trouble),
    ...others,
  });
  loop.connect(client);
  const first = actions[0];
  if (!first) throw new Error('expected a take');
  loop.dispatch({ type: 'gate', gate: 'open', accountId: first.accountId });
  loop.dispatch({ type: 'accepted', actions });
  /** Everything asked so far is answered, in one turn. */
  async function arrive(): Promise<void> {
    for (const resolve of waiting.splice(0)) resolve();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return {
    loop,
    client,
    actions,
    disk,
    logged,
    told,
    performed,
    changes: () => changes,
    /** What Dojo's yes to a move of this payment says. */
    setOdd: (paymentId: string, taken: Taken) => void odd.set(paymentId, taken),
    setDojo(now: Partial<Failure> | string | null) {
      fails = now;
    },
    states: () => [...loop.state().actions.values()].map(({ state }) => state),
    setDisk(now: DiskFailure | 'throws' | null) {
      failure = now;
    },
    clock,
    happened,
    arrive,
    /** The same, and the queue takes it; returns what happened from then on. */
    async answer(): Promise<string[]> {
      happened.length = 0;
      await arrive();
      await clock.run(0);
      return [...happened];
    },
  };
}

test.each<readonly [string, Partial<Failure> | null, told: string]>([
  ['showed', null, 'read'],
  ['did not show', { kind: 'refused', status: 404 }, 'unread'],
])('what Dojo %s is told of the key that asked, and of no other that was connected meanwhile', async (_, dojo, told) => {
  const looks: string[] = [];
  const asking = () => queueWithTakes(1, { onPayment: () => void looks.push('read'), onUnread: () => void looks.push('unread') });
  const same = asking();
  same.setDojo(dojo);
  await same.arrive();
  expect(looks).toEqual([told]);
  const other = asking();
  other.setDojo(dojo);
  other.loop.connect({ ...other.client });
  await other.answer();
  expect(looks).toEqual([told]);
  // The queue hears of it all the same.
  expect([...other.loop.state().busy.values()].map(({ what }) => what)).not.toContain('reading');
});

test.each<readonly [string, certainMs: () => number | null, otherwiseMs: () => number | null, isNow: boolean]>([
  ['Dojo’s time is certain', () => NOON_MS, () => null, true],
  ['it is not', () => null, () => null, false],
  ['something speaks against it', () => NOON_MS, () => NOON_MS - DAY_MS, false],
])('an end that is dated in the future is dated anew where %s', (_, certainMs, otherwiseMs, isNow) => {
  const { loop } = queueWithTakes(1, { certainMs, otherwiseMs });
  const ended = anAction({ id: 'ended', state: 'withdrawn', changedAtMs: NOON_MS + DAY_MS });
  loop.dispatch({ type: 'loaded', actions: [ended] });
  loop.dispatch({ type: 'tick' });
  expect(loop.state().actions.get('ended')).toEqual(isNow ? { ...ended, changedAtMs: NOON_MS } : ended);
});

test('answers that come together are written together, and nothing is sent before', async () => {
  const { answer } = queueWithTakes(4);
  expect(await answer()).toEqual(['sending', 'sending', 'sending', 'sending', 'sent', 'sent', 'sent', 'sent']);
  expect(await answer()).toEqual(['done', 'done', 'done', 'done']);
});

test('where the disk refuses, none of those that came together is sent, and all are once there is room', async () => {
  const { answer, setDisk, clock, loop } = queueWithTakes(3);
  setDisk(FULL);
  expect(await answer()).toEqual([]);
  expect([...loop.state().actions.values()].map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
  setDisk(null);
  await clock.run(10_000);
  expect((await answer()).filter((what) => what === 'sent')).toHaveLength(3);
});

test('what Dojo said comes before what a person does after it', async () => {
  const { loop, arrive, happened } = queueWithTakes(1);
  const [action] = loop.state().actions.values();
  if (!action) throw new Error('expected a take');
  await arrive();
  expect(loop.state().actions.get(action.id)?.state).toBe('waiting');
  loop.decide([{ type: 'withdraw', actionId: action.id }]);
  expect(loop.state().actions.get(action.id)?.state).toBe('sending');
  expect(happened).toEqual(['read', 'sending', 'sent']);
});

const throws = (): never => {
  throw new Error('a bug elsewhere');
};

test.each([
  ['onPayment', 'a reading'],
  ['onMoved', 'a move'],
  ['onChange', 'a change'],
] as const)('where %s throws, no lane stays busy and everything comes to its end', async (what, after) => {
  const { answer, loop, logged } = queueWithTakes(6, { [what]: throws });
  for (let round = 0; round < 6; round += 1) await answer();
  expect([...loop.state().actions.values()].map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'done'));
  expect(loop.state().busy.size).toBe(0);
  await loop.quiet();
  expect(new Set(logged)).toEqual(new Set([`what follows ${after} threw: a bug elsewhere`]));
});

test('a ledger that throws has written nothing: nothing is sent until it can be written', async () => {
  const { answer, setDisk, clock, loop } = queueWithTakes(2);
  setDisk('throws');
  expect(await answer()).toEqual([]);
  expect([...loop.state().actions.values()].map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  setDisk(null);
  await clock.run(10_000);
  expect((await answer()).filter((what) => what === 'sent')).toHaveLength(2);
});

test('what the disk did not take is tried once more when the till closes', async () => {
  const { answer, setDisk, loop, happened } = queueWithTakes(1);
  await answer();
  setDisk(FULL);
  await answer();
  expect(happened).not.toContain('done');
  setDisk(null);
  loop.close();
  expect(happened).toContain('done');
});

test('a payment that was read while the PC slept is read again, nothing is sent on it', async () => {
  let aheadMs = 0;
  const { answer, clock } = queueWithTakes(1, { nowMs: () => NOON_MS + aheadMs });
  const wall = clock.nowMs;
  Object.assign(clock, { nowMs: () => wall() + aheadMs });
  aheadMs = 2 * 3_600_000;
  expect(await answer()).toEqual(['waiting', 'read']);
  expect(await answer()).toEqual(['sending', 'sent']);
});

test('a capture goes out with its move, its payment, its currency, its key and its version, and each change of its state stands in the log', async () => {
  const { answer, performed, actions, disk, changes } = queueWithTakes(1);
  const [action] = actions;
  const before = changes();
  await answer();
  await answer();
  expect(performed).toEqual([{ move: action?.move, payment: { id: action?.paymentId, currency: 'GBP' }, key: action?.idempotencyKey, version: '2026-02-27' }]);
  expect(disk.activity.map(({ what, paymentId, actionId, accountId, atMs }) => [what, paymentId, actionId, accountId, atMs])).toEqual([
    ['sending', action?.paymentId, action?.id, action?.accountId, NOON_MS],
    ['done', action?.paymentId, action?.id, action?.accountId, NOON_MS],
  ]);
  expect(disk.activity.map(({ note }) => note)).toEqual([expect.stringMatching(/./), [...disk.actions.values()][0]?.action.outcome?.message]);
  expect(changes()).toBe(before + 2);
});

test('where it waits again, the log says so once, and not again with each further try', async () => {
  const { answer, setDojo, clock, disk } = queueWithTakes(1);
  setDojo({ kind: 'unknown-outcome' });
  for (let tries = 0; tries < 4; tries += 1) {
    await answer();
    await clock.run(60_000);
  }
  expect([...disk.actions.values()][0]?.action.failures).toBeGreaterThan(1);
  expect(disk.activity).toEqual([]);
});

test('what waits is looked at again when it is due, and not before', async () => {
  const { answer, setDojo, clock, happened } = queueWithTakes(1);
  setDojo({ kind: 'unknown-outcome' });
  await answer();
  setDojo(null);
  await clock.run(400);
  expect(happened.filter((what) => what === 'read')).toEqual([]);
  await clock.run(60_000);
  expect(happened.filter((what) => what === 'read')).toEqual(['read']);
});

test('one look that is due takes the place of the one before: nothing is looked at twice', async () => {
  const { loop, clock, answer, setDojo, changes } = queueWithTakes(1);
  setDojo({ kind: 'throttled', retryAfterMs: 60_000 });
  await answer();
  for (let again = 0; again < 5; again += 1) loop.dispatch({ type: 'tick' });
  const before = changes();
  await clock.run(61_000);
  expect(changes()).toBe(before + 1);
});

test('a payment that was read is handed on, and a reading that failed hands on nothing', async () => {
  const seen: unknown[] = [];
  const { answer, setDojo } = queueWithTakes(1, { onPayment: (payment) => void seen.push(payment) });
  setDojo({ kind: 'unknown-outcome' });
  await answer();
  expect(seen).toEqual([]);
  const clean = queueWithTakes(1, { onPayment: (payment) => void seen.push(payment.id) });
  await clean.answer();
  expect(seen).toEqual([clean.actions[0]?.paymentId]);
});

test('is judged with what earlier readings tell of when it was paid', async () => {
  // By the reading alone the hold ended a week ago.
  const { answer, loop, actions } = queueWithTakes(1, { withTimes: (read) => ({ ...read, paidAtMs: null, createdAtMs: 0, updatedAtMs: 0 }) });
  await answer();
  await answer();
  expect(loop.state().actions.get(actions[0]?.id ?? '')).toMatchObject({ state: 'refused', outcome: { code: 'hold-ended' } });
});

test('an end is told once, so that the payment is read again; a start and a wait are not', async () => {
  const moved: string[] = [];
  const { answer, loop, actions } = queueWithTakes(2, { onMoved: ({ id, state }) => void moved.push(`${id}:${state}`) });
  await answer();
  expect(moved).toEqual([]);
  await answer();
  expect(moved).toEqual(actions.map(({ id }) => `${id}:done`));
  loop.dispatch({ type: 'tick' });
  expect(moved).toHaveLength(2);
});

test('one that now needs a person is told too, and again only when it ends', () => {
  const moved: string[] = [];
  const { loop, actions } = queueWithTakes(1, { onMoved: ({ state }) => void moved.push(state) });
  const id = actions[0]?.id ?? '';
  loop.dispatch({ type: 'moved', why: 'moved', accountId: null });
  expect(moved).toEqual(['needsPerson']);
  loop.dispatch({ type: 'moved', why: 'new-key', accountId: null });
  expect(moved).toEqual(['needsPerson']);
  loop.decide([{ type: 'settle', actionId: id, verdict: 'happened', note: '' }]);
  expect(moved).toEqual(['needsPerson', 'done']);
});

test('an action that ended in an earlier run is news to nobody', () => {
  const moved: string[] = [];
  const { loop, disk } = queueWithTakes(1, { onMoved: ({ state }) => void moved.push(state) });
  loop.dispatch({ type: 'loaded', actions: [anAction({ state: 'sending', sends: 1, sentAtMs: NOON_MS, firstSentAtMs: NOON_MS, paymentId: 'pi_before' })] });
  expect(moved).toEqual([]);
  expect(disk.activity.map(({ what }) => what)).toEqual(['checking']);
});

describe('a disk that refuses', () => {
  test('is told once, tried again every five seconds, and told when it takes everything again', async () => {
    const { answer, setDisk, clock, told, loop, logged, disk } = queueWithTakes(1);
    setDisk(FULL);
    await answer();
    expect(told).toEqual([FULL]);
    expect(logged).toEqual(['actions could not be written: full']);
    expect(loop.state().diskOk).toBe(false);
    await clock.run(5_000);
    expect(told).toEqual([FULL]);
    setDisk(null);
    await clock.run(4_999);
    expect(told).toEqual([FULL]);
    expect(disk.actions.size).toBe(0);
    await clock.run(1);
    expect(told).toEqual([FULL, null]);
    expect(loop.state().diskOk).toBe(true);
    expect([...disk.actions.values()].map(({ action }) => action.state)).toEqual(['waiting']);
    await clock.run(10_000);
    expect(told).toEqual([FULL, null]);
    setDisk('throws');
    loop.close();
    expect(logged.filter((line) => line.startsWith('the ledger threw'))).toEqual([]);
  });

  test('keeps back the send and nothing else: other payments are read on, and it goes out once', async () => {
    const { answer, setDisk, clock, loop, performed } = queueWithTakes(5);
    await answer();
    expect(performed).toHaveLength(4);
    setDisk(FULL);
    expect(await answer()).toEqual(['read']);
    expect(loop.state().busy.size).toBe(1);
    expect(await answer()).toEqual([]);
    expect(performed).toHaveLength(4);
    expect(loop.sendingCount()).toBe(0);
    setDisk(null);
    await clock.run(5_000);
    for (let round = 0; round < 6; round += 1) await answer();
    expect(performed).toHaveLength(5);
    expect(loop.state().busy.size).toBe(0);
  });

  test('holds back what follows an end until it is written, by a retry or with a later change, and tells it once', async () => {
    for (const isByRetry of [true, false]) {
      const moved: string[] = [];
      const { answer, setDisk, clock, loop } = queueWithTakes(1, { onMoved: ({ state }) => void moved.push(state) });
      await answer();
      setDisk(FULL);
      await answer();
      expect(moved).toEqual([]);
      setDisk(null);
      if (isByRetry) await clock.run(5_000);
      else loop.dispatch({ type: 'accepted', actions: [anAction({ paymentId: 'pi_later' })] });
      if (!isByRetry) loop.dispatch({ type: 'moved', why: 'moved', accountId: null });
      expect(moved[0]).toBe('done');
      await clock.run(60_000);
      expect(moved.filter((state) => state === 'done')).toHaveLength(1);
    }
  });

  test('has the log of what happened meanwhile when it takes it, each line once', async () => {
    const { answer, setDisk, clock, disk, loop, logged } = queueWithTakes(1);
    await answer();
    setDisk(FULL);
    await answer();
    expect(disk.activity.map(({ what }) => what)).toEqual(['sending']);
    setDisk(null);
    await clock.run(5_000);
    expect(disk.activity.map(({ what }) => what)).toEqual(['sending', 'done']);
    await clock.run(60_000);
    loop.dispatch({ type: 'accepted', actions: [anAction({ paymentId: 'pi_later' })] });
    loop.dispatch({ type: 'moved', why: 'moved', accountId: null });
    expect(disk.activity.map(({ what }) => what)).toEqual(['sending', 'done', 'needsPerson']);
    setDisk('throws');
    loop.close();
    expect(logged.filter((line) => line.startsWith('the ledger threw'))).toEqual([]);
  });

  test('does not keep it from looking again at what may have gone out', async () => {
    const { answer, setDisk, setDojo, clock, states, happened, loop } = queueWithTakes(1);
    await answer();
    setDisk(FULL);
    setDojo({ kind: 'unknown-outcome' });
    await answer();
    expect(states()).toEqual(['checking']);
    happened.length = 0;
    await clock.run(2_000);
    expect(happened).toEqual(['read']);
    expect(loop.state().diskOk).toBe(false);
  });

  test('is given nothing where nothing changed', async () => {
    const { setDisk, loop, told, logged } = queueWithTakes(1);
    setDisk('throws');
    loop.dispatch({ type: 'tick' });
    loop.dispatch({ type: 'line', up: false });
    expect([told, logged]).toEqual([[], []]);
  });

  test('takes what waited with the next change, in its newest version, and the old lines before the new ones', async () => {
    const { answer, setDisk, disk, loop, actions, logged } = queueWithTakes(1);
    setDisk(FULL);
    await answer();
    setDisk(null);
    loop.decide([{ type: 'withdraw', actionId: actions[0]?.id ?? '' }]);
    expect([...disk.actions.values()].map(({ action }) => action.state)).toEqual(['withdrawn']);
    expect(disk.activity.map(({ what }) => what)).toEqual(['sending', 'withdrawn']);
    setDisk('throws');
    loop.close();
    expect(logged.filter((line) => line.startsWith('the ledger threw'))).toEqual([]);
  });

  test.each([FULL, 'throws'] as const)('refuses what a person decides, of which then nothing is kept, and takes it with the next try: %s', async (trouble) => {
    const { setDisk, disk, loop, actions, states, clock, told } = queueWithTakes(2);
    loop.dispatch({ type: 'paused', paused: true });
    const removed = actions.map(({ id: actionId }) => ({ type: 'withdraw', actionId }) as const);
    setDisk(trouble);
    expect(loop.decide(removed)).toEqual(err(trouble === 'throws' ? { code: 'broken', message: expect.any(String) } : FULL));
    expect(states()).toEqual(['waiting', 'waiting']);
    setDisk(null);
    await clock.run(60_000);
    loop.close();
    expect([disk.actions.size, disk.activity, told]).toEqual([0, [], []]);
  });

  test('takes what a person decides in one piece, and with it what waited', async () => {
    const { answer, setDisk, disk, loop, actions, states } = queueWithTakes(2);
    setDisk(FULL);
    await answer();
    expect(loop.decide(actions.map(({ id: actionId }) => ({ type: 'withdraw', actionId })))).toEqual(err(FULL));
    expect(states()).toEqual(['waiting', 'waiting']);
    setDisk(null);
    expect(loop.decide(actions.map(({ id: actionId }) => ({ type: 'withdraw', actionId })))).toEqual(ok(null));
    expect(states()).toEqual(['withdrawn', 'withdrawn']);
    expect([...disk.actions.values()].map(({ action }) => action.state)).toEqual(['withdrawn', 'withdrawn']);
    expect(disk.activity.filter(({ what }) => what === 'withdrawn')).toHaveLength(2);
  });

  test('is not asked for what changes nothing, which is not called decided', () => {
    const { loop, disk } = queueWithTakes(1);
    expect(loop.decide([{ type: 'withdraw', actionId: 'unknown' }])).toMatchObject({ ok: false, error: { code: 'broken' } });
    expect(disk.activity).toEqual([]);
  });

  test('and a ledger that throws is called broken', async () => {
    const { answer, setDisk, told, logged } = queueWithTakes(1);
    setDisk('throws');
    await answer();
    expect(told).toEqual([{ code: 'broken', message: 'The actions could not be written to the disk.' }]);
    expect(logged).toContain('the ledger threw: the database is closed');
  });
});

describe('a client', () => {
  test('that throws while it reads has told nothing: it is read again', async () => {
    const { answer, setDojo, clock, logged, loop, performed } = queueWithTakes(1);
    setDojo('a bug in the client');
    await answer();
    loop.dispatch({ type: 'tick' });
    await clock.run(1_000);
    expect(logged).toContain('the Dojo client threw: a bug in the client');
    expect(loop.state().line.up).toBe(true);
    expect(performed).toEqual([]);
    setDojo(null);
    await answer();
    expect(performed).toHaveLength(1);
  });

  test('that throws while it sends leaves the outcome unknown: it may have gone out', async () => {
    const { answer, setDojo, loop, actions, states } = queueWithTakes(1);
    const arrives = answer();
    setDojo('a bug in the client');
    await arrives;
    await answer();
    expect(states()).toEqual(['checking']);
    expect(loop.state().actions.get(actions[0]?.id ?? '')).toMatchObject({
      sends: 1,
      outcome: { code: 'unknown-outcome', message: expect.stringContaining('inside Tillside'), raw: 'Cause: client-threw' },
    });
  });

  test('that is not there sends nothing: it waits for the line, nothing is unknown', async () => {
    const { loop, actions, answer, performed, states } = queueWithTakes(1);
    loop.connect(null);
    await answer();
    await answer();
    expect(performed).toEqual([]);
    expect(states()).toEqual(['waiting']);
    expect(loop.state().line.up).toBe(false);
    expect(loop.state().actions.get(actions[0]?.id ?? '')).toMatchObject({
      sends: 0,
      outcome: { code: 'not-sent', message: expect.stringContaining('not connected'), raw: 'Cause: no-client' },
    });
  });
});

describe('quiet', () => {
  test('comes at once where nothing is on the wire, and lets nothing start', async () => {
    const { loop, answer, performed, happened } = queueWithTakes(1);
    await answer();
    await answer();
    await loop.quiet();
    expect(loop.state()).toMatchObject({ gate: 'no-key', accountId: 'acc_1' });
    happened.length = 0;
    loop.dispatch({ type: 'accepted', actions: [anAction({ paymentId: 'pi_new' })] });
    expect(happened).toEqual([]);
    expect(performed).toHaveLength(1);
  });

  test('lasts until somebody connects anew, whatever a list says of the key meanwhile', async () => {
    const { loop, performed } = queueWithTakes(2);
    void loop.quiet();
    const before = performed.length;
    loop.dispatch({ type: 'gate', gate: 'stopped', accountId: 'acc_1' });
    loop.dispatch({ type: 'gate', gate: 'open', accountId: 'acc_1' });
    loop.dispatch({ type: 'accepted', actions: [anAction({ paymentId: 'pi_new' })] });
    expect(loop.state().gate).toBe('no-key');
    expect(performed).toHaveLength(before);
  });

  test('waits for what is on the wire', async () => {
    const { loop, answer } = queueWithTakes(2);
    await answer();
    expect(loop.sendingCount()).toBe(2);
    let isQuiet = false;
    const quiet = loop.quiet().then(() => {
      isQuiet = true;
    });
    loop.dispatch({ type: 'tick' });
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(isQuiet).toBe(false);
    await answer();
    await quiet;
    expect(loop.sendingCount()).toBe(0);
  });

  test('counts what is being sent, not what is being read', () => {
    const { loop } = queueWithTakes(2);
    expect(loop.state().busy.size).toBe(2);
    expect(loop.sendingCount()).toBe(0);
  });
});

describe('closed', () => {
  test('it hears nothing more, writes nothing more and has no timer left', async () => {
    const { loop, answer, clock, happened, changes, setDojo } = queueWithTakes(1);
    setDojo({ kind: 'unknown-outcome' });
    await answer();
    const before = changes();
    loop.close();
    happened.length = 0;
    loop.dispatch({ type: 'tick' });
    await clock.run(600_000);
    expect(changes()).toBe(before);
    expect(happened).toEqual([]);
  });

  test.each(['the next look', 'an answer', 'the disk'])('no timer is left that would keep the program from ending: of %s', async (what) => {
    const { loop, answer, arrive, clock, setDojo, setDisk } = queueWithTakes(1);
    if (what === 'an answer') await arrive();
    else {
      if (what === 'the disk') setDisk(FULL);
      else setDojo({ kind: 'unknown-outcome' });
      await answer();
    }
    expect(clock.timersLeft()).toBe(1);
    loop.close();
    expect(clock.timersLeft()).toBe(0);
  });

  test('an answer that comes afterwards changes nothing', async () => {
    const { loop, answer, happened, states } = queueWithTakes(1);
    await answer();
    loop.close();
    expect(await answer()).toEqual([]);
    expect(happened).toEqual([]);
    expect(states()).toEqual(['sending']);
  });

  test('it tries the disk once, where something waits for it, and not after that', async () => {
    const { loop, answer, setDisk, clock, logged } = queueWithTakes(1);
    const tries = () => logged.filter((line) => line.startsWith('the ledger threw')).length;
    setDisk('throws');
    await answer();
    expect(tries()).toBe(1);
    loop.close();
    expect(tries()).toBe(2);
    await clock.run(60_000);
    expect(tries()).toBe(2);
  });

  test('it writes nothing where nothing waits', async () => {
    const { loop, logged, setDisk } = queueWithTakes(1);
    setDisk('throws');
    loop.close();
    expect(logged).toEqual([]);
  });
});

describe('a step that breaks', () => {
  /** Core trips over it, whatever it looks at. */
  const odd = <T extends object>(value: T): T =>
    new Proxy(value, {
      ownKeys() {
        throw new Error('core tripped');
      },
      get(_, name) {
        if (name === 'then') return undefined;
        throw new Error('core tripped');
      },
    });
  const startedAt = { wallMs: NOON_MS, monotonicMs: NOON_MS };
  const isQuiet = async (loop: QueueLoop) => {
    let quiet = false;
    void loop.quiet().then(() => {
      quiet = true;
    });
    await Promise.resolve();
    return quiet;
  };

  test('at the answer to a move leaves nothing on the wire: what became of it is looked up', async () => {
    const { loop, answer, actions, states, logged } = queueWithTakes(1);
    await answer();
    expect(loop.sendingCount()).toBe(1);
    loop.dispatch({ type: 'answered', actionId: actions[0]?.id ?? '', result: ok(odd({ captureId: 'cp_1', dojoId: null })) });
    expect(states()).toEqual(['checking']);
    expect(loop.sendingCount()).toBe(0);
    expect(logged).toEqual([expect.stringMatching(/step.*answered.*core tripped/)]);
    expect(await isQuiet(loop)).toBe(true);
  });

  test('at a reading leaves nothing on the wire either, and it is read again later', async () => {
    const { loop, actions, clock, happened, states } = queueWithTakes(1);
    loop.dispatch({ type: 'read', actionId: actions[0]?.id ?? '', startedAt, dojoAtMs: null, result: ok(odd(aHold())) });
    expect(states()).toEqual(['waiting']);
    expect(loop.state().busy.size).toBe(0);
    expect(happened.filter((what) => what === 'read')).toHaveLength(1);
    await clock.run(10_000);
    expect(happened.filter((what) => what === 'read')).toHaveLength(2);
    expect(states()).toEqual(['waiting']);
  });

  test('takes nothing from what was heard with it', async () => {
    const { loop, answer, arrive, actions, clock, states, logged, setOdd } = queueWithTakes(2);
    await answer();
    const [first] = actions;
    setOdd(first?.paymentId ?? '', odd({ captureId: 'cp_1', dojoId: null }));
    await arrive();
    await clock.run(0);
    expect(states()).toEqual(['checking', 'done']);
    expect(logged).toHaveLength(1);
    expect(loop.sendingCount()).toBe(0);
  });

  test('whoever follows the disk may throw: the lane is free all the same', async () => {
    const { loop, answer, setDisk, logged } = queueWithTakes(1, {
      onDisk() {
        throw new Error('the page is gone');
      },
    });
    setDisk(FULL);
    await answer();
    expect(loop.state().busy.size).toBe(0);
    expect(logged.some((line) => line.includes('the page is gone'))).toBe(true);
  });
});

test('what a person lets go out again is told without words: there is nothing to say of it yet', () => {
  const { loop, actions, disk } = queueWithTakes(1);
  const [action] = actions;
  if (!action?.decidedOn) throw new Error('expected a take that knows what it was decided on');
  loop.dispatch({ type: 'moved', why: 'moved', accountId: null });
  loop.decide([{ type: 'release', actionId: action.id, decidedOn: action.decidedOn }]);
  expect(disk.activity.map(({ what, note }) => [what, note])).toEqual([
    ['needsPerson', expect.stringMatching(/./)],
    ['waiting', ''],
  ]);
});
