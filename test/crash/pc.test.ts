import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { findFaketime } from '../../scripts/find-faketime.ts';
import { createPc } from './pc.ts';

type Told = Readonly<{ wallMs: number; monotonicMs: number; sinceBootMs: number; trueMs: number }>;
const HOUR_MS = 3_600_000;
/** What a busy machine may lay between two looks. */
const NEAR_MS = 3_000;

/** A program on that PC: it tells its clocks whenever it is asked. */
const PROGRAM = `process.stdin.on('data', () => console.log(JSON.stringify([Date.now(), performance.now(), require('node:os').uptime() * 1000])))`;

let child: ChildProcess | null = null;
const home = mkdtempSync(join(tmpdir(), 'tillside-pc-'));
afterEach(async () => {
  const ended = child && once(child, 'exit');
  child?.kill('SIGKILL');
  await ended;
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function run(pc: ReturnType<typeof createPc>) {
  child = spawn(process.execPath, ['-e', PROGRAM], { env: { ...process.env, ...pc.env }, detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  pc.runs(child.pid);
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> });
  return async (): Promise<Told> => {
    const line = once(lines, 'line');
    child?.stdin?.write('?');
    const [wallMs, monotonicMs, sinceBootMs] = JSON.parse((await line)[0]) as [number, number, number];
    return { wallMs, monotonicMs, sinceBootMs, trueMs: Date.now() };
  };
}

describe.runIf(findFaketime() !== null)('the PC of a crash round', () => {
  it('tells its programs the wrong time, at once and either way, and no other monotonic clock', async () => {
    const pc = createPc(home);
    pc.setClock(400 * 24 * HOUR_MS);
    const look = run(pc);
    const first = await look();
    expect(Math.abs(first.wallMs - first.trueMs - 400 * 24 * HOUR_MS)).toBeLessThan(NEAR_MS);
    pc.setClock(-HOUR_MS);
    const second = await look();
    expect(Math.abs(second.wallMs - second.trueMs + HOUR_MS)).toBeLessThan(NEAR_MS);
    const passedMs = second.trueMs - first.trueMs;
    expect(Math.abs(second.monotonicMs - first.monotonicMs - passedMs)).toBeLessThan(NEAR_MS);
    expect(Math.abs(second.sinceBootMs - first.sinceBootMs - passedMs)).toBeLessThan(NEAR_MS);
  });

  it('sleeps: what its monotonic clock does not count has passed on its wall clock and in truth', async () => {
    const pc = createPc(home);
    const look = run(pc);
    const before = await look();
    await pc.sleep({ stoppedMs: 50, unseenMs: HOUR_MS, breaksConnections: false }, () => Promise.resolve());
    const after = await look();
    expect(Math.abs(after.wallMs - before.wallMs - HOUR_MS)).toBeLessThan(NEAR_MS);
    expect(after.monotonicMs - before.monotonicMs).toBeLessThan(NEAR_MS);
    expect(Math.abs(pc.trueMs() - after.wallMs)).toBeLessThan(NEAR_MS);
  });

  it('runs nothing while it sleeps', async () => {
    const pc = createPc(home);
    const look = run(pc);
    await look();
    let answered = false;
    const asleep = pc.sleep({ stoppedMs: 20, unseenMs: 0, breaksConnections: false }, async () => {
      void look().then(() => {
        answered = true;
      });
      await wait(100);
      expect(answered).toBe(false);
    });
    await asleep;
    await expect.poll(() => answered).toBe(true);
  });
});
