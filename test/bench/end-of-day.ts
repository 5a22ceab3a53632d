import { type DojoProcess, dojoProcess, type Held, KEY } from './dojo-process.ts';
import type { Figure, Line } from './figure.ts';
import { times } from './figure.ts';
import { nodeTill } from './node-till.ts';
import { inTurn, measured } from './statistics.ts';

const HOLDS = 500;
const ANSWER_MS = 150;
const LANES_FIRST = 4;
const LANES_MOST = 8;

async function withDojo<T>(body: (dojo: DojoProcess, holds: readonly Held[]) => Promise<T>): Promise<T> {
  const dojo = await dojoProcess({ payments: HOLDS + 20, holds: HOLDS });
  try {
    const holds = await dojo.holds();
    if (holds.length !== HOLDS) throw new Error(`expected ${HOLDS} holds, got ${holds.length}`);
    const capturedBefore = await dojo.captured();
    const result = await body(dojo, holds);
    const captured = (await dojo.captured()) - capturedBefore;
    if (captured !== HOLDS) throw new Error(`expected ${HOLDS} captures at Dojo, got ${captured}`);
    return result;
  } finally {
    await dojo.close();
  }
}

/** The sample request of Dojo's capture guide, once for each hold, one after the other. */
const inALoop = (): Promise<number> =>
  withDojo(async (dojo, holds) => {
    await dojo.answerAfter(ANSWER_MS);
    const startedAtMs = performance.now();
    for (const { id, amountMinor } of holds) {
      const response = await fetch(`${dojo.url}/payment-intents/${id}/captures`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Basic ${KEY}`, Version: '2024-02-05' },
        body: JSON.stringify({ amount: amountMinor }),
      });
      if (!response.ok) throw new Error(`expected a capture, got ${response.status}`);
      await response.json();
    }
    return performance.now() - startedAtMs;
  });

/** The till's own end-of-day run: every hold read before it is sent, every step on the disk before the next. */
const asTheTillDoes = (): Promise<number> =>
  withDojo(async (dojo, holds) => {
    const till = await nodeTill(dojo.url);
    try {
      await till.connect(KEY);
      await till.until(({ payments, connection }) => connection.line === 'live' && payments.length >= HOLDS);
      await dojo.answerAfter(ANSWER_MS);
      const ended = new Set<string>();
      const allDone = new Promise<void>((resolve, reject) => {
        till.till.onPatch(({ actions = [] }) => {
          for (const { id, state, message } of actions) {
            if (state === 'done') ended.add(id);
            else if (state !== 'waiting' && state !== 'sending') reject(new Error(`expected a take to be done, it is ${state}: ${message}`));
          }
          if (ended.size === HOLDS) resolve();
        });
      });
      const startedAtMs = performance.now();
      await till.submit(
        holds.map(({ id, amountMinor }) => ({ requestId: `bench-${id}`, paymentId: id, runId: 'bench', kind: 'capture', amount: amountMinor })),
      );
      await allDone;
      return performance.now() - startedAtMs;
    } finally {
      await till.close();
    }
  });

/** The same run where nothing costs time but Dojo's answers: a read and a send for each hold, in 4 lanes that grow to 8 as sends succeed. */
export function idealMs(holds: number, answerMs: number): number {
  const freeAtMs: number[] = Array.from({ length: LANES_FIRST }, () => 0);
  let lastMs = 0;
  for (let left = holds; left > 0; left -= 1) {
    freeAtMs.sort((a, b) => a - b);
    const startMs = freeAtMs.shift() ?? 0;
    lastMs = Math.max(lastMs, startMs + 2 * answerMs);
    freeAtMs.push(startMs + 2 * answerMs);
    if (freeAtMs.length < LANES_MOST) freeAtMs.push(startMs + 2 * answerMs);
  }
  return lastMs;
}

export const endOfDay: Figure = {
  number: 1,
  title: `End-of-day run of ${HOLDS} captures at ${ANSWER_MS} ms per answer`,
  needsElectron: false,
  runs: 3,
  async measure(runs) {
    const found = await inTurn(runs, { loop: inALoop, till: asTheTillDoes });
    const till = measured(found.till);
    const loop = measured(found.loop);
    const ideal = idealMs(HOLDS, ANSWER_MS);
    const lines: Line[] = [
      {
        what: 'the run, reading before each send',
        till,
        baseline: loop,
        unit: 'ms',
        against: 'the guide’s sample request in a loop',
        comes: `${times(loop.median / till.median)} as fast`,
        target: { words: 'at least 3.5 × as fast', met: loop.median / till.median >= 3.5 },
      },
      {
        what: 'the same run',
        till,
        baseline: measured([ideal]),
        unit: 'ms',
        against: `only Dojo’s answers, ${LANES_FIRST} lanes growing to ${LANES_MOST} (worked out)`,
        comes: `${((till.median / ideal - 1) * 100).toFixed(1)} % more`,
        target: { words: 'at most 15 % more', met: till.median / ideal <= 1.15 },
      },
    ];
    return lines;
  },
};
