import { err, ok, type Result } from '../core/result.ts';
import type { Refusal } from './intent.ts';
import { refusals } from './refusals.ts';
import type { Switches } from './switches.ts';

/** What an idempotency key was first used for. `scope` names the operation and the payment. */
export type Remembered = { scope: string; key: string; request: string; id: string; atMs: number };

/** What a key was used for within the time it is kept; null: it is new, or forgotten. A key of another request is refused. */
export function recall(
  remembered: readonly Remembered[],
  asked: Readonly<Pick<Remembered, 'scope' | 'key' | 'request'>>,
  nowMs: number,
  keptMs: number,
): Result<Remembered | null, Refusal> {
  const earlier = remembered.find(({ scope, key, atMs }) => scope === asked.scope && key === asked.key && nowMs - atMs < keptMs);
  if (!earlier) return ok(null);
  return earlier.request === asked.request ? ok(earlier) : err(refusals.invalid('idempotencyKey', 'The idempotency key was used for another request.'));
}

/** What a refund that was made at `madeAtMs` is refused with when it is asked for again. `limit`: what would be said to a new one. */
export function repeatRefusal(madeAtMs: number, limit: Refusal | null, nowMs: number, switches: Switches): Refusal | null {
  if (switches.refundLimitBeforeKey && limit) return limit;
  if (nowMs - madeAtMs < switches.refundInProgressMs) return refusals.conflict('A refund with this idempotency key is in progress.');
  return switches.repeatedRefund === 'conflict' ? refusals.conflict('A refund with this idempotency key was made.') : null;
}
