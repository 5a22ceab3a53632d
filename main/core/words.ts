import { CLOSED_NEXT } from './closed-next.ts';
import type { Failure } from './failure.ts';
import { holdEndInWords } from './hold-end-words.ts';
import { inWords, money } from './money.ts';
import { isLeftToRefund, type Payment, takenMinor } from './payment/payment.ts';
import type { MoveRefusal } from './payment/rules.ts';
import { type Action, isKept, type MoveKind, wasSent } from './queue/action.ts';
import { isTakenWhole } from './queue/evidence.ts';
import type { HeldUpBy } from './queue/held-up.ts';
import type { Said } from './queue/outcome.ts';
import { askedOf, DECIDE_AGAIN, isRelease, type Named, NOUN, namedOf, refusalWords } from './refusals.ts';
import { troubleWords } from './troubles.ts';

const nounOf = (action: Action) => NOUN[namedOf(action)];

/** Said only where it is known. */
const NOTHING_MOVED: Readonly<Record<MoveKind, string>> = {
  capture: 'Nothing moved.',
  reverse: 'Nothing moved.',
  refund: 'Nothing moved.',
  cancel: 'This changed nothing.',
  setAmount: 'This changed nothing.',
  setTips: 'This changed nothing.',
  sendReceipt: 'No receipt was sent.',
};
const nothingMoved = (action: Action) => NOTHING_MOVED[action.move.kind];

const sentences = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
const alone = (message: string): Said => ({ message, next: null });

const READS = 'Tillside reads the payment to find out; it does not send again blindly.';
const WAIT = 'Wait: nothing has to be done. Do not do it again another way meanwhile.';
const DO_IT_AGAIN = 'Do it again when there is a connection.';
const IN_DOJO = 'Do it in Dojo, then settle it in the queue.';
const COMPARE_THEN_SEND = 'Compare with Dojo, then send it or settle it in the queue.';
const ABSENT_PART = 'Look it up in Dojo. Then settle it, or send it once more.';
const LOOK_UP = 'Look it up in Dojo, then settle it in the queue.';

const IS_LOOKED_UP = 'Whether that is so is looked up now.';

/** Why Dojo refused it, or refused to show the payment before it was sent. Its no is certain: nothing moved. */
export function refusedInWords(action: Action, failure: Failure, asked: 'read' | 'move'): Said {
  const { what, why, says, next } = refusalWords(asked === 'read' ? 'read' : askedOf(action), failure);
  return { message: sentences(what, nothingMoved(action), why, says), next };
}

/** Why the last try did not get through, while the action waits for another. */
export function waitingInWords(failure: Failure, action: Action): Said {
  const { what, waits, meanwhile } = troubleWords(failure);
  const isOver = !isKept(action) && (failure.kind === 'not-sent' || failure.kind === 'not-dojo');
  return { message: sentences(what, isOver ? NOT_FOR_LATER : waits), next: meanwhile };
}
const NOT_FOR_LATER = 'It is not kept for later: its payment is looked at when there is a connection.';

/** Why it is not known whether a request that was sent was done. */
export function checkingInWords(failure: Failure): Said {
  const why =
    failure.kind === 'refused' ? 'It was sent again and Dojo refused it, perhaps because it was done before.' : `It was sent. ${troubleWords(failure).what}`;
  return { message: sentences(why, READS), next: WAIT };
}

/** What the rules close because of what the payment shows; all else they close by the clock, the settings or another action here. */
const SHOWS_A_CHANGE: ReadonlySet<MoveRefusal['code']> = new Set([
  'unknown-status',
  'undone',
  'cancelled',
  'refunded',
  'nothing-left',
  'settling',
  'taken',
  'part-taken',
  'paid',
  'amount-too-large',
]);

const DONE: Readonly<Record<Named, string>> = {
  capture: 'Dojo took the request.',
  reverse: 'Reversed: the customer is not charged.',
  release: 'Released: the customer is not charged.',
  refund: 'Refunded.',
  cancel: 'Cancelled.',
  setAmount: 'The amount is changed.',
  setTips: 'The tips are changed.',
  sendReceipt: 'The receipt is sent.',
};

