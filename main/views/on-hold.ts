import { mayBeHeld } from '../core/payment/payment.ts';
import { type Case, leftOf, openActions } from '../core/payment/rule-context.ts';
import type { MoveRule } from '../core/payment/rules.ts';
import type { Action, ActionState } from '../core/queue/action.ts';
import { totalOf } from '../core/queue/evidence.ts';

/**
 * What of a hold, or of its rest, is still held, as Dojo shows it, less what this till captured or promised: also where nothing of it can be
 * captured here (another currency, an end of which Dojo has not said what became). `capture`: its rule.
 */
export function onHoldMinor(c: Case, capture: MoveRule): number {
  if (capture.open) return leftOf(c).countedMinor;
  // Dojo took its release, or one is on its way. One whose outcome nobody knows lets nothing go until Dojo shows it.
  const isLetGo =
    capture.code === 'undone' || openActions(c).some(({ move, state }) => move.kind === 'reverse' && (state === 'waiting' || state === 'sending'));
  return mayBeHeld(c.payment, c.nowMs) && !isLetGo ? leftOf(c).countedMinor : 0;
}

/** A capture that stands open for longer may not be done before its hold ends. */
const STANDS_OPEN_MS = 5 * 60_000;
const STANDS_OPEN: ReadonlySet<ActionState> = new Set(['waiting', 'checking', 'needsPerson']);

/** When it counts as standing open, UTC epoch ms; null: it does not, however long it takes. */
export const standsOpenFromMs = ({ move, state, acceptedAtMs }: Action): number | null =>
  move.kind === 'capture' && STANDS_OPEN.has(state) ? acceptedAtMs + STANDS_OPEN_MS : null;

/** What was decided to be captured and is not on its way to Dojo, in minor units: the hold may end first. `areHeldUp`: none can be sent just now. */
export function standingCapturesMinor(actions: readonly Action[], nowMs: number, areHeldUp: boolean): number {
  const stands = (action: Action) => {
    const fromMs = standsOpenFromMs(action);
    return fromMs !== null && (nowMs > fromMs || (areHeldUp && action.state === 'waiting'));
  };
  return actions.reduce((sum, action) => (action.move.kind === 'capture' && stands(action) ? sum + totalOf(action.move) : sum), 0);
}
