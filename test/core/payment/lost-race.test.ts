import { describe, expect, test } from 'vitest';
import { isMadeUpFor } from '../../../main/core/payment/declined.ts';
import { isAsWanted, lostRace } from '../../../main/core/payment/lost-race.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action, Move, Outcome } from '../../../main/core/queue/action.ts';
import { isDoneByNow } from '../../../main/core/queue/trace.ts';
import { attentionOf } from '../../../main/views/attention.ts';
import { aCapture, aHold, anAction, anOutcome, anUnpaid, aPayment, MINUTE_MS, NOON_MS } from '../../builders.ts';

const refused = (outcome: Partial<Outcome>, changes: Partial<Action> = {}) =>
  anAction({ state: 'refused', acceptedAtMs: NOON_MS, changedAtMs: NOON_MS + 10 * MINUTE_MS, outcome: anOutcome(outcome), ...changes });
const byRules = refused({ code: 'nothing-left', settledBy: 'till' });
const byDojo = refused({ code: 'refused', settledBy: 'answer', status: 409 });
const at = (minutes: number) => [{ atMs: NOON_MS + minutes * MINUTE_MS, what: 'A capture of £42.00 was made elsewhere.' }];

describe('another till was first', () => {
  test('where the rules closed before the send: nothing was sent', () => {
    expect(lostRace(byRules, at(9))).toBe('Another till was first. A capture of £42.00 was made elsewhere. Nothing was done by this one.');
  });
  test('where Dojo refused', () => {
    expect(lostRace(byDojo, at(11))).toBe('Another till was first. A capture of £42.00 was made elsewhere. Dojo refused this one.');
    const maybeOurs = { atMs: at(11)[0]?.atMs ?? 0, what: 'A capture of £42.00 was made elsewhere, or by a request of this till that Dojo did not confirm.' };
    expect(lostRace(byDojo, [maybeOurs])).toBe(`${maybeOurs.what} Dojo refused this one.`);
    expect(lostRace({ ...byDojo, outcome: anOutcome({ code: 'refused', status: 400 }) }, at(11))).toContain('Another till was first');
  });

  test('is not said where what was noticed leaves it open who did it', () => {
    const at9Ms = NOON_MS + 9 * MINUTE_MS;
    const what = 'A capture of £42.00 was made elsewhere, or at the hold’s own end.';
    const open = [...at(9), { atMs: at9Ms, what }];
    expect(lostRace(byRules, [{ atMs: at9Ms, what }])).toBe(`${what} Nothing was done by this one.`);
    expect(lostRace(byDojo, open)).toBe(`A capture of £42.00 was made elsewhere. ${what} Dojo refused this one.`);
  });

  test.each<[string, Action, ReturnType<typeof at>]>([
    ['nothing was changed elsewhere', byDojo, []],
    ['that was known when it was decided', byDojo, at(-1)],
    ['that came long after', byDojo, at(16)],
    ['the hold had ended', refused({ code: 'hold-ended', settledBy: 'till' }), at(9)],
    ['it was proven absent', refused({ code: 'gave-up', settledBy: 'evidence' }), at(9)],
    ['a person settled it', refused({ code: 'settled-not', settledBy: 'person' }), at(9)],
    ['Dojo does not know the payment', refused({ code: 'refused', settledBy: 'answer', status: 404 }), at(9)],
    ['it was a receipt: nobody can be first with that', { ...byDojo, move: { kind: 'sendReceipt', emails: [] } }, at(9)],
    ['it was done', { ...byDojo, state: 'done' }, at(9)],
    ['it waits', { ...byDojo, state: 'waiting' }, at(9)],
  ])('is not said where %s', (_, action, noticed) => {
    expect(lostRace(action, noticed)).toBeNull();
  });
});

