import type { Failure } from '../failure.ts';
import { type Action, MOVE_KINDS, type Move, type MoveKind } from './action.ts';
import { backoffMs, waitMs } from './backoff.ts';
import { allAreInTrouble, isOwnTrouble } from './held.ts';
import { afterTimeout, halfTheLanes } from './lanes.ts';
import type { OutcomeCode } from './outcome.ts';
import type { QueueState } from './queue-state.ts';
import { isAhead, isStopped } from './schedule.ts';
import type { Turn } from './turn.ts';

/** How Dojo answers to a key that it does not accept. */
const KEY_REFUSED = 401;
/** A key may lack a permission: one payment's 403 is its own, the same from three in a row is the operation's. So it is with 401 and 429. */
const SEVERAL_PAYMENTS = 3;
/** Where Dojo answers 401 or 429 to the moves of one operation, one of them asks again this often at least. */
const FELT_FOR_MOST_MS = 30_000;

/** What a failure says about the connection, the key and Dojo's patience, whatever was asked. */
export function learnFrom(turn: Turn, failure: Failure, action: Action | undefined): void {
  const { state, now } = turn;
  const isOwn = isOwnTrouble(turn, action, failure);
  switch (failure.kind) {
    case 'not-sent':
      if (!isOwn) lineIsDown(turn);
      return;
    case 'not-dojo':
      // It may be answered so for this one address only: whether the line is down the list tells. A proxy may ask for patience too, and
      // whatever goes out goes through it.
      if (!isOwn && failure.retryAfterMs !== null) throttle(turn, now.nowMs + waitMs(failure, 1, now.random));
      if (!turn.state.line.up) lineIsDown(turn);
      return;
    case 'throttled':
      lineIsUp(turn);
      if (!isOwn) throttle(turn, now.nowMs + waitMs(failure, (action?.failures ?? 0) + 1, now.random));
      return turn.set(halfTheLanes(state));
    case 'unknown-outcome':
      if (failure.status === 503 && !isOwn) turn.set(halfTheLanes(state));
      else if (failure.cause === 'timeout' && action) turn.set(afterTimeout(state, action.paymentId, now.monotonicMs));
      return;
    case 'refused':
    case 'key-refused':
      return lineIsUp(turn);
  }
}

/** Nothing goes out before: one gate for whatever this till asks. */
export function throttle(turn: Turn, untilMs: number): void {
  const { throttledUntilMs } = turn.state;
  // A wait of before the clock was set back counts no more: kept as the later of the two, it would have everything asked again at once.
  const isLonger = isAhead(throttledUntilMs, turn.now.nowMs) && throttledUntilMs > untilMs;
  turn.set({ throttledUntilMs: isLonger ? throttledUntilMs : untilMs, catchingUp: true });
}

export function lineIsUp(turn: Turn): void {
  if (turn.state.line.up) return;
  turn.set({ line: { up: true, failures: 0, retryAtMs: 0 } });
  // What met no connection goes on together.
  for (const action of turn.actions.values())
    if (action.state === 'waiting' && action.outcome?.code === 'not-dojo' && isAhead(action.notBeforeMs, turn.now.nowMs))
      turn.change(action, 'waiting', { notBeforeMs: turn.now.nowMs, failures: 0 });
}

export function lineIsDown(turn: Turn): void {
  const { line } = turn.state;
  allAreInTrouble(turn);
  // Requests that fail together are one failure; told twice, a connection is not twice as far away.
  if (!line.up && isAhead(line.retryAtMs, turn.now.nowMs)) return;
  const failures = line.failures + 1;
  turn.set({ line: { up: false, failures, retryAtMs: turn.now.nowMs + backoffMs(failures, turn.now.random) } });
}

/** Dojo answered 403 to a move: the same operation from three different payments in a row stops. */
export function operationWasForbidden(turn: Turn, { move, paymentId }: Action): void {
  countDenied(turn, move.kind, paymentId);
  if (isDeniedToSeveral(move.kind, turn.state)) stop(turn, move.kind);
  turn.set({ feltFor: without(turn.state.feltFor, move.kind) });
}

/**
 * Dojo answered 401 to a move: like a 403, but that nothing ends by it. So it is felt for by itself, by one payment at a time. Whether it is
 * the operation that the key may not do, or the key is refused altogether, only a reading tells: until then nothing is called stopped.
 */
