import type { ReactNode } from 'react';
import type { Totals } from '../../preload/contract.ts';
import { formatGivenBack, formatMoney } from '../format.ts';
import { setFilter } from '../view.ts';
import { figuresOf } from './figures.ts';

/** `16`, and for a screen reader what they are. */
const payments = (count: number) => (
  <>
    {count}
    <span className="visually-hidden">{count === 1 ? ' payment' : ' payments'}</span>
  </>
);
/** For a moment, when a long day is taken up: the sums of a part of it would be wrong. */
const ADDING_UP = 'adding up…';

const ON_HOLD = 'On hold';
const TAKEN = 'Captured and sold';
const GIVEN_BACK = 'Refunded and reversed';
const NET = 'Net';

/** The day's sums. Each currency stands for itself: different ones are never added up. */
export function TotalsLine({ totals }: { totals: Totals }) {
  if (!totals.isComplete) return <NoTotalsYet />;
  const onHold = figuresOf(totals, 'onHold');
  const taken = figuresOf(totals, 'taken');
  const taking = figuresOf(totals, 'taking').sums.filter((sum) => sum.amountMinor > 0);
  const givenBack = figuresOf(totals, 'givenBack');
  return (
    <dl className="totals totals-of-day" aria-label="Totals">
      <Figure label={ON_HOLD} count={payments(onHold.count)} amounts={onHold.sums.map((sum) => formatMoney(sum.amountMinor, sum.currency))} />
      <Figure
        label={TAKEN}
        count={payments(taken.count)}
        amounts={taken.sums.map((sum) => formatMoney(sum.amountMinor, sum.currency))}
        note={taking.length > 0 ? <Capturing amounts={taking.map((sum) => formatMoney(sum.amountMinor, sum.currency))} /> : null}
      />
      <Figure label={GIVEN_BACK} count={payments(givenBack.count)} amounts={givenBack.sums.map((sum) => formatGivenBack(sum.amountMinor, sum.currency))} />
      <Figure label={NET} count={null} amounts={figuresOf(totals, 'net').sums.map((sum) => formatMoney(sum.amountMinor, sum.currency))} />
      <Attention count={totals.attentionCount} />
    </dl>
  );
}

/** What is with the bank: it comes and goes many times a day, in a place of its own, so that no row moves for it. */
const Capturing = ({ amounts }: { amounts: readonly string[] }) => (
  <span className="figure-note">
    <span className="figure-note-verb">capturing</span> {amounts.join(' and ')} more…
  </span>
);

function NoTotalsYet() {
  return (
    <dl className="totals totals-of-day" aria-label="Totals">
      {[ON_HOLD, TAKEN, GIVEN_BACK].map((label) => (
        <Figure key={label} label={label} count={ADDING_UP} amounts={[]} />
      ))}
      <Figure label={NET} count={null} amounts={[]} />
      <Attention count={null} />
    </dl>
  );
}

type FigureProps = Readonly<{ label: string; count: ReactNode; amounts: readonly string[]; note?: ReactNode; isWarning?: boolean }>;

/** One sum under its heading, currency by currency. */
export function Figure({ label, count, amounts, note = null, isWarning = false }: FigureProps) {
  return (
    <div className="figure" data-attention={isWarning}>
      <dt className="figure-label">
        {label} {count === null ? null : <span className="figure-count">· {count}</span>}
      </dt>
      <dd className="figure-amounts">
        {amounts.length === 0 ? <span className="figure-amount">–</span> : null}
        {amounts.map((amount) => (
          <span key={amount} className="figure-amount">
            {amount}
          </span>
        ))}
        {note}
      </dd>
    </div>
  );
}

function Attention({ count }: { count: number | null }) {
  return (
    <div className="figure" data-attention={count !== null && count > 0}>
      <dt className="figure-label">Needs attention</dt>
      <dd className="figure-amounts">
        <span className="figure-amount">{count ?? '–'}</span>
        {count !== null && count > 0 ? (
          <button type="button" className="link" onClick={() => setFilter('attention')}>
            Show {count === 1 ? 'it' : 'them'}
          </button>
        ) : null}
      </dd>
    </div>
  );
}
