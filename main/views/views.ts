import type { ActionView, MoveView, PaymentState, PaymentView } from '../../preload/contract.ts';
import { tradingDay } from '../core/day/day.ts';
import { lostAtEndMinor } from '../core/holds/lost-at-end.ts';
import { inWords, money } from '../core/money.ts';
import { type AmountForms, isRefusedWithExtras } from '../core/payment/amount-form.ts';
import { type CameTwice, cameTwice, createCameTwice } from '../core/payment/came-twice.ts';
import { besidesSettled, type Noticed } from '../core/payment/changes.ts';
import { isDecidableAgain, isRefusedForKey } from '../core/payment/decided-again.ts';
import { isCaptureOver, isMadeUpFor, isTurnedDown } from '../core/payment/declined.ts';
import { type GiveBack, giveBackOf } from '../core/payment/give-back.ts';
import { isSameLook, type LastLook, NOT_LOOKED } from '../core/payment/last-look.ts';
import {
  capturedMinor,
  changedByMs,
  heldMinor,
  holdEndsAtMs,
  holdEndsByMs,
  isHold,
  isKnownStatus,
  isSettling,
  isTotalDifferent,
  mayBeHeld,
  newestLast,
  type Payment,
  paidAt,
  partsMinor,
  takenMinor,
} from '../core/payment/payment.ts';
import { type Case, leftToTakeMinor, openCapturesMinor, SECOND_REFUND_MS, withBankMinor } from '../core/payment/rule-context.ts';
import { type ClosedMove, type MoveRule, movesOf } from '../core/payment/rules.ts';
import { versionOf } from '../core/payment/version.ts';
import { type Action, asSent, isFinal, isOpen, MOVE_KINDS } from '../core/queue/action.ts';
import { captureStatuses } from '../core/queue/capture-status.ts';
import {
  type Baseline,
  baselineOf,
  capturedHereMinor,
  isCapturedWhole,
  isWithoutName,
  personsWordUntilMs,
  unexplainedEqualCaptures,
  unseenCapturesMinor,
} from '../core/queue/evidence.ts';
import { ifSentAgain, lostBefore, lostSumMinor, mayArrive, mayArriveUntilMs } from '../core/queue/may-arrive.ts';
import type { OutcomeCode, Said } from '../core/queue/outcome.ts';
import {
  type Busy,
  isLookedAtWhenRemoved,
  isOnTheWire,
  isReleasable,
  isRetryable,
  isSettleable,
  isWithdrawable,
  onPayment,
  type QueueState,
} from '../core/queue/queue-state.ts';
import { settlesInMs } from '../core/queue/settling.ts';
import { isDoneByNow, isOverByNow, showsByNow } from '../core/queue/trace.ts';
import { isRelease, namedOf } from '../core/refusals.ts';
import { CAPTURE_NEXT, CAPTURE_OVER, words } from '../core/words.ts';
import { refusedForKeyByNow } from '../words/again-words.ts';
import { waitsInWords } from '../words/asked-to-wait.ts';
import { type Lateness, lateInWords } from '../words/late-words.ts';
import { lostNext } from '../words/lost-holds-words.ts';
import { type StandsStillBy, WHY_QUEUED } from '../words/queued-words.ts';
import { timeDoubted, timeDoubtedAndPcOff } from '../words/time-doubted.ts';
import { ifAgainInWords, inAllInWords, mayArriveInWords, twiceInWords } from '../words/twice-words.ts';
import { twoSides } from '../words/two-sides.ts';
import { unknownToKeyNow } from '../words/unknown-to-key.ts';
import { askedToWaitMs } from './asked-to-wait.ts';
import { attentionOf, cameSecond } from './attention.ts';
import { behindWhat, firstOnEach } from './behind-another.ts';
import { oneOfEach } from './intern.ts';
import { latenessOf } from './lateness.ts';
import { onHoldMinor, standingCapturesMinor, standsOpenFromMs } from './on-hold.ts';
import { canRelease, sinceDecisionOf } from './since-decision.ts';
import { standsStillBy } from './stands-still.ts';
import { isPast, isTimeDoubted } from './waits-for-now.ts';

