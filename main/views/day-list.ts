import type { DayView, PaymentView, Totals } from '../../preload/contract.ts';
import type { DaySpan } from '../core/day/day.ts';
import { type Payment, paidAt } from '../core/payment/payment.ts';
import { totalsOf } from '../core/payment/totals.ts';

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

/** Worked out again only when a payment, the day or the zone changed: a busy run looks many times a second. */
export function createDayList(dateOf: (payment: Payment) => string): (payments: ReadonlyMap<string, Payment>, day: DaySpan, zone: string) => DayList {
  let last: Readonly<{ payments: ReadonlyMap<string, Payment>; day: DaySpan; zone: string; list: DayList }> | null = null;
  return (payments, day, zone) => {
    if (last?.payments !== payments || last.day !== day || last.zone !== zone) {
      const ofDay = [...payments.values()].filter((payment) => dateOf(payment) === day.date);
      last = { payments, day, zone, list: { ordered: newestFirst(payments.values()), byCurrency: [...totalsOf(ofDay)] } };
    }
    return last.list;
  };
}
