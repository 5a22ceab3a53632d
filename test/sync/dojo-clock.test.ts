import { describe, expect, test } from 'vitest';
import { createCorrectedClock, WRONG_CLOCK_MS } from '../../main/sync/dojo-clock.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A PC over true time, which Dojo's clock shows: its own clock may be wrong or be set, and it may sleep with a monotonic clock that stands still. */
function aPc({ aheadMs = 0, tellsBoot = false, lastHeardMs = null }: { aheadMs?: number; tellsBoot?: boolean; lastHeardMs?: number | null } = {}) {
  let trueMs = NOW;
  let asleepMs = 0;
  let ahead = aheadMs;
  const clock = {
    nowMs: () => trueMs + ahead,
    monotonicMs: () => trueMs - NOW - asleepMs + 0.25,
    ...(tellsBoot ? { sinceBootMs: () => Math.floor((trueMs - NOW) / SECOND) * SECOND + 7 * DAY } : {}),
  };
  const corrected = createCorrectedClock(clock, lastHeardMs);
  return {
    corrected,
    trueMs: () => trueMs,
    pass(forMs: number) {
      trueMs += forMs;
    },
    setClock(byMs: number) {
      ahead += byMs;
    },
    sleep(forMs: number) {
      trueMs += forMs;
      asleepMs += forMs;
    },
    /** An answer of a server whose clock is so far off, made after this share of what it took. True: the clock was changed by it. */
    answer({ offMs = 0, tookMs = 200, wayThere = 0.5 }: { offMs?: number; tookMs?: number; wayThere?: number } = {}): boolean {
      const startedAtMs = clock.nowMs();
      const startedMonotonicMs = clock.monotonicMs();
      trueMs += tookMs;
      const saidMs = Math.floor((trueMs - tookMs * (1 - wayThere) + offMs) / SECOND) * SECOND;
      return corrected.learn(saidMs, startedAtMs, clock.nowMs(), clock.monotonicMs() - startedMonotonicMs);
    },
    offByMs: () => Math.abs(corrected.nowMs() - trueMs),
  };
}

describe('the corrected clock, before Dojo has said what time it is', () => {
  test.each([0, 10 * MINUTE, -400 * DAY])('is the PC’s clock, %i ms wrong, and deletes nothing', (aheadMs) => {
    const { corrected } = aPc({ aheadMs });
    expect(corrected.nowMs()).toBe(NOW + aheadMs);
    expect(corrected.aheadMs()).toBe(0);
    expect(corrected.isKnown()).toBe(false);
    expect(corrected.certainMs()).toBeNull();
  });

  test('is not before the time that Dojo told last: a PC whose battery is flat starts in another year', () => {
    const pc = aPc({ aheadMs: -4_000 * DAY, lastHeardMs: NOW - HOUR });
    expect(pc.corrected.nowMs()).toBe(NOW - HOUR);
    pc.pass(10 * MINUTE);
    expect(pc.corrected.nowMs()).toBe(NOW - 50 * MINUTE);
    expect(pc.corrected.aheadMs()).toBeLessThan(-WRONG_CLOCK_MS);
    expect(pc.corrected.isKnown()).toBe(false);
  });

  test('is the PC’s clock where that is later than what Dojo told last', () => {
    expect(aPc({ lastHeardMs: NOW - 30 * DAY }).corrected.nowMs()).toBe(NOW);
  });
});

describe('the corrected clock, by Dojo’s first answer', () => {
  test.each([
    ['right', 0],
    ['three seconds behind', -3 * SECOND],
    ['ten minutes ahead', 10 * MINUTE],
    ['400 days ahead', 400 * DAY],
    ['400 days behind', -400 * DAY],
  ])('is right where the PC’s clock is %s', (_, aheadMs) => {
    const pc = aPc({ aheadMs });
    expect(pc.answer()).toBe(true);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(Math.abs(pc.corrected.aheadMs() - aheadMs)).toBeLessThanOrEqual(SECOND);
    expect(pc.corrected.isKnown()).toBe(true);
    expect(Number.isInteger(pc.corrected.nowMs())).toBe(true);
  });

  test('does not leave the PC’s clock for what a header of whole seconds and a slow connection explain', () => {
    const pc = aPc();
    pc.answer({ tookMs: 20 * SECOND, offMs: -9 * SECOND });
    expect(pc.offByMs()).toBe(0);
  });

  test('tells that nobody could say before how long ago something was, and tells it once', () => {
    const pc = aPc();
    expect([pc.answer(), pc.answer(), pc.answer()]).toEqual([true, false, false]);
  });

  test.each([
    ['the PC slept', (pc: ReturnType<typeof aPc>) => pc.sleep(40 * MINUTE)],
    ['the PC’s clock was set forward', (pc: ReturnType<typeof aPc>) => pc.setClock(40 * MINUTE)],
    ['the PC’s clock was set back', (pc: ReturnType<typeof aPc>) => pc.setClock(-40 * MINUTE)],
    ['an hour went by', (pc: ReturnType<typeof aPc>) => pc.pass(HOUR)],
  ])('learns nothing of an answer during which %s', (_, happens) => {
    const pc = aPc();
    const wallMs = pc.trueMs();
    const before = pc.trueMs();
    happens(pc);
    const nowMs = pc.corrected.nowMs();
    expect(pc.corrected.learn(NOW, wallMs, nowMs, _ === 'an hour went by' ? pc.trueMs() - before : 0)).toBe(false);
    expect(pc.corrected.isKnown()).toBe(false);
  });
});

