import { expect, test } from 'vitest';
import type { Patch } from '../../preload/contract.ts';
import { NOON_MS, startShop } from '../a-shop.ts';
import { aFile, opened } from '../ledger/a-ledger.ts';
import { judge, type Verdict } from './readings.ts';
import { BOUNDS, collectGarbage, playDays, type SoakOptions, START_MS } from './simulated-days.ts';

const HOUR_MS = 3_600_000;

/** What is held after the last day against the first. */
async function soaked(options: Omit<SoakOptions, 'ledger'>): Promise<readonly Verdict[]> {
  const moments = await playDays({ ...options, ledger: opened(aFile(), { nowMs: START_MS }) });
  return judge(moments, 0, BOUNDS);
}
const growing = (verdicts: readonly Verdict[]) => verdicts.filter(({ isKept }) => !isKept).map(({ name, ratio }) => `${name}: ${ratio}`);

test('24 hours of a busy shop leave no more memory, timers and lists behind than the 24 hours before', { timeout: 300_000 }, async () => {
  const verdicts = await soaked({ days: 2, customersADay: 120 });
  expect(growing(verdicts)).toEqual([]);
  expect(verdicts.find(({ name }) => name === 'decided')?.to).toBeGreaterThan(50);
});

test('a page that keeps all it was sent is found out', { timeout: 300_000 }, async () => {
  // Several times over, so that it stands out from what a heap's size varies by.
  const kept: Patch[] = [];
  const verdicts = await soaked({ days: 2, customersADay: 120, onPatch: (patch) => kept.push(...Array.from({ length: 5 }, () => structuredClone(patch))) });
  expect(kept.length).toBeGreaterThan(100);
  expect(growing(verdicts)).toContainEqual(expect.stringMatching(/^heap bytes/));
});

test('what was shown of a payment is let go when its day is over', async () => {
  const shop = await startShop({ payments: [{ id: 'pi_sale', amountMinor: 1_250, createdAtMs: NOON_MS - HOUR_MS }] });
  // The last second of the day: each reading before it made the view anew.
  await shop.clock.runTo(Date.parse('2026-06-15T22:59:59Z'));
  const shown = async () => {
    const answer = await shop.till.handlers.getSnapshot(undefined);
    return answer.ok ? answer.value.payments : [];
  };
  /** Nothing here may hold on to it. */
  const watched = async () => {
    const [view] = await shown();
    if (!view) throw new Error('expected the sale to be shown');
    return new WeakRef(view);
  };
  const view = await watched();
  await shop.clock.run(2 * HOUR_MS);
  expect(await shown()).toEqual([]);
  collectGarbage();
  expect(view.deref()).toBeUndefined();
  await shop.close();
});
