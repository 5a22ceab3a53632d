import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterKey, isAfterPause, pauseNeededMs, STILL } from '../../renderer/scan/press-pause.ts';

/** Whether the last of these keys may move money. Each comes so many milliseconds after the one before. */
function lastMayMoveMoney(gapsMs: readonly number[]): boolean {
  let rhythm = STILL;
  let atMs = 10_000;
  let mayMove = true;
  for (const gapMs of gapsMs) {
    atMs += gapMs;
    mayMove = isAfterPause(rhythm, atMs);
    rhythm = afterKey(rhythm, atMs);
  }
  return mayMove;
}

describe('a key that moves money', () => {
  it('may be the first of all', () => {
    expect(isAfterPause(STILL, 0)).toBe(true);
  });

  it.each([
    ['four digits at 130 ms, Enter, and after a look Enter again', [0, 130, 130, 130, 300, 700], true],
    ['slow digits, a long look, Enter, a short look, Enter', [0, 900, 900, 900, 2_500, 600], true],
    ['digits, a look as long as a breath, Enter, again a look, Enter', [0, 300, 300, 300, 1_200, 1_400], true],
    ['Tab from field to field, and after a look Enter', [0, 150, 150, 150, 600], true],
    ['four digits and at once the key', [0, 130, 130, 130, 300], false],
    ['Enter, and at once Enter again', [0, 300], false],
  ])('%s: %s', (_, gapsMs, mayMove) => {
    expect(lastMayMoveMoney(gapsMs)).toBe(mayMove);
  });

  it('is never the end of a code that is sent in an even rhythm, however slow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_100 }),
        fc.array(fc.double({ min: -0.25, max: 0.25, noNaN: true }), { minLength: 3, maxLength: 30 }),
        (paceMs, jitter) => !lastMayMoveMoney(jitter.map((part) => paceMs * (1 + part))),
      ),
      { numRuns: 2_000 },
    );
  });

  it('is not the end of a scan that comes after a pause either', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 3, max: 14 }), fc.integer({ min: 1_501, max: 60_000 }), (paceMs, keys, pauseMs) => {
        const scan = Array<number>(keys).fill(paceMs);
        return !lastMayMoveMoney([...scan, pauseMs, ...scan]);
      }),
    );
  });

  it('never has to wait longer than three seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 30 }), (gapsMs) => {
        let rhythm = STILL;
        let atMs = 0;
        for (const gapMs of gapsMs) {
          atMs += gapMs;
          rhythm = afterKey(rhythm, atMs);
        }
        return pauseNeededMs(rhythm) <= 3_000;
      }),
    );
  });
});