describe('servers that do not agree', () => {
  test.each([3, 5, 9])('%i seconds apart, by turns, change nothing, also over a day', (seconds) => {
    const pc = aPc({ aheadMs: HOUR });
    pc.answer();
    const offMs = pc.corrected.nowMs() - pc.trueMs();
    for (let turn = 1; turn < 1_000; turn += 1) {
      pc.pass(90 * SECOND);
      expect(pc.answer({ offMs: turn % 2 === 0 ? 0 : seconds * SECOND })).toBe(false);
    }
    expect(pc.corrected.nowMs() - pc.trueMs()).toBe(offMs);
  });

  test('a minute apart, by turns, change nothing either', () => {
    const pc = aPc();
    pc.answer();
    for (let turn = 1; turn < 200; turn += 1) {
      pc.pass(20 * SECOND);
      expect(pc.answer({ offMs: turn % 2 === 0 ? 0 : MINUTE })).toBe(false);
    }
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
  });

  test('a time that all of them tell from now on is believed, and told once', () => {
    const pc = aPc();
    pc.answer({ offMs: HOUR });
    const changes = Array.from({ length: 20 }, () => {
      pc.pass(10 * SECOND);
      return pc.answer();
    });
    expect(changes.filter(Boolean)).toHaveLength(1);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
  });

  test.each([HOUR, -HOUR, 12 * HOUR, 400 * DAY])('the first of which is %i ms off is outvoted by two that the PC’s clock bears out', (offMs) => {
    const pc = aPc();
    pc.answer({ offMs });
    pc.pass(5 * SECOND);
    expect(pc.answer()).toBe(false);
    pc.pass(5 * SECOND);
    expect(pc.answer()).toBe(true);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(pc.corrected.certainMs()).toBe(pc.corrected.nowMs());
  });

  test.each([-3 * DAY, -400 * DAY])(
    'the first of which is %i ms behind as well, and nothing is deleted by the later time before it was repeated for ten minutes',
    (offMs) => {
      const pc = aPc();
      pc.answer({ offMs });
      expect(pc.corrected.certainMs()).toBeNull();
      expect([pc.answer(), pc.answer()]).toEqual([false, true]);
      expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
      for (let minute = 0; minute < 10; minute += 1) {
        expect(pc.corrected.certainMs()).toBeNull();
        pc.pass(MINUTE);
        pc.answer();
      }
      expect(pc.corrected.certainMs()).toBe(pc.corrected.nowMs());
    },
  );

  test.each([HOUR, -HOUR])('one of three %i ms off, and it was the first to answer: the other two are believed, and stay so', (offMs) => {
    const pc = aPc({ aheadMs: 10 * MINUTE });
    const changes = Array.from({ length: 300 }, (_, turn) => {
      pc.pass(15 * SECOND);
      return pc.answer({ offMs: turn % 3 === 0 ? offMs : 0 });
    });
    expect(changes.filter(Boolean)).toHaveLength(2);
    expect(changes.lastIndexOf(true)).toBeLessThan(15);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
  });

  test('five wrong answers in a row, over more than a minute, are not believed against what was said over and over; six are', () => {
    const pc = aPc({ aheadMs: 10 * MINUTE });
    for (let answers = 0; answers < 4; answers += 1) {
      pc.answer();
      pc.pass(20 * SECOND);
    }
    for (let answers = 0; answers < 5; answers += 1) {
      expect(pc.answer({ offMs: 12 * HOUR })).toBe(false);
      pc.pass(20 * SECOND);
    }
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(pc.answer({ offMs: 12 * HOUR })).toBe(true);
  });

  test('is not blurred by a slow answer', () => {
    const pc = aPc({ aheadMs: 10 * MINUTE });
    pc.answer();
    const offMs = pc.corrected.nowMs() - pc.trueMs();
    expect(pc.answer({ tookMs: 50 * SECOND, offMs: -20 * SECOND })).toBe(false);
    expect(pc.corrected.nowMs() - pc.trueMs()).toBe(offMs);
  });
});

