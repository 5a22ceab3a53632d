import { words } from '../words.ts';
import { type Action, isKept, wasSent } from './action.ts';
import { HELD_UP_MS, heldUpBy } from './held-up.ts';
import { type OutcomeCode, outcome } from './outcome.ts';
import type { Turn } from './turn.ts';

/** Of any other only a look at its payment tells whether it did something: it is judged before it is sent once more. */
const isUnsent = (action: Action): boolean => action.state === 'waiting' && !wasSent(action);

/** Where it cannot go out at once, what is not kept for later ends here, as it would have been refused when it was decided. */
export function endUnkept(turn: Turn): void {
  for (const action of turn.actions.values()) {
    if (isKept(action) || !isUnsent(action) || turn.busy.has(action.id)) continue;
    const by = heldUpBy(action, turn.state, turn.now);
    if (!turn.state.line.up) turn.refuse(action, outcome('offline', words.notKept(action)));
    else if (by !== null) turn.refuse(action, outcome('offline', words.heldUp(action, by)));
  }
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
  turn.refuse(action, outcome('offline', hadNoLine ? words.notKept(action) : words.heldUp(action, 'delay')));
  return true;
}
