import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyDown, keyPressOf } from '../../renderer/scan/key-press.ts';
import { type KeyRun, keyReleased, nextKey, type RunStep, wholeOf } from '../../renderer/scan/scan-burst.ts';

const down = (key: string, atMs: number, more: Partial<KeyDown> = {}): KeyDown => ({
  key,
  code: /^\d$/.test(key) ? `Digit${key}` : /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isAltGraph: false,
  timeStamp: atMs,
  ...more,
});

type Typed = Readonly<{ key: string; gapMs: number; heldMs?: number; more?: Partial<KeyDown> }>;

/** Feeds keys, each so many milliseconds after the one before and held for a while, as the page would see them. */
function feed(typed: readonly Typed[], startMs = 1_000): RunStep[] {
  let atMs = startMs;
  const events: { atMs: number; apply: (run: KeyRun | null) => KeyRun | null }[] = [];
  const steps: RunStep[] = [];
  for (const { key, gapMs, heldMs = 0, more = {} } of typed) {
    atMs += gapMs;
    const event = down(key, atMs, more);
    events.push({
      atMs,
      apply: (run) => {
        const step = nextKey(run, keyPressOf(event));
        steps.push(step);
        return step.run;
      },
    });
    events.push({ atMs: atMs + heldMs, apply: (run) => keyReleased(run, event.code) });
  }
  let run: KeyRun | null = null;
  for (const event of events.sort((a, b) => a.atMs - b.atMs)) run = event.apply(run);
  return steps;
}

const evenly = (keys: readonly string[], gapMs: number, heldMs = gapMs / 3): Typed[] => keys.map((key) => ({ key, gapMs, heldMs }));
const isBurstAt = (steps: readonly RunStep[]): boolean[] => steps.map(({ isBurst }) => isBurst);
const scans = (steps: readonly RunStep[]): string[] => steps.filter(({ hasEnded }) => hasEnded).map(({ run }) => run.text);