describe('a time that was learnt from a slow answer', () => {
  test.each([0, 1])('is put right by the first quick one, wherever the slow one had stood (%i)', (wayThere) => {
    const pc = aPc({ aheadMs: -30 * MINUTE });
    pc.answer({ tookMs: 38_000, wayThere });
    expect(pc.offByMs()).toBeGreaterThan(18_000);
    // Nothing that was measured by it lasted as long as it seemed.
    expect(pc.answer()).toBe(true);
    expect(pc.offByMs()).toBeLessThan(1_000);
    expect(pc.answer()).toBe(false);
  });

  test('of less than ten seconds is put right without a word', () => {
    const pc = aPc({ aheadMs: -30 * MINUTE });
    pc.answer({ tookMs: 18_000, wayThere: 1 });
    expect(pc.offByMs()).toBeGreaterThan(8_000);
    expect(pc.answer()).toBe(false);
    expect(pc.offByMs()).toBeLessThan(1_000);
  });

  test('stays where a quicker one agrees, and is not blurred by one as slow', () => {
    const pc = aPc({ aheadMs: -30 * MINUTE });
    pc.answer({ tookMs: 20_000 });
    const believed = pc.offByMs();
    pc.answer({ tookMs: 20_000, wayThere: 1 });
    pc.answer({ tookMs: 10_000 });
    expect(pc.offByMs()).toBe(believed);
  });

  test('that was the first, and bears the PC’s clock out, leaves it to the first quick one as well', () => {
    const pc = aPc({ aheadMs: 15_000 });
    pc.answer({ tookMs: 40_000 });
    expect(pc.offByMs()).toBe(15_000);
    pc.answer();
    expect(pc.offByMs()).toBeLessThan(1_000);
    // Servers that are seconds apart move it no more.
    for (const offMs of [5_000, -5_000, 5_000]) expect(pc.answer({ offMs, tookMs: 100 })).toBe(false);
    expect(pc.offByMs()).toBeLessThan(1_000);
  });
});

describe('a PC clock that is set after Dojo has said what time it is', () => {
  test.each([-400 * DAY, -HOUR, HOUR, 400 * DAY])('by %i ms moves nothing, offline or not, and is shown as wrong', (byMs) => {
    const pc = aPc();
    pc.answer();
    pc.setClock(byMs);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    pc.pass(3 * HOUR);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(Math.abs(pc.corrected.aheadMs() - byMs)).toBeLessThanOrEqual(SECOND);
    expect(pc.answer()).toBe(false);
    expect(pc.corrected.certainMs()).toBe(pc.corrected.nowMs());
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
  });

  test.each([
    [-HOUR, true],
    [-HOUR, false],
    [HOUR, true],
  ])('by %i ms is no sleep: a server as far off is not believed, and leaves doubt (sleep counted: %s)', (byMs, tellsBoot) => {
    const pc = aPc({ tellsBoot });
    pc.answer();
    pc.pass(20 * SECOND);
    pc.setClock(byMs);
    for (let answers = 0; answers < 2; answers += 1) {
      expect(pc.answer({ offMs: byMs })).toBe(false);
      expect(pc.offByMs()).toBeLessThan(2 * SECOND);
      expect(Math.abs((pc.corrected.otherwiseMs() ?? 0) - pc.trueMs() - byMs)).toBeLessThan(2 * SECOND);
    }
  });

  test('bears no other time out, also after Dojo has said again what is believed; what is believed next it may bear out again', () => {
    const pc = aPc();
    pc.answer();
    pc.setClock(-HOUR);
    pc.answer();
    expect([pc.answer({ offMs: -HOUR }), pc.answer({ offMs: -HOUR })]).toEqual([false, false]);
    // Repeated for long enough another time is believed, and the PC's clock was not set since.
    for (let answers = 0; answers < 4; answers += 1) {
      pc.pass(20 * SECOND);
      pc.answer({ offMs: 12 * HOUR });
    }
    expect(pc.offByMs()).toBeGreaterThan(11 * HOUR);
    // Said twice before, and once more now.
    expect(pc.answer({ offMs: -HOUR })).toBe(true);
  });

  test('by less than ten seconds may bear another time out all the same', () => {
    const pc = aPc();
    pc.answer({ offMs: HOUR });
    pc.setClock(9 * SECOND);
    pc.answer({ offMs: HOUR });
    expect([pc.answer(), pc.answer()]).toEqual([false, true]);
  });

  test('right again is no longer shown as wrong', () => {
    const pc = aPc({ aheadMs: HOUR });
    pc.answer();
    pc.setClock(-HOUR);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(Math.abs(pc.corrected.aheadMs())).toBeLessThanOrEqual(SECOND);
  });
});

