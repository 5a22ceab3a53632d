import type { ActionRequest, TillError } from '../../preload/contract.ts';
import { againRequestId, isDecidableAgain } from '../core/payment/decided-again.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Action, MoveKind } from '../core/queue/action.ts';
import { onPayment, type QueueState } from '../core/queue/queue-state.ts';
import { isUnchangedSinceDecision } from '../core/queue/since-decision.ts';
import { err, ok, type Result } from '../core/result.ts';
import { againWords } from '../words/again-words.ts';

export type DecidedAgain = { actionIds: string[]; refused: { actionId: string; message: string }[] };

export type DecidingAgain = Readonly<{
  queue: () => QueueState;
  /** When the trading day began, UTC epoch ms. */
  dayStartMs: () => number;
  payment: (paymentId: string) => Payment | null;
  submit: (request: ActionRequest) => Promise<Result<{ actionIds: string[] }, TillError>>;
}>;

/** Nothing more can be accepted either: said as it is, and not for each action. */
const OF_ALL: ReadonlySet<TillError['code']> = new Set(['disk', 'not-connected']);

/**
 * Decides anew what Dojo refused for lack of permission: a new action each, of the same amounts, by the rules as they are now. One press
 * is for many, so a payment that changed since is left to a look at it. What is not decided is named, and nothing of it is sent.
 */
export async function decideAgain(
  kind: MoveKind,
  actionIds: readonly string[],
  { queue, dayStartMs, payment, submit }: DecidingAgain,
): Promise<Result<DecidedAgain, TillError>> {
  const decided: DecidedAgain = { actionIds: [], refused: [] };
  /** Payments with a refund decided by this very press: another part of the same was wanted beside it before. */
  const refunded = new Set<string>();
  const bySeq = (a: string, b: string) => (queue().actions.get(a)?.seq ?? 0) - (queue().actions.get(b)?.seq ?? 0);
  const wasPressed = new Set(actionIds);
  const wanted = [...wasPressed].toSorted(bySeq);
  // Asked before any of them is decided: one that takes the place of another is later than all of them.
  const open = new Set(wanted.filter((id) => isOpenAgain(kind, id, queue(), dayStartMs())));
  for (const actionId of wanted) {
    const refuse = (message: string) => void decided.refused.push({ actionId, message });
    const action = queue().actions.get(actionId);
    if (!action) {
      refuse(againWords.unknown);
      continue;
    }
    const others = onPayment(queue(), action.paymentId).filter(({ id }) => id !== actionId);
    const before = others.find(({ requestId }) => requestId === againRequestId(action));
    if (before) {
      decided.actionIds.push(before.id);
      continue;
    }
    const request = requestOf(action, refunded.has(action.paymentId));
    const now = payment(action.paymentId);
    if (!open.has(actionId) || request === null) refuse(againWords.notNow(action));
    else if (now && !isUnchangedSinceDecision(action, now, others)) refuse(againWords.changed(action));
    else {
      const accepted = await submit(request);
      if (accepted.ok) {
        decided.actionIds.push(...accepted.value.actionIds);
        if (action.move.kind === 'refund') refunded.add(action.paymentId);
      } else if (decided.actionIds.length === 0 && OF_ALL.has(accepted.error.code)) return err(accepted.error);
      else refuse(againWords.refused(action, accepted.error));
    }
  }
  return ok(decided);
}

function isOpenAgain(kind: MoveKind, actionId: string, queue: QueueState, dayStartMs: number): boolean {
  const action = queue.actions.get(actionId);
  if (action?.move.kind !== kind || action.accountId !== queue.accountId) return false;
  return isDecidableAgain(action, onPayment(queue, action.paymentId), dayStartMs);
}

/** The same move under a request id of its own. null: what it needs is not kept. */
function requestOf(action: Action, isBeside: boolean): ActionRequest | null {
  const { move, paymentId } = action;
  const decision = { requestId: againRequestId(action), paymentId };
  switch (move.kind) {
    case 'sendReceipt':
      return null;
    case 'refund':
      return { ...decision, ...move, ...(isBeside ? { again: true } : {}) };
    case 'capture':
    case 'reverse':
    case 'cancel':
    case 'setAmount':
    case 'setTips':
      return { ...decision, ...move };
  }
}
