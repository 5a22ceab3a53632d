import type { Failure } from '../main/core/failure.ts';
import type { Capture, Payment } from '../main/core/payment/payment.ts';
import type { Case } from '../main/core/payment/rule-context.ts';
import type { Action, Outcome } from '../main/core/queue/action.ts';

/** Builders of valid things; a test says only what differs. Amounts are pence, times UTC epoch ms. */

/** Noon of a summer Monday in London. */
export const NOON_MS = Date.parse('2026-06-15T11:00:00Z');
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const LONDON = 'Europe/London';
export const API_VERSION = '2026-02-27';

let made = 0;
/** Different from every other id of this run. */
const newId = (prefix: string) => `${prefix}_${++made}`;

/** An Auto payment of £20.00, paid an hour before noon. */
export const aPayment = (changes: Partial<Payment> = {}): Payment => ({
  id: newId('pi'),
  reference: 'Order 234',
  description: 'Demo payment',
  captureMode: 'Auto',
  status: 'Captured',
  currency: 'GBP',
  amountMinor: 2000,
  tipsMinor: 0,
  serviceChargeMinor: 0,
  cashbackMinor: 0,
  totalMinor: null,
  refundedMinor: 0,
  captures: [],
  createdAtMs: NOON_MS - HOUR_MS,
  updatedAtMs: NOON_MS - HOUR_MS,
  paidAtMs: NOON_MS - HOUR_MS,
  expireAtMs: null,
  autoExpireInMs: null,
  autoExpireAction: null,
  customAmountAllowed: false,
  tipsAllowed: false,
  card: { scheme: 'Visa', last4: '1013', funding: null, entry: null },
  ...changes,
});

/** A Manual payment of £42.00 on hold since an hour before noon. */
export const aHold = (changes: Partial<Payment> = {}): Payment =>
  aPayment({ captureMode: 'Manual', status: 'Authorized', amountMinor: 4200, autoExpireAction: 'Release', ...changes });

/** A payment nobody has paid yet. */
export const anUnpaid = (changes: Partial<Payment> = {}): Payment => aPayment({ status: 'Created', paidAtMs: null, card: null, ...changes });

/** A capture of £20.00 that the bank has confirmed. */
export const aCapture = (changes: Partial<Capture> = {}): Capture => ({
  id: newId('cp'),
  amountMinor: 2000,
  tipsMinor: 0,
  status: 'Successful',
  createdAtMs: NOON_MS,
  ...changes,
});

/** A capture of £20.00, accepted at noon and waiting. */
export function anAction(changes: Partial<Action> = {}): Action {
  const id = newId('a');
  return {
    id,
    seq: made,
    requestId: `request-of-${id}`,
    runId: null,
    accountId: 'acc_1',
    paymentId: 'pi_test',
    move: { kind: 'capture', amount: 2000 },
    currency: 'GBP',
    reference: 'Order 234',
    idempotencyKey: `key-of-${id}`,
    acceptedAtMs: NOON_MS,
    deadlineAtMs: null,
    state: 'waiting',
    sends: 0,
    firstSentAtMs: null,
    sentAtMs: null,
    apiVersion: null,
    decidedOn: { status: 'Authorized', captureIds: [], capturedMinor: 0, refundedMinor: 0, amountMinor: 4200, tipsMinor: 0, readAtMs: NOON_MS },
    baseline: null,
    notBeforeMs: 0,
    failures: 0,
    outcome: null,
    changedAtMs: NOON_MS,
    ...changes,
  };
}

export const anOutcome = (changes: Partial<Outcome> = {}): Outcome => ({
  code: 'done',
  message: 'Dojo took the request.',
  next: null,
  settledBy: 'answer',
  captureId: null,
  dojoId: null,
  status: null,
  traceId: null,
  raw: null,
  ...changes,
});

/** At noon in London, online, with the newest API version. */
export const aCase = (changes: Partial<Case> = {}): Case => ({
  payment: aHold(),
  actions: [],
  nowMs: NOON_MS,
  zone: LONDON,
  online: true,
  apiVersion: API_VERSION,
  offlineRefundMaxMinor: null,
  ...changes,
});

/** A request that timed out. */
export const aFailure = (changes: Partial<Failure> = {}): Failure => ({
  kind: 'unknown-outcome',
  cause: 'timeout',
  status: null,
  title: null,
  detail: null,
  traceId: null,
  retryAfterMs: null,
  raw: 'Cause: timeout',
  ...changes,
});
