import type { Payment } from '../payment/payment.ts';
import { type Action, asSent } from './action.ts';
import { judge } from './evidence.ts';
import type { OutcomeCode } from './outcome.ts';

/**
 * A person was told that Dojo shows no trace of it, and by now Dojo shows a capture like it: it came late, or another till made it. It is
 * settled, not sent once more. `others` are this till's other actions on the payment.
 */
export function showsByNow(action: Action, payment: Payment, others: readonly Action[]): boolean {
  const sent = asSent(action);
  if (action.outcome?.code !== ('absent-part' satisfies OutcomeCode) || !sent.baseline) return false;
  const { kind } = judge(sent, payment, others);
  return kind === 'happened' || kind === 'conflict';
}
