import type { Failure } from '../core/failure.ts';
import type { Move } from '../core/queue/action.ts';
import type { Taken } from '../core/queue/queue-state.ts';
import type { OwnCause } from '../core/refusals.ts';
import { err, ok, type Result } from '../core/result.ts';
import { captureIdOf } from './decode.ts';
import { failure, malformed, type Reply } from './failure.ts';
import { isAbsent, isRecord, type JsonRecord } from './json.ts';

/**
 * Whether Dojo's yes is the one its specification promises for this move on this payment. Anything less is an unknown outcome,
 * to be settled by reading: a yes to another question must never be shown as done. It is a yes also where it names no id: every
 * specification since 2022-04-07 lets `captureId`, `reversalId` and `refundId` be null.
 */
export function takenIn(move: Move, paymentId: string, { status, json }: Reply): Result<Taken, Failure> {
  const unclear = err(malformed('malformed', status));
  if (move.kind === 'sendReceipt') return status === 204 || isRecord(json) ? DONE : unclear;
  if (!isRecord(json)) return unclear;
  switch (move.kind) {
    case 'capture': {
      // Only the 2022-01-03 guide shows a status here: Failed and Declined took nothing.
      if (json.status === 'Failed' || json.status === 'Declined') return err(failure('refused', 'capture-failed' satisfies OwnCause, status, json));
      return saysId(json, 'captureId') ? ok({ captureId: captureIdOf(json.captureId), dojoId: null }) : unclear;
    }
    case 'reverse': {
      // An answer that is the payment itself tells by its status.
      if (json.id === paymentId && isAbsent(json.reversalId)) return json.status === 'Reversed' ? DONE : unclear;
      // The schema says reversalId, its example id.
      const dojoId = captureIdOf(json.reversalId) ?? captureIdOf(json.id);
      return dojoId !== null || saysId(json, 'reversalId') ? ok({ captureId: null, dojoId }) : unclear;
    }
    case 'refund': {
      // The payment that it names tells as well as an id that it is Dojo's.
      const isOfThis = isAbsent(json.paymentIntentId) ? saysId(json, 'refundId') : json.paymentIntentId === paymentId;
      return isOfThis ? ok({ captureId: null, dojoId: captureIdOf(json.refundId) }) : unclear;
    }
    case 'cancel':
      return json.id === paymentId && json.status === 'Canceled' ? DONE : unclear;
    case 'setAmount':
      return json.id === paymentId && shows(json, 'amount', move.amount) ? DONE : unclear;
    case 'setTips':
      return json.id === paymentId && shows(json, 'tipsAmount', move.amount) ? DONE : unclear;
  }
}

const DONE = ok<Taken>({ captureId: null, dojoId: null });

/** The field of the id is there, with an id or null: an object without it may be anybody's. */
const saysId = (json: JsonRecord, field: 'captureId' | 'reversalId' | 'refundId'): boolean => json[field] === null || captureIdOf(json[field]) !== null;

/** The intent in the answer carries the new amount, or does not say. */
function shows(intent: JsonRecord, field: 'amount' | 'tipsAmount', minor: number): boolean {
  const amount = intent[field];
  return isAbsent(amount) || (isRecord(amount) && amount.value === minor);
}
