import { dojoProcess, KEY } from './dojo-process.ts';
import type { Figure } from './figure.ts';
import { times } from './figure.ts';
import { nodeTill } from './node-till.ts';
import { inTurn, measured } from './statistics.ts';

const CLEAN = 60;
const HANGING = 6;
const HANGS_MS = 40_000;
const ANSWER_MS = 150;
/** Two rounds of lanes that hang, each given up after 3 s, and the run itself. */
const MOST = 4;

/** How long the clean captures take, accepted together with so many that hang, and after them. */
async function cleanAfter(hanging: number): Promise<number> {
  const dojo = await dojoProcess({ payments: CLEAN + HANGING + 20, holds: CLEAN + HANGING });
  const till = await nodeTill(dojo.url);
  try {
    const holds = await dojo.holds();
    const stuck = holds.slice(0, hanging);
    const clean = holds.slice(HANGING);
    await till.connect(KEY);
    await till.until(({ payments, connection }) => connection.line === 'live' && payments.length >= CLEAN + HANGING);
    await dojo.answerAfter(ANSWER_MS, { paymentIds: stuck.map(({ id }) => id), ms: HANGS_MS });
    const awaited = new Set(clean.map(({ id }) => id));
    const allDone = new Promise<void>((resolve) => {
      till.till.onPatch(({ actions = [] }) => {
        for (const { paymentId, state } of actions) if (state === 'done') awaited.delete(paymentId);
        if (awaited.size === 0) resolve();
      });
    });
    const startedAtMs = performance.now();
    await till.submit([...stuck, ...clean].map(({ id, amountMinor }) => ({ requestId: `bench-${id}`, paymentId: id, kind: 'capture', amount: amountMinor })));
    await allDone;
    return performance.now() - startedAtMs;
  } finally {
    await till.close();
    await dojo.close();
  }
}

export const hanging: Figure = {
  number: 7,
  title: `${CLEAN} captures beside ${HANGING} that hang for ${HANGS_MS / 1000} s`,
  needsElectron: false,
  runs: 3,
  async measure(runs) {
    const found = await inTurn(runs, { alone: () => cleanAfter(0), beside: () => cleanAfter(HANGING) });
    const till = measured(found.beside);
    const baseline = measured(found.alone);
    return [
      {
        what: 'until the clean ones are done',
        till,
        baseline,
        unit: 'ms',
        against: 'the same without those that hang',
        comes: `${times(till.median / baseline.median)} as long`,
        target: { words: `at most ${MOST} × as long`, met: till.median / baseline.median <= MOST },
      },
    ];
  },
};
