import { expect, test } from 'vitest';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { type DiskFailure, NO_NEWS } from '../../main/ports/ledger.ts';
import { gatherPayments } from '../../main/sync/write-behind-ledger.ts';
import { simLedgerOn } from '../a-shop.ts';
import { anAction, aPayment, NOON_MS } from '../builders.ts';
import { aFile, anEntry, opened } from '../ledger/a-ledger.ts';
import { createSimClock } from '../sim/clock.ts';
import { emptyDisk } from '../sim/disk.ts';
import { createSimLedger } from '../sim/ledger.ts';

const silent = { error: () => undefined };
const FULL: DiskFailure = { code: 'full', message: 'The disk is full.' };

function gathering() {
  const clock = createSimClock(NOON_MS);
  const disk = emptyDisk();
  let failure: DiskFailure | null = null;
  let writes = 0;
  let told = 0;
  const write = (take: () => void): DiskFailure | null => {
    writes += 1;
    if (!failure) take();
    return failure;
  };
  const onDisk = createSimLedger(disk, write, () => undefined);
  return {
    clock,
    ledger: gatherPayments(onDisk, clock, silent, () => {
      told += 1;
    }),
    onDisk: () => [...disk.payments.values()].map(({ payment }) => payment),
    activity: () => disk.activity,
    writes: () => writes,
    told: () => told,
    setDisk(now: DiskFailure | null) {
      failure = now;
    },
  };
}

test('payments read singly are written together, each as it was read last, and known meanwhile', async () => {
  const { ledger, clock, onDisk, writes } = gathering();
  const [one, other] = [aPayment(), aPayment()];
  const later = { ...one, status: 'Refunded' };
  for (const payment of [one, other, later]) expect(ledger.writePayments('acc_1', [payment])).toEqual({ ok: true, value: null });
  expect(onDisk()).toEqual([]);
  expect(ledger.payment('acc_1', one.id)).toEqual(later);
  expect(ledger.payment('acc_2', one.id)).toBeNull();
  await clock.run(1_000);
  expect(onDisk()).toEqual([later, other]);
  await clock.run(60_000);
  expect(writes()).toBe(1);
});

test('what a full disk did not take is read back as it was read last, with what was known before', () => {
  const { ledger, setDisk } = gathering();
  const [one, judged, unseen] = [aPayment(), aPayment(), aPayment()];
  const before = baselineOf(one, NOON_MS);
  const waits = { ...NO_NEWS, knownBefore: new Map([[judged.id, baselineOf(judged, NOON_MS)]]) };
  ledger.writePayments('acc_1', [one, judged], waits);
  ledger.payments('acc_1', 0, Number.MAX_SAFE_INTEGER, false);
  setDisk(FULL);
  const [oneLater, judgedLater] = [one, judged].map((payment) => ({ ...payment, refundedMinor: 500 }));
  if (!oneLater || !judgedLater) throw new Error('two payments');
  ledger.writePayments('acc_1', [oneLater], { ...NO_NEWS, knownBefore: new Map([[one.id, before]]) });
  ledger.writePayments('acc_1', [judgedLater, unseen]);

  expect(ledger.knownBefore('acc_1')).toEqual(new Map([[one.id, before]]));
  expect(ledger.knownBefore('acc_2')).toEqual(new Map());
  const lists = [ledger.payments('acc_1', 0, Number.MAX_SAFE_INTEGER, false), ledger.newestPayments('acc_1', Number.MAX_SAFE_INTEGER, 10)];
  for (const list of lists) expect(new Set(list)).toEqual(new Set([oneLater, judgedLater]));
  expect(ledger.payment('acc_1', one.id)).toEqual(oneLater);
});

test('what was known of a payment whose change waits to be judged is gathered and written with it, and asked for with it', async () => {
  const { ledger, clock, writes } = gathering();
  const [one, other] = [aPayment(), aPayment()];
  const before = baselineOf(one, NOON_MS);
  const waits = { ...NO_NEWS, knownBefore: new Map([[one.id, before]]) };
  ledger.writePayments('acc_1', [one], waits);
  ledger.writePayments('acc_1', [other]);
  expect(writes()).toBe(0);
  expect(ledger.knownBefore('acc_1')).toEqual(waits.knownBefore);
  expect(writes()).toBe(1);
  ledger.writePayments('acc_1', [one]);
  await clock.run(1_000);
  expect(ledger.knownBefore('acc_1')).toEqual(new Map());
  ledger.writePayments('acc_1', [one], waits);
  ledger.writePayments('acc_1', [other], { ...NO_NEWS, activity: [anEntry()] });
  expect(writes()).toBe(3);
  expect(ledger.knownBefore('acc_1')).toEqual(waits.knownBefore);
});

