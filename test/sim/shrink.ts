import type { Defect } from './defects.ts';
import { calm, type Schedule, type Step } from './schedule.ts';
import { type Outcome, play } from './simulate.ts';

/** A schedule is made smaller with no more plays than this. */
const PLAYS_MOST = 400;

/** The shortest schedule found that still breaks the same promise. */
export async function shrink(outcome: Outcome, defect: Defect | null = null): Promise<Schedule> {
  const promise = outcome.broken[0]?.promise;
  let smallest = outcome.schedule;
  let plays = 0;

  async function smaller(candidate: Schedule): Promise<boolean> {
    if (plays >= PLAYS_MOST) return false;
    plays += 1;
    const { broken } = await play(candidate, { defect });
    if (broken[0]?.promise !== promise) return false;
    smallest = candidate;
    return true;
  }

  /** Leaves out ever smaller pieces of one list for as long as it still fails. */
  async function thin<T>(of: (schedule: Schedule) => readonly T[], put: (schedule: Schedule, list: readonly T[]) => Schedule): Promise<void> {
    for (let size = Math.ceil(of(smallest).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let at = of(smallest).length - size; at > -size; at -= size) await smaller(put(smallest, of(smallest).toSpliced(Math.max(0, at), size)));
  }

  const { startMs, seed } = smallest;
  await smaller({ ...smallest, switches: {}, declinedPercent: 0, failedPercent: 0, apiVersion: calm(startMs).apiVersion });
  await smaller({ ...smallest, tills: 1, seed });
  await smaller({ ...smallest, date: { kind: 'right' } });
  await smaller({ ...smallest, refundKeysKeptMs: calm(startMs).refundKeysKeptMs });
  for (let round = 0; round < 2; round += 1) {
    await thin(
      ({ faults }) => faults,
      (schedule, faults) => ({ ...schedule, faults }),
    );
    await thin(
      ({ crashes }) => crashes,
      (schedule, crashes) => ({ ...schedule, crashes }),
    );
    await thin(
      ({ rivals }) => rivals,
      (schedule, rivals) => ({ ...schedule, rivals }),
    );
    await thin(
      ({ steps }) => steps,
      (schedule, steps) => ({ ...schedule, steps: inTime(schedule.steps, steps) }),
    );
    await thin(
      ({ payments }) => payments,
      (schedule, payments) => ({ ...schedule, payments }),
    );
  }
  return smallest;
}

/** What is left happens when it did: the time of what was left out passes all the same. */
function inTime(before: readonly Step[], after: readonly Step[]): Step[] {
  let waitedMs = 0;
  return before.flatMap((step) => {
    waitedMs += step.afterMs;
    if (!after.includes(step)) return [];
    const kept = { ...step, afterMs: waitedMs };
    waitedMs = 0;
    return [kept];
  });
}
