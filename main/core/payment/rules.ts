import { calendarDay, wallTime } from '../day/day.ts';
import { inWords, isTakenByDojo, money } from '../money.ts';
import { MOVE_KINDS, type Move, type MoveKind } from '../queue/action.ts';
import { capturedHereMinor } from '../queue/evidence.ts';
import { changesTips } from './api-version.ts';
import { captureAmounts, captureRefusal, cashbackLeftOut, includedIn, inNewerVersions, NO_TIPS } from './move-amounts.ts';
import {
  capturedMinor,
  countsAsCaptured,
  heldMinor,
  heldMostMinor,
  holdEndsByMs,
  isKnownStatus,
  isSettling,
  lapsesAtMs,
  paidByMs,
  paidFromMs,
} from './payment.ts';
import {
  type Case,
  leftToRefundMinor,
  leftToTakeMinor,
  openActions,
  openCapturesMinor,
  recentRefund,
  refundableNowMinor,
  refundDefaultMinor,
  refundedMinor,
  takenHereMinor,
  withBankMinor,
} from './rule-context.ts';
import { type SameDay, sameDayEndsAtMs } from './same-day.ts';

export type OpenMove = Readonly<{
  open: true;
  /** Limits of the amount, where the move has one. */
  minMinor: number | null;
  maxMinor: number | null;
  /** What is offered; null: nothing by itself, or no amount. */
  defaultMinor: number | null;
  /** A capture's tips, which stand beside its amount: the most of them, and what is offered. 0 where the move has none. */
  maxTipsMinor: number;
  defaultTipsMinor: number;
  /** Not sent at or after this. */
  deadlineAtMs: number | null;
  /** Where that is the midnight of its day. */
  sameDay?: SameDay;
  /** Where it cannot go out at once it ends. */
  notKept?: true;
  tipsAllowed: boolean;
  /** Why no tips can be taken with it; null where they can, or where the move has none. */
  tipsReason: string | null;
  /** A refund of the same payment decided or sent here a moment ago: another one has to be confirmed as such. */
  recent: Readonly<{ amountMinor: number; atMs: number }> | null;
  /** What the amount is made of, where more than the bill is in it, and where Dojo's total differs from its parts. */
  includes: string | null;
  /** Said to the person before the decision: where Dojo's documents leave it open or disagree, what the API version does not show, a cap. */
  caution: string | null;
}>;
export type ClosedMove = Readonly<{ open: false; code: ClosedCode; reason: string }>;
export type MoveRule = OpenMove | ClosedMove;
export type Moves = Readonly<Record<MoveKind, MoveRule>>;

export type ClosedCode =
  | 'unreadable'
  | 'unknown-to-key'
  | 'unknown-status'
  | 'currency'
  | 'not-paid'
  | 'automatic'
  | 'undone'
  | 'cancelled'
  | 'refunded'
  | 'hold-ended'
  | 'nothing-left'
  | 'settling'
  | 'taken'
  | 'part-taken'
  | 'day-over'
  | 'not-taken-yet'
  | 'promised'
  | 'paid'
  | 'lapsed'
  | 'not-allowed'
  | 'version'
  | 'offline';

const status = (c: Case) => c.payment.status;
const amount = (c: Case, minor: number) => inWords(money(minor, c.payment.currency));
const undoEndsAtMs = (c: Case) => calendarDay(paidByMs(c.payment), c.zone).endMs;
/** A sale may have been paid on the day that ends then, or on an earlier one. The release of a hold asks for no day. */
const isPaidDayUnsure = (c: Case) => c.payment.captureMode === 'Auto' && calendarDay(paidFromMs(c.payment), c.zone).endMs !== undoEndsAtMs(c);
/** How long a payment that nobody has paid may be reversed: its day, and no longer than it can be paid. */
const unpaidUntilMs = (c: Case) => Math.min(undoEndsAtMs(c), lapsesAtMs(c.payment));

