import { listsCaptures } from '../core/payment/api-version.ts';
import { type Capture, type Card, isPlausibleAmount, likenessOf, type Payment, UNNAMED_CAPTURE } from '../core/payment/payment.ts';
import { err, ok, type Result } from '../core/result.ts';
import { isAbsent, isRecord, type JsonRecord, textOf } from './json.ts';
import { cleanText } from './sanitize.ts';
import { timespanMs, timestampMs } from './time.ts';

const REFERENCE_MAX = 100;
const DESCRIPTION_MAX = 200;
const WORD_MAX = 40;
const CAPTURE_ID_MAX = 200;
const CAPTURES_MAX = 1000;

/** Dojo's ids are letters, digits, `_` and `-`. Anything else must never become a part of a path. */
export const isPaymentId = (id: unknown): id is string => typeof id === 'string' && /^[A-Za-z0-9_-]{1,200}$/.test(id);

export type Page = Readonly<{
  payments: readonly Payment[];
  /** Holds whose captures the list leaves out: how much of them was captured only a reading of the payment itself tells. */
  untold: readonly Payment[];
  /** Payments set aside because money, id, mode or time could not be understood. */
  odd: number;
  /** The ids of those whose id at least can be read: the same one may come in several answers. */
  oddIds: readonly string[];
  before: string | null;
  after: string | null;
}>;

/** One page of a search. An odd payment is counted and set aside; only something that is no page at all is an error. */
export function decodePage(json: unknown, version: string): Result<Page, 'malformed'> {
  if (!isRecord(json) || !(Array.isArray(json.data) || isAbsent(json.data))) return err('malformed');
  const { before = null, after = null } = json;
  if (!isCursor(before) || !isCursor(after)) return err('malformed');
  // The schema lets `data` be null: an empty page. Without any of its fields it is no page.
  if (json.data === undefined && json.before === undefined && json.after === undefined) return err('malformed');
  const items: readonly unknown[] = json.data ?? [];
  const payments: Payment[] = [];
  const untold: Payment[] = [];
  const oddIds: string[] = [];
  for (const item of items) {
    const payment = decodePayment(item, version);
    if (payment.ok) (leavesCapturesOut(item, payment.value, version) ? untold : payments).push(payment.value);
    else if (isRecord(item) && isPaymentId(item.id)) oddIds.push(item.id);
  }
  const odd = items.length - payments.length - untold.length;
  return ok({ payments, untold, odd, oddIds, before: before || null, after: after || null });
}

/** Dojo does not say whether a search lists captures; the field may be null. Nothing can be captured of what nobody paid. */
const leavesCapturesOut = (item: unknown, { captureMode, status }: Payment, version: string): boolean =>
  listsCaptures(version) && isRecord(item) && isAbsent(item.captures) && captureMode === 'Manual' && status !== 'Created' && status !== 'Canceled';

const isCursor = (value: unknown): value is string | null => value === null || (typeof value === 'string' && value.length <= 10_000);

/** Why a payment is set aside: the field that could not be understood. */
export type OddPayment =
  | 'not-an-object'
  | 'id'
  | 'captureMode'
  | 'status'
  | 'amount'
  | 'tipsAmount'
  | 'serviceChargeAmount'
  | 'cashbackAmount'
  | 'refundedAmount'
  | 'captures'
  | 'createdAt';

/**
 * What the till keeps of a payment intent of any known version, read leniently; secrets, names and addresses are never looked at.
 * Money is the exception to leniency: an amount, mode or capture that cannot be understood makes the payment odd,
 * since every limit on what may be taken or given back is computed from them.
 */
export function decodePayment(json: unknown, version: string): Result<Payment, OddPayment> {
  if (!isRecord(json)) return err('not-an-object');
  const { id } = json;
  if (!isPaymentId(id)) return err('id');
  const status = textOf(json.status, word);
  if (status === null) return err('status');

  const amount = moneyIn(json.amount);
  if (amount === null) return err('amount');
  const { currency } = amount;
  const tipsMinor = minorIn(json.tipsAmount, currency);
  if (tipsMinor === null) return err('tipsAmount');
  const serviceChargeMinor = minorIn(json.serviceChargeAmount, currency);
  if (serviceChargeMinor === null) return err('serviceChargeAmount');
  const cashbackMinor = minorIn(json.cashbackAmount, currency);
  if (cashbackMinor === null) return err('cashbackAmount');
  const refundedMinor = minorIn(json.refundedAmount, currency);
  if (refundedMinor === null) return err('refundedAmount');

  const details = isRecord(json.paymentDetails) ? json.paymentDetails : {};
  const paidAtMs = timestampMs(details.transactionDateTime);
  const updatedAtMs = timestampMs(json.updatedAt);
  const createdAtMs = timestampMs(json.createdAt) ?? paidAtMs ?? updatedAtMs;
  if (createdAtMs === null) return err('createdAt');

  const captures = isAbsent(json.captures) ? (listsCaptures(version) ? [] : null) : capturesIn(json.captures, currency, createdAtMs);
  if (captures === 'odd') return err('captures');
  const captureMode = isAbsent(json.captureMode) ? 'Auto' : json.captureMode; // the schema's default
  if (captureMode !== 'Auto' && captureMode !== 'Manual') return err('captureMode');
  // Only a Manual payment has captures: read as Auto, the whole of it would count as taken and could be refunded.
  if (isAbsent(json.captureMode) && captures !== null && captures.length > 0) return err('captureMode');

  const config = isRecord(json.config) && isRecord(json.config.payment) ? json.config.payment : {};
  return ok({
    id,
    reference: textOf(json.reference, (text) => cleanText(text, REFERENCE_MAX)) ?? '',
    description: textOf(json.description, (text) => cleanText(text, DESCRIPTION_MAX)) ?? '',
    captureMode,
    status,
    currency,
    amountMinor: amount.minor,
    tipsMinor,
    serviceChargeMinor,
    cashbackMinor,
    // A total of nothing, or one that makes no sense, is none: what is counted then are the parts.
    totalMinor: minorIn(json.totalAmount, currency) || null,
    refundedMinor,
    captures,
    createdAtMs,
    updatedAtMs: updatedAtMs ?? createdAtMs,
    paidAtMs,
    expireAtMs: timestampMs(json.expireAt),
    autoExpireInMs: timespanMs(json.autoExpireIn),
    autoExpireAction: json.autoExpireAction === 'Release' || json.autoExpireAction === 'Capture' ? json.autoExpireAction : null,
    customAmountAllowed: config.customAmountAllowed === true,
    tipsAllowed: config.tipsAllowed === true,
    card: cardIn(details),
  });
}

