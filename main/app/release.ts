import type { TillError } from '../../preload/contract.ts';
import { CLOSED_NEXT } from '../core/closed-next.ts';
import type { Failure } from '../core/failure.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Case } from '../core/payment/rule-context.ts';
import { refusalOf } from '../core/payment/rules.ts';
import { isStillAsSeen, versionOf } from '../core/payment/version.ts';
import { type Action, isFinal } from '../core/queue/action.ts';
import { type Baseline, baselineOf } from '../core/queue/evidence.ts';
import { onPayment, type QueueState } from '../core/queue/queue-state.ts';
import { mayStillSettle } from '../core/queue/settling.ts';
import { isUnchangedSinceDecision } from '../core/queue/since-decision.ts';
import { isDoneByNow, showsByNow } from '../core/queue/trace.ts';
import { refusalWords } from '../core/refusals.ts';
import { err, ok, type Result } from '../core/result.ts';
import { words } from '../core/words.ts';
import { canRelease } from '../views/since-decision.ts';
import { failureInWords } from '../words/failure-words.ts';
import { releaseWords } from '../words/release-words.ts';

const READ_AT_ONCE = 4;

export type Releasing = Readonly<{
  queue: () => QueueState;
  /** The payment as the screen shows it. */
  shown: (paymentId: string) => Payment | null;
  /** By action, the version of it that the person saw: the screen may be a moment behind. */
  seenVersions: Readonly<Record<string, string>>;
  /** The payment as Dojo shows it, asked for now. */
  read: (paymentId: string) => Promise<Result<Payment, Failure>>;
  setting: () => Pick<Case, 'nowMs' | 'zone' | 'apiVersion'>;
  monotonicMs: () => number;
}>;

export type Released = Readonly<{ actionId: string; decidedOn: Baseline }>;

/**
 * Which actions may go out again, each with what is known of its payment now: all of them, or none. A person decides by what the
 * screen shows; where Dojo shows something else by now, they look again.
 */
export async function readForRelease(actionIds: readonly string[], releasing: Releasing): Promise<Result<readonly Released[], TillError>> {
  const { queue, shown, seenVersions, read, setting, monotonicMs } = releasing;
  const ids = [...new Set(actionIds)];
  const found = ids.map((id) => queue().actions.get(id));
  if (found.includes(undefined)) return err({ code: 'unknown-action', message: releaseWords.unknown, field: fieldOf(found.indexOf(undefined)) });
  const actions = found.filter((action) => action !== undefined);
  const before = new Map(actions.map(({ paymentId }) => [paymentId, shown(paymentId)]));
  const now = new Map<string, Readonly<{ payment: Payment; readAtMs: number }>>();
  const refused = (action: Action, code: TillError['code'], message: string, next?: string): Result<never, TillError> =>
    err({ code, message: releaseWords.nothing(action, message), field: fieldOf(ids.indexOf(action.id)), ...(next === undefined ? {} : { next }) });

  const unfit = actions.find((action) => !canRelease(queue(), action));
  if (unfit) return refused(unfit, 'not-possible', releaseWords.notNow);
  const toRead = [...new Map(actions.map((action) => [action.paymentId, action])).values()];
  for (let from = 0; from < toRead.length; from += READ_AT_ONCE) {
    const some = toRead.slice(from, from + READ_AT_ONCE);
    const results = await Promise.all(some.map(({ paymentId }) => read(paymentId)));
    for (const [index, result] of results.entries()) {
      const action = some[index];
      if (!action) continue;
      if (!result.ok) return notRead(action, result.error, fieldOf(ids.indexOf(action.id)));
      now.set(action.paymentId, { payment: result.value, readAtMs: setting().nowMs });
    }
  }

  const released: Released[] = [];
  for (const { id } of actions) {
    // What happened while the payments were read counts.
    const action = queue().actions.get(id);
    const look = action && now.get(action.paymentId);
    if (!action || !look || !canRelease(queue(), action)) return err({ code: 'not-possible', message: releaseWords.changed, field: fieldOf(ids.indexOf(id)) });
    const { nowMs, zone, apiVersion } = setting();
    const decidedOn = baselineOf(look.payment, look.readAtMs);
    const others = onPayment(queue(), action.paymentId).filter((other) => other.id !== id);
    if (showsByNow(action, look.payment, others)) {
      const { message, next } = words.showsByNow(action);
      return refused(action, 'not-possible', message, next ?? undefined);
    }
    if (isDoneByNow(action, look.payment, others)) {
      const { message, next } = words.doneByNow({ ...action, outcome: null }, look.payment);
      return refused(action, 'not-possible', message, next ?? undefined);
    }
    const known = before.get(action.paymentId);
    if (!known || ![versionOf(known), seenVersions[id]].every((seen) => isStillAsSeen(look.payment, seen)))
      return refused(action, 'not-possible', words.showsNew.message, words.showsNew.next);
    if (ids.length > 1 && !isUnchangedSinceDecision(action, look.payment, others)) return refused(action, 'not-possible', releaseWords.alone);
    if (mayStillSettle(queue(), action, { nowMs, monotonicMs: monotonicMs() })) return refused(action, 'not-possible', releaseWords.stillSettling);
    if (action.deadlineAtMs !== null && nowMs >= action.deadlineAtMs) return refused(action, 'too-late', releaseWords.tooLate, CLOSED_NEXT['too-late']);
    const closed = refusalOf(action.move, {
      payment: look.payment,
      actions: others.filter((other) => isFinal(other) || other.seq < action.seq),
      nowMs,
      zone,
      apiVersion,
      online: true,
      offlineRefundMaxMinor: null,
    });
    if (closed) return refused(action, closed.code === 'too-late' ? 'too-late' : 'move-closed', closed.message, CLOSED_NEXT[closed.code]);
    released.push({ actionId: id, decidedOn });
  }
  return ok(released);
}

/** In the words and with the code that a failed reading has elsewhere; a no of Dojo's is to this payment. */
function notRead(action: Action, failure: Failure, field: string): Result<never, TillError> {
  const told = failureInWords(failure);
  const { what, next } = failure.kind === 'refused' ? refusalWords('read', failure) : { what: told.message, next: told.next };
  return err({ ...told, message: releaseWords.nothing(action, what), field, ...(next === undefined ? {} : { next }) });
}

const fieldOf = (index: number): string => `actionIds.${index}`;
