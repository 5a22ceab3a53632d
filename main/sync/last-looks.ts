import type { Failure } from '../core/failure.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Clock } from '../ports/clock.ts';

/** A full reading of the day comes every five minutes: what none has shown for longer is not from now. */
const NOW_MS = 6 * 60_000;
/** A till runs for weeks: of what was read longest ago nothing is kept. */
const KEPT_MOST = 50_000;

export type LastLooks = Readonly<{
  /** Another key is connected, or none: what the one before was shown says nothing of what this one is. */
  begin(): void;
  /** Somebody asks anew what Dojo shows of them: only what is read from here on counts as that. */
  forget(paymentIds: readonly string[]): void;
  /** true: what is known of the last look at one of them is another now. */
  read(payments: readonly Payment[]): boolean;
  /** The same of one that could not be read. */
  failed(paymentId: string, failure: Failure): boolean;
  /** Dojo does not know it with this key. */
  isUnknown(paymentId: string): boolean;
  /** All of those; another set where one came or went. */
  unknown(): ReadonlySet<string>;
  /** Dojo showed it to this key, and lately. */
  isNow(paymentId: string): boolean;
  /** When it was last read in this run, with whatever key. */
  readAtMs(paymentId: string): number | null;
}>;

/** Whether what is known of each payment is what Dojo shows the key that is connected. */
export function createLastLooks(clock: Pick<Clock, 'nowMs' | 'monotonicMs'>, nowMs: () => number): LastLooks {
  let unknown: ReadonlySet<string> = new Set();
  const shown = new Set<string>();
  const readings = new Map<string, Readonly<{ readAtMs: number; wallMs: number; monotonicMs: number }>>();

  const isNow = (paymentId: string): boolean => {
    const reading = readings.get(paymentId);
    if (!reading || !shown.has(paymentId)) return false;
    // By both clocks of the PC: one stands still where it sleeps, the other can be set.
    return clock.monotonicMs() - reading.monotonicMs <= NOW_MS && Math.abs(clock.nowMs() - reading.wallMs) <= NOW_MS;
  };

  return {
    begin() {
      if (unknown.size > 0) unknown = new Set();
      shown.clear();
    },
    forget(paymentIds) {
      for (const id of paymentIds) shown.delete(id);
    },
    read(payments) {
      const isNews = payments.some(({ id }) => !isNow(id));
      if (unknown.size > 0 && payments.some(({ id }) => unknown.has(id))) unknown = unknown.difference(new Set(payments.map(({ id }) => id)));
      const reading = { readAtMs: nowMs(), wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
      for (const { id } of payments) {
        shown.add(id);
        // Last in the map, whenever it was read first.
        readings.delete(id);
        readings.set(id, reading);
      }
      for (const [id] of readings) {
        if (readings.size <= KEPT_MOST) break;
        readings.delete(id);
        shown.delete(id);
      }
      return isNews;
    },
    failed(paymentId, { kind, status }) {
      const isGone = shown.delete(paymentId);
      if (kind !== 'refused' || status !== 404) return isGone;
      // That Dojo does not know it stays so until Dojo shows it, whatever keeps the next answer away.
      const isNews = !unknown.has(paymentId);
      if (isNews) unknown = new Set([...unknown, paymentId]);
      return isNews;
    },
    isUnknown: (paymentId) => unknown.has(paymentId),
    unknown: () => unknown,
    isNow,
    readAtMs: (paymentId) => readings.get(paymentId)?.readAtMs ?? null,
  };
}
