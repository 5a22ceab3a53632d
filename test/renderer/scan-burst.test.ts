import { describe, expect, it } from 'vitest';
import { type Burst, nextKey } from '../../renderer/scan-burst.ts';

/** Feeds keys, each so many milliseconds after the one before. */
function feed(keys: readonly string[], gapMs: number) {
  let burst: Burst | null = null;
  return keys.map((key, index) => {
    const step = nextKey(burst, key, 1_000 + index * gapMs);
    burst = step.burst;
    return step;
  });
}

describe('a scanner’s burst', () => {
  it('is taken whole, and its Enter reaches nothing', () => {
    const last = feed([...'50123', 'Enter'], 8).at(-1);
    expect(last).toEqual({ burst: null, swallow: true, scanned: { text: '50123', startedAtMs: 1_000 } });
  });

  it('may hold capitals and blanks; a blank presses no button', () => {
    const steps = feed(['Shift', 'A', 'B', ' ', 'C', '1', 'Enter'], 10);
    expect(steps[3]).toMatchObject({ swallow: true });
    expect(steps.at(-1)?.scanned?.text).toBe('AB C1');
  });

  it('is not what hands type, and then Enter is left alone', () => {
    expect(feed([...'50123', 'Enter'], 90).at(-1)).toEqual({ burst: null, swallow: false, scanned: null });
  });

  it('is not two fingers rolling over the keys', () => {
    expect(feed(['4', '2', 'Enter'], 10).at(-1)).toMatchObject({ swallow: false, scanned: null });
  });

  it('is not ended by an Enter that comes later', () => {
    let burst: Burst | null = null;
    for (const [index, key] of [...'50123'].entries()) burst = nextKey(burst, key, index * 5).burst;
    expect(nextKey(burst, 'Enter', 500)).toEqual({ burst: null, swallow: false, scanned: null });
  });

  it('starts anew after a pause or another key', () => {
    expect(feed([...'50123', 'Tab', 'Enter'], 5).at(-1)).toMatchObject({ swallow: false });
    const slow = nextKey({ text: '99', startedAtMs: 0, lastAtMs: 10 }, '5', 100);
    expect(slow.burst).toEqual({ text: '5', startedAtMs: 100, lastAtMs: 100 });
  });

  it('leaves a blank on its own alone: it presses the focused button', () => {
    expect(nextKey(null, ' ', 0)).toMatchObject({ swallow: false });
  });
});
