import { inWords, money } from '../core/money.ts';
import { type CameTwice, onceMinor } from '../core/payment/came-twice.ts';
import { type Action, asSent } from '../core/queue/action.ts';
import type { IfSent, InAll } from '../core/queue/may-arrive.ts';
import { NOUN, namedOf } from '../core/refusals.ts';
import { paymentNamed } from './payment-named.ts';

const sumOf = ({ currency }: Action, minor: number): string => inWords(money(minor, currency));
const done = ({ move }: Action): string => (move.kind === 'refund' ? 'refunded' : 'captured');
const inAllOf = (action: Action, { inAllMinor, ofMinor }: InAll): string =>
  ofMinor === null || ofMinor <= inAllMinor ? sumOf(action, inAllMinor) : `${sumOf(action, inAllMinor)} of ${sumOf(action, ofMinor)}`;

/** What a person has to know before it is sent once more, and before another is decided. */
export function ifAgainInWords(action: Action, inAll: IfSent): string {
  const { shown, mayArrive } = inAll;
  const isRefund = action.move.kind === 'refund';
  const then = `${inAllOf(action, inAll)} is ${done(action)} in all.`;
  // Its key may make the second one the same for Dojo, but not of one that was decided before it.
  const mayRepeat = isRefund && asSent(action).sends > 0;
  if (!shown) return mayRepeat ? `Dojo may refund it twice: then ${then}` : `What was sent may still arrive: with one more, ${then}`;
  const since = `Dojo shows ${sumOf(action, shown.minor)} ${done(action)} since ${shown.since === 'sent' ? 'this till sent it' : 'this was decided'}`;
  if (isRefund) return `${since}, and may refund it once more: then ${then}`;
  return `${since}${mayArrive ? ', and more may arrive' : ''}: with one more, ${then}`;
}

/** What was sent may still arrive, whatever a person calls it. */
export const mayArriveInWords = (action: Action): string => `Its request may still arrive. Wait 20 minutes before you decide another ${NOUN[namedOf(action)]}.`;

const inAllIs = (came: CameTwice): string => {
  const { action } = came;
  return `${inAllOf(action, came)} is ${came.isWithBank ? 'being ' : ''}${done(action)} in all`;
};

function nextOf(came: CameTwice): string {
  if (came.action.move.kind === 'refund') return 'Compare with Dojo. If it is too much, ask Dojo’s support.';
  const refund = `refund ${sumOf(came.action, onceMinor(came))}.`;
  return came.isWithBank ? `Wait for the bank’s answer. If it is too much then, ${refund}` : `Compare with Dojo. If it is too much, ${refund}`;
}

/** "£60.00 of £100.00 is captured in all.": beside what else is said of one that came after it had ended. */
export const inAllInWords = (came: CameTwice): string => `${inAllIs(came)}.`;

/** Of one that is done, for the payment's row and the queue's. */
export const twiceInWords = (came: CameTwice): Readonly<{ message: string; next: string }> => ({
  message: came.isWithBank
    ? `It may be ${done(came.action)} twice: ${inAllIs(came)}.`
    : `It may have been ${done(came.action)} twice: ${inAllOf(came.action, came)} in all.`,
  next: nextOf(came),
});

export type TwiceNamed = Readonly<{ came: CameTwice; last4: string | null }>;
const NAMED_MOST = 4;

/** For a notification, and for the notice that stays until it is seen. */
export function twiceNotice(all: readonly TwiceNamed[]): Readonly<{ title: string; body: string }> {
  const [only] = all;
  if (all.length === 1 && only) {
    const { came, last4 } = only;
    const noun = NOUN[namedOf(came.action)];
    const what = `${noun} of ${sumOf(came.action, onceMinor(came))} of ${paymentNamed(came.action.reference, last4)}`;
    return came.isTwice
      ? { title: `A ${noun} may have come twice`, body: `The ${what} may have been made twice: ${inAllIs(came)}. ${nextOf(came)}` }
      : {
          title: `A ${noun} came after all`,
          body: `The ${what} shows now, after it was given up: ${inAllIs(came)}. It may be another till’s. ${nextOf(came)}`,
        };
  }
  const names = all.slice(0, NAMED_MOST).map(({ came }) => `${paymentNamed(came.action.reference, null)} (${sumOf(came.action, came.inAllMinor)} in all)`);
  const more = all.length - NAMED_MOST;
  return {
    title: `${all.length} may have come twice`,
    body: `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}: more may have moved than was wanted. Compare each with Dojo.`,
  };
}
