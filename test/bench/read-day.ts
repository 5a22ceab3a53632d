import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serialize } from 'node:v8';
import { dojoProcess, KEY } from './dojo-process.ts';
import type { Figure } from './figure.ts';
import { times } from './figure.ts';
import { nodeTill } from './node-till.ts';
import { measured } from './statistics.ts';

const PAYMENTS = 5_000;
const HOLDS = 500;
const PAGE = 100;
const ANSWER_MS = 50;
const BLOCK_MS_MAX = 50;

type Reading = Readonly<{ ms: number; longestBlockMs: number }>;

/** A till that knows nothing yet reads the day: pages to payments, payments to the disk, patches to the page. */
async function readOnce(dojoUrl: string): Promise<Reading> {
  const till = await nodeTill(dojoUrl);
  // What sending a patch to the page costs main: copying it.
  till.till.onPatch((patch) => void serialize(patch));
  try {
    await till.snapshot();
    await till.connect(KEY);
    const block = monitorEventLoopDelay({ resolution: 1 });
    const startedAtMs = performance.now();
    block.enable();
    const read = await till.till.handlers.refresh(undefined);
    const ms = performance.now() - startedAtMs;
    block.disable();
    if (!read.ok) throw new Error(read.error.message);
    await till.until(({ payments }) => payments.length >= PAYMENTS);
    return { ms, longestBlockMs: block.max / 1e6 };
  } finally {
    await till.close();
  }
}

export const readDay: Figure = {
  number: 5,
  title: `Reading a day of ${PAYMENTS} payments at ${ANSWER_MS} ms per page`,
  needsElectron: false,
  runs: 5,
  async measure(runs) {
    const dojo = await dojoProcess({ payments: PAYMENTS, holds: HOLDS });
    try {
      await dojo.answerAfter(ANSWER_MS);
      const found: Reading[] = [];
      for (let run = 0; run < runs; run += 1) found.push(await readOnce(dojo.url));
      const pagesMs = Math.ceil(PAYMENTS / PAGE) * ANSWER_MS;
      const ms = measured(found.map((reading) => reading.ms));
      const block = measured(found.map((reading) => reading.longestBlockMs));
      return [
        {
          what: 'the first reading of the whole day',
          till: ms,
          baseline: measured([pagesMs]),
          unit: 'ms',
          against: `${pagesMs / ANSWER_MS} pages × ${ANSWER_MS} ms (worked out)`,
          comes: times(ms.median / pagesMs),
          target: { words: 'at most 1.25 ×', met: ms.median / pagesMs <= 1.25 },
        },
        {
          what: 'the longest block of main meanwhile',
          till: block,
          baseline: measured([BLOCK_MS_MAX]),
          unit: 'ms',
          against: 'the limit',
          comes: `${block.median.toFixed(0)} ms`,
          target: { words: `at most ${BLOCK_MS_MAX} ms`, met: block.median <= BLOCK_MS_MAX },
        },
      ];
    } finally {
      await dojo.close();
    }
  },
};