/** What the views need to know besides the payments and actions themselves. */
export type Setting = Readonly<{
  nowMs: number;
  zone: string;
  dayStartMinutes: number;
  apiVersion: string;
  online: boolean;
  offlineRefundMaxMinor: number | null;
  /** Which form of amounts the account takes, as far as it was learnt. */
  amountForms?: AmountForms;
  /** `nowMs` is the PC's clock alone. */
  isByPc?: boolean;
  /** The PC's clock tells another time. */
  isPcOff?: boolean;
  /** No capture can be sent just now, for a reason that may last. */
  areCapturesHeldUp?: boolean;
}>;

/** The list of the day on which a hold was made asks no longer to look at its end than others' endings are kept in mind. */
const LOSS_LOOKED_AT_MS = 8 * 86_400_000;
const NONE: readonly Noticed[] = [];
const NO_ACTIONS: readonly Action[] = [];

/**
 * `noticed`: its changes that nothing done here explains. `isUnknown`: Dojo does not know it with the key that is connected. `late`: what is
 * queued on it cannot be sent in time any more.
 */
export function paymentView(
  payment: Payment,
  actions: readonly Action[],
  setting: Setting,
  unreadable = false,
  noticed = NONE,
  isUnknown = false,
  late: string | null = null,
): PaymentView {
  const current: Case = { payment, actions, unreadable, isUnknown, ...setting };
  const moves = movesOf(current);
  const hereMinor = capturedHereMinor(actions);
  const taken = takenMinor(payment, hereMinor);
  const lostMinor = lostAtEndMinor(payment, actions, noticed, setting.nowMs);
  const takingMinor = isSettling(payment) ? capturedMinor(payment, hereMinor) - taken : 0;
  return {
    id: payment.id,
    version: versionOf(payment),
    reference: payment.reference,
    description: payment.description,
    captureMode: payment.captureMode,
    status: payment.status,
    state: stateOf(payment, actions, hereMinor),
    currency: payment.currency,
    totalMinor: heldMinor(payment),
    amountMinor: payment.amountMinor,
    tipsMinor: payment.tipsMinor,
    serviceChargeMinor: payment.serviceChargeMinor,
    cashbackMinor: payment.cashbackMinor,
    partsMinor: isTotalDifferent(payment) ? partsMinor(payment) : null,
    takenMinor: taken,
    takingMinor,
    unfinishedCapturesMinor: openCapturesMinor(current) + Math.max(0, withBankMinor(current) - takingMinor),
    lostCapturesMinor: lostSumMinor(lostBefore('capture', payment, actions, byDojoMs(setting))),
    lostRefundsMinor: lostSumMinor(lostBefore('refund', payment, actions, byDojoMs(setting))),
    leftMinor: moves.capture.open ? leftToTakeMinor(current) : 0,
    onHoldMinor: onHoldMinor(current, moves.capture),
    standingCapturesMinor: standingCapturesMinor(actions, setting.nowMs, setting.areCapturesHeldUp ?? false),
    refundedMinor: payment.refundedMinor,
    captures: (payment.captures ?? []).map((capture) => ({ ...capture })),
    createdAtMs: payment.createdAtMs,
    paidAtMs: payment.paidAtMs,
    updatedAtMs: payment.updatedAtMs,
    date: tradingDay(paidAt(payment), setting.zone, setting.dayStartMinutes).date,
    card: cardOf(payment),
    holdEnds: mayBeHeld(payment, setting.nowMs) ? holdEndOf(payment, setting.nowMs) : null,
    lostAtEndMinor: lostMinor,
    moves: Object.fromEntries(MOVE_KINDS.map((kind) => [kind, moveView(moves[kind])])) as PaymentView['moves'],
    giveBack: giveBackView(giveBackOf(payment.captureMode, moves)),
    changedElsewhere:
      besidesSettled(noticed, payment, actions).findLast(({ atMs }) => atMs >= tradingDay(setting.nowMs, setting.zone, setting.dayStartMinutes).startMs) ??
      null,
    openActionIds: actions.filter(isOpen).map((action) => action.id),
    attention: unreadable
      ? 'An earlier action on this payment cannot be read from the disk. Look it up in Dojo.'
      : (attentionOf(payment, actions, noticed, setting.nowMs) ??
        late ??
        (lostMinor > 0 && setting.nowMs - changedByMs(payment) < LOSS_LOOKED_AT_MS ? lostNext({ takenMinor: taken, currency: payment.currency }) : null) ??
        (isUnknown && payment.status !== 'Created' ? unknownToKeyNow : null)),
  };
}

