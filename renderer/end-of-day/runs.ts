import type { ActionView } from '../../preload/contract.ts';
import { takeOutcome } from './run-report.ts';

/** The takes that were started together, in order of acceptance. */
export type Run = Readonly<{
  runId: string;
  takes: readonly ActionView[];
  startedAtMs: number;
  changedAtMs: number;
  /** `with-bank`: nothing is left to send, and the bank has not answered for all of them yet. */
  phase: 'running' | 'with-bank' | 'over';
  /** Something may still happen by itself: sent, checked, or answered by the bank. */
  moving: boolean;
  /** Moving, or a person has to settle something. */
  open: boolean;
}>;

const isMoving = ({ state, waitsForPerson }: ActionView) => (state === 'waiting' && waitsForPerson === null) || state === 'sending' || state === 'checking';
const isForPerson = ({ state, waitsForPerson }: ActionView) => state === 'needsPerson' || waitsForPerson !== null;
const isWithBank = (action: ActionView) => takeOutcome(action) === 'taking';

/** Every end-of-day run among the actions, the latest first. Another account's runs are not this till's to go on with. */
export function runsOf(actions: Iterable<ActionView>): readonly Run[] {
  const takesByRun = new Map<string, ActionView[]>();
  for (const action of actions) {
    if (action.runId === null || action.kind !== 'capture' || action.otherAccount) continue;
    const takes = takesByRun.get(action.runId);
    if (takes) takes.push(action);
    else takesByRun.set(action.runId, [action]);
  }
  return [...takesByRun].map(([runId, takes]): Run => runOf(runId, takes)).sort((a, b) => b.startedAtMs - a.startedAtMs);
}

function runOf(runId: string, takes: readonly ActionView[]): Run {
  const phase = takes.some(isMoving) ? 'running' : takes.some(isWithBank) ? 'with-bank' : 'over';
  return {
    runId,
    takes: takes.toSorted((a, b) => a.acceptedAtMs - b.acceptedAtMs),
    startedAtMs: Math.min(...takes.map((take) => take.acceptedAtMs)),
    changedAtMs: Math.max(...takes.map((take) => take.changedAtMs)),
    phase,
    moving: phase !== 'over',
    open: phase !== 'over' || takes.some(isForPerson),
  };
}

/** The run to go on with after a restart: the latest that still moves. */
export const movingRun = (runs: readonly Run[]): Run | null => runs.find((run) => run.moving) ?? null;

/** The run whose report is offered: the latest of all. */
export const lastRun = (runs: readonly Run[]): Run | null => runs[0] ?? null;
