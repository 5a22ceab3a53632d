import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { formatDate } from '../format.ts';
import { byId } from '../store.ts';
import { Empty } from '../ui/empty.tsx';
import { searchAllDays, useView } from '../view.ts';
import { AllDaysScreen } from './all-days-screen.tsx';
import { DayPicker } from './day-picker.tsx';
import { DayReadingLine } from './day-reading-line.tsx';
import { EarlierHoldsLine } from './earlier-holds-line.tsx';
import { DayFailed, EmptyDay, NothingFound } from './empty-day.tsx';
import { shownRows } from './list.ts';
import { ListHeads } from './list-heads.tsx';
import { PaymentList } from './payment-list.tsx';
import { DATED, OF_DAY } from './payment-looks.tsx';
import { SearchBar } from './search-bar.tsx';
import { TotalsLine } from './totals-line.tsx';
import { type DayOnList, useDay } from './use-day.ts';
import { useHeld } from './use-held.ts';
import { useListKeys } from './use-list-keys.ts';

/** The day's payments, totals above and the list below; or what a search finds on all days. */
export function TodayScreen() {
  return useView((view) => view.isAllDays) ? <AllDaysScreen /> : <DayScreen />;
}

function DayScreen() {
  const day = useDay();
  switch (day.phase) {
    case 'reading':
      return (
        <div className="today">
          <div className="today-top">
            <DayPicker date={day.date} />
          </div>
          <Empty title={`Reading ${formatDate(day.date)}…`} />
        </div>
      );
    case 'failed':
      return (
        <div className="today">
          <div className="today-top">
            <DayPicker date={day.date} />
          </div>
          <DayFailed {...day} />
        </div>
      );
    case 'there':
      return <Day day={day} />;
  }
}

function Day({ day }: { day: Extract<DayOnList, { phase: 'there' }> }) {
  // With thousands of rows the list may come a moment after the letter: typing never waits for it.
  const search = useDeferredValue(useView((view) => view.search));
  const filter = useView((view) => view.filter);
  const { payments, before } = day;
  const { rows, counts } = useMemo(() => shownRows(payments, search, filter, before), [payments, search, filter, before]);
  const find = useCallback((paymentId: string) => byId(payments, paymentId) ?? byId(before, paymentId), [payments, before]);
  const isOfSeveral = filter === 'attention' && before.length > 0;
  const list = useRef<HTMLDivElement>(null);
  const focusList = useListKeys(list);
  const screen = useRef<HTMLDivElement>(null);
  const isHeld = useHeld(screen);
  return (
    <div className="today" ref={screen}>
      <div className="today-top">
        <DayPicker date={day.date} />
        <TotalsLine totals={day.totals} />
        {day.reading ? <DayReadingLine reading={day.reading} /> : <EarlierHoldsLine isHeld={isHeld} />}
      </div>
      <SearchBar counts={day.totals.isComplete ? counts : null} onEnter={rows.length > 0 ? focusList : searchAllDays} onLeaveDown={focusList} />
      {payments.length === 0 && rows.length === 0 ? (
        <EmptyDay date={day.date} reading={day.reading} />
      ) : rows.length === 0 ? (
        <NothingFound search={search} />
      ) : (
        <>
          <ListHeads />
          <PaymentList rows={rows} find={find} question={`${day.date} ${filter} ${search}`} look={isOfSeveral ? DATED : OF_DAY} listRef={list} />
        </>
      )}
    </div>
  );
}
