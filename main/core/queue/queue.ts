import type { Failure } from '../failure.ts';
import { err } from '../result.ts';
import { refusedInWords, words } from '../words.ts';
import { type Action, asUnsent, endOf, isOpen, type Outcome, wasSent } from './action.ts';
import { answered, withoutLastSend } from './answered.ts';
import { beforeSend, readAgain } from './before-send.ts';
import { followClock } from './clock-step.ts';
import { othersAreWell, readingIsWell } from './held.ts';
import { endUnkept, endUnkeptOf } from './not-kept.ts';
import { failed, heardBefore, outcome } from './outcome.ts';
import {
  type Effect,
  isLookedAtWhenRemoved,
  isReleasable,
  isRetryable,
  isSettleable,
  isWithdrawable,
  type Moment,
  type Now,
  type QueueEvent,
  type QueueState,
} from './queue-state.ts';
import { scheduleOf } from './schedule.ts';
import { checkFailed, holdLane, settleByReading } from './settling.ts';
import { denialsAreOver, feelAtOnce, keyIsAccepted, keyMayRead, learnFrom, lineIsDown, lineIsUp, operationIsAllowed, throttle } from './trouble.ts';
import { Turn } from './turn.ts';
import { followMidnight, followZone } from './zone-step.ts';

/** Before a send, or as proof that nothing was done, Dojo's word is not older than this: a PC that slept may hold an answer from before. */
const FRESH_READ_MS = 60_000;
/** A request that was on its way when the till stopped left no later than this after it was written down: it is given up before. */
const LEAVES_WITHIN_MS = 60_000;
/** The two clocks went apart by more than this while a payment was read: the PC slept, or its clock was set. */
const CLOCK_JUMP_MS = 2_000;

/** After a step that broke. */
const LOOK_AGAIN_MS = 5_000;
const NOT_TAKEN: Failure = {
  kind: 'unknown-outcome',
  cause: 'till-threw',
  status: null,
  title: null,
  detail: null,
  traceId: null,
  retryAfterMs: null,
  raw: 'Cause: till-threw',
};

/** The queue as a function: the next state, and what has to be done in the world. */
export function step(state: QueueState, event: QueueEvent, now: Now): { state: QueueState; effects: Effect[] } {
  const turn = new Turn(state, now);
  followClock(turn);
  followZone(turn);
  take(turn, event);
  endUnkept(turn);
  return turn.end(schedule(turn));
}

/**
 * The step of this event broke: nothing of it is kept, but what it was about must not stay on the wire for ever. An answer counts as
 * lost, whatever it said, and the queue is looked at again in a while.
 */
export function unheard(state: QueueState, event: QueueEvent, now: Now): { state: QueueState; effects: Effect[] } {
  const turn = new Turn(state, now);
  if (event.type === 'read') wasRead(turn, { ...event, result: err(NOT_TAKEN) });
  if (event.type === 'answered') answered(turn, event.actionId, err(NOT_TAKEN));
  return turn.end(LOOK_AGAIN_MS);
}

