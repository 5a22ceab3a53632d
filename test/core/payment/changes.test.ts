import { describe, expect, test } from 'vitest';
import { besidesSettled, changesElsewhere, isChanged, knownSince, type Noticed } from '../../../main/core/payment/changes.ts';
import { type EndedBy, endedBy, takenBy } from '../../../main/core/payment/ended-by-itself.ts';
import type { Capture, Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf, CLOCKS_APART_MS } from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold, anAction, anOutcome, anUnpaid, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';

const hold = aHold();
const sale = aPayment();
const unpaid = anUnpaid({ customAmountAllowed: true, tipsAllowed: true });
const HOLD_ENDS_MS = NOON_MS - HOUR_MS + 7 * DAY_MS;
/** Made seven and a half days before noon, first seen as a hold a day before noon: Dojo never says when it began. */
const anUndatedHold = (changes: Partial<Payment> = {}) =>
  aHold({ paidAtMs: null, createdAtMs: NOON_MS - 7.5 * DAY_MS, firstPaidMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS - DAY_MS, ...changes });
const [EARLIEST_MS, LATEST_MS] = [NOON_MS - DAY_MS / 2, NOON_MS + 6 * DAY_MS];
const [twenty, ten] = [aCapture(), aCapture({ amountMinor: 1000 })];
const justBefore = aCapture({ createdAtMs: NOON_MS - 14_000 });
const now = (before: Payment, changes: Partial<Payment>): Payment => ({ ...before, updatedAtMs: NOON_MS, ...changes });
const told = (before: Payment, changes: Partial<Payment>, ...actions: Action[]) =>
  changesElsewhere(baselineOf(before, NOON_MS), now(before, changes), actions)?.map(({ what }) => what) ?? 'waits';

/** Sent from what `before` showed, and ended. */
const sent = (before: Payment, changes: Partial<Action>): Action =>
  anAction({ paymentId: before.id, sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(before, NOON_MS), state: 'done', ...changes });
const tookTwenty = sent(hold, { outcome: anOutcome({ captureId: twenty.id }) });
const refundedFive = sent(sale, { move: { kind: 'refund', amount: 500 } });
/** Sent, and refused: of two answers to a request that arrived twice, the second may be all that was heard. */
const unheard = (before: Payment, move: Action['move']) => sent(before, { move, state: 'refused', outcome: anOutcome({ code: 'refused', status: 409 }) });

