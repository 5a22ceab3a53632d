import 'temporal-polyfill/global';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { buildIfOlder } from '../../scripts/build-if-older.ts';
import { ensureElectron } from '../../scripts/find-electron.ts';
import { ensureFaketime } from '../../scripts/find-faketime.ts';
import { findDesktop } from '../../scripts/linux-desktop.ts';
import { makeKeyOfKeyStore } from '../e2e/key-store.ts';
import { planOf } from './plan.ts';
import { playRound, type RoundAccount } from './round.ts';

/**
 * `npm run crash -- --rounds N [--seed S] [--jobs J] [--story]`: N ends of day on real Electron with real SQLite and a Dojo on the
 * loopback address, killed again and again; round n has seed S + n - 1. Every second one may lose requests on their way.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '3' },
    story: { type: 'boolean', default: false },
  },
});
const [rounds, firstSeed, jobs] = [values.rounds, values.seed, values.jobs].map(Number) as [number, number, number];
if (![rounds, firstSeed, jobs].every((value) => Number.isInteger(value) && value >= 0) || jobs < 1)
  fail('Usage: npm run crash -- --rounds N [--seed S] [--jobs J] [--story]   (whole numbers)');

const desktop = findDesktop();
try {
  if (desktop.wrap === null) fail(`Electron cannot be run here: ${desktop.missing}`);
  const command = [process.execPath, ...process.argv.slice(1)];
  const [program = '', ...args] = desktop.wrap(command);
  // Where there is no desktop, this very program is run once more on one of its own.
  if (program !== process.execPath) process.exitCode = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...desktop.env } }).status ?? 1;
  else await playAll();
} finally {
  desktop.close();
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

async function playAll(): Promise<void> {
  const electron = ensureElectron();
  if (electron.path === null) fail(`Electron cannot be run here: ${electron.tried}`);
  const faketime = ensureFaketime();
  if (faketime.path === null)
    console.log(`NOT PLAYED: wrong and jumping clocks of the PC, and sleeps that a monotonic clock does not count (${faketime.tried})`);
  const failure = buildIfOlder();
  if (failure !== null) fail(`Tillside could not be built.\n${failure}`);
  await makeKeyOfKeyStore();
  const startedMs = performance.now();
  const played: RoundAccount[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < rounds) {
      const seed = firstSeed + next;
      next += 1;
      const account = await playRound(planOf(seed, seed % 2 === 0));
      played.push(account);
      tell(account, played.length);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  sumUp(played, (performance.now() - startedMs) / 1000);
}

function tell(account: RoundAccount, number: number): void {
  const { seed, seconds, kills, capturesHeard, endings, disagreements, story } = account;
  const failed = disagreements.length > 0;
  console.log(
    `${failed ? 'FAILED' : 'agrees'}  ${number} of ${rounds}, seed ${seed}, ${seconds.toFixed(0)} s: ${kills} kills, ${sumOf(account.faults)} faults, ${capturesHeard} captures heard; ${inWords(endings)}`,
  );
  if (failed || values.story) console.log(`    ${story.join('\n    ')}`);
  if (failed) console.log(`  again: npm run crash -- --rounds 1 --seed ${seed} --story`);
}

function sumUp(played: readonly RoundAccount[], seconds: number): void {
  const faults = new Map<string, number>();
  for (const account of played) for (const [kind, count] of account.faults) faults.set(kind, (faults.get(kind) ?? 0) + count);
  const sum = (of: (account: RoundAccount) => number): number => played.reduce((total, account) => total + of(account), 0);
  const failed = played.filter(({ disagreements }) => disagreements.length > 0);
  console.log(
    `${played.length} rounds in ${seconds.toFixed(0)} s: ${sum(({ kills }) => kills)} kills, ${sumOf(faults)} faults, ${sum(({ lineCuts }) => lineCuts)} times without a line, ${sum(({ sleeps }) => sleeps)} sleeps, ${sum(({ wrongClocks }) => wrongClocks)} wrong clocks, ${sum(({ decidedAnew }) => decidedAnew)} decided anew without the charge, ${sum(({ settledByPerson }) => settledByPerson)} settled by a person`,
  );
  console.log(`faults: ${inWords(faults)}`);
  console.log(
    `${played.length - failed.length} agree to the penny, ${failed.length} failed${failed.length > 0 ? `: seeds ${failed.map(({ seed }) => seed).join(', ')}` : ''}`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function inWords(counts: ReadonlyMap<string, number>): string {
  return (
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `${what} ${count}`)
      .join(', ') || 'none'
  );
}
