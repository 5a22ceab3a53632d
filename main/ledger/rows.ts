import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Payment } from '../core/payment/payment.ts';
import { ACTION_STATES, type Action, withoutSpentAddresses } from '../core/queue/action.ts';
import type { Baseline } from '../core/queue/evidence.ts';
import { err, ok, type Result } from '../core/result.ts';

/** How actions and payments are written into `body` and read back. Strict: what does not fit is not guessed at. */

const move = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('capture'), amount: z.int(), tipsAmount: z.int().optional() }),
  z.strictObject({ kind: z.literal('reverse') }),
  z.strictObject({ kind: z.literal('refund'), amount: z.int(), reason: z.string().optional(), notes: z.string().optional() }),
  z.strictObject({ kind: z.literal('cancel') }),
  z.strictObject({ kind: z.literal('setAmount'), amount: z.int() }),
  z.strictObject({ kind: z.literal('setTips'), amount: z.int() }),
  z.strictObject({ kind: z.literal('sendReceipt'), emails: z.array(z.string()) }),
]);

const baseline = z.strictObject({
  status: z.string(),
  captureIds: z.array(z.string()).nullable(),
  turnedDownIds: z.array(z.string()).optional(),
  capturedMinor: z.int().nullable().default(null),
  refundedMinor: z.int(),
  amountMinor: z.int(),
  tipsMinor: z.int(),
  readAtMs: z.number(),
  updatedAtMs: z.number().optional(),
  isUndated: z.literal(true).optional(),
});

/** What an older till did not write yet is null. */
const sinceLater = z.string().nullable().default(null);

const outcome = z.strictObject({
  code: z.string(),
  message: z.string(),
  next: sinceLater,
  settledBy: z.enum(['answer', 'evidence', 'person', 'till']),
  captureId: z.string().nullable(),
  dojoId: sinceLater,
  status: z.number().nullable(),
  traceId: z.string().nullable(),
  raw: sinceLater,
});

const sends = {
  sends: z.int(),
  firstSentAtMs: z.number().nullable(),
  sentAtMs: z.number().nullable(),
  apiVersion: sinceLater,
  baseline: baseline.nullable(),
};

const sameDay = z.strictObject({ paidByMs: z.number(), endsAtMs: z.number().nullable() });

const action = z.strictObject({
  id: z.string().min(1),
  seq: z.int(),
  requestId: z.string().min(1),
  runId: z.string().nullable(),
  accountId: z.string().min(1),
  paymentId: z.string().min(1),
  move,
  currency: z.string(),
  reference: z.string(),
  idempotencyKey: z.string().min(1),
  acceptedAtMs: z.number(),
  deadlineAtMs: z.number().nullable(),
  sameDay: sameDay.optional(),
  state: z.enum(ACTION_STATES),
  ...sends,
  sentBefore: z.strictObject(sends).optional(),
  decidedOn: baseline.nullable().default(null),
  decidedFirst: baseline.optional(),
  endsAs: z.enum(['withdrawn', 'refused']).optional(),
  onlineOnly: z.literal(true).optional(),
  notBeforeMs: z.number(),
  failures: z.int(),
  outcome: outcome.nullable(),
  changedAtMs: z.int(),
});

const capture = z.strictObject({ id: z.string(), amountMinor: z.int(), tipsMinor: z.int(), status: z.string(), createdAtMs: z.number() });

const card = z.strictObject({ scheme: z.string().nullable(), last4: z.string().nullable(), funding: z.string().nullable(), entry: z.string().nullable() });