describe('a scanner’s burst', () => {
  it.each([5, 10, 35, 80, 100])('is told at %i ms a key, and its Enter with it', (gapMs) => {
    const steps = feed(evenly([...'50123456', 'Enter'], gapMs));
    expect(scans(steps)).toEqual(['50123456']);
    expect(steps.at(-1)).toMatchObject({ isBurst: true, hasEnded: true, run: { startedAtMs: 1_000 + gapMs } });
    expect(steps.filter(({ hasBegun }) => hasBegun)).toHaveLength(1);
  });

  it.each([35, 80, 100])('of three digits and Enter is told at %i ms a key: it once took £4.21', (gapMs) => {
    expect(scans(feed(evenly([...'421', 'Enter', ...'421', 'Enter'], gapMs)))).toEqual(['421', '421']);
  });

  it.each([
    ['three keys at 50 ms', [...'421'], 50],
    ['two and Enter at 50 ms', ['4', '2', 'Enter'], 50],
    ['two and Tab at 10 ms', ['4', '2', 'Tab'], 10],
    ['four keys at 100 ms', [...'4215'], 100],
    ['letters', [...'abcd'], 90],
  ])('is told from its last key at the latest: %s', (_, keys, gapMs) => {
    expect(feed(evenly(keys, gapMs)).at(-1)?.isBurst).toBe(true);
  });

  it.each([
    ['Enter and a line feed', ['Enter', 'Enter']],
    ['Tab and Enter', ['Tab', 'Enter']],
    ['Enter and Tab', ['Enter', 'Tab']],
    ['two Enters and a Tab', ['Enter', 'Enter', 'Tab']],
    ['Escape', ['Escape']],
    ['a function key', ['F12']],
  ])('keeps its tail: %s', (_, tail) => {
    for (const gapMs of [10, 35, 80, 100]) {
      const steps = feed(evenly([...'50123', ...tail], gapMs));
      expect(isBurstAt(steps.slice(-tail.length))).toEqual(tail.map(() => true));
      expect(scans(steps)).toEqual(['50123']);
    }
  });

  it.each([
    ['a function key', [{ key: 'F9', gapMs: 0 }], '5012'],
    ['Enter', [{ key: 'Enter', gapMs: 0 }], '5012'],
    [
      'Ctrl+B',
      [
        { key: 'Control', gapMs: 0 },
        { key: 'b', gapMs: 20, more: { ctrlKey: true } },
      ],
      '5012',
    ],
    ['a tilde', [{ key: '~', gapMs: 0 }], '~5012'],
  ] as const)('may begin with %s, and is put back from there', (_, prefix, text) => {
    const steps = feed([...prefix, ...evenly([...'5012', 'Enter'], 90)]);
    expect(scans(steps)).toEqual([text]);
    expect(steps.at(-1)?.run.startedAtMs).toBe(1_000);
  });

  it('may hold capitals and blanks', () => {
    expect(scans(feed(evenly(['Shift', 'A', 'Shift', 'B', ' ', 'C', '1', 'Enter'], 100)))).toEqual(['AB C1']);
  });

  it('counts the keys of an input method by their place', () => {
    const typed = evenly(['Digit4', 'Numpad2', 'KeyX', 'Digit1'], 60).map(({ key, ...rest }) => ({ ...rest, key: 'Process', more: { code: key } }));
    expect(feed(typed).at(-1)).toMatchObject({ isBurst: true, run: { text: '42x1' } });
  });

  it('goes on over one hiccup', () => {
    const typed = evenly([...'501234567', 'Enter'], 95);
    const steps = feed(typed.map((one, at) => (at === 6 ? { ...one, gapMs: 149 } : one)));
    expect(scans(steps)).toEqual(['501234567']);
  });

  it('with a hiccup after its first two keys is put back from the first', () => {
    const steps = feed(evenly([...'501234', 'Enter'], 90).map((one, at) => (at === 2 ? { ...one, gapMs: 140 } : one)));
    expect(steps.at(-1)?.run).toMatchObject({ startedAtMs: 1_090, text: '501234' });
  });

  it('whose last key was late is the same burst', () => {
    // The page's own clock may have called it ended: the keyboard's says otherwise.
    expect(scans(feed(evenly([...'5012345', 'Enter'], 100)))).toEqual(['5012345']);
  });

  it('of whatever pace up to 100 ms, with jitter, is told whole, whatever ends it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.double({ min: -0.15, max: 0.15, noNaN: true }), { minLength: 40, maxLength: 40 }),
        fc.stringMatching(/^[0-9A-Za-z ~/-]{3,30}$/),
        fc.constantFrom([], ['Enter'], ['Tab'], ['Tab', 'Enter'], ['Enter', 'Enter'], ['Enter', 'Tab'], ['F12'], ['Escape']),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (paceMs, jitter, code, ends, held) => {
          const text = code.length === 3 && ends.length === 0 ? `${code}0` : code;
          const typed = [...text, ...ends].map((key, at) => ({ key, gapMs: paceMs * (1 + (jitter[at] ?? 0)), heldMs: paceMs * 0.85 * held }));
          const steps = feed(typed);
          expect(steps[text.length - 1 + Math.min(1, ends.length)]?.isBurst).toBe(true);
          for (const step of steps.slice(text.length)) expect(step.isBurst).toBe(true);
          expect(steps.at(-1)?.run.text).toBe(text);
          expect(steps.at(-1)?.run.startedAtMs).toBe(1_000 + (typed[0]?.gapMs ?? 0));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('of two in a row is told twice, however soon the second one comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 2_000 }), (paceMs, pauseMs) => {
        const second = evenly([...'98765', 'Tab', 'Enter'], paceMs).map((one, at) => (at === 0 ? { ...one, gapMs: pauseMs } : one));
        expect(scans(feed([...evenly([...'50123', 'Enter'], paceMs), ...second]))).toEqual(['50123', '98765']);
      }),
    );
  });
});