describe('a PC that slept', () => {
  test('with a monotonic clock that ran is right at once', () => {
    const pc = aPc({ aheadMs: HOUR });
    pc.answer();
    pc.pass(14 * HOUR);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(pc.answer()).toBe(false);
  });

  test('with one that stood still is right at once where the PC counts its sleep, whatever its own clock says', () => {
    const pc = aPc({ tellsBoot: true });
    pc.answer();
    pc.sleep(14 * HOUR);
    pc.setClock(3 * HOUR);
    expect(pc.offByMs()).toBeLessThanOrEqual(2 * SECOND);
    pc.sleep(HOUR);
    expect(pc.offByMs()).toBeLessThanOrEqual(2 * SECOND);
    expect(pc.answer()).toBe(false);
  });

  test('with one that stood still, where nothing tells it from a clock that was set, is believed with the first answer', () => {
    const pc = aPc({ aheadMs: HOUR });
    pc.answer();
    pc.sleep(14 * HOUR);
    // Too early is the safe side: nothing becomes too late, and nothing old.
    expect(pc.corrected.nowMs()).toBeLessThan(pc.trueMs());
    expect(pc.answer()).toBe(true);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(pc.corrected.certainMs()).not.toBeNull();
  });

  test('with one that stood still is right at the first answer, though somebody set the PC’s clock earlier in the day', () => {
    const pc = aPc();
    pc.answer();
    pc.setClock(-20 * MINUTE);
    pc.pass(MINUTE);
    pc.answer();
    pc.sleep(5 * MINUTE);
    expect(pc.answer()).toBe(true);
    expect(pc.offByMs()).toBeLessThan(2 * SECOND);
  });

  test.each([true, false])('over a shop’s holidays deletes nothing before Dojo has said, and repeated, what time it is (sleep counted: %s)', (tellsBoot) => {
    const pc = aPc({ tellsBoot });
    pc.answer();
    pc.sleep(14 * DAY);
    if (tellsBoot) expect(pc.offByMs()).toBeLessThanOrEqual(2 * SECOND);
    else expect(pc.corrected.nowMs()).toBeLessThan(pc.trueMs());
    pc.answer();
    if (!tellsBoot) expect(pc.corrected.certainMs()).toBeNull();
    for (let minute = 0; minute < 11; minute += 1) {
      pc.pass(MINUTE);
      pc.answer();
    }
    expect(pc.offByMs()).toBeLessThanOrEqual(2 * SECOND);
    expect(pc.corrected.certainMs()).toBe(pc.corrected.nowMs());
  });
});

describe('a time of Dojo’s that cannot be', () => {
  test.each([400 * DAY, 3 * DAY, -400 * DAY])('of %i ms off, once, is not believed, and nothing is deleted until Dojo speaks sense again', (offMs) => {
    const pc = aPc();
    pc.answer();
    pc.pass(MINUTE);
    expect(pc.answer({ offMs })).toBe(false);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(pc.corrected.certainMs()).toBeNull();
    pc.pass(MINUTE);
    expect(pc.answer()).toBe(false);
    expect(pc.corrected.certainMs()).toBe(pc.corrected.nowMs());
  });

  test('is not deleted by where the first answer tells it and the PC’s clock another: not before it was repeated for ten minutes', () => {
    const pc = aPc({ aheadMs: -400 * DAY });
    pc.answer();
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(pc.corrected.certainMs()).toBeNull();
    pc.pass(9 * MINUTE);
    pc.answer();
    pc.answer();
    expect(pc.corrected.certainMs()).toBeNull();
    pc.pass(MINUTE);
    pc.answer();
    expect(pc.corrected.certainMs()).toBe(pc.corrected.nowMs());
  });

  test('told by the first answer alone is taken back by those that follow, and nothing was deleted by it', () => {
    const pc = aPc();
    pc.answer({ offMs: 400 * DAY });
    expect(pc.corrected.certainMs()).toBeNull();
    for (let minute = 0; minute < 12; minute += 1) {
      pc.pass(MINUTE);
      pc.answer();
      if (pc.corrected.certainMs() !== null) expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    }
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
  });

  test('is not believed either where the PC’s clock jumps with it', () => {
    const pc = aPc();
    pc.answer();
    pc.setClock(400 * DAY);
    expect(pc.answer({ offMs: 400 * DAY })).toBe(false);
    expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
    expect(pc.corrected.certainMs()).toBeNull();
  });
});

/** Each clock set by hand: what lies on the edge of a rule. */
function byHand({ wallMs = NOW, monotonicMs = HOUR, sinceBootMs = null as number | null } = {}) {
  const at = { wallMs, monotonicMs, sinceBootMs };
  const corrected = createCorrectedClock({
    nowMs: () => at.wallMs,
    monotonicMs: () => at.monotonicMs,
    ...(sinceBootMs === null ? {} : { sinceBootMs: () => at.sinceBootMs ?? 0 }),
  });
  return {
    at,
    corrected,
    pass(ms: number) {
      at.wallMs += ms;
      at.monotonicMs += ms;
    },
    /** Dojo’s header says this; the answer took no time. Half a second is added for what a header leaves out. */
    hears: (saidMs: number) => corrected.learn(saidMs - 500, at.wallMs, at.wallMs, 0),
  };
}

