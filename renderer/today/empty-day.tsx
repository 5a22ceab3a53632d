import type { TillError } from '../../preload/contract.ts';
import { errorInWords } from '../error-words.ts';
import { formatDate } from '../format.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { clearSearch, searchAllDays, showDay } from '../view.ts';
import type { DayReading } from './use-day.ts';

/** Nothing on this day, and why that may be. `reading`: of an earlier day. */
export function EmptyDay({ date, reading }: { date: string; reading: DayReading | null }) {
  const isToday = reading === null;
  const line = useTill((snapshot) => snapshot.connection.line);
  const wasRead = useTill((snapshot) => snapshot.connection.asOfMs !== null);
  const isDoubted = useTill((snapshot) => snapshot.connection.notices.some(({ code }) => code === 'day-doubted'));
  if (isToday && !wasRead && line === 'connecting') return <Empty title="Reading today’s payments from Dojo…">They appear here by themselves.</Empty>;
  if (isToday && !wasRead)
    return (
      <Empty title="Nothing is known of today yet">
        {line === 'key-refused'
          ? 'Dojo does not accept the key, so today could not be read.'
          : 'There is no connection to Dojo, and nothing of today is on this PC yet.'}{' '}
        Payments appear by themselves as soon as Dojo can be read.
      </Empty>
    );
  if (isToday && isDoubted)
    return (
      <Empty title="No payments are known of this day">
        It may be another day: Dojo has not said yet which one it is. Check this PC’s date and time. Payments appear by themselves when the connection is back.
      </Empty>
    );
  if (isToday && line !== 'live' && line !== 'connecting')
    return (
      <Empty title="No payments of today are on this PC">
        Dojo cannot be read just now, and may have some. They appear by themselves as soon as it can be.
      </Empty>
    );
  if (isToday) return <Empty title="No payments yet today">They appear here by themselves as customers pay.</Empty>;
  return (
    <Empty title={`No payments on ${formatDate(date)}`} actions={<Button onPress={() => showDay(null)}>Back to today</Button>}>
      {reading.fresh ? 'Dojo has none for this day.' : 'There are none on this PC, and Dojo could not be read just now.'}
    </Empty>
  );
}

export function NothingFound({ search }: { search: string }) {
  return (
    <Empty
      title={search.trim() ? `Nothing matches “${search.trim()}”` : 'Nothing here'}
      actions={
        <>
          {search.trim() ? (
            <Button kind="primary" onPress={searchAllDays}>
              Search all days
            </Button>
          ) : null}
          <Button onPress={clearSearch}>Show all payments of the day</Button>
        </>
      }
    >
      {search.trim() ? 'Only the day on the list is searched: by reference, amount and last four digits.' : 'No payment of this day is in this state.'}
    </Empty>
  );
}

export function DayFailed({ date, error, again }: { date: string; error: TillError; again: () => void }) {
  return (
    <Empty
      title={`${formatDate(date)} could not be read`}
      actions={
        <>
          <Button kind="primary" onPress={again}>
            Try again
          </Button>
          <Button onPress={() => showDay(null)}>Back to today</Button>
        </>
      }
    >
      {errorInWords(error)}
    </Empty>
  );
}