describe('changed elsewhere', () => {
  test('a capture like ours is told also where a PC clock that is ahead dates ours nearer to it', () => {
    const [ours, theirs] = [aCapture({ createdAtMs: NOON_MS }), aCapture({ createdAtMs: NOON_MS + 2 * MINUTE_MS })];
    const ahead = { firstSentAtMs: NOON_MS + 12 * MINUTE_MS, sentAtMs: NOON_MS + 12 * MINUTE_MS };
    const settled = sent(hold, { ...ahead, outcome: anOutcome({ settledBy: 'person', captureId: null }) });
    expect(told(hold, { captures: [ours] }, settled)).toEqual([]);
    expect(told({ ...hold, captures: [ours] }, { captures: [ours, theirs] }, settled)).toEqual(['A capture of £20.00 was made elsewhere.']);
  });

  test('what was told as made elsewhere before ours went out is not taken for ours, which was sent on an older reading', () => {
    const [theirs, ours] = [aCapture({ createdAtMs: NOON_MS - 8_000 }), aCapture({ createdAtMs: NOON_MS })];
    const settled = sent(hold, { outcome: anOutcome({ settledBy: 'person', captureId: null }) });
    const saw = { ...hold, captures: [theirs] };
    const noticed = [{ atMs: NOON_MS - 1_000, what: 'A capture of £20.00 was made elsewhere.', capturedMinor: 2000 }];
    const toldBeside = (captures: Payment['captures'], ...actions: Action[]) =>
      changesElsewhere(baselineOf(saw, NOON_MS), now(saw, { captures }), actions, noticed)?.map(({ what }) => what);
    expect(toldBeside([theirs, ours], settled)).toEqual([]);
    // One more is not his any more, and what has a name keeps it.
    const third = aCapture({ createdAtMs: NOON_MS + 9_000 });
    expect(toldBeside([theirs, ours, third], settled)).toEqual(['A capture of £20.00 was made elsewhere.']);
    expect(toldBeside([theirs, ours], { ...settled, outcome: anOutcome({ captureId: theirs.id }) })).toHaveLength(1);
    // Nor is what was made once ours had ended: a person was wrong, and ours never arrived.
    const later = aCapture({ createdAtMs: NOON_MS + HOUR_MS });
    expect(toldBeside([theirs, later], { ...settled, changedAtMs: NOON_MS + 5 * MINUTE_MS })).toEqual(['A capture of £20.00 was made elsewhere.']);
    expect(toldBeside([theirs, later], { ...settled, changedAtMs: NOON_MS + 2 * HOUR_MS })).toEqual([]);
    expect(toldBeside([theirs, aCapture({ createdAtMs: NOON_MS - MINUTE_MS })], settled)).toEqual(['A capture of £20.00 was made elsewhere.']);
    // Nor what was told as one that this till sent, arrived once more. One that Dojo did not confirm may be what explains it.
    const toldAs = (by: string) =>
      noticed.map((one) => ({ ...one, what: one.what.replace('elsewhere.', `elsewhere, or by a request of this till that ${by}.`) }));
    const beside = (by: string) => changesElsewhere(baselineOf(saw, NOON_MS), now(saw, { captures: [theirs, ours] }), [settled], toldAs(by));
    expect(beside('arrived twice')).toHaveLength(0);
    expect(beside('Dojo did not confirm')).toHaveLength(1);
  });

  describe('beside captures that were told as made elsewhere', () => {
    const at = (createdAtMs: number, changes = {}) => aCapture({ createdAtMs, ...changes });
    const [theirs, other, own, fresh, another] = [at(NOON_MS - 9_000), at(NOON_MS - 8_000), at(NOON_MS - 7_000), at(NOON_MS), at(NOON_MS + 1_000)];
    const settled = (seq: number, before: Payment = hold, changes: Partial<Action> = {}) =>
      sent(before, { id: `a${seq}`, seq, changedAtMs: NOON_MS + MINUTE_MS, outcome: anOutcome({ settledBy: 'person', captureId: null }), ...changes });
    const ELSEWHERE = 'A capture of £20.00 was made elsewhere.';
    const notice = { atMs: NOON_MS, what: ELSEWHERE, capturedMinor: 2000 };
    const saw = (...captures: Capture[]) => ({ ...hold, captures });
    const named = settled(2, hold, { outcome: anOutcome({ captureId: own.id }) });
    const undated = { ...baselineOf(hold, NOON_MS), isUndated: true as const };
    const early = at(NOON_MS - CLOCKS_APART_MS - 1);
    const later = at(NOON_MS + 5 * MINUTE_MS);
    const afterwards = { firstSentAtMs: later.createdAtMs, sentAtMs: later.createdAtMs, changedAtMs: later.createdAtMs + MINUTE_MS };
    test.each<[string, Capture[], Capture[], Action[], number, number]>([
      ['one of ours explains what came since', [theirs], [fresh], [settled(1)], 1, 0],
      ['two explain both', [theirs, other], [fresh, another], [settled(1), settled(2)], 2, 0],
      ['of two one was told: the other explained what was known', [theirs, own], [fresh, another], [settled(1), settled(2)], 1, 1],
      ['what was told is there beside ours, and was not taken for it', [theirs, own], [fresh], [settled(1, saw(theirs))], 1, 1],
      ['one whose answer named it keeps its own', [theirs, own], [fresh], [settled(1), named], 1, 0],
      ['what was told was of another amount', [own], [fresh], [settled(1)], 0, 1],
      ['from half a minute before its send', [theirs], [at(NOON_MS - CLOCKS_APART_MS)], [settled(1)], 1, 0],
      ['earlier', [theirs], [early], [settled(1)], 1, 1],
      ['later than an end that a doubted clock had dated', [theirs], [at(NOON_MS + HOUR_MS)], [settled(1, hold, { baseline: undated })], 1, 0],
      ['earlier, by a send that a doubted clock had dated', [theirs], [early], [settled(1, hold, { baseline: undated })], 1, 0],
      ['until half a minute after its end', [theirs], [at(NOON_MS + MINUTE_MS + CLOCKS_APART_MS)], [settled(1)], 1, 0],
      ['later', [theirs], [at(NOON_MS + MINUTE_MS + CLOCKS_APART_MS + 1)], [settled(1)], 1, 1],
      ['later, as the next of ours made it', [theirs], [later], [settled(1), settled(2, saw(theirs), afterwards)], 1, 0],
    ])('%s', (_, known, since, actions, timesTold, timesNew) => {
      const noticed = [
        ...Array<typeof notice>(timesTold).fill(notice),
        { atMs: NOON_MS, what: 'A capture of £10.00 was made elsewhere.', capturedMinor: 1000 },
      ];
      const changes = changesElsewhere(baselineOf(saw(...known), NOON_MS), now(hold, { captures: [...known, ...since] }), actions, noticed);
      expect(changes?.map(({ kind }) => kind)).toEqual(Array(timesNew).fill('capture'));
    });
  });

  test('what was refunded waits as long as a refund done here does not show beside it', () => {
    const ours = sent(sale, { move: { kind: 'refund', amount: 900 } });
    expect(told(sale, { refundedMinor: 500 }, ours)).toBe('waits');
    expect(told(sale, { refundedMinor: 1400 }, ours)).toEqual(['£5.00 was refunded elsewhere.']);
    expect(told(sale, { refundedMinor: 900 }, ours)).toEqual([]);
  });

  describe('a refund that was told is not told again', () => {
    const refund = (seq: number, refundedMinor: number, changes: Partial<Action> = {}) =>
      sent({ ...sale, refundedMinor }, { id: `a${seq}`, seq, move: { kind: 'refund', amount: 500 }, ...changes });
    const notice = (atMs = NOON_MS, by = '') => ({ atMs, what: `£5.00 was refunded elsewhere${by}.`, refundedMinor: 500 });
    const tells = (fromMinor: number, toMinor: number, actions: Action[], ...noticed: ReturnType<typeof notice>[]) =>
      changesElsewhere(baselineOf({ ...sale, refundedMinor: fromMinor }, NOON_MS), now(sale, { refundedMinor: toMinor }), actions, noticed)?.map(
        ({ amountMinor }) => amountMinor,
      );
    const NOT_CONFIRMED = ', or by a request of this till that Dojo did not confirm';

    test('with ours that went out on a reading from before it', () => {
      const ours = [refund(1, 0), refund(2, 500)];
      expect(tells(1000, 1500, ours, notice())).toEqual([]);
      expect(tells(1000, 2000, ours, notice())).toEqual([500]);
      // Where it was not told it is theirs.
      expect(tells(500, 1500, ours)).toEqual([500]);
    });

    test.each([', or by a request of this till that arrived twice', ', or by a request of this till that Dojo refused', NOT_CONFIRMED])(
      'nor where it was told as “elsewhere%s”',
      (by) => {
        const refused = refund(1, 0, { state: 'refused', outcome: anOutcome({ code: 'refused', status: 409 }) });
        expect(tells(500, 1000, [refused, refund(2, 0)], notice(NOON_MS, by))).toEqual([]);
      },
    );

    test('but another one is, where Dojo confirmed ours after it had been told as perhaps ours', () => {
      const confirmed = refund(1, 0, { firstSentAtMs: NOON_MS - 2 * MINUTE_MS, changedAtMs: NOON_MS + MINUTE_MS });
      const told = notice(NOON_MS - MINUTE_MS, NOT_CONFIRMED);
      expect(tells(500, 1000, [confirmed], told)).toEqual([500]);
      // One that went out after that is not what had been told.
      expect(tells(500, 1000, [{ ...confirmed, firstSentAtMs: NOON_MS }], told)).toEqual([]);
      // Nor one that had ended by then.
      expect(tells(500, 1000, [{ ...confirmed, changedAtMs: NOON_MS - MINUTE_MS }], told)).toEqual([]);
    });
  });

  test('so does what was refunded before one done here, by a reading that does not show that one yet', () => {
    const ours = sent({ ...sale, refundedMinor: 1500 }, { move: { kind: 'refund', amount: 500 } });
    expect(told(sale, { refundedMinor: 1500 }, ours)).toBe('waits');
    expect(told(sale, { refundedMinor: 2000 }, ours)).toEqual(['£15.00 was refunded elsewhere.']);
    // It may never have been made.
    expect(told(sale, { refundedMinor: 1500 }, { ...ours, outcome: anOutcome({ settledBy: 'person' }) })).not.toBe('waits');
  });

  test.each<[string, Payment, Partial<Payment>, Action[], string[]]>([
    ['a capture', hold, { captures: [twenty] }, [], ['A capture of £20.00 was made elsewhere.']],
    ['two takes', hold, { captures: [twenty, ten] }, [], ['A capture of £20.00 was made elsewhere.', 'A capture of £10.00 was made elsewhere.']],
    ['a capture beside our own', hold, { captures: [twenty, ten] }, [tookTwenty], ['A capture of £10.00 was made elsewhere.']],
    [
      'a capture just like one that a person settled as ours',
      { ...hold, captures: [twenty] },
      { captures: [twenty, aCapture()] },
      [sent(hold, { outcome: anOutcome({ settledBy: 'person' }) })],
      ['A capture of £20.00 was made elsewhere.'],
    ],
    ['a capture with tips', hold, { captures: [aCapture({ tipsMinor: 250 })] }, [], ['A capture of £22.50 was made elsewhere.']],
    ['a capture where Dojo lists none', aHold({ captures: null }), { status: 'Captured' }, [], ['It was captured elsewhere.']],
    ['a refund', sale, { refundedMinor: 500 }, [], ['£5.00 was refunded elsewhere.']],
    ['a further refund', { ...sale, refundedMinor: 500 }, { refundedMinor: 1200 }, [], ['£7.00 was refunded elsewhere.']],
    ['a refund beside our own', sale, { refundedMinor: 1200 }, [refundedFive], ['£7.00 was refunded elsewhere.']],
    [
      'a refund between two of our own, all that is known being from before',
      sale,
      { refundedMinor: 1700 },
      [refundedFive, sent({ ...sale, refundedMinor: 1000 }, { move: { kind: 'refund', amount: 700 } })],
      ['£5.00 was refunded elsewhere.'],
    ],
    ['a refund of who knows how much', sale, { status: 'Refunded' }, [], ['It was refunded elsewhere.']],
    ['an undo', sale, { status: 'Reversed' }, [], ['It was reversed elsewhere.']],
    ['a release', hold, { status: 'Reversed' }, [], ['The hold was released elsewhere.']],
    ['a cancellation', unpaid, { status: 'Canceled' }, [], ['It was cancelled elsewhere.']],
    ['another amount', unpaid, { amountMinor: 5000 }, [], ['The amount was changed to £50.00 elsewhere.']],
    ['other tips', unpaid, { tipsMinor: 300 }, [], ['The tips were changed to £3.00 elsewhere.']],
    [
      'an undo long after ours was refused',
      sale,
      { status: 'Reversed', updatedAtMs: NOON_MS + HOUR_MS },
      [sent(sale, { move: { kind: 'reverse' }, state: 'refused', outcome: anOutcome({ code: 'refused' }) })],
      ['It was reversed elsewhere.'],
    ],
    [
      'an undo before ours was ever sent',
      sale,
      { status: 'Reversed' },
      [anAction({ paymentId: sale.id, move: { kind: 'reverse' }, state: 'refused', outcome: anOutcome({ code: 'undone', settledBy: 'till' }) })],
      ['It was reversed elsewhere.'],
    ],
    ['another refund than ours', sale, { refundedMinor: 400 }, [unheard(sale, refundedFive.move)], ['£4.00 was refunded elsewhere.']],
    [
      'an undo that a person saw and settled as not ours',
      sale,
      { status: 'Reversed' },
      [
        sent(sale, {
          move: { kind: 'reverse' },
          state: 'refused',
          changedAtMs: NOON_MS + MINUTE_MS,
          outcome: anOutcome({ code: 'settled-not', settledBy: 'person' }),
        }),
      ],
      ['It was reversed elsewhere.'],
    ],
    [
      'while an action of ours has not been sent',
      hold,
      { captures: [twenty] },
      [anAction({ paymentId: hold.id })],
      ['A capture of £20.00 was made elsewhere.'],
    ],
    [
      'while a receipt of ours is on its way',
      sale,
      { refundedMinor: 500 },
      [sent(sale, { move: { kind: 'sendReceipt', emails: [] }, state: 'sending' })],
      ['£5.00 was refunded elsewhere.'],
    ],
  ])('is %s', (_, before, changes, actions, expected) => {
    expect(told(before, changes, ...actions)).toEqual(expected);
  });

  test('is not said for certain of a take just like ours from right then: a request can arrive twice', () => {
    const refused = sent(hold, { state: 'refused', outcome: anOutcome({ code: 'refused', status: 409 }) });
    const orByOurs = (what: string) => [`A capture of £20.00 was made elsewhere, or by a request of this till that ${what}.`];
    expect(told(hold, { captures: [twenty] }, refused)).toEqual(orByOurs('Dojo refused'));
    expect(told(hold, { captures: [twenty, aCapture()] }, tookTwenty)).toEqual(orByOurs('arrived twice'));
  });
});

