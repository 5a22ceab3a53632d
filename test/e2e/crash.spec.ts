import { planOf, type RoundPlan } from '../crash/plan.ts';
import { playRound } from '../crash/round.ts';
import { expect, test } from './fixtures.ts';

/** `npm run crash` plays whole rounds; here are two short ones, in which no request is lost on its way: that would take minutes. */
const short = (seed: number, kills: RoundPlan['kills']): RoundPlan => ({ ...planOf(seed, false), lineCuts: [], kills });
const atCapture = (count: number) => ({ at: 'asked', operation: 'capture', count, afterMs: 0, allArrived: true }) as const;

test.describe('an end of day of 200 whose till is killed again and again', { tag: '@electron' }, () => {
  test.setTimeout(240_000);

  for (const plan of [short(11, [{ at: 'submitting', afterMs: 2 }, atCapture(20)]), short(12, [atCapture(30), atCapture(25)])])
    test(`takes every hold as decided, once, and its report is Dojo’s record to the penny (seed ${plan.seed})`, async () => {
      const { disagreements, kills, faults, endings, story } = await playRound(plan);
      expect(disagreements, story.join('\n')).toEqual([]);
      expect(kills).toBe(plan.kills.length + 1);
      expect([...faults.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
      expect([...endings.values()].reduce((sum, count) => sum + count, 0)).toBe(plan.takes.length);
    });
});