const payment = z.strictObject({
  id: z.string().min(1),
  reference: z.string(),
  description: z.string(),
  captureMode: z.enum(['Auto', 'Manual']),
  status: z.string(),
  currency: z.string(),
  amountMinor: z.int(),
  tipsMinor: z.int(),
  // What an older till did not read yet: nothing, and not said.
  serviceChargeMinor: z.int().default(0),
  cashbackMinor: z.int().default(0),
  totalMinor: z.int().nullable().default(null),
  refundedMinor: z.int(),
  captures: z.array(capture).nullable(),
  createdAtMs: z.int(),
  updatedAtMs: z.number(),
  paidAtMs: z.number().nullable(),
  expireAtMs: z.number().nullable(),
  autoExpireInMs: z.number().nullable(),
  autoExpireAction: z.enum(['Release', 'Capture']).nullable(),
  customAmountAllowed: z.boolean(),
  tipsAllowed: z.boolean(),
  card: card.nullable(),
  unpaidUntilMs: z.number().optional(),
  firstPaidMs: z.number().optional(),
  undatedMs: z.number().optional(),
  undatedByMs: z.number().optional(),
  givenBackFromMs: z.number().optional(),
});

// The compiler refuses a schema that says less or more than the type, optional fields included.
type Bare<T> = T extends readonly (infer Item)[] ? Bare<Item>[] : T extends object ? { -readonly [Key in keyof T]-?: Bare<T[Key]> } : T;
type Same<A, B> = [Bare<A>] extends [Bare<B>] ? ([Bare<B>] extends [Bare<A>] ? true : false) : false;
true satisfies Same<z.infer<typeof action>, Action>;
true satisfies Same<z.infer<typeof payment>, Payment>;

const keysOf = (...schemas: readonly z.ZodObject[]): string[] => [...new Set(schemas.flatMap((schema) => Object.keys(schema.shape)))];
/** Only these fields are ever written, whatever else an object carries; always in this order, so that equal payments are equal text. */
const PAYMENT_FIELDS = keysOf(payment, capture, card);
const ACTION_FIELDS = keysOf(action, baseline, outcome, sameDay, ...move.options);

export type ActionRow = Readonly<{
  id: string;
  seq: number;
  request_id: string;
  account_id: string;
  payment_id: string;
  state: string;
  changed_at: number;
  body: string;
  /** Of the body: SQLite does not notice a byte that became another, and an amount with another digit is an amount. */
  body_sum: number;
}>;

export const bodySum = (body: string): number => crc32(body);

/** Throws where the action could not be read back: it must fail before money moves, not after. */
export function encodeAction(it: Action): ActionRow {
  const body = JSON.stringify(withoutSpentAddresses(it), ACTION_FIELDS);
  const readBack = decoded(action, body);
  if (!readBack.ok) throw new Error(`expected action ${it.id} to fit its schema: ${readBack.error}`);
  return {
    id: it.id,
    seq: it.seq,
    request_id: it.requestId,
    account_id: it.accountId,
    payment_id: it.paymentId,
    state: it.state,
    changed_at: it.changedAtMs,
    body,
    body_sum: bodySum(body),
  };
}

/** The action in a row, or why it cannot be believed. */
export function decodeAction(row: ActionRow): Result<Action, string> {
  if (bodySum(row.body) !== row.body_sum) return err('its body is not what was written');
  const body = decoded(action, row.body);
  if (!body.ok) return body;
  const it = body.value;
  const agrees =
    it.id === row.id &&
    it.seq === row.seq &&
    it.requestId === row.request_id &&
    it.accountId === row.account_id &&
    it.paymentId === row.payment_id &&
    it.state === row.state &&
    it.changedAtMs === row.changed_at;
  return agrees ? body : err('its columns and its body disagree');
}

export const encodePayment = (it: Payment): string => JSON.stringify(it, PAYMENT_FIELDS);

const BASELINE_FIELDS = keysOf(baseline);
export const encodeBaseline = (it: Baseline): string => JSON.stringify(it, BASELINE_FIELDS);

export const decodeBaseline = (body: string): Result<Baseline, string> => decoded(baseline, body);

export const decodePayment = (body: string): Result<Payment, string> => decoded(payment, body);

function decoded<T>(schema: z.ZodType<T>, body: string): Result<T, string> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return err('it is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  // Paths and codes only: a value could be something that does not belong in a report.
  return err(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.code}`).join(', '));
}
