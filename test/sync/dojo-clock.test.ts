import { describe, expect, test } from 'vitest';
import { createCorrectedClock } from '../../main/sync/dojo-clock.ts';

const at = (nowMs: number) => createCorrectedClock({ nowMs: () => nowMs, after: () => () => undefined });
const NOW = Date.parse('2026-06-15T12:00:00Z');
const MINUTE = 60_000;

describe('the corrected clock', () => {
  test('is the PC’s clock while Dojo has said nothing', () => {
    expect(at(NOW).nowMs()).toBe(NOW);
    expect(at(NOW).aheadMs()).toBe(0);
  });

  test.each([
    ['ten minutes behind', 10 * MINUTE],
    ['ten minutes ahead', -10 * MINUTE],
    ['three seconds behind', 3_000],
  ])('follows Dojo where the PC is %s', (_, offsetMs) => {
    const clock = at(NOW);
    clock.learn(NOW + offsetMs, NOW - 200, NOW);
    expect(Math.abs(clock.nowMs() - (NOW + offsetMs))).toBeLessThanOrEqual(1_000);
    expect(Math.abs(clock.aheadMs() + offsetMs)).toBeLessThanOrEqual(1_000);
  });

  test('does not jump for what a header of whole seconds and a slow line explain', () => {
    const clock = at(NOW);
    clock.learn(NOW - 9_000, NOW - 20_000, NOW);
    expect(clock.nowMs()).toBe(NOW);
  });

  test.each([
    ['slept, or its clock was set forward', NOW - 40 * MINUTE],
    ['had its clock set back', NOW + 40 * MINUTE],
  ])('learns nothing from an answer during which the PC %s', (_, startedAtMs) => {
    const clock = at(NOW);
    clock.learn(NOW + 10 * MINUTE, NOW - 200, NOW);
    expect(clock.learn(NOW, startedAtMs, NOW)).toBe(false);
    expect(clock.aheadMs()).toBeLessThan(-9 * MINUTE);
  });

  test('is not blurred by a slow answer that agrees with what is known', () => {
    const clock = at(NOW);
    expect(clock.learn(NOW + 10 * MINUTE, NOW - 200, NOW)).toBe(true);
    const before = clock.nowMs();
    expect(clock.learn(NOW + 10 * MINUTE, NOW - 25_000, NOW)).toBe(false);
    expect(clock.nowMs()).toBe(before);
  });

  test('tells of the first answer, also where it agrees: until then nobody could say whether the PC’s clock had been right', () => {
    const clock = at(NOW);
    expect(clock.learn(NOW, NOW - 60 * MINUTE, NOW)).toBe(false);
    expect(clock.learn(NOW, NOW - 200, NOW)).toBe(true);
    expect(clock.learn(NOW, NOW - 200, NOW)).toBe(false);
  });

  test('goes back to the PC’s clock when that is set right', () => {
    let wall = NOW + 10 * MINUTE;
    const clock = createCorrectedClock({ nowMs: () => wall, after: () => () => undefined });
    clock.learn(NOW, wall - 100, wall);
    wall = NOW;
    clock.learn(NOW, wall - 100, wall);
    expect(clock.nowMs()).toBe(NOW);
  });
});