function take(turn: Turn, event: QueueEvent): void {
  const { now } = turn;
  switch (event.type) {
    case 'loaded': {
      // A crash while sending: the request may have left, so its outcome is unknown.
      const added = turn.addLoaded(event.actions);
      for (const action of added)
        if (action.state === 'sending')
          turn.change(action, 'checking', { notBeforeMs: now.nowMs, sentAtMs: lastLeftMs(action, now.nowMs), outcome: outcome('restarted', words.restarted) });
      endUnkeptOf(turn, added);
      return followMidnight(turn);
    }
    case 'unreadable':
      return turn.set({ unreadableLanes: new Set(event.paymentIds) });
    case 'moved':
      for (const action of turn.actions.values())
        if (isOpen(action) && (event.accountId === null || action.accountId === event.accountId) && action.outcome?.code !== event.why)
          turn.needsPerson(action, event.why);
      return;
    case 'accepted':
      // They are on disk already: submitting is one transaction of its own.
      for (const { move } of turn.addNew(event.actions)) feelAtOnce(turn, move.kind);
      return;
    case 'tick':
      return;
    case 'forget':
      return forget(turn, event.endedBeforeMs);
    case 'gate':
      if (event.gate === 'stopped') denialsAreOver(turn);
      // What one key may not do, another may.
      if (event.gate === 'open' && (turn.state.gate === 'no-key' || turn.state.gate === 'stopped')) keyIsAccepted(turn, turn.state.gate === 'no-key');
      if (event.stopped?.length) turn.set({ stoppedOperations: new Set(event.stopped) });
      if (event.throttledUntilMs !== undefined) turn.set({ throttledUntilMs: event.throttledUntilMs, catchingUp: true });
      return turn.set({ gate: event.gate, accountId: event.accountId });
    case 'line':
      if (!event.up) return lineIsDown(turn);
      // Where Dojo is in trouble itself, that of a payment may be everybody's.
      if (!event.isUnwell) {
        othersAreWell(turn, null);
        keyMayRead(turn);
      }
      return lineIsUp(turn);
    case 'throttled':
      return throttle(turn, event.untilMs);
    case 'paused':
      return turn.set({ paused: event.paused });
    case 'disk':
      turn.set({ diskOk: event.ok });
      for (const actionId of event.unsent) wasNotSent(turn, actionId);
      return;
    case 'read':
      return wasRead(turn, event);
    case 'answered':
      return answered(turn, event.actionId, event.result);
    case 'withdraw':
      return withdraw(turn, turn.actions.get(event.actionId));
    case 'retryNow':
      return retryNow(turn, turn.actions.get(event.actionId));
    case 'settle':
      return settleByPerson(turn, turn.actions.get(event.actionId), event);
    case 'release': {
      const action = turn.actions.get(event.actionId);
      if (!action || !isReleasable(turn.state, action)) return;
      feelAtOnce(turn, action.move.kind);
      // A decision of its own: what an earlier send has done so far was weighed by the person.
      return turn.change(action, 'waiting', {
        ...asUnsent(action),
        ...{ decidedOn: event.decidedOn, notBeforeMs: now.nowMs, failures: 0, outcome: null, endsAs: undefined },
      });
    }
  }
}

/** The last moment at which a request that was on its way when the till stopped may have left; where a doubted clock had dated it, until now. */
const lastLeftMs = ({ sentAtMs, baseline }: Action, nowMs: number): number =>
  sentAtMs === null || baseline?.isUndated ? nowMs : Math.min(nowMs, sentAtMs + LEAVES_WITHIN_MS);

/** What an open action on the same payment is judged by stays, however long ago it ended. */
function forget(turn: Turn, endedBeforeMs: number): void {
  const laneOf = ({ accountId, paymentId }: Action) => `${accountId} ${paymentId}`;
  const open = new Set([...turn.actions.values()].filter(isOpen).map(laneOf));
  for (const action of turn.actions.values())
    if (action.changedAtMs < endedBeforeMs && !isOpen(action) && !open.has(laneOf(action))) turn.actions.delete(action.id);
}

/** Starts whose turn it is; in how long to look again. */
function schedule(turn: Turn): number | null {
  const { start, isDrained, wakeInMs } = scheduleOf(turn.state, turn.now);
  for (const { id: actionId, paymentId } of start) {
    turn.busy.set(actionId, { what: 'reading', sinceMonotonicMs: turn.now.monotonicMs });
    turn.request({ type: 'read', actionId, paymentId });
  }
  if (isDrained && start.length === 0 && turn.state.catchingUp) turn.set({ catchingUp: false });
  return wakeInMs;
}

/** A payment was read: before a send, or to settle an unknown outcome. */
function wasRead(turn: Turn, { actionId, startedAt, dojoAtMs, result }: Extract<QueueEvent, { type: 'read' }>): void {
  turn.busy.delete(actionId);
  const action = turn.actions.get(actionId);
  if (result.ok) {
    lineIsUp(turn);
    othersAreWell(turn, action?.paymentId ?? null);
    keyMayRead(turn);
  } else learnFrom(turn, result.error, action);
  // Removed or settled while the read was on its way: what it says no longer matters to the queue.
  if (!action || (action.state !== 'waiting' && action.state !== 'checking')) return;
  if (!result.ok) return action.state === 'waiting' ? readFailed(turn, action, result.error) : checkFailed(turn, action, result.error);
  readingIsWell(turn, actionId);
  const tookMs = tookSince(startedAt, turn.now);
  if (action.state === 'checking') return settleByReading(turn, action, result.value, tookMs === null ? null : startedAt, dojoAtMs);
  if (tookMs === null) readAgain(turn, action);
  else beforeSend(turn, action, result.value, dojoAtMs, tookMs);
}

