import { words } from '../words.ts';
import { type Action, wasSent } from './action.ts';
import { type OutcomeCode, outcome } from './outcome.ts';
import type { Turn } from './turn.ts';

/** A change of what is asked for is made while the customer pays: hours later it would be another customer's surprise, so it is not kept for later. */
const isKept = ({ move }: Action): boolean => move.kind !== 'setAmount' && move.kind !== 'setTips';
const isUnsent = (action: Action): boolean => action.state === 'waiting' && !wasSent(action);

/** Without a connection what is not kept for later ends here, as it would have been refused when it was decided. */
export function endUnkept(turn: Turn): void {
  if (turn.state.line.up) return;
  for (const action of turn.actions.values())
    if (!isKept(action) && isUnsent(action) && !turn.busy.has(action.id)) turn.refuse(action, outcome('offline', words.notKept(action)));
}

/** Nor over a restart: nobody knows how long ago the last run ended. */
export function endUnkeptOf(turn: Turn, loaded: readonly Action[]): void {
  for (const action of loaded) if (!isKept(action) && isUnsent(action)) turn.refuse(action, outcome('offline', words.stoppedUnsent(action)));
}

const NO_LINE: readonly string[] = ['not-sent', 'not-dojo'] satisfies OutcomeCode[];

/** It was sent before, Dojo shows that it did nothing, and there was no connection since: it ends there too. */
export const mustEnd = (action: Action): boolean => !isKept(action) && action.outcome !== null && NO_LINE.includes(action.outcome.code);
