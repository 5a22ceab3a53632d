import { writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { CLOCK_AND_PEOPLE_DEFECTS, CLOCK_AND_PEOPLE_SHOWN_WITH } from './clocks-and-people-defects.ts';
import keptSeeds from './defect-seeds.json' with { type: 'json' };
import { bentStep, DEFECTS, type Defect } from './defects.ts';
import { ODD_ANSWER_DEFECTS, ODD_SHOWN_WITH } from './odd-answer-defects.ts';
import { draw, MINUTES } from './schedule.ts';
import { play } from './simulate.ts';
import { SHOWN_WITH, WIDER_DEFECTS } from './wider-defects.ts';

vi.mock('../../main/core/queue/queue.ts', async (real) => {
  const queue = await real<typeof import('../../main/core/queue/queue.ts')>();
  return { ...queue, step: bentStep(queue.step) };
});

const SEEDS_MOST = 1_000;
const SEEDS_FILE = new URL('./defect-seeds.json', import.meta.url);
const defects: Readonly<Record<string, Defect>> = { ...DEFECTS, ...WIDER_DEFECTS, ...ODD_ANSWER_DEFECTS, ...CLOCK_AND_PEOPLE_DEFECTS };
const shownWith: Readonly<Record<string, readonly string[]>> = { ...SHOWN_WITH, ...ODD_SHOWN_WITH, ...CLOCK_AND_PEOPLE_SHOWN_WITH };
const kept: Readonly<Record<string, number>> = keptSeeds;

/** Of the seeds that have what it takes, the first that notices; the others are not played. */
async function firstSeed(name: string, defect: Defect): Promise<number | null> {
  const features = shownWith[name];
  for (let seed = 1; seed <= SEEDS_MOST; seed += 1) {
    const schedule = draw(seed, MINUTES);
    if (features && !features.some((feature) => schedule.features.includes(feature))) continue;
    if ((await play(schedule, { defect })).broken.length > 0 && (await play(schedule)).broken.length === 0) return seed;
  }
  return null;
}

// `SEARCH_DEFECTS=1 npx vitest run test/sim/defects.test.ts` finds the seeds anew and writes them down.
describe.skipIf(process.env.SEARCH_DEFECTS)('the simulation notices a till that', () => {
  test.each(Object.entries(defects))('%s', { timeout: 120_000 }, async (name, defect) => {
    const seed = kept[name];
    if (seed === undefined) throw new Error(`expected a seed for “${name}”: search for it`);
    expect((await play(draw(seed, MINUTES), { defect })).broken.length, `seed ${seed} notices`).toBeGreaterThan(0);
  });
});

describe.runIf(process.env.SEARCH_DEFECTS)('the first seed that notices a till that', () => {
  const found: Record<string, number> = { ...kept };
  const wanted = Object.entries(defects).filter(([name]) => process.env.SEARCH_DEFECTS === '1' || !(name in kept));
  test.each(wanted)('%s', { timeout: 1_200_000 }, async (name, defect) => {
    const seed = await firstSeed(name, defect);
    if (seed !== null) {
      found[name] = seed;
      writeFileSync(SEEDS_FILE, `${JSON.stringify(found, null, 2)}\n`);
    }
    expect(seed, 'a seed that notices').not.toBeNull();
  });
});
