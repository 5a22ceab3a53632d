import { type Capture, capturedMinor, countsAsCaptured, heldMostMinor, type Payment, takenMostMinor } from '../payment/payment.ts';
import { type Action, amountOf, asSent, isFinal } from './action.ts';
import {
  capturedHereMinor,
  lastSentMs,
  mayComeLate,
  refundedBeyondMinor,
  refundRiseMinor,
  secondsOf,
  showsUnconfirmed,
  takesAllThatIsLeft,
  totalOf,
  unexplainedEqualCaptures,
  unseenCapturesMinor,
} from './evidence.ts';
import { doneSinceDecidedMinor } from './since-decision.ts';

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

/** What shows of just this amount since this till first sent it, or else since it was decided, in minor units; whose it is nobody can tell. */
export type Shown = Readonly<{ minor: number; since: 'sent' | 'decided' }>;
/** `shown`, undefined: nothing shows. `mayArrive`: what was sent and does not show may arrive as well. */
export type IfSent = InAll & Readonly<{ shown?: Shown; mayArrive: boolean }>;

/**
 * A person may let it go out: what has moved then in all, should what was sent before arrive as well, of this one or of one that ended
 * without Dojo's word, or be what shows. null: no more than was wanted, or Dojo itself refuses the second one. A refund has its key: how long
 * Dojo knows that is not documented. `others` are this till's other actions on it.
 */
export function ifSentAgain(action: Action, payment: Payment, others: readonly Action[], nowMs: number): IfSent | null {
  const sent = asSent(action);
  const { move } = sent;
  if (move.kind !== 'capture' && move.kind !== 'refund') return null;
  const shown = shownBefore(action, payment, others);
  const lostMinor = lostSumMinor(lostBefore(move.kind, payment, [...others, action], nowMs));
  if (move.kind === 'refund') {
    const mayRepeat = sent.sends > 0 && sent.baseline !== null && shown === undefined;
    const ofMinor = takenMostMinor(payment, capturedHereMinor(others));
    const inAllMinor = Math.min(ofMinor, payment.refundedMinor + move.amount * (mayRepeat ? 2 : 1) + lostMinor);
    const mayArrive = mayRepeat || lostMinor > 0;
    return mayArrive || shown ? { inAllMinor, ofMinor, mayArrive, ...(shown && { shown }) } : null;
  }
  const isAll = takesAllThatIsLeft(move, payment);
  const besideMinor = isAll ? 0 : totalOf(move) * lostCaptures(action, payment, others, nowMs) + lostMinor;
  if (besideMinor === 0 && !shown) return null;
  const ofMinor = heldMostMinor(payment);
  const inAllMinor = Math.min(ofMinor, askedForMinor(payment, others) + totalOf(move) + besideMinor);
  return { inAllMinor, ofMinor, mayArrive: besideMinor > 0, ...(shown && { shown }) };
}

/** What of it is captured or being captured, also what was done here and Dojo does not show, or never lists. */
function askedForMinor(payment: Payment, actions: readonly Action[]): number {
  if (payment.captures?.length) return capturedMinor(payment) + unseenCapturesMinor(payment, actions);
  const hereMinor = capturedHereMinor(actions);
  return Math.max(capturedMinor(payment, hereMinor), hereMinor);
}

/** How many sends of a capture do not show and may still arrive beside another one. */
function lostCaptures(action: Action, payment: Payment, others: readonly Action[], nowMs: number): number {
  const sent = asSent(action);
  const { move } = sent;
  if (move.kind !== 'capture' || !sent.baseline || !mayArrive(action, nowMs)) return 0;
  return Math.max(0, sent.sends - unexplainedEqualCaptures(sent, payment, others).length);
}

/** Also where Dojo said that it did nothing, or where this till has no record of a send: a copy of it may have sent it. */
function shownBefore(action: Action, payment: Payment, others: readonly Action[]): Shown | undefined {
  const sent = asSent(action);
  const minor = amountOf(sent.move) ?? 0;
  if (sent.baseline && sent.move.kind === 'refund') {
    const risenMinor = refundRiseMinor(sent, payment, others);
    if (risenMinor >= minor) return { minor: risenMinor, since: 'sent' };
  }
  if (sent.baseline && sent.move.kind === 'capture') {
    const count = unexplainedEqualCaptures(sent, payment, others).filter(countsAsCaptured).length;
    if (count > 0) return { minor: count * minor, since: 'sent' };
  }
  const sinceMinor = doneSinceDecidedMinor(action, payment, others);
  return sinceMinor > 0 ? { minor: sinceMinor, since: 'decided' } : undefined;
}

/**
 * Sent here and ended without Dojo's word: a person called it not done, or removed it, or no trace of it showed. It may arrive all the
 * same, beside what is decided now. `actions` are all on the payment. Of several that are alike as many have arrived as show.
 */
export function lostBefore(kind: 'capture' | 'refund', payment: Payment, actions: readonly Action[], nowMs: number): readonly Action[] {
  const arrived = new Set<Capture>();
  let arrivedMinor = 0;
  return actions.filter((action) => {
    if (action.move.kind !== kind || !isFinal(action) || !mayComeLate(action) || action.state === 'done') return false;
    if (!mayArrive(action, nowMs)) return false;
    const others = actions.filter((other) => other !== action);
    if (action.move.kind === 'refund') {
      const { amount } = action.move;
      const shows = showsUnconfirmed(action, payment, others) && refundedBeyondMinor(asSent(action), payment, others) >= arrivedMinor + amount;
      if (shows) arrivedMinor += amount;
      return !shows;
    }
    const own = secondsOf(action, payment, others).find((capture) => !arrived.has(capture));
    if (own) arrived.add(own);
    return own === undefined;
  });
}

export const lostSumMinor = (actions: readonly Action[]): number => actions.reduce((sum, { move }) => sum + (amountOf(move) ?? 0), 0);
