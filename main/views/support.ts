import type { PaymentDetail } from '../../preload/contract.ts';
import { inWords, money } from '../core/money.ts';
import { captureTotalMinor, type Payment } from '../core/payment/payment.ts';
import { type Action, amountOf, wasSent } from '../core/queue/action.ts';
import { NOUN, namedOf } from '../core/refusals.ts';

type Line = PaymentDetail['support'][number];

/** What Dojo's support can look up: its own ids, the keys that refunds were sent with, and the trace ids of what went wrong. */
export function supportOf(payment: Payment, actions: readonly Action[]): Line[] {
  const amount = (minor: number) => inWords(money(minor, payment.currency));
  const captures = (payment.captures ?? []).map((capture) => ({ label: `Capture of ${amount(captureTotalMinor(capture))}`, value: capture.id }));
  const lines: Line[] = [{ label: 'Payment', value: payment.id }, ...captures];
  for (const action of actions) {
    const { move, outcome, idempotencyKey } = action;
    const minor = amountOf(move);
    const named = minor === null ? NOUN[namedOf(action)] : `${NOUN[namedOf(action)]} of ${amount(minor)}`;
    const add = (label: string, value: string | null | undefined) => {
      if (value && !lines.some((line) => line.value === value)) lines.push({ label, value });
    };
    if (move.kind === 'capture') add(`Capture of ${amount(minor ?? 0)}`, outcome?.captureId);
    if (move.kind === 'reverse') add('Reversal', outcome?.dojoId);
    if (move.kind === 'refund') {
      add(`Refund of ${amount(move.amount)}`, outcome?.dojoId);
      if (wasSent(action)) add(`Idempotency key of the ${named}`, idempotencyKey);
    }
    add(`Trace of the ${named}`, outcome?.traceId);
  }
  return lines;
}