/** What kept something from being sent that is not kept for later, and what to do about that. */
const HELD_UP: Readonly<Record<HeldUpBy, Readonly<{ why: string; next: string }>>> = {
  'no-key': { why: 'Tillside was not connected to Dojo', next: 'Connect with the key, then do it again.' },
  'key-refused': { why: 'Dojo did not accept the API key', next: 'Mend the key in the settings, then do it again.' },
  'no-version': { why: 'Dojo did not answer in any API version that Tillside knows', next: 'Do it again when the header says Live.' },
  'other-account': { why: 'Another account was connected', next: 'Connect with the key of its account, then do it again.' },
  paused: { why: 'The queue was paused', next: 'Press Go on in the queue, then do it again.' },
  disk: { why: 'It could not be written down on this PC', next: 'A notice says what to do about the disk. Do it again after that.' },
  unreadable: {
    why: 'An earlier action on this payment cannot be read from the disk',
    next: 'Look the payment up in Dojo and finish it there.',
  },
  operation: { why: 'Dojo does not allow this key to do that', next: 'Connect with a key that may do it, then do it again.' },
  'asked-to-wait': { why: 'Tillside was asked to wait', next: 'Wait until that has passed, then do it again.' },
  'no-answer': { why: 'It did not get through to Dojo at once', next: 'Do it again in a minute. If it stays so, look it up in Dojo.' },
  delay: { why: 'It could not be sent at once', next: DECIDE_AGAIN },
};

