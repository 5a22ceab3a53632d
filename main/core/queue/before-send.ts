import { calendarDay } from '../day/day.ts';
import { type Payment, paidByMs } from '../payment/payment.ts';
import type { Case } from '../payment/rule-context.ts';
import { type MoveRefusal, refusalOf } from '../payment/rules.ts';
import { sameDayEndsAtMs } from '../payment/same-day.ts';
import { words } from '../words.ts';
import { type Action, amountOf, asSent, isFinal, RECEIPT_SENDS_MAX } from './action.ts';
import { backoffMs } from './backoff.ts';
import { isDatedBy, timesAgainst } from './doubted-time.ts';
import { baselineOf, isLetGo, judge, takesAllThatIsLeft } from './evidence.ts';
import { endsUnkept } from './not-kept.ts';
import { outcome } from './outcome.ts';
import type { Now } from './queue-state.ts';
import { isAhead, isStoppedNow } from './schedule.ts';
import { afterNo, mayRepeatRefund } from './settling.ts';
import { isDoneSinceDecided, isPaidSinceDecided } from './since-decision.ts';
import type { Turn } from './turn.ts';

/** `Date` counts whole seconds: by the end of the second that it names it may be this much later. */
const DATE_COARSE_MS = 1_000;

/** Longer than the till's clock takes to follow Dojo's. */
const DOUBTED_MOST_MS = 15 * 60_000;

/** What the rules close because of what time it is. */
const OF_TIME: ReadonlySet<string> = new Set<MoveRefusal['code']>(['too-late', 'hold-ended', 'lapsed', 'day-over']);

/**
 * The payment was read just now: whether the action goes out. The rules are asked again on what Dojo says now; then the baseline and
 * `sending` go to disk, then the request goes out. `dojoAtMs`: Dojo's clock in that answer; `tookMs`: since the reading was asked for.
 */
export function beforeSend(turn: Turn, decided: Action, payment: Payment, dojoAtMs: number | null, tookMs: number): void {
  const action = onDayAsTold(decided, payment, turn.now.zone);
  if (action.sends > 0) {
    if (!mayGoOutAgain(turn, action, payment, dojoAtMs)) return;
    // The identical refund, with its key: whether the rules would allow it once more is not the question.
    if (action.move.kind === 'refund' && !isOfAnotherCurrency(action, payment)) return send(turn, action, payment, dojoAtMs);
  } else if (action.baseline && action.move.kind !== 'sendReceipt') {
    // Dojo said that it did nothing. Judged before anything is sent, on what the payment shows.
    if (!afterNo(turn, action, payment, false)) return;
  } else if (asSent(action).sends > 0 && hasArrivedSince(turn, action, payment)) return;
  if (endsUnkept(turn, action)) return;
  if (!maySend(turn, action)) return;
  if (isOfAnotherCurrency(action, payment)) return refuseAmount(turn, action, payment);
  const { now } = turn;
  const judgedAtMs = dojoAtMs === null ? now.nowMs : dojoAtMs + DATE_COARSE_MS;
  const againstMs = timesAgainst(dojoAtMs, now);
  if (action.deadlineAtMs !== null) {
    // On the word of the till's own clock alone nothing goes out that a midnight decides about, and nothing is called too late.
    if (dojoAtMs === null && isSameDayReversal(action, payment, now.zone))
      return turn.needsPerson(action, 'no-date-reversal', 'till', words.noDateReversal(payment));
    if (dojoAtMs === null && judgedAtMs >= action.deadlineAtMs) return turn.needsPerson(action, 'no-date');
    // The rules may see the same reversal after midnight as an allowed release: that would be another decision, not this one.
    const { deadlineAtMs } = action;
    const tooLate = [judgedAtMs, ...againstMs].map((ms) => ms >= deadlineAtMs);
    if (tooLate.every(Boolean)) return turn.expire(action, payment);
    if (tooLate.some(Boolean) && waitsInDoubt(action)) return doubtTime(turn, action, payment);
    // The answer may have been on its way for all of that, through a sleep of the PC for one: whether it is too late by now, another tells.
    if (dojoAtMs !== null && judgedAtMs < deadlineAtMs && judgedAtMs + tookMs >= deadlineAtMs) return readAgain(turn, action);
  }
  const others = turn.othersOn(action);
  const asked: Case = {
    payment,
    // What was accepted later is judged when its turn comes: it takes nothing from what was decided before it.
    actions: others.filter((other) => isFinal(other) || other.seq < action.seq),
    nowMs: judgedAtMs,
    zone: now.zone,
    online: true,
    apiVersion: versionOf(action, now),
    // It was asked when the refund was accepted; what waits goes out, whatever the setting says now.
    offlineRefundMaxMinor: null,
  };
  const refusals = [judgedAtMs, ...againstMs].map((nowMs) => refusalOf(action.move, { ...asked, nowMs }));
  const isOfTime = refusals.map((each) => OF_TIME.has(each?.code ?? 'ok'));
  const isDoubted = isOfTime.some((is) => is !== isOfTime[0]);
  if (isDoubted && waitsInDoubt(action)) return doubtTime(turn, action, payment);
  const refusal = refusals[isDoubted ? isOfTime.indexOf(false) : 0] ?? null;
  if (refusal && dojoAtMs === null && OF_TIME.has(refusal.code)) return turn.needsPerson(action, 'no-date');
  if (refusal?.code === 'too-late') return turn.expire(action, payment);
  if (refusal && showsFromBefore(turn, action, payment)) return turn.conflicts(action, payment, 'till', asSent(action));
  if (refusal) return turn.refuse(action, outcome(refusal.code, words.closed(action, refusal)));
  if (isPaidSinceDecided(action, payment)) return turn.needsPerson(action, 'paid-since');
  if (action.sends === 0 && action.move.kind !== 'sendReceipt') {
    if (!action.decidedOn && !action.baseline) return turn.needsPerson(action, 'no-record');
    // Also of what Dojo has denied: what shows is not this one's, and may be the same in other parts, tips for one.
    if (isDoneSinceDecided(action, payment, others)) return turn.needsPerson(action, 'changed-since');
  }
  send(turn, action, payment, dojoAtMs);
}

