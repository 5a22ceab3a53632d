import { expect, test } from 'vitest';
import { createReadAfterMove } from '../../main/sync/read-after-move.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** When one that nobody can read is due, over an hour of readings every second. */
function timesDue(moves = createReadAfterMove()): number[] {
  moves.moved('pi_1', 0);
  return Array.from({ length: 3_600 }, (_, second) => second).filter((second) => moves.due(second * SECOND).length > 0);
}

test('one that was not read is due again, more and more rarely, and at least every ten minutes', () => {
  expect(timesDue()).toEqual([2, 6, 14, 30, 62, 126, 254, 510, 1_022, 1_622, 2_222, 2_822, 3_422]);
});

test('one that was read since it moved is due no more; a reading that was asked for before that tells nothing of the move', () => {
  const moves = createReadAfterMove();
  moves.moved('pi_1', MINUTE);
  moves.moved('pi_2', MINUTE);
  moves.read('pi_1', MINUTE);
  moves.read('pi_2', MINUTE - 1);
  moves.read('pi_3', MINUTE);
  expect(moves.due(MINUTE + 2 * SECOND - 1)).toEqual([]);
  expect(moves.due(MINUTE + 2 * SECOND)).toEqual(['pi_2']);
  // Between its turns a reading may come by another way.
  moves.read('pi_2', MINUTE - 1);
  expect(moves.due(2 * MINUTE)).toEqual(['pi_2']);
});

test('one that moves again begins anew', () => {
  const moves = createReadAfterMove();
  expect(timesDue(moves).length).toBeGreaterThan(10);
  expect(timesDue(moves).slice(0, 3)).toEqual([2, 6, 14]);
});

test('of another account nothing is due', () => {
  const moves = createReadAfterMove();
  moves.moved('pi_1', 0);
  moves.clear();
  expect(moves.due(MINUTE)).toEqual([]);
});
