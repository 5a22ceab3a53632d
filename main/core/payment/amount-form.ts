import { inWords, money } from '../money.ts';
import { type Action, amountOf, type Move } from '../queue/action.ts';
import { type Baseline, CLOCKS_APART_MS, refundedBeyondMinor, unexplainedCaptures } from '../queue/evidence.ts';
import { heldMostMinor, type Payment } from './payment.ts';

/**
 * Dojo does not say whether the amount of a capture or a refund may count service charge and cashback: each account may take another
 * form. `whole` counts them, `bill-and-tips` does not.
 */
export const AMOUNT_FORMS = ['whole', 'bill-and-tips'] as const;
export type AmountForm = (typeof AMOUNT_FORMS)[number];
/** A move that has an amount to count them in. */
export type FormOf = 'capture' | 'refund';
/** What this till learnt of the account; null: nothing yet. */
export type AmountForms = Readonly<Record<FormOf, AmountForm | null>>;

export const extrasMinor = (payment: Payment): number => payment.serviceChargeMinor + payment.cashbackMinor;
const billAndTipsMinor = (payment: Payment): number => payment.amountMinor + payment.tipsMinor;
const isOf = (move: Move, kind: FormOf) => move.kind === kind;

/**
 * Dojo's no to a capture or refund (400, 409) that may be for its amount: with what was captured or refunded just before it was sent it
 * came to more than bill and tips, and to no more than was there. `actions` are this till's on the payment: where another till was
 * there in between, too little may have been left, and the no says nothing of the account.
 */
export function isRefusedWithExtras(action: Action, payment: Payment, actions: readonly Action[]): boolean {
  const { move, state, outcome, baseline } = action;
  if ((move.kind !== 'capture' && move.kind !== 'refund') || baseline === null || extrasMinor(payment) === 0) return false;
  // `already-captured` has the answer's status too, and its reason is known.
  if (state !== 'refused' || outcome?.code !== 'refused' || outcome.settledBy !== 'answer') return false;
  if (outcome.status !== 400 && outcome.status !== 409) return false;
  const beforeMinor = move.kind === 'capture' ? baseline.capturedMinor : baseline.refundedMinor;
  // An older till did not write it down.
  if (beforeMinor === null) return false;
  const wantedMinor = beforeMinor + (amountOf(move) ?? 0);
  return wantedMinor > billAndTipsMinor(payment) && wantedMinor <= heldMostMinor(payment) && !wasAnotherTillFirst(action, baseline, payment, actions);
}

/** Declined since or not: what another till captured held the room when Dojo refused. Of a refund Dojo does not say when it was made. */
function wasAnotherTillFirst(action: Action, baseline: Baseline, payment: Payment, actions: readonly Action[]): boolean {
  const others = actions.filter(({ id }) => id !== action.id);
  if (action.move.kind === 'refund') return refundedBeyondMinor(action, payment, others) > 0;
  const untilMs = baseline.isUndated ? Number.POSITIVE_INFINITY : action.changedAtMs + CLOCKS_APART_MS;
  return unexplainedCaptures(payment, baseline, others).some(({ createdAtMs }) => createdAtMs <= untilMs);
}

/** Whether this is offered without service charge and cashback: the account takes it so, or Dojo refused it with them. */
export function isOfferedWithoutExtras(kind: FormOf, payment: Payment, actions: readonly Action[], forms: AmountForms | undefined): boolean {
  if (extrasMinor(payment) === 0) return false;
  return forms?.[kind] === 'bill-and-tips' || actions.some((action) => isOf(action.move, kind) && isRefusedWithExtras(action, payment, actions));
}

/** What a done move tells of the form its account takes; null: nothing. `actions` are this till's on the payment. */
export function learntForm(
  { move, state, outcome }: Action,
  payment: Payment,
  actions: readonly Action[],
): Readonly<{ kind: FormOf; form: AmountForm }> | null {
  if (state !== 'done' || outcome?.settledBy !== 'answer' || (move.kind !== 'capture' && move.kind !== 'refund') || extrasMinor(payment) === 0) return null;
  const { kind } = move;
  if ((amountOf(move) ?? 0) > billAndTipsMinor(payment)) return { kind, form: 'whole' };
  return actions.some((action) => isOf(action.move, kind) && isRefusedWithExtras(action, payment, actions)) ? { kind, form: 'bill-and-tips' } : null;
}

/** Said where it is offered so. */
export function withoutExtras(payment: Payment): string {
  const amount = (minor: number) => inWords(money(minor, payment.currency));
  const { serviceChargeMinor, cashbackMinor } = payment;
  const parts = [
    ...(serviceChargeMinor > 0 ? [`the ${amount(serviceChargeMinor)} service charge`] : []),
    ...(cashbackMinor > 0 ? [`the ${amount(cashbackMinor)} cashback`] : []),
  ];
  return `Offered without ${parts.join(' and ')}: Dojo refused an amount with ${parts.length > 1 ? 'them' : 'it'}.`;
}
