import { planOf, type RoundPlan } from '../crash/plan.ts';
import { takeMinor } from '../crash/plan-payments.ts';
import { playRound } from '../crash/round.ts';
import { expect, test } from './fixtures.ts';

/** Whether Dojo did it is known at once, or as soon as the payment is read. */
const IS_TOLD = ['outcome', 'status-before', 'throttle', 'delay-after-commit', 'trickle'];

/**
 * `npm run crash` plays whole rounds; here is a short one, in which nothing has to wait until it is certain that nothing can arrive any
 * more: no request is lost on its way, and a part is captured only where no kill and no lost answer leaves it unknown.
 */
function short(seed: number, kills: RoundPlan['kills'], pc: Partial<RoundPlan['pc']>): RoundPlan {
  const plan = planOf(seed, false);
  const takes = plan.takes.slice(0, TAKES).map((take, index) => {
    // The hold that ends first is sent first, and that is the last of them.
    if (index < PARTS_AMONG) return take;
    const { tipsMinor } = take.parts;
    return { ...take, amountMinor: take.heldMinor - tipsMinor, tipsMinor };
  });
  const parts = new Set(takes.flatMap((take) => (takeMinor(take) < take.heldMinor ? [take.paymentId] : [])));
  const faults = plan.faults.filter(({ kind, match }) => !parts.has(match?.paymentId ?? '') || IS_TOLD.includes(kind));
  return { ...plan, takes, faults, lineCuts: [], kills, pc: { aheadMs: 0, clockJumps: [], sleeps: [], lastSleep: null, ...pc } };
}
const TAKES = 100;
const PARTS_AMONG = 40;
const HOUR_MS = 3_600_000;
const atCapture = (count: number) => ({ at: 'asked', operation: 'capture', count, afterMs: 0, allArrived: true }) as const;

test.describe('an end of day of 100 whose till is killed again and again', { tag: '@electron' }, () => {
  test.setTimeout(240_000);

  const plan = short(11, [{ at: 'submitting', afterMs: 2 }, atCapture(20), atCapture(25)], {
    aheadMs: 9_600 * HOUR_MS,
    clockJumps: [{ afterRequests: 80, aheadMs: -2 * HOUR_MS }],
    sleeps: [
      { afterRequests: 50, stoppedMs: 1_500, unseenMs: 0, breaksConnections: true },
      { afterRequests: 150, stoppedMs: 500, unseenMs: HOUR_MS / 2, breaksConnections: false },
    ],
  });

  test('takes every hold as decided, once, and its report is Dojo’s record to the penny', async () => {
    const { disagreements, kills, faults, sleeps, decidedAnew, endings, story } = await playRound(plan);
    expect(disagreements, story.join('\n')).toEqual([]);
    expect(kills).toBe(plan.kills.length + 1);
    expect([...faults.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(sleeps).toBe(plan.pc.sleeps.length);
    expect([...endings.values()].reduce((sum, count) => sum + count, 0)).toBe(plan.takes.length + decidedAnew);
  });
});
