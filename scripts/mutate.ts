import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * `npm run mutate`: changes core, sync and queue in one small place at a time, and asks whether a fast test notices.
 * `npm run mutate -- main/core/queue/evidence.ts` does only that file (or glob); `--` and the rest go to Stryker as they are.
 */
const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const files = firstOption === -1 ? args : args.slice(0, firstOption);
const options = firstOption === -1 ? [] : args.slice(firstOption);

const manifest = createRequire(import.meta.url).resolve('@stryker-mutator/core/package.json');
const stryker = join(dirname(manifest), 'bin', 'stryker.js');
const only = files.length > 0 ? ['--mutate', files.join(',')] : [];
const { status } = spawnSync(process.execPath, [stryker, 'run', 'stryker.config.json', ...only, ...options], {
  cwd: join(import.meta.dirname, '..'),
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
