import { z } from 'zod';
import {
  API_VERSIONS,
  APPEARANCES,
  DENSITIES,
  RECEIPT_EMAILS_MAX,
  REFUND_NOTES_LENGTH_MAX,
  REFUND_REASON_LENGTH_MAX,
  SHOP_REASON_LENGTH_MAX,
  SHOP_REASONS_MAX,
  TRAINING_FAULTS,
} from './choices.ts';

export * from './choices.ts';

/**
 * The whole contract between the page and main: every channel with its input and output, and the two events.
 * Preload, main and the page derive their types from here. Amounts are integers in minor units (pence, cents);
 * `…Ms` are UTC epoch milliseconds; a date is yyyy-mm-dd in the shop's zone.
 */
const amountMinor = z.int();
const timeMs = z.int();
const id = z.string().min(1).max(200);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** An amount a person decides on: above zero and far below 2^53. */
const decidedMinor = z.int().min(1).max(9_999_999_999);

// ---- what a person decides

/** What a person goes by when deciding on a payment, in one word that the page gives back as it came: another as soon as any of it is. */
const version = z.string();

/**
 * `requestId` is made when the person decides: the same one twice is one action. `runId` groups an end-of-day run. `seenVersion`: the
 * payment's `version` as the person saw it; where main knows another by then, nothing is accepted.
 */
const decision = { requestId: id, paymentId: id, runId: id.optional(), seenVersion: version.optional() };

export const actionRequest = z.discriminatedUnion('kind', [
  z.strictObject({ ...decision, kind: z.literal('capture'), amount: decidedMinor, tipsAmount: z.int().min(0).max(9_999_999_999).optional() }),
  z.strictObject({ ...decision, kind: z.literal('reverse') }),
  z.strictObject({
    ...decision,
    kind: z.literal('refund'),
    amount: decidedMinor,
    reason: z.string().max(REFUND_REASON_LENGTH_MAX).optional(),
    notes: z.string().max(REFUND_NOTES_LENGTH_MAX).optional(),
    /** The person said yes to a second refund shortly after another one. */
    again: z.boolean().optional(),
  }),
  z.strictObject({ ...decision, kind: z.literal('cancel') }),
  z.strictObject({ ...decision, kind: z.literal('setAmount'), amount: decidedMinor }),
  z.strictObject({ ...decision, kind: z.literal('setTips'), amount: z.int().min(0).max(9_999_999_999) }),
  z.strictObject({ ...decision, kind: z.literal('sendReceipt'), emails: z.array(z.email().max(254)).min(1).max(RECEIPT_EMAILS_MAX) }),
]);
export type ActionRequest = z.infer<typeof actionRequest>;
export type MoveKind = ActionRequest['kind'];
export const MOVE_KINDS = ['capture', 'reverse', 'refund', 'cancel', 'setAmount', 'setTips', 'sendReceipt'] as const satisfies readonly MoveKind[];

// ---- refusals

export const ERROR_CODES = [
  'bad-input', // the call does not fit its schema
  'forbidden', // not from the till's own page
  'not-connected',
  'key-form', // the API key does not look like one
  'key-refused', // Dojo does not accept it
  'no-line', // Dojo could not be reached
  'not-dojo', // something else answered
  'dojo-trouble', // Dojo answered with an error, or not in time
  'no-secure-storage', // the key cannot be kept; `thisRunOnly` is possible for test keys
  'actions-waiting', // asks for a confirmation
  'same-account', // asks the owner: `connect` again with `sameAccount`, one of the error's `accounts` or null
  'unknown-payment',
  'unknown-action',
  'move-closed', // the rules close it; the message says why
  'amount',
  'second-refund', // asks for a confirmation of its own: `again`
  'request-id-reused',
  'too-late',
  'not-possible', // the action is past the point where this can be done
  'disk', // it could not be written: nothing was accepted
  'not-training',
  'internal',
] as const;
const tillError = z.object({
  code: z.enum(ERROR_CODES),
  /** For a cashier. */
  message: z.string(),
  /** The input's part at fault, as a path: `requests.2.amount`. */
  field: z.string().optional(),
  traceId: z.string().optional(),
  /** What to do next, for a cashier. Main's one door sees to it that every refusal has it. */
  next: z.string().optional(),
  /** Dojo's answer as it came, or why none did: for support, with no secret in it. */
  raw: z.string().optional(),
  /** Only of `same-account`: the accounts that the new key may belong to, each by the last four characters of its key so far. */
  accounts: z.array(z.object({ id: z.string(), keyLast4: z.string(), openActions: z.int() })).optional(),
});
export type TillError = z.infer<typeof tillError>;
export type ErrorCode = TillError['code'];

const resultOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), error: tillError })]);
export type Result<T = null> = { ok: true; value: T } | { ok: false; error: TillError };

// ---- what the page shows

const openMove = z.object({
  open: z.literal(true),
  minMinor: amountMinor.nullable(),
  /** Of a capture without its tips. Amount and tips together never pass the payment's `leftMinor`. */
  maxMinor: amountMinor.nullable(),
  /** What is offered: of a capture without its tips, of a refund without cashback. null: nothing by itself, or no amount. */
  defaultMinor: amountMinor.nullable(),
  /** The tips that may stand beside a capture's amount, and those offered. 0: none. */
  maxTipsMinor: amountMinor,
  defaultTipsMinor: amountMinor,
  /** Not sent at or after this. */
  deadlineMs: timeMs.nullable(),
  /** It is not kept for later: where it cannot go out at once it ends. Absent: it waits. */
  notKept: z.literal(true).optional(),
  tipsAllowed: z.boolean(),
  /** Why no tips can be taken with it, or null. */
  tipsReason: z.string().nullable(),
  /** A refund of the same payment decided or sent here a moment ago: another one needs `again`. */
  recent: z.object({ amountMinor, atMs: timeMs }).nullable(),
  /** What the amount is made of, where more than the bill is in it, and where Dojo's total is another than its parts. */
  includes: z.string().nullable(),
  /** Say this before the person decides: what Dojo's documents leave open, what the API version does not show, a cap. */
  caution: z.string().nullable(),
});
const closedMove = z.object({ open: z.literal(false), code: z.string(), reason: z.string() });
const moveView = z.discriminatedUnion('open', [openMove, closedMove]);
export type MoveView = z.infer<typeof moveView>;

/** The ways to give money back. `release` and `undo` are both a `reverse`: of a hold, and of what was paid today. */
export const GIVE_BACK_WAYS = ['release', 'undo', 'refund'] as const;
const giveBack = z.object({
  /** The one that main picks; null: none is open. */
  way: z.enum(GIVE_BACK_WAYS).nullable(),
  /** Why this one, or why none. */
  why: z.string(),
  /** When the customer sees the money. */
  customerSees: z.string().nullable(),
  /** Open beside it, for a part of the money: what that costs the shop, and when the customer sees that. */
  instead: z.object({ way: z.enum(GIVE_BACK_WAYS), note: z.string(), customerSees: z.string() }).nullable(),
  closed: z.array(z.object({ way: z.enum(GIVE_BACK_WAYS), reason: z.string() })),
});
export type GiveBackView = z.infer<typeof giveBack>;
export type GiveBackWay = (typeof GIVE_BACK_WAYS)[number];

/** What a payment's row says. `unknown`: a status Dojo added later, shown as Dojo says it (`status`). */
export const PAYMENT_STATES = [
  'not-paid',
  'on-hold',
  'part-taken',
  'taking',
  'paid',
  'undone',
  'refunded',
  'part-refunded',
  'cancelled',
  'capture-declined',
  'capture-failed',
  'unknown',
] as const;

const captureView = z.object({ id: z.string(), amountMinor, tipsMinor: amountMinor, status: z.string(), createdAtMs: timeMs });

const cardView = z.object({ scheme: z.string().nullable(), last4: z.string().nullable() });