describe('a person', () => {
  const PERSON_KEYS = [...'0123456789', 'Enter', 'Tab', 'Backspace', 'a', ' ', '.'];

  it.each([120, 130, 200, 400])('who types at %i ms a key is none', (gapMs) => {
    expect(isBurstAt(feed(evenly([...'125000', 'Enter', 'Enter'], gapMs)))).toEqual(Array(8).fill(false));
  });

  it('is never taken for one at 120 ms and more, however uneven', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.constantFrom(...PERSON_KEYS), gapMs: fc.integer({ min: 120, max: 900 }), heldMs: fc.integer({ min: 20, max: 300 }) }), {
          maxLength: 60,
        }),
        (typed) => isBurstAt(feed(typed)).every((isBurst) => !isBurst),
      ),
      { numRuns: 2_000 },
    );
  });

  it('whose fingers roll over the keys is none: the next key goes down before the last one is let go', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.constantFrom(...'0123456789'), gapMs: fc.integer({ min: 40, max: 115 }) }), { minLength: 2, maxLength: 12 }),
        (keys) => {
          const typed = keys.map((one, at) => ({ ...one, key: String((Number(one.key) + at) % 10), heldMs: (keys[at + 1]?.gapMs ?? 0) + 25 }));
          const isRepeated = typed.some(({ key }, at) => key === typed[at + 1]?.key || key === typed[at + 2]?.key);
          return isRepeated || isBurstAt(feed(typed)).every((isBurst) => !isBurst);
        },
      ),
    );
  });

  it('who marks all and types over it is none', () => {
    const steps = feed([
      { key: 'Control', gapMs: 0 },
      { key: 'a', gapMs: 2, more: { ctrlKey: true } },
      ...evenly([...'1250'], 125).map((one, at) => (at === 0 ? { ...one, gapMs: 3 } : one)),
    ]);
    expect(isBurstAt(steps)).toEqual(Array(6).fill(false));
  });

  it.each([
    ['two quick digits', [...'42'], 60],
    ['two quick digits and Enter', ['4', '2', 'Enter'], 60],
    ['three quick digits', [...'421'], 60],
    ['Enter over and over', ['Enter', 'Enter', 'Enter', 'Enter', 'Enter'], 30],
    ['arrows over and over', ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown'], 30],
    ['a blank on its own', [' '], 0],
  ])('is left alone with %s', (_, keys, gapMs) => {
    expect(isBurstAt(feed(evenly(keys, gapMs)))).toEqual(keys.map(() => false));
  });

  it('whose Enter comes later than the burst has it for themselves', () => {
    const steps = feed([...evenly([...'50123'], 5), { key: 'Enter', gapMs: 500 }]);
    expect(steps.at(-1)).toMatchObject({ isBurst: false, hasEnded: false });
  });
});

describe('a burst with a hiccup in it', () => {
  const inTwo = (before: string, gapMs: number, hiccupMs: number, after: readonly string[]): RunStep[] =>
    feed([...evenly([...before], gapMs), { key: after[0] ?? '', gapMs: hiccupMs, heldMs: 10 }, ...evenly(after.slice(1), gapMs)]);
  const told = (steps: readonly RunStep[]) => steps.filter(({ hasBegun }) => hasBegun).map(({ run }) => wholeOf(run));
  const endedAs = (steps: readonly RunStep[]) => steps.filter(({ hasEnded }) => hasEnded).map(({ run }) => wholeOf(run).text);

  it.each([
    ['421', 100, 160],
    ['421', 100, 300],
    ['42', 35, 200],
    ['4', 100, 300],
  ])('is one scan, from its very first key: %s at %i ms, then nothing for %i ms', (before, gapMs, hiccupMs) => {
    const steps = inTwo(before, gapMs, hiccupMs, [...'7050', 'Enter']);
    expect(told(steps)).toMatchObject([{ startedAtMs: 1_000 + gapMs }]);
    expect(endedAs(steps)).toEqual([`${before}7050`]);
  });

  it('is one scan with two hiccups as well', () => {
    const steps = feed([{ key: '4', gapMs: 100 }, { key: '2', gapMs: 300 }, { key: '7', gapMs: 300 }, ...evenly([...'050', 'Enter'], 80)]);
    expect(endedAs(steps)).toEqual(['427050']);
    expect(told(steps)).toMatchObject([{ startedAtMs: 1_100 }]);
  });

  it('has nothing of what a person typed, and then reached for the scanner', () => {
    const steps = inTwo('421', 90, 301, [...'7050', 'Enter']);
    expect(endedAs(steps)).toEqual(['7050']);
    expect(told(steps)).toMatchObject([{ startedAtMs: 1_000 + 3 * 90 + 301 }]);
  });

  it('has nothing of the scan before it', () => {
    const steps = feed([
      ...evenly([...'50123', 'Enter'], 80),
      ...evenly([...'60123', 'Enter'], 80),
      { key: '7', gapMs: 300 },
      ...evenly([...'0123', 'Enter'], 80),
    ]);
    expect(endedAs(steps)).toEqual(['50123', '60123', '70123']);
  });

  it('begins with the keys before an Enter that ended nothing, and its code after it', () => {
    const steps = feed([...evenly([...'42'], 100), { key: 'Enter', gapMs: 300 }, ...evenly([...'7050', 'Enter'], 100)]);
    expect(told(steps)).toMatchObject([{ startedAtMs: 1_100 }]);
    expect(endedAs(steps)).toEqual(['7050']);
  });
});
