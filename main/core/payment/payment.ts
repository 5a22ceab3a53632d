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

/** How the id of a capture begins that Dojo lists without one. No id of Dojo's has a colon. */
export const UNNAMED_CAPTURE = 'unnamed:';
/** What tells captures without an id apart, but for those that are alike in all of it. */
export const likenessOf = ({ createdAtMs, amountMinor, tipsMinor }: Capture): string => `${UNNAMED_CAPTURE}${createdAtMs}/${amountMinor}/${tipsMinor}`;
export const isUnnamedCapture = ({ id }: Pick<Capture, 'id'>): boolean => id.startsWith(UNNAMED_CAPTURE);

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
  /** Of this till's readings, where Dojo does not say when the card was charged or held: known to be unpaid until then. */
  unpaidUntilMs?: number | undefined;
  /** The same: the first change that was seen while it was paid or held; where no date moved with that, the first reading that showed it. */
  firstPaidMs?: number | undefined;
  /** Dojo gave it another status and did not move `updatedAt`: this till's reading first showed it then. */
  undatedMs?: number | undefined;
  /** The same at the latest, where the till's clock was in doubt then. */
  undatedByMs?: number | undefined;
  /** The same of what was given back or called off, where Dojo's date did not move with it: known not to be until then. */
  givenBackFromMs?: number | undefined;
}>;

const DAY_MS = 86_400_000;
export const HOLD_DEFAULT_MS = 7 * DAY_MS;

export const isKnownStatus = (status: string): status is KnownStatus => (KNOWN_STATUSES as readonly string[]).includes(status);

/** The moment the card was charged or held, as far as Dojo says; else when the intent was made. */
export const paidAt = (payment: Payment): number => payment.paidAtMs ?? payment.createdAtMs;

/** The earliest that it can have been charged or held. */
export const paidFromMs = (payment: Payment): number => payment.paidAtMs ?? Math.max(payment.createdAtMs, payment.unpaidUntilMs ?? payment.createdAtMs);

/** The latest: before the first change that was seen while it was, which may have been something else, and before its first capture. */
function paidOrHeldByMs(payment: Payment): number {
  const { paidAtMs, status, createdAtMs, updatedAtMs, firstPaidMs, captures } = payment;
  if (paidAtMs !== null) return paidAtMs;
  if (status === 'Created') return createdAtMs;
  // A capture of which Dojo does not say when it was made is dated as the intent, and tells nothing.
  const capturedMs = (captures ?? []).map((capture) => capture.createdAtMs).filter((atMs) => atMs > createdAtMs);
  return Math.max(paidFromMs(payment), Math.min(firstPaidMs ?? updatedAtMs, ...capturedMs));
}

/** The latest a sale can have been paid: the day of the earliest is sure only where it is the day of this. */
export const paidByMs = (payment: Payment): number => (payment.captureMode === 'Auto' ? paidOrHeldByMs(payment) : paidAt(payment));

/** What the parts come to: the amount, and the tips, the service charge and the cashback that it excludes. */
export const partsMinor = (payment: Payment): number => payment.amountMinor + payment.tipsMinor + payment.serviceChargeMinor + payment.cashbackMinor;

/**
 * Dojo's total is another than the parts come to (discounts, taxes): neither is wrong, and both are shown. Whether tips are in it is not
 * documented, nor of service charge and cashback: one that leaves some of them out says the same as the parts.
 */
export function isTotalDifferent({ totalMinor, amountMinor, tipsMinor, serviceChargeMinor, cashbackMinor }: Payment): boolean {
  if (totalMinor === null) return false;
  let sums = [amountMinor];
  for (const part of [tipsMinor, serviceChargeMinor, cashbackMinor]) sums = sums.concat(sums.map((sum) => sum + part));
  return !sums.includes(totalMinor);
}

/** What the customer paid or is held for, as rows and sums count it: Dojo's total where it differs, else the parts. */
export const heldMinor = (payment: Payment): number => (isTotalDifferent(payment) && payment.totalMinor !== null ? payment.totalMinor : partsMinor(payment));

/** What is offered where the total differs from the parts: never too much. */
export const heldLeastMinor = (payment: Payment): number => Math.min(heldMinor(payment), partsMinor(payment));

/** What a person may go up to there, and what Dojo may have charged: never too little. */
export const heldMostMinor = (payment: Payment): number => Math.max(heldMinor(payment), partsMinor(payment));

/** A capture counts while Dojo may still take it or has taken it. A status Dojo adds later counts: never too much. */
export const countsAsCaptured = (capture: Capture): boolean => capture.status !== 'Declined' && capture.status !== 'Failed';

