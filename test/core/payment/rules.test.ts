import { describe, expect, it } from 'vitest';
import type { Case } from '../../../main/core/payment/rule-context.ts';
import { type ClosedCode, movesOf, ruleFor } from '../../../main/core/payment/rules.ts';
import { type Action, MOVE_KINDS, type MoveKind } from '../../../main/core/queue/action.ts';
import { aCapture, aCase, aHold, anAction, anOutcome, anUnpaid, aPayment, DAY_MS, HOUR_MS, NOON_MS } from '../../builders.ts';

/** `open`, `open ≤ limit` where an amount has one, with `?` where a caution is said; else the code that closes it. */
function seen(kind: MoveKind, c: Case): string {
  const rule = ruleFor(kind, c);
  if (!rule.open) return rule.code;
  return `open${rule.maxMinor === null ? '' : ` ≤ ${rule.maxMinor}`}${rule.caution === null ? '' : '?'}`;
}

const yesterday = { createdAtMs: NOON_MS - DAY_MS, paidAtMs: NOON_MS - DAY_MS };
const promised = (move: Action['move'], changes: Partial<Action> = {}) => anAction({ move, ...changes });
const takeDone = (captureId: string | null, changes: Partial<Action> = {}) =>
  anAction({ state: 'done', sends: 1, outcome: anOutcome({ captureId }), ...changes });
const refundDone = (amount: number, refundedBefore = 0) =>
  anAction({
    move: { kind: 'refund', amount },
    state: 'done',
    outcome: anOutcome(),
    baseline: { status: 'Captured', captureIds: [], capturedMinor: 0, refundedMinor: refundedBefore, amountMinor: 2000, tipsMinor: 0, readAtMs: NOON_MS },
  });
const undoDone = (settledBy: 'answer' | 'person') => anAction({ move: { kind: 'reverse' }, state: 'done', outcome: anOutcome({ settledBy }) });

type Row = readonly [what: string, changes: Partial<Case>, cells: string];

