import { isAsWanted } from '../payment/lost-race.ts';
import type { Payment } from '../payment/payment.ts';
import { type Action, asSent } from './action.ts';
import { CLOCKS_APART_MS, isLetGo, judge, unexplainedEqualCaptures } from './evidence.ts';
import { mayArriveUntilMs } from './may-arrive.ts';
import type { OutcomeCode } from './outcome.ts';

/**
 * A person is to decide on a capture that was sent, and Dojo shows it by now, or just one like it from a time at which it may have arrived.
 * Where they were told that there is no trace of it, any that another till may have made counts as well. It is settled, not sent once more.
 * `others` are this till's other actions on the payment.
 */
export function showsByNow(action: Action, payment: Payment, others: readonly Action[]): boolean {
  const sent = asSent(action);
  const isToldAbsent = action.outcome?.code === ('absent-part' satisfies OutcomeCode);
  if (action.move.kind !== 'capture' || !sent.baseline || sent.sends === 0 || !(isToldAbsent || action.state === 'needsPerson')) return false;
  const { kind } = judge(sent, payment, others);
  return kind === 'happened' || (kind === 'conflict' && (isToldAbsent || mayBeTheOneThatShows(sent, payment, others)));
}

/** It came after Dojo had had its time, as a request has been seen to do. */
function mayBeTheOneThatShows(sent: Action, payment: Payment, others: readonly Action[]): boolean {
  const [like, another] = unexplainedEqualCaptures(sent, payment, others);
  if (!like || another) return false;
  const { createdAtMs } = like;
  return createdAtMs >= (sent.firstSentAtMs ?? 0) - CLOCKS_APART_MS && createdAtMs <= (mayArriveUntilMs(sent) ?? 0) + CLOCKS_APART_MS;
}

/** A person is to decide on a capture, and the hold was let go since: nothing of it can be captured, nor arrive. */
export const isOverByNow = ({ move }: Pick<Action, 'move'>, payment: Payment): boolean => move.kind === 'capture' && isLetGo(payment);

/** A person is to decide whether it goes out, and Dojo shows the payment as it would leave it: there is nothing left to send, whoever did it. */
export const isDoneByNow = (action: Action, payment: Payment, others: readonly Action[]): boolean =>
  action.state === 'needsPerson' && isAsWanted(action, payment, others);
