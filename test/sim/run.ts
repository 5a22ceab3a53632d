import 'temporal-polyfill/global';
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

/** `npm run sim -- --seeds N [--seed S] [--minutes M]`: N days at the counter from seed S on. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '30' },
    history: { type: 'boolean', default: false },
  },
});
const [seeds, first, minutes] = [values.seeds, values.seed, values.minutes].map(Number) as [number, number, number];
if (![seeds, first, minutes].every((value) => Number.isInteger(value) && value >= 0)) {
  console.error('Usage: npm run sim -- --seeds N [--seed S] [--minutes M] [--history]   (whole numbers)');
  process.exit(2);
}

let failed = 0;
let actions = 0;
let crashes = 0;
const injected = new Map<string, number>();
for (let seed = first; seed < first + seeds; seed += 1) {
  const outcome = await simulate(seed, minutes);
  actions += outcome.actions;
  crashes += outcome.crashes;
  for (const [fault, count] of outcome.injected) injected.set(fault, (injected.get(fault) ?? 0) + count);
  if (outcome.broken.length > 0 || values.history) console.log(`seed ${seed}\n  ${[...outcome.broken, ...outcome.history].join('\n  ')}`);
  if (outcome.broken.length > 0) {
    failed += 1;
    console.log(`again: npm run sim -- --seeds 1 --seed ${seed} --minutes ${minutes}`);
  }
}
console.log(`${actions} actions, ${crashes} crashes, faults: ${[...injected].map(([fault, count]) => `${fault} ${count}`).join(', ')}`);
console.log(`${seeds - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
