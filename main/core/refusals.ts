import type { Failure } from './failure.ts';
import type { Payment } from './payment/payment.ts';
import type { Action, MoveKind } from './queue/action.ts';

/** A reversal that lets a hold go is a release: a cashier has a word of its own for it. */
export type Named = MoveKind | 'release';
/** What Dojo was asked for when it said no. */
export type Asked = Named | 'reverseUnpaid' | 'read' | 'search';
/** In the order in which they are said; empty where there is nothing more to say. `says`: what Dojo itself adds. */
export type Refusal = Readonly<{ what: string; why: string; says: string; next: string }>;

/** What each move is called in a sentence. */
export const NOUN: Readonly<Record<Named, string>> = {
  capture: 'capture',
  reverse: 'reversal',
  release: 'release',
  refund: 'refund',
  cancel: 'cancellation',
  setAmount: 'change of amount',
  setTips: 'change of tips',
  sendReceipt: 'receipt',
};

/** As it was read before the send, or known when it was decided. */
const statusBefore = ({ baseline, decidedOn }: Action): string | undefined => (baseline ?? decidedOn)?.status;

/** Where neither is known, Dojo's own word, a reversal, is true of both. */
export const namedOf = (action: Action): Named => (action.move.kind === 'reverse' && statusBefore(action) === 'Authorized' ? 'release' : action.move.kind);

/** The same where the payment is at hand: an older version of Tillside kept neither. What nobody had paid was no hold. */
export function isRelease(action: Action, payment: Pick<Payment, 'captureMode' | 'status'>): boolean {
  return action.move.kind === 'reverse' && payment.captureMode === 'Manual' && (statusBefore(action) ?? payment.status) !== 'Created';
}

export const askedOf = (action: Action): Asked => (action.move.kind === 'reverse' && statusBefore(action) === 'Created' ? 'reverseUnpaid' : namedOf(action));

/** The statuses that Dojo documents for its refusals; what else it may answer is `other`. 401 is about the key itself and no refusal. */
const DOCUMENTED = [400, 403, 404, 405, 409] as const;
type Status = (typeof DOCUMENTED)[number] | 'other';
/** What happened, shortest first: a row of a list shows the beginning of it. */
type Said = readonly [what: string, why: string, next: string];

export const DECIDE_AGAIN = 'Look at the payment as it is now, then decide again.';
const LOOK_UP = 'Look the payment up in Dojo.';
const ONCE_MORE = 'Try it once more. If Dojo refuses again, hand its answer to Dojo’s support.';
/** That it changed is said where a change is seen: `lostRace`. */
const NOT_AS_IT_IS = 'It does not accept it for the payment as it is now';
const UNKNOWN: Said = ['Dojo does not know this payment.', '', 'See that the right shop’s key is connected, then look the payment up in Dojo.'];
const ANOTHER_KEY = 'Make a key in Dojo’s developer portal that may see and change payments, and paste it.';
/** What a key lacks permission for. */
const NOT_ALLOWED = (what: string): Said => [`Dojo does not allow this API key to see ${what}.`, '', ANOTHER_KEY];
const NOT_SHOWN: Said = ['Dojo refused to show this payment.', '', 'Read the payment again. If Dojo refuses again, hand its answer to Dojo’s support.'];
const NOT_LISTED: Said = ['Dojo refused to show the payments.', '', 'Try again. If Dojo refuses again, look at the API version in the settings.'];

const refused = (kind: Named) => `Dojo refused the ${NOUN[kind]}.`;
/** What a move's refusal means unless the move has words of its own for the status. */
const usually = (kind: Named): Readonly<Record<Status, Said>> => ({
  400: [refused(kind), 'It does not accept it for this payment.', DECIDE_AGAIN],
  403: [refused(kind), 'It does not allow this API key to do that.', `${ANOTHER_KEY} Then decide again.`],
  404: UNKNOWN,
  405: [refused(kind), 'This payment does not allow it.', LOOK_UP],
  409: [refused(kind), `${NOT_AS_IT_IS}.`, DECIDE_AGAIN],
  other: [refused(kind), '', ONCE_MORE],
});

const REFUND_INSTEAD = 'Look at the payment as it is now. If it was captured, or paid on an earlier day, refund it instead.';
const CANCEL_INSTEAD = 'Cancel it instead, if still nobody has paid.';
const RELEASE_INSTEAD = 'Look at the payment as it is now. What was captured of it can only be refunded.';
const NOT_CREATED_SO = 'The payment was not created to allow it.';
const RECEIPT_ONCE_TAKEN = 'there is a receipt only once it is captured.';

