import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFaketime } from '../../scripts/find-faketime.ts';
import type { Sleep } from './plan-pc.ts';

/**
 * The PC that a round's tills run on: it sleeps, and its clock is wrong. A sleep stops every process of the till. A wrong clock is told to
 * them by libfaketime, which follows a file while they run; the monotonic clocks stay as they are.
 */
export function createPc(folder: string, library: string | null = findFaketime()) {
  const file = join(folder, 'pc-clock');
  /** What passed at Dojo and on the PC's clock while no monotonic clock counted. */
  let unseenMs = 0;
  let aheadMs = 0;
  let group: number | null = null;
  let awake: Promise<void> = Promise.resolve();

  function tellTime(): void {
    if (library === null) return;
    const seconds = (unseenMs + aheadMs) / 1_000;
    // It is read at every look at the clock, so it must never be half written.
    writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds.toFixed(3)}\n`);
    renameSync(`${file}.new`, file);
  }

  function signal(name: 'SIGSTOP' | 'SIGCONT', to: number | null): void {
    try {
      if (to !== null) process.kill(-to, name);
    } catch (error) {
      // It was killed meanwhile: a power cut while the PC sleeps.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }

  tellTime();
  return {
    /** Whether it can be told another time than this machine's. */
    hasClock: library !== null,
    env: library === null ? {} : { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, ...FAKETIME },
    /** What time it is in truth, and at Dojo. */
    trueMs: (): number => Date.now() + unseenMs,
    /** From now on a till runs in this group of processes. */
    runs(pid: number | undefined): void {
      group = pid ?? null;
    },
    /** How far its clock is from the truth. */
    aheadMs: (): number => aheadMs,
    setClock(toMs: number): void {
      aheadMs = toMs;
      tellTime();
    },
    /** Resolves when nothing sleeps. */
    awake: () => awake,
    /** One sleep after the other. `meanwhile` may break connections. */
    sleep(sleep: Omit<Sleep, 'afterRequests'>, meanwhile: () => Promise<void>): Promise<void> {
      awake = awake.then(async () => {
        const slept = group;
        signal('SIGSTOP', slept);
        await meanwhile();
        await wait(sleep.stoppedMs);
        if (library !== null) unseenMs += sleep.unseenMs;
        tellTime();
        signal('SIGCONT', slept);
      });
      return awake;
    },
  };
}

export type Pc = ReturnType<typeof createPc>;

const FAKETIME = {
  FAKETIME_NO_CACHE: '1',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
  // Its own mending of waits by the monotonic clock makes Chromium wait for ever.
  FAKETIME_FORCE_MONOTONIC_FIX: '0',
  NO_FAKE_STAT: '1',
} as const;
