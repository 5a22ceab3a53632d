import type { Failure } from '../failure.ts';
import type { Payment } from '../payment/payment.ts';
import { waitingInWords, words } from '../words.ts';
import { type Action, asJudged, endOf, isKept, RECEIPT_SENDS_MAX, wasSent } from './action.ts';
import { backoffMs, waitMs } from './backoff.ts';
import { isCapturedWhole, isLetGo, isTakenWhole, judge, SETTLING_MS, takesAllThatIsLeft, type Verdict } from './evidence.ts';
import { sinceFirstSend } from './first-send.ts';
import { isHeldForLong, isOwnTrouble } from './held.ts';
import { failed, heardBefore, outcome } from './outcome.ts';
import { isAbsentPart, type Moment, type Now, type QueueState } from './queue-state.ts';
import { isAhead } from './schedule.ts';
import type { Turn } from './turn.ts';

export const RESENDS_MAX = 2;
/** Dojo keeps a refund's idempotency key at least this long (specification, Refunds_Create). */
const KEY_KEPT_MS = 24 * 3_600_000;
/** Where `refundedAmount` rose, a repeat is harmless only while the key is surely known: how long Dojo keeps it is not documented. */
const KEY_SURELY_KEPT_MS = 10 * 60_000;
/** A part capture without a trace is a person's after this long. */
const ABSENT_PART_MS = 10 * 60_000;
/** Trouble of one payment alone: its lane waits, and is tried again at least this often. */
const HELD_RETRY_MAX_MS = 30_000;

/** The payment of an unknown outcome was read. `startedAt`, null: nobody can say when. `dojoAtMs`: Dojo's clock in that answer. */
export function settleByReading(turn: Turn, action: Action, payment: Payment, startedAt: Moment | null, dojoAtMs: number | null): void {
  const { move } = action;
  const endsAs = endOf(action);
  if (endsAs) {
    if (startedAt === null) return lookAgain(turn, action);
    // Of one of its requests Dojo never said what became of it: what shows may be this one's.
    if (endsAs === 'withdrawn' && action.sends > 0) return removedAfterSend(turn, action, payment);
    if (!afterNo(turn, action, payment, true)) return;
    if (endsAs === 'refused' && action.outcome) turn.refuse(action, { ...action.outcome, ...words.refusedRead(action, action.outcome), code: 'refused' });
    else withdrawn(turn, action);
    return;
  }
  if (move.kind === 'sendReceipt' && action.sends < RECEIPT_SENDS_MAX) return turn.change(action, 'waiting', { notBeforeMs: turn.now.nowMs });
  const verdict = verdictOn(turn, action, payment);
  if (verdict.kind === 'unreadable') return turn.needsPerson(action, 'unreadable');
  const isSettled = isSettledBy(turn, action, startedAt);
  if (verdict.kind === 'happened') {
    // Of a part, another till's may be the one that shows so far: two are told apart only at the end.
    const isCertain = move.kind !== 'capture' || isCapturedWhole(payment) || isSettled;
    return isCertain ? turn.done(action, 'evidence', { captureId: verdict.captureId, dojoId: null }) : lookAgain(turn, action);
  }
  if (verdict.kind === 'conflict' && move.kind !== 'refund') return turn.conflicts(action, payment);
  if (!isSettled) return lookAgain(turn, action);
  if (action.outcome?.code === 'refused-after-unknown') {
    if (verdict.kind === 'conflict') return turn.conflicts(action, payment);
    return turn.refuse(action, { ...action.outcome, code: 'refused', ...words.gaveUp(action) });
  }
  if (!isKept(action)) return giveUp(turn, action);
  if (move.kind === 'refund') {
    if (mayRepeatRefund(turn, action, payment, dojoAtMs)) turn.change(action, 'waiting', { notBeforeMs: turn.now.nowMs, failures: 0, outcome: null });
    return;
  }
  if (move.kind === 'capture' && !takesAllThatIsLeft(move, payment) && !isLetGo(payment)) return absentPart(turn, action);
  if (action.sends > RESENDS_MAX) return giveUp(turn, action);
  turn.change(action, 'waiting', { notBeforeMs: turn.now.nowMs, failures: 0, outcome: null });
}

const verdictOn = (turn: Turn, action: Action, payment: Payment, isOver = false): Verdict => judge(asJudged(action), payment, turn.othersOn(action), isOver);

