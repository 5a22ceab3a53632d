import { capturedMinor, heldMostMinor, type Payment, takenMostMinor } from '../payment/payment.ts';
import { type Action, amountOf, asSent, isFinal } from './action.ts';
import { lastSentMs, looksDoubled, mayComeLate, refundRiseMinor, showsUnconfirmed, takesAllThatIsLeft, unexplainedEqualCaptures } from './evidence.ts';

/** Dojo has been seen to carry out a request this long after its answer was given up. */
const ARRIVES_WITHIN_MS = 20 * 60_000;

/** Until when what was sent of it may still arrive, UTC epoch ms; null: nothing was sent. By a clock that was doubted nobody can say. */
export function mayArriveUntilMs(action: Action): number | null {
  const sent = asSent(action);
  const atMs = sent.sends === 0 ? null : lastSentMs(sent);
  if (atMs === null) return null;
  return sent.baseline?.isUndated ? Number.POSITIVE_INFINITY : atMs + ARRIVES_WITHIN_MS;
}

/** What was sent of it may still arrive. `nowMs`: UTC epoch ms; -Infinity: nobody knows what time it is. */
export function mayArrive(action: Action, nowMs: number): boolean {
  const untilMs = mayArriveUntilMs(action);
  return untilMs !== null && nowMs < untilMs;
}

/** What has moved in all, and of how much, in minor units. `ofMinor`, null: nobody knows. */
export type InAll = Readonly<{ inAllMinor: number; ofMinor: number | null }>;

/**
 * A person may send it once more: what has moved then in all, should what was sent before arrive as well. null: it cannot, or Dojo itself
 * refuses the second one. A refund has its key: how long Dojo knows that is not documented. `others` are this till's other actions on it.
 */
export function ifSentAgain(action: Action, payment: Payment, others: readonly Action[], nowMs: number): InAll | null {
  const sent = asSent(action);
  const { move } = sent;
  if (sent.sends === 0 || !sent.baseline) return null;
  if (move.kind === 'refund') {
    const hasRisen = refundRiseMinor(sent, payment, others) >= move.amount;
    const takenMinor = takenMostMinor(payment);
    return { inAllMinor: Math.min(takenMinor, payment.refundedMinor + move.amount * (hasRisen ? 1 : 2)), ofMinor: takenMinor };
  }
  if (move.kind !== 'capture' || !mayArrive(action, nowMs) || takesAllThatIsLeft(move, payment)) return null;
  const lostCount = sent.sends - unexplainedEqualCaptures(sent, payment, others).length;
  const heldMinor = heldMostMinor(payment);
  return lostCount <= 0 ? null : { inAllMinor: Math.min(heldMinor, capturedMinor(payment) + (amountOf(move) ?? 0) * (lostCount + 1)), ofMinor: heldMinor };
}

/**
 * Sent here and ended without Dojo's word: a person called it not done, or removed it, or no trace of it showed. It may arrive all the
 * same, beside what is decided now. `actions` are all on the payment.
 */
export function lostBefore(kind: 'capture' | 'refund', payment: Payment, actions: readonly Action[], nowMs: number): readonly Action[] {
  return actions.filter((action) => {
    if (action.move.kind !== kind || !isFinal(action) || !mayComeLate(action) || action.state === 'done') return false;
    if (!mayArrive(action, nowMs)) return false;
    const others = actions.filter((other) => other !== action);
    return !looksDoubled(action, payment, others) && !showsUnconfirmed(action, payment, others);
  });
}

export const lostSumMinor = (actions: readonly Action[]): number => actions.reduce((sum, { move }) => sum + (amountOf(move) ?? 0), 0);
