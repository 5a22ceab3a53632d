import { useMemo, useState } from 'react';
import { formatMoney, timeLeft } from '../format.ts';
import { SOON_MS } from '../holds/open-holds.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { StateMark } from '../ui/state-mark.tsx';
import { goTo } from '../view.ts';
import { earlierHolds } from './list.ts';

/**
 * Holds of the days before, so that none lapses unseen: how many, how much, and when the first one ends. Rows move for the line only
 * where nobody has a hand on them (`isHeld`): it comes when they are let go, and keeps its place until the screen is left.
 */
export function EarlierHoldsLine({ isHeld }: { isHeld: boolean }) {
  const payments = useTill((snapshot) => snapshot.payments);
  const date = useTill((snapshot) => snapshot.day.date);
  const holds = useMemo(() => earlierHolds(payments, date), [payments, date]);
  const nowMs = useNow(60_000);
  const [hasPlace, setHasPlace] = useState(holds.count > 0);
  if (!hasPlace && holds.count > 0 && !isHeld) setHasPlace(true);
  if (!hasPlace) return null;
  if (holds.count === 0) return <p className="earlier-holds quiet-text">No hold of earlier days is left to capture.</p>;
  const isSoon = holds.soonest !== null && holds.soonest.atMs - nowMs <= SOON_MS;
  const sums = holds.byCurrency.map((sum) => formatMoney(sum.leftMinor, sum.currency)).join(' and ');
  return (
    <p className="earlier-holds">
      <StateMark tone={isSoon ? 'amber' : 'blue'} shape={isSoon ? 'late' : 'hold'}>
        {holds.count === 1 ? '1 hold' : `${holds.count} holds`} from earlier days, {sums}
        {holds.soonest ? ` · ${firstEnds(holds.soonest, nowMs)}` : ''}
      </StateMark>
      <button type="button" className="link" onClick={() => goTo('holds')}>
        See {holds.count === 1 ? 'it' : 'them'}
      </button>
    </p>
  );
}

function firstEnds(ends: { atMs: number; action: 'Release' | 'Capture' | null }, nowMs: number): string {
  const left = timeLeft(ends.atMs, nowMs);
  const when = left === null ? 'now' : `in ${left}`;
  if (ends.action === 'Release') return `first released ${when}`;
  if (ends.action === 'Capture') return `first captured in full ${when}`;
  return `first ends ${when}`;
}