describe('an answer', () => {
  test.each<readonly [string, tookByWallMs: number, tookMs: number, isLearnt: boolean]>([
    ['that took no time', 0, 0, true],
    ['that ended before it began', 0, -1, false],
    ['that took a minute', MINUTE, MINUTE, true],
    ['that took longer', MINUTE + 1, MINUTE + 1, false],
    ['during which the clocks went two seconds apart', 2 * SECOND, 0, true],
    ['during which they went further apart', 2 * SECOND + 1, 0, false],
    ['that took a second and a half by both', 1_500, 1_500, true],
  ])('%s is learnt from: $3', (_, tookByWallMs, tookMs, isLearnt) => {
    expect(byHand().corrected.learn(NOW, NOW - tookByWallMs, NOW, tookMs)).toBe(isLearnt);
  });

  test('took what the PC’s clock says where nothing else does', () => {
    const { corrected } = byHand({ wallMs: NOW + HOUR });
    expect(corrected.learn(NOW, NOW + HOUR - 1_000, NOW + HOUR)).toBe(true);
    expect(corrected.nowMs()).toBe(NOW + 1_000);
  });

  test('was made half way, in the middle of the second that it names', () => {
    const { corrected } = byHand({ wallMs: NOW + HOUR });
    corrected.learn(NOW, NOW + HOUR, NOW + HOUR, 0);
    expect(corrected.nowMs()).toBe(NOW + 500);
  });

  test.each([
    [2 * SECOND, 0],
    [2 * SECOND + 1, 2 * SECOND + 1],
    [-2 * SECOND, 0],
  ])('that is %i ms ahead of the PC’s clock moves it by %i', (aheadMs, movesMs) => {
    const { corrected, hears } = byHand();
    hears(NOW + aheadMs);
    expect(corrected.nowMs()).toBe(NOW + movesMs);
  });

  test('is less sure by half of what it took, and no more', () => {
    const { corrected } = byHand();
    corrected.learn(NOW + 2_000, NOW - 1_000, NOW, 1_000);
    expect(corrected.nowMs()).toBe(NOW + 3_000);
  });

  test.each([
    [2 * DAY - 1, true],
    [2 * DAY, false],
    [1 - 2 * DAY, true],
    [-2 * DAY, false],
  ])('that is the first and %i ms ahead of the PC’s clock is certain: %s', (aheadMs, isCertain) => {
    const { corrected, hears } = byHand();
    hears(NOW + aheadMs);
    expect(corrected.certainMs() !== null).toBe(isCertain);
  });

  test.each([
    [2 * DAY - 1, true],
    [2 * DAY, false],
    [-2 * DAY, false],
  ])('that is %i ms from what is known leaves that certain: %s', (offMs, isCertain) => {
    const { corrected, hears } = byHand();
    hears(NOW);
    expect(hears(NOW + offMs)).toBe(false);
    expect(corrected.certainMs() !== null).toBe(isCertain);
  });
});

describe('another time than the one that is known', () => {
  /** Three answers, so far apart, that are so far off: which of them change the clock. */
  const heard = (offMs: readonly [number, number, number], apartMs: number) => {
    const { at, hears, pass } = byHand();
    hears(NOW);
    return offMs.map((off, index) => {
      if (index > 0) pass(apartMs);
      return hears(at.wallMs + off);
    });
  };
  test.each<readonly [string, readonly [number, number, number], number, readonly boolean[]]>([
    ['three times over a minute is believed', [HOUR, HOUR, HOUR], 30 * SECOND, [false, false, true]],
    ['three times within less is not', [HOUR, HOUR, HOUR], 30 * SECOND - 1, [false, false, false]],
    ['twice over a minute is not', [HOUR, HOUR, 0], MINUTE, [false, false, false]],
    ['each time another is not', [HOUR, 2 * HOUR, 3 * HOUR], MINUTE, [false, false, false]],
    ['within twelve seconds is none', [12 * SECOND, 12 * SECOND, 12 * SECOND], MINUTE, [false, false, false]],
    ['a millisecond beyond that is one', [12 * SECOND + 1, 12 * SECOND + 1, 12 * SECOND + 1], MINUTE, [false, false, true]],
    ['days off, three times over ten minutes, is believed', [5 * DAY, 5 * DAY, 5 * DAY], 5 * MINUTE, [false, false, true]],
    ['days off, three times within less, is not', [5 * DAY, 5 * DAY, 5 * DAY], 5 * MINUTE - 1, [false, false, false]],
  ])('%s', (_, offMs, apartMs, changes) => expect(heard(offMs, apartMs)).toEqual(changes));
});

describe('a count since the PC was started', () => {
  test.each([
    [3 * SECOND, 0],
    [5 * SECOND, 0],
    [5 * SECOND + 1, 5 * SECOND + 1],
  ])('that is %i ms ahead of the monotonic clock tells of a sleep of %i', (aheadMs, sleptMs) => {
    const { at, corrected, hears } = byHand({ sinceBootMs: DAY });
    hears(NOW);
    at.monotonicMs += MINUTE;
    at.sinceBootMs = DAY + MINUTE + aheadMs;
    expect(corrected.nowMs()).toBe(NOW + MINUTE + sleptMs);
  });
});

