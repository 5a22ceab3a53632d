import { type Schedule, sizeOf } from './schedule.ts';
import { shrink } from './shrink.ts';
import { type Outcome, play } from './simulate.ts';

/** One line, at once. */
export const inShort = ({ schedule, broken }: Outcome): string =>
  `seed ${schedule.seed} [${schedule.features.join('; ')}] breaks ${broken[0]?.promise}: ${broken[0]?.detail.split('\n')[0]}`;

/** For whoever has to find out: what broke, how to see it again, the shortest schedule found, and what happened in it. */
export async function report(outcome: Outcome, minutes: number): Promise<string> {
  const { seed } = outcome.schedule;
  const smallest = await shrink(outcome);
  const { broken, history } = await play(smallest, { history: true });
  return [
    `seed ${seed} breaks ${outcome.broken.map(({ promise, detail }) => `${promise}: ${detail}`).join('\n  ')}`,
    `again: npm run sim -- --seeds 1 --seed ${seed} --minutes ${minutes} --history`,
    `the shortest schedule found (of ${sizeOf(outcome.schedule)}, ${sizeOf(smallest)} are left):`,
    ...linesOf(smallest),
    'what happens in it:',
    ...history,
    ...broken.map(({ promise, detail }) => `breaks ${promise}: ${detail}`),
  ].join('\n  ');
}

const linesOf = ({ payments, steps, faults, crashes, rivals, ...rest }: Schedule): string[] =>
  [
    { ...rest, start: new Date(rest.startMs).toISOString() },
    ...payments.map(({ id, amountMinor, captureMode, accountId, autoExpireInMs }) => ({ id, amountMinor, captureMode, accountId, autoExpireInMs })),
    ...steps,
    ...faults,
    ...crashes,
    ...rivals,
  ].map((item) => `  ${JSON.stringify(item)}`);
