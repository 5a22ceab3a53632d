import { wallMoment } from '../core/day/day.ts';
import { holdEndInWords } from '../core/hold-end-words.ts';
import { isLeftToRefund, type Payment } from '../core/payment/payment.ts';
import { type Action, wasSent } from '../core/queue/action.ts';
import { NOUN, namedOf } from '../core/refusals.ts';
import { askedInWords } from './asked-to-wait.ts';
import { paymentNamed } from './payment-named.ts';

/** Its deadline has passed while it waited (by Dojo's time, or as far as this PC's clock can tell), or will have by the time Dojo may be asked again. */
export type Lateness = 'in-time' | 'too-late' | 'late-by-pc' | 'will-be-late';

const nounOf = (action: Action): string => NOUN[namedOf(action)];
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What was paid can be given back in another way, unless it is; a hold that has ended is gone. */
const nextOf = (action: Action, payment: Payment | null, lateness: Lateness): string => {
  if (lateness === 'late-by-pc') return 'Remove it before you do something else instead.';
  return namedOf(action) === 'reverse' && payment !== null && isLeftToRefund(payment)
    ? 'Remove it. The payment can then be refunded instead.'
    : 'Remove it, then look at what the payment allows now.';
};

/** Why it will not be sent, and what to do: for the queue. null: it is in time. `actions`: this till's on the payment. */
export function lateInWords(
  action: Action,
  payment: Payment | null,
  actions: readonly Action[],
  lateness: Lateness,
  askAgainAtMs: number,
  zone: string,
  nowMs: number,
): Readonly<{ message: string; next: string }> | null {
  if (lateness === 'in-time' || action.deadlineAtMs === null) return null;
  const deadline = wallMoment(action.deadlineAtMs, nowMs, zone);
  // Without the payment it is not known what a hold's own end did. A sale has none.
  const atEnd = payment ? holdEndInWords(payment, actions) : namedOf(action) === 'reverse' ? null : '';
  const moved = atEnd ?? (wasSent(action) ? '' : 'Nothing moved.');
  const message =
    lateness === 'too-late'
      ? `${deadline} has passed: the ${nounOf(action)} is not sent${wasSent(action) ? ' again' : ''}.${moved && ` ${moved}`}`
      : lateness === 'late-by-pc'
        ? `By this PC’s clock ${deadline} has passed. The ${nounOf(action)} is sent only if Dojo’s time says otherwise.`
        : `${askedInWords(askAgainAtMs, zone)} That is too late for this ${nounOf(action)}: it can be sent until ${deadline} only.`;
  return { message, next: nextOf(action, payment, lateness) };
}

/** For a person who does not look at the till. `last4`: of the card, where it is one action alone. */
export function tooLateInWords(actions: readonly Action[], last4: string | null = null): Readonly<{ title: string; body: string }> {
  const [only] = actions;
  if (actions.length !== 1 || !only)
    return { title: `${actions.length} actions are too late`, body: 'They are not sent any more. Look at the queue to decide what to do instead.' };
  return {
    title: `${capital(nounOf(only))} too late`,
    body: `The ${nounOf(only)} of ${paymentNamed(only.reference, last4)} was not sent${wasSent(only) ? ' again' : ''} in time. Look at the queue.`,
  };
}
