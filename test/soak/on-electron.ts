import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import { createArrivals } from '../../main/simulator/arrivals.ts';
import { seededRandom } from '../../main/simulator/random.ts';
import { electronApp } from '../e2e/electron-app.ts';
import { openTill, type TillUser } from '../e2e/pages/till-user.ts';
import { ZONE } from '../e2e/shop.ts';
import { type DojoServer, startDojoServer } from '../simulator/dojo-server.ts';
import type { Bound, Moment, Readings } from './readings.ts';

const KEY = 'sk_sandbox_soak0001';
const HOLDS = 60;
const SAMPLE_EVERY_MS = 30_000;
const ACT_EVERY_MS = 10_000;
const CUT_EVERY_MS = 5 * 60_000;
const CUT_MS = 20_000;
/** A deed that does not come off within this is let be. */
const DEED_MS_MAX = 5_000;
const KIB = 1024;

/** What grows with the day's payments is judged for each payment; the rest has to stand still. */
export const BOUNDS: Readonly<Record<string, Bound>> = {
  'main: heap bytes': { most: 1.15, perPayment: true },
  'page: heap bytes': { most: 1.15, perPayment: true },
  'Browser: bytes': { most: 1.3 },
  'Tab: bytes': { most: 1.3 },
  // A dialog that happens to be open at the moment of a reading has hundreds of them.
  'page: nodes': { most: 2 },
  'page: listeners': { most: 1.3 },
  'page: documents': { most: 1.5 },
  'main: handles': { most: 1.5 },
  processes: { most: 1 },
};

export type ElectronSoak = Readonly<{ minutes: number; payments: number; seed: number; onMoment: (moment: Moment) => void; say: (line: string) => void }>;

/** The till in Electron beside a busy shop in real time: customers every second or so, takes, screens looked at, and a line that breaks. */
export async function soakOnElectron({ minutes, payments, seed, onMoment, say }: ElectronSoak): Promise<readonly Moment[]> {
  const profile = mkdtempSync(join(tmpdir(), 'tillside-soak-'));
  const dojo = await startDojoServer({ seed, zone: ZONE, keys: { [KEY]: 'acc_training' }, day: { payments, holds: HOLDS } });
  const app = electronApp({ profile, dojoUrl: dojo.url });
  const over = new AbortController();
  const moments: Moment[] = [];
  try {
    await app.start();
    const till = openTill(app, 'electron');
    await till.connect(KEY);
    till.page.setDefaultTimeout(DEED_MS_MAX);
    const arrivals = arrivalsAt(dojo, seed);
    arrivals.start();
    over.signal.addEventListener('abort', () => arrivals.stop());
    const cuts = setInterval(() => void cutLine(dojo, over.signal), CUT_EVERY_MS);
    over.signal.addEventListener('abort', () => clearInterval(cuts));
    const page = await till.page.context().newCDPSession(till.page);
    await page.send('Performance.enable');
    const startedMs = performance.now();
    const elapsedMs = () => performance.now() - startedMs;
    for (let nextSampleMs = 0, acts = 0; elapsedMs() < minutes * 60_000; acts += 1) {
      await act(till, acts).catch((error: unknown) => say(`a deed failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`));
      if (elapsedMs() >= nextSampleMs) {
        nextSampleMs += SAMPLE_EVERY_MS;
        const moment = { atMinute: elapsedMs() / 60_000, readings: await read(till, page) };
        moments.push(moment);
        onMoment(moment);
      }
      await wait(ACT_EVERY_MS);
    }
    return moments;
  } finally {
    over.abort();
    await app.close();
    await dojo.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function arrivalsAt({ bank }: DojoServer, seed: number) {
  const clock = {
    nowMs: Date.now,
    after: (delayMs: number, callback: () => void) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
  return createArrivals({ bank, clock, random: seededRandom(seed ^ 0x5eed), leastMs: 700, mostMs: 1_700 });
}

/** A cut that the end of the soak meets stays one: the line would be opened to nobody. */
async function cutLine(dojo: DojoServer, over: AbortSignal): Promise<void> {
  await dojo.closeLine();
  await wait(CUT_MS, undefined, { signal: over }).catch(() => undefined);
  if (!over.aborted) await dojo.openLine();
}

/** Takes a part of a hold, and looks at one thing after the other, as a shift does. */
async function act(till: TillUser, nth: number): Promise<void> {
  const { page } = till;
  // In the page: thousands of payments are not copied out of it each time.
  await page.evaluate(async (turn) => {
    const { payments } = await window.till.getSnapshot();
    const holds = payments.filter(({ moves }) => moves.capture.open);
    const hold = holds[turn % Math.max(1, holds.length)];
    if (!hold) return;
    const amount = Math.max(1, Math.floor(hold.leftMinor / 3));
    await window.till.submit({ requests: [{ requestId: `soak-${turn}`, kind: 'capture', paymentId: hold.id, amount }] });
  }, nth);
  const looks = [
    () => till.today.rows.nth(2).click({ position: { x: 60, y: 12 } }),
    () => page.keyboard.press('Escape'),
    () => page.mouse.wheel(0, 4_000),
    async () => {
      await page.keyboard.press('/');
      await page.keyboard.type(String(nth % 90));
    },
    async () => {
      await till.today.search.fill('');
      await page.keyboard.press('Escape');
    },
    () => page.mouse.wheel(0, -40_000),
  ];
  await looks[nth % looks.length]?.();
}

/** Garbage is collected first on both sides, so that what is left is what is held. */
async function read(till: TillUser, page: CDPSession): Promise<Readings> {
  await page.send('HeapProfiler.collectGarbage');
  const { metrics } = await page.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  const main = await till.app.electron().evaluate(({ app }) => {
    const load = process.getBuiltinModule;
    load('node:v8').setFlagsFromString('--expose-gc');
    (load('node:vm').runInNewContext('gc') as () => void)();
    const handles = process.getActiveResourcesInfo();
    return {
      heapBytes: process.memoryUsage().heapUsed,
      externalBytes: process.memoryUsage().external,
      handles: handles.length,
      timeouts: handles.filter((kind) => kind === 'Timeout').length,
      processes: app.getAppMetrics().map(({ type, memory, name }) => ({ type: name ?? type, workingSetKib: memory.workingSetSize })),
    };
  });
  const counts = await till.page.evaluate(async () => {
    const { payments, actions } = await window.till.getSnapshot();
    return { payments: payments.length, actions: actions.length };
  });
  return {
    ...counts,
    processes: main.processes.length,
    ...Object.fromEntries(main.processes.map(({ type, workingSetKib }) => [`${type}: bytes`, workingSetKib * KIB])),
    'main: heap bytes': main.heapBytes,
    'main: external bytes': main.externalBytes,
    'main: handles': main.handles,
    'main: timeouts': main.timeouts,
    'page: heap bytes': metric('JSHeapUsedSize'),
    'page: nodes': metric('Nodes'),
    'page: listeners': metric('JSEventListeners'),
    'page: documents': metric('Documents'),
  };
}
