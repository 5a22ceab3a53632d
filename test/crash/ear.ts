import { setTimeout as wait } from 'node:timers/promises';
import type { Operation } from '../../main/simulator/routes.ts';

/** Nothing more comes for this long: what a till on this very PC has sent has arrived. */
const QUIET_MS = 300;

type Waiting = { operation: Operation; left: number; resolve: () => void };

/** Counts what the simulated Dojo hears, for whoever waits for a moment. */
export function createEar() {
  let waiting: Waiting | null = null;
  let heardAtMs = 0;
  let heard = 0;
  return {
    hear(operation: Operation | null): void {
      heard += 1;
      heardAtMs = performance.now();
      if (waiting === null || waiting.operation !== operation) return;
      waiting.left -= 1;
      if (waiting.left > 0) return;
      waiting.resolve();
      waiting = null;
    },
    /** How many requests have come in all. */
    heard: (): number => heard,
    /** Resolves when so many more of them have come. One waits at a time: a new wait replaces the one before. */
    after: (count: number, operation: Operation): Promise<void> =>
      new Promise((resolve) => {
        waiting = { operation, left: count, resolve };
      }),
    async quiet(): Promise<void> {
      for (let leftMs = QUIET_MS; leftMs > 0; leftMs = heardAtMs + QUIET_MS - performance.now()) await wait(leftMs);
    },
  };
}
