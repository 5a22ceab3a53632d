import type { Failure } from '../core/failure.ts';
import { isAmountMinor } from '../core/money.ts';
import { changesTips, takesTips } from '../core/payment/api-version.ts';
import { isPlausibleAmount } from '../core/payment/payment.ts';
import type { Move } from '../core/queue/action.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { HttpRequest } from '../ports/http.ts';
import { isPaymentId } from './decode.ts';
import { notSendable } from './failure.ts';

/** Longer keys are refused by Dojo (specification, Refunds_Create). */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,100}$/;

export type MovedPayment = Readonly<{ id: string; currency: string }>;
export type MoveRequest = Readonly<{ method: HttpRequest['method']; path: string; json: unknown }>;

/**
 * The request that makes a move, or why the till does not send it. Every amount was checked before it got here;
 * it is checked once more because a ledger lives on a shop's disk.
 */
export function requestOf(move: Move, payment: MovedPayment, idempotencyKey: string, version: string): Result<MoveRequest, Failure> {
  if (!isPaymentId(payment.id)) return err(notSendable('bad-id'));
  if (!/^[A-Z]{3}$/.test(payment.currency)) return err(notSendable('bad-currency'));
  if (!IDEMPOTENCY_KEY.test(idempotencyKey)) return err(notSendable('bad-key'));
  if (!amountsAreSound(move)) return err(notSendable('bad-amount'));
  const path = pathOf(payment.id);
  const money = (value: number) => ({ value, currencyCode: payment.currency });
  switch (move.kind) {
    case 'capture': {
      const { amount, tipsAmount = 0 } = move;
      if (tipsAmount === 0) return ok({ method: 'POST', path: `${path}/captures`, json: { amount } });
      // Left out, the tips would be lost without a word: less would be taken than the person decided.
      if (!takesTips(version)) return err(notSendable('no-tips'));
      return ok({ method: 'POST', path: `${path}/captures`, json: { amount, tipsAmount } });
    }
    case 'reverse':
      return ok({ method: 'POST', path: `${path}/reversal`, json: undefined });
    case 'refund': {
      const { amount, reason, notes } = move;
      return ok({ method: 'POST', path: `${path}/refunds`, json: { amount, refundReason: reason || undefined, notes: notes || undefined } });
    }
    case 'cancel':
      return ok({ method: 'DELETE', path, json: undefined });
    case 'setAmount':
      return ok({ method: 'POST', path: `${path}/amount`, json: { amount: money(move.amount) } });
    case 'setTips':
      if (!changesTips(version)) return err(notSendable('no-tips-amount'));
      return ok({ method: 'POST', path: `${path}/tips-amount`, json: { tipsAmount: money(move.amount) } });
    case 'sendReceipt':
      return ok({ method: 'POST', path: `${path}/receipt`, json: { emails: move.emails } });
  }
}

export const pathOf = (paymentId: string) => `/payment-intents/${encodeURIComponent(paymentId)}`;

function amountsAreSound(move: Move): boolean {
  switch (move.kind) {
    case 'capture':
      return isAmountMinor(move.amount) && (move.tipsAmount === undefined || isPlausibleAmount(move.tipsAmount));
    case 'refund':
    case 'setAmount':
      return isAmountMinor(move.amount);
    case 'setTips':
      return isPlausibleAmount(move.amount);
    case 'reverse':
    case 'cancel':
    case 'sendReceipt':
      return true;
  }
}
