import { expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import type { DojoClient } from '../../main/dojo/client.ts';
import type { DiskFailure } from '../../main/ports/ledger.ts';
import { createQueueLoop, type QueueLoopOptions } from '../../main/queue/runner.ts';
import { aHold, anAction, NOON_MS } from '../builders.ts';
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
  const ledger = createSimLedger(emptyDisk(), write, (action) => void happened.push(action.state));
  const holds = new Map<string, Payment>();
  const actions: Action[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const hold = aHold({ amountMinor: 4_200 });
    holds.set(hold.id, hold);
    actions.push(anAction({ seq, paymentId: hold.id, move: { kind: 'capture', amount: 4_200 }, acceptedAtMs: NOON_MS, notBeforeMs: NOON_MS }));
  }
  const waiting: (() => void)[] = [];
  const asked = <T>(value: T) => new Promise<T>((resolve) => void waiting.push(() => resolve(value)));
  const client: DojoClient = {
    search: () => Promise.reject(new Error('expected no search')),
    probe: () => Promise.reject(new Error('expected no probe')),
    read: () => Promise.reject(new Error('expected the reading to tell Dojo’s time as well')),
    readDated(id) {
      happened.push('read');
      const payment = holds.get(id);
      if (!payment) throw new Error(`expected a hold, got ${id}`);
      return asked({ ok: true, value: { payment, dojoAtMs: NOON_MS } } as const);
    },
    perform(_, { id }) {
      happened.push('sent');
      return asked({ ok: true, value: { captureId: `capture_${id}`, dojoId: null } } as const);
    },
  };
  const loop = createQueueLoop({
    ledger,
    clock,
    random: { uuid: () => 'unused', fraction: () => 0.5 },
    log: { info: () => undefined, warn: () => undefined, error: (message) => void logged.push(message) },
    nowMs: clock.nowMs,
    zone: () => 'Europe/London',
    apiVersion: () => '2026-02-27',
    onChange: () => undefined,
    onPayment: () => undefined,
    onMoved: () => undefined,
    onDisk: () => undefined,
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
    logged,
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
  loop.dispatch({ type: 'withdraw', actionId: action.id });
  expect(loop.state().actions.get(action.id)?.state).toBe('sending');
  expect(happened).toEqual(['read', 'sending', 'sent']);
});

const throws = (): never => {
  throw new Error('a bug elsewhere');
};

test.each(['onPayment', 'onMoved', 'onChange'] as const)('where %s throws, no lane stays busy and everything comes to its end', async (what) => {
  const { answer, loop, logged } = queueWithTakes(6, { [what]: throws });
  for (let round = 0; round < 6; round += 1) await answer();
  expect([...loop.state().actions.values()].map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'done'));
  expect(loop.state().busy.size).toBe(0);
  await loop.quiet();
  expect(logged.join()).toContain('a bug elsewhere');
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
  expect(await answer()).toEqual(['read']);
  expect(await answer()).toEqual(['sending', 'sent']);
});
