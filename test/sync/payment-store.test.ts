import { describe, expect, test } from 'vitest';
import { tradingDay } from '../../main/core/day/day.ts';
import { likenessOf, type Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { emptyQueue, type QueueState } from '../../main/core/queue/queue-state.ts';
import type { DiskFailure } from '../../main/ports/ledger.ts';
import { createKnownPayments, ENDED_KEPT_MS } from '../../main/sync/payment-store.ts';
import { aCapture, aHold, anAction, anUnpaid, aPayment, DAY_MS, HOUR_MS, LONDON, MINUTE_MS, NOON_MS } from '../builders.ts';
import { emptyDisk } from '../sim/disk.ts';
import { createSimLedger } from '../sim/ledger.ts';

const ACCOUNT = 'acc_1';
const MIDNIGHT_MS = Date.parse('2026-06-14T23:00:00Z');
const YESTERDAY_MS = NOON_MS - DAY_MS;
const FULL: DiskFailure = { code: 'full', message: 'The disk is full.' };
const at = (paidAtMs: number, changes: Partial<Payment> = {}) => aPayment({ createdAtMs: paidAtMs, updatedAtMs: paidAtMs, paidAtMs, ...changes });

/** What is kept at hand at noon in London, over a disk that holds these, with these actions in the queue. */
function aStore({ onDisk = [] as readonly Payment[], actions = [] as readonly Action[], isOpened = true } = {}) {
  const disk = emptyDisk();
  let failure: DiskFailure | null = null;
  let isReadable = true;
  let writes = 0;
  const write = (take: () => void) => {
    writes += 1;
    if (!failure) take();
    return failure;
  };
  const ledger = createSimLedger(disk, write, () => undefined);
  ledger.writePayments(ACCOUNT, onDisk);
  writes = 0;
  let queue: QueueState = emptyQueue;
  const setActions = (now: readonly Action[], unreadable: readonly string[] = []) => {
    queue = { ...emptyQueue, actions: new Map(now.map((action) => [action.id, action])), unreadableLanes: new Set(unreadable) };
  };
  setActions(actions);
  let nowMs = NOON_MS;
  let aheadMs = 0;
  let dayStartMinutes = 0;
  let zone = LONDON;
  let changes = 0;
  const asked: unknown[][] = [];
  const store = createKnownPayments({
    ledger: {
      ...ledger,
      newestPayments(...of) {
        asked.push(of);
        return ledger.newestPayments(...of);
      },
      payment(...of) {
        asked.push(of);
        return ledger.payment(...of);
      },
      payments(...of) {
        asked.push(of);
        if (!isReadable) throw new Error('The disk could not be read.');
        return ledger.payments(...of);
      },
      changedElsewhereSince(...of) {
        asked.push(of);
        return ledger.changedElsewhereSince(...of);
      },
    },
    nowMs: () => nowMs,
    latestMs: () => nowMs + aheadMs,
    dayOf: (atMs) => tradingDay(atMs, zone, dayStartMinutes),
    asOfMs: () => null,
    queue: () => queue,
    lostHolds: () => [],
    onChange() {
      changes += 1;
    },
  });
  if (isOpened) store.open(ACCOUNT);
  return {
    /** What is read was asked for at the same moment, but where a test says otherwise. */
    store: { ...store, keep: (read: readonly Payment[], askedMs = 0) => store.keep(read, askedMs) },
    ledger,
    disk,
    asked,
    setActions,
    ids: () => [...store.all().keys()].sort(),
    writes: () => writes,
    changes: () => changes,
    setDisk(now: DiskFailure | null) {
      failure = now;
    },
    /** Whether a list of payments can be read. */
    setReadable(now: boolean) {
      isReadable = now;
    },
    setNow(atMs: number, startMinutes = 0) {
      nowMs = atMs;
      dayStartMinutes = startMinutes;
    },
    /** How much later it may be than the till believes. */
    setDoubt(byMs: number) {
      aheadMs = byMs;
    },
    setZone(now: string) {
      zone = now;
    },
  };
}

describe('at hand when the till starts', () => {
  const rows: readonly (readonly [string, Payment, Partial<Action> | null, boolean])[] = [
    ['one of today', at(NOON_MS), null, true],
    ['one of today’s first moment', at(MIDNIGHT_MS), null, true],
    ['one of yesterday’s last moment', at(MIDNIGHT_MS - 1), null, false],
    ['one made yesterday and paid today', { ...at(NOON_MS), createdAtMs: YESTERDAY_MS }, null, true],
    ['one made two days before today and paid today', { ...at(NOON_MS), createdAtMs: MIDNIGHT_MS - 2 * DAY_MS }, null, true],
    ['a hold of a week ago', aHold({ createdAtMs: NOON_MS - 6 * DAY_MS, paidAtMs: NOON_MS - 6 * DAY_MS }), null, true],
    ['one of yesterday', at(YESTERDAY_MS), null, false],
    ['one that nobody paid yesterday', anUnpaid({ createdAtMs: YESTERDAY_MS }), null, false],
    ['one of last week with an action that is open', at(NOON_MS - 7 * DAY_MS), { state: 'checking', changedAtMs: NOON_MS - 7 * DAY_MS }, true],
    ['one of last week with an action that ended today', at(NOON_MS - 7 * DAY_MS), { state: 'done', changedAtMs: MIDNIGHT_MS }, true],
    ['one of last week with an action that ended yesterday', at(NOON_MS - 7 * DAY_MS), { state: 'refused', changedAtMs: MIDNIGHT_MS - 1 }, false],
    ['one of last week with an action of another account', at(NOON_MS - 7 * DAY_MS), { accountId: 'acc_2' }, false],
  ];
  test.each(rows)('%s: $3', (_, payment, action, isThere) => {
    const { ids } = aStore({ onDisk: [payment], actions: action ? [anAction({ paymentId: payment.id, ...action })] : [] });
    expect(ids()).toEqual(isThere ? [payment.id] : []);
  });

  test('nothing of an action whose payment the disk does not know', () => {
    expect(aStore({ actions: [anAction({ paymentId: 'pi_gone' })] }).ids()).toEqual([]);
  });

  test('nothing of another account’s action, though the disk knows its payment', () => {
    const old = at(NOON_MS - 7 * DAY_MS);
    const { store, ledger, ids } = aStore({ isOpened: false, actions: [anAction({ accountId: 'acc_2', paymentId: old.id })] });
    ledger.writePayments('acc_2', [old]);
    store.open(ACCOUNT);
    expect(ids()).toEqual([]);
  });

  test('of a long day the newest forty, until somebody needs all', () => {
    const onDisk = Array.from({ length: 41 }, (_, index) => at(NOON_MS - index * MINUTE_MS));
    const { store, asked } = aStore({ onDisk });
    expect(asked).toContainEqual([ACCOUNT, MIDNIGHT_MS + 2 * DAY_MS, 40]);
    const first = store.atHand();
    expect([first.isAll, first.payments.size]).toEqual([false, 40]);
    expect(first.payments.has(onDisk[40]?.id ?? '')).toBe(false);
    expect(store.all().size).toBe(41);
    expect([store.atHand().isAll, store.atHand().payments.size]).toEqual([true, 41]);
    expect(store.all()).toBe(store.atHand().payments);
  });

  test('all of a long day also where the disk could not be read when somebody needed them first', () => {
    const { store, setReadable } = aStore({ onDisk: Array.from({ length: 41 }, (_, index) => at(NOON_MS - index * MINUTE_MS)) });
    setReadable(false);
    expect(() => store.all()).toThrow('could not be read');
    expect(store.atHand().isAll).toBe(false);
    setReadable(true);
    expect(store.all().size).toBe(41);
  });

  test('all of a day that is not long', () => {
    const onDisk = Array.from({ length: 39 }, (_, index) => at(NOON_MS - index * MINUTE_MS));
    const { store } = aStore({ onDisk: [...onDisk, at(YESTERDAY_MS)] });
    expect([store.atHand().isAll, store.atHand().payments.size]).toEqual([true, 39]);
  });

  test('what others did in the days that a hold lives', () => {
    const { asked } = aStore();
    expect(asked[0]).toEqual([ACCOUNT, NOON_MS - ENDED_KEPT_MS]);
    expect(ENDED_KEPT_MS).toBe(8 * DAY_MS);
  });

  test('nothing before an account is open, nor after it was closed', () => {
    const sale = at(NOON_MS);
    const { store, ids, asked } = aStore({ onDisk: [sale], isOpened: false });
    expect(store.atHand().isAll).toBe(true);
    expect(ids()).toEqual([]);
    expect(store.find(sale.id)).toBeNull();
    expect(store.ofDay(store.day())).toEqual([]);
    expect(asked).toEqual([]);
    store.open(ACCOUNT);
    expect(ids()).toEqual([sale.id]);
    store.close();
    expect(ids()).toEqual([]);
    expect(store.find(sale.id)).toBeNull();
    expect(store.ofDay(store.day())).toEqual([]);
    expect(store.atHand().isAll).toBe(true);
    expect(asked.filter(([of]) => of !== ACCOUNT)).toEqual([]);
  });

  test('nothing of a long day after it was closed, and that is all', () => {
    const { store } = aStore({ onDisk: Array.from({ length: 41 }, (_, index) => at(NOON_MS - index * MINUTE_MS)) });
    store.close();
    expect([store.atHand().isAll, store.atHand().payments.size]).toEqual([true, 0]);
  });

  test('of another account nothing of the one before', () => {
    const sale = at(NOON_MS);
    const { store, ids } = aStore({ onDisk: [sale] });
    store.open('acc_2');
    expect(ids()).toEqual([]);
  });
});

describe('what is read', () => {
  test('is written and at hand, and the page hears of it once', () => {
    const sale = at(NOON_MS);
    const { store, disk, changes } = aStore();
    store.keep([sale]);
    expect(store.all().get(sale.id)).toBe(sale);
    expect([...disk.payments.values()]).toEqual([{ accountId: ACCOUNT, payment: sale, knownBefore: null }]);
    expect(changes()).toBe(1);
  });

  test('takes nothing from the list that was handed out before', () => {
    const { store } = aStore({ onDisk: [at(NOON_MS)] });
    const before = store.all();
    store.keep([at(NOON_MS)]);
    expect(before.size).toBe(1);
    expect(store.all()).not.toBe(before);
    expect(store.all().size).toBe(2);
  });

  test('of another day is written and not at hand', () => {
    const sale = at(YESTERDAY_MS);
    const { store, ids, disk } = aStore();
    const before = store.all();
    store.keep([sale]);
    expect(ids()).toEqual([]);
    expect(store.all()).toBe(before);
    expect(disk.payments.size).toBe(1);
    expect(store.find(sale.id)).toBe(sale);
  });

  test.each<readonly [string, Partial<Action>, boolean]>([
    ['is waiting', { state: 'waiting', changedAtMs: YESTERDAY_MS }, true],
    ['was refused today', { state: 'refused', changedAtMs: MIDNIGHT_MS }, true],
    ['was refused yesterday', { state: 'refused', changedAtMs: MIDNIGHT_MS - 1 }, false],
    ['was done today', { state: 'done', changedAtMs: NOON_MS }, false],
  ])('of another day is at hand where an action on it %s: $2', (_, changes, isThere) => {
    const sale = at(YESTERDAY_MS);
    const actions = [anAction({ paymentId: sale.id, ...changes }), anAction({ paymentId: sale.id, state: 'done', changedAtMs: YESTERDAY_MS })];
    const { store, setActions, ids } = aStore();
    setActions(actions);
    store.keep([sale]);
    expect(ids()).toEqual(isThere ? [sale.id] : []);
  });

  test('of a hold that was at hand stays at hand when it is none any more', () => {
    const hold = aHold({ createdAtMs: NOON_MS - 2 * DAY_MS, paidAtMs: NOON_MS - 2 * DAY_MS });
    const { store } = aStore({ onDisk: [hold] });
    store.keep([{ ...hold, status: 'Captured' }]);
    expect(store.all().get(hold.id)?.status).toBe('Captured');
  });

  test('and says the same as before is written, and stays the same object', () => {
    const sale = at(NOON_MS);
    const { store, writes } = aStore({ onDisk: [sale] });
    const before = store.all();
    store.keep([{ ...sale }]);
    expect(store.all()).toBe(before);
    expect(store.all().get(sale.id)).toBe(sale);
    expect(writes()).toBe(1);
  });

  test.each([
    ['is older than what is known', -1, 0],
    ['is as old as what is known', 0, 500],
    ['is newer than what is known', 1, 500],
  ])('and %s is taken only where it is not older', (_, byMs, amountMinor) => {
    const link = anUnpaid({ amountMinor: 0, updatedAtMs: NOON_MS });
    const { store } = aStore({ onDisk: [link] });
    store.keep([{ ...link, amountMinor: 500, updatedAtMs: NOON_MS + byMs }]);
    expect(store.find(link.id)?.amountMinor).toBe(amountMinor);
  });

  test('and went on is taken though the server that dated it is seconds behind; the later date stays', () => {
    const capture = aCapture({ id: 'cp_1', amountMinor: 4200, status: 'Created' });
    const hold = aHold({ status: 'Captured', captures: [capture], updatedAtMs: NOON_MS });
    const { store } = aStore({ onDisk: [hold] });
    const told = { ...hold, captures: [{ ...capture, status: 'Successful' }] };
    store.keep([{ ...told, updatedAtMs: NOON_MS - 1500 }]);
    expect(store.find(hold.id)).toEqual(told);
    store.keep([{ ...hold, updatedAtMs: NOON_MS - 1 }]);
    expect(store.find(hold.id)).toEqual(told);
  });

  test('and went on is taken where a list leaves out the date that a single reading had', () => {
    const sale = aPayment({ updatedAtMs: NOON_MS });
    const { store } = aStore({ onDisk: [sale] });
    store.keep([{ ...sale, refundedMinor: 500, updatedAtMs: sale.createdAtMs }]);
    expect(store.find(sale.id)).toMatchObject({ refundedMinor: 500, updatedAtMs: NOON_MS });
    expect(store.noticedOn(sale.id)).toHaveLength(1);
  });

  test.each([
    ['at hand', NOON_MS],
    ['not at hand', YESTERDAY_MS],
  ])('and was asked for before what is known was is older where the date stands still, %s', (_, madeAtMs) => {
    const sale = at(madeAtMs);
    const { store } = aStore({ onDisk: [sale] });
    const refunded = { ...sale, refundedMinor: 500 };
    store.keep([refunded], 20);
    store.keep([sale], 10);
    expect(store.find(sale.id)).toEqual(refunded);
    // What Dojo takes back without a date of its own is believed all the same.
    store.keep([sale], 30);
    expect(store.find(sale.id)).toEqual(sale);
  });

  test.each([
    ['at hand', NOON_MS],
    ['not at hand', YESTERDAY_MS],
  ])('and is older is written nowhere, and nobody hears of it, %s', (_, madeAtMs) => {
    const link = anUnpaid({ createdAtMs: madeAtMs, updatedAtMs: NOON_MS });
    const { store, writes, changes } = aStore({ onDisk: [link] });
    store.keep([{ ...link, amountMinor: 500, updatedAtMs: NOON_MS - 1 }]);
    expect([writes(), changes()]).toEqual([0, 0]);
    expect(store.find(link.id)).toEqual(link);
    expect(store.noticedOn(link.id)).toEqual([]);
  });

  // A search may lag behind, and of a link made before midnight nothing is at hand any more.
  test('and is older is written nowhere either once the day has turned', () => {
    const link = anUnpaid({ createdAtMs: NOON_MS, updatedAtMs: NOON_MS });
    const { store, setNow } = aStore({ onDisk: [link] });
    const changed = { ...link, amountMinor: 1_100, updatedAtMs: NOON_MS + MINUTE_MS };
    store.keep([changed]);
    setNow(NOON_MS + DAY_MS);
    store.turnDay();
    store.keep([link]);
    expect(store.find(link.id)).toEqual(changed);
    expect(store.noticedOn(link.id)).toHaveLength(1);
  });

  test('twice in one answer counts as it is newest', () => {
    const sale = at(NOON_MS);
    const { store, disk } = aStore();
    store.keep([
      { ...sale, refundedMinor: 500, updatedAtMs: NOON_MS + 2 },
      { ...sale, refundedMinor: 100, updatedAtMs: NOON_MS + 1 },
    ]);
    expect(store.find(sale.id)?.refundedMinor).toBe(500);
    expect([...disk.payments.values()][0]?.payment.refundedMinor).toBe(500);
  });

  test.each([
    ['a minute', MINUTE_MS, 0],
    ['more than a minute', MINUTE_MS + 1, 500],
  ])('comes through where what is known is dated %s in the future: $2', (_, aheadMs, amountMinor) => {
    const link = anUnpaid({ amountMinor: 0, updatedAtMs: NOON_MS + aheadMs });
    const { store } = aStore({ onDisk: [link] });
    store.keep([{ ...link, amountMinor: 500, updatedAtMs: NOON_MS }]);
    expect(store.find(link.id)).toMatchObject({ amountMinor, updatedAtMs: NOON_MS + (amountMinor > 0 ? 0 : aheadMs) });
  });

  test('while no account is open is kept nowhere', () => {
    const { store, writes, changes, ids } = aStore({ isOpened: false });
    store.keep([at(NOON_MS)]);
    expect([writes(), changes(), ids()]).toEqual([0, 0, []]);
  });

  test('of a long day is compared with all that is known of it', () => {
    const onDisk = Array.from({ length: 41 }, (_, index) => at(NOON_MS - index * MINUTE_MS));
    const oldest = onDisk[40] as Payment;
    const { store, writes } = aStore({ onDisk });
    store.keep([{ ...oldest, updatedAtMs: oldest.updatedAtMs - 1, amountMinor: 1 }]);
    expect(writes()).toBe(0);
  });
});

describe('what others did', () => {
  const sale = at(NOON_MS - HOUR_MS);
  const refundedElsewhere = { ...sale, refundedMinor: 500, updatedAtMs: NOON_MS - MINUTE_MS };
  const refund = (changes: Partial<Action>) => anAction({ id: 'a1', paymentId: sale.id, move: { kind: 'refund', amount: 500 }, sends: 1, ...changes });

  test('is written with the payment and shown', () => {
    const { store, disk } = aStore({ onDisk: [sale] });
    store.keep([refundedElsewhere]);
    expect(disk.activity.map(({ note }) => note)).toEqual(['£5.00 was refunded elsewhere.']);
    expect(store.noticedOn(sale.id)).toEqual([{ atMs: NOON_MS, what: '£5.00 was refunded elsewhere.', refundedMinor: 500 }]);
  });

  test('is told once of a capture that Dojo lists without an id first and names later', () => {
    const hold = aHold({ captures: [] });
    const { store } = aStore({ onDisk: [hold] });
    const capture = aCapture({ amountMinor: 4200 });
    const shows = (id: string) => store.keep([{ ...hold, status: 'Captured', captures: [{ ...capture, id }], updatedAtMs: NOON_MS }]);
    for (const id of [`${likenessOf(capture)}/1`, 'cp_1', `${likenessOf(capture)}/1`, 'cp_1']) shows(id);
    expect(store.noticedOn(hold.id).map(({ what }) => what)).toEqual(['A capture of £42.00 was made elsewhere.']);
  });

  test('is not shown where it could not be written', () => {
    const { store, setDisk } = aStore({ onDisk: [sale] });
    setDisk(FULL);
    store.keep([refundedElsewhere]);
    expect(store.noticedOn(sale.id)).toEqual([]);
  });

  test('is told of a payment of another day too: it is compared with the disk', () => {
    const old = at(YESTERDAY_MS);
    const { store } = aStore({ onDisk: [old] });
    store.keep([{ ...old, refundedMinor: 500, updatedAtMs: NOON_MS }]);
    expect(store.noticedOn(old.id)).toHaveLength(1);
  });

  test.each<readonly [string, 'queue' | 'disk' | 'both']>([
    ['the queue', 'queue'],
    ['the disk', 'disk'],
    ['the queue, newer than on the disk', 'both'],
  ])('is not what was done here, as %s knows it', (_, where) => {
    const done = refund({ state: 'done', firstSentAtMs: NOON_MS - 2 * MINUTE_MS, sentAtMs: NOON_MS - 2 * MINUTE_MS });
    const { store, ledger, setActions, writes } = aStore({ onDisk: [sale] });
    if (where !== 'queue') ledger.writeActions([where === 'both' ? refund({ state: 'needsPerson' }) : done], []);
    if (where !== 'disk') setActions([done]);
    store.keep([refundedElsewhere]);
    expect(store.noticedOn(sale.id)).toEqual([]);
    expect(store.atHand().payments.get(sale.id)?.refundedMinor).toBe(500);
    const before = writes();
    store.judgeAgain(sale.id);
    expect(writes()).toBe(before);
  });

  test('is not told while an action is under way, and is judged again when that is settled', () => {
    const underWay = refund({ state: 'needsPerson' });
    const { store, setActions, writes } = aStore({ onDisk: [sale], actions: [underWay] });
    store.keep([refundedElsewhere]);
    expect(store.noticedOn(sale.id)).toEqual([]);
    setActions([refund({ state: 'withdrawn', sends: 0 })]);
    const before = writes();
    store.judgeAgain(sale.id);
    expect(writes()).toBe(before + 1);
    expect(store.noticedOn(sale.id)).toHaveLength(1);
    store.judgeAgain(sale.id);
    expect(writes()).toBe(before + 1);
    store.judgeAgain('pi_unknown');
    expect(writes()).toBe(before + 1);
  });

  test('is told as the till starts where what it waited for was settled before the power went, though no list tells of the payment any more', () => {
    const underWay = refund({ state: 'needsPerson' });
    const { store, setActions, disk } = aStore({ onDisk: [sale], actions: [underWay] });
    store.keep([refundedElsewhere]);
    store.close();
    store.open(ACCOUNT);
    expect(store.noticedOn(sale.id)).toEqual([]);
    store.close();
    setActions([refund({ state: 'withdrawn', sends: 0 })]);
    store.open(ACCOUNT);
    expect(store.noticedOn(sale.id)).toHaveLength(1);
    expect(disk.activity).toHaveLength(1);
    expect([...disk.payments.values()].map(({ knownBefore }) => knownBefore)).toEqual([null]);
  });

  test('is told of nobody where an action on the payment cannot be read', () => {
    const { store, setActions } = aStore({ onDisk: [sale] });
    setActions([], [sale.id]);
    store.keep([refundedElsewhere]);
    expect(store.noticedOn(sale.id)).toEqual([]);
  });

  test('is there again after a restart', () => {
    const { store } = aStore({ onDisk: [sale] });
    store.keep([refundedElsewhere]);
    store.open(ACCOUNT);
    expect(store.noticedOn(sale.id)).toHaveLength(1);
  });
});

describe('a day', () => {
  test('is the shop’s, the same object until it turns', () => {
    const { store } = aStore();
    expect(store.day()).toMatchObject({ date: '2026-06-15', startMs: MIDNIGHT_MS, endMs: MIDNIGHT_MS + DAY_MS });
    const before = store.day();
    expect(store.turnDay()).toBe(false);
    expect(store.day()).toBe(before);
  });

  test('that turns lets go of what was of the day before, and keeps the holds', () => {
    const [sale, hold] = [at(NOON_MS), aHold()];
    const { store, ids, setNow } = aStore({ onDisk: [sale, hold] });
    expect(ids()).toHaveLength(2);
    setNow(MIDNIGHT_MS + DAY_MS - 1);
    expect(store.turnDay()).toBe(false);
    setNow(MIDNIGHT_MS + DAY_MS);
    expect(store.turnDay()).toBe(true);
    expect(ids()).toEqual([hold.id]);
    expect(store.day().date).toBe('2026-06-16');
    expect(store.turnDay()).toBe(false);
  });

  test('begins anew where the shop sets when it begins', () => {
    const early = at(MIDNIGHT_MS + HOUR_MS);
    const { store, ids, setNow } = aStore({ onDisk: [early] });
    expect(ids()).toEqual([early.id]);
    setNow(NOON_MS, 240);
    expect(store.turnDay()).toBe(true);
    expect(store.day()).toMatchObject({ date: '2026-06-15', startMs: MIDNIGHT_MS + 4 * HOUR_MS });
    expect(ids()).toEqual([]);
  });

  test('turns without an account too, and knows nothing then', () => {
    const { store, setNow, ids, asked } = aStore({ onDisk: [at(NOON_MS)], isOpened: false });
    setNow(NOON_MS + DAY_MS);
    expect(store.turnDay()).toBe(true);
    // There is nothing more to come: the page does not wait for the rest.
    expect(store.atHand().isAll).toBe(true);
    expect([ids(), asked]).toEqual([[], []]);
  });

  test('has not turned where its list could not be read: the next look turns it', () => {
    const hold = aHold();
    const { store, ids, setNow, setReadable } = aStore({ onDisk: [at(NOON_MS), hold] });
    const before = store.day();
    setNow(NOON_MS + DAY_MS);
    setReadable(false);
    expect(() => store.turnDay()).toThrow('could not be read');
    expect(store.day()).toBe(before);
    setReadable(true);
    expect(store.turnDay()).toBe(true);
    expect(store.day().date).toBe('2026-06-16');
    expect(ids()).toEqual([hold.id]);
  });

  test('has another date where the shop’s zone is put right across the date line, though it ends at the same moment', () => {
    const { store, setZone } = aStore();
    setZone('Pacific/Honolulu');
    store.turnDay();
    const { date, endMs } = store.day();
    setZone('Pacific/Kiritimati');
    expect(store.turnDay()).toBe(true);
    expect([date, store.day().date, store.day().endMs]).toEqual(['2026-06-15', '2026-06-16', endMs]);
  });

  test('that turns lets go of what others did longer ago than a hold lives, and of nothing later', () => {
    const [recent, old] = [at(NOON_MS), at(NOON_MS)];
    const { store, setNow } = aStore({ onDisk: [recent, old] });
    const refundedElsewhere = (payment: Payment, atMs: number) => {
      setNow(atMs);
      store.keep([{ ...payment, refundedMinor: 500, updatedAtMs: atMs }]);
    };
    refundedElsewhere(old, NOON_MS);
    refundedElsewhere(recent, NOON_MS + 1);
    setNow(NOON_MS + ENDED_KEPT_MS + 1);
    expect(store.turnDay()).toBe(true);
    expect([store.noticedOn(recent.id).length, store.noticedOn(old.id).length]).toEqual([1, 0]);
  });

  test('of the past comes from the disk, by when each was paid, as each is known now', () => {
    const rows = [
      at(YESTERDAY_MS),
      { ...at(YESTERDAY_MS), createdAtMs: MIDNIGHT_MS - 3 * DAY_MS },
      { ...at(NOON_MS), createdAtMs: YESTERDAY_MS },
      at(NOON_MS - 2 * DAY_MS),
      aHold({ createdAtMs: NOON_MS - 5 * DAY_MS, paidAtMs: YESTERDAY_MS }),
    ] as const;
    const hold = aHold({ createdAtMs: YESTERDAY_MS, paidAtMs: YESTERDAY_MS, updatedAtMs: YESTERDAY_MS });
    const { store, setDisk } = aStore({ onDisk: [...rows, hold] });
    setDisk(FULL);
    const taken = { ...hold, status: 'Captured', updatedAtMs: NOON_MS };
    store.keep([taken]);
    const yesterday = tradingDay(YESTERDAY_MS, LONDON, 0);
    const shown = store.ofDay(yesterday);
    expect(shown.map(({ id }) => id).sort()).toEqual([rows[0].id, rows[1].id, hold.id].sort());
    expect(shown.find(({ id }) => id === hold.id)).toBe(taken);
  });
});

describe('a payment whose date stands still', () => {
  const hold = aHold({ createdAtMs: YESTERDAY_MS, updatedAtMs: YESTERDAY_MS, paidAtMs: YESTERDAY_MS, autoExpireInMs: DAY_MS });
  const released = { ...hold, status: 'Reversed' };
  const told = (disk: ReturnType<typeof aStore>['disk']) => disk.activity.filter(({ paymentId }) => paymentId === hold.id).map(({ note }) => note);

  test('and that ended when its time was over may have been released by nobody', () => {
    const { store, disk, setNow } = aStore({ onDisk: [hold] });
    store.keep([hold]);
    setNow(YESTERDAY_MS + DAY_MS + MINUTE_MS);
    store.keep([released]);
    expect(told(disk)).toEqual(['The hold was released elsewhere, or at the hold’s own end.']);
    store.keep([released]);
    expect(store.find(hold.id)?.undatedMs).toBe(YESTERDAY_MS + DAY_MS + MINUTE_MS);
    expect(disk.payments.get(`${ACCOUNT} ${hold.id}`)?.payment.undatedMs).toBe(YESTERDAY_MS + DAY_MS + MINUTE_MS);
  });

  test('and that was seen ended before its time may have been, where the time is in doubt by so much: also once nobody doubts it', () => {
    const { store, disk, setNow, setDoubt } = aStore({ onDisk: [hold] });
    store.keep([hold]);
    setDoubt(DAY_MS);
    store.keep([released]);
    expect(told(disk)).toEqual(['The hold was released elsewhere, or at the hold’s own end.']);
    setDoubt(0);
    setNow(NOON_MS + HOUR_MS);
    store.keep([released]);
    expect(store.find(hold.id)).toMatchObject({ undatedMs: NOON_MS, undatedByMs: NOON_MS + DAY_MS });
  });

  test('and that ended before was', () => {
    const { store, disk, setNow } = aStore({ onDisk: [hold] });
    store.keep([hold]);
    setNow(YESTERDAY_MS + DAY_MS - 2 * MINUTE_MS);
    store.keep([released]);
    setNow(YESTERDAY_MS + DAY_MS + MINUTE_MS);
    store.keep([released]);
    expect(told(disk)).toEqual(['The hold was released elsewhere.']);
  });
});

// The moment stands on the timeline as that of the last change, and decides whether a hold ended by itself.
describe('when a payment whose date stands still first showed as it is', () => {
  const SHOWN_MS = NOON_MS + 5 * MINUTE_MS;
  const manual = { captureMode: 'Manual' } as const;
  test.each<readonly [string, Partial<Payment>, before: string, now: string, number | undefined]>([
    ['a hold that was captured', manual, 'Authorized', 'Captured', SHOWN_MS],
    ['a hold that was released', manual, 'Authorized', 'Reversed', SHOWN_MS],
    ['one that was called off, though its card was read', {}, 'Created', 'Canceled', SHOWN_MS],
    ['a hold that begins: it has not ended', manual, 'Created', 'Authorized', undefined],
    ['a hold that is unpaid again', manual, 'Authorized', 'Created', undefined],
    ['a sale that is paid: Dojo says when', {}, 'Created', 'Captured', undefined],
  ])('is kept or not: %s', (_, kind, before, now, undatedMs) => {
    const known = at(NOON_MS - HOUR_MS, { ...kind, status: before });
    const { store, disk, setNow } = aStore({ onDisk: [known] });
    setNow(SHOWN_MS);
    store.keep([{ ...known, status: now }]);
    expect(store.find(known.id)).toMatchObject({ status: now, paidAtMs: NOON_MS - HOUR_MS });
    expect(store.find(known.id)?.undatedMs).toBe(undatedMs);
    expect(disk.payments.get(`${ACCOUNT} ${known.id}`)?.payment.undatedMs).toBe(undatedMs);
  });
});

test('a sale of another day of which Dojo says all is looked up on the disk once: a long list of them holds up nothing', () => {
  const old = at(YESTERDAY_MS);
  const { store, asked } = aStore({ onDisk: [old] });
  asked.length = 0;
  store.keep([{ ...old }]);
  expect(asked).toEqual([[ACCOUNT, old.id]]);
});

describe('of what is given back without that Dojo’s date moves', () => {
  const sale = at(NOON_MS - HOUR_MS);
  const refunded = (refundedMinor: number, changes: Partial<Payment> = {}): Payment => ({ ...sale, refundedMinor, ...changes });

  test('the last reading that did not show it is kept, also on the disk, until more is given back', () => {
    const { store, disk, setNow } = aStore({ onDisk: [sale] });
    const isAt = (afterMs: number, read: Payment) => {
      setNow(NOON_MS + afterMs);
      store.keep([read]);
      return store.find(sale.id)?.givenBackFromMs;
    };
    expect(isAt(0, sale)).toBeUndefined();
    expect(isAt(5 * MINUTE_MS, sale)).toBeUndefined();
    // It was asked for a minute before it was taken over at the most.
    expect(isAt(10 * MINUTE_MS, refunded(500))).toBe(NOON_MS + 4 * MINUTE_MS);
    expect(isAt(15 * MINUTE_MS, refunded(500))).toBe(NOON_MS + 4 * MINUTE_MS);
    expect(isAt(20 * MINUTE_MS, refunded(800))).toBe(NOON_MS + 14 * MINUTE_MS);
    expect(disk.payments.get(`${ACCOUNT} ${sale.id}`)?.payment.givenBackFromMs).toBe(NOON_MS + 14 * MINUTE_MS);
    // Where the date moves, that is it.
    expect(isAt(25 * MINUTE_MS, refunded(900, { updatedAtMs: NOON_MS + 24 * MINUTE_MS }))).toBeUndefined();
  });

  test('nobody knows it of an earlier run’s readings', () => {
    const { store, setNow } = aStore({ onDisk: [sale] });
    store.keep([sale]);
    store.close();
    store.open(ACCOUNT);
    setNow(NOON_MS + HOUR_MS);
    store.keep([refunded(500)]);
    expect(store.find(sale.id)?.givenBackFromMs).toBeUndefined();
  });

  test('days after a lost refund it is another till’s, and no longer perhaps a request of this one', () => {
    const lost = anAction({
      paymentId: sale.id,
      move: { kind: 'refund', amount: 500 },
      state: 'withdrawn',
      sends: 1,
      firstSentAtMs: NOON_MS - 30 * MINUTE_MS,
      sentAtMs: NOON_MS - 30 * MINUTE_MS,
      baseline: baselineOf(sale, NOON_MS - 30 * MINUTE_MS),
    });
    const told = (afterMs: number) => {
      const { store, setNow } = aStore({ onDisk: [sale], actions: [lost] });
      setNow(NOON_MS + afterMs);
      store.keep([sale]);
      setNow(NOON_MS + afterMs + 5 * MINUTE_MS);
      store.keep([refunded(500)]);
      return store.noticedOn(sale.id).map(({ what }) => what);
    };
    expect(told(0)).toEqual(['£5.00 was refunded elsewhere, or by a request of this till that Dojo did not confirm.']);
    expect(told(2 * DAY_MS)).toEqual(['£5.00 was refunded elsewhere.']);
  });
});

describe('of a payment of which Dojo never says when it was paid', () => {
  const link = anUnpaid({ createdAtMs: YESTERDAY_MS, updatedAtMs: YESTERDAY_MS });
  const PAID_MS = NOON_MS + 4 * MINUTE_MS;
  const paid = (changes: Partial<Payment> = {}): Payment => ({ ...link, status: 'Captured', updatedAtMs: PAID_MS, ...changes });

  test('the last reading that showed it unpaid, and the first change that did not, are kept, also on the disk', () => {
    const { store, disk, setNow } = aStore({ onDisk: [link] });
    store.keep([link]);
    setNow(NOON_MS + 5 * MINUTE_MS);
    store.keep([paid()]);
    // The reading was asked for before noon, a minute before it was taken over at the most.
    const times = { unpaidUntilMs: NOON_MS - MINUTE_MS, firstPaidMs: PAID_MS };
    expect(store.find(link.id)).toMatchObject(times);
    expect(disk.payments.get(`${ACCOUNT} ${link.id}`)?.payment).toMatchObject(times);
    store.keep([paid({ refundedMinor: 5, updatedAtMs: PAID_MS + HOUR_MS })]);
    expect(store.find(link.id)).toMatchObject({ ...times, refundedMinor: 5 });
    store.keep([paid({ refundedMinor: 5, paidAtMs: PAID_MS - 7, updatedAtMs: PAID_MS + HOUR_MS })]);
    expect(store.find(link.id)).toMatchObject({ paidAtMs: PAID_MS - 7 });
  });

  test('and no date of which moves with that, was paid by the reading that showed it first', () => {
    const { store, setNow } = aStore({ onDisk: [link] });
    store.keep([link]);
    setNow(NOON_MS + 5 * MINUTE_MS);
    store.keep([paid({ updatedAtMs: YESTERDAY_MS })]);
    setNow(NOON_MS + HOUR_MS);
    store.keep([paid({ updatedAtMs: YESTERDAY_MS })]);
    expect(store.find(link.id)).toMatchObject({ unpaidUntilMs: NOON_MS - MINUTE_MS, firstPaidMs: NOON_MS + 5 * MINUTE_MS });
  });

  test('what an earlier run saw of it is its last change alone', () => {
    const { store, setNow } = aStore({ onDisk: [link] });
    store.keep([link]);
    store.close();
    setNow(NOON_MS + 5 * MINUTE_MS);
    store.open(ACCOUNT);
    store.keep([paid()]);
    expect(store.find(link.id)).toMatchObject({ unpaidUntilMs: YESTERDAY_MS, firstPaidMs: PAID_MS });
  });

  test('one that is seen for the first time is as Dojo says it', () => {
    const { store } = aStore();
    store.keep([paid()]);
    expect(store.find(link.id)).toEqual(paid());
  });

  test('a reading that says the same again changes nothing at hand', () => {
    const { store } = aStore({ onDisk: [link] });
    for (let times = 0; times < 2; times += 1) store.keep([paid()]);
    const before = store.all();
    store.keep([paid()]);
    expect(store.all()).toBe(before);
  });
});

test('what a later reading leaves out of when it was held stays known, also of one that only the disk has', () => {
  const [today, old] = [aHold({ paidAtMs: NOON_MS - HOUR_MS }), at(YESTERDAY_MS)];
  const { store, disk } = aStore({ onDisk: [today, old] });
  store.keep([
    { ...today, status: 'Captured', paidAtMs: null, updatedAtMs: NOON_MS },
    { ...old, paidAtMs: null, refundedMinor: 5, updatedAtMs: NOON_MS },
  ]);
  expect(store.find(today.id)).toMatchObject({ status: 'Captured', paidAtMs: NOON_MS - HOUR_MS });
  expect(disk.payments.get(`${ACCOUNT} ${old.id}`)?.payment).toMatchObject({ refundedMinor: 5, paidAtMs: YESTERDAY_MS });
});

describe('a payment that is looked up over and over and is not at hand', () => {
  const old = at(YESTERDAY_MS);

  test('is read from the disk once, and is another object only where it changed', () => {
    const { store, disk } = aStore({ onDisk: [old] });
    const first = store.lookUp(old.id);
    expect(first).toMatchObject({ id: old.id });
    store.keep([{ ...old }]);
    disk.payments.clear();
    expect(store.lookUp(old.id)).toBe(first);
    store.keep([{ ...old, refundedMinor: 5, updatedAtMs: NOON_MS }]);
    expect(store.lookUp(old.id)).toMatchObject({ refundedMinor: 5 });
  });

  test('is forgotten with the account', () => {
    const { store, disk } = aStore({ onDisk: [old] });
    store.lookUp(old.id);
    store.close();
    expect(store.lookUp(old.id)).toBeNull();
    disk.payments.clear();
    store.open(ACCOUNT);
    expect(store.lookUp(old.id)).toBeNull();
  });
});
