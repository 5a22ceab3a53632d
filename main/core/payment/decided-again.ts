import type { Action } from '../queue/action.ts';

/** Dojo answered that this key may not do it (403): nothing moved, and it was not about the payment. */
export const isRefusedForKey = ({ state, outcome }: Action): boolean => state === 'refused' && outcome?.settledBy === 'answer' && outcome.status === 403;

/** Of the decision that takes its place: the same for the same action, so that pressed twice it is one. */
export const againRequestId = ({ id }: Action): string => `again:${id}`;

/** Whether one of the same kind was decided on its payment since it ended: in its place, or anyhow. `onPayment`: all of this till's actions there. */
export function decidedSince(action: Action, onPayment: readonly Action[]): 'again' | 'another' | null {
  const others = onPayment.filter(({ id, move }) => id !== action.id && move.kind === action.move.kind);
  if (others.some(({ requestId }) => requestId === againRequestId(action))) return 'again';
  return others.some(({ acceptedAtMs }) => acceptedAtMs >= action.changedAtMs) ? 'another' : null;
}

/**
 * Refused for lack of permission in this trading day, and nobody has decided the same kind on its payment anew since: what was left an
 * earlier day may have been paid out in cash. `onPayment`: all of this till's actions there. `dayStartMs`: UTC epoch ms. A receipt is none
 * of them: its addresses are forgotten.
 */
export function isDecidableAgain(action: Action, onPayment: readonly Action[], dayStartMs: number): boolean {
  if (!isRefusedForKey(action) || action.move.kind === 'sendReceipt' || action.changedAtMs < dayStartMs) return false;
  return decidedSince(action, onPayment) === null;
}