describe('nothing is left to decide', () => {
  const hold = aHold();
  test.each<[Move, Payment, boolean]>([
    [{ kind: 'capture', amount: 4200 }, { ...hold, captures: [aCapture({ amountMinor: 4200 })] }, true],
    [{ kind: 'capture', amount: 4200 }, { ...hold, captures: [aCapture()] }, false],
    [{ kind: 'capture', amount: 4200 }, { ...hold, status: 'Reversed' }, false],
    [{ kind: 'reverse' }, { ...hold, status: 'Reversed' }, true],
    [{ kind: 'reverse' }, { ...hold, status: 'Reversed', captures: [aCapture()] }, false],
    [{ kind: 'reverse' }, { ...hold, status: 'Reversed', captures: [aCapture({ status: 'Created' })] }, false],
    [{ kind: 'reverse' }, { ...hold, status: 'Reversed', captures: [aCapture({ status: 'Declined' })] }, true],
    [{ kind: 'reverse' }, { ...hold, status: 'Reversed', captures: [aCapture()], refundedMinor: 2000 }, true],
    [{ kind: 'reverse' }, { ...hold, status: 'Captured', captures: [aCapture({ amountMinor: 4200 })] }, false],
    [{ kind: 'reverse' }, aPayment({ refundedMinor: 2000, status: 'Refunded' }), false],
    [{ kind: 'refund', amount: 500 }, aPayment({ refundedMinor: 2000, status: 'Refunded' }), true],
    [{ kind: 'refund', amount: 500 }, aPayment({ status: 'Reversed' }), true],
    [{ kind: 'refund', amount: 500 }, { ...hold, status: 'Reversed', captures: [aCapture()] }, false],
    [{ kind: 'refund', amount: 2000 }, { ...hold, status: 'Reversed', captures: [aCapture()], refundedMinor: 2000 }, true],
    [{ kind: 'refund', amount: 500 }, aPayment({ refundedMinor: 1800 }), false],
    [{ kind: 'cancel' }, anUnpaid({ status: 'Canceled' }), true],
    [{ kind: 'cancel' }, anUnpaid({ status: 'Captured' }), false],
    [{ kind: 'setAmount', amount: 2000 }, anUnpaid(), true],
    [{ kind: 'setAmount', amount: 2100 }, anUnpaid(), false],
    [{ kind: 'setTips', amount: 0 }, anUnpaid(), true],
    [{ kind: 'setTips', amount: 100 }, anUnpaid(), false],
    [{ kind: 'sendReceipt', emails: [] }, aPayment(), false],
  ])('after %j of a payment that is now as it is: %#', (move, payment, expected) => {
    expect(isAsWanted(anAction({ move }), payment, [])).toBe(expected);
  });
});

test('where Dojo lists no captures, and a part was captured here, the rest of what it calls captured is still to be decided', () => {
  const payment = aHold({ status: 'Captured', captures: null });
  const [done, rest] = [
    anAction({ state: 'done', acceptedAtMs: NOON_MS - MINUTE_MS }),
    anAction({ move: { kind: 'capture', amount: 2200 }, state: 'needsPerson' }),
  ];
  const all = anAction({ state: 'done', move: { kind: 'capture', amount: 4200 } });
  expect(isAsWanted(rest, payment, [])).toBe(true);
  expect(isAsWanted(rest, payment, [done, rest])).toBe(false);
  expect(isAsWanted(rest, payment, [all, rest])).toBe(true);
  expect(isDoneByNow(rest, payment, [done])).toBe(false);
  expect(isDoneByNow(rest, payment, [all])).toBe(true);
  const refused = { ...rest, state: 'refused', outcome: anOutcome({ code: 'refused', message: 'Dojo refused it.' }) } as const;
  expect(attentionOf(payment, [done, refused], [], NOON_MS)).toBe('Dojo refused it.');
  expect(isMadeUpFor(refused, payment, [done, refused])).toBe(false);
  expect(isMadeUpFor(refused, payment, [all, refused])).toBe(true);
});

describe('what counts as first', () => {
  const first = (atMs: number) => lostRace(byDojo, [{ atMs, what: 'It was reversed elsewhere.' }]) !== null;
  test('is what was noticed from the very moment of the decision until five minutes after the no', () => {
    expect([NOON_MS - 1, NOON_MS, NOON_MS + 15 * MINUTE_MS, NOON_MS + 15 * MINUTE_MS + 1].map(first)).toEqual([false, true, true, false]);
  });

  test('is told whole where it was more than one thing', () => {
    expect(lostRace(byDojo, [...at(1), { atMs: NOON_MS, what: 'It was reversed elsewhere.' }])).toBe(
      'Another till was first. A capture of £42.00 was made elsewhere. It was reversed elsewhere. Dojo refused this one.',
    );
  });

  test.each<[string, Action]>([
    ['a person settled it, though Dojo had answered 409', refused({ code: 'settled-not', settledBy: 'person', status: 409 })],
    ['a person settled it, though the rules had closed it', refused({ code: 'nothing-left', settledBy: 'person' })],
    ['nobody knows why it was refused', { ...byDojo, outcome: null }],
  ])('is nothing where %s', (_, action) => expect(lostRace(action, at(9))).toBeNull());

  test('a refund of a hold of which nothing was captured is not as wanted', () => {
    expect(isAsWanted(anAction({ move: { kind: 'refund', amount: 500 } }), aHold(), [])).toBe(false);
  });
});

test.each(['undone', 'cancelled', 'refunded', 'nothing-left', 'settling', 'taken', 'part-taken', 'amount-too-large'])(
  'a move that the rules closed as %s may have lost to another till',
  (code) => expect(lostRace(refused({ code, settledBy: 'till' }), at(9))).toContain('Another till was first'),
);
