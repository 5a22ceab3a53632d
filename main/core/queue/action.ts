import type { SameDay } from '../payment/same-day.ts';
import type { Baseline } from './evidence.ts';

/** What can be done to a payment. Amounts are minor units in the payment's own currency. */
export type Move =
  | Readonly<{ kind: 'capture'; amount: number; tipsAmount?: number | undefined }>
  | Readonly<{ kind: 'reverse' }>
  | Readonly<{ kind: 'refund'; amount: number; reason?: string | undefined; notes?: string | undefined }>
  | Readonly<{ kind: 'cancel' }>
  | Readonly<{ kind: 'setAmount'; amount: number }>
  | Readonly<{ kind: 'setTips'; amount: number }>
  | Readonly<{ kind: 'sendReceipt'; emails: readonly string[] }>;

export const MOVE_KINDS = ['capture', 'reverse', 'refund', 'cancel', 'setAmount', 'setTips', 'sendReceipt'] as const;
export type MoveKind = Move['kind'];

export const ACTION_STATES = ['waiting', 'sending', 'checking', 'done', 'refused', 'expired', 'withdrawn', 'needsPerson'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** How an action ended, or what was last learnt of it. `message` and `next` are for a cashier. */
export type Outcome = Readonly<{
  code: string;
  message: string;
  /** What to do now; null where there is nothing to do, or where an older till wrote it. */
  next: string | null;
  settledBy: 'answer' | 'evidence' | 'person' | 'till';
  captureId: string | null;
  /** Dojo's id of the refund or the reversal, from its yes. */
  dojoId: string | null;
  status: number | null;
  traceId: string | null;
  /** Dojo's no as it came, or why none came: for its support. No secret and no address in it. */
  raw: string | null;
}>;

/** One decision of a person, kept until a person can see how it ended. Times are UTC epoch ms on the corrected clock. */
export type Action = Readonly<{
  id: string;
  /** The order of acceptance: lanes follow it. */
  seq: number;
  requestId: string;
  /** Actions started together (an end-of-day run) share it. */
  runId: string | null;
  accountId: string;
  paymentId: string;
  move: Move;
  currency: string;
  /** The payment's reference when it was decided, so that the queue can be read without the payment. */
  reference: string;
  /** Born with the decision and the same for every send. */
  idempotencyKey: string;
  acceptedAtMs: number;
  /** Not sent at or after this instant; null: no limit. */
  deadlineAtMs: number | null;
  /** Where that is the shop's midnight: of what day, so that a zone that is put right moves it; an older till did not write it down. */
  sameDay?: SameDay | undefined;
  state: ActionState;
  /** How often a request may have left the till. */
  sends: number;
  firstSentAtMs: number | null;
  /** The last moment at which a request of it may have left. */
  sentAtMs: number | null;
  /** Dojo's API version of its first send, which any repeat of it bears too; null: not sent, or an older till did not write it down. */
  apiVersion: string | null;
  /** What was known of the payment when the person decided; null: an older till wrote the action without it. */
  decidedOn: Baseline | null;
  /** The same, of the first decision, where this till never sent it and a person let it go later: a copy of the till may have sent it between. */
  decidedFirst?: Baseline | undefined;
  /** What the payment looked like just before the first send. */
  baseline: Baseline | null;
  /** What had been sent of it before a person let it go once more: it may arrive all the same. */
  sentBefore?: SentBefore | undefined;
  /** A person removed it, or Dojo said no at once: it is never sent again, and how it ends waits only for a look at the payment. */
  endsAs?: 'withdrawn' | 'refused' | undefined;
  /** It was decided as one that needs a connection: it is not kept for later. */
  onlineOnly?: true | undefined;
  /** waiting: not tried before this. checking: not read before this. */
  notBeforeMs: number;
  /** Failures in a row, for the backoff. */
  failures: number;
  outcome: Outcome | null;
  changedAtMs: number;
}>;

type SentBefore = Pick<Action, 'sends' | 'firstSentAtMs' | 'sentAtMs' | 'apiVersion' | 'baseline'>;
const UNSENT: SentBefore = { sends: 0, firstSentAtMs: null, sentAtMs: null, apiVersion: null, baseline: null };

/** A request of it may have left, whatever Dojo answered, and also before a person let it go once more. */
export const wasSent = ({ sends, baseline, sentBefore }: Action): boolean => sends > 0 || baseline !== null || sentBefore !== undefined;

/**
 * It is kept for later where it cannot go out at once. A change of what is asked for is made while the customer pays: hours later it would
 * be another customer's surprise; nor can anybody say until when a reversal that needs a connection is possible.
 */
export const isKept = ({ move, onlineOnly }: Action): boolean => move.kind !== 'setAmount' && move.kind !== 'setTips' && !onlineOnly;

/** Requests of it went out, and Dojo said of each that it did nothing by it (429, 401): of receipts these count as sends. */
const isOnlyDenied = (action: Action): boolean => wasSent(action) && asSent(action).sends === 0;

/**
 * How an open action ends once its payment was looked at, where that is known. What Dojo denied is not forgotten by a look that shows
 * nothing of it. An older till wrote it into the outcome alone.
 */
export function endOf(action: Action): Action['endsAs'] {
  const { endsAs, state, outcome } = action;
  if (endsAs) return endsAs;
  if (outcome?.code === 'withdrawn-unread') return 'withdrawn';
  const isDenied = isOnlyDenied(action) || outcome?.code === 'refused-unread' || (state === 'needsPerson' && outcome?.settledBy === 'answer');
  return isDenied ? 'refused' : undefined;
}

/** With all that was ever sent of it: what a payment shows may be of any of these. */
export function asSent(action: Action): Action {
  const { sentBefore, baseline } = action;
  if (!sentBefore) return action;
  if (!baseline) return { ...action, ...sentBefore, sentBefore: undefined };
  const { sends, firstSentAtMs, apiVersion } = sentBefore;
  return { ...action, sends: sends + action.sends, firstSentAtMs, apiVersion: apiVersion ?? action.apiVersion, baseline: sentBefore.baseline };
}

/** Every send of a refund is the same one for Dojo, by its key: what shows may be of one that went out before a person let it go once more. */
export const asJudged = (action: Action): Action => (action.move.kind === 'refund' ? asSent(action) : action);

/** Let go by a person, as a decision of its own: its sends begin anew, and what was sent before stays on the record. */
export function asUnsent(action: Action): SentBefore & Pick<Action, 'sentBefore' | 'decidedFirst'> {
  const { sends: sent, firstSentAtMs, sentAtMs, apiVersion, baseline } = asSent(action);
  // Dojo said no to the only one: like what it only denied, it counts as none.
  const sends = sent === 1 && endOf(action) === 'refused' ? 0 : sent;
  const sentBefore = baseline ? { sends, firstSentAtMs, sentAtMs, apiVersion, baseline } : undefined;
  return { ...UNSENT, sentBefore, decidedFirst: action.decidedFirst ?? (sentBefore ? undefined : (action.decidedOn ?? undefined)) };
}

const FINAL: ReadonlySet<ActionState> = new Set(['done', 'refused', 'expired', 'withdrawn']);

/** Nothing more will happen to it by itself and it reserves nothing. needsPerson is not final: it may have moved money. */
export const isFinal = (action: Action): boolean => FINAL.has(action.state);

/** It may have moved money, or may do so still. */
export const isOpen = (action: Action): boolean => !isFinal(action);

/** The money an action is about, in minor units; null where it is about the whole payment or no money. */
export function amountOf(move: Move): number | null {
  switch (move.kind) {
    case 'capture':
      return move.amount + (move.tipsAmount ?? 0);
    case 'refund':
    case 'setAmount':
    case 'setTips':
      return move.amount;
    case 'reverse':
    case 'cancel':
    case 'sendReceipt':
      return null;
  }
}

/** A receipt is sent so often at most: no reading tells whether it was. */
export const RECEIPT_SENDS_MAX = 2;

/** A receipt's addresses are needed as long as it may still be sent, and not a moment longer. */
export function withoutSpentAddresses(action: Action): Action {
  const isSpent = isFinal(action) || (action.state === 'needsPerson' && action.sends >= RECEIPT_SENDS_MAX);
  return action.move.kind === 'sendReceipt' && isSpent ? { ...action, move: { ...action.move, emails: [] } } : action;
}

/**
 * The same decision: used to tell a repeated request from a reused requestId. Of a receipt whose addresses are forgotten nothing more
 * is known than that it was one.
 */
export const sameMove = (a: Move, b: Move): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)) || (isReceipt(a) && isReceipt(b) && (a.emails.length === 0 || b.emails.length === 0));
const isReceipt = (move: Move) => move.kind === 'sendReceipt';
const sorted = (move: Move) =>
  Object.entries(move)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
