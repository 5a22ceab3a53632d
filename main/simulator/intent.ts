import type { KnownStatus } from '../core/payment/payment.ts';

export type CaptureOutcome = 'Successful' | 'Declined' | 'Failed';

export type CaptureRecord = {
  id: string;
  /** Version 2022-01-03 shows a number instead of the id. */
  number: number;
  amountMinor: number;
  tipsMinor: number;
  status: 'Created' | CaptureOutcome;
  createdAtMs: number;
  settleAtMs: number;
  /** What the bank behind Dojo will say when it settles. */
  outcome: CaptureOutcome;
};

export type CardDetails = {
  scheme: 'VISA' | 'MASTERCARD' | 'AMEX' | 'MAESTRO';
  last4: string;
  /** The leading digits Dojo shows. */
  leading: string;
  holder: string;
  funding: 'Credit' | 'Debit' | 'Prepaid';
  entry: 'Contactless' | 'ContactChip' | 'ManualEntry';
  verification: 'Pin' | 'Device' | 'None';
};

/** A payment intent as the simulated Dojo knows it: the truth, of which an API version shows a part. */
export type Intent = {
  id: string;
  accountId: string;
  reference: string;
  description: string;
  captureMode: 'Auto' | 'Manual';
  status: KnownStatus;
  currency: string;
  requestedMinor: number;
  amountMinor: number;
  tipsMinor: number;
  refundedMinor: number;
  captures: CaptureRecord[];
  createdAtMs: number;
  updatedAtMs: number;
  paidAtMs: number | null;
  expireAtMs: number | null;
  autoExpireInMs: number | null;
  autoExpireAction: 'Release' | 'Capture' | null;
  customAmountAllowed: boolean;
  tipsAllowed: boolean;
  card: CardDetails;
  customerEmail: string;
  transactionId: string;
  authCode: string;
  clientSecret: string;
  /** What was not taken is no longer held. */
  restReleased: boolean;
  /** The hold's time is over. */
  holdEnded: boolean;
  /** Laid over what is shown: a status Dojo adds later, an odd field. The rules do not see it. */
  shownOver: Record<string, unknown> | null;
};

export type MovementKind =
  | 'held'
  | 'captured-requested'
  | 'captured'
  | 'capture-declined'
  | 'capture-failed'
  | 'released'
  | 'reversed'
  | 'refunded'
  | 'cancelled';

/** One movement of money, or of a promise of money. `id` is the capture's, reversal's or refund's. */
export type Movement = { kind: MovementKind; atMs: number; intentId: string; amountMinor: number; currency: string; id: string | null };

/** What Dojo's documents leave open or contradict: the simulated Dojo plays each way. */
export type Switches = {
  /** A capture of a part turns the intent `Captured`. */
  partCaptureTurnsCaptured: boolean;
  /** After a part was taken, the rest is no longer held. */
  partCaptureReleasesRest: boolean;
  /** The intent turns `Captured` when the capture is requested; else when the bank confirms it. */
  captureShowsAtOnce: boolean;
  /** A repeated `idempotencyKey` on a capture gives the first capture again. Documented for refunds only. */
  captureHonoursIdempotencyKey: boolean;
  /** The guide allows reversing an unpaid Manual intent; Dojo's newest page does not. */
  reverseCreatedAllowed: boolean;
  /** Dojo's newest page allows releasing a hold of an earlier day; the guide does not. */
  releaseEarlierDayAllowed: boolean;
  /** A hold shows its card and the time it was paid; else only once it is final. */
  holdShowsPaymentDetails: boolean;
  /** `startDate` and `endDate` of a search mean the last change; else the creation. */
  searchDatesMeanUpdated: boolean;
  searchOldestFirst: boolean;
  /** A cursor stands on a payment; else it counts places, which shift while payments arrive. */
  stableCursors: boolean;
  /** Intents carry fields that the examples have and the schemas forbid. */
  undocumentedFields: boolean;
};

export const DEFAULT_SWITCHES: Readonly<Switches> = {
  partCaptureTurnsCaptured: false,
  partCaptureReleasesRest: false,
  captureShowsAtOnce: false,
  captureHonoursIdempotencyKey: false,
  reverseCreatedAllowed: false,
  releaseEarlierDayAllowed: true,
  holdShowsPaymentDetails: true,
  searchDatesMeanUpdated: false,
  searchOldestFirst: false,
  stableCursors: false,
  undocumentedFields: false,
};

/** Why the simulated Dojo says no, as it will stand in the problem details. */
export type Refusal = Readonly<{ status: number; title: string; detail: string; errors?: Readonly<Record<string, readonly string[]>> }>;

export const heldOf = (intent: Intent): number => intent.amountMinor + intent.tipsMinor;

const totalOf = (captures: readonly CaptureRecord[]): number => captures.reduce((sum, capture) => sum + capture.amountMinor + capture.tipsMinor, 0);

/** Taken or being taken. */
export const claimedOf = (intent: Intent): number => totalOf(intent.captures.filter(({ status }) => status === 'Created' || status === 'Successful'));

/** Confirmed as taken by the bank. */
export const takenOf = (intent: Intent): number =>
  intent.captureMode === 'Manual'
    ? totalOf(intent.captures.filter(({ status }) => status === 'Successful'))
    : intent.status === 'Captured' || intent.status === 'Refunded'
      ? heldOf(intent)
      : 0;

/** Still held and not claimed by a capture. */
export const restOf = (intent: Intent): number =>
  intent.captureMode === 'Manual' && !intent.restReleased && (intent.status === 'Authorized' || intent.status === 'Captured')
    ? heldOf(intent) - claimedOf(intent)
    : 0;
