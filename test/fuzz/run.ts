import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/** `npm run fuzz -- --runs N [--seed S]`: every property of test/fuzz N times, from seed S or a drawn one. A failure prints what repeats it. */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string' } } });
const runs = Number(values.runs);
const seed = values.seed === undefined ? Math.floor(Math.random() * 0x7fff_ffff) : Number(values.seed);
if (![runs, seed].every((value) => Number.isInteger(value) && value >= 0) || runs === 0) {
  console.error('Usage: npm run fuzz -- --runs N [--seed S]   (whole numbers)');
  process.exit(2);
}

console.log(`${runs} runs of each property from seed ${seed}`);
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/fuzz'], {
  cwd: join(import.meta.dirname, '../..'),
  stdio: 'inherit',
  env: { ...process.env, TILLSIDE_FUZZ_RUNS: String(runs), TILLSIDE_FUZZ_SEED: String(seed) },
});
process.exitCode = status ?? 1;
