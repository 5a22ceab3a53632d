import type { TillError } from '../../preload/contract.ts';
import { formatDate } from '../format.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { clearSearch, showDay } from '../view.ts';

/** Nothing on this day, and why that may be. */
export function EmptyDay({ date, isToday }: { date: string; isToday: boolean }) {
  const line = useTill((snapshot) => snapshot.connection.line);
  const wasRead = useTill((snapshot) => snapshot.connection.asOfMs !== null);
  if (isToday && !wasRead && line === 'connecting') return <Empty title="Reading today’s payments from Dojo…">They appear here by themselves.</Empty>;
  if (isToday && !wasRead)
    return (
      <Empty title="Nothing is known of today yet">
        {line === 'key-refused'
          ? 'Dojo does not accept the key, so today could not be read.'
          : 'The line to Dojo is down, and nothing of today is on this PC yet.'}{' '}
        Payments appear by themselves as soon as Dojo can be read.
      </Empty>
    );
  if (isToday) return <Empty title="No payments yet today">They appear here by themselves as customers pay.</Empty>;
  return (
    <Empty title={`No payments on ${formatDate(date)}`} actions={<Button onPress={() => showDay(null)}>Back to today</Button>}>
      {line === 'live' ? 'Dojo has none for this day.' : 'There are none on this PC. With the line down, Dojo could not be asked.'}
    </Empty>
  );
}

export function NothingFound({ search }: { search: string }) {
  return (
    <Empty
      title={search.trim() ? `Nothing matches “${search.trim()}”` : 'Nothing here'}
      actions={
        <Button kind="primary" onPress={clearSearch}>
          Show all payments
        </Button>
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
      {error.message}
    </Empty>
  );
}