export const words = {
  accepted: (action: Action, payment: Pick<Payment, 'captureMode' | 'status'>) =>
    `The ${isRelease(action, payment) ? NOUN.release : nounOf(action)} was decided here.`,
  sending: 'Sent to Dojo.',

  done: (action: Action) => alone(DONE[namedOf(action)]),
  /** A person had settled it as not done. */
  doneAfterAll: (action: Action) => alone(`Dojo’s answer came after all. ${DONE[namedOf(action)]}`),
  /** It needs a person, who is asked when Dojo has answered. */
  answerAwaited: 'It is being sent just now. Wait for Dojo’s answer.',
  doneByEvidence: alone('The answer was lost, but Dojo shows that it was done.'),
  checkedAgain: { message: `It was sent, but it is not known what became of it. ${READS}`, next: WAIT },
  /** A no of Dojo's may be wrong: that nothing moved is said once its payment was looked at. */
  refusedUnread: (action: Action, { message, next }: Said): Said => ({ message: message.replace(nothingMoved(action), IS_LOOKED_UP), next }),
  refusedRead: (action: Action, { message, next }: Said): Said => ({ message: message.replace(IS_LOOKED_UP, nothingMoved(action)), next }),
  refusedBefore: { message: 'Dojo refused it. The payment was looked at once more.', next: 'Nothing is sent again. Decide again if it is still wanted.' },
  restarted: { message: `Tillside stopped while it was being sent. ${READS}`, next: WAIT },
  /** A person removed it, and is asked all the same: it is not offered for sending. */
  removedBefore: ({ message }: Said): Said => ({ message: `Removed. ${message}`, next: LOOK_UP }),
  /** What needs a connection. */
  notKept: (action: Action): Said => ({
    message: sentences(`There was no connection, so it was not sent${wasSent(action) ? ' again' : ''}.`, nothingMoved(action)),
    next: DO_IT_AGAIN,
  }),
  heldUp: (action: Action, by: HeldUpBy): Said => {
    const { why, next } = HELD_UP[by];
    return { message: sentences(`${why}, so it was not sent${wasSent(action) ? ' again' : ''}.`, nothingMoved(action)), next };
  },
  stoppedUnsent: (action: Action): Said => ({ message: sentences('Tillside stopped before it was sent.', nothingMoved(action)), next: DECIDE_AGAIN }),
  diskFailed: {
    message: 'It could not be written down on this PC, so it was not sent. It is sent as soon as it can be.',
    next: 'A notice says what keeps it from being written, and what to do.',
  },
  /** `actions`: this till's on the payment. */
  expired: (action: Action, payment: Payment, actions: readonly Action[]) => {
    const atEnd = holdEndInWords(payment, actions);
    // What was sent may still arrive.
    const what = wasSent(action)
      ? `The ${nounOf(action)} was sent, and Dojo does not show that it was done. It is too late to send it again.`
      : `The ${nounOf(action)} was not sent in time and will not be sent.`;
    return { message: sentences(what, atEnd ?? (wasSent(action) ? '' : nothingMoved(action))), next: nextOfExpired(action, payment, atEnd !== null) };
  },
  withdrawn: (action: Action) => {
    if (!wasSent(action)) return alone(sentences('Removed before it was sent.', nothingMoved(action)));
    // Of a receipt nothing shows.
    if (action.move.kind === 'sendReceipt') return alone('Removed: it is not sent again. It may have been sent before.');
    return alone(sentences('Removed: Dojo showed that it had not been done.', nothingMoved(action)));
  },
  withdrawnUnread: { message: 'Removed. Tillside reads the payment once more, to see that nothing moved.', next: WAIT },
  closed: (action: Action, { code, message }: MoveRefusal) => ({
    message: sentences(
      SHOWS_A_CHANGE.has(code) ? 'The payment changed in the meantime.' : '',
      message,
      wasSent(action) ? 'It was not sent again.' : 'Nothing was sent.',
    ),
    next: CLOSED_NEXT[code],
  }),
  otherCurrency: (action: Action, nowIn: string): Said => ({
    message: `This was decided in ${action.currency}, and the payment is in ${nowIn} now. ${wasSent(action) ? 'It was not sent again.' : 'Nothing was sent.'}`,
    next: DECIDE_AGAIN,
  }),
  gaveUp: (action: Action) => ({
    message: `Dojo shows that the ${nounOf(action)} was not done in ${action.sends === 1 ? 'one try' : `${action.sends} tries`}. ${nothingMoved(action)}`,
    next: DECIDE_AGAIN,
  }),
  /** Why only a person can go on. */
  needsPerson: {
    conflict: { message: 'Dojo shows something that this action alone does not explain.', next: LOOK_UP },
    unreadable: { message: 'With what Dojo shows, it cannot be told whether this was done.', next: LOOK_UP },
    'never-came': { message: 'Dojo could not be read for a long time, so it is not known whether this was done.', next: LOOK_UP },
    'absent-part': { message: 'It was sent and its answer was lost. Dojo shows no trace of it.', next: ABSENT_PART },
    moved: { message: 'Tillside’s record was copied or moved. The other copy may have sent this.', next: COMPARE_THEN_SEND },
    'new-key': { message: 'The key is new, and Dojo does not say whose account it is. Nothing is sent by itself.', next: COMPARE_THEN_SEND },
    'no-record': { message: 'An older version of Tillside queued this. What it knew of the payment was not kept.', next: COMPARE_THEN_SEND },
    'changed-since': { message: 'Dojo shows the same amount moved since this was decided. It was not sent now.', next: COMPARE_THEN_SEND },
    'paid-since': { message: 'The customer has paid since this was decided. It was not sent now.', next: COMPARE_THEN_SEND },
    'no-date': { message: 'Dojo does not say what time it is, so it may be too late. It was not sent now.', next: COMPARE_THEN_SEND },
    'no-date-reversal': { message: 'Dojo does not say what time it is, so it may be too late. It was not sent now.', next: IN_DOJO },
    'key-refused': { message: 'Dojo did not accept the key for this for half an hour. It says that nothing was done.', next: COMPARE_THEN_SEND },
    throttled: { message: 'Dojo asked to wait with this for half an hour. It says that nothing was done.', next: COMPARE_THEN_SEND },
    'not-sent': { message: 'This could not be sent for half an hour, while other payments could.', next: COMPARE_THEN_SEND },
    'not-shown': { message: 'This payment could not be read for half an hour. Nothing was sent.', next: LOOK_UP },
  },
  /** A hold can still be released after midnight, if Dojo allows it. */
  noDateReversal: (payment: Payment): Said => {
    const instead = payment.status === 'Created' ? 'cancel' : isLeftToRefund(payment) ? 'refund' : null;
    return { ...words.needsPerson['no-date-reversal'], next: sentences(IN_DOJO, instead === null ? '' : `After midnight, ${instead} it instead.`) };
  },
  /** Dojo's answers, or the PC's clock and they, told several times for long. */
  timeUncertain: (said: Said): Said => ({ ...said, message: 'It stayed uncertain what time it is, so it may be too late. It was not sent now.' }),
  /** Of a move of this one payment; whether it refuses the key altogether the header says. */
  keyNotAccepted: {
    message: 'Dojo does not accept the key for this payment. Tillside tries again.',
    next: 'Other payments go on. If it stays so, look it up in Dojo.',
  },
  /** What Dojo shows is no proof of this one. `shownMinor`, null: it is not just what was asked for. */
  conflict: ({ move, currency }: Action, shownMinor: number | null): Said =>
    shownMinor === null
      ? words.needsPerson.conflict
      : {
          message: `Dojo shows ${inWords(money(shownMinor, currency))} ${move.kind === 'refund' ? 'refunded' : 'captured'} since it was sent: it may be this one, or another till’s.`,
          next: LOOK_UP,
        },
  showsNew: { message: 'Dojo shows something new.', next: 'Look at it again, then decide.' },
  absentPartShows: { message: 'It was sent and its answer was lost. Dojo shows a capture like it by now.', next: LOOK_UP },
  /** Where Dojo said no to it, no answer was lost. */
  showsByNow: ({ outcome }: Action): Said => (outcome?.settledBy === 'answer' ? { message: outcome.message, next: LOOK_UP } : words.absentPartShows),
  /** Why it was asked about stays said. */
  doneByNow: (action: Action, payment: Payment): Said => ({
    message: sentences(action.outcome?.message ?? '', `Dojo shows it ${doneAs(action, payment)} by now: nothing is left to send.`),
    next: LOOK_UP,
  }),
  /** `mayBeMade`: Dojo shows a capture that it may have made. */
  overByNow: (action: Action, mayBeMade: boolean): Said =>
    mayBeMade
      ? { message: sentences(action.outcome?.message ?? '', 'Dojo shows the hold released: no capture can be made any more.'), next: LOOK_UP }
      : {
          message: wasSent(action)
            ? 'Dojo shows the hold released, and not this capture: none can be made any more.'
            : 'Dojo shows the hold released: no capture can be made any more. Nothing was sent.',
          next: 'Settle it as not done. If the money is due, ask for another payment.',
        },
  absentPart: { message: 'It was sent and its answer was lost. Dojo shows no trace of it so far.', next: ABSENT_PART },
  readRefused: (action: Action, failure: Failure) => ({
    message: sentences(whyNotShown(failure), `${wasSent(action) ? 'It was not sent again' : 'Nothing was sent'}; Tillside tries again.`),
    next: 'Other payments go on. If it stays so, look it up in Dojo.',
  }),
  /** Dojo refused it, and the payment shows why: what was wanted is so already. */
  already: {
    /** `isTaken`: the bank has said so. */
    captured: (isTaken: boolean) => alone(`Dojo refused this: all of the payment is ${isTaken ? '' : 'being '}captured already.`),
    reversed: (captureMode: 'Auto' | 'Manual') => ({
      message: `Dojo refused this: the payment is ${captureMode === 'Manual' ? 'released' : 'reversed'} already. The customer is not charged.`,
      next: null,
    }),
    cancelled: { message: 'Dojo refused this: the payment is cancelled already.', next: null },
  },
  restored: (date: string) => ({ message: `Tillside went back to its backup of ${date}. It cannot tell whether this was done since.`, next: LOOK_UP }),
  endLost: { message: 'The end of Tillside’s own record is missing. It cannot tell whether this was done.', next: LOOK_UP },
  settledHappened: (note: string) => alone(noted('A person settled it: it was done.', note)),
  settledNot: (note: string) => alone(noted('A person settled it: it was not done.', note)),
} as const;