export const captureTotalMinor = (capture: Capture): number => capture.amountMinor + capture.tipsMinor;

/** Dojo documents no order of a list. */
export const newestLast = (captures: readonly Capture[]): readonly Capture[] => captures.toSorted((a, b) => a.createdAtMs - b.createdAtMs);

const sumOf = (captures: readonly Capture[]): number => captures.reduce((sum, capture) => sum + captureTotalMinor(capture), 0);

/** Dojo calls it captured, whatever it lists. */
const isCaptured = ({ status }: Payment): boolean => status === 'Captured' || status === 'Refunded';

const isListed = (payment: Payment): boolean => payment.captureMode === 'Manual' && (payment.captures?.length ?? 0) > 0;

/** A hold of which only the status says that it was captured, and not how much. */
export const isUnlistedCapture = (payment: Payment): boolean => payment.captureMode === 'Manual' && isCaptured(payment) && !isListed(payment);

/**
 * Captured, and Dojo lists no captures: the whole of an Auto payment, and of a hold of which this till captured nothing (`hereMinor`).
 * A part capture may turn a hold `Captured` (not documented), so what this till captured itself bounds it, unless the hold's end
 * captured the rest: no change before the latest that it may have ended tells that.
 */
export function isWholeUnlisted(payment: Payment, hereMinor: number): boolean {
  if (isListed(payment) || !isCaptured(payment)) return false;
  const isRestTaken = payment.autoExpireAction === 'Capture' && changedByMs(payment) >= holdEndsByMs(payment);
  return payment.captureMode === 'Auto' || hereMinor === 0 || isRestTaken;
}

function unlistedMinor(payment: Payment, wholeMinor: number, hereMinor: number): number {
  if (!isCaptured(payment)) return 0;
  return isWholeUnlisted(payment, hereMinor) ? wholeMinor : Math.min(hereMinor, wholeMinor);
}

/** What Dojo has captured or is capturing. */
export const capturedMinor = (payment: Payment, hereMinor = 0): number =>
  isListed(payment) ? sumOf((payment.captures ?? []).filter(countsAsCaptured)) : unlistedMinor(payment, heldMinor(payment), hereMinor);

/** What Dojo has confirmed as captured: Successful captures, or the whole of an Auto payment. */
export const takenMinor = (payment: Payment, hereMinor = 0): number => takenOf(payment, heldMinor(payment), hereMinor);

/** The same, as far as it may go: refunds never pass it. */
export const takenMostMinor = (payment: Payment, hereMinor = 0): number => takenOf(payment, heldMostMinor(payment), hereMinor);

const takenOf = (payment: Payment, wholeMinor: number, hereMinor: number): number =>
  isListed(payment) ? sumOf((payment.captures ?? []).filter(({ status }) => status === 'Successful')) : unlistedMinor(payment, wholeMinor, hereMinor);

/** All that was captured. Dojo may call it refunded and not say how much. */
export const isRefundedWhole = (payment: Payment): boolean =>
  payment.refundedMinor > 0 ? payment.refundedMinor >= takenMinor(payment) : payment.status === 'Refunded';

/** Something that was captured is still to be given back, if somebody wants it so. */
export const isLeftToRefund = (payment: Payment): boolean => takenMinor(payment) > 0 && !isRefundedWhole(payment);

const heldForMs = ({ autoExpireInMs }: Payment): number => autoExpireInMs ?? HOLD_DEFAULT_MS;

/**
 * When a Manual hold ends by itself (guide: autoExpireIn, 7 days where it is absent). Where Dojo does not say when it began: the earliest
 * it may end.
 */
export const holdEndsAtMs = (payment: Payment): number => paidFromMs(payment) + heldForMs(payment);

/** The latest it may end. Nothing that a person may still do is closed before. */
export const holdEndsByMs = (payment: Payment): number => paidOrHeldByMs(payment) + heldForMs(payment);

/**
 * Dojo says only now and then when the card was charged or held: what it has said once stays known. Where it never did, it was between
 * two readings: `seenUnpaidMs` is when the last one that showed it unpaid was asked for. Its first change while it was paid dates it at the
 * latest; a date that did not move with the payment says nothing, and the first reading that showed it does, here `readAtMs`.
 */
