import { expect, it } from 'vitest';
import { afterTimeout, halfTheLanes, laneFreedInMs, lanesTaken, oneMoreLane } from '../../../main/core/queue/lanes.ts';
import type { Busy } from '../../../main/core/queue/queue-state.ts';

/** Requests on the wire, by the moment each began. */
const busySince = (...sinceMonotonicMs: readonly number[]) => ({
  busy: new Map<string, Busy>(sinceMonotonicMs.map((ms, index) => [`a${index}`, { what: 'reading', sinceMonotonicMs: ms }])),
});
const times = (count: number, ms: number) => Array.from({ length: count }, () => ms);

it.each<readonly [string, readonly number[], number, number]>([
  ['nothing on the wire', [], 5_000, 0],
  ['a request just begun', [5_000], 5_000, 1],
  ['one that hangs for a moment less than three seconds', [0], 2_999, 1],
  ['one that hangs for three seconds', [0], 3_000, 0],
  ['one that hangs beside one that does not', [0, 4_000], 5_000, 1],
  ['24 that hang', times(24, 0), 5_000, 0],
  ['25 that hang', times(25, 0), 5_000, 1],
])('lanes taken by %s', (_, since, atMs, taken) => {
  expect(lanesTaken(busySince(...since), atMs)).toBe(taken);
});

it.each<readonly [string, readonly number[], number, number | null]>([
  ['nothing on the wire', [], 5_000, null],
  ['one that began just now', [5_000], 5_000, 3_000],
  ['the one that began first', [4_000, 5_000], 5_000, 2_000],
  ['one of which a moment is left', [2_001], 5_000, 1],
  ['none, where the only one hangs already', [2_000], 5_000, null],
  ['the next, where another hangs already', [0, 4_500], 5_000, 2_500],
])('the next lane is given free by %s', (_, since, atMs, inMs) => {
  expect(laneFreedInMs(busySince(...since), atMs)).toBe(inMs);
});

it.each([
  [1, 2, 1],
  [2, 3, 1],
  [5, 6, 2],
  [7, 8, 3],
  [8, 8, 4],
])('%i lanes are %i after a clean answer and %i where Dojo is busy', (lanes, more, half) => {
  const pace = { lanes, timeouts: [] };
  expect(oneMoreLane(pace)).toEqual({ lanes: more });
  expect(halfTheLanes(pace)).toEqual({ lanes: half });
});

/** Time-outs one after the other, `p1@0` one of payment p1 at that moment, on a till with eight lanes. */
const afterTimeouts = (timeouts: string) =>
  timeouts.split(' ').reduce<Parameters<typeof afterTimeout>[0]>(
    (pace, timeout) => {
      const [paymentId = '', atMs] = timeout.split('@');
      return afterTimeout(pace, paymentId, Number(atMs));
    },
    { lanes: 8, timeouts: [] },
  );

it.each([
  ['one payment', 'p1@0', 8],
  ['one payment three times', 'p1@0 p1@1 p1@2', 8],
  ['two payments', 'p1@0 p2@1', 8],
  ['three payments within exactly ten seconds', 'p1@0 p2@1 p3@10000', 4],
  ['three payments within a moment more', 'p1@0 p2@1 p3@10001', 8],
  ['three payments, the first of them once more in between', 'p1@0 p2@9000 p1@9001 p3@12000', 4],
])('time-outs of %s', (_, timeouts, lanes) => {
  expect(afterTimeouts(timeouts).lanes).toBe(lanes);
});

it('time-outs that halved the lanes are not counted again', () => {
  const halved = afterTimeouts('p1@0 p2@1 p3@2');
  expect(halved).toEqual({ lanes: 4, timeouts: [] });
  expect(afterTimeout(halved, 'p4', 3)).toEqual({ lanes: 4, timeouts: [{ paymentId: 'p4', atMonotonicMs: 3 }] });
});