/** The PC's clock alone does not say that anything is over. */
const byDojoMs = ({ nowMs, isByPc }: Pick<Setting, 'nowMs' | 'isByPc'>): number => (isByPc ? Number.NEGATIVE_INFINITY : nowMs);

const dayStartMs = ({ nowMs, zone, dayStartMinutes }: ShownAt): number => tradingDay(nowMs, zone, dayStartMinutes).startMs;

const cardOf = ({ card }: Payment): PaymentView['card'] => card && { scheme: card.scheme, last4: card.last4 };

/** The earliest that it may end; where that is over already, the latest. */
function holdEndOf(payment: Payment, nowMs: number): PaymentView['holdEnds'] {
  const { autoExpireAction: action } = payment;
  const [atMs, byMs] = [holdEndsAtMs(payment), holdEndsByMs(payment)];
  const rest = isHold(payment) ? {} : ({ isRest: true } as const);
  return nowMs >= atMs && byMs > atMs ? { atMs: byMs, action, isLatest: true, ...rest } : { atMs, action, ...rest };
}

const sharedGiveBack = oneOfEach<PaymentView['giveBack']>(({ way, why, customerSees, instead, closed }) =>
  [way, why, customerSees, instead?.way, instead?.note, instead?.customerSees, ...closed.flatMap((each) => [each.way, each.reason])].join('\n'),
);
const giveBackView = ({ closed, ...picked }: GiveBack): PaymentView['giveBack'] => sharedGiveBack({ ...picked, closed: [...closed] });

const sharedClosed = oneOfEach<ClosedMove>(({ code, reason }) => `${code} ${reason}`);
const moveView = (rule: MoveRule): MoveView => {
  if (!rule.open) return sharedClosed(rule);
  const { deadlineAtMs, sameDay: _, ...open } = rule;
  return { ...open, deadlineMs: deadlineAtMs };
};

/** Dojo took the request for a capture that what was read of the payment does not show yet. A person's verdict is not Dojo's word. */
const isAskedFor = (payment: Payment, actions: readonly Action[]): boolean =>
  payment.captures !== null &&
  unseenCapturesMinor(
    payment,
    actions.filter(({ outcome }) => outcome?.settledBy !== 'person'),
  ) > 0;

/** The row's state, in the order in which it matters to a cashier. */
function stateOf(payment: Payment, actions: readonly Action[], hereMinor: number): PaymentState {
  if (!isKnownStatus(payment.status)) return 'unknown';
  const taken = takenMinor(payment, hereMinor);
  // What was captured of a hold before the rest was let go stays captured.
  if (payment.status === 'Reversed' && (payment.captureMode === 'Auto' || (taken === 0 && !isSettling(payment)))) return 'undone';
  switch (payment.status) {
    case 'Created':
      return 'not-paid';
    case 'Canceled':
      return 'cancelled';
    case 'Refunded':
      return payment.refundedMinor > 0 && payment.refundedMinor < taken ? 'part-refunded' : 'refunded';
    case 'Authorized':
    case 'Captured':
    case 'Reversed': {
      if (payment.refundedMinor > 0) return payment.refundedMinor < taken ? 'part-refunded' : 'refunded';
      if (isSettling(payment) || isAskedFor(payment, actions)) return 'taking';
      if (payment.captureMode === 'Auto') return payment.status === 'Captured' ? 'paid' : 'taking';
      if (taken === 0) {
        const last = newestLast(payment.captures ?? []).at(-1);
        return last?.status === 'Declined' ? 'capture-declined' : last?.status === 'Failed' ? 'capture-failed' : 'on-hold';
      }
      return taken < heldMinor(payment) ? 'part-taken' : 'paid';
    }
  }
}

/** `monotonicMs`: the same moment on the clock that nobody sets. */
export type ShownAt = Pick<Setting, 'zone' | 'nowMs' | 'isByPc' | 'isPcOff' | 'dayStartMinutes'> & Readonly<{ monotonicMs: number }>;