describe('a first answer before the time that Dojo told in an earlier run', () => {
  /** So many answers after the first, as far off. */
  function started({ offMs = 0, aheadMs = 0, heardMs = 0, more = 0 }) {
    const pc = aPc({ aheadMs, lastHeardMs: NOW + heardMs });
    pc.answer({ offMs });
    for (let answers = 0; answers < more; answers += 1) {
      pc.pass(15 * SECOND);
      pc.answer({ offMs });
    }
    return pc;
  }
  const inDoubtByMs = (pc: ReturnType<typeof aPc>): number | null => {
    const otherwiseMs = pc.corrected.otherwiseMs();
    return otherwiseMs === null ? null : Math.round((otherwiseMs - pc.trueMs()) / SECOND) * SECOND;
  };

  test.each([
    ['right', 0, 0],
    ['hours ahead', 3 * HOUR, 3 * HOUR],
    ['years behind, which counts for the wrong answer', -4_000 * DAY, -MINUTE],
  ])('is doubted until it was repeated for ten minutes, where the PC’s clock is %s', (_, aheadMs, byMs) => {
    const wrong = { offMs: -5 * HOUR, aheadMs, heardMs: -MINUTE };
    expect(inDoubtByMs(started({ ...wrong, more: 39 }))).toBe(byMs);
    expect(inDoubtByMs(started({ ...wrong, more: 40 }))).toBeNull();
  });

  test.each([5 * HOUR, -14 * HOUR])('stays doubted for as long though one right answer comes in between (the PC’s clock %i ms off)', (aheadMs) => {
    const pc = started({ offMs: -13 * HOUR, aheadMs, heardMs: -10 * MINUTE });
    pc.pass(12 * SECOND);
    pc.answer();
    for (let answers = 0; answers < 30; answers += 1) {
      pc.pass(12 * SECOND);
      pc.answer({ offMs: -13 * HOUR });
      expect(pc.corrected.otherwiseMs()).not.toBeNull();
    }
  });

  test.each([0, -HOUR])('wins against one in five that the earlier run had heard, hours ahead (the PC’s clock %i ms off)', (aheadMs) => {
    const pc = aPc({ aheadMs, lastHeardMs: NOW + 13 * HOUR });
    for (let answers = 0; answers < 48; answers += 1) {
      pc.answer({ offMs: answers % 5 === 4 ? 13 * HOUR : 0 });
      expect(pc.offByMs()).toBeLessThan(HOUR);
      pc.pass(12 * SECOND);
    }
  });

  test('gives way to two that say what the PC’s clock does', () => {
    const pc = started({ offMs: -5 * HOUR, heardMs: -MINUTE, more: 3 });
    expect([pc.answer(), pc.answer()]).toEqual([false, true]);
    expect(pc.offByMs()).toBeLessThan(2 * SECOND);
    expect(pc.corrected.otherwiseMs()).toBeNull();
  });

  test.each([0, 400 * DAY])(
    'is right where the earlier run heard a wrong one: it is believed, and nothing is deleted before it was repeated for ten minutes (the PC’s clock %i ms ahead)',
    (aheadMs) => {
      const wrong = { heardMs: 400 * DAY, aheadMs };
      for (const more of [0, 39]) {
        const pc = started({ ...wrong, more });
        expect(pc.offByMs()).toBeLessThanOrEqual(SECOND);
        expect(pc.corrected.certainMs()).toBeNull();
      }
      const { corrected } = started({ ...wrong, more: 40 });
      expect(corrected.certainMs()).toBe(corrected.nowMs());
    },
  );

  test.each([
    [12_000, null],
    [12_001, NOW + 12_001],
    [2 * DAY - 1, NOW + 2 * DAY - 1],
  ])('by %i ms is doubted: %s', (heardAheadMs, otherwiseMs) => {
    const corrected = createCorrectedClock({ nowMs: () => NOW, monotonicMs: () => HOUR }, NOW + heardAheadMs);
    corrected.learn(NOW - 500, NOW, NOW, 0);
    expect(corrected.otherwiseMs()).toBe(otherwiseMs);
    expect(corrected.latestMs()).toBe(otherwiseMs ?? NOW);
    expect(corrected.certainMs()).toBe(NOW);
  });

  test('is less sure by half of what it took', () => {
    const corrected = createCorrectedClock({ nowMs: () => NOW, monotonicMs: () => HOUR }, NOW + 13_000);
    corrected.learn(NOW - 1_500, NOW - 2_000, NOW, 2_000);
    expect(corrected.otherwiseMs()).toBeNull();
  });
});

