import { type Failure, mayBeAboutAll } from '../core/failure.ts';
import { isSettling, type Payment } from '../core/payment/payment.ts';
import { err, type Result } from '../core/result.ts';
import type { PatientClient } from '../dojo/client.ts';
import { failure } from '../dojo/failure.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { createSlots } from './slots.ts';

const AT_ONCE = 4;
const FOLLOW_FIRST_MS = 1_500;
const FOLLOW_MOST_MS = 30_000;
/** One that Dojo refuses to show is asked for more and more rarely. */
const REFUSED_MOST_MS = 10 * 60_000;
/** When Dojo may be asked again the queue comes first, and readings a little later. */
export const AFTER_GATE_MS = 2_000;

export type SingleReadingsOptions = Readonly<{
  client: Pick<PatientClient, 'read' | 'gate'>;
  clock: Clock;
  log: Log;
  known: () => ReadonlyMap<string, Payment>;
  /** Takes over what was read, and asked for then by the monotonic clock. Never throws. */
  keep: (payments: readonly Payment[], askedMs: number) => void;
  /** One could not be read. Never throws. */
  onUnread: (paymentId: string, failure: Failure) => void;
  /** What one payment was answered may be about all of them: the list tells. */
  onDoubt: () => void;
}>;

export type SingleReadings = Readonly<{
  /** One payment, now. Never rejects. */
  read(paymentId: string): Promise<Result<Payment, Failure>>;
  /**
   * Each of them, a few at once; what hangs is not waited for. Which could not be read. One that still has to have its turn has no second
   * one; `isJoining`: nor has one that is being read, for whom what was so a moment ago will do.
   */
  readAll(paymentIds: readonly string[], isJoining?: boolean): Promise<readonly string[]>;
  /** Follows captures on their way to their end: read at longer and longer intervals, for as long as the payment is known. */
  follow(): void;
  close(): void;
}>;

type Turn = { hasBegun: boolean; isUnread: boolean; ends: Promise<void> };

export const threw = (cause: 'client-threw' | 'till-threw'): Failure => failure('unknown-outcome', cause);
export const textOfError = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Payments read one by one, for what no list tells. */
export function createSingleReadings({ client, clock, log, known, keep, onUnread, onDoubt }: SingleReadingsOptions): SingleReadings {
  const slots = createSlots(clock, AT_ONCE);
  /** The undo of the next look at each. */
  const following = new Map<string, () => void>();
  /** The newest of each payment that is not over. */
  const turns = new Map<string, Turn>();
  let closed = false;

  async function read(paymentId: string): Promise<Result<Payment, Failure>> {
    if (closed) return err(failure('not-sent', 'not-wanted'));
    const askedMs = clock.monotonicMs();
    try {
      const result = await client.read(paymentId);
      if (result.ok) keep([result.value], askedMs);
      else {
        onUnread(paymentId, result.error);
        if (mayBeAboutAll(result.error)) onDoubt();
      }
      return result;
    } catch (error) {
      log.error(`a reading threw: ${textOfError(error)}`);
      return err(threw('client-threw'));
    }
  }

  function turnOf(paymentId: string, isJoining: boolean): Turn {
    const before = turns.get(paymentId);
    if (before && (isJoining || !before.hasBegun)) return before;
    const turn: Turn = { hasBegun: false, isUnread: false, ends: Promise.resolve() };
    turns.set(paymentId, turn);
    turn.ends = slots.run(async () => {
      turn.hasBegun = true;
      if (!closed && !(await read(paymentId)).ok) turn.isUnread = true;
      if (turns.get(paymentId) === turn) turns.delete(paymentId);
    });
    return turn;
  }

  function lookLater(paymentId: string, intervalMs: number, inMs = intervalMs): void {
    following.set(
      paymentId,
      clock.after(inMs, () => void slots.run(() => looked(paymentId, intervalMs))),
    );
  }

  /** What throws is looked at again, like one that Dojo did not answer. */
  async function looked(paymentId: string, intervalMs: number): Promise<void> {
    try {
      await look(paymentId, intervalMs);
    } catch (error) {
      log.error(`a step of a reading threw: ${textOfError(error)}`);
      if (!closed) lookLater(paymentId, Math.min(FOLLOW_MOST_MS, intervalMs * 2));
    }
  }

  async function look(paymentId: string, intervalMs: number): Promise<void> {
    const payment = known().get(paymentId);
    if (!payment || !isSettling(payment)) return void following.delete(paymentId);
    const leftMs = client.gate.leftMs();
    if (leftMs > 0) return lookLater(paymentId, intervalMs, leftMs + AFTER_GATE_MS);
    const result = await read(paymentId);
    if (closed) return;
    following.delete(paymentId);
    if (result.ok) {
      if (isSettling(result.value)) lookLater(paymentId, Math.min(FOLLOW_MOST_MS, intervalMs * 2));
      return;
    }
    const isRefused = result.error.kind === 'refused';
    const nextMs = Math.min(isRefused ? REFUSED_MOST_MS : FOLLOW_MOST_MS, intervalMs * 2);
    lookLater(paymentId, nextMs, Math.max(nextMs, Math.min(result.error.retryAfterMs ?? 0, REFUSED_MOST_MS) + AFTER_GATE_MS));
  }

  return {
    read,
    async readAll(paymentIds, isJoining = false) {
      const asked = paymentIds.map((paymentId) => ({ paymentId, turn: turnOf(paymentId, isJoining) }));
      await Promise.all(asked.map(({ turn }) => turn.ends));
      return asked.filter(({ turn }) => turn.isUnread).map(({ paymentId }) => paymentId);
    },
    follow() {
      for (const payment of known().values()) if (isSettling(payment) && !following.has(payment.id)) lookLater(payment.id, FOLLOW_FIRST_MS);
    },
    close() {
      closed = true;
      for (const cancel of following.values()) cancel();
    },
  };
}
