import { describe, expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import { type Baseline, baselineOf } from '../../main/core/queue/evidence.ts';
import type { ActivityEntry } from '../../main/ports/ledger.ts';
import { createOtherTills } from '../../main/sync/external-changes.ts';
import { aCapture, aHold, anAction, aPayment, MINUTE_MS, NOON_MS } from '../builders.ts';

const ACCOUNT = 'acc_1';
const sale = aPayment({ id: 'pi_1' });
/** As Dojo shows it so many minutes after noon, with so much of it given back. */
const refunded = (refundedMinor: number, minutes = 1, of: Payment = sale): Payment => ({ ...of, refundedMinor, updatedAtMs: NOON_MS + minutes * MINUTE_MS });
const entry = (changes: Partial<ActivityEntry> = {}): ActivityEntry => ({
  atMs: NOON_MS,
  accountId: ACCOUNT,
  what: 'changed-elsewhere:refund',
  paymentId: 'pi_1',
  actionId: null,
  note: '£5.00 was refunded elsewhere.',
  ...changes,
});
/** A refund of £5.00 of this till that is under way, read as unrefunded at noon. */
const underWay = (changes: Partial<Action> = {}): Action =>
  anAction({
    id: 'a1',
    paymentId: 'pi_1',
    move: { kind: 'refund', amount: 500 },
    state: 'checking',
    sends: 1,
    baseline: baselineOf(sale, NOON_MS),
    ...changes,
  });

/** One till that keeps what it reads, and the disk that it was told of other tills. */
function aTill({ onDisk = [] as readonly ActivityEntry[], actions = [] as Action[], unreadable = [] as string[] } = {}) {
  const asked: unknown[] = [];
  let known = new Map<string, Payment>([[sale.id, sale]]);
  let knownBefore: ReadonlyMap<string, Baseline> = new Map();
  let here = actions;
  let nowMs = NOON_MS + 5 * MINUTE_MS;
  const till = createOtherTills({
    ledger: {
      changedElsewhereSince(accountId, sinceMs) {
        asked.push([accountId, sinceMs]);
        return onDisk;
      },
      knownBefore: () => knownBefore,
    },
    nowMs: () => nowMs,
    actionsOn: (id) => here.filter((action) => action.paymentId === id),
    isUnreadable: (id) => unreadable.includes(id),
  });
  return {
    till,
    asked,
    setNow: (atMs: number) => {
      nowMs = atMs;
    },
    setActions: (now: Action[]) => {
      here = now;
    },
    noticed: (id = 'pi_1') => till.noticedOn(id).map(({ what }) => what),
    /** Reads these, and the disk takes what there is to tell of them, or does not. */
    reads(payments: readonly Payment[], isWritten = true): readonly ActivityEntry[] {
      const { activity, end, ...news } = till.judge(ACCOUNT, payments, (id) => known.get(id) ?? null, Number.NEGATIVE_INFINITY);
      end(isWritten);
      const others = [...knownBefore].filter(([id]) => !payments.some((payment) => payment.id === id));
      if (isWritten) knownBefore = new Map([...others, ...news.knownBefore]);
      if (isWritten) known = new Map([...known, ...payments.map((payment) => [payment.id, payment] as const)]);
      return activity;
    },
  };
}

const notes = (entries: readonly ActivityEntry[]) => entries.map(({ note }) => note);
const start = (of: ReturnType<typeof aTill>) => of.till.open(ACCOUNT, NOON_MS - 7);

describe('a change that nothing done here explains', () => {
  test('is written with its payment, with what it is about, and then shown', () => {
    const { reads, till } = aTill();
    expect(reads([refunded(500)])).toEqual([{ ...entry(), atMs: NOON_MS + 5 * MINUTE_MS, amountMinor: 500 }]);
    expect(till.noticedOn('pi_1')).toEqual([{ atMs: NOON_MS + 5 * MINUTE_MS, what: '£5.00 was refunded elsewhere.', refundedMinor: 500 }]);
    expect(till.isWaiting('pi_1')).toBe(false);
    expect(till.noticedOn('pi_2')).toEqual([]);
  });

  test('that has no amount is written without one', () => {
    const { reads } = aTill();
    const [told] = reads([{ ...sale, status: 'Reversed', updatedAtMs: NOON_MS + MINUTE_MS }]);
    expect(told).toMatchObject({ what: 'changed-elsewhere:reverse', note: 'It was reversed elsewhere.' });
    expect(told).not.toHaveProperty('amountMinor');
  });

  test('is told once, and what comes after it by itself', () => {
    const { reads, noticed } = aTill();
    reads([refunded(500)]);
    expect(reads([refunded(500)])).toEqual([]);
    expect(reads([refunded(700, 2)]).map(({ note }) => note)).toEqual(['£2.00 was refunded elsewhere.']);
    expect(noticed()).toEqual(['£5.00 was refunded elsewhere.', '£2.00 was refunded elsewhere.']);
  });

  test('is none where nothing changed, nor of a payment that was never seen before', () => {
    const { reads, till } = aTill();
    const list = till.noticedOn('pi_1');
    expect(reads([sale, refunded(500, 1, aPayment({ id: 'pi_new' }))])).toEqual([]);
    expect([till.isWaiting('pi_1'), till.isWaiting('pi_new')]).toEqual([false, false]);
    expect(till.noticedOn('pi_1')).toBe(list);
  });

  test('of each of several payments is told with its own', () => {
    const other = aPayment({ id: 'pi_2' });
    const { reads, noticed } = aTill();
    reads([other]);
    expect(reads([refunded(500), refunded(300, 1, other)]).map(({ paymentId, amountMinor }) => [paymentId, amountMinor])).toEqual([
      ['pi_1', 500],
      ['pi_2', 300],
    ]);
    expect([noticed(), noticed('pi_2')]).toEqual([['£5.00 was refunded elsewhere.'], ['£3.00 was refunded elsewhere.']]);
  });

  test('that could not be written is not shown, and told with the next reading', () => {
    const { reads, noticed, till } = aTill();
    expect(reads([refunded(500)], false)).toHaveLength(1);
    expect(noticed()).toEqual([]);
    expect(till.isWaiting('pi_1')).toBe(true);
    expect(reads([refunded(500)])).toHaveLength(1);
    expect(noticed()).toEqual(['£5.00 was refunded elsewhere.']);
    expect(till.isWaiting('pi_1')).toBe(false);
  });

  test('is not told again where an older reading comes after a newer one', () => {
    const { reads, noticed, till } = aTill();
    reads([refunded(500, 1)]);
    expect(reads([refunded(0, 1)])).toEqual([]);
    expect(till.isWaiting('pi_1')).toBe(true);
    expect(reads([refunded(500, 1)])).toEqual([]);
    expect(noticed()).toEqual(['£5.00 was refunded elsewhere.']);
  });

  test('is told of nobody where an action on it cannot be read from the disk: that may explain anything', () => {
    const { reads, noticed, till } = aTill({ unreadable: ['pi_1'] });
    expect(reads([refunded(500)])).toEqual([]);
    expect(noticed()).toEqual([]);
    expect(till.isWaiting('pi_1')).toBe(true);
  });
});

describe('a change that refunds done here do not explain, by a date that refunds do not move', () => {
  test('is told, also where it is as large as one of them', () => {
    const ours = underWay({ state: 'done', firstSentAtMs: NOON_MS, sentAtMs: NOON_MS });
    const { reads } = aTill({ actions: [ours] });
    const shows = (refundedMinor: number): Payment => ({ ...sale, refundedMinor });
    expect(reads([shows(500)])).toEqual([]);
    expect(reads([shows(1000)]).map(({ note }) => note)).toEqual(['£5.00 was refunded elsewhere.']);
  });
});

describe('while an action of this till is under way', () => {
  test('nothing is told, and afterwards only what it does not explain', () => {
    const { reads, setActions, noticed, till } = aTill({ actions: [underWay()] });
    expect(reads([refunded(700)])).toEqual([]);
    expect(till.isWaiting('pi_1')).toBe(true);
    expect(noticed()).toEqual([]);
    setActions([underWay({ state: 'done', firstSentAtMs: NOON_MS + 1, sentAtMs: NOON_MS + 1 })]);
    expect(reads([refunded(700)]).map(({ note }) => note)).toEqual(['£2.00 was refunded elsewhere.']);
    expect(till.isWaiting('pi_1')).toBe(false);
  });
});

describe('when the till starts', () => {
  test('what was noticed before is there, of each payment, in order; what is about no payment is not', () => {
    const onDisk = [entry(), entry({ note: 'It was reversed elsewhere.', atMs: NOON_MS + 1 }), entry({ paymentId: null, note: 'Nobody’s.' })];
    const till = aTill({ onDisk });
    start(till);
    expect(till.asked).toEqual([[ACCOUNT, NOON_MS - 7]]);
    expect(till.till.noticedOn('pi_1')).toEqual([
      { atMs: NOON_MS, what: '£5.00 was refunded elsewhere.' },
      { atMs: NOON_MS + 1, what: 'It was reversed elsewhere.' },
    ]);
    start(till);
    expect(till.noticed()).toHaveLength(2);
  });

  test('what was noticed before says what moved: how much was captured or refunded, where that is known, and that it was reversed', () => {
    const onDisk = [
      entry({ what: 'changed-elsewhere:capture', note: 'A', amountMinor: 100 }),
      entry({ what: 'changed-elsewhere:capture', note: 'B' }),
      entry({ what: 'changed-elsewhere:refund', note: 'C', amountMinor: 200 }),
      entry({ what: 'changed-elsewhere:refund', note: 'D' }),
      entry({ what: 'changed-elsewhere:reverse', note: 'E' }),
      entry({ what: 'changed-elsewhere:tips', note: 'F', amountMinor: 300 }),
    ];
    const { till } = aTill({ onDisk });
    till.open(ACCOUNT, NOON_MS - 7);
    expect(till.noticedOn('pi_1')).toStrictEqual([
      { atMs: NOON_MS, what: 'A', capturedMinor: 100 },
      { atMs: NOON_MS, what: 'B' },
      { atMs: NOON_MS, what: 'C', refundedMinor: 200 },
      { atMs: NOON_MS, what: 'D' },
      { atMs: NOON_MS, what: 'E', isReversal: true },
      { atMs: NOON_MS, what: 'F' },
    ]);
  });

  test('what waited for an action before still waits for it, and is told when it is settled', () => {
    const till = aTill({ actions: [underWay()] });
    expect(till.reads([refunded(700)])).toEqual([]);
    start(till);
    expect(till.till.isWaiting('pi_1')).toBe(true);
    till.setActions([underWay({ state: 'refused' })]);
    expect(notes(till.reads([refunded(700)]))).toEqual([expect.stringMatching(/^£7\.00 was refunded elsewhere/)]);
    start(till);
    expect(till.till.isWaiting('pi_1')).toBe(false);
    expect(till.reads([refunded(700)])).toEqual([]);
  });

  test('an action under way of which nothing was read since keeps nothing waiting', () => {
    const till = aTill({ actions: [underWay()] });
    till.reads([sale]);
    start(till);
    expect(till.till.isWaiting('pi_1')).toBe(false);
  });

  test('an action that was never sent and needs a person keeps what another till did meanwhile until it is settled', () => {
    const hold = aHold({ id: 'pi_1', amountMinor: 10_000 });
    const stuck = underWay({ state: 'needsPerson', sends: 0, baseline: null, acceptedAtMs: NOON_MS, decidedOn: baselineOf(hold, NOON_MS - MINUTE_MS) });
    const shows = { ...hold, captures: [aCapture({ id: 'cp_theirs', amountMinor: 2500 })], updatedAtMs: NOON_MS + MINUTE_MS };
    const till = aTill();
    till.reads([hold]);
    till.setActions([stuck]);
    expect(till.reads([shows])).toEqual([]);
    start(till);
    expect(till.reads([shows])).toEqual([]);
    till.setActions([{ ...stuck, state: 'refused' }]);
    expect(notes(till.reads([shows]))).toEqual(['A capture of £25.00 was made elsewhere.']);
    expect(till.reads([shows])).toEqual([]);
  });

  test('of several refunds of another till only those are told that were not told before it', () => {
    const till = aTill();
    expect(notes(till.reads([refunded(500)]))).toEqual(['£5.00 was refunded elsewhere.']);
    // Decided before that was seen here, and never sent.
    till.setActions([underWay({ state: 'needsPerson', sends: 0, baseline: null, decidedOn: baselineOf(sale, NOON_MS) })]);
    expect(till.reads([refunded(1000, 2)])).toEqual([]);
    start(till);
    till.setActions([]);
    expect(notes(till.reads([refunded(1000, 2)]))).toEqual(['£5.00 was refunded elsewhere.']);
    expect(till.reads([refunded(1000, 2)])).toEqual([]);
  });

  test('what an older reading hid meanwhile, over a start as well, is not told again; what came after is, even if it reads the same', () => {
    const till = aTill();
    expect(notes(till.reads([refunded(500, 2)]))).toEqual(['£5.00 was refunded elsewhere.']);
    till.setActions([underWay()]);
    till.reads([refunded(0)]);
    start(till);
    till.setActions([]);
    expect(till.reads([refunded(500, 2)])).toEqual([]);
    expect(notes(till.reads([refunded(1000, 3)]))).toEqual(['£5.00 was refunded elsewhere.']);
  });

  test('what could not be written waits no longer than what is on the disk says', () => {
    const till = aTill({ actions: [underWay()] });
    till.reads([refunded(700)], false);
    expect(till.till.isWaiting('pi_1')).toBe(true);
    start(till);
    expect(till.till.isWaiting('pi_1')).toBe(false);
    till.setActions([]);
    expect(notes(till.reads([refunded(700)]))).toEqual(['£7.00 was refunded elsewhere.']);
  });
});

test('what was noticed long ago is shown no more', () => {
  const till = aTill({ onDisk: [entry(), entry({ atMs: NOON_MS + 2 }), entry({ paymentId: 'pi_2' })] });
  start(till);
  till.till.forget(NOON_MS);
  expect([till.noticed(), till.noticed('pi_2')].map((noticed) => noticed.length)).toEqual([2, 1]);
  const before = till.till.noticedOn('pi_1');
  till.till.forget(NOON_MS);
  expect(till.till.noticedOn('pi_1')).toBe(before);
  till.till.forget(NOON_MS + 1);
  expect(till.till.noticedOn('pi_1').map(({ atMs }) => atMs)).toEqual([NOON_MS + 2]);
  expect(till.noticed('pi_2')).toEqual([]);
});

describe('what waits to be judged', () => {
  const told = (till: ReturnType<typeof aTill>, payment: Payment, isWritten = true) => {
    const notes = till.reads([payment], isWritten).map(({ note }) => note);
    return [notes, till.till.isWaiting('pi_1')];
  };

  test('is over when an older reading was overtaken, and tells nothing a second time', () => {
    const till = aTill();
    expect(told(till, refunded(500))).toEqual([['£5.00 was refunded elsewhere.'], false]);
    expect(told(till, refunded(0))).toEqual([[], true]);
    expect(told(till, refunded(500))).toEqual([[], false]);
    expect(told(till, refunded(500))).toEqual([[], false]);
  });

  test('still waits where the reading that ends it could not be written', () => {
    const till = aTill();
    told(till, refunded(500));
    told(till, refunded(0));
    expect(told(till, refunded(500), false)).toEqual([[], true]);
    expect(told(till, refunded(500))).toEqual([[], false]);
  });
});
