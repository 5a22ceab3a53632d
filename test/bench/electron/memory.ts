import { join } from 'node:path';
import type { Figure } from '../figure.ts';
import { inTurn, measured } from '../statistics.ts';
import { PAYMENTS, withFullTill } from './full-till.ts';
import { EMPTY_WINDOW, runApp } from './run-app.ts';

const MORE_MB_MAX = 120;
/** By then the day has been read and what was needed for it only is let go. */
const REST_MS = 12_000;

export const memory: Figure = {
  number: 6,
  title: `Memory of all processes with ${PAYMENTS} payments, ${REST_MS / 1000} s after the first row`,
  needsElectron: true,
  runs: 3,
  measure: (runs) =>
    withFullTill(PAYMENTS, async ({ folder, startTill }) => {
      const empty = async () => (await runApp(EMPTY_WINDOW, { profile: join(folder, 'empty'), restMs: REST_MS })).memoryMb;
      const found = await inTurn(runs, { empty, till: async () => (await startTill(REST_MS)).memoryMb });
      const [till, baseline] = [measured(found.till), measured(found.empty)];
      const moreMb = till.median - baseline.median;
      return [
        {
          what: 'held in memory',
          till,
          baseline,
          unit: 'MB',
          against: 'an Electron window with one row in it',
          comes: `${moreMb.toFixed(0)} MB more`,
          target: { words: `at most ${MORE_MB_MAX} MB more`, met: moreMb <= MORE_MB_MAX },
        },
      ];
    }),
};
