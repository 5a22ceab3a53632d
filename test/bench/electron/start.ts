import { join } from 'node:path';
import type { Figure } from '../figure.ts';
import { times } from '../figure.ts';
import { inTurn, measured } from '../statistics.ts';
import { PAYMENTS, withFullTill } from './full-till.ts';
import { EMPTY_WINDOW, runApp } from './run-app.ts';

const RATIO_MAX = 1.6;
/** Long enough that ending the one does not slow the start of the other. */
const REST_MS = 1_500;

export const start: Figure = {
  number: 3,
  title: `From the start of the program to the first row on the screen, ${PAYMENTS} payments on the disk`,
  needsElectron: true,
  runs: 7,
  measure: (runs) =>
    withFullTill(PAYMENTS, async ({ folder, startTill }) => {
      const empty = () => runApp(EMPTY_WINDOW, { profile: join(folder, 'empty'), restMs: REST_MS });
      // The first start of each fills the system's own caches.
      await empty();
      await startTill(REST_MS);
      const found = await inTurn(runs, { empty: async () => (await empty()).firstRowMs, till: async () => (await startTill(REST_MS)).firstRowMs });
      const [till, baseline] = [measured(found.till), measured(found.empty)];
      const ratio = till.median / baseline.median;
      return [
        {
          what: 'to the first row',
          till,
          baseline,
          unit: 'ms',
          against: 'an Electron window with one row in it',
          comes: times(ratio),
          target: { words: `at most ${RATIO_MAX} ×`, met: ratio <= RATIO_MAX },
        },
      ];
    }),
};
