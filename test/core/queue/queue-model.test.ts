import { describe, expect, it } from 'vitest';
import { World } from './queue-world.ts';

/** More with `TILLSIDE_QUEUE_SEEDS=20000`, one alone with `TILLSIDE_QUEUE_SEED=1234`. */
const only = process.env.TILLSIDE_QUEUE_SEED;
const seedsMax = Number(process.env.TILLSIDE_QUEUE_SEEDS ?? 1_000);

describe('the queue in a world that does its worst', () => {
  it('keeps its promises, whatever the seed', () => {
    const seeds = only === undefined ? Array.from({ length: seedsMax }, (_, index) => index + 1) : [Number(only)];
    const met = { steps: 0, sends: 0, resends: 0, crashes: 0, needsPerson: 0, expired: 0 };
    for (const seed of seeds) {
      try {
        const world = new World(seed);
        world.run();
        for (const key of Object.keys(met) as (keyof typeof met)[]) met[key] += world.promises.counts[key];
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    // The worlds are only worth something if the hard things happen in them.
    if (only === undefined) for (const count of Object.values(met)) expect(count).toBeGreaterThan(seeds.length / 10);
  }, 120_000);
});
