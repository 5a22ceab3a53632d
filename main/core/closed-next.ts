import type { MoveRefusal } from './payment/rules.ts';

const ON_THE_PAYMENT = 'What can be done now is shown on the payment.';
const ASK_ANEW = 'Ask for a new payment if the customer still has to pay.';

/** What to do where the rules close a move: when it is decided, or when its turn to be sent comes. The reason is in their own words. */
export const CLOSED_NEXT: Readonly<Record<MoveRefusal['code'], string>> = {
  unreadable: 'Tell whoever looks after the till.',
  'unknown-to-key': 'Connect with the key of its account, or look it up in Dojo.',
  'unknown-status': 'Do there what has to be done.',
  currency: 'Do there what has to be done.',
  'not-paid': 'Wait until the customer has paid, or cancel the payment.',
  automatic: 'To give money back, choose that on the payment.',
  undone: ASK_ANEW,
  cancelled: ASK_ANEW,
  refunded: 'Look at what was given back before you do anything more.',
  'hold-ended': 'Read the payment again to see what became of it. If it was let go, ask the customer to pay again.',
  'nothing-left': 'Look at what was done on the payment before.',
  settling: 'Look at the payment again then.',
  taken: ON_THE_PAYMENT,
  'part-taken': ON_THE_PAYMENT,
  'day-over': ON_THE_PAYMENT,
  'not-taken-yet': 'Look at the payment again once it is captured.',
  promised: 'See what waits on this payment in the queue.',
  paid: 'To give money back, choose that on the payment.',
  lapsed: ASK_ANEW,
  'not-allowed': 'Cancel it and ask for a new payment as it should be.',
  version: 'Ask whoever looks after the till.',
  offline: 'Do it again when the connection is back.',
  'amount-too-small': 'Type a larger amount.',
  'amount-too-large': 'Type a smaller amount.',
  'tips-in-amount': 'Capture amount and tips together as one amount.',
  'tips-not-allowed': 'Leave the tips out.',
  'too-late': ON_THE_PAYMENT,
};
