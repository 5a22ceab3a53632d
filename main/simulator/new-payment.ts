import type { CaptureOutcome, CardDetails, Intent } from './intent.ts';
import type { SeededRandom } from './random.ts';

/** Something that happened to a payment before the shop is looked at, at its own time. */
export type PastMove =
  | Readonly<{ kind: 'capture'; atMs: number; amountMinor: number; tipsMinor?: number; outcome?: CaptureOutcome }>
  | Readonly<{ kind: 'reverse'; atMs: number }>
  | Readonly<{ kind: 'refund'; atMs: number; amountMinor: number }>
  | Readonly<{ kind: 'cancel'; atMs: number }>;

/** A payment to put into the simulated Dojo. What is left out is made up. */
export type NewPayment = Readonly<{
  amountMinor: number;
  id?: string;
  accountId?: string;
  reference?: string;
  description?: string;
  captureMode?: 'Auto' | 'Manual';
  tipsMinor?: number;
  serviceChargeMinor?: number;
  cashbackMinor?: number;
  /** What `totalAmount` shows where it counts everything; left out: the sum of the parts. */
  totalMinor?: number;
  currency?: string;
  createdAtMs?: number;
  /** When the card was charged or held; null: nobody has paid; left out: when it was created. */
  paidAtMs?: number | null;
  /** When the customer pays by himself, of a payment that nobody has paid. */
  paysAtMs?: number | null;
  expireAtMs?: number | null;
  /** A Manual hold's length; null: 7 days. */
  autoExpireInMs?: number | null;
  autoExpireAction?: 'Release' | 'Capture' | null;
  customAmountAllowed?: boolean;
  tipsAllowed?: boolean;
  card?: Partial<CardDetails>;
  past?: readonly PastMove[];
  /** Laid over what the API shows: `{ status: 'Disputed' }`, an odd field. */
  shownOver?: Record<string, unknown> | null;
}>;

const HOLDERS = ['A PATEL', 'M OKAFOR', 'J HUGHES', 'S NOWAK', 'C WALSH', 'R SINGH', 'L MARTIN', 'E JONES', 'T BROWN', 'N KHAN'] as const;
/** The leading digits belong to no issuer's real card of a person: they are the ranges of Dojo's sandbox cards and test cards. */
const SCHEMES = [
  { scheme: 'VISA', leading: '44565300', share: 0.52 },
  { scheme: 'MASTERCARD', leading: '52000000', share: 0.36 },
  { scheme: 'AMEX', leading: '37424500', share: 0.08 },
  { scheme: 'MAESTRO', leading: '67999980', share: 0.04 },
] as const;

export function randomCard(random: SeededRandom): CardDetails {
  const { scheme, leading } = random.weighted(SCHEMES, ({ share }) => share);
  const entry = random.chance(0.72) ? 'Contactless' : random.chance(0.75) ? 'ContactChip' : 'ManualEntry';
  return {
    scheme,
    leading,
    last4: String(random.whole(0, 9999)).padStart(4, '0'),
    holder: random.pick(HOLDERS),
    funding: random.chance(0.7) ? 'Debit' : 'Credit',
    entry,
    verification: entry === 'ContactChip' ? 'Pin' : entry === 'Contactless' && random.chance(0.4) ? 'Device' : 'None',
  };
}

export const newIntentId = (random: SeededRandom): string => `pi_sandbox_${random.token(22)}`;

/** When the card was charged or held; null: nobody has paid. */
export const paidAtOf = ({ paidAtMs, createdAtMs }: NewPayment, nowMs: number): number | null => (paidAtMs === undefined ? (createdAtMs ?? nowMs) : paidAtMs);

/** The intent as it is the moment it is made. That somebody paid, and what came after, is the bank's to do. */
export function intentOf(spec: NewPayment, accountId: string, nowMs: number, random: SeededRandom): Intent {
  const createdAtMs = spec.createdAtMs ?? spec.paidAtMs ?? nowMs;
  const captureMode = spec.captureMode ?? 'Auto';
  const card = { ...randomCard(random), ...spec.card };
  const { amountMinor, tipsMinor = 0, serviceChargeMinor = 0, cashbackMinor = 0 } = spec;
  const partsMinor = amountMinor + tipsMinor + serviceChargeMinor + cashbackMinor;
  return {
    id: spec.id ?? newIntentId(random),
    accountId: spec.accountId ?? accountId,
    reference: spec.reference ?? `Order ${random.whole(1000, 9999)}`,
    description: spec.description ?? '',
    captureMode,
    status: 'Created',
    currency: spec.currency ?? 'GBP',
    requestedMinor: amountMinor,
    amountMinor,
    tipsMinor,
    serviceChargeMinor,
    cashbackMinor,
    totalDifferenceMinor: (spec.totalMinor ?? partsMinor) - partsMinor,
    heldMinor: null,
    refundedMinor: 0,
    captures: [],
    createdAtMs,
    updatedAtMs: createdAtMs,
    changedByMs: { capture: 0, refund: 0, other: 0 },
    paidAtMs: null,
    paysAtMs: spec.paysAtMs ?? null,
    capturesItselfAtMs: null,
    expireAtMs: spec.expireAtMs ?? null,
    autoExpireInMs: spec.autoExpireInMs ?? null,
    autoExpireAction: captureMode === 'Manual' ? (spec.autoExpireAction ?? 'Release') : null,
    customAmountAllowed: spec.customAmountAllowed ?? false,
    tipsAllowed: spec.tipsAllowed ?? tipsMinor > 0,
    card,
    customerEmail: `${card.holder.toLowerCase().replace(' ', '.')}@example.com`,
    transactionId: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-9${random.hex(3)}-${random.hex(12)}`,
    authCode: String(random.whole(0, 999_999)).padStart(6, '0'),
    clientSecret: `${random.token(86)}==`,
    restReleased: false,
    holdEnded: false,
    shownOver: spec.shownOver ?? null,
  };
}
