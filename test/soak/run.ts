import 'temporal-polyfill/global';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openLedger } from '../../main/ledger/open.ts';
import { buildIfOlder } from '../../scripts/build-if-older.ts';
import { ensureElectron } from '../../scripts/find-electron.ts';
import { findDesktop } from '../../scripts/linux-desktop.ts';
import { type Bound, judge, type Moment, tableOf } from './readings.ts';
import { BOUNDS, playDays, START_MS } from './simulated-days.ts';

/**
 * `npm run soak -- --minutes 30 [--payments 5000] [--seed S]`: the till in Electron, in real time, beside a Dojo on the loopback address.
 * `npm run soak -- --days 3 [--payments 2000] [--seed S]`: the till alone on simulated time, days that are like each other.
 * Samples as it goes, and a table of what grew at the end. Fails where something grew that must not.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string' }, days: { type: 'string' }, payments: { type: 'string' }, seed: { type: 'string', default: '7' } },
});
const [minutes, days, payments, seed] = [values.minutes ?? '0', values.days ?? '0', values.payments ?? (values.days ? '2000' : '5000'), values.seed].map(
  Number,
) as [number, number, number, number];
const WARM_UP_MINUTES = 5;
const MINUTES_LEAST = 2 * WARM_UP_MINUTES;
const DAYS_LEAST = 2;

if (![minutes, days, payments, seed].every((value) => Number.isInteger(value) && value >= 0) || minutes >= MINUTES_LEAST === days >= DAYS_LEAST) {
  console.error(`Usage: npm run soak -- --minutes N (${MINUTES_LEAST} or more) or --days N (${DAYS_LEAST} or more) [--payments P] [--seed S]`);
  process.exit(2);
}

if (days >= DAYS_LEAST) await onSimulatedTime();
else await onADesktop();

async function onSimulatedTime(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-soak-'));
  const opened = openLedger({ file: join(folder, 'shop.sqlite'), nowMs: START_MS, fresh: false });
  if ('failure' in opened) throw new Error(`expected the ledger to open: ${opened.failure.message}`);
  const moments = await playDays({ days, customersADay: payments, seed, ledger: opened.ledger, onMoment: say });
  opened.ledger.close();
  rmSync(folder, { recursive: true, force: true });
  // The first day is the warm-up.
  conclude(moments, moments[0]?.atMinute ?? 0, BOUNDS);
}

async function onADesktop(): Promise<void> {
  const desktop = findDesktop();
  try {
    if (desktop.wrap === null) throw new Error(`Electron cannot be run here: ${desktop.missing}`);
    const [program = '', ...args] = desktop.wrap([process.execPath, ...process.argv.slice(1)]);
    // Where there is no desktop, this very program is run once more on one of its own.
    if (program === process.execPath) await onElectron();
    else process.exitCode = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...desktop.env } }).status ?? 1;
  } finally {
    desktop.close();
  }
}

async function onElectron(): Promise<void> {
  // Only here: what drives a browser would stand in the way of a heap that is measured.
  const { BOUNDS: ofElectron, soakOnElectron } = await import('./on-electron.ts');
  const electron = ensureElectron();
  if (electron.path === null) throw new Error(`expected an Electron binary: ${electron.tried}`);
  const trouble = buildIfOlder();
  if (trouble !== null) throw new Error(trouble);
  conclude(await soakOnElectron({ minutes, payments, seed, onMoment: say, say: console.log }), WARM_UP_MINUTES, ofElectron);
}

function say({ atMinute, readings }: Moment): void {
  console.log(`${atMinute.toFixed(1).padStart(6)} min  ${JSON.stringify(readings)}`);
}

function conclude(moments: readonly Moment[], warmUpMinutes: number, bounds: Readonly<Record<string, Bound>>): void {
  const verdicts = judge(moments, warmUpMinutes, bounds);
  console.log(`\n${tableOf(verdicts, bounds)}`);
  process.exitCode = verdicts.every(({ isKept }) => isKept) ? 0 : 1;
}