const paymentView = z.object({
  id: z.string(),
  version,
  reference: z.string(),
  description: z.string(),
  captureMode: z.enum(['Auto', 'Manual']),
  /** Dojo's own word. */
  status: z.string(),
  state: z.enum(PAYMENT_STATES),
  currency: z.string(),
  /** Held or paid, whole: the sum of the four parts, or Dojo's total where that is another (discounts, taxes). */
  totalMinor: amountMinor,
  amountMinor,
  tipsMinor: amountMinor,
  serviceChargeMinor: amountMinor,
  cashbackMinor: amountMinor,
  /** What the four come to, where Dojo's total is another; null: they agree. */
  partsMinor: amountMinor.nullable(),
  /** Confirmed by Dojo as taken. */
  takenMinor: amountMinor,
  /** Requested, not yet confirmed by the bank. */
  takingMinor: amountMinor,
  /** Captures decided here that are open, or sent and not shown by Dojo yet, tips included: neither taken nor left. */
  unfinishedCapturesMinor: amountMinor,
  /** Captures that were sent here a while ago, ended without Dojo's word, and may still arrive beside what is decided now. */
  lostCapturesMinor: amountMinor,
  /** The same of refunds. */
  lostRefundsMinor: amountMinor,
  /** Still to capture, tips included, less what is promised; 0 where nothing can be captured. The most of it where Dojo's total and the parts differ. */
  leftMinor: amountMinor,
  /**
   * The same as rows and sums count it: by Dojo's total, where that is another. Also what Dojo holds of a payment of which nothing can be
   * captured here (another currency): a row shows it, and no sum counts it.
   */
  onHoldMinor: amountMinor,
  /** Captures decided here, tips included, that cannot be sent just now, or have stood open for minutes: the hold may end first. */
  standingCapturesMinor: amountMinor,
  refundedMinor: amountMinor,
  captures: z.array(captureView),
  createdAtMs: timeMs,
  paidAtMs: timeMs.nullable(),
  updatedAtMs: timeMs,
  /** The trading day it belongs to. */
  date: isoDate,
  card: cardView.nullable(),
  /**
   * A hold's end, and what Dojo does then. `isLatest`: Dojo does not say when it began, and the earliest that it may end is over. `isRest`:
   * Dojo calls it captured, and does not say whether the rest is still on hold.
   */
  holdEnds: z
    .object({ atMs: timeMs, action: z.enum(['Release', 'Capture']).nullable(), isLatest: z.literal(true).optional(), isRest: z.literal(true).optional() })
    .nullable(),
  /** What was lost as its hold ended by itself and not all of it was captured; 0: nothing, or somebody wanted it released. */
  lostAtEndMinor: amountMinor,
  moves: z.object(Object.fromEntries(MOVE_KINDS.map((kind) => [kind, moveView])) as Record<MoveKind, typeof moveView>),
  giveBack,
  /** The last change at Dojo that nothing done here explains, and what changed; null: none. */
  changedElsewhere: z.object({ atMs: timeMs, what: z.string() }).nullable(),
  /** Actions on it that are not ended, in order. */
  openActionIds: z.array(z.string()),
  /** Why somebody should look at it, or null. */
  attention: z.string().nullable(),
});
export type PaymentView = z.infer<typeof paymentView>;
export type PaymentState = PaymentView['state'];

export const ACTION_STATES = ['waiting', 'sending', 'checking', 'done', 'refused', 'expired', 'withdrawn', 'needsPerson'] as const;

/** A payment as it was seen at one time, in what matters to a move. null: this API version does not list captures. */
const seenPayment = z.object({
  status: z.string(),
  heldMinor: amountMinor,
  capturedMinor: amountMinor.nullable(),
  captureCount: z.int().nullable(),
  refundedMinor: amountMinor,
  /** null: nobody can say. */
  readAtMs: timeMs.nullable(),
});
export type SeenPayment = z.infer<typeof seenPayment>;

/** What the last look at a payment came to, with the key that is connected. */
const LAST_LOOKS = ['read', 'unknown', 'unread'] as const;