const word = (text: string) => cleanText(text, WORD_MAX);

/** `{value, currencyCode}`: both have to be there and make sense. */
function moneyIn(value: unknown): { minor: number; currency: string } | null {
  if (!isRecord(value) || typeof value.currencyCode !== 'string' || !/^[A-Za-z]{3}$/.test(value.currencyCode)) return null;
  const minor = minorOf(value.value);
  return minor === null ? null : { minor, currency: value.currencyCode.toUpperCase() };
}

/** A bare integer or `{value, currencyCode?}` in the payment's own currency; absent is 0, anything else null. */
function minorIn(value: unknown, currency: string): number | null {
  if (isAbsent(value)) return 0;
  if (!isRecord(value)) return minorOf(value);
  if (!isAbsent(value.currencyCode) && moneyIn(value)?.currency !== currency) return null;
  return minorOf(value.value);
}

/** Adding 0 turns JSON's `-0` into 0. */
const minorOf = (value: unknown): number | null => (typeof value === 'number' && isPlausibleAmount(value) ? value + 0 : null);

/** A capture that is dropped or read wrongly would let the till take too much: one odd capture makes the payment odd. */
function capturesIn(value: unknown, currency: string, createdAtMs: number): Capture[] | 'odd' {
  if (!Array.isArray(value) || value.length > CAPTURES_MAX) return 'odd';
  const byId = new Map<string, Capture>();
  const alike = new Map<string, number>();
  for (const item of value) {
    const read = captureIn(item, currency, createdAtMs);
    if (read === null) return 'odd';
    const capture = read.id === UNNAMED_CAPTURE ? { ...read, id: unnamedId(read, alike) } : read;
    const first = byId.get(capture.id);
    if (first && !sameCapture(first, capture)) return 'odd';
    if (!first) byId.set(capture.id, capture);
  }
  return [...byId.values()];
}

/** By its time and amounts, and which of those alike it is: the same in every reading. */
function unnamedId(capture: Capture, alike: Map<string, number>): string {
  const what = likenessOf(capture);
  const nth = (alike.get(what) ?? 0) + 1;
  alike.set(what, nth);
  return `${what}/${nth}`;
}

function captureIn(value: unknown, currency: string, createdAtMs: number): Capture | null {
  if (!isRecord(value) || isAbsent(value.amount)) return null;
  // The schema lets it be null.
  const id = isAbsent(value.id) ? UNNAMED_CAPTURE : captureIdOf(value.id);
  const amountMinor = minorIn(value.amount, currency);
  const tipsMinor = minorIn(value.tipsAmount, currency);
  if (id === null || amountMinor === null || tipsMinor === null) return null;
  // A status Dojo does not say counts as taken, as one it adds later does.
  return { id, amountMinor, tipsMinor, status: textOf(value.status, word) ?? 'Unknown', createdAtMs: timestampMs(value.createdAt) ?? createdAtMs };
}

/** The oldest guide shows ids as short as "5"; a number is taken as its digits. */
export const captureIdOf = (value: unknown): string | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : textOf(value, (text) => cleanText(text, CAPTURE_ID_MAX));

const sameCapture = (a: Capture, b: Capture) => a.amountMinor === b.amountMinor && a.tipsMinor === b.tipsMinor && a.status === b.status;

/** From 2024-02-05 on the card is an object of its own; before, its fields lay in paymentDetails. */
function cardIn(details: JsonRecord): Card | null {
  const card = isRecord(details.card) ? details.card : details;
  const found: Card = {
    scheme: textOf(card.cardType, word),
    last4: last4Of(card.last4PAN) ?? last4Of(card.cardNumber),
    funding: textOf(card.cardFundingType, word),
    entry: textOf(card.entryMode, word),
  };
  return Object.values(found).some((part) => part !== null) ? found : null;
}

/** Masks may show eight leading digits (or all of them): only the last four are ever kept, and only where they are digits. */
function last4Of(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 100) return null;
  const last4 = value.replace(/[\s-]/g, '').slice(-4);
  return /^[0-9]{4}$/.test(last4) ? last4 : null;
}