test('an equal capture hours after ours was lost and removed is not said for certain to be another till’s', () => {
  const removed = sent(hold, { state: 'withdrawn', outcome: anOutcome({ code: 'withdrawn', settledBy: 'person' }) });
  const late = { ...twenty, createdAtMs: NOON_MS + 3 * HOUR_MS };
  expect(told(hold, { captures: [late] }, removed)).toEqual([
    'A capture of £20.00 was made elsewhere, or by a request of this till that Dojo did not confirm.',
  ]);
  expect(told(hold, { captures: [{ ...late, amountMinor: 1999 }] }, removed)).toEqual(['A capture of £19.99 was made elsewhere.']);
});

test('a capture minutes after one like it that had ours called done is not said for certain to be another till’s: that one may be', () => {
  const done = sent(hold, { outcome: anOutcome({ captureId: 'cp_1', settledBy: 'evidence' }) });
  const first = { ...twenty, id: 'cp_1' };
  const before = { ...hold, captures: [first] };
  const later = aCapture({ id: 'cp_2', createdAtMs: NOON_MS + 10 * MINUTE_MS });
  expect(told(before, { captures: [first, later] }, done)).toEqual([
    'A capture of £20.00 was made elsewhere, or by a request of this till that arrived twice.',
  ]);
});

