import type { Failure } from '../failure.ts';
import type { Result } from '../result.ts';
import { checkingInWords, refusedInWords, waitingInWords, words } from '../words.ts';
import { type Action, asSent } from './action.ts';
import { backoffMs } from './backoff.ts';
import { isHeldForLong, othersAreWell } from './held.ts';
import { oneMoreLane } from './lanes.ts';
import { failed } from './outcome.ts';
import type { Taken } from './queue-state.ts';
import { heldUntilMs } from './settling.ts';
import { learnFrom, lineIsUp, moveWasKeyRefused, moveWasThrottled, operationIsAllowed, operationWasForbidden } from './trouble.ts';
import type { Turn } from './turn.ts';

/** Of a move that Dojo, or the connection, did not take. */
type Denied = 'not-sent' | 'throttled' | 'key-refused';
const isDenied = ({ kind }: Failure): boolean => kind === 'not-sent' || kind === 'throttled' || kind === 'key-refused';

/** Dojo said yes, and the rest of its answer could not be read: what became of the move is open, that the key may do it is not. */
const isTaken = ({ kind, status }: Failure): boolean => kind === 'unknown-outcome' && status !== null && status >= 200 && status < 300;

/**
 * The request of an action was answered, or its answer was given up. Whatever became of the action meanwhile (a person was asked, for the
 * key was rotated), its lane is free, and Dojo's yes is certain: it counts, also where somebody said otherwise.
 */
export function answered(turn: Turn, actionId: string, result: Result<Taken, Failure>): void {
  turn.busy.delete(actionId);
  const action = turn.actions.get(actionId);
  if (!result.ok) learnFrom(turn, result.error, action);
  if (result.ok || !isDenied(result.error)) turn.held.delete(actionId);
  if (result.ok) {
    othersAreWell(turn, action?.paymentId ?? null);
    lineIsUp(turn);
    turn.set(oneMoreLane(turn.state));
  }
  if (!action) return;
  if (result.ok || isTaken(result.error)) operationIsAllowed(turn, action.move.kind);
  if (!result.ok) {
    if (action.state === 'sending') notDone(turn, action, result.error);
    else if (action.state === 'needsPerson') notKnown(turn, action, result.error);
    return;
  }
  turn.done(action, 'answer', result.value);
}

function notDone(turn: Turn, action: Action, failure: Failure): void {
  switch (failure.kind) {
    case 'not-sent':
      return denied(turn, { ...action, ...withoutLastSend(action) }, failure, failure.kind);
    case 'key-refused':
      moveWasKeyRefused(turn, action);
      return denied(turn, withoutDeniedSend(action), failure, failure.kind);
    case 'throttled':
      denied(turn, withoutDeniedSend(action), failure, failure.kind);
      return moveWasThrottled(turn, action.move);
    case 'refused':
      if (failure.status === 403) operationWasForbidden(turn, action);
      return refused(turn, action, failure);
    case 'unknown-outcome':
    case 'not-dojo':
      return check(turn, action, failure, 'unknown-outcome');
  }
}

/** Nothing was done. Whether all are denied so the list tells: where it is not, this is the payment's own, and a person is asked in the end. */
function denied(turn: Turn, action: Action, failure: Failure, why: Denied): void {
  const said = failed(why, why === 'key-refused' ? words.keyNotAccepted : waitingInWords(failure, action), failure);
  // Of a send before it nobody said what became of it.
  if (isHeldForLong(turn, action, failure, 'move')) return turn.needsPerson({ ...action, outcome: said }, why, asSent(action).sends > 0 ? 'till' : 'answer');
  turn.change(action, 'waiting', {
    failures: action.failures + 1,
    notBeforeMs: heldUntilMs(turn, action, failure),
    outcome: said,
  });
}

/** A person was asked while it was on its way, and decides now: when what may have left has had its time. */
function notKnown(turn: Turn, action: Action, { kind }: Failure): void {
  switch (kind) {
    case 'not-sent':
      return turn.change(action, 'needsPerson', withoutLastSend(action));
    case 'key-refused':
    case 'throttled':
      return turn.change(withoutDeniedSend(action), 'needsPerson', {});
    case 'refused':
      return action.sends > 1 ? undefined : turn.change(action, 'needsPerson', { endsAs: 'refused' });
    case 'unknown-outcome':
    case 'not-dojo':
      turn.settlingSince.set(action.id, turn.now.monotonicMs);
      return turn.change(action, 'needsPerson', { sentAtMs: turn.now.nowMs });
  }
}

function refused(turn: Turn, action: Action, failure: Failure): void {
  // After an earlier send with an unknown outcome, a refusal may well mean "done already": read, when Dojo has had its time.
  if (action.sends > 1) return check(turn, action, failure, 'refused-after-unknown');
  const said = refusedInWords(action, failure, 'move');
  // Without a status no answer came: the till itself would not send it. Of a receipt nothing shows.
  if (failure.status === null || action.move.kind === 'sendReceipt') return turn.refuse(action, failed('refused', said, failure));
  // Whether Dojo's no is true is seen on the payment, at once.
  const unread = { ...failed('refused', words.refusedUnread(action, said), failure), code: 'refused-unread' } as const;
  turn.change(action, 'checking', { notBeforeMs: turn.now.nowMs, failures: 0, endsAs: 'refused', outcome: unread });
}

function check(turn: Turn, action: Action, failure: Failure, code: 'unknown-outcome' | 'refused-after-unknown'): void {
  const { now, settlingSince } = turn;
  settlingSince.set(action.id, now.monotonicMs);
  turn.change(action, 'checking', {
    // Each further send is followed by a longer look, so that a short trouble at Dojo does not use up all of them.
    notBeforeMs: now.nowMs + backoffMs(3 * action.sends - 2, now.random),
    // A slow connection or a PC that slept may have let it go as late as now: the settling time runs from here.
    sentAtMs: now.nowMs,
    failures: 0,
    outcome: failed(code, checkingInWords(failure), failure),
  });
}

/** As it was before a send that certainly did not leave. */
export const withoutLastSend = (action: Action): Partial<Action> =>
  action.sends > 1 ? { sends: action.sends - 1 } : { sends: 0, baseline: null, firstSentAtMs: null, sentAtMs: null, apiVersion: null };

/**
 * Dojo says that it did nothing, so it does not count as a send. Its baseline stays: the next read sees whether that is true. Of a receipt
 * no reading tells: it counts, so that nobody gets it over and over.
 */
const withoutDeniedSend = (action: Action): Action => (action.move.kind === 'sendReceipt' ? action : { ...action, sends: action.sends - 1 });
