import { describe, expect, it } from 'vitest';
import { planOf } from './plan.ts';

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);

describe('the plan of a round', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planOf(7, true)).toEqual(planOf(7, true));
    expect(planOf(7, true)).not.toEqual(planOf(8, true));
  });

  it.each(SEEDS)('of seed %i is of 200 takes that never pass what is held, and kills several times', (seed) => {
    const { takes, kills } = planOf(seed, seed % 2 === 0);
    expect(new Set(takes.map(({ requestId }) => requestId)).size).toBe(200);
    expect(new Set(takes.map(({ paymentId }) => paymentId)).size).toBe(200);
    for (const { amountMinor, tipsMinor, heldMinor, parts } of takes) {
      expect(amountMinor).toBeGreaterThanOrEqual(1);
      expect(amountMinor + tipsMinor).toBeLessThanOrEqual(heldMinor);
      expect(tipsMinor).toBeLessThanOrEqual(parts.tipsMinor);
    }
    expect(takes.filter(({ parts }) => parts.serviceChargeMinor > 0).length).toBeGreaterThan(20);
    expect(takes.filter(({ tipsMinor }) => tipsMinor > 0).length).toBeGreaterThan(20);
    expect(kills.length).toBeGreaterThanOrEqual(3);
  });

  it('loses no capture on its way where it may not, and does where it may', () => {
    const lostCaptures = (lossy: boolean) =>
      SEEDS.flatMap((seed) => planOf(seed, lossy).faults).filter(
        ({ kind, match }) => match?.operation === 'capture' && ['reset-before', 'drop-before', 'html-before', 'malformed-before'].includes(kind),
      ).length;
    expect(lostCaptures(false)).toBe(0);
    expect(lostCaptures(true)).toBeGreaterThan(SEEDS.length);
  });

  it('kills at every kind of moment', () => {
    const moments = new Set(SEEDS.flatMap((seed) => planOf(seed, true).kills).map((kill) => (kill.at === 'asked' ? kill.operation : kill.at)));
    expect([...moments].sort()).toEqual(['accepted', 'capture', 'read', 'starting', 'submitting']);
  });

  it('has wrong and jumping clocks, and sleeps that the monotonic clock counts and does not', () => {
    const pcs = SEEDS.map((seed) => planOf(seed, true).pc);
    const sleeps = pcs.flatMap(({ sleeps, lastSleep }) => [...sleeps, ...(lastSleep ? [lastSleep] : [])]);
    const isAbout = <T>(all: readonly T[], least: number, is: (one: T) => boolean) => expect(all.filter(is).length).toBeGreaterThan(least);
    isAbout(pcs, 10, ({ aheadMs }) => aheadMs > 0);
    isAbout(pcs, 10, ({ aheadMs }) => aheadMs < 0);
    isAbout(pcs, 20, ({ clockJumps }) => clockJumps.length > 0);
    isAbout(sleeps, 10, ({ unseenMs }) => unseenMs > 0);
    isAbout(sleeps, 10, ({ unseenMs }) => unseenMs === 0);
    isAbout(pcs, 5, ({ lastSleep }) => lastSleep !== null && lastSleep.stoppedMs > 30_000);
  });
});