describe('as much again as a refund of ours that was sent twice', () => {
  const repeated = sent(sale, { move: { kind: 'refund', amount: 500 }, sends: 2 });

  test('is not said for certain to be another till’s: Dojo may have forgotten its key', () => {
    expect(told(sale, { refundedMinor: 1000 }, repeated)).toEqual(['£5.00 was refunded elsewhere, or by a request of this till that arrived twice.']);
  });

  test.each<[string, Payment, Action]>([
    ['it was sent once: its key makes it one', now(sale, { refundedMinor: 1000 }), { ...repeated, sends: 1 }],
    ['it comes days later', now(sale, { refundedMinor: 1000, updatedAtMs: NOON_MS + 2 * DAY_MS }), repeated],
    ['it is less', now(sale, { refundedMinor: 900 }), repeated],
  ])('is another till’s where %s', (_, shown, action) => {
    expect(changesElsewhere(baselineOf(sale, NOON_MS), shown, [action])?.map(({ what }) => what)).toEqual([
      `£${(shown.refundedMinor - 500) / 100}.00 was refunded elsewhere.`,
    ]);
  });
});

describe('exactly what ours would have done, which Dojo did not confirm,', () => {
  test.each<[string, Payment, Partial<Payment>, Action['move'], string]>([
    ['an undo', sale, { status: 'Reversed' }, { kind: 'reverse' }, 'It was reversed elsewhere'],
    ['a release', hold, { status: 'Reversed' }, { kind: 'reverse' }, 'The hold was released elsewhere'],
    ['a cancellation', unpaid, { status: 'Canceled' }, { kind: 'cancel' }, 'It was cancelled elsewhere'],
    ['a refund', sale, { refundedMinor: 500 }, refundedFive.move, '£5.00 was refunded elsewhere'],
    ['another amount', unpaid, { amountMinor: 5000 }, { kind: 'setAmount', amount: 5000 }, 'The amount was changed to £50.00 elsewhere'],
    ['other tips', unpaid, { tipsMinor: 300 }, { kind: 'setTips', amount: 300 }, 'The tips were changed to £3.00 elsewhere'],
  ])('is not said for certain to be another till’s: %s', (_, before, changes, move, words) => {
    const expected = [`${words}, or by a request of this till that Dojo did not confirm.`];
    expect(told(before, changes, unheard(before, move))).toEqual(expected);
    const gaveUp = sent(before, { move, sends: 3, state: 'refused', outcome: anOutcome({ code: 'gave-up', settledBy: 'evidence' }) });
    expect(told(before, changes, gaveUp)).toEqual(expected);
  });
});

describe('not changed elsewhere', () => {
  const capture = (status: string) => ({ ...twenty, status });
  test.each<[string, Payment, Partial<Payment>, Action[]]>([
    ['nothing', hold, {}, []],
    ['the customer paying', unpaid, { status: 'Captured', paidAtMs: NOON_MS }, []],
    ['the customer paying with tips', unpaid, { status: 'Captured', tipsMinor: 300, amountMinor: 2500 }, []],
    ['a hold put on the card', anUnpaid({ captureMode: 'Manual' }), { status: 'Authorized' }, []],
    ['the bank’s yes to a capture', { ...hold, captures: [capture('Created')] }, { captures: [capture('Successful')] }, []],
    [
      'the bank’s no to a capture',
      { ...hold, status: 'Captured', captures: [capture('Created')] },
      { status: 'Authorized', captures: [capture('Declined')] },
      [],
    ],
    ['our own take', hold, { captures: [twenty], status: 'Captured' }, [tookTwenty]],
    [
      'our own take, settled by a person, after one just like it that was told before',
      { ...hold, captures: [justBefore] },
      { captures: [justBefore, aCapture({ createdAtMs: NOON_MS + 200 })] },
      [sent(hold, { decidedOn: baselineOf({ ...hold, captures: [justBefore] }, NOON_MS), outcome: anOutcome({ settledBy: 'person' }) })],
    ],
    [
      'our own take, settled by a person after a restart, and what Dojo took at the hold’s end',
      aHold({ id: hold.id, autoExpireAction: 'Capture' }),
      { status: 'Captured', captures: [aCapture({ createdAtMs: HOLD_ENDS_MS }), aCapture({ createdAtMs: HOLD_ENDS_MS - 5 * MINUTE_MS })] },
      [
        sent(hold, {
          firstSentAtMs: HOLD_ENDS_MS - 5 * MINUTE_MS + 800,
          sentAtMs: HOLD_ENDS_MS + MINUTE_MS,
          outcome: anOutcome({ settledBy: 'person' }),
        }),
      ],
    ],
    ['our own take, settled by a person', hold, { captures: [twenty] }, [sent(hold, { outcome: anOutcome({ settledBy: 'person' }) })]],
    ['our own take where Dojo lists none', aHold({ captures: null }), { status: 'Captured' }, [sent(aHold({ captures: null }), {})]],
    ['our own refund', sale, { refundedMinor: 500 }, [refundedFive]],
    [
      'our own refund, shown late',
      { ...sale, refundedMinor: 700 },
      { refundedMinor: 1200 },
      [sent({ ...sale, refundedMinor: 700 }, { move: refundedFive.move })],
    ],
    ['our own refund of everything', sale, { refundedMinor: 2000, status: 'Refunded' }, [sent(sale, { move: { kind: 'refund', amount: 2000 } })]],
    ['our own undo', sale, { status: 'Reversed' }, [sent(sale, { move: { kind: 'reverse' } })]],
    ['our own cancellation', unpaid, { status: 'Canceled' }, [sent(unpaid, { move: { kind: 'cancel' } })]],
    ['our own change of amount', unpaid, { amountMinor: 5000 }, [sent(unpaid, { move: { kind: 'setAmount', amount: 5000 } })]],
    ['our own change of tips', unpaid, { tipsMinor: 300 }, [sent(unpaid, { move: { kind: 'setTips', amount: 300 } })]],
    ['a hold released at its end', hold, { status: 'Reversed', updatedAtMs: HOLD_ENDS_MS }, []],
    [
      'a hold captured at its end',
      aHold({ autoExpireAction: 'Capture' }),
      { status: 'Captured', captures: [aCapture({ amountMinor: 4200, createdAtMs: HOLD_ENDS_MS })], updatedAtMs: HOLD_ENDS_MS },
      [],
    ],
    [
      'a hold captured at its end where Dojo lists no takes',
      aHold({ autoExpireAction: 'Capture', captures: null }),
      { status: 'Captured', updatedAtMs: HOLD_ENDS_MS },
      [],
    ],
    ['a request to pay that lapsed', anUnpaid({ expireAtMs: NOON_MS }), { status: 'Canceled', updatedAtMs: NOON_MS }, []],
    ['the list of takes, with another API version', aHold({ captures: null }), { captures: [twenty] }, []],
    ['a status that Dojo added later', sale, { status: 'Disputed' }, []],
    ['a card that is shown now', { ...hold, card: null }, { card: hold.card }, []],
  ])('is %s', (_, before, changes, actions) => {
    expect(told(before, changes, ...actions)).toEqual([]);
  });

  test('is a take before a hold’s end that would only be released: that was somebody', () => {
    const late = aCapture({ createdAtMs: HOLD_ENDS_MS });
    expect(told(hold, { captures: [late], updatedAtMs: HOLD_ENDS_MS })).toEqual(['A capture of £20.00 was made elsewhere.']);
  });
});