const actionView = z.object({
  id: z.string(),
  requestId: z.string(),
  /** The end-of-day run it belongs to. */
  runId: z.string().nullable(),
  paymentId: z.string(),
  reference: z.string(),
  /** Of its payment, as far as that is known: several may have one reference. */
  card: cardView.nullable(),
  /** When its payment was paid, or made while nobody has paid; null: the payment is not known. */
  paymentAtMs: timeMs.nullable(),
  kind: z.enum(MOVE_KINDS),
  /** The way of giving back that it is: a `reverse` lets a hold go or takes back a payment, and is called accordingly. null: it gives nothing back. */
  way: z.enum(GIVE_BACK_WAYS).nullable(),
  amountMinor: amountMinor.nullable(),
  tipsMinor: amountMinor,
  currency: z.string(),
  state: z.enum(ACTION_STATES),
  acceptedAtMs: timeMs,
  changedAtMs: timeMs,
  deadlineMs: timeMs.nullable(),
  /** Its deadline has passed by the best clock there is. It stays open until a send is about to be made, and is not sent then. */
  tooLate: z.boolean(),
  /** Dojo asked to wait beyond its deadline. */
  willBeLate: z.boolean(),
  /** It waits because clocks disagree on whether it is too late, until the till is sure of the time. */
  timeDoubted: z.boolean(),
  sends: z.int(),
  /** A person may send it once more: what may have moved in all then, for a cashier; null: what was sent before cannot arrive beside it. */
  ifAgain: z.string().nullable(),
  /** Its request was sent and may still arrive, whatever a person calls it: for who settles it. null: it cannot. */
  mayArrive: z.string().nullable(),
  /** Dojo may still be working on what was sent until then, and it cannot be sent once more before; null: it is over. */
  settlesAtMs: timeMs.nullable(),
  /** Dojo shows it twice, or after it had been given up: more may have moved than was wanted. */
  cameTwice: z.boolean(),
  /** How it ended, or why it waits; for a cashier. */
  message: z.string().nullable(),
  /** A closed set of codes behind the message. */
  code: z.string().nullable(),
  traceId: z.string().nullable(),
  /** What to do next, where there is something to do; for a cashier. */
  next: z.string().nullable(),
  /** Dojo's answer as it came, or why none did: for support. null where Dojo said yes or was not asked. */
  raw: z.string().nullable(),
  /** It came to nothing, an hour ago or before this trading day, and stays until a person has read the notice that says so: `noticeSeen`. */
  untilSeen: z.boolean(),
  /** A done capture's outcome at the bank, as Dojo shows it; null while not known. */
  captureStatus: z.string().nullable(),
  /** False: a done capture whose outcome no reading shows, for this API version lists no captures. It is then neither waited for nor called captured. */
  outcomeShown: z.boolean(),
  /** A capture that came to nothing, after which all was captured, as much by another till, or somebody decided anew: it is not to be made again for that. */
  madeUpFor: z.boolean(),
  /** A capture that ended without Dojo's yes, while Dojo shows one that may be this: to be compared before more is captured. */
  compareFirst: z.boolean(),
  /** Dojo refused its amount, in which service charge or cashback was: its payment is offered without them now. */
  refusedWithExtras: z.boolean(),
  /** Dojo refused it because this key may not do that (403): another key, or whoever made the key, may allow it; then it has to be decided again. */
  keyMayNot: z.boolean(),
  /** Such a one that nobody has decided anew since: `decideAgain` takes it. */
  decidableAgain: z.boolean(),
  /** Accepted under another account's key: it is not sent with this one. */
  otherAccount: z.boolean(),
  /**
   * Queued, and not sent before somebody has done something about what comes first on its payment; `settleId`: the earlier action, where it
   * is to be settled here. null: nothing such is before it.
   */
  waitsForPerson: z.object({ settleId: z.string().nullable() }).nullable(),
  /** What is known as a person removes it, for a cashier; null: it cannot be removed. Whether it moved anything may still have to be looked at. */
  whenRemoved: z.string().nullable(),
  can: z.object({ withdraw: z.boolean(), retry: z.boolean(), settle: z.boolean(), release: z.boolean() }),
  /**
   * For an action that a person may release: the payment when it was decided (null: not noted), and now (null: not known here, or not to
   * Dojo), as old as it says. All that are `unchanged` can be released together; one that is not only alone, after a look at it.
   */
  sinceDecision: z.object({ decided: seenPayment.nullable(), now: seenPayment.extend({ version }).nullable(), unchanged: z.boolean() }).nullable(),
  /**
   * For an action that a person may settle: whether what is shown of its payment is what Dojo shows now to the key that is connected (`read`),
   * whether Dojo does not know it with that key (`unknown`), or neither (`unread`); and when what is shown was read, null: nothing is.
   */
  look: z.object({ kind: z.enum(LAST_LOOKS), readAtMs: timeMs.nullable() }).nullable(),
  /** For an action that needs a person: what was read before sending, and when; and what was read last. */
  evidence: z.object({ before: z.string(), beforeAtMs: timeMs, now: z.string().nullable() }).nullable(),
  /** For an action that a person may settle: what Dojo shows, and what this till sent, in plain words. */
  sides: z.object({ dojo: z.string(), till: z.string() }).nullable(),
});
export type ActionView = z.infer<typeof actionView>;
export type ActionState = ActionView['state'];