/** Dojo may say only now on which day it was paid, or held: until then it was that of the last reading that did not show it. */
function onDayAsTold(action: Action, payment: Payment, zone: string): Action {
  const { sameDay, decidedOn } = action;
  // Decided while nobody had paid, it is about the day on which the request to pay was made.
  if (!sameDay || payment.paidAtMs === null || decidedOn?.status === 'Created') return action;
  const told = { ...sameDay, paidByMs: payment.paidAtMs };
  return { ...action, sameDay: told, deadlineAtMs: sameDayEndsAtMs(told, zone) };
}

/** Its amount says something else by now. */
const isOfAnotherCurrency = ({ move, currency }: Action, payment: Payment): boolean => amountOf(move) !== null && currency !== payment.currency;

function refuseAmount(turn: Turn, action: Action, payment: Payment): void {
  const said = words.otherCurrency(action, payment.currency);
  if (asSent(action).sends > 0) turn.needsPerson(action, 'conflict', 'till', said);
  else turn.refuse(action, outcome('currency', said));
}

/**
 * Whether it waits while clocks disagree on whether it is too late. After midnight, or after the hold's end, a reversal may be another
 * decision. All else Dojo only refuses then; and a hold that shows as one still is not lost for the sake of this PC's clock.
 */
const waitsInDoubt = ({ move }: Action): boolean => move.kind === 'reverse';

/** Two clocks disagree on whether it is too late. Another of Dojo's servers may tell, or this till's clock follow what most of them say; else a person. */
function doubtTime(turn: Turn, action: Action, payment: Payment): void {
  const sinceMonotonicMs = turn.doubtedSince.get(action.id);
  if (sinceMonotonicMs === undefined) {
    turn.doubtedSince.set(action.id, turn.now.monotonicMs);
    // What failed before had other reasons.
    return readAgain(turn, { ...action, failures: 0 });
  }
  if (turn.now.monotonicMs - sinceMonotonicMs < DOUBTED_MOST_MS) return readAgain(turn, action);
  if (isSameDayReversal(action, payment, turn.now.zone))
    turn.needsPerson(action, 'no-date-reversal', 'till', words.timeUncertain(words.noDateReversal(payment)));
  else turn.needsPerson(action, 'no-date', 'till', words.timeUncertain(words.needsPerson['no-date']));
}

/** What was read says too little of now: it is read again, at once and then ever more rarely, for it may stay so (a `Date` that stands still). */
export function readAgain(turn: Turn, action: Action): void {
  const { failures } = action;
  const pauseMs = failures === 0 ? 0 : backoffMs(failures, turn.now.random);
  turn.change(action, 'waiting', { notBeforeMs: turn.now.nowMs + pauseMs, failures: failures + 1 });
}