type Closure = readonly [code: ClosedCode, when: (c: Case) => boolean, reason: string | ((c: Case) => string)];

const unknownStatus: Closure = [
  'unknown-status',
  (c) => !isKnownStatus(status(c)),
  (c) => `Dojo calls this payment “${status(c)}”, which Tillside does not know. Look it up in Dojo.`,
];
const otherCurrency: Closure = [
  'currency',
  (c) => !isTakenByDojo(c.payment.currency),
  (c) => `It is in ${c.payment.currency}: Tillside moves pounds and euros only. Look it up in Dojo.`,
];
/** Dojo took this till's request for it. A person's verdict is not Dojo's word: there what Dojo shows decides. */
const accepted = (c: Case, kind: MoveKind) =>
  c.actions.some(({ move, state, outcome }) => move.kind === kind && state === 'done' && outcome?.settledBy !== 'person');
/** Dojo calls it reversed, as its hold has ended or its rest was released, and shows what was captured of it before (not documented). */
const isPartCaptured = (c: Case) => status(c) === 'Reversed' && takenHereMinor(c) > 0;
const undone: Closure = [
  'undone',
  (c) => status(c) === 'Reversed' || accepted(c, 'reverse'),
  (c) =>
    isPartCaptured(c)
      ? 'What was not captured of it is released.'
      : status(c) === 'Reversed'
        ? `It is ${isManual(c) ? 'released' : 'reversed'}; the customer is not charged.`
        : `Dojo took its ${reversal(c)}, but does not show it yet. If it stays so, look it up in Dojo.`,
];
const cancelled: Closure = ['cancelled', (c) => status(c) === 'Canceled' || accepted(c, 'cancel'), 'It was cancelled before payment.'];
const notPaid: Closure = ['not-paid', (c) => status(c) === 'Created', 'Nobody has paid yet.'];
const isManual = (c: Case) => c.payment.captureMode === 'Manual';
const isAllCaptured = ({ payment, actions }: Case) => capturedMinor(payment, capturedHereMinor(actions)) >= heldMinor(payment);
const isPastHoldsEnd = (c: Case) => c.nowMs >= holdEndsByMs(c.payment);
/** On the word of the PC's clock alone no hold is given up: Dojo's time decides, when it is sent. */
const hasHoldEnded = (c: Case) => isPastHoldsEnd(c) && !c.isByPc;
/** Also of what is left after a part was taken, whatever status Dojo shows then. */
const holdEnded: Closure = [
  'hold-ended',
  (c) => isManual(c) && status(c) !== 'Created' && !isAllCaptured(c) && hasHoldEnded(c),
  'The hold has ended by itself.',
];
/** Nothing is captured before the bank has said so; it may still decline it. */
const beingCaptured: Closure = [
  'settling',
  (c) => takenHereMinor(c) === 0 && (isSettling(c.payment) || withBankMinor(c) > 0),
  (c) =>
    isSettling(c.payment)
      ? 'It is being captured: wait for the bank’s answer.'
      : 'Dojo does not show yet what became of its capture. If it stays so, look it up in Dojo.',
];
function allCaptured(c: Case): string {
  const [takenMinor, pendingMinor] = [takenHereMinor(c), withBankMinor(c)];
  if (pendingMinor === 0) return `All of it is captured: ${amount(c, heldMinor(c.payment))}.`;
  const pending = isSettling(c.payment) ? 'being captured' : 'sent for capture';
  return takenMinor === 0
    ? `All of it is ${pending}: ${amount(c, pendingMinor)}.`
    : `${amount(c, takenMinor)} of it is captured, ${amount(c, pendingMinor)} is ${pending}.`;
}
const another = (kinds: readonly MoveKind[], reason: Closure[2]): Closure => [
  'promised',
  (c) => openActions(c).some((action) => kinds.includes(action.move.kind)),
  reason,
];
/** A reversal of a hold lets it go; of what was taken it undoes the payment. Dojo has one word for both, a cashier two. */
const reversal = (c: Case) => (isManual(c) && status(c) !== 'Created' ? 'release' : 'reversal');
/** Dojo answers, and without its time: nothing goes out that a midnight decides about. */
const isTimeUntold = (c: Case) => c.isByPc === true && c.online;
function dayOver(c: Case): string {
  if (!c.isByPc) return 'A reversal was possible until midnight of the day it was paid. Refund it instead.';
  const isOver = 'By this PC’s clock the day it was paid is over, and';
  return isTimeUntold(c)
    ? `${isOver} Dojo does not say what time it is. If the clock is wrong, reverse it in Dojo.`
    : `${isOver} a reversal was possible until its midnight. Check the clock, or connect: Dojo’s time decides.`;
}
const reversalFirst = another(['reverse'], (c) => `Its ${reversal(c)} is waiting. Remove that first.`);
const unpaidOnly: Closure = ['paid', (c) => status(c) !== 'Created', 'It is paid already.'];
const lapsed: Closure = ['lapsed', (c) => c.nowMs >= lapsesAtMs(c.payment) && !c.isByPc, 'The request to pay has lapsed.'];
const needsLine: Closure = ['offline', (c) => !c.online, 'This needs a connection: it is not kept for later.'];

