import { expect, test } from 'vitest';
import { report } from './report.ts';
import { MINUTES } from './schedule.ts';
import { simulate } from './simulate.ts';

const SEEDS = 200;
const CHUNK = 100;

for (let first = 1; first <= SEEDS; first += CHUNK)
  test(`the promises hold for seeds ${first} to ${first + CHUNK - 1}`, { timeout: 300_000 }, async () => {
    for (let seed = first; seed < first + CHUNK; seed += 1) {
      const outcome = await simulate(seed, MINUTES);
      if (outcome.broken.length > 0) expect.fail(await report(outcome, MINUTES));
    }
  });