/** A person removed it, and the payment was read since. */
function removedAfterSend(turn: Turn, action: Action, payment: Payment): void {
  const verdict = verdictOn(turn, action, payment, true);
  if (verdict.kind === 'absent') withdrawn(turn, action);
  else if (verdict.kind === 'happened') turn.done(action, 'evidence', { captureId: verdict.captureId, dojoId: null });
  else if (verdict.kind === 'conflict') turn.conflicts(action, payment);
  else turn.needsPerson(action, verdict.kind);
}

const withdrawn = (turn: Turn, action: Action): void =>
  turn.change(action, 'withdrawn', { outcome: outcome('withdrawn', words.withdrawn(action), { settledBy: 'person' }) });

/**
 * Dojo said that it did nothing, and the payment was read since: whether that is so. Where it is not, the action ends here, and false
 * is returned. A no may be a lie (a proxy repeated the request and passed on the second answer), so nothing is called refused unseen.
 * `isOver`: nothing is sent any more, so that a capture of this one's that the bank turned down settles it: nothing moved.
 */
export function afterNo(turn: Turn, action: Action, payment: Payment, isOver: boolean): boolean {
  const { move } = action;
  // What showed when a person let it go is no reason against sending it: they had weighed that.
  const verdict = isOver ? verdictOn(turn, action, payment, isOver) : judge(action, payment, turn.othersOn(action));
  if (verdict.kind === 'absent') return true;
  const heard = { ...heardBefore(action.outcome), settledBy: 'answer' } as const;
  if (move.kind === 'capture' && verdict.kind !== 'unreadable' && isCapturedWhole(payment))
    turn.refuse(action, outcome('already-captured', words.already.captured(isTakenWhole(payment)), heard));
  else if (move.kind === 'reverse') turn.refuse(action, outcome('already-reversed', words.already.reversed(payment.captureMode), heard));
  else if (move.kind === 'cancel') turn.refuse(action, outcome('already-cancelled', words.already.cancelled, heard));
  else if (verdict.kind === 'happened' && (move.kind === 'setAmount' || move.kind === 'setTips'))
    turn.done(action, 'evidence', { captureId: null, dojoId: null });
  else if (verdict.kind === 'unreadable') turn.needsPerson(action, 'unreadable', 'answer');
  else turn.conflicts(action, payment, 'answer', isOver ? asJudged(action) : action);
  return false;
}

/**
 * Whether the identical refund may go out once more: its key makes it the same refund as long as Dojo knows the key. Where it may not,
 * the action ends here, and false is returned.
 */
export function mayRepeatRefund(turn: Turn, action: Action, payment: Payment, dojoAtMs: number | null): boolean {
  const { longestMs, isSure } = sinceFirstSend(turn, action, dojoAtMs);
  const hasRisen = verdictOn(turn, action, payment).kind === 'conflict';
  const isKeySure = isSure && longestMs < KEY_SURELY_KEPT_MS;
  if (hasRisen && (!isKeySure || action.sends > RESENDS_MAX)) turn.conflicts(action, payment);
  else if (action.sends > RESENDS_MAX || longestMs >= KEY_KEPT_MS) giveUp(turn, action);
  else return true;
  return false;
}

/** Nobody sends a part again but a person, who may do so from now on; after a while it is theirs alone. */
function absentPart(turn: Turn, action: Action): void {
  const { now, settlingSince, firstSentSince } = turn;
  const byClockMs = now.nowMs - (action.sentAtMs ?? now.nowMs);
  // Of what an earlier run sent Dojo's time alone tells how long ago that was: no restart has the while begin anew.
  const sinceMs = firstSentSince.has(action.id) ? Math.min(now.monotonicMs - (settlingSince.get(action.id) ?? now.monotonicMs), byClockMs) : byClockMs;
  if (sinceMs >= ABSENT_PART_MS) return turn.needsPerson(action, 'absent-part');
  turn.change(action, 'checking', {
    notBeforeMs: now.nowMs + Math.min(HELD_RETRY_MAX_MS, backoffMs(action.failures + 1, now.random)),
    failures: action.failures + 1,
    outcome: outcome('absent-part', words.absentPart, heardBefore(action.outcome)),
  });
}

function giveUp(turn: Turn, action: Action): void {
  turn.refuse(action, outcome('gave-up', words.gaveUp(action), { ...heardBefore(action.outcome), settledBy: 'evidence' }));
}

/**
 * The reading began when Dojo had had its time, by both clocks: one that was set, or one that stood still while the PC slept, shortens
 * nothing. What was under way when the till stopped has its time from Dojo's first answer in this run; what an earlier run found without
 * a trace has had it.
 */
