import { useMemo } from 'react';
import { formatWhen } from '../format.ts';
import { otherCurrencyCount, unknownToKeyCount } from '../holds/open-holds.ts';
import { useNow } from '../now.ts';
import { useScanUndo } from '../scan/use-scan-undo.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Checkbox } from '../ui/field.tsx';
import { ScreenFoot } from '../ui/screen-foot.tsx';
import { useWithBank } from '../use-with-bank.ts';
import { choiceRows, tickedSums } from './choice.ts';
import { ChooseList } from './choose-list.tsx';
import { change, goToStep, putBack, useEndOfDay } from './end-of-day-state.ts';
import { planRun } from './planned-run.ts';
import { runReport } from './run-report.ts';
import type { Run } from './runs.ts';
import { countOf, holdsInWords, progressInWords, sumsInWords } from './sums-in-words.ts';

type ChooseStepProps = Readonly<{
  /** A run to go back to: one that moves, or the last one. */
  otherRun: Run | null;
}>;

/** The holds that can be taken, all ticked at first. */
export function ChooseStep({ otherRun }: ChooseStepProps) {
  const payments = useTill((snapshot) => snapshot.payments);
  const choice = useEndOfDay((state) => state.choice);
  const withBank = useWithBank();
  const rows = useMemo(() => choiceRows(payments, choice), [payments, choice]);
  // A blank in a code would tick, and its digits may end in an amount.
  useScanUndo({ look: () => choice, restore: putBack });

  const sums = tickedSums(rows);
  const count = countOf(sums);
  const tickedCount = rows.filter((row) => row.ticked).length;
  const problemCount = tickedCount - count;
  const allTicked = tickedCount === rows.length;
  const leftOut = otherCurrencyCount(payments);
  const unknown = unknownToKeyCount(payments);

  if (rows.length === 0)
    return (
      <>
        <RunLink run={otherRun} />
        <Empty title={withBank ? 'Nothing is left to capture.' : 'Nothing to capture.'}>
          {withBank ? `${withBank} Nothing else can be captured now.` : 'No payment can be captured now.'} Holds appear here as they come in; what is queued
          already is in the queue.
        </Empty>
      </>
    );
  const review = () => goToStep({ kind: 'review', run: planRun(rows, () => crypto.randomUUID()), origin: 'end-of-day' });
  return (
    <>
      <RunLink run={otherRun} />
      <div className="eod-tools">
        <Checkbox
          isSelected={allTicked}
          isIndeterminate={tickedCount > 0 && !allTicked}
          onChange={() => change(allTicked ? { type: 'tick-none' } : { type: 'tick-all' })}
        >
          {allTicked ? 'Untick all' : 'Tick all'} {rows.length}
        </Checkbox>
        <p className="eod-keys">
          <kbd>Space</kbd> ticks, <kbd>Enter</kbd> changes the amount
        </p>
      </div>
      <ChooseList rows={rows} />
      <ScreenFoot className="eod-foot">
        <p className="eod-sum" role="status">
          <strong>{holdsInWords(count)}</strong> of {rows.length} ticked, <strong>{sumsInWords(sums)}</strong> to capture
          {problemCount > 0 ? <span className="eod-problem"> · {problemCount} with an amount to mend</span> : null}
          {leftOut > 0 ? (
            <span className="quiet-text">
              {' '}
              · {leftOut} in {leftOut === 1 ? 'another currency' : 'other currencies'} not counted
            </span>
          ) : null}
          {unknown > 0 ? <span className="quiet-text"> · {unknown} that Dojo does not know with this key not counted</span> : null}
        </p>
        <Button kind="primary" size="large" shortcut="F6" isDisabled={count === 0 || problemCount > 0} onPress={review}>
          Review {holdsInWords(count)}
        </Button>
      </ScreenFoot>
    </>
  );
}

/** The way to a run that is under way, or to the report of the last one. */
function RunLink({ run }: { run: Run | null }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  if (!run) return null;
  return (
    <div className="eod-last">
      <span>
        {run.phase === 'running' ? 'A run is under way' : run.phase === 'with-bank' ? 'A run is with the bank' : 'Last run'},{' '}
        {formatWhen(run.startedAtMs, zone, nowMs)} · {progressInWords(runReport(run.takes))}
      </span>
      <Button size="small" onPress={() => goToStep({ kind: 'run', runId: run.runId, origin: 'end-of-day' })}>
        {run.moving ? 'Watch it' : 'Its report'}
      </Button>
    </div>
  );
}
