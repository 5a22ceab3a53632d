import { expect, it } from 'vitest';
import { lostAtEndMinor } from '../../../main/core/holds/lost-at-end.ts';
import type { Noticed } from '../../../main/core/payment/changes.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { aCapture, aHold, anAction, aPayment, HOUR_MS, NOON_MS } from '../../builders.ts';

/** Held until noon, for £42.00 and £3.00 tips; Dojo let it go then. */
const ended = (changes: Partial<Payment> = {}) =>
  aHold({
    status: 'Reversed',
    amountMinor: 4200,
    tipsMinor: 300,
    paidAtMs: NOON_MS - HOUR_MS,
    autoExpireInMs: HOUR_MS,
    autoExpireAction: 'Release',
    updatedAtMs: NOON_MS,
    ...changes,
  });
const here = (changes: Partial<Action>) => [anAction({ move: { kind: 'reverse' }, ...changes })];
const elsewhere: Noticed = { atMs: NOON_MS, what: 'The hold was released elsewhere.', isReversal: true };

it.each<readonly [string, Payment, readonly Action[], readonly Noticed[], number]>([
  ['a hold that ended by itself', ended(), [], [], 4500],
  ['one that nobody could capture at its end', ended({ autoExpireAction: 'Capture' }), [], [], 4500],
  ['one that is on hold', ended({ status: 'Authorized' }), [], [], 0],
  ['one that was captured', ended({ status: 'Captured' }), [], [], 0],
  ['one of which a part was captured', ended({ captures: [aCapture()] }), [], [], 2500],
  ['one of which a part was captured, and that Dojo calls captured then', ended({ status: 'Captured', captures: [aCapture()] }), [], [], 2500],
  ['one of which a part was captured, and of that a part refunded', ended({ captures: [aCapture()], refundedMinor: 500 }), [], [], 2500],
  ['the same that Dojo calls captured then', ended({ status: 'Captured', captures: [aCapture()], refundedMinor: 500 }), [], [], 2500],
  ['the same all of which is refunded', ended({ status: 'Captured', captures: [aCapture()], refundedMinor: 2000 }), [], [], 0],
  ['one of which a part was captured, and all of that refunded', ended({ captures: [aCapture()], refundedMinor: 2000 }), [], [], 0],
  ['one that was captured and refunded in part', ended({ status: 'Captured', captures: [aCapture({ amountMinor: 4500 })], refundedMinor: 500 }), [], [], 0],
  ['one that Dojo captured whole at its end, and refunded in part', ended({ status: 'Captured', captures: [], refundedMinor: 500 }), [], [], 0],
  [
    'one whose rest Dojo captures by itself, and refunded in part',
    ended({ status: 'Captured', captures: [aCapture()], refundedMinor: 500, autoExpireAction: 'Capture' }),
    [],
    [],
    0,
  ],
  ['one that Dojo called captured before its end', ended({ status: 'Captured', captures: [aCapture()], updatedAtMs: NOON_MS - HOUR_MS / 2 }), [], [], 0],
  ['one whose rest Dojo captures by itself', ended({ status: 'Captured', captures: [aCapture()], autoExpireAction: 'Capture' }), [], [], 0],
  ['one all of which was captured', ended({ captures: [aCapture({ amountMinor: 4500 })] }), [], [], 0],
  ['one of which a capture was declined', ended({ captures: [aCapture({ status: 'Declined' })] }), [], [], 4500],
  ['one of which a part is with the bank', ended({ captures: [aCapture(), aCapture({ status: 'Created' })] }), [], [], 0],
  ['one that was released before its end', ended({ updatedAtMs: NOON_MS - HOUR_MS / 2 }), [], [], 0],
  ['one of which nobody can tell who ended it', ended({ paidAtMs: null, unpaidUntilMs: NOON_MS - HOUR_MS, firstPaidMs: NOON_MS - HOUR_MS / 2 }), [], [], 0],
  ['one that was released here', ended(), here({ state: 'done' }), [], 0],
  ['one that was to be released here', ended(), here({ state: 'refused' }), [], 0],
  ['one whose release was removed', ended(), here({ state: 'withdrawn' }), [], 4500],
  ['one whose capture came too late', ended(), here({ state: 'refused', move: { kind: 'capture', amount: 4200 } }), [], 4500],
  ['one that was released elsewhere, and is dated anew', ended(), [], [elsewhere], 0],
  ['a sale', aPayment({ status: 'Reversed', updatedAtMs: NOON_MS }), [], [], 0],
])('of %s is lost: %#', (_, payment, actions, noticed, lostMinor) => expect(lostAtEndMinor(payment, actions, noticed, NOON_MS)).toBe(lostMinor));