/**
 * `statuses`: what the bank said to the captures of the payment. `named`: the payment as far as it only has to be told from others. `look`:
 * what the last look at the payment came to. `isUnseen`: it came to nothing, and nobody has seen that yet.
 */
export function actionView(
  action: Action,
  payment: Payment | null,
  queue: QueueState,
  shownAt: ShownAt,
  noticed = NONE,
  statuses = captureStatuses(payment, onPayment(queue, action.paymentId)),
  named = payment,
  look = NOT_LOOKED,
  came = payment ? (cameTwice(payment, onPayment(queue, action.paymentId)).get(action) ?? null) : null,
  isUnseen = false,
): ActionView {
  const { move, outcome } = action;
  const { zone, nowMs, isByPc, monotonicMs } = shownAt;
  const lateness = latenessOf(action, queue, nowMs, isByPc);
  const beside = onPayment(queue, action.paymentId);
  const late = lateInWords(action, payment, beside, lateness, queue.throttledUntilMs, zone, nowMs);
  const captureStatus = statuses.get(action) ?? null;
  const cameAfter = payment && isEndedUndone(action) ? cameSecond(action, payment, beside, noticed) : null;
  const second = cameAfter && came ? { ...cameAfter, message: `${cameAfter.message} ${inAllInWords(came)}` } : cameAfter;
  const awaited = action.state === 'needsPerson' && isOnTheWire(queue, action) ? words.answerAwaited : null;
  const heardLast = isPast(action, queue) ? null : outcome;
  const heard = heardLast && isRefusedForKey(action) ? refusedForKeyByNow(action, heardLast, beside, dayStartMs(shownAt)) : heardLast;
  const behind = behindWhat(action, queue, beside.find(isOpen));
  const others = beside.filter(({ id }) => id !== action.id);
  const shows =
    payment === null
      ? null
      : showsByNow(action, payment, others)
        ? words.showsByNow(action)
        : look.kind !== 'unknown' && isDoneByNow(action, payment, others)
          ? words.doneByNow(action, payment)
          : isSettleable(queue, action) && isOverByNow(action, payment)
            ? words.overByNow(action, unexplainedEqualCaptures(asSent(action), payment, others).length > 0)
            : null;
  const doubted = lateness !== 'too-late' ? timeDoubtedOf(action, queue, shownAt) : null;
  const isMade = move.kind === 'capture' && second?.isSettled === true;
  const madeUpFor = isMade || (payment !== null && comesToNothing(action, captureStatus) && isMadeUpFor(action, payment, beside));
  const said = came?.isTwice ? twiceInWords(came) : null;
  const waitsMs = askedToWaitMs(action, queue, nowMs);
  const told = doubted ?? late ?? said ?? second ?? behind?.said ?? shows ?? (waitsMs === 0 ? null : waitsInWords(waitsMs, zone));
  const stillBy = standsStillBy(action, queue, nowMs);
  const still = stillBy && WHY_QUEUED[stillBy];
  const canSend = shows === null && canRelease(queue, action);
  const again = canSend && payment ? ifSentAgain(action, payment, others, byDojoMs(shownAt)) : null;
  const settlesInFor = isReleasable(queue, action) ? settlesInMs(queue, action, { nowMs, monotonicMs }) : 0;
  return {
    id: action.id,
    requestId: action.requestId,
    runId: action.runId,
    paymentId: action.paymentId,
    reference: action.reference,
    card: named && cardOf(named),
    paymentAtMs: named && paidAt(named),
    kind: move.kind,
    way: wayOf(action, payment),
    amountMinor: 'amount' in move ? move.amount : null,
    tipsMinor: move.kind === 'capture' ? (move.tipsAmount ?? 0) : 0,
    currency: action.currency,
    state: action.state,
    acceptedAtMs: action.acceptedAtMs,
    changedAtMs: action.changedAtMs,
    deadlineMs: action.deadlineAtMs,
    tooLate: lateness === 'too-late' || lateness === 'late-by-pc',
    willBeLate: lateness === 'will-be-late',
    timeDoubted: doubted !== null,
    sends: asSent(action).sends,
    ifAgain: again && ifAgainInWords(action, again),
    mayArrive: isSettleable(queue, action) && mayArriveAt(action, payment, byDojoMs(shownAt)) ? mayArriveInWords(action) : null,
    settlesAtMs: settlesInFor > 0 ? Math.ceil(nowMs + settlesInFor) : null,
    cameTwice: came !== null,
    message: second && outcome?.settledBy === 'person' ? `${outcome.message} ${second.message}` : ((told ?? heard)?.message ?? still),
    code: (isNoOfDojos(action) ? second?.code : null) ?? outcome?.code ?? null,
    traceId: heard?.traceId ?? null,
    next: awaited ?? (told ? told.next : (heard?.next ?? (madeUpFor ? null : declinedNext(captureStatus, payment, byDojoMs(shownAt))))),
    raw: heard?.raw ?? null,
    untilSeen: isUnseen,
    captureStatus,
    outcomeShown: isOutcomeShown(action, payment, captureStatus),
    madeUpFor,
    compareFirst: second?.mayBeOurs === true && came === null,
    refusedWithExtras: payment !== null && isRefusedWithExtras(action, payment, beside),
    keyMayNot: isRefusedForKey(action),
    decidableAgain: isRefusedForKey(action) && isDecidableAgain(action, beside, dayStartMs(shownAt)),
    otherAccount: action.accountId !== queue.accountId,
    waitsForPerson: behind?.forPerson ?? null,
    whenRemoved: isWithdrawable(queue, action) ? (isLookedAtWhenRemoved(action) ? words.withdrawnUnread : words.withdrawn(action)).message : null,
    can: {
      withdraw: isWithdrawable(queue, action),
      retry: isRetryable(action) && !behind?.forPerson,
      settle: isSettleable(queue, action),
      release: canSend,
    },
    look: isSettleable(queue, action) ? look : null,
    sinceDecision: sinceDecisionOf(action, payment, queue, look),
    sides: isSettleable(queue, action) ? twoSides(action, payment, others, zone, look) : null,
    evidence:
      isSettleable(queue, action) && action.baseline
        ? {
            before: evidenceInWords(action.baseline, action.currency),
            beforeAtMs: action.baseline.readAtMs,
            now: payment && look.kind !== 'unknown' ? evidenceInWords(baselineOf(payment, payment.updatedAtMs), action.currency) : null,
          }
        : null,
  };
}