describe('what an action under way may explain', () => {
  test.each<[string, Partial<Action>]>([
    ['is being sent', { state: 'sending' }],
    ['has an unknown outcome', { state: 'checking' }],
    ['needs you', { state: 'needsPerson' }],
    ['needs you since an older ledger was restored', { state: 'needsPerson', baseline: null }],
    ['waits after an answer that is not quite believed', { state: 'waiting', sends: 0 }],
  ])('waits while it %s, and is judged once it is settled', (_, underWay) => {
    const action = sent(hold, underWay);
    expect(told(hold, { captures: [twenty, ten] }, action)).toBe('waits');
    expect(told(hold, {}, action)).toEqual([]);
    const done = { ...action, state: 'done' as const, outcome: anOutcome({ captureId: twenty.id }) };
    expect(told(hold, { captures: [twenty, ten] }, done)).toEqual(['A capture of £10.00 was made elsewhere.']);
  });
});

test('what was known stays known when an older reading comes late', () => {
  const before = baselineOf(now(sale, { status: 'Refunded', refundedMinor: 2000, captures: [twenty] }), NOON_MS);
  const late = baselineOf(now(sale, { status: 'Captured', refundedMinor: 500, captures: [ten] }), NOON_MS);
  expect(knownSince(before, late)).toMatchObject({ status: 'Refunded', refundedMinor: 2000, captureIds: [twenty.id, ten.id] });
  expect(knownSince(before, baselineOf(now(sale, { captures: null }), NOON_MS)).captureIds).toEqual([twenty.id]);
});

test('what was known bears the later date, so that an older reading does not make its refunds look undated', () => {
  const before = baselineOf(now(sale, { refundedMinor: 500 }), NOON_MS);
  expect(knownSince(before, baselineOf(now(sale, { updatedAtMs: NOON_MS - 1 }), NOON_MS)).updatedAtMs).toBe(NOON_MS);
  expect(knownSince(before, baselineOf(now(sale, { updatedAtMs: NOON_MS + 1 }), NOON_MS)).updatedAtMs).toBe(NOON_MS + 1);
});

test('a refund of ours that went out after the reading that told another till’s equal one is not told as a second of theirs', () => {
  // What was read before the send was older than what a list had told meanwhile.
  const known = baselineOf(now(sale, { refundedMinor: 500 }), NOON_MS - MINUTE_MS);
  const both = now(sale, { refundedMinor: 1000 });
  expect(changesElsewhere(known, both, [refundedFive])).toEqual([]);
  // Where it may be in what was known, the rest is somebody else's.
  expect(changesElsewhere(baselineOf(now(sale, { refundedMinor: 500 }), NOON_MS), both, [refundedFive])?.map(({ what }) => what)).toEqual([
    '£5.00 was refunded elsewhere.',
  ]);
});

describe('the kind and the amount of a change', () => {
  test.each<[string, Payment, Partial<Payment>, unknown]>([
    ['a capture', hold, { captures: [aCapture({ tipsMinor: 250 })] }, { kind: 'capture', amountMinor: 2250 }],
    ['a capture of who knows how much', aHold({ captures: null }), { status: 'Captured' }, { kind: 'capture', amountMinor: null }],
    ['a refund', sale, { refundedMinor: 500 }, { kind: 'refund', amountMinor: 500 }],
    ['a refund of who knows how much', sale, { status: 'Refunded' }, { kind: 'refund', amountMinor: null }],
    ['a reversal', sale, { status: 'Reversed' }, { kind: 'reverse', amountMinor: null }],
    ['a cancellation', unpaid, { status: 'Canceled' }, { kind: 'cancel', amountMinor: null }],
    ['another amount', unpaid, { amountMinor: 5000 }, { kind: 'amount', amountMinor: 5000 }],
    ['other tips', unpaid, { tipsMinor: 300 }, { kind: 'tips', amountMinor: 300 }],
  ])('%s', (_, before, changes, change) => expect(changesElsewhere(baselineOf(before, NOON_MS), now(before, changes), [])).toMatchObject([change]));
});

describe('is told of another till', () => {
  const pending = (before: Payment, move: Action['move']) =>
    sent(before, { move, state: 'refused', outcome: anOutcome({ code: 'refused', settledBy: 'person' }) });
  test.each<[string, Payment, Partial<Payment>, Action[], string[]]>([
    ['though a reversal of ours was refused', sale, { status: 'Reversed' }, [pending(sale, { kind: 'reverse' })], ['It was reversed elsewhere.']],
    ['though a cancellation of ours was refused', unpaid, { status: 'Canceled' }, [pending(unpaid, { kind: 'cancel' })], ['It was cancelled elsewhere.']],
    [
      'though another amount was set here',
      unpaid,
      { amountMinor: 5000 },
      [sent(unpaid, { move: { kind: 'setAmount', amount: 4000 } })],
      ['The amount was changed to £50.00 elsewhere.'],
    ],
    [
      'though ours was not done',
      unpaid,
      { amountMinor: 5000 },
      [pending(unpaid, { kind: 'setAmount', amount: 5000 })],
      ['The amount was changed to £50.00 elsewhere.'],
    ],
    ['where a refund is part of what is refunded whole', sale, { refundedMinor: 500, status: 'Refunded' }, [], ['£5.00 was refunded elsewhere.']],
  ])('%s', (_, before, changes, actions, expected) => expect(told(before, changes, ...actions)).toEqual(expected));

  test.each<[string, Payment, Partial<Payment>]>([
    ['a payment that is still reversed', { ...sale, status: 'Reversed' }, { amountMinor: 1 }],
    ['an Auto payment that is captured as it was paid', aPayment({ status: 'Authorized', captures: null }), { status: 'Captured' }],
    ['an amount that the customer paid', unpaid, { status: 'Captured', amountMinor: 5000 }],
    ['an amount of what is paid', sale, { amountMinor: 5000 }],
    ['a refund that shows less than before', { ...sale, refundedMinor: 500 }, { refundedMinor: 300, status: 'Refunded' }],
    ['a hold whose capture is listed and then turns it Captured', aHold({ captures: [twenty] }), { status: 'Captured', captures: [twenty] }],
  ])('but not of %s', (_, before, changes) => expect(told(before, changes)).toEqual([]));
});

