import { useState } from 'react';
import { create } from 'zustand';
import type { PaymentView, TillError } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { errorInWords, refusalTitle } from '../error-words.ts';
import { call } from '../store.ts';
import { noteTakenHere } from '../taken-here.ts';
import { announce } from '../toasts.ts';
import { useIsThere } from '../ui/use-is-there.ts';
import { type PlannedRun, type PlannedTake, submissionsOf, takeAtFault } from './planned-run.ts';

export type StartProblem = Readonly<{ error: TillError; take: PlannedTake | null; acceptedCount: number }>;

/** How much of the run was accepted, as far as that is known. */
export function problemTitle({ error, acceptedCount }: StartProblem, count: number): string {
  if (acceptedCount === 0) return refusalTitle(error, 'Nothing was accepted.', 'It may have been accepted.');
  return refusalTitle(error, `Only ${acceptedCount} of ${count} were accepted.`, `${acceptedCount} of ${count} were accepted, perhaps more.`);
}

/** Who leaves the review has not called its run off: no other is begun before that one is there. */
const useUnderWay = create<{ isPending: boolean }>(() => ({ isPending: false }));

/**
 * Hands a planned run to the till, in as many parts as the contract asks for. Pressing again, or after an error,
 * sends the same request ids: what was accepted already stays one action.
 */
export function useRunStart(): {
  isPending: boolean;
  problem: StartProblem | null;
  start: (run: PlannedRun, seen: readonly PaymentView[], then: () => void) => Promise<void>;
} {
  const { isPending } = useUnderWay();
  const [problem, setProblem] = useState<StartProblem | null>(null);
  const isThere = useIsThere();

  const start = async (run: PlannedRun, seen: readonly PaymentView[], then: () => void) => {
    if (useUnderWay.getState().isPending) return;
    useUnderWay.setState({ isPending: true });
    setProblem(null);
    let acceptedCount = 0;
    for (const requests of submissionsOf(run, seen)) {
      const result = await call(till.submit({ requests }), { quiet: true });
      if (!result.ok) {
        const found = { error: result.error, take: takeAtFault(run, acceptedCount, result.error.field), acceptedCount };
        setProblem(found);
        if (!isThere.current) announce(`${problemTitle(found, run.takes.length)} ${errorInWords(result.error)}`, 'problem');
        break;
      }
      acceptedCount += requests.length;
      noteTakenHere(result.value.actionIds);
    }
    useUnderWay.setState({ isPending: false });
    if (acceptedCount === run.takes.length) then();
  };
  return { isPending, problem, start };
}
