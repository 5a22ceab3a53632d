import { useCallback, useMemo, useRef } from 'react';
import type { PaymentView } from '../../preload/contract.ts';
import { errorInWords } from '../error-words.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { backToDay, useView } from '../view.ts';
import { foundInWords } from './found-words.ts';
import { shownRows } from './list.ts';
import { ListHeads } from './list-heads.tsx';
import { PaymentList } from './payment-list.tsx';
import { DATED } from './payment-looks.tsx';
import { SearchBar } from './search-bar.tsx';
import { type AllDays, useAllDays } from './use-all-days.ts';
import { useListKeys } from './use-list-keys.ts';

const NONE: readonly PaymentView[] = [];

/** What a search finds on any kept day. It is read from the disk: it works without the line. */
export function AllDaysScreen() {
  const search = useView((view) => view.search);
  const filter = useView((view) => view.filter);
  const result = useAllDays(search);
  const payments = result.phase === 'there' ? result.payments : NONE;
  const { rows, counts } = useMemo(() => shownRows(payments, '', filter), [payments, filter]);
  const find = useCallback((paymentId: string) => payments.find((payment) => payment.id === paymentId), [payments]);
  const list = useRef<HTMLDivElement>(null);
  const focusList = useListKeys(list);
  return (
    <div className="today">
      <div className="today-top">
        <p role="status">
          <strong>All days</strong> <AllDaysWords result={result} />
        </p>
        <Button size="small" shortcut="F6" onPress={backToDay}>
          Back to the day
        </Button>
      </div>
      <SearchBar counts={counts} onEnter={focusList} onLeaveDown={focusList} isAllDays />
      {result.phase === 'failed' ? (
        <Empty title="The search failed" actions={<Button onPress={result.again}>Try again</Button>}>
          {errorInWords(result.error)}
        </Empty>
      ) : result.phase === 'nothing-typed' ? (
        <Empty title="What do you look for?">Type a reference, an amount or the last four digits of a card.</Empty>
      ) : result.phase === 'searching' ? (
        <Empty title="Searching all days…" />
      ) : rows.length === 0 ? (
        <NothingAnywhere result={result} />
      ) : (
        <>
          <ListHeads isDated />
          <PaymentList rows={rows} find={find} question={`all days ${filter} ${result.searchedFor}`} look={DATED} listRef={list} />
        </>
      )}
    </div>
  );
}

const AllDaysWords = ({ result }: { result: AllDays }) => (result.phase === 'there' ? <span className="quiet-text">{foundInWords(result)}</span> : null);

function NothingAnywhere({ result: { payments, searchedFor } }: { result: Extract<AllDays, { phase: 'there' }> }) {
  const line = useTill((snapshot) => snapshot.connection.line);
  if (payments.length > 0) return <Empty title="Nothing here">What was found is in another state: choose “All” above.</Empty>;
  return (
    <Empty title={`No day has “${searchedFor}”`} actions={<Button onPress={backToDay}>Back to the day</Button>}>
      The payments kept on this PC were searched by reference, description, amount and last four digits.{' '}
      {line === 'live'
        ? 'A day that was never opened on this PC may be missing: choose it in the calendar first.'
        : 'There is no connection: Dojo was not asked.'}
    </Empty>
  );
}
