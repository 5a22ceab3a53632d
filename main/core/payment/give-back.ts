import type { ClosedCode, ClosedMove, MoveRule, Moves } from './rules.ts';

/** `release`: a hold is let go, nothing was taken. `undo`: what was paid today is not charged. `refund`: what was taken is paid back. */
export const GIVE_BACK_WAYS = ['release', 'undo', 'refund'] as const;
export type GiveBackWay = (typeof GIVE_BACK_WAYS)[number];

/** Each way stands in it once: picked, beside the pick, or closed with its reason. */
export type GiveBack = Readonly<{
  /** null: none is open. */
  way: GiveBackWay | null;
  /** Why this one, or why none. */
  why: string;
  /** When the customer sees it; null with no way. */
  customerSees: string | null;
  /** Open beside the pick, what that means for the shop, and when the customer sees it. */
  instead: Readonly<{ way: GiveBackWay; note: string; customerSees: string }> | null;
  closed: readonly Readonly<{ way: GiveBackWay; reason: string }>[];
}>;

/** Closures that hold for the payment as a whole: no other way is better or worse. */
const OF_THE_PAYMENT: readonly ClosedCode[] = ['unreadable', 'unknown-to-key', 'unknown-status', 'currency', 'undone', 'cancelled', 'not-paid'];
/** A reversal closed by one of these leaves a refund as the way that remains. */
const REFUND_REMAINS: readonly ClosedCode[] = ['day-over', 'taken', 'part-taken', 'refunded'];

const NOT_THIS_KIND = {
  release: 'Nothing is held: this payment is captured as soon as the customer pays.',
  undo: 'Only a payment that is captured as soon as the customer pays can be reversed. A hold is released, and what was captured of it is refunded.',
} as const;
const WHY_REVERSE = {
  release: 'The money is only held, and nothing of it was captured: the whole hold is let go and the customer is not charged.',
  undo: 'It was paid today. Until midnight the whole payment can be reversed: the customer is not charged.',
} as const;
const WHY_PERHAPS_TODAY = 'It may have been paid today. Then, until midnight, the whole payment can be reversed: the customer is not charged.';
const CUSTOMER_SEES = {
  release: 'Nothing is paid back, because nothing was captured: the hold leaves the customer’s statement. Their bank decides when, usually within a few days.',
  undo: 'The payment leaves the customer’s statement instead of being charged. Their bank decides when, usually within a few days.',
  refund: 'The customer sees the money as a payment of its own, usually after a few working days. Their bank decides when.',
} as const;
const REFUND_INSTEAD = 'For a part of the money. A reversal is always for the whole payment. Dojo may charge the shop a fee for a refund.';

/** Which way to give this payment's money back, from what the rules leave open. A person only says that it shall go back. */
export function giveBackOf(captureMode: 'Auto' | 'Manual', { reverse, refund, cancel }: Moves): GiveBack {
  if (reverse.open && cancel.open) return unpaid(refund);
  const own = captureMode === 'Manual' ? 'release' : 'undo';
  const other = captureMode === 'Manual' ? 'undo' : 'release';
  if (!reverse.open && !refund.open && OF_THE_PAYMENT.includes(reverse.code))
    return { way: null, why: reverse.reason, customerSees: null, instead: null, closed: GIVE_BACK_WAYS.map((way) => ({ way, reason: reverse.reason })) };

  const closed = GIVE_BACK_WAYS.flatMap((way) => {
    if (way === other) return { way, reason: NOT_THIS_KIND[other] };
    const rule = way === 'refund' ? refund : reverse;
    return rule.open ? [] : { way, reason: rule.reason };
  });
  if (reverse.open)
    return {
      way: own,
      why: own === 'undo' && reverse.notKept ? WHY_PERHAPS_TODAY : WHY_REVERSE[own],
      customerSees: CUSTOMER_SEES[own],
      instead: refund.open ? { way: 'refund', note: REFUND_INSTEAD, customerSees: CUSTOMER_SEES.refund } : null,
      closed,
    };
  if (refund.open) return { way: 'refund', why: whyRefund(reverse), customerSees: CUSTOMER_SEES.refund, instead: null, closed };
  return { way: null, why: REFUND_REMAINS.includes(reverse.code) ? refund.reason : reverse.reason, customerSees: null, instead: null, closed };
}

/** Only what nobody has paid can be cancelled: that comes first, and a reversal beside it (reversal guide, Manual, Created). */
const unpaid = (refund: MoveRule): GiveBack => ({
  way: 'undo',
  why: 'Nobody has paid yet. Cancel it instead: that is the sure way. Dojo’s guide also allows a reversal until midnight.',
  customerSees: 'Nothing is paid back, because nothing was paid.',
  instead: null,
  closed: [{ way: 'release', reason: 'Nothing is held: nobody has paid yet.' }, ...(refund.open ? [] : [{ way: 'refund' as const, reason: refund.reason }])],
});

/** Why it is a refund: what closed the other way. */
function whyRefund({ code }: ClosedMove): string {
  switch (code) {
    case 'day-over':
      return 'It was paid on an earlier day. A reversal was possible until midnight of that day, so the money goes back as a refund.';
    case 'taken':
      return 'The hold was captured, and what was captured of a hold goes back as a refund.';
    case 'part-taken':
      return 'Part of the hold was captured, and what was captured of a hold goes back as a refund.';
    case 'refunded':
      return 'Part of it was given back already, so it can no longer be reversed as a whole. More goes back as a refund.';
    default:
      return 'What was captured can be refunded, all of it or a part.';
  }
}