describe('a sleep of about five seconds, by a count since boot of whole seconds', () => {
  /** The till's time each tenth of a second, with an answer every 15 s, by how far the two counts' seconds are apart. */
  function backAndForth(secondAtMs: number) {
    const at = { trueMs: NOW, asleepMs: 0 };
    const corrected = createCorrectedClock({
      nowMs: () => at.trueMs,
      monotonicMs: () => at.trueMs - NOW - at.asleepMs,
      sinceBootMs: () => Math.floor((at.trueMs - NOW + secondAtMs) / SECOND) * SECOND + 7 * DAY,
    });
    corrected.learn(NOW, NOW, NOW, 0);
    at.trueMs += MINUTE + 5_200;
    at.asleepMs += 5_200;
    return Array.from({ length: 600 }, (_, turn) => {
      at.trueMs += 100;
      if (turn % 150 === 0) corrected.learn(Math.floor(at.trueMs / SECOND) * SECOND, at.trueMs, at.trueMs, 0);
      return corrected.nowMs();
    });
  }

  test.each([0, 400, 900])('does not make time go back (%i)', (secondAtMs) => {
    const told = backAndForth(secondAtMs);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    // And where it goes on by the sleep it does so once.
    expect(told.filter((ms, turn) => ms - (told[turn - 1] ?? ms) > SECOND).length).toBeLessThanOrEqual(1);
  });

  test('and one of many, are counted one after the other', () => {
    const { at, corrected, hears } = byHand({ sinceBootMs: DAY });
    hears(NOW);
    for (let sleeps = 1; sleeps <= 3; sleeps += 1) {
      at.sinceBootMs = DAY + sleeps * 6 * SECOND;
      expect(corrected.nowMs()).toBe(NOW + sleeps * 6 * SECOND);
    }
  });
});