// What each payment allows: capture | reverse | refund | cancel | setAmount | setTips | sendReceipt.
const rows: readonly Row[] = [
  // Not paid yet
  ['unpaid', { payment: anUnpaid() }, 'not-paid | not-paid | not-paid | open | not-allowed | not-allowed | not-paid'],
  [
    'unpaid, amount and tips free',
    { payment: anUnpaid({ customAmountAllowed: true, tipsAllowed: true }) },
    'not-paid | not-paid | not-paid | open | open | open | not-paid',
  ],
  [
    'unpaid, free, offline',
    { payment: anUnpaid({ customAmountAllowed: true, tipsAllowed: true }), online: false },
    'not-paid | not-paid | not-paid | open | offline | offline | not-paid',
  ],
  [
    'unpaid, amount and tips free, with the oldest version',
    { payment: anUnpaid({ customAmountAllowed: true, tipsAllowed: true }), apiVersion: '2022-01-03' },
    'not-paid | not-paid | not-paid | open | open | version | not-paid',
  ],
  [
    'unpaid, without tips, with the oldest version: a newer one would not help',
    { payment: anUnpaid(), apiVersion: '2022-01-03' },
    'not-paid | not-paid | not-paid | open | not-allowed | not-allowed | not-paid',
  ],
  [
    'unpaid, amount and tips free, with an older version',
    { payment: anUnpaid({ customAmountAllowed: true, tipsAllowed: true }), apiVersion: '2022-04-07' },
    'not-paid | not-paid | not-paid | open | open | open | not-paid',
  ],
  [
    'unpaid Manual',
    { payment: anUnpaid({ captureMode: 'Manual', customAmountAllowed: true }) },
    'not-paid | open? | not-paid | open | open | not-allowed | not-paid',
  ],
  ['unpaid for 30 days', { payment: anUnpaid({ createdAtMs: NOON_MS - 30 * DAY_MS }) }, 'not-paid | not-paid | not-paid | lapsed | lapsed | lapsed | not-paid'],
  [
    'unpaid, its time is over this instant',
    { payment: anUnpaid({ expireAtMs: NOON_MS, customAmountAllowed: true, tipsAllowed: true }) },
    'not-paid | not-paid | not-paid | lapsed | lapsed | lapsed | not-paid',
  ],
  [
    'unpaid, a cancellation waits',
    { payment: anUnpaid({ customAmountAllowed: true }), actions: [promised({ kind: 'cancel' })] },
    'not-paid | not-paid | not-paid | promised | promised | not-allowed | not-paid',
  ],
  [
    'unpaid, its cancellation was taken but does not show',
    { payment: anUnpaid(), actions: [anAction({ move: { kind: 'cancel' }, state: 'done', outcome: anOutcome() })] },
    'cancelled | cancelled | cancelled | cancelled | cancelled | cancelled | cancelled',
  ],
  // A hold
  ['a hold of today', { payment: aHold() }, 'open ≤ 4200 | open | not-taken-yet | paid | paid | paid | not-taken-yet'],
  ['a hold of yesterday', { payment: aHold(yesterday) }, 'open ≤ 4200 | open? | not-taken-yet | paid | paid | paid | not-taken-yet'],
  ['a hold that has ended', { payment: aHold({ autoExpireInMs: HOUR_MS }) }, 'hold-ended | hold-ended | not-taken-yet | paid | paid | paid | not-taken-yet'],
  [
    'a hold, no captures listed',
    { payment: aHold({ captures: null }), apiVersion: '2022-04-07' },
    'open ≤ 4200 | open | not-taken-yet | paid | paid | paid | not-taken-yet',
  ],
  ['a hold, part taken', { payment: aHold({ captures: [aCapture()] }) }, 'open ≤ 2200? | part-taken | open ≤ 2000? | paid | paid | paid | not-taken-yet'],
  [
    'a hold, part of it under way',
    { payment: aHold({ captures: [aCapture({ status: 'Created' })] }) },
    'open ≤ 2200? | settling | settling | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, all of it under way',
    { payment: aHold({ captures: [aCapture({ status: 'Created', amountMinor: 4200 })] }) },
    'nothing-left | settling | settling | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold whose take was declined',
    { payment: aHold({ captures: [aCapture({ status: 'Declined', amountMinor: 4200 })] }) },
    'open ≤ 4200 | open | not-taken-yet | paid | paid | paid | not-taken-yet',
  ],
  [
    'a capture status Dojo added later counts as taken and not as refundable',
    { payment: aHold({ captures: [aCapture({ status: 'Pending', amountMinor: 4200 })] }) },
    'nothing-left | settling | settling | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, a take of £20.00 waits',
    { payment: aHold(), actions: [promised({ kind: 'capture', amount: 2000 })] },
    'open ≤ 2200 | promised | not-taken-yet | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, a take with tips needs a person',
    { payment: aHold({ tipsMinor: 300 }), actions: [promised({ kind: 'capture', amount: 4200, tipsAmount: 300 }, { state: 'needsPerson' })] },
    'nothing-left | promised | not-taken-yet | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, an undo waits',
    { payment: aHold(), actions: [promised({ kind: 'reverse' })] },
    'promised | promised | not-taken-yet | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, its take is withdrawn',
    { payment: aHold(), actions: [promised({ kind: 'capture', amount: 4200 }, { state: 'withdrawn' })] },
    'open ≤ 4200 | open | not-taken-yet | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, a take is done that does not show yet',
    { payment: aHold(), actions: [takeDone('cp_late')] },
    'open ≤ 2200 | settling | settling | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, a take is done and shows',
    { payment: aHold({ captures: [aCapture({ id: 'cp_1' })] }), actions: [takeDone('cp_1')] },
    'open ≤ 2200? | part-taken | open ≤ 2000? | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, a take is done without captures to show it',
    { payment: aHold({ captures: null }), actions: [takeDone('cp_1')], apiVersion: '2022-04-07' },
    'open ≤ 2200 | settling | settling | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, a person settled a take as done; it does not show yet',
    { payment: aHold(), actions: [takeDone(null)] },
    'open ≤ 2200 | settling | settling | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, a person settled a take as done; it shows, and counts once',
    { payment: aHold({ captures: [aCapture()] }), actions: [takeDone(null)] },
    'open ≤ 2200? | part-taken | open ≤ 2000? | paid | paid | paid | not-taken-yet',
  ],
  [
    'two settled takes and only one capture: the other still counts',
    { payment: aHold({ captures: [aCapture()] }), actions: [takeDone(null), takeDone(null)] },
    'open ≤ 200? | part-taken | open ≤ 2000? | paid | paid | paid | not-taken-yet',
  ],
  [
    'a hold, its undo was taken but does not show',
    { payment: aHold(), actions: [undoDone('answer')] },
    'undone | undone | undone | undone | undone | undone | undone',
  ],
  [
    'a hold, a person said its undo was done, Dojo shows a hold',
    { payment: aHold(), actions: [undoDone('person')] },
    'open ≤ 4200 | open | not-taken-yet | paid | paid | paid | not-taken-yet',
  ],
  // A hold that was taken
  [
    'a hold taken whole',
    { payment: aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 4200 })] }) },
    'nothing-left | taken | open ≤ 4200 | paid | paid | paid | open',
  ],
  [
    'a hold taken whole, no captures listed',
    { payment: aHold({ status: 'Captured', captures: null }), apiVersion: '2022-04-07' },
    'nothing-left | taken | open ≤ 4200? | paid | paid | paid | open',
  ],
  [
    'Captured, but only a part',
    { payment: aHold({ status: 'Captured', captures: [aCapture()] }) },
    'open ≤ 2200? | taken | open ≤ 2000? | paid | paid | paid | open',
  ],
  [
    'Captured, but only a part, and the hold has ended',
    { payment: aHold({ status: 'Captured', captures: [aCapture()], autoExpireInMs: HOUR_MS }) },
    'hold-ended | taken | open ≤ 2000? | paid | paid | paid | open',
  ],
  [
    'a part taken, a part given back',
    { payment: aHold({ status: 'Captured', captures: [aCapture()], refundedMinor: 500 }) },
    'refunded | refunded | open ≤ 1500? | paid | paid | paid | open',
  ],
  [
    'a part taken, a refund waits',
    { payment: aHold({ captures: [aCapture()] }), actions: [promised({ kind: 'refund', amount: 500 })] },
    'promised | part-taken | open ≤ 1500? | paid | paid | paid | not-taken-yet',
  ],
  // A sale
  ['a sale of today', { payment: aPayment() }, 'automatic | open | open ≤ 2000 | paid | paid | paid | open'],
  ['a sale of £0.00', { payment: aPayment({ amountMinor: 0 }) }, 'automatic | nothing-left | not-taken-yet | paid | paid | paid | open'],
  ['a sale of £0.00 with tips', { payment: aPayment({ amountMinor: 0, tipsMinor: 300 }) }, 'automatic | open | open ≤ 300 | paid | paid | paid | open'],
  ['a sale of yesterday', { payment: aPayment(yesterday) }, 'automatic | day-over | open ≤ 2000 | paid | paid | paid | open'],
  ['a sale offline', { payment: aPayment(), online: false }, 'automatic | open | offline | paid | paid | paid | open'],
  [
    'a sale offline, where the shop refunds up to £8.00 then',
    { payment: aPayment(), online: false, offlineRefundMaxMinor: 800 },
    'automatic | open | open ≤ 800? | paid | paid | paid | open',
  ],
  [
    'a sale offline, where the shop refunds more than it then',
    { payment: aPayment(), online: false, offlineRefundMaxMinor: 5000 },
    'automatic | open | open ≤ 2000 | paid | paid | paid | open',
  ],
  [
    'a sale offline, a refund of £5.00 waits, the cap is £8.00',
    { payment: aPayment(), online: false, offlineRefundMaxMinor: 800, actions: [promised({ kind: 'refund', amount: 500 })] },
    'automatic | promised | open ≤ 300? | paid | paid | paid | open',
  ],
  [
    'a sale offline, the cap is used up',
    { payment: aPayment(), online: false, offlineRefundMaxMinor: 800, actions: [promised({ kind: 'refund', amount: 800 })] },
    'automatic | promised | offline | paid | paid | paid | open',
  ],
  [
    'a sale offline that is refunded: the line would not help',
    { payment: aPayment({ status: 'Refunded', refundedMinor: 2000 }), online: false },
    'automatic | refunded | nothing-left | paid | paid | paid | open',
  ],
  ['a sale on its way', { payment: aPayment({ status: 'Authorized' }) }, 'automatic | not-taken-yet | not-taken-yet | paid | paid | paid | not-taken-yet'],
  ['a sale, part refunded', { payment: aPayment({ refundedMinor: 500 }) }, 'automatic | refunded | open ≤ 1500 | paid | paid | paid | open'],
  [
    'a sale, a refund waits',
    { payment: aPayment(), actions: [promised({ kind: 'refund', amount: 2000 })] },
    'automatic | promised | nothing-left | paid | paid | paid | open',
  ],
  ['a sale, an undo waits', { payment: aPayment(), actions: [promised({ kind: 'reverse' })] }, 'automatic | promised | promised | paid | paid | paid | open'],
  [
    'a sale, a refund is done that does not show',
    { payment: aPayment(), actions: [refundDone(2000)] },
    'automatic | refunded | nothing-left | paid | paid | paid | open',
  ],
  [
    'a sale, a refund is done and shows',
    { payment: aPayment({ refundedMinor: 500 }), actions: [refundDone(500)] },
    'automatic | refunded | open ≤ 1500 | paid | paid | paid | open',
  ],
  [
    'a sale, two refunds are done, one shows',
    { payment: aPayment({ refundedMinor: 500 }), actions: [refundDone(500), refundDone(700)] },
    'automatic | refunded | open ≤ 800 | paid | paid | paid | open',
  ],
  [
    'a sale, its undo was taken but does not show: no refund on top',
    { payment: aPayment(), actions: [undoDone('answer')] },
    'undone | undone | undone | undone | undone | undone | undone',
  ],
  // Ended
  ['refunded whole', { payment: aPayment({ status: 'Refunded', refundedMinor: 2000 }) }, 'automatic | refunded | nothing-left | paid | paid | paid | open'],
  ['refunded in part', { payment: aPayment({ status: 'Refunded', refundedMinor: 500 }) }, 'automatic | refunded | open ≤ 1500 | paid | paid | paid | open'],
  ['refunded, not said how much', { payment: aPayment({ status: 'Refunded' }) }, 'automatic | refunded | refunded | paid | paid | paid | open'],
  ['undone', { payment: aPayment({ status: 'Reversed' }) }, 'undone | undone | undone | undone | undone | undone | undone'],
  ['a released hold', { payment: aHold({ status: 'Reversed' }) }, 'undone | undone | undone | undone | undone | undone | undone'],
  ['cancelled', { payment: anUnpaid({ status: 'Canceled' }) }, 'cancelled | cancelled | cancelled | cancelled | cancelled | cancelled | cancelled'],
  [
    'an earlier action on it cannot be read from the disk',
    { payment: aHold(), unreadable: true },
    'unreadable | unreadable | unreadable | unreadable | unreadable | unreadable | unreadable',
  ],
  ['a sale in dollars', { payment: aPayment({ currency: 'USD' }) }, 'currency | currency | currency | paid | currency | currency | open'],
  ['a hold in yen', { payment: aHold({ currency: 'JPY' }) }, 'currency | currency | currency | paid | currency | currency | not-taken-yet'],
  ['an unpaid one in dollars', { payment: anUnpaid({ currency: 'USD' }) }, 'currency | currency | currency | open | currency | currency | not-paid'],
  [
    'one that Dojo does not know with this key',
    { payment: aHold(), isUnknown: true },
    'unknown-to-key | unknown-to-key | unknown-to-key | unknown-to-key | unknown-to-key | unknown-to-key | unknown-to-key',
  ],
  [
    'a status Dojo adds later',
    { payment: aHold({ status: 'Disputed' }) },
    'unknown-status | unknown-status | unknown-status | unknown-status | unknown-status | unknown-status | unknown-status',
  ],
];