describe('a reading says something new', () => {
  test.each<[string, Payment, Partial<Payment>, boolean]>([
    ['nothing', hold, {}, false],
    ['another status', hold, { status: 'Captured' }, true],
    ['more refunded', hold, { refundedMinor: 1 }, true],
    ['another amount', hold, { amountMinor: 1 }, true],
    ['other tips', hold, { tipsMinor: 1 }, true],
    ['a new capture', hold, { captures: [twenty] }, true],
    ['one capture in the place of another', aHold({ captures: [ten] }), { captures: [twenty] }, true],
    ['a capture that is gone', aHold({ captures: [ten, twenty] }), { captures: [ten] }, true],
    ['no list any more', hold, { captures: null }, true],
    ['a list now', aHold({ captures: null }), { captures: [] }, true],
    ['no list, as before', aHold({ captures: null }), {}, false],
    ['another word of the bank', aHold({ captures: [ten] }), { captures: [{ ...ten, status: 'Declined' }] }, false],
  ])('%s: $3', (_, before, changes, is) => expect(isChanged(baselineOf(before, NOON_MS), now(before, changes))).toBe(is));
});

describe('what happens by itself', () => {
  const END_MS = HOLD_ENDS_MS;
  test.each<[string, Payment, number, EndedBy]>([
    ['a minute before the end of a hold that is captured then', aHold({ autoExpireAction: 'Capture' }), END_MS - MINUTE_MS, 'itself'],
    ['more than a minute before it', aHold({ autoExpireAction: 'Capture' }), END_MS - MINUTE_MS - 1, 'somebody'],
    ['at the end of a hold of which Dojo does not say what its end does', aHold({ autoExpireAction: null }), END_MS, 'itself'],
    ['at the end of a hold that is released then', aHold(), END_MS, 'somebody'],
    ['of an Auto payment', aPayment({ autoExpireAction: null }), END_MS, 'somebody'],
    ['more than a minute before the earliest end', anUndatedHold({ autoExpireAction: 'Capture' }), EARLIEST_MS - MINUTE_MS - 1, 'somebody'],
    ['a minute before the earliest end', anUndatedHold({ autoExpireAction: 'Capture' }), EARLIEST_MS - MINUTE_MS, 'either'],
    ['between the ends, where Dojo does not say what they do', anUndatedHold({ autoExpireAction: null }), EARLIEST_MS + DAY_MS, 'either'],
    ['between the ends of a hold that is released then', anUndatedHold(), EARLIEST_MS + DAY_MS, 'somebody'],
    ['more than a minute before the latest end', anUndatedHold({ autoExpireAction: 'Capture' }), LATEST_MS - MINUTE_MS - 1, 'either'],
    ['a minute before the latest end', anUndatedHold({ autoExpireAction: 'Capture' }), LATEST_MS - MINUTE_MS, 'itself'],
  ])('a capture %s: $3', (_, payment, createdAtMs, by) => expect(takenBy(payment, aCapture({ createdAtMs }))).toBe(by));

  test.each<[string, Payment, EndedBy]>([
    ['a hold a minute before its end', aHold({ updatedAtMs: END_MS - MINUTE_MS }), 'itself'],
    ['a hold more than a minute before it', aHold({ updatedAtMs: END_MS - MINUTE_MS - 1 }), 'somebody'],
    ['a hold seen ended then, of which Dojo does not date it', aHold({ status: 'Reversed', undatedMs: END_MS - MINUTE_MS }), 'either'],
    ['a hold seen ended before that', aHold({ status: 'Reversed', undatedMs: END_MS - MINUTE_MS - 1 }), 'somebody'],
    ['one seen ended before that, or as late', aHold({ status: 'Reversed', undatedMs: END_MS - DAY_MS, undatedByMs: END_MS - MINUTE_MS }), 'either'],
    ['a request to pay seen lapsed, of which Dojo does not date it', anUnpaid({ status: 'Canceled', expireAtMs: NOON_MS, undatedMs: NOON_MS }), 'itself'],
    ['an Auto payment as late', aPayment({ updatedAtMs: END_MS }), 'somebody'],
    ['a request to pay a minute before it lapses', anUnpaid({ status: 'Canceled', expireAtMs: NOON_MS, updatedAtMs: NOON_MS - MINUTE_MS }), 'itself'],
    ['a request to pay before that', anUnpaid({ status: 'Canceled', expireAtMs: NOON_MS, updatedAtMs: NOON_MS - MINUTE_MS - 1 }), 'somebody'],
    ['a hold more than a minute before the earliest end', anUndatedHold({ status: 'Reversed', updatedAtMs: EARLIEST_MS - MINUTE_MS - 1 }), 'somebody'],
    ['a hold a minute before the earliest end', anUndatedHold({ status: 'Reversed', updatedAtMs: EARLIEST_MS - MINUTE_MS }), 'either'],
    ['a hold more than a minute before the latest end', anUndatedHold({ status: 'Reversed', updatedAtMs: LATEST_MS - MINUTE_MS - 1 }), 'either'],
    ['a hold a minute before the latest end', anUndatedHold({ status: 'Reversed', updatedAtMs: LATEST_MS - MINUTE_MS }), 'itself'],
    ['a hold first seen when it was over', anUndatedHold({ status: 'Reversed', updatedAtMs: EARLIEST_MS + DAY_MS, firstPaidMs: undefined }), 'either'],
    ['a hold that is released at its end, and is captured', aHold({ status: 'Captured', captures: null, updatedAtMs: END_MS }), 'somebody'],
  ])('the end of %s: $2', (_, payment, by) => expect(endedBy(payment)).toBe(by));
});

