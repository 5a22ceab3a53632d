import type { Failure } from '../../../main/core/failure.ts';
import { capturedMinor, countsAsCaptured, heldMinor, type Payment, takenMinor } from '../../../main/core/payment/payment.ts';
import type { Action, Move } from '../../../main/core/queue/action.ts';
import type { Taken } from '../../../main/core/queue/queue-state.ts';
import { err, ok, type Result } from '../../../main/core/result.ts';
import { aCapture, aFailure } from '../../builders.ts';

/**
 * A Dojo as small as can be, that remembers which action moved what. A lenient one takes every capture, undo and refund it is asked for,
 * so that nothing but the till itself keeps the till's promises; a strict one refuses as the guides say.
 */
export class TinyDojo {
  readonly payments = new Map<string, Payment>();
  /** How often each action was done. */
  readonly moved = new Map<string, number>();
  /** Which action made each capture. */
  private readonly madeBy = new Map<string, string>();
  private readonly refundsByKey = new Set<string>();
  private captures = 0;
  readonly strict: boolean;
  private readonly listsCaptures: boolean;

  constructor(strict: boolean, listsCaptures: boolean) {
    this.strict = strict;
    this.listsCaptures = listsCaptures;
  }

  payment(paymentId: string): Payment {
    const payment = this.payments.get(paymentId);
    if (!payment) throw new Error(`expected ${paymentId} to be known`);
    return payment;
  }

  read(paymentId: string): Result<Payment, Failure> {
    const payment = this.payment(paymentId);
    if (this.listsCaptures) return ok(payment);
    // The versions without captures do not show a cancelled intent either.
    return payment.status === 'Canceled' ? err(aFailure({ kind: 'refused', cause: 'http-404', status: 404 })) : ok({ ...payment, captures: null });
  }

  commit({ id, paymentId, move, idempotencyKey }: Action): Result<Taken, Failure> {
    if (move.kind === 'refund' && this.refundsByKey.has(idempotencyKey)) return ok({ captureId: null, dojoId: null });
    if (this.strict && !this.allows(paymentId, move)) return err(aFailure({ kind: 'refused', cause: 'http-409', status: 409 }));
    if (move.kind === 'refund') this.refundsByKey.add(idempotencyKey);
    this.moved.set(id, (this.moved.get(id) ?? 0) + 1);
    const captureId = this.apply(paymentId, move);
    if (captureId !== null) this.madeBy.set(captureId, id);
    return ok({ captureId: this.listsCaptures ? captureId : null, dojoId: null });
  }

  /** How often an action moved something: a capture that the bank turned down did not. */
  keptOf(id: string, paymentId: string): number {
    const turnedDown = this.payment(paymentId).captures?.filter((capture) => this.madeBy.get(capture.id) === id && !countsAsCaptured(capture)) ?? [];
    return (this.moved.get(id) ?? 0) - turnedDown.length;
  }

  /** What another till does: only ever what Dojo allows. */
  commitElsewhere(paymentId: string, move: Move): void {
    if (this.allows(paymentId, move)) this.apply(paymentId, move);
  }

  /** The bank's word on the captures under way. */
  settleCaptures(paymentId: string, status: 'Successful' | 'Declined'): void {
    const payment = this.payment(paymentId);
    const captures = payment.captures?.map((capture) => (capture.status === 'Created' ? { ...capture, status } : capture)) ?? null;
    this.payments.set(paymentId, { ...payment, captures });
  }

  private allows(paymentId: string, move: Move): boolean {
    const payment = this.payment(paymentId);
    switch (move.kind) {
      case 'capture':
        return ['Authorized', 'Captured'].includes(payment.status) && payment.refundedMinor === 0 && capturedMinor(payment) + move.amount <= heldMinor(payment);
      case 'reverse':
        return payment.captureMode === 'Auto'
          ? payment.status === 'Captured' && payment.refundedMinor === 0
          : payment.status === 'Authorized' && capturedMinor(payment) === 0;
      case 'refund':
        return ['Authorized', 'Captured', 'Refunded'].includes(payment.status) && payment.refundedMinor + move.amount <= takenMinor(payment);
      case 'cancel':
        return payment.status === 'Created';
      default:
        return true;
    }
  }

  private apply(paymentId: string, move: Move): string | null {
    const payment = this.payment(paymentId);
    const put = (changes: Partial<Payment>) => this.payments.set(paymentId, { ...payment, ...changes });
    switch (move.kind) {
      case 'capture': {
        const id = `cp_${++this.captures}`;
        const captures = [...(payment.captures ?? []), aCapture({ id, amountMinor: move.amount, status: 'Created' })];
        const whole = capturedMinor({ ...payment, captures }) >= heldMinor(payment);
        put({ captures, status: whole ? 'Captured' : payment.status });
        return id;
      }
      case 'reverse':
        put({ status: 'Reversed' });
        return null;
      case 'refund': {
        const refundedMinor = payment.refundedMinor + move.amount;
        put({ refundedMinor, status: refundedMinor >= takenMinor(payment) ? 'Refunded' : payment.status });
        return null;
      }
      case 'cancel':
        put({ status: 'Canceled' });
        return null;
      default:
        return null;
    }
  }
}
