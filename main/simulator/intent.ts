import type { KnownStatus } from '../core/payment/payment.ts';

export type CaptureOutcome = 'Successful' | 'Declined' | 'Failed';

export type CaptureRecord = {
  id: string;
  /** Version 2022-01-03 shows a number instead of the id. */
  number: number;
  amountMinor: number;
  tipsMinor: number;
  /** Service charge and cashback that Dojo took with it by itself. */
  extrasMinor: number;
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
  serviceChargeMinor: number;
  cashbackMinor: number;
  /** `totalAmount` less the parts: discounts below zero, taxes above. */
  totalDifferenceMinor: number;
  /** What the card was held or charged for; null: nobody has paid. */
  heldMinor: number | null;
  refundedMinor: number;
  captures: CaptureRecord[];
  createdAtMs: number;
  updatedAtMs: number;
  /** When a capture last changed it, a refund, and anything else; 0: never. */
  changedByMs: { capture: number; refund: number; other: number };
  paidAtMs: number | null;
  /** When the customer pays by himself; null: when somebody says so, or never. */
  paysAtMs: number | null;
  /** When an Auto intent takes what it is authorised for; null: nobody has paid. */
  capturesItselfAtMs: number | null;
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

/** Why the simulated Dojo says no, as it will stand in the problem details. */
export type Refusal = Readonly<{ status: number; title: string; detail: string; errors?: Readonly<Record<string, readonly string[]>> }>;

/** An intent that an earlier version of this program saved, with what it did not know yet. */
export const restored = (saved: Intent): Intent => ({
  ...{ changedByMs: { capture: 0, refund: 0, other: saved.updatedAtMs } },
  ...{ serviceChargeMinor: 0, cashbackMinor: 0, totalDifferenceMinor: 0, heldMinor: null, paysAtMs: null, capturesItselfAtMs: null },
  ...saved,
  captures: saved.captures.map((capture) => ({ ...{ extrasMinor: 0 }, ...capture })),
});
