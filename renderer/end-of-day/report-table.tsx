import { useMemo } from 'react';
import { formatMoney } from '../format.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { goTo } from '../view.ts';
import { chooseAgain } from './end-of-day-state.ts';
import { type NextStep, nextStepInWords, nextSteps } from './next-steps.ts';
import { LINE_WORDS } from './outcome-words.ts';
import { type CurrencyReport, REPORT_LINES, type RunReport } from './run-report.ts';
import type { Run } from './runs.ts';

/** What was chosen and what became of it, to the penny, and what is left to do. */
export function ReportTable({ run, report }: { run: Run; report: RunReport }) {
  const payments = useTill((snapshot) => snapshot.payments);
  const steps = useMemo(() => nextSteps(run.takes, new Map(payments.map((payment) => [payment.id, payment]))), [run.takes, payments]);
  return (
    <div className="eod-report">
      {report.byCurrency.map((currency) => (
        <CurrencyTable key={currency.currency} report={currency} />
      ))}
      <section className="eod-next">
        <h3 className="eod-subtitle">What to do next</h3>
        {steps.length === 0 ? (
          <p className="quiet-text">Nothing is left to do.</p>
        ) : (
          <ul>
            {steps.map((step) => (
              <Next key={step.kind} step={step} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function CurrencyTable({ report: { currency, chosen, lines } }: { report: CurrencyReport }) {
  return (
    <table className="eod-table">
      <caption className="visually-hidden">Report in {currency}</caption>
      <thead>
        <tr>
          <th scope="col">{currency}</th>
          <th scope="col">Captures</th>
          <th scope="col">Amount</th>
        </tr>
      </thead>
      <tbody>
        {REPORT_LINES.filter((line) => lines[line].count > 0 || line === 'taken').map((line) => (
          <tr key={line}>
            <th scope="row">{LINE_WORDS[line]}</th>
            <td>{lines[line].count}</td>
            <td>{formatMoney(lines[line].amountMinor, currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Chosen</th>
          <td>{chosen.count}</td>
          <td>{formatMoney(chosen.amountMinor, currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Next({ step }: { step: NextStep }) {
  const { text, button } = nextStepInWords(step);
  return (
    <li className="eod-next-step">
      <span>{text}</span>
      {button === null ? null : (
        <Button size="small" onPress={() => follow(step)}>
          {button}
        </Button>
      )}
    </li>
  );
}

function follow(step: NextStep): void {
  switch (step.kind) {
    case 'settle':
    case 'behind':
      goTo('queue');
      return;
    case 'came-twice':
    case 'came-after':
      goTo('today');
      return;
    case 'declined':
    case 'failed':
    case 'without-extras':
    case 'try-again':
    case 'choose-withdrawn':
    case 'on-hold':
      chooseAgain(step.amounts);
      return;
    case 'compare':
    case 'not-again':
    case 'captured-anyway':
    case 'too-late':
    case 'not-shown':
    case 'still-moving':
    case 'with-bank':
      return;
  }
}
