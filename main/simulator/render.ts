import { API_VERSIONS } from '../../preload/choices.ts';
import { totalAmountOf } from './amounts.ts';
import type { CaptureRecord, Intent } from './intent.ts';
import type { Switches } from './switches.ts';
import { shownUpdatedAtMs } from './updated-at.ts';

export type DojoVersion = (typeof API_VERSIONS)[number];

export const isDojoVersion = (text: string): text is DojoVersion => (API_VERSIONS as readonly string[]).includes(text);
/** `captures[]`, `tipsAmount` on a capture, `returnCanceled` and `paymentDetails.card` came together. */
export const listsCaptures = (version: DojoVersion): boolean => version >= '2024-02-05';
/** The guides of 2022-01-03 do not name this operation. */
export const changesTips = (version: DojoVersion): boolean => version >= '2022-04-07';
const hasAvsResult = (version: DojoVersion) => version >= '2025-09-10';

const SHOP = { name: 'The Tiller Café', url: 'https://example.com/tiller', postcode: 'BS1 4ND' } as const;
const UNSET_DATE = '0001-01-01T00:00:00Z';

const utc = (atMs: number): string => new Date(atMs).toISOString();
/** Dojo's own examples show seven or nine digits of a second. */
const finely = (atMs: number, digits: string): string => utc(atMs).replace('Z', `${digits}Z`);
const moneyOf = (value: number, currencyCode: string) => ({ value, currencyCode });

