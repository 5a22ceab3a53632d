import { words } from '../words.ts';
import { type Action, isKept, wasSent } from './action.ts';
import { type OutcomeCode, outcome } from './outcome.ts';
import { isAhead, isHeldBack } from './schedule.ts';
import type { Turn } from './turn.ts';

/** Longer than this is not at once: a customer who pays does not stand there any more. */
const HELD_UP_MS = 60_000;

/** Of any other only a look at its payment tells whether it did something: it is judged before it is sent once more. */
const isUnsent = (action: Action): boolean => action.state === 'waiting' && !wasSent(action);

/** Where it cannot go out at once, what is not kept for later ends here, as it would have been refused when it was decided. */
export function endUnkept(turn: Turn): void {
  for (const action of turn.actions.values()) {
    if (isKept(action) || !isUnsent(action) || turn.busy.has(action.id)) continue;
    if (!turn.state.line.up) turn.refuse(action, outcome('offline', words.notKept(action)));
    else if (isHeldUp(turn, action)) turn.refuse(action, outcome('offline', words.heldUp(action)));
  }
}

function isHeldUp({ state, now }: Turn, action: Action): boolean {
  const { failures, outcome, accountId } = action;
  if (state.gate !== 'open' || accountId !== state.accountId || isHeldBack(action, state)) return true;
  if (isAhead(state.throttledUntilMs, now.nowMs + HELD_UP_MS)) return true;
  // Its payment could not be read; that Dojo asks for a moment is no trouble.
  return failures > 0 && outcome?.code !== ('throttled' satisfies OutcomeCode);
}

/** Nor over a restart: nobody knows how long ago the last run ended. */
export function endUnkeptOf(turn: Turn, loaded: readonly Action[]): void {
  for (const action of loaded) if (!isKept(action) && isUnsent(action)) turn.refuse(action, outcome('offline', words.stoppedUnsent(action)));
}

const NO_LINE: readonly string[] = ['not-sent', 'not-dojo'] satisfies OutcomeCode[];

/**
 * It went out before, and Dojo shows that it did nothing: where there was no connection since it was sent or a person let it go once
 * more, or that is a while ago, it ends there too.
 */
export function endsUnkept(turn: Turn, action: Action): boolean {
  const { outcome: last, sentAtMs, sentBefore, changedAtMs, failures } = action;
  if (isKept(action) || (last === null && !sentBefore)) return false;
  const hadNoLine = last !== null && NO_LINE.includes(last.code);
  const sinceMs = sentAtMs ?? (sentBefore ? changedAtMs : turn.now.nowMs);
  const hadTrouble = sentBefore !== undefined && sentAtMs === null && failures > 0;
  if (!hadNoLine && !hadTrouble && Math.abs(turn.now.nowMs - sinceMs) <= HELD_UP_MS) return false;
  turn.refuse(action, outcome('offline', hadNoLine ? words.notKept(action) : words.heldUp(action)));
  return true;
}