describe('which moves are open', () => {
  it.each(rows)('%s', (_, changes, cells) => {
    expect(MOVE_KINDS.map((kind) => seen(kind, aCase(changes))).join(' | ')).toBe(cells);
  });

  it('every code that closes a move is reached', () => {
    const codes: Record<ClosedCode, true> = {
      unreadable: true,
      'unknown-to-key': true,
      'unknown-status': true,
      currency: true,
      'not-paid': true,
      automatic: true,
      undone: true,
      cancelled: true,
      refunded: true,
      'hold-ended': true,
      'nothing-left': true,
      settling: true,
      taken: true,
      'part-taken': true,
      'day-over': true,
      'not-taken-yet': true,
      promised: true,
      paid: true,
      lapsed: true,
      'not-allowed': true,
      version: true,
      offline: true,
    };
    const reached = new Set(rows.flatMap(([, , cells]) => cells.split(' | ')).filter((cell) => !cell.startsWith('open')));
    expect([...reached].sort()).toEqual(Object.keys(codes).sort());
  });

  it('every closed move says why in a sentence', () => {
    for (const [, changes] of rows) for (const rule of Object.values(movesOf(aCase(changes)))) if (!rule.open) expect(rule.reason).toMatch(/^[A-Z].*\.$/);
  });
});