/** The whole of what closes a move, in order: the first that holds gives the reason. Guides: capture, reversal, manage-payments. */
const CLOSURES: Readonly<Record<MoveKind, readonly Closure[]>> = {
  capture: [
    unknownStatus,
    otherCurrency,
    undone,
    cancelled,
    notPaid,
    ['automatic', (c) => c.payment.captureMode === 'Auto', 'It was captured when the customer paid: there is nothing to capture.'],
    // "You can only capture a payment that hasn't yet been refunded or reversed." (capture guide)
    ['refunded', (c) => status(c) === 'Refunded' || refundedMinor(c) > 0, 'Money was given back: nothing more can be captured.'],
    holdEnded,
    reversalFirst,
    another(['refund'], 'A refund of this payment is waiting. Remove it first.'),
    [
      'nothing-left',
      (c) => leftToTakeMinor(c) === 0,
      (c) => (openCapturesMinor(c) > 0 ? 'All that is left is asked for already, not finished yet.' : allCaptured(c)),
    ],
    // After a part was taken the intent may read Captured; the rest was let go all the same when the hold ended.
    ['hold-ended', hasHoldEnded, 'The hold has ended by itself.'],
  ],
  reverse: [
    unknownStatus,
    otherCurrency,
    undone,
    cancelled,
    // The guide allows it for a Manual payment that is Created, on its day; Dojo's newest page does not. Cancelling comes first.
    ['not-paid', (c) => status(c) === 'Created' && !(isManual(c) && c.nowMs < unpaidUntilMs(c)), 'Nobody has paid yet: cancel it instead.'],
    ['refunded', (c) => status(c) === 'Refunded' || refundedMinor(c) > 0, 'Money was already given back: it can no longer be reversed as a whole.'],
    [beingCaptured[0], (c) => isManual(c) && beingCaptured[1](c), beingCaptured[2]],
    // "captureMode Manual: Created or Authorized. Captured have to be refunded instead." (reversal guide)
    [
      'taken',
      (c) => c.payment.captureMode === 'Manual' && status(c) === 'Captured',
      // The bank declined what Dojo calls captured, or took nothing of it.
      (c) =>
        takenHereMinor(c) > 0 ? 'The hold was captured: refund it instead.' : 'Dojo calls it captured, so it cannot be released here. Look it up in Dojo.',
    ],
    [
      'part-taken',
      (c) => c.payment.captureMode === 'Manual' && (c.payment.captures ?? []).some(countsAsCaptured),
      'Part of the hold was captured: a release is always for the whole. Refund what was captured.',
    ],
    ['not-taken-yet', (c) => c.payment.captureMode === 'Auto' && status(c) !== 'Captured', 'Dojo is still capturing this payment.'],
    ['nothing-left', (c) => c.payment.captureMode === 'Auto' && heldMostMinor(c.payment) === 0, 'Nothing was charged: there is nothing to reverse.'],
    // "Reversals can only be actioned on the same calendar day as the original payment." (reversal guide)
    ['day-over', (c) => c.payment.captureMode === 'Auto' && c.nowMs >= undoEndsAtMs(c), dayOver],
    ['offline', (c) => isPaidDayUnsure(c) && !c.online, 'Dojo does not say when it was paid: a reversal needs a connection, it is not kept for later.'],
    holdEnded,
    another(['reverse'], (c) => `Its ${reversal(c)} is waiting already.`),
    another(['cancel', 'setAmount', 'setTips'], 'Another action on this payment is waiting.'),
    another(['capture'], 'A capture of this payment is waiting. Remove it first.'),
    another(['refund'], 'A refund of this payment is waiting. Remove it first.'),
  ],
  refund: [
    unknownStatus,
    otherCurrency,
    [undone[0], (c) => !isPartCaptured(c) && undone[1](c), undone[2]],
    cancelled,
    notPaid,
    ['refunded', (c) => status(c) === 'Refunded' && refundedMinor(c) === 0, 'Dojo says it is refunded, but not how much of it. Look it up in Dojo.'],
    beingCaptured,
    ['not-taken-yet', (c) => takenHereMinor(c) === 0, 'Nothing was captured, so there is nothing to refund.'],
    reversalFirst,
    ['nothing-left', (c) => leftToRefundMinor(c) === 0, 'All that was captured is given back, or queued to be.'],
    // Nobody can see without the line what another till gave back: the shop says whether, and how much, it promises all the same.
    [
      'offline',
      (c) => !c.online && c.offlineRefundMaxMinor === null,
      'Dojo cannot be reached, and refunds without a connection are switched off in the settings.',
    ],
    [
      'offline',
      (c) => refundableNowMinor(c) === 0,
      (c) =>
        `Dojo cannot be reached, and the settings allow ${amount(c, c.offlineRefundMaxMinor ?? 0)} of a payment without a connection: that much waits already.`,
    ],
  ],
  cancel: [unknownStatus, undone, cancelled, unpaidOnly, lapsed, another(MOVE_KINDS, 'Another action on this payment is waiting.')],
  setAmount: [
    unknownStatus,
    otherCurrency,
    undone,
    cancelled,
    unpaidOnly,
    lapsed,
    ['not-allowed', (c) => !c.payment.customAmountAllowed, 'It was created with a fixed amount.'],
    another(MOVE_KINDS, 'Another action on this payment is waiting.'),
    needsLine,
  ],
  setTips: [
    unknownStatus,
    otherCurrency,
    undone,
    cancelled,
    unpaidOnly,
    lapsed,
    ['not-allowed', (c) => !c.payment.tipsAllowed, NO_TIPS],
    ['version', (c) => !changesTips(c.apiVersion), (c) => inNewerVersions(c, 'has no change of tips')],
    another(MOVE_KINDS, 'Another action on this payment is waiting.'),
    needsLine,
  ],
  sendReceipt: [unknownStatus, undone, cancelled, notPaid, ['not-taken-yet', (c) => status(c) === 'Authorized', 'There is a receipt once it is captured.']],
};