describe('what time it may be instead', () => {
  const answered = () => {
    const pc = aPc();
    pc.answer();
    expect(pc.corrected.isRepeated()).toBe(false);
    return pc;
  };

  test('is the PC’s as long as Dojo has not said five times more what it said first, where the two differ', () => {
    const pc = aPc({ aheadMs: -3 * HOUR });
    expect(pc.corrected.otherwiseMs()).toBeNull();
    pc.answer();
    expect(pc.corrected.otherwiseMs()).toBe(pc.trueMs() - 3 * HOUR);
    // Answers that come together may be one server's, which may be wrong by hours.
    for (let answers = 0; answers < 8; answers += 1) pc.answer();
    for (let times = 0; times < 5; times += 1) {
      expect(pc.corrected.otherwiseMs()).toBe(pc.trueMs() - 3 * HOUR);
      pc.pass(10 * SECOND);
      pc.answer();
      pc.answer();
    }
    expect(pc.corrected.otherwiseMs()).toBeNull();
  });

  test('is nothing where the PC’s clock bears Dojo’s first answer out', () => {
    const pc = aPc();
    pc.answer();
    expect(pc.corrected.otherwiseMs()).toBeNull();
  });

  test('is what was believed until another time was said oftener, and then for ten answers', () => {
    const pc = aPc({ aheadMs: -2 * HOUR });
    const hears = (answers: number, offMs = 0) => {
      for (let heard = 0; heard < answers; heard += 1) {
        pc.pass(30 * SECOND);
        pc.answer({ offMs });
      }
    };
    const isRightInDoubt = () => Math.abs((pc.corrected.otherwiseMs() ?? 0) - pc.trueMs()) < 2 * SECOND;
    hears(4);
    // A wrong server is in luck, and the PC’s clock is nearer to it than to the right ones.
    hears(6, -3 * HOUR);
    expect(pc.offByMs()).toBeGreaterThan(2 * HOUR);
    expect(isRightInDoubt()).toBe(true);
    hears(9, -3 * HOUR);
    expect(isRightInDoubt()).toBe(true);
    hears(1, -3 * HOUR);
    expect(isRightInDoubt()).toBe(false);
  });

  test('is what another server said once, until what is believed was said nine times in all; a difference of seconds is forgotten with the first', () => {
    const denied = (offMs: number, pc = answered()): number => {
      pc.answer({ offMs });
      let times = 0;
      for (; pc.corrected.otherwiseMs() !== null; times += 1) {
        expect(Math.abs((pc.corrected.otherwiseMs() ?? 0) - pc.trueMs() - offMs)).toBeLessThan(2 * SECOND);
        pc.pass(10 * SECOND);
        pc.answer();
      }
      return times;
    };
    expect([9 * HOUR, -9 * HOUR, MINUTE, 25 * SECOND].map((offMs) => denied(offMs))).toEqual([8, 8, 8, 1]);
    const pc = answered();
    denied(9 * HOUR, pc);
    expect(pc.corrected.isRepeated()).toBe(true);
    expect(denied(-9 * HOUR, pc)).toBe(1);
  });

  test('is the right one still where the wrong server that was first seems to say another time after a sleep', () => {
    // What an earlier run heard; then the wrong one, a sleep that nothing on this PC counts, and a clock that somebody sets.
    const pc = aPc({ lastHeardMs: NOW - MINUTE });
    pc.answer({ offMs: -5 * HOUR });
    pc.sleep(3 * MINUTE);
    pc.setClock(400 * DAY);
    const isRightInDoubt = () => Math.abs((pc.corrected.otherwiseMs() ?? 0) - pc.trueMs()) < 5 * MINUTE;
    for (let times = 0; times < 4; times += 1) {
      pc.answer({ offMs: -5 * HOUR });
      expect(isRightInDoubt()).toBe(true);
      pc.answer();
      pc.answer({ offMs: -5 * HOUR });
      expect(isRightInDoubt()).toBe(true);
    }
  });

  test('is the one that is farthest off of several, each until it is denied, later where it was said twice', () => {
    const pc = aPc();
    const hears = (...offMs: number[]) => {
      for (const each of offMs) {
        pc.pass(15 * SECOND);
        pc.answer({ offMs: each });
      }
    };
    const inDoubtByMs = () => Math.round(((pc.corrected.otherwiseMs() ?? pc.trueMs()) - pc.trueMs()) / MINUTE) * MINUTE;
    hears(0, -5 * HOUR, 0, 0, 20 * MINUTE, -HOUR, 20 * MINUTE, 0, 0, 0, 0, 0);
    expect(inDoubtByMs()).toBe(-5 * HOUR);
    hears(0);
    expect(inDoubtByMs()).toBe(20 * MINUTE);
    hears(0);
    expect(pc.corrected.otherwiseMs()).toBeNull();
  });

  test('are no more than four: the least said makes room, and never what an earlier run heard', () => {
    const pc = aPc({ lastHeardMs: NOW + 9 * HOUR });
    const hears = (...offMs: number[]) => {
      for (const each of offMs) {
        pc.pass(15 * SECOND);
        pc.answer({ offMs: each });
      }
    };
    hears(0, HOUR, HOUR, 2 * HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR);
    expect(Math.abs((pc.corrected.otherwiseMs() ?? 0) - pc.trueMs() - 9 * HOUR)).toBeLessThan(SECOND);
  });

  test('is a sleep that nothing on this PC counts, where an answer says that there was none', () => {
    const slept = (differs: { tellsBoot?: boolean; forMs?: number } = {}) => {
      const pc = aPc(differs);
      pc.answer();
      pc.sleep(differs.forMs ?? 20 * MINUTE);
      return pc;
    };
    const isRightInDoubt = (pc: ReturnType<typeof aPc>) => Math.abs((pc.corrected.otherwiseMs() ?? 0) - pc.trueMs()) < 2 * SECOND;
    const pc = slept();
    expect(isRightInDoubt(pc)).toBe(true);
    // A wrong server that is as far behind as the PC has slept.
    for (let times = 0; times < 5; times += 1) {
      pc.answer({ offMs: -20 * MINUTE });
      expect(isRightInDoubt(pc)).toBe(true);
      pc.pass(10 * SECOND);
    }
    pc.answer({ offMs: -20 * MINUTE });
    expect(pc.corrected.otherwiseMs()).toBeNull();
    expect(slept({ tellsBoot: true }).corrected.otherwiseMs()).toBeNull();
    // Seconds are the clocks' own, and over days nobody knows more than that.
    for (const forMs of [9 * SECOND, 3 * DAY]) expect(slept({ forMs }).corrected.otherwiseMs()).toBeNull();
  });

  describe('where a wrong server was the first, and is heard far more often than the right one', () => {
    const WRONG = { offMs: -13 * HOUR };
    /** The wrong one repeats itself until nothing but the other answers speaks against it. */
    function repeatedWrong(aheadMs: number) {
      const pc = aPc({ aheadMs });
      for (let answers = 0; answers < 6; answers += 1) {
        pc.answer(WRONG);
        pc.pass(20 * SECOND);
      }
      expect(pc.corrected.otherwiseMs()).toBeNull();
      pc.answer();
      return {
        ...pc,
        isInDoubt: () => Math.abs((pc.corrected.otherwiseMs() ?? 0) - pc.trueMs()) < 2 * SECOND,
        again(times: number, everyMs = 20 * SECOND) {
          for (let answers = 0; answers < times; answers += 1) {
            pc.answer(WRONG);
            pc.pass(everyMs);
          }
        },
      };
    }

    test.each([-28 * MINUTE, -12 * HOUR])('the right time stays until the wrong one was said nine times, wherever the PC’s clock is (%i ms off)', (aheadMs) => {
      const till = repeatedWrong(aheadMs);
      till.again(2);
      expect(till.isInDoubt()).toBe(true);
      till.again(1);
      expect(till.corrected.otherwiseMs()).toBeNull();
    });

    test('answers of one moment count once', () => {
      const till = repeatedWrong(-28 * MINUTE);
      till.again(20, 0);
      expect(till.isInDoubt()).toBe(true);
    });

    test('each answer that says it lengthens the doubt by one', () => {
      const till = repeatedWrong(-28 * MINUTE);
      till.again(2);
      till.answer();
      till.again(1);
      expect(till.isInDoubt()).toBe(true);
      till.again(1);
      expect(till.corrected.otherwiseMs()).toBeNull();
    });
  });
});