const REFUSED: Readonly<Record<Asked, Readonly<Record<Status, Said>>>> = {
  capture: {
    ...usually('capture'),
    400: [refused('capture'), 'It does not accept this amount, or a capture of this payment.', 'Look at how much of the hold is left, then decide again.'],
  },
  reverse: {
    ...usually('reverse'),
    400: [refused('reverse'), 'It does not accept it for this payment.', REFUND_INSTEAD],
    409: [refused('reverse'), `${NOT_AS_IT_IS}, or its day is over.`, REFUND_INSTEAD],
  },
  reverseUnpaid: {
    ...usually('reverse'),
    400: [refused('reverse'), 'It does not accept it for this payment.', CANCEL_INSTEAD],
    409: [refused('reverse'), `${NOT_AS_IT_IS}.`, CANCEL_INSTEAD],
  },
  release: {
    ...usually('release'),
    400: [refused('release'), 'It does not accept it for this payment.', RELEASE_INSTEAD],
    409: [refused('release'), `${NOT_AS_IT_IS}.`, RELEASE_INSTEAD],
  },
  refund: {
    ...usually('refund'),
    400: [
      refused('refund'),
      'It does not accept this amount, or a refund of this payment.',
      'Look at what was captured and what was given back already, then refund no more than the rest.',
    ],
  },
  cancel: {
    ...usually('cancel'),
    400: [refused('cancel'), 'It does not accept it for this payment.', 'Look at the payment as it is now. If it was paid, give the money back instead.'],
    404: ['Dojo does not find this payment.', 'It may be cancelled already.', LOOK_UP],
  },
  setAmount: {
    ...usually('setAmount'),
    400: [refused('setAmount'), 'It does not accept this amount, or a change of this payment.', DECIDE_AGAIN],
    405: [refused('setAmount'), NOT_CREATED_SO, 'Cancel it and ask for a new payment of the right amount.'],
  },
  setTips: {
    ...usually('setTips'),
    400: [refused('setTips'), 'It does not accept these tips, or a change of this payment.', DECIDE_AGAIN],
    405: [refused('setTips'), NOT_CREATED_SO, 'Cancel it and ask for a new payment with the tips in it.'],
  },
  sendReceipt: {
    ...usually('sendReceipt'),
    400: [
      refused('sendReceipt'),
      'It does not accept an address, or has no receipt of this payment.',
      `Check the addresses and the payment: ${RECEIPT_ONCE_TAKEN}`,
    ],
    404: ['Dojo does not know this payment, or has no receipt of it.', '', `Look at the payment: ${RECEIPT_ONCE_TAKEN}`],
  },
  read: { 400: NOT_SHOWN, 403: NOT_ALLOWED('this payment'), 404: UNKNOWN, 405: NOT_SHOWN, 409: NOT_SHOWN, other: NOT_SHOWN },
  search: { 400: NOT_LISTED, 403: NOT_ALLOWED('the payments'), 404: NOT_LISTED, 405: NOT_LISTED, 409: NOT_LISTED, other: NOT_LISTED },
};

/** What the till itself would not send, and the one no that stands in a yes (`capture-failed`, 2022-01-03). */
export type OwnCause = 'bad-id' | 'bad-currency' | 'bad-key' | 'bad-amount' | 'no-tips' | 'no-tips-amount' | 'no-version' | 'capture-failed';
const NOT_ASKED = 'Dojo was not asked.';
const IN_DOJO = 'Do it in Dojo, and tell whoever looks after the till.';
export const OWN_WORDS: Readonly<Record<OwnCause, Said>> = {
  'bad-id': ['The payment’s number is damaged on this PC.', NOT_ASKED, IN_DOJO],
  'bad-currency': ['The payment’s currency is damaged on this PC.', NOT_ASKED, IN_DOJO],
  'bad-key': ['The action’s own number is damaged on this PC.', NOT_ASKED, 'Decide it again.'],
  'bad-amount': ['The amount is not one that Tillside sends.', NOT_ASKED, 'Decide it again with the right amount.'],
  'no-tips': [
    'The API version in the settings takes no tips with a capture.',
    NOT_ASKED,
    'Capture amount and tips together as one amount, or choose a newer API version in the settings.',
  ],
  'no-tips-amount': [
    'The API version in the settings has no change of tips.',
    NOT_ASKED,
    'Ask for a new payment with the tips in it, or choose a newer API version in the settings.',
  ],
  'no-version': [
    'Dojo accepts none of the API versions that Tillside knows.',
    'Nothing is sent until it does.',
    'Nothing has to be done: it is asked again by itself. If it stays so, look for a newer Tillside.',
  ],
  'capture-failed': ['The capture did not go through at the bank.', '', 'Try it once more. If it fails again, ask the customer for another card.'],
};
const isOwn = (cause: string): cause is OwnCause => Object.hasOwn(OWN_WORDS, cause);

/**
 * The titles of Dojo's specifications and guides, in small letters and without a full stop, each with what it tells a cashier beside
 * the status. null: nothing, since most are only the name of the status. They refine these words, and nothing the till does.
 */
export const TITLES: Readonly<Record<string, string | null>> = {
  'one or more validation errors occurred': 'It found something in the request that does not fit.',
  'bad request': null,
  unauthorized: null,
  forbidden: null,
  'not found': null,
  'method not allowed': null,
  conflict: null,
  'unsupported media type': null,
  'too many requests': null,
  'internal server error': null,
  'bad gateway': null,
  'service unavailable': null,
  'gateway timeout': null,
};
export const titleKey = (title: string): string => title.trim().toLowerCase().replace(/\.$/, '');

const QUOTE_MAX = 200;

function saysIn({ title, detail }: Failure): string {
  const known = title !== null && Object.hasOwn(TITLES, titleKey(title)) ? (TITLES[titleKey(title)] ?? '') : null;
  const quoted = detail ?? (known === null ? title : null);
  return [known, quoted === null ? null : quote(quoted)].filter(Boolean).join(' ');
}

function quote(text: string): string {
  const short = text.length > QUOTE_MAX ? `${text.slice(0, QUOTE_MAX - 1)}…` : text;
  return `It says: “${short}”${/[.!?]$/.test(short) ? '' : '.'}`;
}

/** What a no means, by what was asked and the status of the answer; by its cause where Dojo was not asked. */
export function refusalWords(asked: Asked, failure: Failure): Refusal {
  const status = DOCUMENTED.find((documented) => documented === failure.status) ?? 'other';
  const [what, why, next] = isOwn(failure.cause) ? OWN_WORDS[failure.cause] : REFUSED[asked][status];
  return { what, why, says: saysIn(failure), next };
}