export function moveWasKeyRefused(turn: Turn, { move: { kind }, paymentId }: Action): void {
  if (turn.state.gate === 'stopped' || isStopped(kind, turn.state)) return;
  const before = turn.state.feltFor.get(kind);
  countDenied(turn, kind, paymentId);
  if (before || isDeniedToSeveral(kind, turn.state)) feelLater(turn, kind, before);
}

/** Dojo lets the key read: what it answers 401 to several payments is the operation's. */
export function keyMayRead(turn: Turn): void {
  for (const kind of turn.state.forbidden.keys()) if (isDeniedToSeveral(kind, turn.state)) stop(turn, kind);
}

/** Dojo answered 403 or 401 to several payments in a row. */
export const isDeniedToSeveral = (kind: MoveKind, { forbidden }: Pick<QueueState, 'forbidden'>): boolean =>
  (forbidden.get(kind) ?? []).length >= SEVERAL_PAYMENTS;

function countDenied(turn: Turn, kind: MoveKind, paymentId: string): void {
  const { forbidden } = turn.state;
  turn.set({ forbidden: new Map([...forbidden, [kind, [...new Set([...(forbidden.get(kind) ?? []), paymentId])]]]) });
}

function stop(turn: Turn, kind: MoveKind): void {
  const { stoppedOperations } = turn.state;
  if (!stoppedOperations.has(kind)) turn.set({ stoppedOperations: new Set([...stoppedOperations, kind]) });
}

/**
 * Dojo asked for patience with a move, and its payment waits. With several payments of one operation it is the operation's, whatever else is
 * answered well meanwhile: together they would ask as often as before. So it is felt for, by one payment at a time.
 */
export function moveWasThrottled(turn: Turn, { kind }: Move): void {
  const before = turn.state.feltFor.get(kind);
  const waiting = [...turn.held].filter(([id, { isMove }]) => {
    const { move, outcome } = turn.actions.get(id) ?? {};
    return isMove && move?.kind === kind && outcome?.code === ('throttled' satisfies OutcomeCode);
  });
  if (before || (waiting.length >= SEVERAL_PAYMENTS && !isStopped(kind, turn.state))) feelLater(turn, kind, before);
}

/** One of them asks again, ever more rarely. */
function feelLater(turn: Turn, kind: MoveKind, before: Readonly<{ failures: number }> | undefined): void {
  const failures = (before?.failures ?? 0) + 1;
  const retryAtMs = turn.now.nowMs + Math.min(FELT_FOR_MOST_MS, backoffMs(failures, turn.now.random));
  turn.set({ feltFor: new Map([...turn.state.feltFor, [kind, { failures, retryAtMs }]]) });
}

/** A person has just decided one of them, and watches: it is tried at once, whatever came of the others. */
export function feelAtOnce(turn: Turn, kind: MoveKind): void {
  const felt = turn.state.feltFor.get(kind);
  if (felt) turn.set({ feltFor: new Map([...turn.state.feltFor, [kind, { ...felt, retryAtMs: turn.now.nowMs }]]) });
}

/**
 * Dojo refuses the key altogether, or accepts it again: what moves alone were denied says no more. What it forbids a key it still forbids the
 * same key: three more would be refused for good each time.
 */
export function denialsAreOver(turn: Turn): void {
  for (const kind of MOVE_KINDS) if (!isStopped(kind, turn.state)) operationIsAllowed(turn, kind);
}

/** Dojo accepts the key again, or another key came: what was refused for the key is tried at once, and what held it back is over. */
export function keyIsAccepted(turn: Turn, isAnother: boolean): void {
  if (isAnother) for (const kind of MOVE_KINDS) operationIsAllowed(turn, kind);
  else denialsAreOver(turn);
  turn.held.clear();
  for (const action of turn.actions.values())
    if ((action.state === 'waiting' || action.state === 'checking') && action.outcome?.status === KEY_REFUSED && action.notBeforeMs > turn.now.nowMs)
      turn.change(action, action.state, { notBeforeMs: turn.now.nowMs, failures: 0 });
}

/** Dojo did one of them, or a person or another key lets them go on. */
export function operationIsAllowed(turn: Turn, kind: MoveKind): void {
  const { forbidden, stoppedOperations, feltFor } = turn.state;
  if (!forbidden.has(kind) && !stoppedOperations.has(kind) && !feltFor.has(kind)) return;
  turn.set({
    feltFor: without(feltFor, kind),
    forbidden: without(forbidden, kind),
    stoppedOperations: new Set([...stoppedOperations].filter((each) => each !== kind)),
  });
}

const without = <K, V>(all: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> => new Map([...all].filter(([each]) => each !== key));
