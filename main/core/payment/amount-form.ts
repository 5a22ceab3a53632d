import { inWords, money } from '../money.ts';
import { type Action, amountOf, type Move } from '../queue/action.ts';
import { captureTotalMinor, countsAsCaptured, type Payment } from './payment.ts';

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

/** Dojo's no to a capture or refund that asked for more than bill and tips: it may be for its amount (400, 409). */
export function isRefusedWithExtras({ move, state, outcome }: Action, payment: Payment): boolean {
  if (move.kind !== 'capture' && move.kind !== 'refund') return false;
  if (state !== 'refused' || outcome === null || outcome.settledBy === 'person' || (outcome.status !== 400 && outcome.status !== 409)) return false;
  const shown = (payment.captures ?? []).filter(countsAsCaptured).reduce((sum, capture) => sum + captureTotalMinor(capture), 0);
  const before = move.kind === 'capture' ? shown : payment.refundedMinor;
  return extrasMinor(payment) > 0 && (amountOf(move) ?? 0) + before > billAndTipsMinor(payment);
}

/** Whether this is offered without service charge and cashback: the account takes it so, or Dojo refused it with them. */
export function isOfferedWithoutExtras(kind: FormOf, payment: Payment, actions: readonly Action[], forms: AmountForms | undefined): boolean {
  if (extrasMinor(payment) === 0) return false;
  return forms?.[kind] === 'bill-and-tips' || actions.some((action) => isOf(action.move, kind) && isRefusedWithExtras(action, payment));
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
  return actions.some((action) => isOf(action.move, kind) && isRefusedWithExtras(action, payment)) ? { kind, form: 'bill-and-tips' } : null;
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