test('a page of payments is written as it comes', () => {
  const { ledger, onDisk } = gathering();
  const page = Array.from({ length: 100 }, () => aPayment());
  ledger.writePayments('acc_1', page);
  expect(onDisk()).toEqual(page);
});

test('what was noticed of another till is written at once, in one piece with its payment and those before it', () => {
  const { ledger, onDisk, activity, writes } = gathering();
  const [before, changed] = [aPayment(), aPayment()];
  ledger.writePayments('acc_1', [before]);
  ledger.writePayments('acc_1', [changed], { ...NO_NEWS, activity: [anEntry()] });
  expect(onDisk()).toEqual([before, changed]);
  expect(activity()).toHaveLength(1);
  expect(writes()).toBe(1);
});

test('what was noticed of another till and could not be written leaves its payment unwritten too', async () => {
  const { ledger, clock, onDisk, activity, setDisk } = gathering();
  setDisk(FULL);
  expect(ledger.writePayments('acc_1', [aPayment()], { ...NO_NEWS, activity: [anEntry()] })).toEqual({ ok: false, error: FULL });
  setDisk(null);
  await clock.run(60_000);
  expect(onDisk()).toEqual([]);
  expect(activity()).toEqual([]);
});

test('a disk that will not have them is told of, tried again, and told of no longer', async () => {
  const { ledger, clock, onDisk, setDisk, told } = gathering();
  const payment = aPayment();
  setDisk(FULL);
  ledger.writePayments('acc_1', [payment]);
  expect(ledger.unkept()).toBeNull();
  await clock.run(1_000);
  expect(ledger.unkept()).toEqual(FULL);
  expect(ledger.writePayments('acc_1', [aPayment()])).toEqual({ ok: false, error: FULL });
  expect(told()).toBe(1);
  setDisk(null);
  await clock.run(10_000);
  expect(onDisk()).toEqual([payment]);
  expect(ledger.unkept()).toBeNull();
  expect(told()).toBe(2);
});

test.each([
  ['a day is asked for', (ledger: ReturnType<typeof gathering>['ledger']) => void ledger.payments('acc_1', 0, NOON_MS, true)],
  ['a word is searched for', (ledger: ReturnType<typeof gathering>['ledger']) => void ledger.findPayments('acc_1', [], 10)],
  ['the till closes', (ledger: ReturnType<typeof gathering>['ledger']) => ledger.close()],
  ['another account’s come', (ledger: ReturnType<typeof gathering>['ledger']) => void ledger.writePayments('acc_2', [])],
])('what was gathered is written when %s', (_, happens) => {
  const { ledger, onDisk } = gathering();
  const payment = aPayment();
  ledger.writePayments('acc_1', [payment]);
  happens(ledger);
  expect(onDisk()).toEqual([payment]);
});

test('what comes after it was closed is not kept, says so, and never reaches the closed database', async () => {
  const clock = createSimClock(NOON_MS);
  const file = aFile();
  const real = opened(file);
  const ledger = gatherPayments(real, clock, silent, () => undefined);
  const [before, after] = [aPayment(), aPayment()];
  ledger.writePayments('acc_1', [before]);
  ledger.close();
  ledger.close();
  expect(ledger.writePayments('acc_1', [after])).toMatchObject({ ok: false });
  expect(ledger.writePayments('acc_1', [after], { ...NO_NEWS, activity: [anEntry()] })).toMatchObject({ ok: false });
  expect(ledger.writeActions([anAction()], [])).toMatchObject({ ok: false });
  expect(ledger.writeFact('asOf:acc_1', '1')).toMatchObject({ ok: false });
  expect(ledger.readFact('asOf:acc_1')).toBeNull();
  expect(ledger.payment('acc_1', before.id)).toBeNull();
  expect(ledger.payments('acc_1', 0, NOON_MS, true)).toEqual([]);
  await ledger.backUp('2026-06-15', true);
  await clock.run(60_000);
  const again = opened(file);
  expect(again.payment('acc_1', before.id)).toEqual(before);
  expect(again.payment('acc_1', after.id)).toBeNull();
});

