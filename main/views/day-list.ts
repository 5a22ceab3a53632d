import type { DayView, PaymentView, Totals } from '../../preload/contract.ts';
import type { DaySpan } from '../core/day/day.ts';
import { holdEndsByMs, isHold, isUnlistedCapture, mayBeHeld, type Payment, paidAt } from '../core/payment/payment.ts';
import { totalsOf } from '../core/payment/totals.ts';
import type { QueueState } from '../core/queue/queue-state.ts';

export const newestFirst = (payments: Iterable<Payment>): Payment[] => [...payments].sort((a, b) => paidAt(b) - paidAt(a) || (a.id < b.id ? 1 : -1));

export const dayView = ({ date, startMs, endMs }: DaySpan, zone: string, isToday: boolean): DayView => ({ date, startMs, endMs, zone, isToday });

/** `isComplete`: nothing is missing in `byCurrency` and `shown`. */
export const withAttention = (byCurrency: Totals['byCurrency'], shown: readonly PaymentView[], isComplete = true): Totals => ({
  isComplete,
  byCurrency,
  attentionCount: shown.filter((view) => view.attention !== null).length,
});

/** All that is known in its order, and the sums of the day alone. */
export type DayList = Readonly<{ ordered: readonly Payment[]; byCurrency: Totals['byCurrency'] }>;

/** What this till captured of a payment itself. */
export type CapturedHere = (payment: Payment) => number;

/** `unknown`: payments that Dojo does not know with this key. */
type ListOf = (payments: ReadonlyMap<string, Payment>, day: DaySpan, zone: string, actions: QueueState['actions'], unknown: ReadonlySet<string>) => DayList;
type Last = Readonly<{ of: Parameters<ListOf>; dependsOnTill: boolean; fromMs: number; untilMs: number; list: DayList }>;

/**
 * Worked out again only when a payment, the day or the zone changed: a busy run looks many times a second. This till's actions matter
 * only where Dojo does not list what was captured, and the clock only where the rest of a hold counts until its end.
 */
export function createDayList(dateOf: (payment: Payment) => string, capturedHere: CapturedHere, nowMs: () => number): ListOf {
  let last: Last | null = null;
  const isStill = ({ of: [payments, day, zone, actions, unknown], dependsOnTill }: Last, now: Parameters<ListOf>) =>
    payments === now[0] && day === now[1] && zone === now[2] && unknown === now[4] && (actions === now[3] || !dependsOnTill);
  return (...now) => {
    const atMs = nowMs();
    // A PC clock that was ahead may have been put back.
    if (last === null || atMs < last.fromMs || atMs >= last.untilMs || !isStill(last, now)) {
      const [payments, day, , , unknown] = now;
      const ofDay = [...payments.values()].filter((payment) => dateOf(payment) === day.date);
      const isHeld = (payment: Payment) => mayBeHeld(payment, atMs);
      const list = { ordered: newestFirst(payments.values()), byCurrency: [...totalsOf(ofDay, capturedHere, (id) => unknown.has(id), isHeld)] };
      const untilMs = Math.min(...ofDay.filter((payment) => !isHold(payment) && isHeld(payment)).map(holdEndsByMs));
      last = { of: now, dependsOnTill: ofDay.some(isUnlistedCapture), fromMs: atMs, untilMs, list };
    }
    return last.list;
  };
}