function isSettledBy({ settlingSince, now }: Turn, action: Action, startedAt: Moment | null): boolean {
  if (action.sentAtMs === null) throw new Error(`expected ${action.id} to have been sent`);
  const sinceMonotonicMs = settlingSince.get(action.id) ?? (isAbsentPart(action) ? Number.NEGATIVE_INFINITY : undefined);
  if (sinceMonotonicMs === undefined) {
    settlingSince.set(action.id, now.monotonicMs);
    return false;
  }
  if (startedAt === null) return false;
  const startedAtMs = now.nowMs - (now.monotonicMs - startedAt.monotonicMs);
  return startedAt.monotonicMs >= sinceMonotonicMs + SETTLING_MS && startedAtMs >= action.sentAtMs + SETTLING_MS;
}

/** For how much longer Dojo may be working on its last request, by either clock; 0: it is over. */
export function settlesInMs({ settlingSince }: QueueState, { id, sentAtMs }: Action, { nowMs, monotonicMs }: Pick<Now, 'nowMs' | 'monotonicMs'>): number {
  const sinceMonotonicMs = settlingSince.get(id) ?? Number.NEGATIVE_INFINITY;
  return Math.max(0, sinceMonotonicMs + SETTLING_MS - monotonicMs, (sentAtMs ?? Number.NEGATIVE_INFINITY) + SETTLING_MS - nowMs);
}

export const mayStillSettle = (state: QueueState, action: Action, now: Pick<Now, 'nowMs' | 'monotonicMs'>): boolean => settlesInMs(state, action, now) > 0;

function lookAgain(turn: Turn, action: Action): void {
  const { now, settlingSince } = turn;
  const leftMs = Math.max(
    (action.sentAtMs ?? now.nowMs) + SETTLING_MS - now.nowMs,
    (settlingSince.get(action.id) ?? now.monotonicMs) + SETTLING_MS - now.monotonicMs,
    0,
  );
  turn.change(action, 'checking', {
    notBeforeMs: now.nowMs + Math.min(leftMs, backoffMs(action.failures + 1, now.random)),
    failures: action.failures + 1,
  });
}

/** The payment of an unknown outcome could not be read. */
export function checkFailed(turn: Turn, action: Action, failure: Failure): void {
  // Not even of a cancellation is it what success looks like: a cancelled payment is shown (`returnCanceled`).
  if (failure.kind === 'refused' && failure.status === 404) return turn.needsPerson(action, 'unreadable');
  holdLane(turn, action, failure);
}

/**
 * The payment cannot be read, whether nobody can be reached or this payment alone is in trouble: its lane waits, at growing intervals.
 * Where others are answered well meanwhile, a person is asked in the end.
 */
export function holdLane(turn: Turn, action: Action, failure: Failure): void {
  if (isHeldForLong(turn, action, failure, 'reading')) return turn.needsPerson(action, wasSent(action) ? whyUnread(failure) : 'not-shown');
  const failures = action.failures + 1;
  const notBeforeMs = heldUntilMs(turn, action, failure);
  if (action.state === 'checking') return turn.change(action, 'checking', { failures, notBeforeMs });
  const said = isOwnTrouble(turn, action, failure)
    ? failed('read-refused', words.readRefused(action, failure), failure)
    : failed(failure.kind, waitingInWords(failure, action), failure);
  turn.change(action, 'waiting', { failures, notBeforeMs, outcome: said });
}

const whyUnread = ({ kind }: Failure): 'unreadable' | 'never-came' => (kind === 'refused' || kind === 'key-refused' ? 'unreadable' : 'never-came');

/** Until when its lane waits: for what a server asked for, else half a minute at most. */
export function heldUntilMs(turn: Turn, action: Action, failure: Failure): number {
  const { now, state } = turn;
  // Where there is no connection the queue waits as one.
  if (failure.kind === 'not-sent' && action.state !== 'checking' && !isOwnTrouble(turn, action, failure)) return action.notBeforeMs;
  const askedMs = failure.retryAfterMs === null ? 0 : waitMs(failure, 1, now.random);
  // When Dojo's pause is over, others go first: it may be that they are not asked to wait at all.
  if (isAhead(state.throttledUntilMs, now.nowMs)) return Math.max(now.nowMs + askedMs, state.throttledUntilMs) + backoffMs(1, now.random);
  return now.nowMs + Math.max(askedMs, Math.min(HELD_RETRY_MAX_MS, backoffMs(action.failures + 1, now.random)));
}