const RELEASE_CAUTION = 'This hold is from an earlier day. Dojo’s newer rule allows releasing it; Dojo decides.';
const PAID_DAY_CAUTION = 'Dojo does not say when it was paid. If that was on an earlier day it is refused: refund it then. Dojo decides.';
const UNSEEN_CAUTION = 'With this API version Dojo does not show how much of the hold was captured; Dojo decides.';
const UNPAID_CAUTION = 'Nobody has paid yet. Cancel it: that is the sure way. Dojo’s newer rule does not allow a reversal; Dojo decides.';
const NOT_SAID_CAUTION = 'Dojo does not say whether it refunds such a payment; Dojo decides.';
const BY_PC_CAUTION = 'By this PC’s clock the hold has ended. It is sent only if Dojo’s time says otherwise.';
const untoldCaution = (c: Case) => `Dojo does not say what time it is. While that is so a ${reversal(c)} is not sent: do it in Dojo.`;
const REST_CAUTION = 'Dojo does not say whether the rest stays on hold after a part was captured; Dojo decides.';

/** "As long as there have been no incremental payments or payment attempts, including unsuccessful ones" (specification, refunds). */
function capturesCaution(c: Case): string | null {
  const captures = c.payment.captures ?? [];
  if (!isManual(c) || captures.length === 0 || (captures.length === 1 && isAllCaptured(c))) return null;
  const counted = captures.filter(countsAsCaptured).length;
  const what = counted > 1 ? 'It was captured in parts.' : isAllCaptured(c) ? 'Not every capture of it went through.' : 'Part of it was captured.';
  return `${what} ${NOT_SAID_CAUTION}`;
}

