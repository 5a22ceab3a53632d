import './holds.css';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { PaymentView } from '../../preload/contract.ts';
import { formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { byId, useTill } from '../store.ts';
import { PaymentList } from '../today/payment-list.tsx';
import { matchesSearch } from '../today/search.ts';
import { SearchInput } from '../today/search-input.tsx';
import { useListKeys } from '../today/use-list-keys.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { useWithBank } from '../use-with-bank.ts';
import { HoldFigures } from './hold-figures.tsx';
import { HOLDS } from './hold-row.tsx';
import { notCountedWords } from './hold-words.ts';
import { HoldsFoot } from './holds-foot.tsx';
import { chooseHolds } from './holds-state.ts';
import { endsWithin, holdSums, openHolds, otherCurrencyCount, SOON_MS, unknownToKeyCount } from './open-holds.ts';

/** Every open hold of all days, soonest end first, so that none lapses unseen. */
export function HoldsScreen() {
  const payments = useTill((snapshot) => snapshot.payments);
  const nowMs = useNow(30_000);
  const holds = useMemo(() => openHolds(payments), [payments]);
  return (
    <div className="today holds">
      <div className="today-top">
        <h2 className="holds-title">On hold</h2>
        <HoldFigures sums={holdSums(holds, nowMs)} />
        <NotCounted holds={holds} />
        <AsOf />
      </div>
      {holds.length === 0 ? <NoHolds /> : <Holds holds={holds} nowMs={nowMs} />}
    </div>
  );
}

function Holds({ holds, nowMs }: { holds: readonly PaymentView[]; nowMs: number }) {
  // Gone with the screen: a search left behind must not hide a hold from who comes back.
  const [search, setSearch] = useState('');
  const searched = useDeferredValue(search);
  const payments = useTill((snapshot) => snapshot.payments);
  const shown = useMemo(() => holds.filter((payment) => matchesSearch(payment, searched)), [holds, searched]);
  const find = useCallback((paymentId: string) => byId(payments, paymentId), [payments]);
  const list = useRef<HTMLDivElement>(null);
  const focusList = useListKeys(list);
  const soon = holds.filter((payment) => payment.moves.capture.open && endsWithin(payment, SOON_MS, nowMs));
  return (
    <>
      <div className="search-bar">
        <SearchInput value={search} onChange={setSearch} onEnter={focusList} onLeaveDown={focusList} />
        {soon.length > 0 ? (
          <Button size="small" onPress={() => chooseHolds(soon.map((payment) => payment.id))}>
            {soon.length === 1 ? 'Choose the 1 that ends' : `Choose the ${soon.length} that end`} within 48 h
          </Button>
        ) : null}
      </div>
      {shown.length === 0 ? (
        <Empty title={`No hold matches “${searched.trim()}”`} actions={<Button onPress={() => setSearch('')}>Show all holds</Button>}>
          Only what is on hold is searched here. Every payment of the day is on Today.
        </Empty>
      ) : (
        <>
          <div className="row list-heads hold-row" aria-hidden="true">
            <span />
            <span>Reference</span>
            <span className="row-card">Card</span>
            <span className="hold-held">Held</span>
            <span>What happens, and when</span>
            <span className="amount">Left to capture</span>
            <span />
          </div>
          <PaymentList rows={shown} find={find} question={searched} look={HOLDS} listRef={list} />
        </>
      )}
      <HoldsFoot holds={holds} shown={shown} />
    </>
  );
}

/** They are on the list, and in no sum above it. */
function NotCounted({ holds }: { holds: readonly PaymentView[] }) {
  const words = notCountedWords(otherCurrencyCount(holds), unknownToKeyCount(holds));
  return words === null ? null : <p className="holds-not-counted quiet-text">{words}</p>;
}

/** How old all this is, where Dojo cannot be asked: what ended or was taken since is not on it. */
function AsOf() {
  const line = useTill((snapshot) => snapshot.connection.line);
  const asOfMs = useTill((snapshot) => snapshot.connection.asOfMs);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(30_000);
  if (line === 'live' || asOfMs === null) return null;
  return <p className="holds-as-of">As of {formatWhen(asOfMs, zone, nowMs)}: what happened elsewhere since is not known here.</p>;
}

function NoHolds() {
  const withBank = useWithBank();
  const wasRead = useTill((snapshot) => snapshot.connection.asOfMs !== null);
  const isConnecting = useTill((snapshot) => snapshot.connection.line === 'connecting');
  if (!wasRead)
    return isConnecting ? (
      <Empty title="Reading the holds from Dojo…">They appear here by themselves.</Empty>
    ) : (
      <Empty title="Nothing is known of the holds yet">They appear by themselves as soon as Dojo can be read.</Empty>
    );
  return (
    <Empty title={withBank ? 'Nothing is left to capture' : 'Nothing is on hold'}>
      {withBank ? `${withBank} ` : ''}Payments that are held first and captured later appear here until they are captured or let go, whatever day they are of.
    </Empty>
  );
}