const currencyTotals = z.object({
  currency: z.string(),
  onHoldMinor: amountMinor,
  onHoldCount: z.int(),
  takingMinor: amountMinor,
  takenMinor: amountMinor,
  takenCount: z.int(),
  givenBackMinor: amountMinor,
  givenBackCount: z.int(),
});
/** `isComplete` is false where a long day has only just been taken up: these are the sums of a part of it then. */
const totals = z.object({ isComplete: z.boolean(), byCurrency: z.array(currencyTotals), attentionCount: z.int() });
export type Totals = z.infer<typeof totals>;

const dayView = z.object({ date: isoDate, startMs: timeMs, endMs: timeMs, zone: z.string(), isToday: z.boolean() });
export type DayView = z.infer<typeof dayView>;

const settings = z.object({
  shopName: z.string().max(80),
  /** An IANA zone name. */
  zone: z.string().min(1).max(60),
  /** Minutes after midnight at which the trading day starts. */
  dayStartMinutes: z.int().min(0).max(1439),
  apiVersion: z.enum(API_VERSIONS),
  appearance: z.enum(APPEARANCES),
  density: z.enum(DENSITIES),
  /** The shop's own list, offered when a refund is decided. */
  refundReasons: z.array(z.string().trim().min(1).max(SHOP_REASON_LENGTH_MAX)).max(SHOP_REASONS_MAX),
  /** Refunds may be decided while the line is down, each payment's up to the cap, in minor units of its currency. */
  offlineRefunds: z.boolean(),
  offlineRefundMaxMinor: z.int().min(1).max(9_999_999_999),
  /** Warn of holds about to end: 48 h and 24 h before, and at closing time. */
  holdWarnings: z.boolean(),
  /** Closing time in minutes after midnight; null: no warning at closing time. */
  closingMinutes: z.int().min(0).max(1439).nullable(),
});
export type Settings = z.infer<typeof settings>;

/** Parts of the till that a notice or a notification leads to. */
export const PLACES = ['today', 'holds', 'queue', 'end-of-day'] as const;
const notice = z.object({
  code: z.string(),
  message: z.string(),
  /** A heading of its own. */
  title: z.string().optional(),
  /** Where what it is about can be seen. */
  show: z.enum(PLACES).optional(),
  /** It comes back, over restarts too, until a person has read it: `noticeSeen`. */
  untilSeen: z.boolean().optional(),
  /** The run that it is about, where `show` leads to a run's report. */
  runId: z.string().optional(),
});
export type Notice = z.infer<typeof notice>;

const connection = z.object({
  mode: z.enum(['none', 'training', 'test', 'live']),
  /** The till's own name for the account: another key of the same account has the same. null: none is connected. */
  accountId: z.string().nullable(),
  /** `•••• 1234`: all the page ever knows of the key. */
  keyLast4: z.string().nullable(),
  /** The key is held for this run only, not stored. */
  thisRunOnly: z.boolean(),
  line: z.enum(['connecting', 'live', 'offline', 'key-refused']),
  /** When the day was last read from Dojo. */
  asOfMs: timeMs.nullable(),
  /** Since when no reading has brought a usable answer, where one did before in this run; null where the last one did. */
  unheardSinceMs: timeMs.nullable(),
  /** A read of the day is under way. */
  refreshing: z.boolean(),
  /** How far the PC's clock is ahead of Dojo's, where it is more than two minutes; else null. */
  clockAheadMs: z.int().nullable(),
  queue: z.object({ paused: z.boolean(), waiting: z.int(), sending: z.int(), checking: z.int(), needsPerson: z.int() }),
  notices: z.array(notice),
  /** Operations that Dojo forbade this key for three payments in a row: what waits of them is not sent until a person, or another key, allows it. */
  stoppedOperations: z.array(z.enum(MOVE_KINDS)),
  /** Until when the queue stands still because Dojo asked to be left alone, where that is more than a moment; else null. */
  askedToWaitUntilMs: timeMs.nullable(),
  /** Operations with which Dojo asks to wait each time, while it answers all else: what waits of them is felt for by one at a time. */
  askedToWaitWith: z.array(z.enum(MOVE_KINDS)),
  /** null outside training. */
  training: z.object({ seed: z.int(), cableOut: z.boolean(), nextFault: z.enum(TRAINING_FAULTS).nullable() }).nullable(),
  /** A key can be stored on this PC; where not, why. */
  canKeepKey: z.boolean(),
  /** What waits of other accounts' actions, if any; in training, of the shop's. */
  otherAccountsWaiting: z.int(),
});
export type Connection = z.infer<typeof connection>;