/** How long a reading took at most; null: so long, or the PC slept or its clock was set meanwhile, that it says little of now and is read again. */
function tookSince({ wallMs, monotonicMs }: Moment, now: Now): number | null {
  const byMonotonicMs = now.monotonicMs - monotonicMs;
  const byWallMs = now.wallMs - wallMs;
  const tookMs = Math.max(byWallMs, byMonotonicMs);
  return Math.abs(byWallMs - byMonotonicMs) <= CLOCK_JUMP_MS && tookMs <= FRESH_READ_MS ? tookMs : null;
}

/** The payment of an action that waits could not be read. */
function readFailed(turn: Turn, action: Action, failure: Failure): void {
  // Without a status it was the till that would not ask, and will not.
  if (failure.kind !== 'refused' || (failure.status !== null && failure.status !== 404)) return holdLane(turn, action, failure);
  // A request went out before. Also where Dojo said that it did nothing, only a look at the payment can tell that nothing moved.
  if (wasSent(action)) return checkFailed(turn, action, failure);
  turn.refuse(action, failed('refused', refusedInWords(action, failure, 'read'), failure));
}

/** The disk did not take `sending`, so that the request was kept back. */
function wasNotSent(turn: Turn, actionId: string): void {
  const action = turn.actions.get(actionId);
  turn.busy.delete(actionId);
  if (action?.state !== 'sending') return;
  turn.change({ ...action, ...withoutLastSend(action) }, 'waiting', { notBeforeMs: turn.now.nowMs, outcome: outcome('disk', words.diskFailed) });
}

function withdraw(turn: Turn, action: Action | undefined): void {
  if (!action || !isWithdrawable(turn.state, action)) return;
  if (isLookedAtWhenRemoved(action))
    return turn.change(action, 'checking', {
      notBeforeMs: turn.now.nowMs,
      failures: 0,
      endsAs: 'withdrawn',
      outcome: outcome('withdrawn-unread', words.withdrawnUnread, heardBefore(action.outcome)),
    });
  turn.change(action, 'withdrawn', { outcome: outcome('withdrawn', words.withdrawn(action), { settledBy: 'person' }) });
}

function retryNow(turn: Turn, action: Action | undefined): void {
  if (!action || !isRetryable(action)) return;
  turn.set({ line: { ...turn.state.line, retryAtMs: 0 } });
  // A look at one sends nothing of the others.
  if (action.state === 'waiting') operationIsAllowed(turn, action.move.kind);
  turn.held.delete(action.id);
  const again = { notBeforeMs: turn.now.nowMs, failures: 0 };
  if (action.state !== 'needsPerson') return turn.change(action, action.state, again);
  // The look that a person asks for has a time of its own.
  turn.settlingSince.delete(action.id);
  const heard = heardBefore(action.outcome);
  turn.change(action, 'checking', { ...again, outcome: lookedAtAgain(endOf(action), heard) });
}

/** Where Dojo had said no, what shows is no more this one's than before. */
function lookedAtAgain(endsAs: Action['endsAs'], heard: ReturnType<typeof heardBefore>): Outcome {
  if (endsAs === 'withdrawn') return outcome('withdrawn-unread', words.withdrawnUnread, heard);
  if (endsAs === 'refused') return outcome('refused-unread', words.refusedBefore, { ...heard, settledBy: 'answer' });
  return outcome('unknown-outcome', words.checkedAgain, heard);
}

function settleByPerson(turn: Turn, action: Action | undefined, { verdict, note }: Extract<QueueEvent, { type: 'settle' }>): void {
  if (!action || !isSettleable(turn.state, action)) return;
  const by = { ...heardBefore(action.outcome), settledBy: 'person' as const };
  if (verdict === 'happened') turn.change(action, 'done', { outcome: outcome('settled-happened', words.settledHappened(note), by) });
  else turn.change(action, 'refused', { outcome: outcome('settled-not', words.settledNot(note), by) });
}
