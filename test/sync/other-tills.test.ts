import { describe, expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
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
  let here = actions;
  let nowMs = NOON_MS + 5 * MINUTE_MS;
  const till = createOtherTills({
    ledger: {
      changedElsewhereSince(accountId, sinceMs) {
        asked.push([accountId, sinceMs]);
        return onDisk;
      },
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
      const { activity, end } = till.judge(ACCOUNT, payments, (id) => known.get(id) ?? null);
      end(isWritten);
      if (isWritten) known = new Map([...known, ...payments.map((payment) => [payment.id, payment] as const)]);
      return activity;
    },
  };
}

const load = (of: ReturnType<typeof aTill>, actions: readonly Action[] = []) => of.till.load(ACCOUNT, NOON_MS - 7, actions);

describe('a change that nothing done here explains', () => {
  test('is written with its payment, with what it is about, and then shown', () => {
    const { reads, till } = aTill();
    expect(reads([refunded(500)])).toEqual([{ ...entry(), atMs: NOON_MS + 5 * MINUTE_MS, amountMinor: 500 }]);
    expect(till.noticedOn('pi_1')).toEqual([{ atMs: NOON_MS + 5 * MINUTE_MS, what: '£5.00 was refunded elsewhere.' }]);
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
    load(till);
    expect(till.asked).toEqual([[ACCOUNT, NOON_MS - 7]]);
    expect(till.till.noticedOn('pi_1')).toEqual([
      { atMs: NOON_MS, what: '£5.00 was refunded elsewhere.' },
      { atMs: NOON_MS + 1, what: 'It was reversed elsewhere.' },
    ]);
    load(till);
    expect(till.noticed()).toHaveLength(2);
  });

  test('what waited for an action before is forgotten: what the disk knows is where it begins', () => {
    const till = aTill({ actions: [underWay()] });
    till.reads([refunded(700)]);
    expect(till.till.isWaiting('pi_1')).toBe(true);
    load(till);
    expect(till.till.isWaiting('pi_1')).toBe(false);
  });

  test('an action that is under way is judged by what it had read before it was sent', () => {
    const till = aTill({ actions: [underWay()] });
    till.reads([refunded(700)]);
    load(till, [underWay()]);
    expect(till.till.isWaiting('pi_1')).toBe(true);
    till.setActions([underWay({ state: 'refused' })]);
    expect(till.reads([refunded(700)]).map(({ note }) => note)).toEqual([expect.stringMatching(/^£7\.00 was refunded elsewhere/)]);
  });

  test.each<readonly [string, Partial<Action>]>([
    ['has ended', { state: 'done' }],
    ['was never sent', { state: 'waiting', sends: 0, baseline: null }],
  ])('an action that %s keeps nothing waiting', (_, changes) => {
    const till = aTill();
    load(till, [underWay(changes)]);
    expect(till.till.isWaiting('pi_1')).toBe(false);
  });

  describe('an action that was never sent and needs a person', () => {
    const hold = aHold({ id: 'pi_1', amountMinor: 10_000 });
    const stuck = (changes: Partial<Action> = {}): Action =>
      underWay({ state: 'needsPerson', sends: 0, baseline: null, acceptedAtMs: NOON_MS, decidedOn: baselineOf(hold, NOON_MS - MINUTE_MS), ...changes });
    const settled = () => stuck({ state: 'refused' });
    const shows = (amountMinor: number) => ({ ...hold, captures: [aCapture({ id: 'cp_theirs', amountMinor })], updatedAtMs: NOON_MS + MINUTE_MS });
    const notes = (entries: readonly ActivityEntry[]) => entries.map(({ note }) => note);

    test('keeps what another till did meanwhile, over a restart or a midnight, until it is settled', () => {
      const till = aTill({ actions: [stuck()] });
      till.reads([hold]);
      expect(till.reads([shows(2500)])).toEqual([]);
      load(till, [stuck()]);
      expect(till.till.isWaiting('pi_1')).toBe(true);
      expect(till.reads([shows(2500)])).toEqual([]);
      till.setActions([settled()]);
      expect(notes(till.reads([shows(2500)]))).toEqual(['A capture of £25.00 was made elsewhere.']);
      expect(till.reads([shows(2500)])).toEqual([]);
    });

    test('keeps it from the first decision of several, and from before what was sent and let go once more', () => {
      const later = stuck({ id: 'a2', decidedOn: baselineOf(shows(2500), NOON_MS + MINUTE_MS), acceptedAtMs: NOON_MS + 2 * MINUTE_MS });
      const { sends, firstSentAtMs, sentAtMs, apiVersion } = underWay();
      const released = stuck({ decidedOn: later.decidedOn, sentBefore: { sends, firstSentAtMs, sentAtMs, apiVersion, baseline: baselineOf(hold, NOON_MS) } });
      for (const actions of [[stuck(), later], [later, stuck()], [released]]) {
        const till = aTill({ actions });
        till.reads([shows(2500)]);
        load(till, actions);
        till.setActions([]);
        expect(notes(till.reads([shows(2500)]))).toEqual(['A capture of £25.00 was made elsewhere.']);
      }
    });

    test('tells nothing again that was told since the decision, though a PC clock that was ahead dated that later', () => {
      const told = entry({ atMs: NOON_MS + 1, amountMinor: 500 });
      const decided = { decidedOn: baselineOf(sale, NOON_MS - MINUTE_MS), acceptedAtMs: NOON_MS + 20 * MINUTE_MS };
      const till = aTill({ onDisk: [told], actions: [stuck(decided)] });
      load(till, [stuck(decided)]);
      till.setActions([]);
      expect(till.reads([refunded(500)])).toEqual([]);
      expect(notes(till.reads([refunded(700, 2)]))).toEqual(['£2.00 was refunded elsewhere.']);
    });

    test('tells nothing again that was told before the till was off for a season', () => {
      const day = 24 * 60 * MINUTE_MS;
      const long = stuck({ acceptedAtMs: NOON_MS - 100 * day, decidedOn: baselineOf(hold, NOON_MS - 101 * day) });
      const note = 'A capture of £25.00 was made elsewhere.';
      const till = aTill({ onDisk: [entry({ atMs: NOON_MS - 99 * day, what: 'changed-elsewhere:capture', note })], actions: [long] });
      load(till, [long]);
      expect(till.asked).toEqual([[ACCOUNT, NOON_MS - 101 * day]]);
      expect(till.noticed()).toEqual([]);
      till.setActions([]);
      expect(till.reads([shows(2500)])).toEqual([]);
    });

    test('tells nothing where an older till wrote it without what was known', () => {
      const till = aTill();
      load(till, [stuck({ decidedOn: null })]);
      expect(till.till.isWaiting('pi_1')).toBe(false);
    });
  });

  // A baseline was read up to a minute before it was written down.
  test.each([
    ['a minute before it was sent', -MINUTE_MS, []],
    ['after it was sent', MINUTE_MS, []],
    ['longer before', -MINUTE_MS - 1, ['£5.00 was refunded elsewhere.']],
  ])('what was told %s is told again only where it is not that', (_, atMs, again) => {
    const told = entry({ atMs: NOON_MS + atMs });
    const till = aTill({ onDisk: [told], actions: [underWay({ state: 'needsPerson' })] });
    load(till, [underWay({ state: 'needsPerson' })]);
    till.setActions([underWay({ state: 'withdrawn', sends: 0, firstSentAtMs: null })]);
    expect(till.reads([refunded(500)]).map(({ note }) => note)).toEqual(again);
    expect(till.reads([refunded(1000, 2)]).map(({ note }) => note)).toEqual(['£5.00 was refunded elsewhere.']);
  });

  test('of two that read the same, one that was told takes away one', () => {
    const hold = aHold({ id: 'pi_1' });
    const told = entry({ what: 'changed-elsewhere:capture', note: 'A capture of £20.00 was made elsewhere.' });
    const till = aTill({ onDisk: [told, entry({ note: 'nothing of the kind' })] });
    till.reads([hold]);
    const before = { state: 'needsPerson', baseline: baselineOf(hold, NOON_MS) } as const;
    load(till, [underWay(before)]);
    till.setActions([]);
    const captures = [aCapture(), aCapture(), aCapture({ amountMinor: 500 })];
    expect(till.reads([{ ...hold, captures, updatedAtMs: NOON_MS + MINUTE_MS }]).map(({ note }) => note)).toEqual([
      'A capture of £20.00 was made elsewhere.',
      'A capture of £5.00 was made elsewhere.',
    ]);
  });

  test('one that was not told takes nothing from the others', () => {
    const hold = aHold({ id: 'pi_1' });
    const till = aTill({ onDisk: [entry({ what: 'changed-elsewhere:capture', note: 'A capture of £20.00 was made elsewhere.' })] });
    till.reads([hold]);
    load(till, [underWay({ state: 'needsPerson', baseline: baselineOf(hold, NOON_MS) })]);
    till.setActions([]);
    const captures = [aCapture({ amountMinor: 500 }), aCapture()];
    expect(till.reads([{ ...hold, captures, updatedAtMs: NOON_MS + MINUTE_MS }]).map(({ note }) => note)).toEqual(['A capture of £5.00 was made elsewhere.']);
  });

  test('what was told already stays told while the action is under way', () => {
    const till = aTill({ onDisk: [entry()], actions: [underWay({ state: 'needsPerson' })] });
    load(till, [underWay({ state: 'needsPerson' })]);
    expect(till.reads([refunded(500)])).toEqual([]);
    till.setActions([]);
    expect(till.reads([refunded(500)])).toEqual([]);
    expect(till.reads([refunded(700, 2)]).map(({ note }) => note)).toEqual(['£2.00 was refunded elsewhere.']);
  });

  test('what was told of another start is not taken away from this one', () => {
    const onDisk = [entry()];
    const till = aTill({ onDisk });
    load(till, [underWay({ state: 'needsPerson' })]);
    onDisk.length = 0;
    load(till);
    expect(till.reads([refunded(500)])).toHaveLength(1);
  });

  test('what was told already stays told where the payment cannot be written', () => {
    const till = aTill({ onDisk: [entry()] });
    load(till, [underWay({ state: 'needsPerson' })]);
    till.setActions([]);
    expect(till.reads([refunded(500)], false)).toEqual([]);
    expect(till.reads([refunded(500)])).toEqual([]);
    expect(till.reads([refunded(1000, 2)])).toHaveLength(1);
  });
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

  test('is over when an action under way at the start has changed nothing, and the next change is told', () => {
    const till = aTill({ actions: [underWay()] });
    load(till, [underWay()]);
    expect(till.till.isWaiting('pi_1')).toBe(true);
    expect(told(till, sale)).toEqual([[], false]);
    till.setActions([]);
    expect(told(till, refunded(500))).toEqual([['£5.00 was refunded elsewhere.'], false]);
  });

  test('is over when an action under way at the start has changed nothing, and a change that reads like one told before is told', () => {
    const baseline = baselineOf(refunded(500), NOON_MS + MINUTE_MS);
    const till = aTill({ onDisk: [entry()], actions: [underWay({ baseline })] });
    load(till, [underWay({ baseline })]);
    told(till, refunded(500));
    till.setActions([]);
    expect(told(till, refunded(1000, 2))).toEqual([['£5.00 was refunded elsewhere.'], false]);
  });
});