/** What the payment shows of an action that has nothing left to do. */
function doneAs({ move }: Action, payment: Payment): string {
  switch (move.kind) {
    case 'capture':
      return isTakenWhole(payment) ? 'captured' : 'being captured';
    case 'cancel':
      return 'cancelled';
    case 'reverse':
      return undone(payment);
    case 'refund':
      return payment.status === 'Reversed' && takenMinor(payment) === 0 ? undone(payment) : 'refunded';
    case 'setAmount':
    case 'setTips':
    case 'sendReceipt':
      return 'done';
  }
}

const undone = ({ captureMode }: Payment): string => (captureMode === 'Manual' ? 'released' : 'reversed');

function whyNotShown(failure: Failure): string {
  const { kind, cause, status } = failure;
  if (kind === 'key-refused') return 'Dojo does not accept the key for this payment.';
  if (cause === 'odd') return 'Tillside cannot read what Dojo says of this payment.';
  if (kind !== 'refused') return troubleWords(failure).what;
  return status === 403 ? 'This key may not read this payment.' : 'Dojo refuses to show this payment.';
}

function nextOfExpired(action: Action, payment: Payment, isTakenAtEnd: boolean): string {
  if (payment.captureMode === 'Auto') {
    if (action.move.kind !== 'reverse' || !isLeftToRefund(payment)) return DECIDE_AGAIN;
    return wasSent(action) ? 'Look at the payment again in 20 minutes. If it is not reversed then, refund it instead.' : 'Refund it instead.';
  }
  return action.move.kind === 'capture' && !isTakenAtEnd ? CLOSED_NEXT.lapsed : DECIDE_AGAIN;
}

const noted = (said: string, note: string) => (note === '' ? said : `${said} “${note}”`);

/** What to do about a take that the bank turned down after Dojo had taken the request. */
export const CAPTURE_NEXT: Readonly<Record<string, string>> = {
  Declined: 'Capture it once more, or ask the customer for another card.',
  Failed: 'Capture it once more. If it fails again, ask the customer for another card.',
};

export const CAPTURE_OVER = 'It can no longer be captured: ask the customer for another card.';
