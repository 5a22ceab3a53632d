import { expect, test } from 'vitest';
import { timesAgainst } from '../../main/core/queue/doubted-time.ts';
import { type SeededRandom, seededRandom } from '../../main/simulator/random.ts';
import { createCorrectedClock } from '../../main/sync/dojo-clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../builders.ts';

const PC_OFF_MS = [-2 * HOUR_MS, -28 * MINUTE_MS, -5 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 5 * HOUR_MS, 400 * DAY_MS, -400 * DAY_MS];
const SET_TO_MS = [0, -2 * HOUR_MS, -5 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 400 * DAY_MS];
const SERVER_OFF_MS = [-13 * HOUR_MS, -5 * HOUR_MS, -3 * HOUR_MS, -20 * MINUTE_MS, 20 * MINUTE_MS, 3 * HOUR_MS, 12 * HOUR_MS];
/** Servers may be seconds apart, and the network is slow. */
const COARSE_MS = 3 * MINUTE_MS;

/**
 * Ten to sixty things that happen to one till's time: answers, of which one server of four to six is hours off, restarts, sleeps, and a PC's
 * clock that is wrong and is set. Returns how often a deadline would have been decided wrongly: all times that the till knows of are on one
 * side of it, and the true one is on the other.
 */
function wrongAndSure(random: SeededRandom, isServerWrong: boolean): { wrong: number; doubtedAtEnd: boolean } {
  let [trueMs, sleptMs, wrong] = [NOON_MS, 0, 0];
  let bootedAtMs = NOON_MS - HOUR_MS;
  const isPcWrong = random.chance(0.5);
  let aheadMs = isPcWrong ? random.pick(PC_OFF_MS) : 0;
  const pcClock = {
    nowMs: () => trueMs + aheadMs,
    monotonicMs: () => trueMs - bootedAtMs - sleptMs,
    ...(random.chance(0.4) ? { sinceBootMs: () => Math.floor((trueMs - bootedAtMs) / 1_000) * 1_000 } : {}),
  };
  const [servers, serverOffMs] = [random.whole(4, 6), random.pick(SERVER_OFF_MS)];
  let heardMs: number | null = null;
  let clock = createCorrectedClock(pcClock, heardMs);

  function answer(waitedMs: number): void {
    const tookMs = random.whole(50, 800);
    trueMs += waitedMs;
    const [startedAtMs, startedMonotonicMs] = [pcClock.nowMs(), pcClock.monotonicMs()];
    trueMs += tookMs;
    const offMs = isServerWrong && random.chance(1 / servers) ? serverOffMs : random.pick([0, 2_000]);
    const saidMs = Math.floor((trueMs - tookMs / 2 + offMs) / 1_000) * 1_000;
    clock.learn(saidMs, startedAtMs, pcClock.nowMs(), pcClock.monotonicMs() - startedMonotonicMs);
    const now = { nowMs: clock.nowMs(), otherwiseMs: clock.otherwiseMs(), isRepeated: clock.isRepeated() };
    const known = [saidMs, now.nowMs, ...timesAgainst(saidMs, now as Parameters<typeof timesAgainst>[1])];
    if (Math.max(...known) < trueMs - COARSE_MS || Math.min(...known) > trueMs + COARSE_MS) wrong += 1;
  }
  function restart(): void {
    if (clock.certainMs() !== null && clock.otherwiseMs() === null) heardMs = clock.nowMs();
    trueMs += random.whole(2_000, 30 * MINUTE_MS);
    [bootedAtMs, sleptMs] = [trueMs, 0];
    clock = createCorrectedClock(pcClock, heardMs);
  }
  function sleep(): void {
    const forMs = random.whole(2_000, 20 * MINUTE_MS);
    trueMs += forMs;
    sleptMs += forMs;
  }

  for (let left = random.whole(10, 60); left > 0; left -= 1) {
    const what = random.weighted(
      ['answer', 'restart', 'sleep', 'set'] as const,
      (one) => ({ answer: 30, restart: 1, sleep: 1.3, set: isPcWrong ? 1 : 0 })[one],
    );
    if (what === 'restart') restart();
    else if (what === 'sleep') sleep();
    else if (what === 'set') aheadMs = random.pick(SET_TO_MS);
    else answer(random.chance(0.6) ? random.whole(0, 2_000) : random.whole(2_000, random.pick([MINUTE_MS, 10 * MINUTE_MS])));
  }
  for (let left = 20; left > 0; left -= 1) answer(MINUTE_MS);
  return { wrong, doubtedAtEnd: clock.otherwiseMs() !== null };
}

test('no deadline is decided wrongly where one of Dojo’s servers is hours off, whatever the PC’s clock does', () => {
  const found: number[] = [];
  for (let seed = 1; seed <= 5_000; seed += 1) if (wrongAndSure(seededRandom(seed), true).wrong > 0) found.push(seed);
  expect(found).toEqual([]);
});

test('where all of them agree, nothing is decided wrongly, and the doubt ends within twenty answers', () => {
  const found: number[] = [];
  for (let seed = 1; seed <= 5_000; seed += 1) {
    const { wrong, doubtedAtEnd } = wrongAndSure(seededRandom(seed), false);
    if (wrong > 0 || doubtedAtEnd) found.push(seed);
  }
  expect(found).toEqual([]);
});
