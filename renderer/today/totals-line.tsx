import type { Totals } from '../../preload/contract.ts';
import { formatGivenBack, formatMoney } from '../format.ts';
import { setFilter } from '../view.ts';

const payments = (count: number): string => (count === 1 ? '1 payment' : `${count} payments`);

/** The day's sums, one line per currency: different currencies are never added up. */
export function TotalsLine({ totals }: { totals: Totals }) {
  return (
    <section className="totals" aria-label="Totals">
      {totals.byCurrency.length === 0 ? (
        <dl className="totals-row">
          <Figure label="On hold, still to take" amount="—" note="nothing yet" />
          <Figure label="Taken" amount="—" note="nothing yet" />
          <Figure label="Given back" amount="—" note="nothing yet" />
        </dl>
      ) : (
        totals.byCurrency.map((row, index) => (
          <dl className="totals-row" key={row.currency}>
            <Figure label="On hold, still to take" amount={formatMoney(row.onHoldMinor, row.currency)} note={payments(row.onHoldCount)} />
            <Figure
              label="Taken"
              amount={formatMoney(row.takenMinor, row.currency)}
              note={row.takingMinor > 0 ? `${payments(row.takenCount)} · taking ${formatMoney(row.takingMinor, row.currency)} more…` : payments(row.takenCount)}
            />
            <Figure
              label="Given back"
              amount={row.givenBackMinor > 0 ? formatGivenBack(row.givenBackMinor, row.currency) : formatMoney(0, row.currency)}
              note={payments(row.givenBackCount)}
            />
            {index === 0 ? <Attention count={totals.attentionCount} /> : null}
          </dl>
        ))
      )}
    </section>
  );
}

function Figure({ label, amount, note }: { label: string; amount: string; note: string }) {
  return (
    <div className="figure">
      <dt className="figure-label">{label}</dt>
      <dd className="figure-amount">{amount}</dd>
      <dd className="figure-note">{note}</dd>
    </div>
  );
}

function Attention({ count }: { count: number }) {
  return (
    <div className="figure" data-attention={count > 0}>
      <dt className="figure-label">Needs attention</dt>
      <dd className="figure-amount">{count}</dd>
      <dd className="figure-note">
        {count > 0 ? (
          <button type="button" className="link" onClick={() => setFilter('attention')}>
            Show {count === 1 ? 'it' : 'them'}
          </button>
        ) : (
          'all is well'
        )}
      </dd>
    </div>
  );
}
