import { describe, expect, test, vi } from 'vitest';
import { bentStep, DEFECTS, type Defect } from './defects.ts';
import { draw, MINUTES } from './schedule.ts';
import { play } from './simulate.ts';

vi.mock('../../main/core/queue/queue.ts', async (real) => {
  const queue = await real<typeof import('../../main/core/queue/queue.ts')>();
  return { ...queue, step: bentStep(queue.step) };
});

/** Well above what each needs. */
const SEEDS_MOST = 600;

describe('the simulation notices a till that', () => {
  test.each(Object.entries<Defect>(DEFECTS))('%s', { timeout: 120_000 }, async (_, defect) => {
    let seed = 1;
    while (seed <= SEEDS_MOST && (await play(draw(seed, MINUTES), { defect })).broken.length === 0) seed += 1;
    expect(seed, 'a seed that notices').toBeLessThanOrEqual(SEEDS_MOST);
  });
});
