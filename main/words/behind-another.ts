import { inWords, money } from '../core/money.ts';
import { type Action, amountOf, wasSent } from '../core/queue/action.ts';
import type { Said } from '../core/queue/outcome.ts';
import { isAbsentPart } from '../core/queue/queue-state.ts';
import { NOUN, namedOf } from '../core/refusals.ts';

const notSent = (action: Action): string => `so this was not sent${wasSent(action) ? ' again' : ''}`;

/** Why an action waits as long as another account's on the same payment is open. */
export const behindAnother = (action: Action): Said => ({
  message: `Another account’s action on this payment comes first, ${notSent(action)}.`,
  next: 'Connect with its key, or remove or settle it in the queue.',
});

/** Why an action waits as long as `first`, this account's own on the same payment, is open. */
export function behindOwn(action: Action, first: Action): Said {
  const which = earlier(first);
  if (first.state === 'needsPerson' || isAbsentPart(first))
    return { message: `${which} needs you first, ${notSent(action)}.`, next: 'Settle the earlier one in the queue.' };
  if (first.state === 'checking') return { message: `${which} is checked with Dojo first, ${notSent(action)}.`, next: null };
  return { message: 'An earlier action on this payment comes first.', next: 'Look at that one in the queue.' };
}

/** "An earlier capture of £20.00". */
function earlier(first: Action): string {
  const amount = first.move.kind === 'capture' || first.move.kind === 'refund' ? amountOf(first.move) : null;
  return `An earlier ${NOUN[namedOf(first)]}${amount === null ? '' : ` of ${inWords(money(amount, first.currency))}`}`;
}
