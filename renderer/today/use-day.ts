import { useCallback, useEffect, useMemo, useState } from 'react';
import type { DaySnapshot, PaymentView, TillError, Totals } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { byId, call, useTill } from '../store.ts';
import { useView } from '../view.ts';
import { neededBefore, ofDay } from './list.ts';

const NONE: readonly PaymentView[] = [];

/** The day on the list: today from the snapshot, an earlier one as main reads it. */
export type DayOnList =
  | Readonly<{ phase: 'reading'; date: string }>
  | Readonly<{ phase: 'failed'; date: string; error: TillError; again: () => void }>
  /** `before`: what needs attention of the days before, as the totals count it. */
  | Readonly<{ phase: 'there'; date: string; payments: readonly PaymentView[]; before: readonly PaymentView[]; totals: Totals; reading: DayReading | null }>;

/** How an earlier day came to be on the list; today's own line says it for today. */
export type DayReading = Readonly<Pick<DaySnapshot, 'readAtMs' | 'fresh' | 'error'> & { again: () => void }>;

export function useDay(): DayOnList {
  const chosen = useView((view) => view.date);
  const day = useTill((snapshot) => snapshot.day);
  const today = useTill((snapshot) => snapshot.payments);
  const totals = useTill((snapshot) => snapshot.totals);
  const earlierDate = chosen !== null && chosen !== day.date ? chosen : null;
  const earlier = useEarlierDay(earlierDate);
  const payments = useMemo(() => (earlierDate === null ? ofDay(today, day.date) : []), [earlierDate, today, day.date]);
  const before = useMemo(() => (earlierDate === null ? neededBefore(today, day.date) : NONE), [earlierDate, today, day.date]);
  if (earlierDate !== null) return earlier ?? { phase: 'reading', date: earlierDate };
  return { phase: 'there', date: day.date, payments, before, totals, reading: null };
}

/** What the sums of a day count of a payment. */
const counted = ({ state, takenMinor, takingMinor, onHoldMinor, refundedMinor, attention }: PaymentView): string =>
  [state, takenMinor, takingMinor, onHoldMinor, refundedMinor, attention !== null].join();

/** Which payments of a day stand otherwise by now than its sums were made of, and how; empty: none does. */
const movedOn = (read: readonly PaymentView[], current: readonly PaymentView[]): string =>
  read
    .flatMap((payment) => {
      const now = byId(current, payment.id);
      return now && counted(now) !== counted(payment) ? `${now.id} ${counted(now)}` : [];
    })
    .join(' ');

/** Reads an earlier day, and reads it again whenever an action on one of its payments changes, or what its sums count of one. */
function useEarlierDay(date: string | null): DayOnList | null {
  const [read, setRead] = useState<{ date: string; day: DaySnapshot } | { date: string; error: TillError } | null>(null);
  const [tries, setTries] = useState(0);
  const again = useCallback(() => {
    setRead(null);
    setTries((count) => count + 1);
  }, []);

  const loaded = read && 'day' in read && read.date === date ? read.day : null;
  const ids = useMemo(() => new Set(loaded?.payments.map((payment) => payment.id)), [loaded]);
  const changes = useTill((snapshot) =>
    date === null
      ? ''
      : snapshot.actions
          .filter((action) => ids.has(action.paymentId))
          .map((action) => `${action.id} ${action.state}`)
          .join(),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of actions and a new try are reasons to read again.
  useEffect(() => {
    if (date === null) return;
    let isWanted = true;
    void call(till.loadDay({ date }), { quiet: true }).then((result) => {
      if (!isWanted) return;
      setRead(result.ok ? { date, day: result.value } : { date, error: result.error });
    });
    return () => {
      isWanted = false;
    };
  }, [date, tries, changes]);

  const current = useTill((snapshot) => snapshot.payments);
  const moved = useMemo(() => (loaded === null ? '' : movedOn(loaded.payments, current)), [loaded, current]);
  useEffect(() => {
    if (moved !== '') setTries((count) => count + 1);
  }, [moved]);

  return useMemo(() => {
    if (date === null || read === null || read.date !== date) return null;
    if ('error' in read) return { phase: 'failed', date, error: read.error, again };
    // What the snapshot knows of a payment is newer than what was read with the day.
    const payments = read.day.payments.map((payment) => byId(current, payment.id) ?? payment);
    const { totals, readAtMs, fresh, error } = read.day;
    return { phase: 'there', date, payments: ofDay(payments, date), before: NONE, totals, reading: { readAtMs, fresh, error, again } };
  }, [date, read, current, again]);
}
