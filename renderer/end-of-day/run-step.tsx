import { useEffect, useMemo, useRef, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import type { ActionView } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { SettleDialog } from '../queue/settle-dialog.tsx';
import { whyQueueWaits } from '../queue/why-waits.ts';
import { call, useTill } from '../store.ts';
import { announce } from '../toasts.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { keepInSight } from '../ui/keep-in-sight.ts';
import { TwoStepButton } from '../ui/two-step-button.tsx';
import { goToStep } from './end-of-day-state.ts';
import { ReportTable } from './report-table.tsx';
import { RunList } from './run-list.tsx';
import { mostUrgentFirst, type RunReport, runReport } from './run-report.ts';
import { endInWords, othersInWords, removedInWords } from './run-words.ts';
import type { Run } from './runs.ts';
import { progressInWords } from './sums-in-words.ts';

/** So long nothing was captured: that is where the run stands. */
const STILL_MS = 5_000;
/** The till remembers for a day longer what has ended, so that a run is whole for as long. */
const WHOLE_FOR_MS = 7 * 86_400_000;

/** A run as it goes, and its report once nothing moves any more. All of it is read off the actions: a restart changes nothing. */
export function RunStep({ run }: { run: Run | null }) {
  if (!run)
    return (
      <Empty title="This run is not in the list." actions={<Button onPress={() => goToStep({ kind: 'choose' })}>Back to the holds</Button>}>
        One that was just started appears here in a moment. One of some days ago is no longer listed.
      </Empty>
    );
  return <KnownRun run={run} />;
}

function KnownRun({ run }: { run: Run }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const why = whyQueueWaits(
    useTill((snapshot) => snapshot.connection),
    zone,
  );
  const nowMs = useNow(60_000);
  const report = useMemo(() => runReport(run.takes), [run.takes]);
  const takes = useMemo(() => (run.moving ? run.takes : mostUrgentFirst(run.takes)), [run]);
  const [settledId, setSettledId] = useState<string | null>(null);
  useEndSaid(run, report);
  return (
    <>
      <div className="eod-run-head">
        <h3 className="eod-run-title">
          {run.phase === 'over' ? 'Report of the run' : 'Run'} of {formatWhen(run.startedAtMs, zone, nowMs)}
        </h3>
        {run.phase === 'running' ? <RunButtons run={run} /> : <Button onPress={() => goToStep({ kind: 'choose' })}>Choose more holds</Button>}
      </div>
      <Progress report={report} />
      {run.phase === 'running' && why ? (
        <Banner tone="blue" title="Standing still.">
          {why}
        </Banner>
      ) : null}
      {run.phase === 'with-bank' ? (
        <Banner tone="blue" title={`${report.counts.taking} with the bank.`}>
          The report comes when the bank has answered. Until then nothing here is final.
        </Banner>
      ) : null}
      {nowMs - run.startedAtMs > WHOLE_FOR_MS ? (
        <Banner tone="grey" title="Started more than a week ago.">
          What ended first may no longer be in this list.
        </Banner>
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the list inside it takes these keys. */}
      <div className="eod-run-body" onKeyDown={keepInSight}>
        {run.phase === 'over' ? <ReportTable run={run} report={report} /> : null}
        <RunList takes={takes} onSettle={setSettledId} />
      </div>
      {settledId === null ? null : <SettleDialog actionId={settledId} onClose={() => setSettledId(null)} />}
    </>
  );
}

/** "41 of 60 taken · £1,204.50", as words and as a bar. */
function Progress({ report }: { report: RunReport }) {
  const { counts, total } = report;
  const words = progressInWords(report);
  const quarter = total === 0 ? 0 : Math.floor((4 * report.ended) / total);
  return (
    <div className="eod-progress">
      <p className="eod-progress-words">
        <strong>{words}</strong>
        <span className="quiet-text">{othersInWords(report)}</span>
      </p>
      <ProgressBar aria-label="Captured or ended" value={report.ended} maxValue={Math.max(1, total)} valueLabel={words} className="eod-bar">
        <svg className="eod-bar-drawing" viewBox={`0 0 ${Math.max(1, total)} 1`} preserveAspectRatio="none" aria-hidden="true">
          <rect className="eod-bar-ended" width={report.ended} height="1" />
          <rect className="eod-bar-taken" width={counts.taken} height="1" />
        </svg>
      </ProgressBar>
      <Heard quarter={quarter} words={words} />
    </div>
  );
}

/**
 * Screen readers hear where the run is a few times, not at every row: at each quarter, and once it stands still. What is no longer so
 * is not left there to be read.
 */
function Heard({ quarter, words }: { quarter: number; words: string }) {
  const [heard, setHeard] = useState({ quarter, words, isSaid: false });
  if (heard.quarter !== quarter) setHeard({ quarter, words, isSaid: true });
  useEffect(() => {
    if (heard.words === words) return;
    const timer = setTimeout(() => setHeard({ quarter, words, isSaid: true }), STILL_MS);
    return () => clearTimeout(timer);
  }, [heard.words, quarter, words]);
  return (
    <p className="visually-hidden" role="status">
      {heard.isSaid && heard.words === words ? words : null}
    </p>
  );
}

/** Says once that a run this person watched has come to its end. */
function useEndSaid(run: Run, report: RunReport): void {
  const wasMoving = useRef(run.moving);
  useEffect(() => {
    if (wasMoving.current && !run.moving) announce(endInWords(report));
    wasMoving.current = run.moving;
  }, [run.moving, report]);
}

function RunButtons({ run }: { run: Run }) {
  const isPaused = useTill((snapshot) => snapshot.connection.queue.paused);
  const waiting = run.takes.filter((take) => take.can.withdraw);
  const [isWithdrawing, setWithdrawing] = useState(false);
  const withdrawRest = async () => {
    setWithdrawing(true);
    await withdrawAll(waiting);
    setWithdrawing(false);
  };
  return (
    <div className="eod-run-buttons">
      <Button isGuarded shortcut="F7" onPress={() => void call(isPaused ? till.resumeQueue() : till.pauseQueue())}>
        {isPaused ? 'Go on' : 'Pause'}
      </Button>
      {waiting.length > 0 || isWithdrawing ? (
        <TwoStepButton
          ask={`Remove the ${waiting.length} waiting`}
          confirm={`Yes, remove ${waiting.length}`}
          keep="No, keep them"
          size="normal"
          pendingText={isWithdrawing ? 'Removing…' : undefined}
          onConfirm={() => void withdrawRest()}
        />
      ) : null}
    </div>
  );
}

/** Withdraws what still waits, and tells how many stay and why. */
async function withdrawAll(takes: readonly ActionView[]): Promise<void> {
  const results = await Promise.all(takes.map((take) => call(till.withdraw({ actionId: take.id }), { quiet: true })));
  announce(removedInWords(results), results.some((result) => !result.ok && result.error.code !== 'not-possible') ? 'problem' : 'news');
}