describe('a hold of which Dojo does not say when it began, between the earliest and the latest that it may end', () => {
  const between = EARLIEST_MS + DAY_MS;
  const atEnd = anUndatedHold({ autoExpireAction: 'Capture' });
  const all = aCapture({ amountMinor: 4200, createdAtMs: between });
  const unlisted = anUndatedHold({ captures: null, autoExpireAction: null });
  const lost = { state: 'refused', outcome: null, firstSentAtMs: between, sentAtMs: between } as const;

  test.each<[string, Payment, Partial<Payment>, Action[], string[]]>([
    ['a release', anUndatedHold(), { status: 'Reversed' }, [], ['The hold was released elsewhere, or at the hold’s own end.']],
    ['a capture', atEnd, { status: 'Captured', captures: [all] }, [], ['A capture of £42.00 was made elsewhere, or at the hold’s own end.']],
    ['a capture where Dojo lists none', unlisted, { status: 'Captured' }, [], ['It was captured elsewhere, or at the hold’s own end.']],
    ['a capture of what its end would let go', anUndatedHold(), { captures: [all] }, [], ['A capture of £42.00 was made elsewhere.']],
    ['the same where Dojo lists none', anUndatedHold({ captures: null }), { status: 'Captured' }, [], ['It was captured elsewhere.']],
    [
      'a release, where ours was lost',
      anUndatedHold(),
      { status: 'Reversed' },
      [sent(anUndatedHold(), { move: { kind: 'reverse' }, ...lost })],
      ['The hold was released elsewhere, at the hold’s own end, or by a request of this till that Dojo did not confirm.'],
    ],
    [
      'a capture, where ours was lost',
      atEnd,
      { captures: [all] },
      [sent(atEnd, { move: { kind: 'capture', amount: 4200 }, ...lost })],
      ['A capture of £42.00 was made elsewhere, at the hold’s own end, or by a request of this till that Dojo did not confirm.'],
    ],
    ['nothing of our own release', anUndatedHold(), { status: 'Reversed' }, [sent(anUndatedHold(), { move: { kind: 'reverse' } })], []],
    [
      'nothing of our own capture',
      atEnd,
      { captures: [all] },
      [sent(atEnd, { move: { kind: 'capture', amount: 4200 }, outcome: anOutcome({ captureId: all.id }) })],
      [],
    ],
  ])('tells %s', (_, before, changes, actions, expected) => expect(told(before, { updatedAtMs: between, ...changes }, ...actions)).toEqual(expected));

  test('is told of as somebody’s doing before, and of itself after', () => {
    const released = (updatedAtMs: number) => told(anUndatedHold(), { status: 'Reversed', updatedAtMs });
    expect(released(EARLIEST_MS - 2 * MINUTE_MS)).toEqual(['The hold was released elsewhere.']);
    expect(released(LATEST_MS)).toEqual([]);
  });
});

test('what is known goes on and never back: not the status, nor the captures, nor what was refunded', () => {
  const before = { ...baselineOf(aHold({ captures: [ten], refundedMinor: 500 }), NOON_MS), status: 'Captured' };
  const older = baselineOf(aHold({ captures: [twenty] }), NOON_MS - 1);
  expect(knownSince(before, older)).toMatchObject({ status: 'Captured', captureIds: [ten.id, twenty.id], refundedMinor: 500, readAtMs: NOON_MS - 1 });
  expect(knownSince({ ...before, status: 'Authorized' }, { ...older, status: 'Captured' })).toMatchObject({ status: 'Captured' });
  expect(knownSince(before, { ...older, captureIds: null }).captureIds).toEqual([ten.id]);
  expect(knownSince({ ...before, captureIds: null }, older).captureIds).toEqual([twenty.id]);
});

describe('something else that was done here explains nothing', () => {
  const done = (of: Payment, move: Action['move'], outcome = anOutcome()) => sent(of, { move, outcome });
  test.each<[string, Payment, Partial<Payment>, Action, string[]]>([
    ['a receipt, of a reversal', sale, { status: 'Reversed' }, done(sale, { kind: 'sendReceipt', emails: [] }), ['It was reversed elsewhere.']],
    [
      'a change of the amount, of one of the tips',
      unpaid,
      { tipsMinor: 300 },
      done(unpaid, { kind: 'setAmount', amount: 300 }),
      ['The tips were changed to £3.00 elsewhere.'],
    ],
    ['a capture, of a refund of who knows how much', sale, { status: 'Refunded' }, done(sale, { kind: 'capture', amount: 1 }), ['It was refunded elsewhere.']],
  ])('%s', (_, before, changes, action, expected) => expect(told(before, changes, action)).toEqual(expected));

  test('nor does a refused move of another kind make it uncertain who did it', () => {
    const refused = sent(sale, { move: { kind: 'reverse' }, state: 'refused', outcome: anOutcome({ code: 'refused', status: 409 }) });
    expect(told(sale, { status: 'Refunded', refundedMinor: 2000 }, refused)).toEqual(['£20.00 was refunded elsewhere.']);
  });

  test('our own refund of all of it explains that it is refunded, whatever amount Dojo shows', () => {
    expect(told(sale, { status: 'Refunded' }, done(sale, { kind: 'refund', amount: 2000 }))).toEqual([]);
  });

  test('the amount that a customer changed by paying is nobody’s change', () => {
    expect(told({ ...unpaid, status: 'Captured' }, { status: 'Created', amountMinor: 5000 })).toEqual([]);
  });

  test('captures that are no longer listed are no news of what was captured', () => {
    expect(told(aHold({ captures: [twenty] }), { status: 'Captured', captures: null })).toEqual([]);
    expect(told(aHold({ captures: [] }), { status: 'Captured', captures: [twenty] })).toEqual(['A capture of £20.00 was made elsewhere.']);
  });
});

