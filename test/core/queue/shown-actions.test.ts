import { describe, expect, test } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { shownActions } from '../../../main/core/queue/shown-actions.ts';
import { anAction, HOUR_MS, NOON_MS } from '../../builders.ts';

const ended = (changes: Partial<Action>): Action =>
  anAction({ state: 'done', acceptedAtMs: NOON_MS - 2 * HOUR_MS, changedAtMs: NOON_MS - HOUR_MS, ...changes });
const nobody = () => false;

describe('what the page is given of the actions', () => {
  test.each<readonly [string, Partial<Action>, boolean]>([
    ['is open', { state: 'needsPerson' }, true],
    ['has ended in the first moment of the time', { changedAtMs: NOON_MS }, true],
    ['ended before it', { changedAtMs: NOON_MS - 1 }, false],
    // Its end was dated anew by a clock that was put back.
    ['was accepted in it', { acceptedAtMs: NOON_MS, changedAtMs: NOON_MS - 1 }, true],
  ])('one that %s: $2', (_, changes, isThere) => {
    expect(shownActions([ended(changes)], NOON_MS, nobody)).toHaveLength(isThere ? 1 : 0);
  });

  test('has what nobody has seen the end of, however old', () => {
    const [old, other] = [ended({ id: 'a1' }), ended({ id: 'a2' })];
    expect(shownActions([old, other], NOON_MS, (action) => action === old)).toEqual([old]);
  });

  test('has all of a run of which one is in it, in their order', () => {
    const [first, alone, last] = [ended({ id: 'a1', runId: 'run' }), ended({ id: 'a2' }), ended({ id: 'a3', runId: 'run', changedAtMs: NOON_MS })];
    expect(shownActions([first, alone, last], NOON_MS, nobody)).toEqual([first, last]);
    expect(shownActions([first, alone], NOON_MS, nobody)).toEqual([]);
  });
});
