import { expect, test } from 'vitest';
import { createTurns } from '../../main/sync/turns.ts';

test('each has its turn, and whoever waits longest is first', () => {
  const turns = createTurns(2);
  const ids = ['a', 'b', 'c', 'd', 'e'];
  expect([turns.next(ids), turns.next(ids), turns.next(ids)]).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['e', 'a'],
  ]);
});

test('one that comes twice has one turn', () => {
  expect(createTurns(2).next(['a', 'a', 'b'])).toEqual(['a', 'b']);
});

test('one that was away is new', () => {
  const turns = createTurns(1);
  turns.next(['a', 'b']);
  turns.next(['b']);
  expect(turns.next(['b', 'a'])).toEqual(['a']);
});

test('who did not have it is next', () => {
  const turns = createTurns(2);
  turns.giveBack(turns.next(['a', 'b', 'c']).slice(1));
  expect(turns.next(['a', 'b', 'c'])).toEqual(['b', 'c']);
});
