import type { PaymentView } from '../../preload/contract.ts';
import { formatDay, formatGivenBack, formatMoney, formatTime, timeLeft } from '../format.ts';
import { VERY_SOON_MS } from '../holds/open-holds.ts';
import { referenceLabel } from '../reference.ts';
import { cardSpoken, paymentWords } from '../words.ts';
import { shownAtMs } from './list.ts';

/** What a row offers, as its buttons stand: the way to give money back that main picks, and at the end, where the hand goes first, what can be captured. */
export function rowMoves(payment: PaymentView): readonly ('take' | 'give-back')[] {
  const givesBack = payment.giveBack.way !== null && payment.state !== 'not-paid';
  return [...(givesBack ? (['give-back'] as const) : []), ...(payment.moves.capture.open ? (['take'] as const) : [])];
}

/** What was given back of it, with a minus sign; null where nothing was. */
export function givenBackText(payment: PaymentView): string | null {
  if (payment.refundedMinor > 0) return formatGivenBack(payment.refundedMinor, payment.currency);
  // A released hold gives nothing back: nothing was taken.
  if (payment.state === 'undone' && payment.captureMode === 'Auto') return formatGivenBack(payment.totalMinor, payment.currency);
  return null;
}

/** Whether the amount stands for money held or paid; else it is shown dimmed. */
export const isAmountLive = (payment: PaymentView): boolean =>
  payment.state !== 'not-paid' && payment.state !== 'cancelled' && !(payment.state === 'undone' && payment.captureMode === 'Manual');

type HoldEnd = NonNullable<PaymentView['holdEnds']>;
/** “ends”, or “ends by”: where Dojo does not say when the hold began it may end before. */
export const orBy = ({ isLatest }: HoldEnd): string => (isLatest ? ' by' : '');
/** Dojo does not say whether the rest is still on hold after a part was captured. */
export const youLose = ({ isRest }: HoldEnd): string => (isRest ? 'you may lose' : 'you lose');
export const inOrWithin = ({ isLatest }: HoldEnd, left: string): string => `${isLatest ? 'within' : 'in'} ${left}`;

/** The end of a hold, in words: what happens then and what it costs. */
export function holdEndWords(payment: PaymentView, nowMs: number): string | null {
  const { holdEnds } = payment;
  if (!holdEnds) return null;
  const left = timeLeft(holdEnds.atMs, nowMs);
  const when = left === null ? 'now' : inOrWithin(holdEnds, left);
  switch (holdEnds.action) {
    case 'Release':
      // What is promised may still miss the end: then the amount lost is not what is left to promise.
      return payment.openActionIds.length > 0
        ? `Released ${when}: what is not captured by then is lost`
        : `Released ${when}, ${youLose(holdEnds)} ${formatMoney(payment.onHoldMinor, payment.currency)}`;
    case 'Capture':
      return `Captured in full ${when}`;
    case null:
      return `Ends ${when}`;
  }
}

/** The same, where it is close enough to say on the row. */
export const holdEndSoonWords = (payment: PaymentView, nowMs: number): string | null =>
  payment.holdEnds && payment.onHoldMinor > 0 && payment.holdEnds.atMs - nowMs < VERY_SOON_MS ? holdEndWords(payment, nowMs) : null;

/** Why somebody should look at it, where its state does not say so already. */
export const attentionBeside = (payment: PaymentView): string | null =>
  payment.state === 'capture-declined' || payment.state === 'capture-failed' ? null : payment.attention;

/** That it was changed at another till, and what changed; null where nothing was. */
export const changedElsewhereWords = (payment: PaymentView): string | null =>
  payment.changedElsewhere === null ? null : `Changed: ${payment.changedElsewhere.what}`;

/** The row as a sentence, for screen readers. */
export function rowText(payment: PaymentView, zone: string, isDated = false): string {
  const parts = [
    isDated ? formatDay(shownAtMs(payment), zone) : '',
    formatTime(shownAtMs(payment), zone),
    referenceLabel(payment.reference),
    payment.description,
    cardSpoken(payment.card),
    paymentWords(payment).text,
    formatMoney(payment.totalMinor, payment.currency),
    givenBackText(payment) ?? '',
    payment.attention ?? '',
    changedElsewhereWords(payment) ?? '',
  ];
  return parts.filter(Boolean).join(', ');
}
