import 'temporal-polyfill/global';
import { inShort, report } from './report.ts';
import { draw } from './schedule.ts';
import { play } from './simulate.ts';

/** What a worker says of each seed it has played. */
export type Played = Readonly<{
  seed: number;
  actions: number;
  counts: readonly (readonly [string, number])[];
  failure: string | null;
  history: readonly string[];
}>;

const [first = 1, end = 1, stride = 1, minutes = 1, history = 0, short = 0] = process.argv.slice(2, 8).map(Number);
const forced = process.argv.slice(8);

for (let seed = first; seed < end; seed += stride) {
  const outcome = await play(draw(seed, minutes, forced), { history: history === 1 });
  const failure = outcome.broken.length > 0 ? (short === 1 ? inShort(outcome) : await report(outcome, minutes)) : null;
  const played: Played = { seed, actions: outcome.actions, counts: [...outcome.counts], failure, history: outcome.history };
  // One at a time: a long history is not cut off by the end.
  await new Promise((resolve) => process.send?.(played, resolve) ?? resolve(null));
}
process.disconnect?.();