describe('a refund of £5.00 that a person called done', () => {
  const said = sent(sale, { move: { kind: 'refund', amount: 500 }, outcome: anOutcome({ code: 'settled-happened', settledBy: 'person' }) });
  // Of an older copy of the till: Dojo showed it before it was settled here.
  const earlier: Action = { ...said, id: 'a0', seq: 0, sends: 0, baseline: null, firstSentAtMs: null };
  const known = { ...sale, refundedMinor: 500 };
  const toldOnce: readonly Noticed[] = [{ atMs: NOON_MS, what: '£5.00 was refunded elsewhere.', refundedMinor: 500 }];

  test.each([
    [1000, []],
    [1200, ['£2.00 was refunded elsewhere.']],
  ])('counts beside an earlier one that was told before: of %i', (refundedMinor, expected) => {
    const before = baselineOf(known, NOON_MS);
    const changes = changesElsewhere(before, { ...known, refundedMinor }, [earlier, { ...said, baseline: before }], toldOnce);
    expect(changes?.map(({ what }) => what)).toEqual(expected);
  });
  const toldAt = (refundedMinor: number, ...actions: Action[]) => told({ ...sale, updatedAtMs: NOON_MS - HOUR_MS }, { refundedMinor }, ...actions);
  test.each<[string, number, string[]]>([
    ['less than that is another’s, and told at once', 300, ['£3.00 was refunded elsewhere.']],
    ['as much is taken for it', 500, []],
    ['of more the rest is another’s', 800, ['£3.00 was refunded elsewhere.']],
  ])('%s', (_, refundedMinor, expected) => expect(toldAt(refundedMinor, said)).toEqual(expected));

  describe('and that went out once as much was refunded already', () => {
    const after = { ...said, baseline: baselineOf(known, NOON_MS) };
    const earlierSend = (sends: number) => ({ sends, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null, baseline: baselineOf(sale, NOON_MS) });
    test.each<[string, number, Action, string[]]>([
      ['is not what was there', 500, after, ['£5.00 was refunded elsewhere.']],
      ['explains what came then', 1000, after, ['£5.00 was refunded elsewhere.']],
      ['may be what was there, by an earlier request of it', 500, { ...after, sentBefore: earlierSend(1) }, []],
      [
        'is hardly what was there, where Dojo had refused the earlier one',
        500,
        { ...after, sentBefore: earlierSend(0) },
        ['£5.00 was refunded elsewhere, or by a request of this till that Dojo refused.'],
      ],
    ])('%s', (_, refundedMinor, action, expected) => expect(toldAt(refundedMinor, action)).toEqual(expected));

    test('is not told twice', () => {
      const changes = changesElsewhere(baselineOf(known, NOON_MS), { ...known, refundedMinor: 1000 }, [after], toldOnce);
      expect(changes).toEqual([]);
    });
  });

  test('beside one that Dojo confirmed, less than both are is that one', () => {
    expect(toldAt(500, refundedFive, { ...said, seq: refundedFive.seq + 1, move: { kind: 'refund', amount: 700 } })).toEqual([]);
  });
});

describe('a refund of £5.00 that was let go once more as it showed, and that Dojo said yes to then', () => {
  const known = { ...sale, refundedMinor: 500 };
  const sentBefore = { sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null, baseline: baselineOf(sale, NOON_MS) };
  const letGo = sent(known, { move: { kind: 'refund', amount: 500 }, outcome: anOutcome(), sentBefore, changedAtMs: NOON_MS });
  const thirtyTwo = { kind: 'refund', amount: 3200 } as const;
  const said = sent(known, { seq: letGo.seq + 1, move: thirtyTwo, outcome: anOutcome({ code: 'settled-happened', settledBy: 'person' }) });
  const [before, since] = [NOON_MS + CLOCKS_APART_MS, NOON_MS + CLOCKS_APART_MS + 1];
  test.each<[string, number, Action[], readFromMs: number | undefined, string[] | 'waits']>([
    ['may be still to show where it was not read since', 500, [letGo], before, 'waits'],
    ['may be still to show where only the disk was read', 500, [letGo], undefined, 'waits'],
    ['is what showed, where no more shows afterwards', 500, [letGo], since, []],
    ['leaves the rest to others', 1100, [letGo], since, ['£6.00 was refunded elsewhere, or by a request of this till that arrived twice.']],
    ['is the second one of two that show', 1000, [letGo], before, ['£5.00 was refunded elsewhere, or by a request of this till that arrived twice.']],
    ['is what showed, where what a person called done shows as well', 3700, [letGo, said], since, []],
    ['may be still to show, or a person be wrong', 3700, [letGo, said], before, 'waits'],
    ['is the second one of two where what a person called done cannot be in it', 1000, [letGo, said], before, ['£5.00 was refunded elsewhere.']],
  ])('%s', (_, refundedMinor, actions, readFromMs, expected) => {
    const changes = changesElsewhere(baselineOf(sale, NOON_MS), now(sale, { refundedMinor }), actions, [], readFromMs);
    expect(changes?.map(({ what }) => what) ?? 'waits').toEqual(expected);
  });
});

test('of two states that nobody knows the later reading’s counts', () => {
  const [before, after] = ['Disputed', 'Settled'].map((status) => baselineOf({ ...sale, status }, NOON_MS));
  if (!before || !after) throw new Error('expected two');
  expect(knownSince(before, after).status).toBe('Settled');
});

describe('what was told as refunded elsewhere, once a person has settled a refund of this till as done', () => {
  const told = (...amounts: readonly number[]): readonly Noticed[] =>
    amounts.map((refundedMinor) => ({ atMs: NOON_MS, what: 'refunded elsewhere.', refundedMinor }));
  const said = anAction({ move: { kind: 'refund', amount: 500 }, state: 'done', outcome: anOutcome({ settledBy: 'person', captureId: null }) });
  const left = (noticed: readonly Noticed[], refundedMinor: number, ...actions: Action[]) =>
    besidesSettled(noticed, { ...sale, refundedMinor }, actions).map((one) => one.refundedMinor);

  test.each<[string, readonly Noticed[], number, Action[], (number | undefined)[]]>([
    ['is none of another’s where it shows once', told(500), 500, [said], []],
    ['is another’s where more shows', told(500), 1_000, [said], [500]],
    ['is what is left of several', told(300, 500), 800, [said], [300]],
    ['is in part another’s', told(1_000), 1_000, [said], [1_000]],
    ['stays beside a refund that Dojo confirmed', told(500), 500, [{ ...said, outcome: anOutcome() }], [500]],
    ['stays beside one that a person called not done', told(500), 500, [{ ...said, state: 'refused' }], [500]],
    ['stays beside a capture that a person settled', told(500), 500, [{ ...said, move: { kind: 'capture', amount: 500 } }], [500]],
  ])('%s', (_, noticed, refundedMinor, actions, expected) => expect(left(noticed, refundedMinor, ...actions)).toEqual(expected));

  test('leaves all else that was told', () => {
    const captured: Noticed = { atMs: NOON_MS, what: 'A capture was made elsewhere.', capturedMinor: 500 };
    expect(besidesSettled([captured, ...told(500)], { ...sale, refundedMinor: 500 }, [said])).toEqual([captured]);
  });
});
