import type { Action, MoveKind } from './action.ts';
import type { Failure } from './retry.ts';

/** What each move is called in a sentence, before and after. */
const NOUN: Readonly<Record<MoveKind, string>> = {
  capture: 'take',
  reverse: 'undo',
  refund: 'refund',
  cancel: 'cancellation',
  setAmount: 'change of amount',
  setTips: 'change of tips',
  sendReceipt: 'receipt',
};

const nounOf = (action: Action) => NOUN[action.move.kind];

/** Why Dojo refused a request, for a cashier: what its answer says, and that nothing moved. */
export function refusedInWords(action: Action, failure: Failure): string {
  const said = failure.detail ?? failure.title;
  const why = said ? ` It says: “${said.length > 200 ? `${said.slice(0, 199)}…` : said}”` : '';
  const close = why && !/[.!?]”$/.test(why) ? '.' : '';
  switch (failure.status) {
    case 404:
      return `Dojo does not know this payment. Nothing moved.${why}${close}`;
    case 409:
      return `Dojo refused the ${nounOf(action)}: the payment changed in the meantime. Nothing moved.${why}${close}`;
    default:
      return `Dojo refused the ${nounOf(action)}. Nothing moved.${why}${close}`;
  }
}

/** Why the last try did not get through, while the action waits for another. */
export function waitingInWords(failure: Failure): string {
  switch (failure.kind) {
    case 'not-sent':
      return 'The line is down. It is sent when the line is back.';
    case 'not-dojo':
      return 'Something other than Dojo answered. The line is not really there.';
    case 'throttled':
      return 'Dojo asked to wait a moment.';
    case 'key-refused':
      return 'Dojo does not accept the API key. It is sent when the key is mended.';
    case 'unknown-outcome':
      return 'Dojo could not be read. It is tried again.';
    case 'refused':
      return 'Dojo refused.';
  }
}

export const words = {
  accepted: (action: Action) => `The ${nounOf(action)} was decided here.`,
  sending: 'Sent to Dojo.',
  checking: 'It was sent, but the answer was lost. Tillside reads the payment to find out; it does not send again blindly.',
  restarted: 'Tillside stopped while it was being sent. Tillside reads the payment to find out.',
  done: (action: Action) =>
    ({
      capture: 'Dojo took the request.',
      reverse: 'Undone: the customer is not charged.',
      refund: 'Refunded.',
      cancel: 'Cancelled.',
      setAmount: 'The amount is changed.',
      setTips: 'The tips are changed.',
      sendReceipt: 'The receipt is sent.',
    })[action.move.kind],
  doneByEvidence: 'The answer was lost, but Dojo shows that it was done.',
  diskFailed: 'It could not be written to the disk, so it was not sent. It is sent when there is room again.',
  expired: (action: Action) => `The ${nounOf(action)} was not sent in time and will not be sent${action.sends > 0 ? ' again' : ''}. Nothing moved.`,
  withdrawn: (action: Action) =>
    action.sends > 0 ? 'Withdrawn: Dojo showed that it had not been done. Nothing moved.' : 'Withdrawn before it was sent. Nothing moved.',
  changedElsewhere: (reason: string) => `The payment changed in the meantime. ${reason} Nothing was sent.`,
  gaveUp: (action: Action) => `Dojo did not do the ${nounOf(action)} in ${action.sends} tries. Dojo shows that nothing moved.`,
  conflict: 'Dojo shows something that this action alone does not explain. Compare with Dojo and decide.',
  unreadable: 'With what Dojo shows, it cannot be told whether this was done. Look it up in Dojo and decide.',
  neverCame: 'Dojo could not be read for a long time, so it is not known whether this was done. Look it up in Dojo and decide.',
  settledHappened: 'A person settled it: it was done.',
  settledNot: 'A person settled it: it was not done.',
} as const;
