import { describe, expect, test } from 'vitest';
import type { ChangeKind } from '../../main/core/payment/changes.ts';
import type { Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { type ActivityEntry, changedElsewhere } from '../../main/ports/ledger.ts';
import { timelineOf } from '../../main/views/timeline.ts';
import { aCapture, aHold, anAction, anOutcome, anUnpaid, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../builders.ts';

const HELD_MS = NOON_MS - HOUR_MS;
const hold = aHold();
const sale = aPayment();
const at = (minutes: number) => NOON_MS + minutes * MINUTE_MS;

/** An action that went its whole way, a minute for each step, and what was logged of it. */
function went(before: Payment, changes: Partial<Action>, steps: readonly string[] = ['accepted', 'sending', 'done']): { action: Action; log: ActivityEntry[] } {
  const last = steps.length - 1;
  const action = anAction({
    paymentId: before.id,
    sends: 1,
    firstSentAtMs: at(1),
    sentAtMs: at(1),
    baseline: baselineOf(before, at(1)),
    state: steps[last] as Action['state'],
    outcome: anOutcome(),
    changedAtMs: at(last),
    ...changes,
  });
  const log = steps.map((what, step) => ({
    atMs: at(step),
    accountId: 'acc_1',
    what,
    paymentId: before.id,
    actionId: action.id,
    note: step === last ? (action.outcome?.message ?? '') : `${what}…`,
  }));
  return { action, log };
}
const elsewhere = (kind: ChangeKind, note: string, amountMinor?: number): ActivityEntry => ({
  atMs: at(5),
  accountId: 'acc_1',
  what: changedElsewhere(kind),
  paymentId: 'pi',
  actionId: null,
  note,
  ...(amountMinor === undefined ? {} : { amountMinor }),
});
const told = (payment: Payment, gone: readonly ReturnType<typeof went>[], others: readonly ActivityEntry[] = []) =>
  timelineOf(
    payment,
    gone.map(({ action }) => action),
    [...gone.flatMap(({ log }) => log), ...others],
  ).map(({ by, what, amountMinor, tone }) => [by, what, amountMinor, tone]);

const made = (payment: Payment) => ['dojo', 'Created', payment.amountMinor, 'neutral'];
const held = ['dojo', 'Held on the card', 4200, 'confirmed'];
const paid = ['dojo', 'Paid', 2000, 'confirmed'];

describe('the timeline', () => {
  test('tells our own take once, with its end at the bank, after it was decided and sent', () => {
    const capture = aCapture({ createdAtMs: at(0) });
    const ours = went(hold, { outcome: anOutcome({ captureId: capture.id }) });
    expect(told({ ...hold, captures: [capture] }, [ours])).toEqual([
      made(hold),
      held,
      ['person', 'The capture was decided here.', 2000, 'promised'],
      ['till', 'sending…', null, 'promised'],
      ['till', 'Captured', 2000, 'confirmed'],
    ]);
  });

  test('tells our own take, not shown by Dojo yet, as promised only', () => {
    const ours = went(hold, { outcome: anOutcome({ captureId: 'cp_later' }) });
    expect(told(hold, [ours]).at(-1)).toEqual(['till', 'Dojo took the request.', 2000, 'promised']);
  });

  test('tells a take that nothing done here explains as somebody else’s, once', () => {
    const payment = { ...hold, captures: [aCapture({ amountMinor: 700, status: 'Declined' })] };
    expect(told(payment, [], [elsewhere('capture', 'A capture of £7.00 was made elsewhere.', 700)])).toEqual([
      made(hold),
      held,
      ['elsewhere', 'Declined by the bank, nothing captured', 700, 'refused'],
    ]);
    expect(told({ ...hold, captures: null, status: 'Captured' }, [], [elsewhere('capture', 'It was captured elsewhere.')]).at(-1)).toEqual([
      'elsewhere',
      'It was captured elsewhere.',
      null,
      'confirmed',
    ]);
  });

  test('calls nothing somebody else’s as long as an action under way here may explain it', () => {
    const checking = went(hold, {}, ['accepted', 'sending', 'checking']);
    const taken = { ...hold, captures: [aCapture({ createdAtMs: at(9) })] };
    expect(told(taken, [checking]).at(-1)).toEqual(['dojo', 'Captured', 2000, 'confirmed']);
    const undoing = went(sale, { move: { kind: 'reverse' } }, ['accepted', 'sending', 'checking']);
    expect(told({ ...sale, status: 'Reversed', updatedAtMs: at(9) }, [undoing]).at(-1)).toEqual([
      'dojo',
      'Reversed: the customer is not charged',
      2000,
      'confirmed',
    ]);
  });

  test('tells a take at the hold’s end as Dojo’s', () => {
    const payment = aHold({ autoExpireAction: 'Capture', captures: [aCapture({ amountMinor: 4200, createdAtMs: HELD_MS + 7 * DAY_MS })] });
    expect(told(payment, []).at(-1)).toEqual(['dojo', 'Captured', 4200, 'confirmed']);
  });

  describe('of a hold of which Dojo does not say when it began, between the earliest and the latest that it may end', () => {
    const unsure = aHold({ paidAtMs: null, createdAtMs: NOON_MS - 8 * DAY_MS, firstPaidMs: NOON_MS - DAY_MS, autoExpireAction: 'Capture' });
    const taken = { ...unsure, captures: [aCapture({ amountMinor: 4200 })] };
    const released = { ...unsure, status: 'Reversed', updatedAtMs: NOON_MS };
    const [take, release] = [{ move: { kind: 'capture', amount: 4200 } }, { move: { kind: 'reverse' } }] as const;

    test('tells a capture and its end as perhaps the hold’s own, never as surely that', () => {
      expect(told(taken, []).at(-1)).toEqual(['elsewhere', 'Captured (perhaps at the hold’s own end)', 4200, 'confirmed']);
      expect(told(released, []).at(-1)).toEqual(['elsewhere', 'Released, or the hold ended: the customer is not charged', 4200, 'confirmed']);
    });

    test('tells them plainly after the latest end, and before the earliest', () => {
      expect(told({ ...unsure, captures: [aCapture({ amountMinor: 4200, createdAtMs: NOON_MS + 6 * DAY_MS })] }, []).at(-1)).toEqual([
        'dojo',
        'Captured',
        4200,
        'confirmed',
      ]);
      expect(told({ ...released, updatedAtMs: NOON_MS + 6 * DAY_MS }, []).at(-1)).toEqual(['dojo', 'The hold ended, nothing was captured', 4200, 'confirmed']);
      expect(told({ ...released, createdAtMs: NOON_MS - 2 * DAY_MS }, []).at(-1)).toEqual([
        'elsewhere',
        'Released: the customer is not charged',
        4200,
        'confirmed',
      ]);
    });

    test('tells our own as ours, and nothing as another’s while ours is under way', () => {
      const done = went(unsure, { ...take, outcome: anOutcome({ captureId: taken.captures[0]?.id ?? null }) });
      expect(told(taken, [done]).at(-1)).toEqual(['till', 'Captured', 4200, 'confirmed']);
      expect(told(taken, [went(unsure, { ...take, outcome: null }, ['accepted', 'sending', 'checking'])])).toContainEqual([
        'dojo',
        'Captured',
        4200,
        'confirmed',
      ]);
      expect(told(released, [went(unsure, release)]).filter(([, what]) => /hold ended|Released, or/.test(String(what)))).toEqual([]);
    });
  });

  test('tells each refund with its amount, and Dojo’s sum where it says more than one of them', () => {
    const ours = went(sale, { move: { kind: 'refund', amount: 500 }, outcome: anOutcome({ message: 'Refunded.' }) });
    const ourEntries = [
      ['person', 'The refund was decided here.', 500, 'promised'],
      ['till', 'sending…', null, 'promised'],
      ['till', 'Refunded.', 500, 'confirmed'],
    ];
    expect(told({ ...sale, refundedMinor: 500, updatedAtMs: at(2) }, [ours])).toEqual([made(sale), paid, ...ourEntries]);
    const also = elsewhere('refund', '£7.00 was refunded elsewhere.', 700);
    expect(told({ ...sale, refundedMinor: 1200, updatedAtMs: at(9) }, [ours], [also])).toEqual([
      made(sale),
      paid,
      ...ourEntries,
      ['elsewhere', '£7.00 was refunded elsewhere.', 700, 'confirmed'],
      ['dojo', 'Refunded in all', 1200, 'confirmed'],
    ]);
    expect(told({ ...sale, refundedMinor: 700, updatedAtMs: at(9) }, [])).toEqual([made(sale), paid, ['dojo', 'Refunded in all', 700, 'confirmed']]);
  });

  test('tells an undo once, and whose it was', () => {
    const undone = { ...sale, status: 'Reversed', updatedAtMs: at(2) };
    const ours = went(sale, { move: { kind: 'reverse' }, outcome: anOutcome({ message: 'Undone.' }) });
    expect(told(undone, [ours]).slice(2)).toEqual([
      ['person', 'The reversal was decided here.', null, 'promised'],
      ['till', 'sending…', null, 'promised'],
      ['till', 'Undone.', null, 'confirmed'],
    ]);
    expect(told(undone, [], [elsewhere('reverse', 'It was reversed elsewhere.')]).slice(2)).toEqual([
      ['elsewhere', 'Reversed: the customer is not charged', 2000, 'confirmed'],
    ]);
    const inPart = { ...hold, captures: [aCapture({ createdAtMs: at(2) })], updatedAtMs: HELD_MS + 7 * DAY_MS };
    for (const status of ['Reversed', 'Captured'])
      expect(told({ ...inPart, status }, []).at(-1)).toEqual(['dojo', 'The hold ended, the rest was not captured', 2200, 'confirmed']);
    expect(told({ ...inPart, status: 'Captured', updatedAtMs: at(3) }, []).at(-1)).toEqual(['elsewhere', 'Captured', 2000, 'confirmed']);
    expect(told({ ...hold, status: 'Reversed', updatedAtMs: HELD_MS + 7 * DAY_MS }, []).at(-1)).toEqual([
      'dojo',
      'The hold ended, nothing was captured',
      4200,
      'confirmed',
    ]);
  });

  test('tells a cancellation once, and whose it was', () => {
    const unpaid = anUnpaid();
    const gone = { ...unpaid, status: 'Canceled', updatedAtMs: at(2) };
    const ours = went(unpaid, { move: { kind: 'cancel' }, outcome: anOutcome({ message: 'Cancelled.' }) });
    expect(told(gone, [ours]).map(([by, what]) => [by, what])).toEqual([
      ['dojo', 'Created'],
      ['person', 'The cancellation was decided here.'],
      ['till', 'sending…'],
      ['till', 'Cancelled.'],
    ]);
    expect(told(gone, [], [elsewhere('cancel', 'It was cancelled elsewhere.')]).at(-1)).toEqual(['elsewhere', 'Cancelled before payment', null, 'confirmed']);
    expect(told({ ...gone, expireAtMs: at(2) }, []).at(-1)).toEqual(['dojo', 'The request to pay lapsed', null, 'confirmed']);
  });

  test('tells the first amount as far as it is known, and each change of it', () => {
    const unpaid = anUnpaid({ customAmountAllowed: true });
    const ours = went(unpaid, { move: { kind: 'setAmount', amount: 2500 } });
    const changed = { ...unpaid, amountMinor: 2500 };
    expect(told(changed, [ours])[0]).toEqual(['dojo', 'Created', 2000, 'neutral']);
    expect(told(changed, [ours]).at(-1)).toEqual(['till', 'Dojo took the request.', 2500, 'confirmed']);
    const others = told(changed, [], [elsewhere('amount', 'The amount was changed to £25.00 elsewhere.', 2500)]);
    expect(others).toEqual([
      ['dojo', 'Created', null, 'neutral'],
      ['elsewhere', 'The amount was changed to £25.00 elsewhere.', 2500, 'confirmed'],
    ]);
  });

  test.each<[string, Partial<Action>, string[], (string | number | null)[]]>([
    [
      'withdrew',
      { outcome: anOutcome({ code: 'withdrawn', message: 'Removed.', settledBy: 'person' }) },
      ['accepted', 'withdrawn'],
      ['Removed.', 2000, 'neutral'],
    ],
    [
      'settled as done',
      { outcome: anOutcome({ message: 'A person settled it.', settledBy: 'person' }) },
      ['accepted', 'needsPerson', 'done'],
      ['A person settled it.', 2000, 'promised'],
    ],
    [
      'settled as not done',
      { outcome: anOutcome({ message: 'A person settled it.', settledBy: 'person' }) },
      ['accepted', 'needsPerson', 'refused'],
      ['A person settled it.', 2000, 'refused'],
    ],
    ['asked to look up again', {}, ['accepted', 'needsPerson', 'checking'], ['Looked up again.', null, 'promised']],
  ])('tells what a person %s as a person’s', (_, changes, steps, expected) => {
    expect(told(hold, [went(hold, changes, steps)]).at(-1)).toEqual(['person', ...expected]);
  });

  test('keeps what a person settled, with the note, where Dojo shows it all the same since', () => {
    const settled = anOutcome({ code: 'settled-not', message: 'A person settled it: it was not done. “not in the portal”', settledBy: 'person' });
    const ours = went(hold, { outcome: settled }, ['accepted', 'needsPerson', 'refused']);
    const payment = { ...hold, captures: [aCapture({ amountMinor: 2000, createdAtMs: at(7) })], updatedAtMs: at(7) };
    expect(told(payment, [ours]).slice(-3)).toEqual([
      ['person', 'A person settled it: it was not done. “not in the portal”', 2000, 'refused'],
      ['till', expect.stringContaining('Dojo did not confirm our capture, but shows one of exactly this amount since.'), null, 'refused'],
      ['elsewhere', 'Captured', 2000, 'confirmed'],
    ]);
  });

  test('keeps it also where its end is dated anew: a PC clock that was ahead had dated it in the future', () => {
    const settled = anOutcome({ message: 'A person settled it.', settledBy: 'person' });
    const ours = went(hold, { outcome: settled }, ['accepted', 'needsPerson', 'refused']);
    const again = { ...ours, action: { ...ours.action, changedAtMs: ours.action.changedAtMs - 1 } };
    expect(told(hold, [again])).toEqual(told(hold, [ours]));
  });

  test.each(['waiting', 'checking', 'needsPerson', 'refused', 'expired'])('tells what the till learnt (%s) as the till’s', (what) => {
    expect(told(hold, [went(hold, {}, ['accepted', what])]).at(-1)?.[0]).toBe('till');
  });

  test('says of a step without a word of its own what it is', () => {
    const waits = (changes: Partial<Action>) => {
      const { action, log } = went(sale, { move: { kind: 'refund', amount: 500 }, outcome: null, ...changes }, ['accepted', 'checking', 'waiting']);
      return timelineOf(sale, [action], log).at(-1)?.what;
    };
    expect(waits({ sends: 1 })).toBe('Queued to be sent again.');
    expect(waits({ sends: 0, firstSentAtMs: null, sentAtMs: null, baseline: null })).toBe('Queued to be sent.');
  });

  test('tells of a refusal that another till was first, where it was', () => {
    const unsent = { sends: 0, firstSentAtMs: null, sentAtMs: null, baseline: null };
    const ours = went(hold, { ...unsent, outcome: anOutcome({ code: 'nothing-left', message: 'Closed.', settledBy: 'till' }) }, ['accepted', 'refused']);
    const taken = elsewhere('capture', 'A capture of £42.00 was made elsewhere.', 4200);
    const payment = { ...hold, captures: [aCapture({ amountMinor: 4200, createdAtMs: at(0) })] };
    expect(told(payment, [ours], [taken])).toContainEqual([
      'till',
      'Another till was first. A capture of £42.00 was made elsewhere. Nothing was done by this one. All of it is captured.',
      2000,
      'refused',
    ]);
    expect(told(hold, [ours]).at(-1)).toEqual(['till', 'Closed.', 2000, 'refused']);
  });

  test('is in order of time, and leaves out what an unreadable action left behind', () => {
    const { log } = went(hold, {});
    expect(timelineOf(hold, [], log)).toHaveLength(2);
    const ours = went(hold, {});
    const times = timelineOf({ ...hold, captures: [aCapture({ createdAtMs: at(-30) })] }, [ours.action], ours.log).map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});
