import { useMemo, useState } from 'react';
import { formatMoney } from '../format.ts';
import { chooseHolds } from '../holds/holds-state.ts';
import { useEscapeBack } from '../keys.ts';
import { useNow } from '../now.ts';
import { paymentFacts, referenceTold, type ToldAt } from '../queue/action-in-words.ts';
import { referenceLabel } from '../reference.ts';
import { useTill, useTillShallow } from '../store.ts';
import { promisedInWords, whenSent, whenSentInWords } from '../take/when-sent.ts';
import { announce } from '../toasts.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { DialogOpenedAt } from '../ui/dialog-opened-at.ts';
import { RefusalBanner } from '../ui/refusal-banner.tsx';
import { ScreenFoot } from '../ui/screen-foot.tsx';
import { goTo } from '../view.ts';
import { sumUp } from './choice.ts';
import { goToStep, type Origin, runStarted } from './end-of-day-state.ts';
import { leftOut, notAccepted, type OutOfDate, outOfDate, type PlannedRun, without } from './planned-run.ts';
import { type ReviewList, reviewLists } from './review-lists.ts';
import { holdsInWords, sumsInWords } from './sums-in-words.ts';
import { problemTitle, useRunStart } from './use-run-start.ts';

/** What the run will take, before it is started. The amounts stay as they were chosen. */
export function ReviewStep({ run, origin }: { run: PlannedRun; origin: Origin }) {
  // As in a dialog that has just opened: the press that led here must not start the run as well.
  const [openedAtMs] = useState(() => performance.now());
  const payments = useTill((snapshot) => snapshot.payments);
  const connection = useTill((snapshot) => snapshot.connection);
  const at = { zone: useTill((snapshot) => snapshot.settings.zone), nowMs: useNow(60_000) };
  const { isPending, problem, start } = useRunStart();

  const acceptedCount = problem?.acceptedCount ?? 0;
  const requestIds = useTillShallow(({ actions }) => actions.filter(({ runId }) => runId === run.runId).map(({ requestId }) => requestId));
  const stale = useMemo(
    () => outOfDate(notAccepted(run, acceptedCount, requestIds), new Map(payments.map((payment) => [payment.id, payment]))),
    [run, acceptedCount, requestIds, payments],
  );
  const others = useMemo(() => leftOut(run, payments), [run, payments]);
  const sums = sumUp(run.takes);
  const lists = useMemo(() => reviewLists(run.takes), [run.takes]);
  const when = whenSent(connection, 'capture');
  const waits = whenSentInWords(when, at);
  const hasStale = stale.length > 0 && !isPending;

  useEscapeBack(() => leave(origin), isPending);

  const begin = () =>
    void start(run, payments, () => {
      announce(promisedInWords(`${holdsInWords(run.takes.length)}, ${sumsInWords(sums)}`, when, at));
      runStarted(run.runId, origin);
      // The choice is used up; what Dojo refuses of it is not chosen again by itself.
      if (origin === 'holds') chooseHolds([]);
    });

  return (
    <DialogOpenedAt value={openedAtMs}>
      <div className="eod-review">
        {hasStale ? <Stale run={run} stale={stale} origin={origin} at={at} /> : null}
        {problem ? (
          <RefusalBanner
            title={problemTitle(problem, run.takes.length)}
            error={problem.error}
            about={problem.take ? referenceTold(problem.take, at) : undefined}
          />
        ) : null}
        {waits ? (
          <Banner tone="blue" title="Not now.">
            {waits} Each is sent only while its hold lasts.
          </Banner>
        ) : null}
        <dl className="eod-review-sums">
          {sums.map((sum) => (
            <div key={sum.currency} className="eod-review-sum">
              <dt>{holdsInWords(sum.count)}</dt>
              <dd className="amount">{formatMoney(sum.amountMinor, sum.currency)}</dd>
            </div>
          ))}
        </dl>
        {run.takes.some((take) => take.edited) ? null : (
          <p className="quiet-text">
            {run.takes.some((take) => take.mayLeave)
              ? 'Each is captured as offered: the whole rest of its hold, or less where that is said below.'
              : 'Each is captured: the whole rest of its hold.'}
          </p>
        )}
        {lists.map((list) => (
          <Takes key={list.title} {...list} at={at} />
        ))}
        {others.length > 0 ? (
          <p className="quiet-text">
            {holdsInWords(others.length)}, {sumsInWords(sumUp(others))}, {others.length === 1 ? 'is' : 'are'} not in this run and{' '}
            {others.length === 1 ? 'stays' : 'stay'} on hold.
          </p>
        ) : null}
        <p className="quiet-text">Each hold is captured on its own. One that Dojo refuses stops no other, and the report says why.</p>
      </div>
      <ScreenFoot className="eod-foot">
        <Button onPress={() => leave(origin)} isDisabled={isPending}>
          Back to the holds
        </Button>
        <Button kind="money" shortcut="F12" isDisabled={hasStale || run.takes.length === 0} pendingText={isPending ? 'Queueing…' : undefined} onPress={begin}>
          {acceptedCount > 0 ? 'Queue the rest' : `Start: capture ${sumsInWords(sums)}`}
        </Button>
      </ScreenFoot>
    </DialogOpenedAt>
  );
}

/** Back to where the holds were chosen: the choice is still there. */
function leave(origin: Origin): void {
  goToStep({ kind: 'choose' });
  if (origin === 'holds') goTo('holds');
}

function Takes({ title, takes, at }: ReviewList & Readonly<{ at: ToldAt }>) {
  return (
    <section>
      <h3 className="eod-subtitle">
        {title} ({takes.length})
      </h3>
      <ul className="eod-edited">
        {takes.map((take) => (
          <li key={take.paymentId}>
            <span>
              {referenceLabel(take.reference)} <span className="quiet-text">{[paymentFacts(take, at), ...take.notes].join(' · ')}</span>
            </span>
            <span className="amount">
              {formatMoney(take.amountMinor, take.currency)}
              {take.ofWholeMinor === null ? null : <span className="quiet-text"> of {formatMoney(take.ofWholeMinor, take.currency)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What changed since the holds were chosen: it is left out, or chosen again, never silently altered. */
function Stale({ run, stale, origin, at }: { run: PlannedRun; stale: readonly OutOfDate[]; origin: Origin; at: ToldAt }) {
  const ids = new Set(stale.map(({ take }) => take.paymentId));
  return (
    <Banner
      tone="amber"
      title={`${stale.length} changed since ${stale.length === 1 ? 'it was' : 'they were'} chosen.`}
      isUrgent
      actions={
        <Button size="small" onPress={() => goToStep({ kind: 'review', run: without(run, ids), origin })}>
          Leave {stale.length === 1 ? 'it' : 'them'} out
        </Button>
      }
    >
      {stale
        .slice(0, 3)
        .map((each) => `${referenceTold(each.take, at)}: ${outOfDateInWords(each)}`)
        .join(' ')}
      {stale.length > 3 ? ` And ${stale.length - 3} more.` : ''}
    </Banner>
  );
}

function outOfDateInWords({ take, why, maxMinor }: OutOfDate): string {
  if (why !== null || maxMinor === null) return why ?? '';
  const left = formatMoney(maxMinor, take.currency);
  return take.amountMinor > maxMinor ? `no more than ${left} is left.` : `${left} is left now, not ${formatMoney(take.wholeMinor, take.currency)}.`;
}
