import { inWords, money } from '../money.ts';
import { type Action, amountOf, type Move } from '../queue/action.ts';
import { CLOCKS_APART_MS, refundedBeyondMinor, unexplainedCaptures } from '../queue/evidence.ts';
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

/** A capture or refund that Dojo plainly refused (400, 409). `already-captured` has the answer's status too, and its reason is known. */
const isPlainlyRefused = ({ state, outcome }: Action): boolean =>
  state === 'refused' && outcome?.code === 'refused' && outcome.settledBy === 'answer' && (outcome.status === 400 || outcome.status === 409);

/** What was captured or refunded just before it was sent, and its own amount; null: not known, for an older till did not write it down. */
function comesToMinor({ move, baseline }: Action): number | null {
  if ((move.kind !== 'capture' && move.kind !== 'refund') || baseline === null) return null;
  const beforeMinor = move.kind === 'capture' ? baseline.capturedMinor : baseline.refundedMinor;
  return beforeMinor === null ? null : beforeMinor + (amountOf(move) ?? 0);
}

/**
 * Dojo's no to a capture or refund that may be for its amount: with what was captured or refunded before it came to more than bill and
 * tips, and to no more than was there. `actions` are this till's on the payment: where another till was there in between, too little may
 * have been left, and the no says nothing of the account.
 */
export function isRefusedWithExtras(action: Action, payment: Payment, actions: readonly Action[]): boolean {
  const wantedMinor = comesToMinor(action);
  if (wantedMinor === null || extrasMinor(payment) === 0 || !isPlainlyRefused(action)) return false;
  return wantedMinor > billAndTipsMinor(payment) && wantedMinor <= heldMostMinor(payment) && !wasAnotherTillFirst(action, payment, actions);
}

/** Declined since or not: what another till captured held the room when Dojo refused. Of a refund Dojo does not say when it was made. */
function wasAnotherTillFirst(action: Action, payment: Payment, actions: readonly Action[]): boolean {
  const { baseline } = action;
  if (baseline === null) return false;
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

/**
 * What the end of a move tells of the form its account takes; null: nothing, form null: what was learnt is not so. `actions` are this
 * till's on the payment. A part that leaves room in bill and tips would be taken in either form.
 */
export function learntForm(action: Action, payment: Payment, actions: readonly Action[]): Readonly<{ kind: FormOf; form: AmountForm | null }> | null {
  const { move, state, outcome } = action;
  if ((move.kind !== 'capture' && move.kind !== 'refund') || extrasMinor(payment) === 0) return null;
  const { kind } = move;
  const sumMinor = comesToMinor(action);
  const isExact = sumMinor === billAndTipsMinor(payment);
  if (isPlainlyRefused(action)) return isExact && !wasAnotherTillFirst(action, payment, actions) ? { kind, form: null } : null;
  if (state !== 'done' || outcome?.settledBy !== 'answer') return null;
  if ((sumMinor ?? amountOf(move) ?? 0) > billAndTipsMinor(payment)) return { kind, form: 'whole' };
  return isExact && actions.some((other) => isOf(other.move, kind) && isRefusedWithExtras(other, payment, actions)) ? { kind, form: 'bill-and-tips' } : null;
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
