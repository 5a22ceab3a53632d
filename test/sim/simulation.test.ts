import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

const SEEDS = 150;
const CHUNK = 25;

for (let first = 1; first <= SEEDS; first += CHUNK)
  test(`the promises hold for seeds ${first} to ${first + CHUNK - 1}`, { timeout: 120_000 }, async () => {
    for (let seed = first; seed < first + CHUNK; seed += 1) {
      const { broken, history } = await simulate(seed);
      expect(broken, `npm run sim -- --seeds 1 --seed ${seed}\n${history.join('\n')}`).toEqual([]);
    }
  });
