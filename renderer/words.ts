import type { ActionState, ActionView, Connection, MoveKind, PaymentView } from '../preload/contract.ts';
import { formatMoney } from './format.ts';

/** The five state colours: apart from each other for every kind of colour vision, and never the only sign. */
export type Tone = 'blue' | 'amber' | 'teal' | 'grey' | 'violet';

/** One shape per state, drawn in ui/state-mark.tsx. */
export const SHAPES = [
  'hollow',
  'hold',
  'half',
  'arc',
  'tick',
  'return',
  'back',
  'back-part',
  'cross',
  'bang',
  'stop',
  'question',
  'clock',
  'up',
  'magnifier',
  'late',
  'dash',
  'person',
  'let-go',
  'take-in',
] as const;
export type Shape = (typeof SHAPES)[number];

/** How sure it is: confirmed by Dojo, promised by this till, or not known. Three different looks. */
export type Certainty = 'confirmed' | 'promised' | 'unknown';

export type StateWords = Readonly<{ text: string; tone: Tone; shape: Shape; certainty: Certainty }>;

const confirmed = (text: string, tone: Tone, shape: Shape): StateWords => ({ text, tone, shape, certainty: 'confirmed' });
const promised = (text: string, tone: Tone, shape: Shape): StateWords => ({ text, tone, shape, certainty: 'promised' });
const unknown = (text: string, tone: Tone, shape: Shape): StateWords => ({ text, tone, shape, certainty: 'unknown' });

const holdEnded = (lost: string): StateWords => confirmed(`Hold ended: ${lost} lost`, 'amber', 'late');

/** What a payment's state is called on screen. */
export function paymentWords(payment: PaymentView): StateWords {
  const money = (minor: number) => formatMoney(minor, payment.currency);
  switch (payment.state) {
    case 'not-paid':
      return confirmed('Unpaid', 'grey', 'hollow');
    case 'on-hold':
      return payment.moves.capture.open && payment.onHoldMinor > 0
        ? confirmed(`On hold · ${money(payment.onHoldMinor)}${payment.openActionIds.length > 0 ? ' more' : ''} to capture`, 'blue', 'hold')
        : confirmed('On hold', 'blue', 'hold');
    case 'part-taken':
      if (payment.lostAtEndMinor > 0) return holdEnded(money(payment.lostAtEndMinor));
      return confirmed(`${money(payment.takenMinor)} of ${money(payment.totalMinor)} captured`, 'blue', 'half');
    case 'taking':
      return promised('Capturing…', 'blue', 'arc');
    case 'paid':
      return confirmed(payment.captureMode === 'Manual' ? 'Captured' : 'Paid', 'teal', 'tick');
    case 'undone':
      if (payment.lostAtEndMinor > 0) return holdEnded(money(payment.lostAtEndMinor));
      return confirmed(`${payment.captureMode === 'Manual' ? 'Released' : 'Reversed'}: the customer is not charged`, 'violet', 'return');
    case 'refunded':
      return confirmed('Refunded', 'violet', 'back');
    case 'part-refunded':
      return confirmed(`${money(payment.refundedMinor)} of ${money(payment.takenMinor)} refunded`, 'violet', 'back-part');
    case 'cancelled':
      return confirmed('Cancelled before payment', 'grey', 'cross');
    case 'capture-declined':
      return confirmed('Declined by the bank, nothing captured', 'amber', 'bang');
    case 'capture-failed':
      return confirmed('Failed, nothing captured', 'amber', 'stop');
    case 'unknown':
      return unknown(payment.status, 'grey', 'question');
  }
}

/** What an action's state is called on screen. */
export const ACTION_STATE_WORDS: Readonly<Record<ActionState, StateWords>> = {
  waiting: promised('Queued', 'blue', 'clock'),
  sending: promised('Sending', 'blue', 'up'),
  checking: unknown('Checking with Dojo', 'amber', 'magnifier'),
  done: confirmed('Done', 'teal', 'tick'),
  refused: confirmed('Refused', 'amber', 'stop'),
  expired: confirmed('Too late', 'grey', 'late'),
  withdrawn: confirmed('Removed', 'grey', 'dash'),
  needsPerson: unknown('Needs you', 'amber', 'person'),
};

