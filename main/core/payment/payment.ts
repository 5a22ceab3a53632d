import { AMOUNT_MINOR_MAX } from '../money.ts';

/** Statuses of a payment intent (specification 2026-02-27, PaymentIntentStatus). A later one is kept as Dojo says it. */
export const KNOWN_STATUSES = ['Created', 'Authorized', 'Captured', 'Reversed', 'Refunded', 'Canceled'] as const;
export type KnownStatus = (typeof KNOWN_STATUSES)[number];

/** Created = Dojo is processing it; Declined and Failed took nothing (specification, CaptureStatus). */
export const KNOWN_CAPTURE_STATUSES = ['Created', 'Successful', 'Declined', 'Failed'] as const;

export type Capture = Readonly<{
  id: string;
  amountMinor: number;
  tipsMinor: number;
  /** A known capture status, or the word Dojo used. */
  status: string;
  createdAtMs: number;
}>;

export type Card = Readonly<{ scheme: string | null; last4: string | null; funding: string | null; entry: string | null }>;

/** What the till keeps of a payment intent. No secrets, names or addresses: decoding drops them. Times are UTC epoch ms. */
export type Payment = Readonly<{
  id: string;
  reference: string;
  description: string;
  captureMode: 'Auto' | 'Manual';
  /** A known status, or the word Dojo used. */
  status: string;
  currency: string;
  /** The intent's amount without tips, service charge and cashback. */
  amountMinor: number;
  tipsMinor: number;
  /** 0 before 2024-02-05: its versions do not show it. */
  serviceChargeMinor: number;
  /** Paid out in cash at the counter and charged to the card; 0 before 2024-02-05. */
  cashbackMinor: number;
  /** Dojo's `totalAmount`, "after discounts and taxes"; null: not said. Whether the parts above are in it is not documented. */
  totalMinor: number | null;
  refundedMinor: number;
  /** null: this API version does not list captures (before 2024-02-05). */
  captures: readonly Capture[] | null;
  createdAtMs: number;
  updatedAtMs: number;
  /** When the card was charged or held; null while nobody has paid or Dojo does not say. */
  paidAtMs: number | null;
  /** When an unpaid intent lapses; null: 30 days after it was created. */
  expireAtMs: number | null;
  /** How long a Manual hold lasts; null: 7 days. */
  autoExpireInMs: number | null;
  /** What Dojo does with the hold then; null: not said. */
  autoExpireAction: 'Release' | 'Capture' | null;
  customAmountAllowed: boolean;
  tipsAllowed: boolean;
  card: Card | null;
}>;

const DAY_MS = 86_400_000;
export const HOLD_DEFAULT_MS = 7 * DAY_MS;

export const isKnownStatus = (status: string): status is KnownStatus => (KNOWN_STATUSES as readonly string[]).includes(status);

/** The moment the card was charged or held, as far as Dojo says; else when the intent was made. */
export const paidAt = (payment: Payment): number => payment.paidAtMs ?? payment.createdAtMs;

/** What the customer's bank holds or paid: the amount and the tips given with it. */
export const heldMinor = (payment: Payment): number => payment.amountMinor + payment.tipsMinor;

/** A capture counts while Dojo may still take it or has taken it. A status Dojo adds later counts: never too much. */
export const countsAsCaptured = (capture: Capture): boolean => capture.status !== 'Declined' && capture.status !== 'Failed';

export const captureTotalMinor = (capture: Capture): number => capture.amountMinor + capture.tipsMinor;

/**
 * What Dojo has taken or is taking. Without `captures[]` only the status tells: Captured is read as all of it.
 * An Auto payment has no captures of its own: Captured (or Refunded) means the whole of it.
 */
export function capturedMinor(payment: Payment): number {
  const taken = payment.status === 'Captured' || payment.status === 'Refunded';
  if (payment.captureMode === 'Auto') return taken ? heldMinor(payment) : 0;
  if (payment.captures === null || (payment.captures.length === 0 && taken)) return taken ? heldMinor(payment) : 0;
  return payment.captures.filter(countsAsCaptured).reduce((sum, capture) => sum + captureTotalMinor(capture), 0);
}

/** What Dojo has confirmed as taken: Successful captures, or the whole of an Auto payment. */
export function takenMinor(payment: Payment): number {
  if (payment.captureMode === 'Auto' || payment.captures === null || payment.captures.length === 0) return capturedMinor(payment);
  return payment.captures.filter((capture) => capture.status === 'Successful').reduce((sum, capture) => sum + captureTotalMinor(capture), 0);
}

/** When a Manual hold ends by itself (guide: autoExpireIn, 7 days where it is absent). */
export const holdEndsAtMs = (payment: Payment): number => paidAt(payment) + (payment.autoExpireInMs ?? HOLD_DEFAULT_MS);

/** When an unpaid intent lapses by itself (specification: 30 days where expireAt is absent). */
export const lapsesAtMs = (payment: Payment): number => payment.expireAtMs ?? payment.createdAtMs + 30 * DAY_MS;

export const isHold = (payment: Payment): boolean => payment.captureMode === 'Manual' && payment.status === 'Authorized';

/** A capture still on its way at Dojo: its outcome has to be followed. */
export const isSettling = (payment: Payment): boolean => payment.captures?.some((capture) => capture.status === 'Created') ?? false;

export const isPlausibleAmount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= AMOUNT_MINOR_MAX;