/** What Dojo may still do of what was sent. A receipt moves no money, and a second reversal or cancellation nothing more. */
const mayArriveAt = (action: Action, payment: Payment | null, nowMs: number): boolean =>
  (action.move.kind === 'capture' || action.move.kind === 'refund') && mayArrive(action, nowMs) && !(payment && isOverByNow(action, payment));

/** That a person, or what Dojo shows, ended it stays so, whatever shows since. */
const isNoOfDojos = ({ outcome }: Action): boolean =>
  outcome?.code !== ('settled-not' satisfies OutcomeCode) && outcome?.code !== ('gave-up' satisfies OutcomeCode);

/** What to do where the bank turned the capture down. */
function declinedNext(captureStatus: string | null, payment: Payment | null, nowMs: number): string | null {
  if (!isTurnedDown(captureStatus)) return null;
  if (payment !== null && isCapturedWhole(payment)) return null;
  return payment !== null && isCaptureOver(payment, nowMs) ? CAPTURE_OVER : (CAPTURE_NEXT[captureStatus] ?? null);
}

/** Told by the payment; where it is not at hand, by what was read of it before the send. */
function wayOf(action: Action, payment: Payment | null): ActionView['way'] {
  if (action.move.kind !== 'reverse') return action.move.kind === 'refund' ? 'refund' : null;
  return (payment ? isRelease(action, payment) : namedOf(action) === 'release') ? 'release' : 'undo';
}

/** Before 2024-02-05 no capture is listed, and the status of an intent of which a part was captured says nothing of that part. */
const isOutcomeShown = ({ state, move }: Action, payment: Payment | null, captureStatus: string | null): boolean =>
  !(state === 'done' && move.kind === 'capture' && captureStatus === null && payment?.captures === null);

