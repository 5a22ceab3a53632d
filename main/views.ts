import type { ActionView, MoveView, PaymentState, PaymentView } from '../preload/contract.ts';
import { type Action, isOpen, MOVE_KINDS } from './core/action.ts';
import { tradingDay, wallTime } from './core/day.ts';
import { type Baseline, baselineOf, looksDoubled } from './core/evidence.ts';
import { inWords, money } from './core/money.ts';
import { capturedMinor, heldMinor, holdEndsAtMs, isHold, isKnownStatus, isSettling, type Payment, paidAt, takenMinor } from './core/payment.ts';
import { isRetryable, isSettleable, isWithdrawable, type QueueState } from './core/queue-state.ts';
import { type Case, leftToTakeMinor, type MoveRule, movesOf } from './core/rules.ts';

/** What the views need to know besides the payments and actions themselves. */
export type Setting = Readonly<{ nowMs: number; zone: string; dayStartMinutes: number; apiVersion: string; online: boolean }>;

export function paymentView(payment: Payment, actions: readonly Action[], setting: Setting, unreadable = false): PaymentView {
  const current: Case = { payment, actions, unreadable, ...setting };
  const moves = movesOf(current);
  const taken = takenMinor(payment);
  return {
    id: payment.id,
    reference: payment.reference,
    description: payment.description,
    captureMode: payment.captureMode,
    status: payment.status,
    state: stateOf(payment),
    currency: payment.currency,
    totalMinor: heldMinor(payment),
    tipsMinor: payment.tipsMinor,
    takenMinor: taken,
    takingMinor: isSettling(payment) ? capturedMinor(payment) - taken : 0,
    leftMinor: moves.capture.open ? leftToTakeMinor(current) : 0,
    refundedMinor: payment.refundedMinor,
    captures: (payment.captures ?? []).map((capture) => ({ ...capture })),
    createdAtMs: payment.createdAtMs,
    paidAtMs: payment.paidAtMs,
    updatedAtMs: payment.updatedAtMs,
    date: tradingDay(paidAt(payment), setting.zone, setting.dayStartMinutes).date,
    card: payment.card && { scheme: payment.card.scheme, last4: payment.card.last4 },
    holdEnds: isHold(payment) ? { atMs: holdEndsAtMs(payment), action: payment.autoExpireAction } : null,
    moves: Object.fromEntries(MOVE_KINDS.map((kind) => [kind, moveView(moves[kind])])) as PaymentView['moves'],
    openActionIds: actions.filter(isOpen).map((action) => action.id),
    attention: unreadable ? 'An earlier action on this payment cannot be read from the disk. Look it up in Dojo.' : attentionOf(payment, actions),
  };
}

const moveView = (rule: MoveRule): MoveView => {
  if (!rule.open) return rule;
  const { deadlineAtMs, ...open } = rule;
  return { ...open, deadlineMs: deadlineAtMs };
};

/** The row's state, in the order in which it matters to a cashier. */
function stateOf(payment: Payment): PaymentState {
  if (!isKnownStatus(payment.status)) return 'unknown';
  switch (payment.status) {
    case 'Created':
      return 'not-paid';
    case 'Reversed':
      return 'undone';
    case 'Canceled':
      return 'cancelled';
    case 'Refunded':
      return payment.refundedMinor > 0 && payment.refundedMinor < takenMinor(payment) ? 'part-refunded' : 'refunded';
    case 'Authorized':
    case 'Captured': {
      if (payment.refundedMinor > 0) return payment.refundedMinor < takenMinor(payment) ? 'part-refunded' : 'refunded';
      if (isSettling(payment)) return 'taking';
      const taken = takenMinor(payment);
      if (payment.captureMode === 'Auto') return payment.status === 'Captured' ? 'paid' : 'taking';
      const last = payment.captures?.at(-1);
      if (taken === 0 && last?.status === 'Declined') return 'capture-declined';
      if (taken === 0 && last?.status === 'Failed') return 'capture-failed';
      if (taken === 0) return 'on-hold';
      return taken < heldMinor(payment) ? 'part-taken' : 'paid';
    }
  }
}

const DOUBLED = 'Dojo shows another take of the same amount right beside ours. Compare with Dojo: it may have been taken twice.';
const DOUBLED_UNHEARD =
  'Dojo did not confirm our take, but shows one of exactly this amount from that moment. Compare with Dojo before more is taken: it may be ours.';

function attentionOf(payment: Payment, actions: readonly Action[]): string | null {
  const stuck = actions.find((action) => action.state === 'needsPerson');
  if (stuck) return stuck.outcome?.message ?? 'Somebody has to decide.';
  const doubled = actions.find((action) =>
    looksDoubled(
      action,
      payment,
      actions.filter((other) => other !== action),
    ),
  );
  if (doubled) return doubled.state === 'done' ? DOUBLED : DOUBLED_UNHEARD;
  const last = actions.at(-1);
  if (last?.state === 'refused' && last.outcome?.settledBy !== 'person') return last.outcome?.message ?? 'Dojo refused.';
  if (last?.state === 'expired') return last.outcome?.message ?? 'It was too late.';
  const capture = payment.captures?.at(-1);
  if (capture?.status === 'Declined') return `The bank refused to take ${inWords(money(capture.amountMinor, payment.currency))}. Nothing was taken with it.`;
  if (capture?.status === 'Failed') return `Taking ${inWords(money(capture.amountMinor, payment.currency))} did not go through. Nothing was taken with it.`;
  return null;
}