export function withKnownTime(read: Payment, known: Payment | null, readAtMs: number, seenUnpaidMs = Number.NEGATIVE_INFINITY): Payment {
  if (read.paidAtMs !== null || read.status === 'Created') return read;
  if (known !== null && known.paidAtMs !== null) return { ...read, paidAtMs: known.paidAtMs };
  const wasUnpaid = known?.status === 'Created';
  // A date as old as the request to pay, or as its last change while nobody had paid, tells nothing of the payment.
  const unpaidAtMs = wasUnpaid ? known.updatedAtMs : read.createdAtMs;
  const said = known === null || wasUnpaid ? [read.updatedAtMs] : [read.updatedAtMs, known.firstPaidMs ?? known.updatedAtMs];
  const dates = said.filter((atMs) => atMs > unpaidAtMs);
  const firstPaidMs = dates.length > 0 ? Math.min(...dates) : readAtMs;
  if (known === null) return dates.length > 0 ? read : { ...read, firstPaidMs };
  const unpaidUntilMs = wasUnpaid ? Math.min(Math.max(known.updatedAtMs, seenUnpaidMs), firstPaidMs) : known.unpaidUntilMs;
  return { ...read, unpaidUntilMs, firstPaidMs };
}

/**
 * Dojo documents of no change that it moves the date: of one that did not, when a reading first showed it is kept, here `readAtMs`, and
 * `readByMs` at the latest.
 */
export function withSeenChange(read: Payment, known: Payment | null, readAtMs: number, readByMs = readAtMs): Payment {
  if (known === null || read.updatedAtMs > known.updatedAtMs) return read;
  if (read.status === known.status) {
    const { undatedMs, undatedByMs } = known;
    return undatedMs === undefined ? read : { ...read, undatedMs, ...(undatedByMs === undefined ? {} : { undatedByMs }) };
  }
  return { ...read, undatedMs: readAtMs, ...(readByMs > readAtMs ? { undatedByMs: readByMs } : {}) };
}

/** Its last change was made by then. */
export const changedByMs = ({ updatedAtMs, undatedMs = updatedAtMs }: Payment): number => Math.max(updatedAtMs, undatedMs);

/**
 * Dojo documents of no change that it moves `updatedAt`. What was given back or called off without that came after the last reading that
 * did not show it: `readMs` is when that one was asked for; undefined: nobody knows.
 */
export function withGivenBackTime(read: Payment, known: Payment | null, readMs: number | undefined): Payment {
  if (known === null || !isGivenBack(read)) return read;
  const isNew = read.refundedMinor !== known.refundedMinor || read.status !== known.status;
  if (isNew && read.updatedAtMs > known.updatedAtMs) return read;
  const givenBackFromMs = (isNew ? readMs : undefined) ?? known.givenBackFromMs;
  return givenBackFromMs === undefined ? read : { ...read, givenBackFromMs };
}

export const isGivenBack = ({ refundedMinor, status }: Payment): boolean => refundedMinor > 0 || status === 'Reversed' || status === 'Canceled';

/** The earliest that the last of it can have been given back or called off. */
export const givenBackSinceMs = ({ updatedAtMs, givenBackFromMs }: Payment): number => Math.max(updatedAtMs, givenBackFromMs ?? updatedAtMs);

/** When an unpaid intent lapses by itself (specification: 30 days where expireAt is absent). */
export const lapsesAtMs = (payment: Payment): number => payment.expireAtMs ?? payment.createdAtMs + 30 * DAY_MS;

export const isHold = (payment: Payment): boolean => payment.captureMode === 'Manual' && payment.status === 'Authorized';

/**
 * The rest of a hold that Dojo calls `Captured` and of which the captures it lists are a part only: neither whether a part capture does that
 * is documented, nor whether the rest stays on hold. What an account's captures may leave out, service charge and cashback, is no rest.
 */
export const isRest = (payment: Payment): boolean => isCapturedInPart(payment) && payment.refundedMinor === 0;

/** The same, also where something of it was given back: nothing more can be captured then, and the hold's end still lets the rest go. */
export const isCapturedInPart = (payment: Payment): boolean =>
  payment.status === 'Captured' && isListed(payment) && capturedMinor(payment) < Math.min(heldLeastMinor(payment), payment.amountMinor + payment.tipsMinor);

/** Something of it is on hold, or may be: of a rest nothing but the hold's end says that it is over. */
export const mayBeHeld = (payment: Payment, nowMs: number): boolean => isHold(payment) || (isRest(payment) && nowMs < holdEndsByMs(payment));

/** A capture still on its way at Dojo: its outcome has to be followed. */
export const isSettling = (payment: Payment): boolean => payment.captures?.some((capture) => capture.status === 'Created') ?? false;

export const isPlausibleAmount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= AMOUNT_MINOR_MAX;
