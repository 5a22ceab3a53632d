import type { RefundHistory } from '../../preload/contract.ts';
import { inWords, money } from '../core/money.ts';
import { mayExplain } from '../core/payment/changes.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Action } from '../core/queue/action.ts';
import { looksRefundedTwice, showsUnconfirmed } from '../core/queue/evidence.ts';

/** Our own record of a payment's refunds, in order, beside the one sum that Dojo shows. */
export function refundHistoryOf(payment: Payment, actions: readonly Action[]): RefundHistory {
  const lines: RefundHistory['lines'] = [];
  let hereMinor = 0;
  let isUnsettled = false;
  let isWithPerson = false;
  let isUnconfirmed = false;
  let isTwice = false;
  for (const action of actions) {
    const { move, state, outcome } = action;
    if (move.kind !== 'refund') continue;
    if (state === 'done') hereMinor += move.amount;
    // Whether it was sent or not: nothing is found out of it any more before somebody decides.
    if (state === 'needsPerson') isWithPerson = true;
    else if (mayExplain(action)) isUnsettled = true;
    const others = actions.filter((other) => other !== action);
    if (showsUnconfirmed(action, payment, others)) isUnconfirmed = true;
    if (looksRefundedTwice(action, payment, others)) isTwice = true;
    lines.push({
      actionId: action.id,
      atMs: action.acceptedAtMs,
      amountMinor: move.amount,
      reason: move.reason || null,
      notes: move.notes || null,
      state,
      refundId: outcome?.dojoId ?? null,
    });
  }
  return {
    lines,
    hereMinor,
    dojoMinor: payment.refundedMinor,
    difference: differenceInWords(payment, hereMinor, { isUnsettled, isWithPerson, isUnconfirmed, isTwice }),
  };
}

type Doubts = Readonly<{ isUnsettled: boolean; isWithPerson: boolean; isUnconfirmed: boolean; isTwice: boolean }>;

function differenceInWords(
  { status, refundedMinor, currency }: Payment,
  hereMinor: number,
  { isUnsettled, isWithPerson, isUnconfirmed, isTwice }: Doubts,
): string | null {
  if (refundedMinor === hereMinor) return null;
  const amount = (minor: number) => inWords(money(minor, currency));
  if (isUnsettled) return `Dojo shows ${amount(refundedMinor)} refunded. Tillside is still finding out whether its own refund is in that.`;
  if (isWithPerson) return `Dojo shows ${amount(refundedMinor)} refunded. A refund of this till needs you: look whether it is in that.`;
  const orOurs = isTwice ? ', or by a refund of this till that arrived twice' : isUnconfirmed ? ', or by a refund of this till that Dojo did not confirm' : '';
  if (refundedMinor > hereMinor) return `Dojo shows ${amount(refundedMinor - hereMinor)} more than this till knows: refunded elsewhere${orOurs}.`;
  if (status === 'Refunded' && refundedMinor === 0) return 'Dojo says that it is refunded, but not how much of it.';
  return `Dojo does not show ${amount(hereMinor - refundedMinor)} of it yet.`;
}