export function actionView(action: Action, payment: Payment | null, queue: QueueState, zone: string): ActionView {
  const { move, outcome } = action;
  return {
    id: action.id,
    requestId: action.requestId,
    runId: action.runId,
    paymentId: action.paymentId,
    reference: action.reference,
    kind: move.kind,
    amountMinor: 'amount' in move ? move.amount : null,
    tipsMinor: move.kind === 'capture' ? (move.tipsAmount ?? 0) : 0,
    currency: action.currency,
    state: action.state,
    acceptedAtMs: action.acceptedAtMs,
    changedAtMs: action.changedAtMs,
    deadlineMs: action.deadlineAtMs,
    sends: action.sends,
    // Why another account's action waited when its key was here says nothing about now.
    message: (action.state === 'waiting' && action.accountId !== queue.accountId ? null : outcome?.message) ?? null,
    code: outcome?.code ?? null,
    traceId: outcome?.traceId ?? null,
    captureStatus: captureStatusOf(action, payment),
    otherAccount: action.accountId !== queue.accountId,
    can: { withdraw: isWithdrawable(queue, action), retry: isRetryable(action), settle: isSettleable(action) },
    evidence:
      action.state === 'needsPerson' && action.baseline
        ? {
            before: `${wallTime(action.baseline.readAtMs, zone)}: ${evidenceInWords(action.baseline, action.currency)}`,
            now: payment && evidenceInWords(baselineOf(payment, payment.updatedAtMs), action.currency),
          }
        : null,
  };
}

/** What the bank said to a done capture, as far as Dojo shows it. */
function captureStatusOf(action: Action, payment: Payment | null): string | null {
  if (action.state !== 'done' || action.move.kind !== 'capture' || !payment) return null;
  // Before 2024-02-05 no capture is listed: the intent's own status is all there is.
  if (payment.captures === null) return payment.status === 'Captured' ? 'Successful' : null;
  return payment.captures.find((capture) => capture.id === action.outcome?.captureId)?.status ?? null;
}

/** Keeps views as long as nothing they depend on changed: an unchanged view stays the same object, which is how patches stay small. */
export function createViewCache() {
  let paymentViews = new Map<string, { payment: Payment; actions: readonly Action[]; setting: Setting; validUntilMs: number; view: PaymentView }>();
  let actionViews = new Map<string, { action: Action; payment: Payment | null; busy: string | undefined; accountId: string | null; view: ActionView }>();

  function payments(shown: readonly Payment[], queue: QueueState, setting: Setting): PaymentView[] {
    const byPayment = Map.groupBy(queue.actions.values(), (action) => action.paymentId);
    return shown.map((payment) => {
      const actions = byPayment.get(payment.id) ?? [];
      const kept = paymentViews.get(payment.id);
      if (kept && kept.payment === payment && sameActions(kept.actions, actions) && sameSetting(kept.setting, setting) && setting.nowMs < kept.validUntilMs)
        return kept.view;
      const view = paymentView(payment, actions, setting, queue.unreadableLanes.has(payment.id));
      paymentViews.set(payment.id, { payment, actions, setting, validUntilMs: nextDeadlineMs(view, setting.nowMs), view });
      return view;
    });
  }

  function actions(shown: readonly Action[], queue: QueueState, find: (paymentId: string) => Payment | null, zone: string): ActionView[] {
    return shown.map((action) => {
      const payment = find(action.paymentId);
      const busy = queue.busy.get(action.id);
      const kept = actionViews.get(action.id);
      if (kept && kept.action === action && kept.payment === payment && kept.busy === busy && kept.accountId === queue.accountId) return kept.view;
      const view = actionView(action, payment, queue, zone);
      actionViews.set(action.id, { action, payment, busy, accountId: queue.accountId, view });
      return view;
    });
  }

  return {
    payments,
    actions,
    /** Views of another day or account. */
    clear() {
      paymentViews = new Map();
      actionViews = new Map();
    },
  };
}

const sameActions = (a: readonly Action[], b: readonly Action[]) => a.length === b.length && a.every((action, index) => action === b[index]);
const sameSetting = (a: Setting, b: Setting) =>
  a.zone === b.zone && a.dayStartMinutes === b.dayStartMinutes && a.apiVersion === b.apiVersion && a.online === b.online;

/** When a rule may open or close by the clock alone. */
function nextDeadlineMs(view: PaymentView, nowMs: number): number {
  const deadlines = Object.values(view.moves).flatMap((move) => (move.open && move.deadlineMs !== null ? move.deadlineMs : []));
  return Math.min(...deadlines.filter((atMs) => atMs > nowMs), Number.POSITIVE_INFINITY);
}

function evidenceInWords(seen: Baseline, currency: string): string {
  const amount = (minor: number) => inWords(money(minor, currency));
  const captures =
    seen.captureIds === null ? 'captures not listed by this API version' : seen.captureIds.length === 1 ? '1 capture' : `${seen.captureIds.length} captures`;
  const tips = seen.tipsMinor > 0 ? ` and ${amount(seen.tipsMinor)} tips` : '';
  return `${seen.status}, ${amount(seen.amountMinor)}${tips}, ${captures}, ${amount(seen.refundedMinor)} refunded`;
}
