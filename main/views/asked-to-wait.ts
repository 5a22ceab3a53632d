import type { Action, MoveKind } from '../core/queue/action.ts';
import type { OutcomeCode } from '../core/queue/outcome.ts';
import type { QueueState } from '../core/queue/queue-state.ts';
import { isAhead, isHeldBack } from '../core/queue/schedule.ts';
import { isDeniedToSeveral } from '../core/queue/trouble.ts';

/** A shorter wait is over before anybody has read of it. */
const SAID_MS = 20_000;

const isLong = (untilMs: number, nowMs: number): boolean => isAhead(untilMs, nowMs) && untilMs - nowMs > SAID_MS;

/** Until when an action that waits does so because Dojo asked for it, of everything or of its payment alone; 0: for no time worth saying. */
export function askedToWaitMs(action: Action, queue: QueueState, nowMs: number): number {
  if (action.state !== 'waiting' || action.accountId !== queue.accountId || queue.gate !== 'open' || isHeldBack(action, queue)) return 0;
  const ownMs = action.outcome?.code === ('throttled' satisfies OutcomeCode) ? action.notBeforeMs : 0;
  return Math.max(0, ...[queue.throttledUntilMs, ownMs].filter((untilMs) => isLong(untilMs, nowMs)));
}

/** Until when all stands still. What was long is told until it is over: not only until little of it is left. */
export function createToldWait(): (queue: Pick<QueueState, 'throttledUntilMs'>, nowMs: number) => number | null {
  let toldMs = 0;
  return ({ throttledUntilMs: untilMs }, nowMs) => {
    if (isLong(untilMs, nowMs)) toldMs = untilMs;
    return isAhead(untilMs, nowMs) && toldMs === untilMs ? untilMs : null;
  };
}

/** Operations that are felt for because Dojo asks to wait with them each time; that it denies them is told otherwise. */
export const askedToWaitWith = (queue: Pick<QueueState, 'feltFor' | 'forbidden'>): MoveKind[] =>
  [...queue.feltFor.keys()].filter((kind) => !isDeniedToSeveral(kind, queue));