/** `dd.hh:MM:ss`. */
export function timespan(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 86_400))}.${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function renderPaymentDetails({ card, status, transactionId, authCode }: Intent, paidAtMs: number, version: DojoVersion) {
  const shared = {
    transactionDateTime: finely(paidAtMs, '410318'),
    message: status === 'Authorized' ? 'AUTHORIZED' : 'DEPOSITED',
    authCode,
  };
  const cardNumber = `${card.leading}****${card.last4}`;
  const plain = { cardNumber, cardName: card.holder, expiryDate: '2028-12-31', cardType: card.scheme };
  if (!listsCaptures(version)) return { ...shared, ...plain };
  return {
    transactionId,
    ...shared,
    card: { ...plain, cardFundingType: card.funding, last4PAN: card.last4, entryMode: card.entry, verificationMethod: card.verification },
    ...(hasAvsResult(version) ? { avsResult: 'ADDRESS_MATCH_POSTCODE_MATCH' } : {}),
  };
}

/** An id as it is said: every schema since 2022-04-07 lets it be null. */
const idIn = (field: string, id: string, said: Switches['captureIds']) => (said === 'absent' ? {} : { [field]: said === 'null' ? null : id });

const renderCapture = ({ id, amountMinor, tipsMinor, status, createdAtMs }: CaptureRecord, { captureIds }: Switches) => ({
  ...idIn('id', id, captureIds),
  amount: amountMinor,
  tipsAmount: tipsMinor,
  status,
  createdAt: finely(createdAtMs, '6644'),
});

/** What Dojo's examples carry though its schemas forbid it. */
const undocumented = (intent: Intent) => ({
  paymentSource: 'api',
  paymentEvents:
    intent.paidAtMs === null
      ? []
      : [{ transactionId: intent.transactionId, eventType: intent.status, cardNumber: `${intent.card.leading}****${intent.card.last4}`, paymentMethodId: '' }],
});

/** From when on the card and the time are shown: "only once the status of the transaction is finalized", whenever that is. */
function detailsFromMs(intent: Intent, switches: Switches): number {
  const { paidAtMs, captureMode, status, captures } = intent;
  if (paidAtMs === null) return Number.POSITIVE_INFINITY;
  if (switches.holdShowsPaymentDetails) return paidAtMs + switches.paymentDetailsLateMs;
  if (status === 'Authorized') return Number.POSITIVE_INFINITY;
  const settledAtMs = captures.length > 0 ? Math.max(...captures.map(({ settleAtMs }) => settleAtMs)) : intent.updatedAtMs;
  return (captureMode === 'Auto' ? (intent.capturesItselfAtMs ?? paidAtMs) : settledAtMs) + switches.paymentDetailsLateMs;
}

/** The intent as one API version shows it at a moment, with the secrets and the personal details Dojo sends along. */
export function renderIntent(intent: Intent, version: DojoVersion, switches: Switches, nowMs: number): Record<string, unknown> {
  const { currency, card, paidAtMs } = intent;
  const showsDetails = paidAtMs !== null && nowMs >= detailsFromMs(intent, switches);
  const address = { address1: '12 Quay Street', address2: '', city: 'Bristol', postcode: SHOP.postcode, countryCode: 'GB' };
  const unpaid = intent.status === 'Created';
  const updatedAtMs = shownUpdatedAtMs(intent, switches);
  return {
    id: intent.id,
    captureMode: intent.captureMode,
    clientSessionSecret: intent.clientSecret,
    clientSessionSecretExpirationDate: unpaid ? utc(intent.createdAtMs + 30 * 60_000) : UNSET_DATE,
    ...(showsDetails ? { paymentDetails: renderPaymentDetails(intent, paidAtMs, version) } : {}),
    status: intent.status,
    paymentMethods: ['Card', 'Wallet'],
    amount: moneyOf(intent.amountMinor, currency),
    ...(intent.tipsAllowed || intent.tipsMinor > 0 ? { tipsAmount: moneyOf(intent.tipsMinor, currency) } : {}),
    requestedAmount: moneyOf(intent.requestedMinor, currency),
    totalAmount: moneyOf(totalAmountOf(intent, switches), currency),
    refundedAmount: intent.refundedMinor,
    customer: { id: `cust_${intent.transactionId.slice(0, 8)}`, emailAddress: intent.customerEmail, phoneNumber: '+447700900123' },
    requestSecurity: { userAgent: 'Mozilla/5.0', ipAddress: '203.0.113.7', device: 'phone' },
    billingAddress: address,
    shippingDetails: { name: card.holder, deliveryNotes: 'Ring the bell', address },
    createdAt: utc(intent.createdAtMs),
    ...(updatedAtMs === null ? {} : { updatedAt: finely(updatedAtMs, '6449') }),
    reference: intent.reference,
    description: intent.description,
    subtotalLineItems: null,
    itemLines: [],
    taxLines: [],
    merchantConfig: { supportedPaymentMethods: { cardSchemes: ['VISA', 'MASTERCARD', 'MAESTRO', 'AMEX'], wallets: ['APPLE_PAY', 'GOOGLE_PAY'] } },
    config: {
      title: SHOP.name,
      redirectUrl: SHOP.url,
      payment: { customAmountAllowed: intent.customAmountAllowed, tipsAllowed: intent.tipsAllowed },
    },
    // The 2022 specification asks for one of the two actions wherever the field is there at all.
    ...(intent.autoExpireAction ? { autoExpireAction: intent.autoExpireAction } : {}),
    expireAt: intent.expireAtMs === null ? null : utc(intent.expireAtMs),
    autoExpireIn: intent.autoExpireInMs === null ? null : timespan(intent.autoExpireInMs),
    metadata: { till: '1' },
    ...(listsCaptures(version)
      ? {
          cardHolderNotPresent: card.entry === 'ManualEntry',
          setupIntentId: null,
          cashbackAmount: intent.cashbackMinor > 0 ? moneyOf(intent.cashbackMinor, currency) : null,
          serviceChargeAmount: intent.serviceChargeMinor > 0 ? moneyOf(intent.serviceChargeMinor, currency) : null,
          paymentLink: `https://pay.dojo.tech/checkout/${intent.id}`,
          terminalSessionHistory: [],
          captures: intent.captures.map((capture) => renderCapture(capture, switches)),
        }
      : {}),
    ...(switches.undocumentedFields ? undocumented(intent) : {}),
    ...intent.shownOver,
  };
}

/** The capture's answer. The 2022-01-03 guide alone has `status`, and a number for an id. */
export const renderCaptureAnswer = (capture: CaptureRecord, reference: string, version: DojoVersion, { answerIds }: Switches) => ({
  ...(version === '2022-01-03' ? { status: 'Created' } : {}),
  message: `collect payment for the order ${reference}`,
  ...(version === '2022-01-03' ? { captureId: String(capture.number) } : idIn('captureId', capture.id, answerIds)),
});

export const renderReversalAnswer = (reversalId: string, reference: string, version: DojoVersion, { answerIds }: Switches) => ({
  message: `reverse for the order ${reference}`,
  ...idIn('reversalId', reversalId, version === '2022-01-03' ? 'named' : answerIds),
});

type Refund = Readonly<{ intentId: string; refundId: string; refundReason: string | null; notes: string | null }>;
/** `said`: what becomes of the id. */
export const renderRefund = (refund: Refund, said: Switches['answerIds'] = 'named') => ({
  paymentIntentId: refund.intentId,
  ...idIn('refundId', refund.refundId, said),
  refundReason: refund.refundReason,
  notes: refund.notes,
});