function send(turn: Turn, action: Action, payment: Payment, dojoAtMs: number | null): void {
  if (!maySend(turn, action)) return;
  const { now } = turn;
  turn.busy.set(action.id, { what: 'sending', sinceMonotonicMs: now.monotonicMs });
  // What Dojo only denied was no send: its time, its version and what was shown then count no more.
  const isFirst = action.sends === 0;
  if (isFirst) turn.firstSentSince.set(action.id, now.monotonicMs);
  const apiVersion = versionOf(action, now);
  turn.change(action, 'sending', {
    sends: action.sends + 1,
    firstSentAtMs: (isFirst ? null : action.firstSentAtMs) ?? now.nowMs,
    sentAtMs: now.nowMs,
    apiVersion,
    // The first send's baseline stays: a resend must still find what the first one did.
    baseline: (isFirst ? null : action.baseline) ?? baselineOf(payment, now.nowMs, isDatedBy(dojoAtMs, now)),
    outcome: null,
  });
  const { id: actionId, paymentId, move, currency, idempotencyKey } = action;
  turn.request({ type: 'send', actionId, paymentId, move, currency, idempotencyKey, apiVersion });
}

/** What was sent before is sent again as the identical request, also where a person let it go: its key alone does not make it the same for Dojo. */
function versionOf(action: Action, now: Now): string {
  const { sends, apiVersion } = asSent(action);
  return (sends > 0 ? apiVersion : null) ?? now.apiVersion;
}

/** An earlier send was found absent. It may have arrived all the same since. */
function mayGoOutAgain(turn: Turn, action: Action, payment: Payment, dojoAtMs: number | null): boolean {
  const { move } = action;
  if (move.kind === 'sendReceipt') {
    if (action.sends >= RECEIPT_SENDS_MAX) turn.needsPerson(action, 'unreadable');
    return action.sends < RECEIPT_SENDS_MAX;
  }
  if (move.kind === 'refund') return mayRepeatRefund(turn, action, payment, dojoAtMs);
  const verdict = judge(action, payment, turn.othersOn(action));
  if (verdict.kind === 'happened') turn.done(action, 'evidence', { captureId: verdict.captureId, dojoId: null });
  else if (verdict.kind === 'conflict') turn.conflicts(action, payment);
  else if (verdict.kind === 'unreadable') turn.needsPerson(action, 'unreadable');
  else if (move.kind === 'capture' && !takesAllThatIsLeft(move, payment) && !isLetGo(payment)) turn.needsPerson(action, 'absent-part');
  else return true;
  return false;
}

/** A person let it go once more, and weighed what was there then. What was sent before may have arrived since. */
function hasArrivedSince(turn: Turn, action: Action, payment: Payment): boolean {
  if (action.move.kind === 'sendReceipt') return false;
  const sent = { ...asSent(action), baseline: action.decidedOn };
  const verdict = judge(sent, payment, turn.othersOn(action));
  if (verdict.kind === 'happened') turn.done(action, 'evidence', { captureId: verdict.captureId, dojoId: null });
  else if (verdict.kind === 'conflict') turn.conflicts(action, payment, 'till', sent);
  return verdict.kind === 'happened' || verdict.kind === 'conflict';
}

/** A refund that a person let go once more is not called refused where Dojo shows as much since it first went out: that may be its own. */
const showsFromBefore = (turn: Turn, action: Action, payment: Payment): boolean =>
  action.move.kind === 'refund' && action.sentBefore !== undefined && judge(asSent(action), payment, turn.othersOn(action)).kind === 'conflict';

/** Its deadline is the midnight of the day of the payment, and not the end of a hold. */
const isSameDayReversal = ({ move, deadlineAtMs }: Action, payment: Payment, zone: string): boolean =>
  move.kind === 'reverse' && deadlineAtMs !== null && deadlineAtMs <= calendarDay(paidByMs(payment), zone).endMs;

function maySend({ state, now }: Turn, action: Action): boolean {
  return (
    !state.paused &&
    state.diskOk &&
    !state.unreadableLanes.has(action.paymentId) &&
    !isStoppedNow(action.move.kind, state, now.nowMs) &&
    state.gate === 'open' &&
    action.accountId === state.accountId &&
    !isAhead(state.throttledUntilMs, now.nowMs)
  );
}
