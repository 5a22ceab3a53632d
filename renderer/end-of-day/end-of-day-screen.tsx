import './end-of-day.css';
import { useEffect, useMemo, useRef } from 'react';
import { useTill } from '../store.ts';
import { ChooseStep } from './choose-step.tsx';
import { goToStep, useEndOfDay } from './end-of-day-state.ts';
import { ReviewStep } from './review-step.tsx';
import { RunStep } from './run-step.tsx';
import { lastRun, movingRun, runsOf } from './runs.ts';
import { Steps } from './steps.tsx';

/** The end of the day: choose the holds, review them, watch them being taken, read the report. */
export function EndOfDayScreen() {
  const actions = useTill((snapshot) => snapshot.actions);
  const step = useEndOfDay((state) => state.step);
  const runs = useMemo(() => runsOf(actions), [actions]);
  const moving = movingRun(runs);
  const foundId = step.kind === 'auto' ? (moving?.runId ?? null) : null;
  // A run found after a restart stays in view when it ends: its report is what the person waits for.
  useEffect(() => {
    if (foundId !== null) goToStep({ kind: 'run', runId: foundId, origin: 'end-of-day' });
  }, [foundId]);

  const isGone = step.kind === 'run' && !runs.some(({ runId }) => runId === step.runId);
  const wasGone = useRef(isGone);
  // Who comes back to a run that is too old to be listed comes to the holds; one that was just started is not listed yet, and is watched.
  useEffect(() => {
    if (wasGone.current) goToStep({ kind: 'auto' });
  }, []);

  if (step.kind === 'review')
    return (
      <Page>
        <Steps current="review" origin={step.origin} />
        <ReviewStep run={step.run} origin={step.origin} />
      </Page>
    );
  const runId = step.kind === 'run' ? step.runId : foundId;
  if (runId !== null) {
    const run = runs.find((one) => one.runId === runId) ?? null;
    return (
      <Page>
        <Steps current={run && !run.moving ? 'report' : 'run'} origin={step.kind === 'run' ? step.origin : 'end-of-day'} />
        <RunStep key={runId} run={run} />
      </Page>
    );
  }
  return (
    <Page>
      <Steps current="choose" origin="end-of-day" />
      <ChooseStep otherRun={moving ?? lastRun(runs)} />
    </Page>
  );
}

const Page = ({ children }: { children: React.ReactNode }) => <section className="end-of-day">{children}</section>;
