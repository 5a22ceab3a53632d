/** `npm run bench [-- --only 1,3] [--runs N]`: the figures of docs/benchmarks.md, each beside a baseline measured in the same run. */
import 'temporal-polyfill/global';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { findElectron } from '../../scripts/find-electron.ts';
import { findDesktop } from '../../scripts/linux-desktop.ts';
import { accept } from './accept.ts';
import { list } from './electron/list.ts';
import { memory } from './electron/memory.ts';
import { start } from './electron/start.ts';
import { endOfDay } from './end-of-day.ts';
import type { Figure, Line } from './figure.ts';
import { hanging } from './hanging.ts';
import { isBusy, loadInWords, machineInWords } from './machine.ts';
import { readDay } from './read-day.ts';
import type { Measured } from './statistics.ts';

const FIGURES: readonly Figure[] = [endOfDay, accept, start, list, readDay, memory, hanging];
/** Set in the run that has a desktop around it. */
const INSIDE = 'TILLSIDE_BENCH_DESKTOP';

function asked(): Readonly<{ figures: readonly Figure[]; runs: number | null }> {
  const { only, runs } = parseArgs({ options: { only: { type: 'string' }, runs: { type: 'string' } } }).values;
  const numbers = only?.split(',').map(Number) ?? FIGURES.map(({ number }) => number);
  const unknown = numbers.find((number) => !FIGURES.some((figure) => figure.number === number));
  if (unknown !== undefined) throw new Error(`expected --only with numbers from 1 to ${FIGURES.length}, got ${only}`);
  if (runs !== undefined && !/^[1-9]\d{0,2}$/.test(runs)) throw new Error(`expected --runs with a number from 1 to 999, got ${runs}`);
  return { figures: FIGURES.filter(({ number }) => numbers.includes(number)), runs: runs === undefined ? null : Number(runs) };
}

const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));
const inWords = ({ median, least, most, runs }: Measured, unit: Line['unit']): string =>
  runs === 1 ? `${number(median)} ${unit}` : `${number(median)} ${unit} (${number(least)} to ${number(most)}, ${runs} ×)`;

function print(line: Line): void {
  console.log(`  ${line.what}`);
  console.log(`    till      ${inWords(line.till, line.unit)}`);
  console.log(`    baseline  ${inWords(line.baseline, line.unit)}: ${line.against}`);
  console.log(`    comes to  ${line.comes}${line.target ? `; asked for: ${line.target.words}: ${line.target.met ? 'met' : 'NOT MET'}` : ''}`);
}

async function run({ figures, runs }: ReturnType<typeof asked>): Promise<void> {
  console.log(`${machineInWords()}; ${loadInWords()}`);
  for (const figure of figures) {
    console.log(`\n${figure.number}. ${figure.title}`);
    if (figure.needsElectron && findElectron() === null) {
      console.log('  NOT RUN: no Electron binary (ELECTRON_OVERRIDE_DIST_PATH can name a folder with one)');
      continue;
    }
    const wasBusy = isBusy();
    for (const line of await figure.measure(runs ?? figure.runs)) print(line);
    console.log(`  ${loadInWords()}${wasBusy || isBusy() ? ': other programs had a part in these figures' : ''}`);
  }
}

/** Electron needs a desktop with a key store: one for the whole run, because what is kept in one is not in the next. */
function insideDesktop(): number {
  const desktop = findDesktop();
  try {
    if (desktop.wrap === null || !desktop.keepsKeys) throw new Error(`expected a desktop for Electron: ${desktop.missing}`);
    const [command = '', ...args] = desktop.wrap([process.execPath, import.meta.filename, ...process.argv.slice(2)]);
    return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...desktop.env, [INSIDE]: 'yes' } }).status ?? 1;
  } finally {
    desktop.close();
  }
}

const wanted = asked();
const wantsDesktop = wanted.figures.some(({ needsElectron }) => needsElectron) && findElectron() !== null;
if (wantsDesktop && process.env[INSIDE] === undefined) process.exitCode = insideDesktop();
else await run(wanted);
