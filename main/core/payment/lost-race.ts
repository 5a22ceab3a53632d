import { type Action, wasSent } from '../queue/action.ts';
import { capturedHereMinor } from '../queue/evidence.ts';
import { isSurelyElsewhere, type Noticed } from './changes.ts';
import { capturedMinor, heldLeastMinor, type Payment, takenMinor } from './payment.ts';
import type { ClosedCode, MoveRefusal } from './rules.ts';

/** What was changed elsewhere may show on the payment this long after Dojo refused. */
const SHOWS_WITHIN_MS = 5 * 60_000;
/** Dojo refuses what another till did first as a conflict or, a refund for one, as a bad request. */
const REFUSED_BY_DOJO: readonly (number | null)[] = [400, 409];
/** Rules that another till can have closed between the decision and the send. */
const CLOSED_BY_OTHERS: ReadonlySet<string> = new Set<ClosedCode | MoveRefusal['code']>([
  'undone',
  'cancelled',
  'refunded',
  'nothing-left',
  'settling',
  'taken',
  'part-taken',
  'amount-too-large',
]);

/**
 * Why a refused action came second, for a cashier; null: it was refused for another reason. `noticed`: its payment's changes
 * that nothing done here explains.
 */
export function lostRace(action: Action, noticed: readonly Noticed[]): string | null {
  const { state, move, outcome, acceptedAtMs, changedAtMs } = action;
  // A receipt can be sent as often as anybody likes: that another till did something is never why one was refused.
  if (state !== 'refused' || !outcome || move.kind === 'sendReceipt') return null;
  const isByDojo = outcome.settledBy === 'answer' && REFUSED_BY_DOJO.includes(outcome.status);
  const isByRules = outcome.settledBy === 'till' && CLOSED_BY_OTHERS.has(outcome.code);
  if (!isByDojo && !isByRules) return null;
  const first = noticed.filter(({ atMs }) => atMs >= acceptedAtMs && atMs <= changedAtMs + SHOWS_WITHIN_MS);
  if (first.length === 0) return null;
  const ours = isByDojo ? 'Dojo refused this one.' : wasSent(action) ? 'This one was not sent again.' : 'Nothing was done by this one.';
  const by = first.every(isSurelyElsewhere) ? 'Another till was first. ' : '';
  return `${by}${first.map(({ what }) => what).join(' ')} ${ours}`;
}

/**
 * The payment is as the action would have left it: whoever decided it has nothing more to decide. `actions` are this till's on the payment:
 * where Dojo lists no captures, what was captured here bounds what `Captured` may mean.
 */
export function isAsWanted({ move }: Pick<Action, 'move'>, payment: Payment, actions: readonly Action[]): boolean {
  switch (move.kind) {
    case 'capture':
      return capturedMinor(payment, capturedHereMinor(actions)) >= heldLeastMinor(payment);
    case 'reverse':
      // Of a hold the rest alone may have been let go, after a part was captured.
      return payment.status === 'Reversed' && payment.refundedMinor >= capturedMinor(payment);
    case 'refund':
      return takenMinor(payment) > 0 ? payment.refundedMinor >= takenMinor(payment) : payment.status === 'Reversed';
    case 'cancel':
      return payment.status === 'Canceled';
    case 'setAmount':
      return payment.amountMinor === move.amount;
    case 'setTips':
      return payment.tipsMinor === move.amount;
    case 'sendReceipt':
      return false;
  }
}
