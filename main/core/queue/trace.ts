import { isAsWanted } from '../payment/lost-race.ts';
import { type Capture, countsAsCaptured, type Payment } from '../payment/payment.ts';
import { type Action, asSent } from './action.ts';
import { CLOCKS_APART_MS, isLetGo, judge, refundRiseMinor, unexplainedEqualCaptures } from './evidence.ts';
import { mayArriveUntilMs } from './may-arrive.ts';
import type { OutcomeCode } from './outcome.ts';

/**
 * A person is to decide on a capture that was sent, and Dojo shows it by now, or just one like it from a time at which it may have arrived.
 * Where they were told that there is no trace of it, any that another till may have made counts as well. It is settled, not sent once more.
 * `others` are this till's other actions on the payment.
 */
export function showsByNow(action: Action, payment: Payment, others: readonly Action[]): boolean {
  if (action.move.kind !== 'capture' || !isLost(action)) return false;
  const sent = asSent(action);
  const { kind } = judge(sent, payment, others);
  return kind === 'happened' || (kind === 'conflict' && (isToldAbsent(action) || mayBeTheOneThatShows(sent, payment, others)));
}

/** A request of it went out, and what became of it is a person's to decide. */
const isLost = (action: Action): boolean => {
  const { sends, baseline } = asSent(action);
  return sends > 0 && baseline !== null && (action.state === 'needsPerson' || isToldAbsent(action));
};
const isToldAbsent = ({ outcome }: Action): boolean => outcome?.code === ('absent-part' satisfies OutcomeCode);

/** It came after Dojo had had its time, as a request has been seen to do. */
function mayBeTheOneThatShows(sent: Action, payment: Payment, others: readonly Action[]): boolean {
  const [like, another] = unexplainedEqualCaptures(sent, payment, others);
  return like !== undefined && another === undefined && mayHaveMade(sent, like);
}

function mayHaveMade(sent: Action, { createdAtMs }: Capture): boolean {
  return createdAtMs >= (sent.firstSentAtMs ?? 0) - CLOCKS_APART_MS && createdAtMs <= (mayArriveUntilMs(sent) ?? 0) + CLOCKS_APART_MS;
}

/**
 * Captures and refunds that a person is to decide on, of which Dojo shows as much by now: that counts already, and is not asked for once
 * more. What shows stands for one of them. `actions` are all on the payment.
 */
export function lostThatShow(payment: Payment, actions: readonly Action[]): ReadonlySet<Action> {
  const found = new Set<Action>();
  const taken = new Set<Capture>();
  let refundedMinor = 0;
  for (const action of actions) {
    if (!isLost(action)) continue;
    const sent = asSent(action);
    const others = actions.filter((other) => other !== action);
    if (action.move.kind === 'refund' && refundRiseMinor(sent, payment, others) - refundedMinor >= action.move.amount) {
      refundedMinor += action.move.amount;
      found.add(action);
    }
    const mayBeIt = (one: Capture) => countsAsCaptured(one) && !taken.has(one) && (isToldAbsent(action) || mayHaveMade(sent, one));
    const like = unexplainedEqualCaptures(sent, payment, others).find(mayBeIt);
    if (!like) continue;
    taken.add(like);
    found.add(action);
  }
  return found;
}

/** A person is to decide on a capture, and the hold was let go since: nothing of it can be captured, nor arrive. */
export const isOverByNow = ({ move }: Pick<Action, 'move'>, payment: Payment): boolean => move.kind === 'capture' && isLetGo(payment);

/** A person is to decide whether it goes out, and Dojo shows the payment as it would leave it: there is nothing left to send, whoever did it. */
export const isDoneByNow = (action: Action, payment: Payment, others: readonly Action[]): boolean =>
  action.state === 'needsPerson' && isAsWanted(action, payment, others);
