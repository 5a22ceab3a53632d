import type { TillError } from '../../preload/contract.ts';
import { decidedSince } from '../core/payment/decided-again.ts';
import type { Action } from '../core/queue/action.ts';
import type { Said } from '../core/queue/outcome.ts';
import { NOUN, namedOf } from '../core/refusals.ts';

const named = ({ reference }: Action, why: string): string => `${reference || 'A payment'}: ${why}`;

/** Why an action that Dojo refused was not decided again, for a cashier. */
export const againWords = {
  unknown: 'Tillside does not know one of these actions.',
  notNow: (action: Action) => named(action, 'it cannot be decided again from here.'),
  changed: (action: Action) => named(action, 'the payment changed since. Look at it, then decide.'),
  refused: (action: Action, { message }: TillError) => named(action, message),
} as const;

/**
 * What a refusal for lack of permission says by now: another key is the next step only until it was decided anew, or its trading day is
 * over. `onPayment`: all of this till's actions there. `dayStartMs`: UTC epoch ms.
 */
export function refusedForKeyByNow<T extends Said>(action: Action, said: T, onPayment: readonly Action[], dayStartMs: number): T {
  const since = decidedSince(action, onPayment);
  if (since !== null) {
    const what = since === 'again' ? 'It was decided again.' : `Another ${NOUN[namedOf(action)]} was decided on this payment since.`;
    return { ...said, message: `${said.message} ${what}`, next: null };
  }
  return action.changedAtMs < dayStartMs ? { ...said, next: 'Its day is over. Look at the payment before you decide anew.' } : said;
}
