import { fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countPairs, TROUBLES } from './pairs.ts';
import { MINUTES } from './schedule.ts';
import type { Played } from './worker.ts';

/**
 * `npm run sim -- --seeds N [--seed S] [--minutes M] [--jobs J] [--history] [--short] [--with FEATURE]… [--sum FILE]`: N times at the
 * counter, from seed S on, in J processes; `--with`: each of them with this feature; `--short`: a line for each failure, and nothing is made
 * smaller; `--sum`: the counts are added to those of earlier runs in this file, and the file is written anew.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: String(MINUTES) },
    jobs: { type: 'string', default: '1' },
    history: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    with: { type: 'string', multiple: true, default: [] },
    sum: { type: 'string' },
  },
});
const [seeds, first, minutes, jobs] = [values.seeds, values.seed, values.minutes, values.jobs].map(Number) as [number, number, number, number];
if (![seeds, first, minutes, jobs].every((value) => Number.isInteger(value) && value >= 0) || jobs < 1) {
  console.error('Usage: npm run sim -- --seeds N [--seed S] [--minutes M] [--jobs J] [--history] [--short] [--with FEATURE]… [--sum FILE]   (whole numbers)');
  process.exit(2);
}

/** What several runs counted together. `troubles`: what the pairs are of; another list is another world, and starts anew. */
type Sum = Readonly<{
  troubles: readonly string[];
  runs: readonly string[];
  played: number;
  failed: number;
  counts: [string, number][];
  pairs: readonly number[];
}>;
const earlier = values.sum !== undefined && existsSync(values.sum) ? (JSON.parse(readFileSync(values.sum, 'utf8')) as Sum) : null;
if (earlier && earlier.troubles.join() !== TROUBLES.join()) {
  console.error(`${values.sum} counts another list of faults. Choose another file.`);
  process.exit(2);
}

const PROGRESS_EVERY_MS = 5_000;
const RAREST_MOST = 10;
const startedMs = performance.now();
let played = 0;
let failed = 0;
let actions = 0;
const counts = new Map<string, number>(earlier?.counts);
const pairs = countPairs(TROUBLES, earlier?.pairs);

function take({ seed, actions: made, counts: met, failure, history }: Played): void {
  played += 1;
  actions += made;
  for (const [what, count] of met) counts.set(what, (counts.get(what) ?? 0) + count);
  pairs.add(met.map(([what]) => what));
  if (values.history) console.log(`seed ${seed}\n  ${history.join('\n  ')}`);
  if (failure === null) return;
  failed += 1;
  console.log(failure);
}

/** Ends when the worker does; what it did not get to counts as failed. */
const work = (job: number): Promise<void> =>
  new Promise((resolve) => {
    const worker = fork(
      new URL('./worker.ts', import.meta.url),
      [first + job, first + seeds, jobs, minutes, values.history ? 1 : 0, values.short ? 1 : 0, ...values.with].map(String),
    );
    worker.on('message', (message) => take(message as Played));
    worker.on('exit', () => resolve());
  });

const progress = setInterval(() => {
  const perSecond = played / ((performance.now() - startedMs) / 1000);
  console.error(`${played} of ${seeds} seeds, ${failed} failed, ${perSecond.toFixed(1)} a second`);
}, PROGRESS_EVERY_MS);
await Promise.all(Array.from({ length: jobs }, (_, job) => work(job)));
clearInterval(progress);

const missing = seeds - played;
if (missing > 0) console.log(`${missing} seeds were not played: a worker ended before its time`);
const inOrder = (does: boolean) =>
  [...counts]
    .filter(([what]) => what.startsWith('does: ') === does)
    .sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `${what.replace('does: ', '')} ${count}`)
    .join(', ');
console.log(`${actions} actions in ${Math.round((performance.now() - startedMs) / 1000)} s`);
console.log(`people and the world: ${inOrder(true)}`);
console.log(`faults: ${inOrder(false)}`);
const never = TROUBLES.filter((what) => !counts.has(what));
if (never.length > 0) console.log(`never met: ${never.join(', ')}`);
if (values.sum !== undefined) {
  const runs = [...(earlier?.runs ?? []), `${played} from ${first} on`];
  const sum: Sum = {
    troubles: TROUBLES,
    runs,
    played: played + (earlier?.played ?? 0),
    failed: failed + missing + (earlier?.failed ?? 0),
    counts: [...counts],
    pairs: pairs.soFar(),
  };
  writeFileSync(values.sum, JSON.stringify(sum));
  console.log(`together ${sum.played} seeds (${runs.join(', ')}), ${sum.failed} failed`);
}
const { pairs: possible, rarest } = pairs.rarest(RAREST_MOST);
console.log(`the rarest of ${possible} pairs of faults, in so many seeds: ${rarest.map(({ names, seeds: met }) => `${names.join(' + ')} ${met}`).join('; ')}`);
console.log(`${played - failed} passed, ${failed + missing} failed`);
process.exitCode = failed + missing > 0 ? 1 : 0;