/** What the last look at a payment came to. `isUnknown` is asked of every row, over and over: it costs next to nothing. */
export type LooksAt = Readonly<{ isUnknown: (paymentId: string) => boolean; of: (paymentId: string, payment: Payment | null) => LastLook }>;

/** Keeps views as long as nothing they depend on changed: an unchanged view stays the same object, which is how patches stay small. */
export function createViewCache(
  noticedOn: (paymentId: string) => readonly Noticed[] = () => NONE,
  looks: LooksAt = { isUnknown: () => false, of: () => NOT_LOOKED },
) {
  type KeptPayment = {
    round: number;
    payment: Payment;
    actions: readonly Action[];
    noticed: readonly Noticed[];
    setting: Setting;
    isUnknown: boolean;
    late: string | null;
    validUntilMs: number;
    view: PaymentView;
  };
  type KeptAction = {
    action: Action;
    payment: Payment | null;
    noticed: readonly Noticed[];
    busy: Busy | undefined;
    accountId: string | null;
    lateness: Lateness;
    /** What comes first on its payment, while it waits, and what is under way for that. */
    first: Action | undefined;
    firstBusy: Busy | undefined;
    isPast: boolean;
    doubted: Said | null;
    stillBy: StandsStillBy | null;
    look: LastLook;
    isUnseen: boolean;
    /** Until when Dojo asked to wait, where the view says it. */
    waitsUntilMs: number;
    /** All on the same payment, where the view depends on them. */
    beside: readonly Action[];
    /** What it says of its having come twice, in a word. */
    came: string;
    /** Whether what was sent may still arrive. */
    mayArrive: boolean;
    view: ActionView;
  };
  const paymentViews = new Map<string, KeptPayment>();
  let round = 0;
  /** The last round in which all views of the list were made. */
  let roundDone = 0;
  let actionViews = new Map<string, KeptAction>();
  /** Each step of the queue makes another map of its actions. */
  let grouped: Readonly<{ actions: QueueState['actions'] | null; byPayment: ReadonlyMap<string, readonly Action[]> }> = { actions: null, byPayment: new Map() };

  function group({ actions }: QueueState): ReadonlyMap<string, readonly Action[]> {
    if (grouped.actions !== actions) grouped = { actions, byPayment: Map.groupBy(actions.values(), (action) => action.paymentId) };
    return grouped.byPayment;
  }

  const came = createCameTwice();

  /**
   * No more than so many views are made anew: thousands at once, when the line comes or goes, would keep the window waiting. One that
   * has to wait stays as it was; one that never was is left out. `isMore`: some wait.
   */
  function somePayments(shown: readonly Payment[], queue: QueueState, setting: Setting, most: number): { views: PaymentView[]; isMore: boolean } {
    const byPayment = group(queue);
    const views: PaymentView[] = [];
    let made = 0;
    let isMore = false;
    for (const payment of shown) {
      const actions = byPayment.get(payment.id) ?? NO_ACTIONS;
      const noticed = noticedOn(payment.id);
      const isUnknown = looks.isUnknown(payment.id);
      const late = lateOn(payment, actions, queue, setting);
      const kept = paymentViews.get(payment.id);
      const isValid =
        kept !== undefined &&
        kept.round === round &&
        kept.payment === payment &&
        kept.noticed === noticed &&
        kept.isUnknown === isUnknown &&
        kept.late === late &&
        sameActions(kept.actions, actions) &&
        sameSetting(kept.setting, setting) &&
        // Nor where the clock was put back since: what had closed by it may be open.
        setting.nowMs >= kept.setting.nowMs &&
        setting.nowMs < kept.validUntilMs;
      if (isValid) views.push(kept.view);
      else if (made < most) {
        made += 1;
        const view = paymentView(payment, actions, setting, queue.unreadableLanes.has(payment.id), noticed, isUnknown, late);
        paymentViews.set(payment.id, {
          round,
          payment,
          actions,
          noticed,
          setting,
          isUnknown,
          late,
          validUntilMs: nextDeadlineMs(view, actions, setting.nowMs),
          view,
        });
        views.push(view);
      } else {
        isMore = true;
        if (kept) views.push(kept.view);
      }
    }
    // The page's list (all others are made whole) has all of its own: what only an earlier day or account showed is let go.
    if (Number.isFinite(most) && !isMore && roundDone !== round) {
      for (const [id, kept] of paymentViews) if (kept.round !== round) paymentViews.delete(id);
      roundDone = round;
    }
    return { views, isMore };
  }

  /** `findOthers`: payments of accounts that are not connected. They change no more, and decide nothing here. */
  function actions(
    shown: readonly Action[],
    queue: QueueState,
    find: (paymentId: string) => Payment | null,
    at: ShownAt,
    findOthers: (accountId: string, paymentId: string) => Payment | null = () => null,
    isUnseenEnd: (action: Action) => boolean = () => false,
  ): ActionView[] {
    // What ended long ago is on the disk alone.
    const onDisk = Map.groupBy(
      shown.filter(({ id }) => !queue.actions.has(id)),
      (action) => action.paymentId,
    );
    const allOn = (paymentId: string) => [...(onDisk.get(paymentId) ?? NO_ACTIONS), ...(group(queue).get(paymentId) ?? NO_ACTIONS)];
    const heard = new Map<string, ReadonlyMap<Action, string>>();
    function statusesOn(paymentId: string, payment: Payment | null): ReadonlyMap<Action, string> {
      const statuses = heard.get(paymentId) ?? captureStatuses(payment, allOn(paymentId));
      heard.set(paymentId, statuses);
      return statuses;
    }
    const firsts = firstOnEach(queue.actions);
    const cameOn = new Map<string, ReadonlyMap<Action, CameTwice>>();
    function cameTwiceOf(action: Action, payment: Payment | null): CameTwice | null {
      if (payment === null) return null;
      const onIt = cameOn.get(payment.id) ?? came.on(payment, allOn(payment.id));
      cameOn.set(payment.id, onIt);
      return onIt.get(action) ?? null;
    }
    return shown.map((action) => {
      const payment = find(action.paymentId);
      const first = action.state === 'waiting' ? firsts.get(action.paymentId) : undefined;
      const firstBusy = first && queue.busy.get(first.id);
      const busy = queue.busy.get(action.id);
      const since = { isPast: isPast(action, queue), doubted: timeDoubtedOf(action, queue, at), stillBy: standsStillBy(action, queue, at.nowMs) };
      const noticed = noticedOn(action.paymentId);
      // Only what a person decides says how old it is.
      const look = isSettleable(queue, action) ? looks.of(action.paymentId, payment) : NOT_LOOKED;
      const isUnseen = isUnseenEnd(action);
      const kept = actionViews.get(action.id);
      const besideOf = (captureStatus: string | null) => (isToldByOthers(queue, action) || isTurnedDown(captureStatus) ? allOn(action.paymentId) : NO_ACTIONS);
      const lateness = latenessOf(action, queue, at.nowMs, at.isByPc);
      const waitsUntilMs = lateness === 'will-be-late' ? queue.throttledUntilMs : askedToWaitMs(action, queue, at.nowMs);
      const twice = cameTwiceOf(action, payment);
      const cameKey = twice === null ? '' : `${twice.inAllMinor} ${twice.isWithBank}`;
      const mayArrive = isSettleable(queue, action) && mayArriveAt(action, payment, byDojoMs(at));
      const isSame = kept && kept.lateness === lateness && kept.action === action && kept.payment === payment && kept.noticed === noticed && kept.busy === busy;
      const isSince = kept?.isPast === since.isPast && kept.doubted === since.doubted && kept.stillBy === since.stillBy && isSameLook(kept.look, look);
      if (
        isSame &&
        isSince &&
        kept.isUnseen === isUnseen &&
        kept.waitsUntilMs === waitsUntilMs &&
        kept.accountId === queue.accountId &&
        kept.first === first &&
        kept.firstBusy === firstBusy &&
        kept.came === cameKey &&
        kept.mayArrive === mayArrive &&
        sameActions(kept.beside, besideOf(kept.view.captureStatus))
      )
        return kept.view;
      const named = payment ?? (action.accountId === queue.accountId ? null : findOthers(action.accountId, action.paymentId));
      const view = actionView(action, payment, queue, at, noticed, statusesOn(action.paymentId, payment), named, look, twice, isUnseen);
      const beside = besideOf(view.captureStatus);
      actionViews.set(action.id, {
        action,
        lateness,
        first,
        firstBusy,
        ...since,
        look,
        isUnseen,
        waitsUntilMs,
        payment,
        noticed,
        busy,
        accountId: queue.accountId,
        beside,
        came: cameKey,
        mayArrive,
        view,
      });
      return view;
    });
  }

  return {
    payments: (shown: readonly Payment[], queue: QueueState, setting: Setting): PaymentView[] =>
      somePayments(shown, queue, setting, Number.POSITIVE_INFINITY).views,
    somePayments,
    actions,
    /** Another day or account: everything is made anew. Until its turn a view of the list stays. */
    clear() {
      round += 1;
      actionViews = new Map();
      came.clear();
    },
  };
}