const snapshot = z.object({
  revision: z.int(),
  connection,
  day: dayView,
  /** The trading day's payments and every open hold of the days before. Of a long day the newest first: the rest follows in patches. */
  payments: z.array(paymentView),
  /**
   * Open actions, those accepted or ended in this trading day or the one before, those that stay until seen, and all of a run of which one is
   * among these. Of a run that is older than a week what ended first may be missing.
   */
  actions: z.array(actionView),
  totals,
  settings,
});
export type Snapshot = z.infer<typeof snapshot>;

/** Changes since `revision - 1`; a head that is absent is unchanged. After a gap the page asks for a snapshot. */
const patch = z.object({
  revision: z.int(),
  connection: connection.optional(),
  day: dayView.optional(),
  totals: totals.optional(),
  settings: settings.optional(),
  payments: z.array(paymentView).optional(),
  removedPaymentIds: z.array(z.string()).optional(),
  actions: z.array(actionView).optional(),
  removedActionIds: z.array(z.string()).optional(),
});
export type Patch = z.infer<typeof patch>;

const timelineEntry = z.object({
  atMs: timeMs,
  what: z.string(),
  amountMinor: amountMinor.nullable(),
  /** `person`: decided here. `elsewhere`: nothing done here explains it. */
  by: z.enum(['dojo', 'till', 'person', 'elsewhere']),
  tone: z.enum(['neutral', 'promised', 'confirmed', 'refused']),
});
/** Our own record of refunds beside what Dojo says. */
const refundHistory = z.object({
  lines: z.array(
    z.object({
      actionId: z.string(),
      atMs: timeMs,
      amountMinor,
      reason: z.string().nullable(),
      notes: z.string().nullable(),
      state: z.enum(ACTION_STATES),
      /** Dojo's id of the refund, where its answer came. */
      refundId: z.string().nullable(),
    }),
  ),
  /** Done here, as this till knows it. */
  hereMinor: amountMinor,
  /** Dojo's `refundedAmount`. */
  dojoMinor: amountMinor,
  /** What the difference between them means, or null where there is none. */
  difference: z.string().nullable(),
});
export type RefundHistory = z.infer<typeof refundHistory>;

const paymentDetail = z.object({
  payment: paymentView,
  actions: z.array(actionView),
  timeline: z.array(timelineEntry),
  refunds: refundHistory,
  /** Ids and trace ids that Dojo's support asks for, each with what it is. */
  support: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Read from Dojo just now, or from the disk as of then. */
  readAtMs: timeMs.nullable(),
  fresh: z.boolean(),
});
export type PaymentDetail = z.infer<typeof paymentDetail>;

const daySnapshot = z.object({
  day: dayView,
  payments: z.array(paymentView),
  totals,
  /** When the whole day was last read from Dojo; null: not by this till. */
  readAtMs: timeMs.nullable(),
  /** Read just now; else it is from this PC. */
  fresh: z.boolean(),
  /** Why it could not be read just now; null where it was, and where Dojo cannot be asked at all (`connection.line` says why). */
  error: tillError.nullable(),
});
export type DaySnapshot = z.infer<typeof daySnapshot>;

/** Kept payments of all days that fit a search, newest first. `isCut`: there are more than are given. */
const found = z.object({ payments: z.array(paymentView), isCut: z.boolean() });
export type Found = z.infer<typeof found>;

// ---- the channels

const nothing = z.undefined();
const done = z.null();
const onAction = z.strictObject({ actionId: id });

