import { z } from 'zod';
import type { Fault } from '../main/simulator/faults.ts';
import type { RequestMatch } from '../main/simulator/match.ts';
import type { NewPayment, PastMove } from '../main/simulator/new-payment.ts';
import { OPERATIONS } from '../main/simulator/routes.ts';
import type { Standing } from '../main/simulator/standing.ts';
import type { Switches } from '../main/simulator/switches.ts';

/** What a person may send to the simulated Dojo's control page, and write behind `--set`. */
const whole = z.int().min(0);
const OUTCOMES = ['Successful', 'Declined', 'Failed'] as const;
const flag = z.boolean().exactOptional();

const match = z.strictObject({
  operation: z.union([z.enum(OPERATIONS), z.array(z.enum(OPERATIONS))]).exactOptional(),
  movesMoney: flag,
  method: z.string().exactOptional(),
  path: z.string().exactOptional(),
  paymentId: z.string().exactOptional(),
  version: z.string().exactOptional(),
}) satisfies z.ZodType<RequestMatch>;

const common = {
  match: match.exactOptional(),
  skip: whole.exactOptional(),
  times: whole.exactOptional(),
  untilCleared: flag,
  forMs: whole.exactOptional(),
  beforeMs: whole.exactOptional(),
  afterMs: whole.exactOptional(),
};
const status = z.int().min(200).max(599);
const retryAfter = z.string().exactOptional();

export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['delay-before', 'delay-after-commit']), ms: whole, ...common }),
  z.strictObject({
    kind: z.enum([
      'drop-before',
      'drop-after-commit',
      'reset-before',
      'reset-after-commit',
      'malformed-before',
      'malformed-after-commit',
      'cut-short',
      'huge',
      'repeated-cursor',
    ]),
    ...common,
  }),
  z.strictObject({ kind: z.enum(['status-before', 'status-after-commit', 'empty-before', 'empty-after-commit']), status, retryAfter, ...common }),
  z.strictObject({ kind: z.enum(['html-before', 'html-after-commit']), status: status.exactOptional(), retryAfter, ...common }),
  z.strictObject({
    kind: z.literal('late'),
    ms: whole.max(24 * 3_600_000),
    hears: z.enum(['silence', 'reset', 'page']).exactOptional(),
    status: status.exactOptional(),
    ...common,
  }),
  z.strictObject({ kind: z.literal('throttle'), retryAfterSeconds: whole.exactOptional(), ...common }),
  z.strictObject({ kind: z.literal('trickle'), bytesPerStep: z.int().min(1).exactOptional(), everyMs: whole.exactOptional(), ...common }),
  z.strictObject({ kind: z.literal('double'), hears: z.enum(['first', 'second']).exactOptional(), ...common }),
  z.strictObject({ kind: z.literal('outcome'), outcome: z.enum(OUTCOMES), ...common }),
]) satisfies z.ZodType<Fault>;

const kindsOf = ({ shape: { kind } }: (typeof faultSchema.options)[number]): readonly string[] => ('options' in kind ? kind.options : [...kind.values]);
export const FAULT_KINDS: readonly string[] = faultSchema.options.flatMap(kindsOf);

const standing = z.strictObject({
  status: z.int().min(400).max(599),
  match: match.exactOptional(),
  fromMs: whole.exactOptional(),
  untilMs: whole.exactOptional(),
  retryAfter: z.union([whole, z.string()]).exactOptional(),
  afterCommit: flag,
}) satisfies z.ZodType<Standing>;

/** A refusal that lasts, from now on: for so long, or until it is mended. */
export const refusingSchema = standing.omit({ fromMs: true, untilMs: true }).extend({ forMs: whole.exactOptional() });

export const switchesSchema = z.strictObject({
  partCaptureTurnsCaptured: flag,
  partCaptureReleasesRest: flag,
  holdEndTurnsReversed: flag,
  captureShowsAtOnce: flag,
  bankAnswersAfterMs: z.array(whole.max(7 * 24 * 3_600_000)).exactOptional(),
  captureIds: z.enum(['named', 'null', 'absent']).exactOptional(),
  captureHonoursIdempotencyKey: flag,
  captureExtras: z.enum(['in-amount', 'released', 'added']).exactOptional(),
  captureTipsApart: flag,
  tooLargeCapture: z.literal(['by-amount', 400, 409]).exactOptional(),
  refundCounts: z.enum(['all', 'without-cashback', 'amount-and-tips']).exactOptional(),
  totalAmountCounts: z.enum(['all', 'without-tips', 'amount']).exactOptional(),
  holdsTotalAmount: flag,
  reverseCreatedAllowed: flag,
  releaseEarlierDayAllowed: flag,
  holdShowsPaymentDetails: flag,
  paymentDetailsLateMs: whole.exactOptional(),
  autoSettleMs: whole.exactOptional(),
  holdCountsFromCreation: flag,
  refundKeysKeptMs: whole.nullable().exactOptional(),
  refundInProgressMs: whole.exactOptional(),
  repeatedRefund: z.enum(['same', 'conflict']).exactOptional(),
  refundLimitBeforeKey: flag,
  searchDatesMeanUpdated: flag,
  searchOldestFirst: flag,
  searchLagMs: whole.exactOptional(),
  searchCaptures: z.enum(['listed', 'null', 'absent']).exactOptional(),
  stableCursors: flag,
  updatedAt: z.enum(['moves', 'not-by-refunds', 'not-by-captures', 'servers-apart', 'never', 'absent']).exactOptional(),
  updatedAtOf: z.string().nullable().exactOptional(),
  undocumentedFields: flag,
  answerIds: z.enum(['named', 'null', 'absent']).exactOptional(),
  refusing: z.array(standing).exactOptional(),
  dateOffsetsMs: z.array(z.int()).exactOptional(),
  dateLeftOut: flag,
}) satisfies z.ZodType<Partial<Switches>>;