/** What is said of it depends on the others on its payment. */
const isToldByOthers = (queue: QueueState, action: Action): boolean =>
  isReleasable(queue, action) || isEndedUndone(action) || (action.state === 'done' && action.move.kind === 'capture' && isWithoutName(action));

/** What shows since may have been another's doing. */
const isEndedUndone = (action: Action): boolean => isFinal(action) && action.state !== 'done';

function timeDoubtedOf(action: Action, queue: QueueState, { isPcOff }: ShownAt): Said | null {
  if (!isTimeDoubted(action, queue)) return null;
  return isPcOff ? timeDoubtedAndPcOff : timeDoubted;
}

/** Ended undone, or turned down by the bank. */
const comesToNothing = (action: Action, captureStatus: string | null): boolean => isEndedUndone(action) || isTurnedDown(captureStatus);

const sameActions = (a: readonly Action[], b: readonly Action[]) => a.length === b.length && a.every((action, index) => action === b[index]);
const sameSetting = (a: Setting, b: Setting) =>
  a.zone === b.zone &&
  a.dayStartMinutes === b.dayStartMinutes &&
  a.apiVersion === b.apiVersion &&
  a.online === b.online &&
  a.offlineRefundMaxMinor === b.offlineRefundMaxMinor &&
  a.isByPc === b.isByPc &&
  a.areCapturesHeldUp === b.areCapturesHeldUp &&
  a.amountForms === b.amountForms;

