import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import type { Action } from '../../main/core/queue/action.ts';
import { dojoProcess, type Held, KEY } from './dojo-process.ts';
import type { Figure, Line } from './figure.ts';
import { times } from './figure.ts';
import { type NodeTill, nodeTill } from './node-till.ts';
import { measured, percentile } from './statistics.ts';

const HOLDS = 1_000;
const WAITING = [100, 5_000] as const;
const SIZES = [
  { actions: 1, times: 100 },
  { actions: 500, times: 6 },
] as const;
const BATCH_MOST = 1_000;

/** A penny of each hold in turn: a hold can be taken in many parts. */
function pennies(holds: readonly Held[], first: number, count: number) {
  return Array.from({ length: count }, (_, index) => {
    const hold = holds[(first + index) % holds.length];
    if (!hold) throw new Error('expected holds');
    return { requestId: `bench-${first + index}`, paymentId: hold.id, kind: 'capture' as const, amount: 1 };
  });
}

/** How long until it is accepted, each time, in ms. */
async function spans(count: number, accept: (index: number) => void | Promise<void>): Promise<number[]> {
  const found: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAtMs = performance.now();
    await accept(index);
    found.push(performance.now() - startedAtMs);
    // What follows an acceptance (the screen's patch) has its turn before the next, as between two people's decisions.
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return found;
}

/** The queue as one list in one file, as electron-store keeps things: its underlying `conf`, which writes and syncs the file whole. */
async function inConf(waiting: readonly Action[], size: (typeof SIZES)[number], cwd: string): Promise<number[]> {
  const store = new Conf<{ queue: readonly Action[] }>({ cwd, configName: 'queue', accessPropertiesByDotNotation: false });
  store.set('queue', waiting);
  return spans(size.times, (index) => {
    const more = Array.from({ length: size.actions }, (_, place) => ({ ...(waiting[place % waiting.length] as Action), id: `${index}-${place}` }));
    store.set('queue', [...store.get('queue'), ...more]);
  });
}

async function compare(till: NodeTill, holds: readonly Held[], waiting: number, next: () => number): Promise<Line[]> {
  const lines: Line[] = [];
  for (const size of SIZES) {
    const queue = till.ledger().loadActions(Number.MAX_SAFE_INTEGER).actions.slice(0, waiting);
    const ours = await spans(size.times, async () => {
      const first = next();
      for (let index = 1; index < size.actions; index += 1) next();
      await till.submit(pennies(holds, first, size.actions));
    });
    const folder = mkdtempSync(join(tmpdir(), 'tillside-bench-conf-'));
    const theirs = await inConf(queue, size, folder);
    rmSync(folder, { recursive: true, force: true });
    for (const share of [0.5, 0.99]) {
      const [a, b] = [percentile(ours, share), percentile(theirs, share)];
      lines.push({
        what: `${size.actions} at once, ${waiting} waiting, p${share * 100}`,
        till: { ...measured(ours), median: a },
        baseline: { ...measured(theirs), median: b },
        unit: 'ms',
        against: 'the queue in one file of conf (electron-store’s own store, outside Electron)',
        comes: b >= a ? `${times(b / a)} as fast` : `${times(a / b)} as slow`,
        target: null,
      });
    }
  }
  return lines;
}

export const accept: Figure = {
  number: 2,
  title: 'Accepting an action durably: until submit resolves',
  needsElectron: false,
  runs: 1,
  async measure() {
    const dojo = await dojoProcess({ payments: HOLDS + 20, holds: HOLDS });
    const till = await nodeTill(dojo.url);
    let serial = 0;
    const next = () => serial++;
    try {
      const holds = await dojo.holds();
      await till.connect(KEY);
      await till.until(({ payments, connection }) => connection.line === 'live' && payments.length >= HOLDS);
      await till.till.handlers.pauseQueue(undefined);
      const lines: Line[] = [];
      for (const waiting of WAITING) {
        while (serial < waiting) {
          const count = Math.min(BATCH_MOST, waiting - serial);
          await till.submit(pennies(holds, serial, count));
          serial += count;
        }
        lines.push(...(await compare(till, holds, waiting, next)));
      }
      return lines;
    } finally {
      await till.close();
      await dojo.close();
    }
  },
};