/** Only where the cap, and not what is left, is the limit. */
const capInWords = (c: Case) => `Dojo cannot be reached: no more than ${amount(c, refundableNowMinor(c))} of it can be refunded until the connection is back.`;

function captureCaution(c: Case): string | null {
  if (isPastHoldsEnd(c)) return BY_PC_CAUTION;
  if (c.payment.captures === null && isCapturedAtDojo(c)) return UNSEEN_CAUTION;
  return capturedMinor(c.payment, capturedHereMinor(c.actions)) > 0 ? REST_CAUTION : null;
}
const isCapturedAtDojo = (c: Case) => status(c) === 'Captured';

const nothingMoreIn: Pick<OpenMove, 'defaultMinor' | 'maxTipsMinor' | 'defaultTipsMinor' | 'includes'> = {
  defaultMinor: null,
  maxTipsMinor: 0,
  defaultTipsMinor: 0,
  includes: null,
};

/** What an open move allows. Called only where no closure holds. */
function openMove(kind: MoveKind, c: Case): OpenMove {
  const open: OpenMove = {
    open: true,
    minMinor: null,
    maxMinor: null,
    ...nothingMoreIn,
    deadlineAtMs: null,
    tipsAllowed: false,
    tipsReason: null,
    recent: null,
    caution: null,
  };
  switch (kind) {
    case 'capture':
      return { ...open, ...captureAmounts(c), deadlineAtMs: holdEndsByMs(c.payment), includes: includedIn('capture', c), caution: captureCaution(c) };
    case 'reverse': {
      const reversal: OpenMove = isPaidDayUnsure(c) ? { ...open, notKept: true } : open;
      const onItsDay = (endsAtMs: number | null, caution: string | null) => {
        const sameDay = { paidByMs: paidByMs(c.payment), endsAtMs };
        const cautions = [caution, isTimeUntold(c) ? untoldCaution(c) : null].filter((said) => said !== null);
        return { ...reversal, deadlineAtMs: sameDayEndsAtMs(sameDay, c.zone), sameDay, caution: cautions.join(' ') || null };
      };
      if (status(c) === 'Created') return onItsDay(lapsesAtMs(c.payment), UNPAID_CAUTION);
      if (c.payment.captureMode === 'Auto') return onItsDay(null, isPaidDayUnsure(c) ? PAID_DAY_CAUTION : null);
      const holdEnds = holdEndsByMs(c.payment);
      if (isPastHoldsEnd(c)) return { ...reversal, deadlineAtMs: holdEnds, caution: BY_PC_CAUTION };
      return c.nowMs < undoEndsAtMs(c) ? onItsDay(holdEnds, null) : { ...reversal, deadlineAtMs: holdEnds, caution: RELEASE_CAUTION };
    }
    case 'refund': {
      const cautions = [
        isManual(c) && c.payment.captures === null ? UNSEEN_CAUTION : null,
        capturesCaution(c),
        refundableNowMinor(c) < leftToRefundMinor(c) ? capInWords(c) : null,
      ];
      return {
        ...open,
        minMinor: 1,
        maxMinor: refundableNowMinor(c),
        defaultMinor: refundDefaultMinor(c) || null,
        recent: recentRefund(c),
        includes: [includedIn('refund', c), cashbackLeftOut(c)].filter(Boolean).join(' ') || null,
        caution: cautions.filter(Boolean).join(' ') || null,
      };
    }
    case 'cancel':
      return { ...open, deadlineAtMs: lapsesAtMs(c.payment) };
    case 'setAmount':
      return { ...open, notKept: true, minMinor: 1, deadlineAtMs: lapsesAtMs(c.payment) };
    case 'setTips':
      return { ...open, notKept: true, minMinor: 0, deadlineAtMs: lapsesAtMs(c.payment) };
    case 'sendReceipt':
      return open;
  }
}