/** How an action ended where it was not Dojo that said so: a person did, or its payment shows no trace of it. */
const ENDED_OTHERWISE: Readonly<Record<string, StateWords>> = {
  'settled-happened': unknown('Done, as a person found', 'grey', 'tick'),
  'settled-not': unknown('Not done, as a person found', 'grey', 'cross'),
  'gave-up': unknown('Not done, as far as Dojo shows', 'grey', 'cross'),
};

/** What an action's state is called on screen; for a capture that Dojo took, its outcome at the bank. */
export function actionWords(action: ActionView): StateWords {
  if (action.state === 'done' && action.kind === 'capture') return doneCaptureWords(action);
  if (action.state === 'done' && action.kind === 'refund' && action.cameTwice) return unknown('Refunded, perhaps twice', 'amber', 'bang');
  if (action.tooLate) return unknown('Too late', 'amber', 'late');
  if (action.timeDoubted) return promised('Queued until the time is sure', 'blue', 'clock');
  if (action.willBeLate) return unknown('Will be too late', 'amber', 'late');
  if (action.state === 'waiting' && action.otherAccount) return promised('Queued for its own key', 'blue', 'clock');
  return ENDED_OTHERWISE[action.code ?? ''] ?? ACTION_STATE_WORDS[action.state];
}

/** That Dojo took the request is not yet the bank's word: nothing is called captured before that. */
function doneCaptureWords({ captureStatus, outcomeShown, code, cameTwice }: ActionView): StateWords {
  if (cameTwice) return unknown(captureStatus === 'Successful' ? 'Captured, perhaps twice' : 'Capturing…, perhaps twice', 'amber', 'bang');
  if (captureStatus !== null) return captureWords(captureStatus);
  if (code === 'settled-happened') return unknown('Captured, as a person found', 'grey', 'tick');
  return outcomeShown ? captureWords('Created') : unknown('Sent, outcome not shown', 'grey', 'question');
}

/** A capture's outcome at the bank. */
export function captureWords(status: string): StateWords {
  switch (status) {
    case 'Created':
      return promised('Capturing…', 'blue', 'arc');
    case 'Successful':
      return confirmed('Captured', 'teal', 'tick');
    case 'Declined':
      return confirmed('Declined by the bank, nothing captured', 'amber', 'bang');
    case 'Failed':
      return confirmed('Failed, nothing captured', 'amber', 'stop');
    default:
      return unknown(status, 'grey', 'question');
  }
}

/** What a move is called where it is a thing: “the capture of £42.00”. */
export const MOVE_NOUNS: Readonly<Record<MoveKind, string>> = {
  capture: 'Capture',
  reverse: 'Reversal',
  refund: 'Refund',
  cancel: 'Cancellation',
  setAmount: 'Change of amount',
  setTips: 'Change of tips',
  sendReceipt: 'Receipt',
};

/** Several of them. */
export const MANY: Readonly<Record<MoveKind, string>> = {
  capture: 'captures',
  reverse: 'releases and reversals',
  refund: 'refunds',
  cancel: 'cancellations',
  setAmount: 'changes of an amount',
  setTips: 'changes of tips',
  sendReceipt: 'receipts',
};

/** What an action is about: `Capture £42.00`, `Release`, `Refund £5.00`. */
export function actionTitle(action: ActionView): string {
  const noun = action.way === 'release' ? 'Release' : MOVE_NOUNS[action.kind];
  if (action.amountMinor === null) return noun;
  const tips = action.tipsMinor > 0 ? ` + ${formatMoney(action.tipsMinor, action.currency)} tips` : '';
  return `${noun} ${formatMoney(action.amountMinor, action.currency)}${tips}`;
}

/** Dojo writes schemes in capitals; `Mastercard` reads more calmly than `MASTERCARD`. */
export const schemeWords = (scheme: string): string => (/^[A-Z]{4,}$/.test(scheme) ? scheme.charAt(0) + scheme.slice(1).toLowerCase() : scheme);

/** The card as it is printed on a receipt: `Visa ···· 1234`. */
export function cardWords(card: PaymentView['card']): string {
  if (!card) return '';
  const digits = card.last4 ? `···· ${card.last4}` : '';
  return [card.scheme ? schemeWords(card.scheme) : '', digits].filter(Boolean).join(' ');
}

/** The same for screen readers. */
export const cardSpoken = (card: PaymentView['card']): string => cardWords(card).replace('····', 'ending in');

export const MODE_WORDS: Readonly<Record<Connection['mode'], string>> = {
  none: 'No key',
  training: 'Training',
  test: 'Test key',
  live: 'Live key',
};