test('what was read is on the disk before the newest are listed, and before a backup is made', async () => {
  const { ledger, onDisk } = gathering();
  const [one, other] = [aPayment(), aPayment()];
  ledger.writePayments('acc_1', [one]);
  expect(ledger.newestPayments('acc_1', NOON_MS + 1, 10)).toEqual([one]);
  expect(onDisk()).toEqual([one]);
  ledger.writePayments('acc_1', [other]);
  await ledger.backUp('2026-06-15', true);
  expect(onDisk()).toEqual([one, other]);
});

test('fifty are still gathered, one more is not', () => {
  const { ledger, writes } = gathering();
  ledger.writePayments(
    'acc_1',
    Array.from({ length: 50 }, () => aPayment()),
  );
  expect(writes()).toBe(0);
  ledger.writePayments('acc_1', [aPayment()]);
  expect(writes()).toBe(1);
});

test.each<readonly [DiskFailure, retryMs: number]>([
  [FULL, 5_000],
  [{ code: 'busy', message: 'Another program holds it.' }, 250],
])('a disk that refuses with %o is tried again %i ms later, and no sooner', async (failure, retryMs) => {
  const { ledger, clock, writes, setDisk, onDisk, told } = gathering();
  const payment = aPayment();
  setDisk(failure);
  ledger.writePayments('acc_1', [payment]);
  await clock.run(250);
  expect([writes(), told()]).toEqual([1, 1]);
  expect(ledger.unkept()).toEqual(failure);
  setDisk(null);
  await clock.run(retryMs - 1);
  expect(writes()).toBe(1);
  await clock.run(1);
  expect([writes(), told()]).toEqual([2, 2]);
  expect(onDisk()).toEqual([payment]);
  expect(ledger.unkept()).toBeNull();
});

test('a page that the disk refuses is not tried again by itself: whoever read it knows', async () => {
  const { ledger, clock, writes, setDisk } = gathering();
  setDisk(FULL);
  expect(
    ledger.writePayments(
      'acc_1',
      Array.from({ length: 51 }, () => aPayment()),
    ).ok,
  ).toBe(false);
  await clock.run(60_000);
  expect(writes()).toBe(1);
});

test('it is closed once', () => {
  let closed = 0;
  const clock = createSimClock(NOON_MS);
  const onDisk = simLedgerOn(emptyDisk());
  const ledger = gatherPayments(
    {
      ...onDisk,
      close() {
        closed += 1;
      },
    },
    clock,
    silent,
    () => undefined,
  );
  ledger.close();
  ledger.close();
  expect(closed).toBe(1);
});

test('a ledger that throws has written nothing: it is said, tried again, and closing ends all the same', async () => {
  const clock = createSimClock(NOON_MS);
  const disk = emptyDisk();
  const onDisk = simLedgerOn(disk);
  const errors: string[] = [];
  let throws = true;
  let closed = 0;
  const ledger = gatherPayments(
    {
      ...onDisk,
      writePayments(...asked) {
        if (throws) throw new Error('out of memory');
        return onDisk.writePayments(...asked);
      },
      close() {
        closed += 1;
      },
    },
    clock,
    { error: (message) => errors.push(message) },
    () => undefined,
  );
  const [one, other] = [aPayment(), aPayment()];
  ledger.writePayments('acc_1', [one]);
  await clock.run(1_000);
  expect(ledger.unkept()).toMatchObject({ code: 'broken' });
  expect(errors).toEqual(['the ledger threw: out of memory']);
  throws = false;
  await clock.run(5_000);
  expect([[...disk.payments.values()].map(({ payment }) => payment), ledger.unkept()]).toEqual([[one], null]);
  throws = true;
  ledger.writePayments('acc_1', [other]);
  expect(() => ledger.close()).not.toThrow();
  expect(closed).toBe(1);
});