export const channels = {
  getSnapshot: { input: nothing, output: resultOf(snapshot) },
  /** `sameAccount` answers the question `same-account`: the account that the new key belongs to, or null for one that is new here. */
  connect: {
    input: z.strictObject({ apiKey: z.string().max(1000), thisRunOnly: z.boolean().optional(), sameAccount: id.nullable().optional() }),
    output: resultOf(connection),
  },
  startTraining: { input: z.strictObject({ seed: z.int().min(0).max(0xffffffff).optional() }).optional(), output: resultOf(connection) },
  disconnect: { input: z.strictObject({ confirmed: z.boolean().optional() }).optional(), output: resultOf(done) },
  refresh: { input: nothing, output: resultOf(done) },
  getPayment: { input: z.strictObject({ paymentId: id }), output: resultOf(paymentDetail) },
  loadDay: { input: z.strictObject({ date: isoDate }), output: resultOf(daySnapshot) },
  /** Over every kept day, from the disk: by reference, description, amount or last four digits. */
  search: { input: z.strictObject({ text: z.string().max(200) }), output: resultOf(found) },
  submit: { input: z.strictObject({ requests: z.array(actionRequest).min(1).max(1000) }), output: resultOf(z.object({ actionIds: z.array(z.string()) })) },
  withdraw: { input: onAction, output: resultOf(done) },
  retryNow: { input: onAction, output: resultOf(done) },
  settle: { input: z.strictObject({ actionId: id, verdict: z.enum(['happened', 'did-not-happen']), note: z.string().max(500) }), output: resultOf(done) },
  /**
   * Lets actions that need a person go out after all, all or none. Each payment is read anew first: what changed meanwhile is refused.
   * `seenVersions`: by action, the version of its payment that the person saw: the screen may be behind what the till knows by now.
   */
  release: {
    input: z.strictObject({ actionIds: z.array(id).min(1).max(1000), seenVersions: z.record(id, version).optional() }),
    output: resultOf(done),
  },
  /** Reads the payments of all that may be released anew, for a person who compares. Answers when each had its turn: `look` says how it went. */
  compare: { input: nothing, output: resultOf(done) },
  /** Sends what waits of an operation that was stopped, after all. What was refused stays refused. */
  allowOperation: { input: z.strictObject({ kind: z.enum(MOVE_KINDS) }), output: resultOf(done) },
  /**
   * One press for what `decidableAgain` says of one kind: a new action each, of the same amounts and with a request id that main makes,
   * by the rules on the payment as it is now; then what waits of the operation is sent too. What is not decided is named in `refused`.
   * The same press twice is one decision.
   */
  decideAgain: {
    input: z.strictObject({ kind: z.enum(MOVE_KINDS), actionIds: z.array(id).max(1000) }),
    output: resultOf(z.object({ actionIds: z.array(z.string()), refused: z.array(z.object({ actionId: z.string(), message: z.string() })) })),
  },
  /** A person has read a notice that stays until seen. Its words come with it: what has changed meanwhile stays. */
  noticeSeen: { input: z.strictObject({ code: z.string().min(1).max(100), message: z.string().max(2000) }), output: resultOf(done) },
  pauseQueue: { input: nothing, output: resultOf(done) },
  resumeQueue: { input: nothing, output: resultOf(done) },
  getSettings: { input: nothing, output: resultOf(settings) },
  saveSettings: { input: settings.partial().strict(), output: resultOf(settings) },
  /** Training only: pull the simulated network cable, or choose a fault to practise on. */
  setTraining: {
    input: z.strictObject({ cableOut: z.boolean().optional(), nextFault: z.enum(TRAINING_FAULTS).nullable().optional() }),
    output: resultOf(done),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type Channel = keyof typeof channels;
export type Input<C extends Channel> = z.input<(typeof channels)[C]['input']>;
export type Output<C extends Channel> = z.output<(typeof channels)[C]['output']>;
export const isChannel = (name: string): name is Channel => Object.hasOwn(channels, name);

/** The events main sends. `patch`: a `Patch`. `show`: a notification was pressed, and this is what it is about. */
export const PATCH_EVENT = 'patch';
export const SHOW_EVENT = 'show';
export type Show = Readonly<{ view: (typeof PLACES)[number]; runId?: string }>;

type Call<C extends Channel> = undefined extends Input<C> ? (input?: Input<C>) => Promise<Output<C>> : (input: Input<C>) => Promise<Output<C>>;

/** `window.till`: named functions only. `getSnapshot` and `getSettings` throw only where the till itself is broken. */
export type Till = {
  [C in Exclude<Channel, 'getSnapshot' | 'getSettings'>]: Call<C>;
} & {
  getSnapshot(): Promise<Snapshot>;
  getSettings(): Promise<Settings>;
  /** Calls the listener for every patch; returns its undo. */
  onPatch(listener: (patch: Patch) => void): () => void;
  /** Calls the listener when a notification asks for a part of the till; returns its undo. */
  onShow(listener: (show: Show) => void): () => void;
};
