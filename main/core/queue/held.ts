import type { Failure } from '../failure.ts';
import type { Action } from './action.ts';
import { isAhead } from './schedule.ts';
import type { Turn } from './turn.ts';

/** After this long in trouble that is its own, a person is asked. */
const HELD_MOST_MS = 30 * 60_000;
/** Between two tries at most so much counts: the till may have been asleep, or the connection away. */
const COUNTED_MOST_MS = 10 * 60_000;

/** One payment's trouble: its reading or its move does not get through. All times are on the monotonic clock. */
export type Held = Readonly<{
  /** It was a move that Dojo denied: a good reading does not end it. */
  isMove: boolean;
  /** When something else was last answered well since it began: then it is this payment's own. null: nothing was, so that it may be everybody's. */
  othersWellAt: number | null;
  /** For how long it was its own, counted up to `countedTo`. */
  ownMs: number;
  countedTo: number;
}>;

/** Dojo's own word about one payment or one move, or an answer about it that nobody can read: whatever others are answered. */
const isOwnByNature = ({ kind, cause }: Failure): boolean => kind === 'refused' || kind === 'key-refused' || cause === 'odd';

/** Whether this is its payment's own trouble, and says nothing of the connection or of Dojo's patience. */
export const isOwnTrouble = ({ held }: Pick<Turn, 'held'>, action: Action | undefined, failure: Failure): boolean =>
  isOwnByNature(failure) || (action !== undefined && (held.get(action.id)?.othersWellAt ?? null) !== null);

/** Dojo answered a list, or something of `paymentId`: whatever of other payments does not get through meanwhile, that is their own trouble. */
export function othersAreWell(turn: Turn, paymentId: string | null): void {
  // What is answered while Dojo asks for patience had left before.
  if (turn.held.size === 0 || isAhead(turn.state.throttledUntilMs, turn.now.nowMs)) return;
  for (const [actionId, held] of turn.held)
    if (turn.actions.get(actionId)?.paymentId !== paymentId) turn.held.set(actionId, { ...held, othersWellAt: turn.now.monotonicMs });
}

/** All are in trouble: whose it is shows when something is answered well again. */
export function allAreInTrouble(turn: Turn): void {
  for (const [actionId, held] of turn.held) turn.held.set(actionId, { ...held, othersWellAt: null });
}

/** It did not get through once more. true: for so long, of its own, that a person is asked. */
export function isHeldForLong(turn: Turn, action: Action, failure: Failure, what: 'reading' | 'move'): boolean {
  const { monotonicMs } = turn.now;
  const before = turn.held.get(action.id) ?? { isMove: false, othersWellAt: null, ownMs: 0, countedTo: monotonicMs };
  const sinceMs = monotonicMs - before.countedTo;
  const wereOthersWell = before.othersWellAt !== null && before.othersWellAt >= before.countedTo;
  const addedMs = isOwnByNature(failure) ? sinceMs : wereOthersWell ? Math.min(sinceMs, COUNTED_MOST_MS) : null;
  const held = {
    isMove: before.isMove || what === 'move',
    othersWellAt: before.othersWellAt,
    ownMs: before.ownMs + (addedMs ?? 0),
    countedTo: addedMs === null ? before.countedTo : monotonicMs,
  };
  const isLong = held.ownMs >= HELD_MOST_MS;
  if (isLong) turn.held.delete(action.id);
  else turn.held.set(action.id, held);
  return isLong;
}

/** Its payment was read. Of a move that Dojo denies that says nothing. */
export function readingIsWell(turn: Turn, actionId: string): void {
  if (turn.held.get(actionId)?.isMove === false) turn.held.delete(actionId);
}