/** Why something that is queued on a payment will not be sent in time, or is too late already by Dojo's clock; null: nothing of it is. */
function lateOn(payment: Payment, actions: readonly Action[], queue: QueueState, { nowMs, zone, isByPc }: Setting): string | null {
  for (const action of actions) {
    const lateness = latenessOf(action, queue, nowMs, isByPc);
    if (action.accountId !== queue.accountId || (lateness !== 'will-be-late' && lateness !== 'too-late')) continue;
    const said = lateInWords(action, payment, actions, lateness, queue.throttledUntilMs, zone, nowMs);
    if (said) return `${said.message} ${said.next}`;
  }
  return null;
}

/** When a rule may open or close by the clock alone. */
function nextDeadlineMs(view: PaymentView, actions: readonly Action[], nowMs: number): number {
  const deadlines = Object.values(view.moves).flatMap((move) =>
    move.open ? [...(move.deadlineMs === null ? [] : [move.deadlineMs]), ...(move.recent === null ? [] : [move.recent.atMs + SECOND_REFUND_MS])] : [],
  );
  if (view.holdEnds) deadlines.push(view.holdEnds.atMs);
  deadlines.push(...actions.flatMap((action) => [personsWordUntilMs(action) ?? [], mayArriveUntilMs(action) ?? [], standsOpenFromMs(action) ?? []].flat()));
  return Math.min(...deadlines.filter((atMs) => atMs > nowMs), Number.POSITIVE_INFINITY);
}

function evidenceInWords(seen: Baseline, currency: string): string {
  const amount = (minor: number) => inWords(money(minor, currency));
  const captures =
    seen.captureIds === null ? 'captures not listed by this API version' : seen.captureIds.length === 1 ? '1 capture' : `${seen.captureIds.length} captures`;
  const tips = seen.tipsMinor > 0 ? ` and ${amount(seen.tipsMinor)} tips` : '';
  return `${seen.status}, ${amount(seen.amountMinor)}${tips}, ${captures}, ${amount(seen.refundedMinor)} refunded`;
}
