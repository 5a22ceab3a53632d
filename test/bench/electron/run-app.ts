import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { electronPath, machineFlags } from '../../e2e/electron-app.ts';

const PROBE = join(import.meta.dirname, 'probe.cjs');
export const EMPTY_WINDOW = join(import.meta.dirname, 'empty-window');
/** It has long failed by then. */
const START_MS_MAX = 60_000;

export type Seen = Readonly<{
  /** From the start of the program to its first row on the screen. */
  firstRowMs: number;
  /** What all its processes hold, some time after that. */
  memoryMb: number;
  processes: readonly Readonly<{ type: string; kb: number }>[];
}>;

/** Starts an app on Electron, waits for its first row, lets it rest, and ends it. */
export async function runApp(appFolder: string, options: { profile: string; restMs: number; env?: Readonly<Record<string, string>> }): Promise<Seen> {
  const { profile, restMs, env } = options;
  const startedAtMs = Date.now();
  const child = spawn(electronPath(), [...machineFlags(), `--user-data-dir=${profile}`, '-r', PROBE, appFolder], {
    env: { ...process.env, ...env, TILLSIDE_UNCHECKED: '1', BENCH_PROBE: JSON.stringify({ restMs }) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: START_MS_MAX + restMs,
    killSignal: 'SIGKILL',
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    out += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const said = <T>(what: string): T => {
    const line = out.split('\n').find((each) => each.startsWith(`BENCH ${what} `));
    if (line === undefined) throw new Error(`expected the app to say its ${what}; it ended with ${code}: ${errors.slice(-2000)}`);
    return JSON.parse(line.slice(`BENCH ${what} `.length)) as T;
  };
  const processes = said<Seen['processes']>('memory');
  return { firstRowMs: said<number>('first-row') - startedAtMs, memoryMb: processes.reduce((sum, { kb }) => sum + kb, 0) / 1024, processes };
}
