import type { Action } from './action.ts';
import type { OutcomeCode } from './outcome.ts';
import type { Now, QueueState } from './queue-state.ts';
import { isAhead, isHeldBack } from './schedule.ts';

/** Longer than this is not at once: a customer who pays does not stand there any more. */
export const HELD_UP_MS = 60_000;

/** What keeps an action from going out at once: a person is told what to do about it. */
export type HeldUpBy =
  | 'no-key'
  | 'key-refused'
  /** No API version works with which payments can be read. */
  | 'no-version'
  | 'other-account'
  | 'paused'
  | 'disk'
  /** An earlier action on its payment cannot be read. */
  | 'unreadable'
  /** The key may not do such. */
  | 'operation'
  /** Dojo asked to be left alone for a while. */
  | 'asked-to-wait'
  /** A request for it, of itself or of its payment, brought nothing. */
  | 'no-answer'
  /** A while went by, and nothing says why. */
  | 'delay';

/** null: nothing but its turn. */
export function heldUpBy(action: Action, state: QueueState, { nowMs }: Pick<Now, 'nowMs'>): HeldUpBy | null {
  const { failures, outcome, accountId } = action;
  if (state.gate !== 'open') return state.gate === 'stopped' ? 'key-refused' : state.gate;
  if (accountId !== state.accountId) return 'other-account';
  if (isHeldBack(action, state)) return whatHoldsBack(action, state);
  if (isAhead(state.throttledUntilMs, nowMs + HELD_UP_MS)) return 'asked-to-wait';
  // That Dojo asks for a moment is no trouble.
  if (failures === 0 || outcome?.code === ('throttled' satisfies OutcomeCode)) return null;
  return outcome === null ? 'delay' : 'no-answer';
}

function whatHoldsBack({ paymentId }: Action, { paused, diskOk, unreadableLanes }: QueueState): HeldUpBy {
  if (!diskOk) return 'disk';
  if (paused) return 'paused';
  return unreadableLanes.has(paymentId) ? 'unreadable' : 'operation';
}
