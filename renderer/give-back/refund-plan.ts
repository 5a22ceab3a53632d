import type { MoveView, PaymentView } from '../../preload/contract.ts';
import { type Decided, onPayment } from '../take/decision.ts';

/** How much the person wants to give back. `ofMinor`: the most that could be refunded as they began the part. */
export type RefundEntry = Readonly<{ kind: 'whole' }> | Readonly<{ kind: 'part'; amountMinor: number | null; ofMinor: number }>;

/** A part of which nothing is typed: the first digit says of what it is one. */
export const NO_PART: RefundEntry = { kind: 'part', amountMinor: null, ofMinor: 0 };

export type RefundPlan =
  | Readonly<{ kind: 'ready'; amountMinor: number; staysMinor: number }>
  /** Nothing is wrong; an amount is still to be typed. */
  | Readonly<{ kind: 'empty' }>
  | Readonly<{ kind: 'zero' }>
  | Readonly<{ kind: 'above'; maxMinor: number }>
  /** Something else can be refunded by now than as the part was begun. */
  | Readonly<{ kind: 'changed'; wasMinor: number; maxMinor: number }>;

type OpenMove = Extract<MoveView, { open: true }>;

/** Where main offers nothing by itself (only cashback is left), an amount is typed. */
export const entryFor = (move: OpenMove, entry: RefundEntry): RefundEntry => (entry.kind === 'whole' && move.defaultMinor === null ? NO_PART : entry);

/** What would be asked of Dojo. The limits, and what is offered, come from the move itself. */
export function planRefund(move: OpenMove, entry: RefundEntry): RefundPlan {
  const minMinor = move.minMinor ?? 1;
  const maxMinor = move.maxMinor ?? 0;
  const amountMinor = entry.kind === 'whole' ? move.defaultMinor : entry.amountMinor;
  if (amountMinor === null) return { kind: 'empty' };
  // It may be the very part that another till has just refunded.
  if (entry.kind === 'part' && entry.ofMinor !== maxMinor) return { kind: 'changed', wasMinor: entry.ofMinor, maxMinor };
  if (amountMinor < minMinor) return { kind: 'zero' };
  if (amountMinor > maxMinor) return { kind: 'above', maxMinor };
  return { kind: 'ready', amountMinor, staysMinor: maxMinor - amountMinor };
}

/** What will be asked, or what is in the way, as one sentence. */
export function refundPlanInWords(plan: RefundPlan, amount: (minor: number) => string): string {
  switch (plan.kind) {
    case 'ready':
      return plan.staysMinor > 0
        ? `Refunds ${amount(plan.amountMinor)}. Another ${amount(plan.staysMinor)} can still be refunded later.`
        : `Refunds ${amount(plan.amountMinor)}.`;
    case 'empty':
      return 'Type the amount to refund.';
    case 'zero':
      return 'The amount must be more than zero.';
    case 'above':
      return `No more than ${amount(plan.maxMinor)} can be refunded.`;
    case 'changed':
      return `What can be refunded changed from ${amount(plan.wasMinor)} to ${amount(plan.maxMinor)}. Clear the field, then type the amount again.`;
  }
}

/** A refund that was sent here before, ended without Dojo's word, and may still arrive beside this one. null: there is none. */
export function lostRefundInWords(
  payment: Pick<PaymentView, 'lostRefundsMinor' | 'refundedMinor'>,
  plan: RefundPlan,
  amount: (minor: number) => string,
): string | null {
  const { lostRefundsMinor, refundedMinor } = payment;
  if (lostRefundsMinor === 0) return null;
  const inAllMinor = refundedMinor + lostRefundsMinor + (plan.kind === 'ready' ? plan.amountMinor : 0);
  return `${amount(lostRefundsMinor)} sent before may still arrive: then ${amount(inAllMinor)} is refunded in all.`;
}

type RefundWords = Readonly<{ reason: string; notes: string }>;

/** The refund as it is handed to main; what was left empty is left out. */
export function refundDecided(payment: Pick<PaymentView, 'id' | 'version'>, amountMinor: number, words: RefundWords, again: boolean): Decided {
  const reason = words.reason.trim();
  const notes = words.notes.trim();
  return {
    kind: 'refund',
    ...onPayment(payment),
    amount: amountMinor,
    ...(reason ? { reason } : {}),
    ...(notes ? { notes } : {}),
    ...(again ? { again } : {}),
  };
}

/** How much room is left in a text, said only when it is nearly used up. */
export function roomLeftInWords(text: string, lengthMax: number): string | null {
  const left = lengthMax - text.length;
  if (left > lengthMax / 10) return null;
  if (left <= 0) return `No room left: Dojo keeps ${lengthMax} characters.`;
  return left === 1 ? '1 character left.' : `${left} characters left.`;
}
