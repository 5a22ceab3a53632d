import type { ActionRequest, TillError } from '../../preload/contract.ts';
import { CLOSED_NEXT } from '../core/closed-next.ts';
import { inWords, money } from '../core/money.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Case } from '../core/payment/rule-context.ts';
import { type MoveRefusal, refusalOf, ruleFor } from '../core/payment/rules.ts';
import { isStillAsSeen } from '../core/payment/version.ts';
import { type Action, isOpen, type Move, sameMove } from '../core/queue/action.ts';
import { baselineOf } from '../core/queue/evidence.ts';
import { err, ok, type Result } from '../core/result.ts';
import { words } from '../core/words.ts';

/** What deciding needs to know. */
export type Deciding = Readonly<{
  accountId: string;
  payment: (paymentId: string) => Payment | null;
  /** This till's actions on a payment, open and done. */
  actionsOn: (paymentId: string) => readonly Action[];
  /** An action on it stands on the disk but cannot be read. */
  isUnreadable: (paymentId: string) => boolean;
  /** Dojo does not know it with this key. */
  isUnknown?: (paymentId: string) => boolean;
  findRequest: (requestId: string) => Action | null;
  setting: Pick<Case, 'nowMs' | 'zone' | 'online' | 'apiVersion' | 'offlineRefundMaxMinor'>;
  nextSeq: () => number;
  uuid: () => string;
}>;

/** The actions to accept (new ones only), those that were accepted before and are open on the disk, and the id that answers each request. All or none. */
export type Decided = Readonly<{ accept: readonly Action[]; found: readonly Action[]; actionIds: readonly string[] }>;

const ABOUT_AMOUNT: ReadonlySet<MoveRefusal['code']> = new Set(['amount-too-small', 'amount-too-large', 'tips-in-amount', 'tips-not-allowed']);

/** Checks every request against the rules, with the requests before it in the same batch counted as promised. */
export function decide(requests: readonly ActionRequest[], deciding: Deciding): Result<Decided, TillError> {
  const accept: Action[] = [];
  const found: Action[] = [];
  const actionIds: string[] = [];
  const firstSeq = deciding.nextSeq();
  // A batch of 500 on 500 payments must not look through the whole batch for each of them.
  const acceptedByPayment = new Map<string, Action[]>();
  const acceptedByRequest = new Map<string, Action>();
  for (const [index, request] of requests.entries()) {
    const at = (field: string) => `requests.${index}.${field}`;
    const move = moveOf(request);
    const inThis = acceptedByRequest.get(request.requestId);
    const before = inThis ?? deciding.findRequest(request.requestId);
    if (before) {
      if (before.paymentId !== request.paymentId || !sameMove(before.move, move))
        return err({
          code: 'request-id-reused',
          message: 'This request was made before with other content. Nothing was accepted; decide again.',
          field: at('requestId'),
        });
      actionIds.push(before.id);
      if (!inThis && isOpen(before)) found.push(before);
      continue;
    }
    const payment = deciding.payment(request.paymentId);
    if (!payment)
      return err({ code: 'unknown-payment', message: 'Tillside does not know this payment. Refresh the list and try again.', field: at('paymentId') });
    const inBatch = acceptedByPayment.get(payment.id) ?? [];
    const current: Case = {
      payment,
      actions: [...deciding.actionsOn(payment.id), ...inBatch],
      unreadable: deciding.isUnreadable(payment.id),
      isUnknown: deciding.isUnknown?.(payment.id) ?? false,
      ...deciding.setting,
    };
    const named = (message: string) => (requests.length > 1 ? `${payment.reference || 'A payment'}: ${message}` : message);
    const refusal = refusalOf(move, current);
    if (refusal) {
      const { code, message, field } = refusal;
      return err({
        code: ABOUT_AMOUNT.has(code) ? 'amount' : code === 'too-late' ? 'too-late' : 'move-closed',
        message: named(message),
        next: CLOSED_NEXT[code],
        field: at(field ?? 'kind'),
      });
    }
    // A part that another till has just captured may still fit: the person decided without it.
    if (!isStillAsSeen(payment, request.seenVersion))
      return err({ code: 'not-possible', message: named(words.showsNew.message), next: words.showsNew.next, field: at('seenVersion') });
    const rule = ruleFor(move.kind, current);
    if (rule.open && rule.recent && !(request.kind === 'refund' && request.again))
      return err({
        code: 'second-refund',
        message: named(
          `A refund of ${inWords(money(rule.recent.amountMinor, payment.currency))} was decided or sent ${agoInWords(deciding.setting.nowMs - rule.recent.atMs)}. Nothing was accepted.`,
        ),
        field: at('again'),
      });
    const id = deciding.uuid();
    const action: Action = {
      id,
      seq: firstSeq + accept.length,
      requestId: request.requestId,
      runId: request.runId ?? null,
      accountId: deciding.accountId,
      paymentId: payment.id,
      move,
      currency: payment.currency,
      reference: payment.reference,
      idempotencyKey: deciding.uuid(),
      acceptedAtMs: deciding.setting.nowMs,
      deadlineAtMs: rule.open ? rule.deadlineAtMs : null,
      ...(rule.open && rule.sameDay ? { sameDay: rule.sameDay } : {}),
      ...(isOnlineOnly(move, current) ? { onlineOnly: true } : {}),
      state: 'waiting',
      sends: 0,
      firstSentAtMs: null,
      sentAtMs: null,
      apiVersion: null,
      // By Dojo's own date: what this till sent after that is not in it, however much later it was read.
      decidedOn: baselineOf(payment, payment.updatedAtMs),
      baseline: null,
      notBeforeMs: 0,
      failures: 0,
      outcome: null,
      changedAtMs: deciding.setting.nowMs,
    };
    accept.push(action);
    actionIds.push(id);
    inBatch.push(action);
    acceptedByPayment.set(payment.id, inBatch);
    acceptedByRequest.set(action.requestId, action);
  }
  return ok({ accept, found, actionIds });
}

/** Of a reversal the rules say whether it may wait for a connection. A refund that was accepted waits, whatever the setting says. */
const isOnlineOnly = (move: Move, current: Case): boolean => move.kind === 'reverse' && refusalOf(move, { ...current, online: false })?.code === 'offline';

function agoInWords(agoMs: number): string {
  const minutes = Math.floor(agoMs / 60_000);
  return minutes < 1 ? 'just now' : minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
}

/** What is decided, without what identifies the request and without what only the decision needs. */
function moveOf(request: ActionRequest): Move {
  const { requestId: _, paymentId: __, runId: ___, seenVersion: ____, ...move } = request;
  if (move.kind !== 'refund') return move;
  const { again: _____, ...refund } = move;
  return refund;
}