/** Comes before all else: what nobody can read any more may have moved money. */
const unreadable: Closure = [
  'unreadable',
  (c) => c.unreadable === true,
  'An earlier action on this payment cannot be read from the disk. Look the payment up in Dojo and finish it there.',
];

/** Dojo answered 404: it may be of another account, or is not there any more. */
export const UNKNOWN_TO_KEY = 'Dojo does not know this payment with this key.';

/** Whatever is kept of it is not this key's to move. One 404 does not say that it is gone: it opens again with the first reading that shows it. */
const unknownToKey: Closure = ['unknown-to-key', (c) => c.isUnknown === true, UNKNOWN_TO_KEY];

/** Whether one move is open, with its limits and deadline, or why it is closed. */
export function ruleFor(kind: MoveKind, c: Case): MoveRule {
  const closure = [unreadable, unknownToKey, ...CLOSURES[kind]].find(([, when]) => when(c));
  if (!closure) return openMove(kind, c);
  const [code, , reason] = closure;
  return { open: false, code, reason: typeof reason === 'string' ? reason : reason(c) };
}

export const movesOf = (c: Case): Moves => Object.fromEntries(MOVE_KINDS.map((kind) => [kind, ruleFor(kind, c)])) as Moves;

export type MoveRefusal = Readonly<{
  code: ClosedCode | 'amount-too-small' | 'amount-too-large' | 'tips-in-amount' | 'tips-not-allowed' | 'too-late';
  message: string;
  field?: string;
}>;

/** Why this very move may not be made now, or null. Asked when a person decides and again, on what Dojo says then, before sending. */
export function refusalOf(move: Move, c: Case): MoveRefusal | null {
  const rule = ruleFor(move.kind, c);
  if (!rule.open) return { code: rule.code, message: rule.reason };
  if (rule.deadlineAtMs !== null && c.nowMs >= rule.deadlineAtMs && !(c.isByPc && rule.sameDay === undefined))
    return { code: 'too-late', message: `It was possible until ${wallTime(rule.deadlineAtMs, c.zone)}.` };
  if (!('amount' in move)) return null;
  const tips = move.kind === 'capture' ? (move.tipsAmount ?? 0) : 0;
  if (!Number.isSafeInteger(move.amount) || !Number.isSafeInteger(tips) || tips < 0)
    return { code: 'amount-too-small', message: 'The amount must be whole pence.', field: 'amount' };
  if (rule.minMinor !== null && move.amount < rule.minMinor)
    return { code: 'amount-too-small', message: 'The amount must be more than zero.', field: 'amount' };
  if (move.kind === 'capture') return captureRefusal(move.amount, tips, rule, c);
  if (rule.maxMinor === null || move.amount <= rule.maxMinor) return null;
  const byCap = move.kind === 'refund' && rule.maxMinor < leftToRefundMinor(c);
  return { code: 'amount-too-large', message: byCap ? capInWords(c) : `No more than ${amount(c, rule.maxMinor)} is left.`, field: 'amount' };
}