/** `name=value` as written behind `--set`, or what is wrong with it. The value is JSON, or a plain word. */
export function switchIn(text: string): { ok: true; patch: Partial<Switches> } | { ok: false; why: string } {
  const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === '') return { ok: false, why: 'it is written name=value' };
  const parsed = switchesSchema.safeParse({ [name]: jsonOrWord(value) });
  return parsed.success ? { ok: true, patch: parsed.data } : { ok: false, why: z.prettifyError(parsed.error) };
}

function jsonOrWord(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const most = whole.max(99_999_999);
/** A payment to put in. Times are said as how long ago, or how long from now. */
const addedSchema = z.strictObject({
  amountMinor: most.min(1),
  captureMode: z.enum(['Auto', 'Manual']).exactOptional(),
  tipsMinor: most.exactOptional(),
  serviceChargeMinor: most.exactOptional(),
  cashbackMinor: most.exactOptional(),
  totalMinor: most.exactOptional(),
  currency: z.string().length(3).exactOptional(),
  reference: z.string().max(60).exactOptional(),
  description: z.string().max(200).exactOptional(),
  customAmountAllowed: flag,
  tipsAllowed: flag,
  autoExpireInMs: whole.nullable().exactOptional(),
  autoExpireAction: z.enum(['Release', 'Capture']).exactOptional(),
  createdAgoMs: whole.exactOptional(),
  /** null: nobody has paid. */
  paidAgoMs: whole.nullable().exactOptional(),
  paysInMs: whole.exactOptional(),
  /** So many parts of it were captured since it was paid, one after the other. */
  captured: z.strictObject({ times: z.int().min(1).max(2_000), amountMinor: most.min(1), outcome: z.enum(OUTCOMES).exactOptional() }).exactOptional(),
});

const canHaveBeenCaptured = ({ captured, captureMode, paidAgoMs, paysInMs, ...parts }: z.output<typeof addedSchema>): boolean => {
  if (!captured) return true;
  const heldMinor = parts.amountMinor + (parts.tipsMinor ?? 0);
  const isHold = captureMode === 'Manual' && paidAgoMs !== null && paysInMs === undefined;
  return isHold && captured.times * captured.amountMinor <= heldMinor;
};

const possibleSchema = addedSchema.refine(canHaveBeenCaptured, {
  path: ['captured'],
  error: 'Only of a Manual payment that was paid, and no more of it than amount and tips.',
});

export const paymentSchema = possibleSchema.transform(({ createdAgoMs, paidAgoMs, paysInMs, captured, ...payment }) => (nowMs: number): NewPayment => {
  const createdAtMs = nowMs - (createdAgoMs ?? paidAgoMs ?? 0);
  const unpaid = paidAgoMs === null || paysInMs !== undefined;
  const paidAtMs = unpaid ? null : paidAgoMs === undefined ? createdAtMs : nowMs - paidAgoMs;
  const past = captured && paidAtMs !== null ? capturesBetween(paidAtMs, nowMs, captured) : [];
  return { ...payment, createdAtMs, paidAtMs, past, ...(paysInMs === undefined ? {} : { paysAtMs: nowMs + paysInMs }) };
});

type Captured = NonNullable<z.output<typeof addedSchema>['captured']>;
const capturesBetween = (fromMs: number, toMs: number, { times, amountMinor, outcome = 'Successful' }: Captured): readonly PastMove[] =>
  Array.from({ length: times }, (_, place) => ({
    kind: 'capture',
    atMs: Math.floor(fromMs + ((toMs - fromMs) * (place + 1)) / (times + 1)),
    amountMinor,
    outcome,
  }));

/** What another till does to a payment: with its tips, a capture may be the very same one. */
export const elsewhereSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('capture'), paymentId: z.string(), amountMinor: z.int().min(1), tipsMinor: most.exactOptional() }),
  z.strictObject({ do: z.literal('refund'), paymentId: z.string(), amountMinor: z.int().min(1) }),
  z.strictObject({ do: z.enum(['reverse', 'cancel']), paymentId: z.string() }),
]);
