import { weekdayTime } from '../core/day/day.ts';
import { inWords, money } from '../core/money.ts';
import { type Capture, captureTotalMinor } from '../core/payment/payment.ts';
import { type Action, amountOf } from '../core/queue/action.ts';
import { NOUN, namedOf } from '../core/refusals.ts';
import { paymentNamed } from './payment-named.ts';

export type Note = Readonly<{ title: string; body: string }>;
/** A capture that Dojo took and the bank turned down afterwards. */
export type Declined = Readonly<{
  action: Action;
  status: 'Declined' | 'Failed';
  /** Of the card; null: not known. */
  last4: string | null;
  /** Nothing more can be captured of its payment. */
  isOver: boolean;
  /** What Dojo shows captured of its payment all the same, in minor units. */
  takenMinor: number;
  /** And of what the bank has not answered yet. */
  takingMinor: number;
}>;

const NAMED_MOST = 4;

const nameOf = ({ reference }: Action): string => paymentNamed(reference, null);
const sumOf = (action: Action): string => inWords(money(amountOf(action.move) ?? 0, action.currency));

/** "Table 4, Table 9 and 3 more". */
function andMore(names: readonly string[]): string {
  const more = names.length - NAMED_MOST;
  return `${names.slice(0, NAMED_MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
export const named = (actions: readonly Action[]): string => andMore(actions.map(nameOf));

/** What the bank turned down on one payment and nothing has answered yet, for its row; the newest last. */
export function turnedDownInWords(captures: readonly Capture[], currency: string): string {
  const isDeclined = captures.every(({ status }) => status === 'Declined');
  const sums = andMore(captures.map((capture) => inWords(money(captureTotalMinor(capture), currency))));
  if (captures.length > 1)
    return `${isDeclined ? `The bank declined ${captures.length} captures: ${sums}` : `${captures.length} captures did not go through: ${sums}`}. Nothing was captured with them.`;
  return `${isDeclined ? `The bank declined the capture of ${sums}` : `Capturing ${sums} did not go through`}. Nothing was captured with it.`;
}

/** What the bank turned down, whether money moved, and what to do: for a notification and for the notice that stays until it is seen. */
export function declinedInWords(declined: readonly Declined[], zone: string): Note {
  const [only] = declined;
  if (declined.length === 1 && only) {
    const { action, status, last4, isOver } = only;
    const when = weekdayTime(action.changedAtMs, zone);
    const what = status === 'Declined' ? `The bank declined the capture of ${sumOf(action)} of` : `The capture of ${sumOf(action)} failed at the bank, of`;
    const again = status === 'Declined' ? 'Capture it again, or ask for another card.' : 'Capture it again; if it fails too, ask for another card.';
    const next = isOver ? 'It can no longer be captured: ask for another card.' : again;
    const shown = shownInWords(only);
    const nothing = shown === null ? 'Nothing was captured.' : `Nothing was captured with it; Dojo shows ${shown}.`;
    return {
      title: status === 'Declined' ? 'A capture was declined' : 'A capture failed',
      body: `${what} ${paymentNamed(action.reference, last4)}, ${when}. ${nothing} ${next}`,
    };
  }
  const hasFailed = declined.some(({ status }) => status === 'Failed');
  const what = `${declined.length} captures were declined${hasFailed ? ' or failed' : ''}`;
  return { title: what, body: `${named(declined.map(({ action }) => action))}. Nothing was captured with them. ${nextOfAll(declined)}` };
}

/** "£7.00 captured and £20.00 being captured"; null: nothing of either. */
function shownInWords({ action: { currency }, takenMinor, takingMinor }: Declined): string | null {
  const taken = takenMinor > 0 ? [`${inWords(money(takenMinor, currency))} captured`] : [];
  const taking = takingMinor > 0 ? [`${inWords(money(takingMinor, currency))} being captured`] : [];
  return [...taken, ...taking].join(' and ') || null;
}

function nextOfAll(declined: readonly Declined[]): string {
  if (declined.every(({ isOver }) => isOver)) return 'They can no longer be captured: ask for other cards.';
  const again = declined.some(({ isOver }) => isOver) ? 'Capture again those that still can be' : 'Capture them again';
  return `${again}, or ask for other cards.`;
}

/** What a person decided and what came to nothing, for the notice that stays until it is seen. The queue, or the report, says why. */
export function cameToNothingInWords(actions: readonly Action[], zone: string, last4: string | null = null): Note {
  const [only] = actions;
  if (actions.length === 1 && only) {
    const noun = NOUN[namedOf(only)];
    const about = amountOf(only.move) === null ? '' : ` of ${sumOf(only)}`;
    const how = only.state === 'expired' ? 'was too late' : 'was not done';
    return {
      title: `A ${noun} ${how}`,
      body: `The ${noun}${about}, ${paymentNamed(only.reference, last4)}, ${how}: it ended ${weekdayTime(only.changedAtMs, zone)}. Look at why, then decide what to do instead.`,
    };
  }
  return {
    title: `${actions.length} actions were not done`,
    body: `${named(actions)}: refused or too late. Look at why, then decide what to do instead.`,
  };
}

/** That an action cannot end by itself: sent with an outcome that nobody can tell, or never sent. `last4`: of the card, where it is one alone. */
export function needsYouInWords(actions: readonly Action[], last4: string | null = null): Note {
  const [only] = actions;
  if (actions.length === 1 && only) {
    const about = amountOf(only.move) === null ? '' : ` of ${sumOf(only)}`;
    return {
      title: 'An action needs you',
      body: `The ${NOUN[namedOf(only)]}${about}, ${paymentNamed(only.reference, last4)}: it waits for you to decide. Look at the queue.`,
    };
  }
  return { title: `${actions.length} actions need you`, body: `${named(actions)}: they wait for you to decide. Look at the queue.` };
}
