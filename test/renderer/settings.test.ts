import { describe, expect, it } from 'vitest';
import { SHOP_REASONS_MAX } from '../../preload/choices.ts';
import { closingId, closingMinutesOf, closingTimes } from '../../renderer/settings/day-start.ts';
import { moved, reasonProblem } from '../../renderer/settings/reasons.ts';

describe('a reason for a refund', () => {
  it.each([
    ['nothing yet', ['Spilt'], '  ', null],
    ['a new one', ['Spilt'], 'Late', null],
    ['one that is there', ['Spilt'], 'Spilt', '“Spilt” is on the list already.'],
    ['one that is there, written otherwise', ['Returned goods'], ' returned  GOODS', '“returned  GOODS” is on the list already.'],
    ['one too many', Array.from({ length: SHOP_REASONS_MAX }, (_, index) => `Reason ${index}`), 'Late', 'No more than 20 reasons. Remove one first.'],
    ['the first of an empty list', [], 'Late', null],
  ])('%s', (_, reasons, typed, problem) => {
    expect(reasonProblem(reasons, typed)).toBe(problem);
  });

  it('moves a place up or down, and not beyond the ends', () => {
    const list = ['A', 'B', 'C'];
    expect(moved(list, 'B', 'up')).toEqual(['B', 'A', 'C']);
    expect(moved(list, 'B', 'down')).toEqual(['A', 'C', 'B']);
    expect(moved(list, 'A', 'up')).toBe(list);
    expect(moved(list, 'C', 'down')).toBe(list);
    expect(moved(list, 'X', 'up')).toBe(list);
  });
});

describe('the closing time', () => {
  it('is one of the half hours, the one in use, or none', () => {
    expect(closingTimes(null)).toHaveLength(49);
    expect(closingTimes(1055)).toContainEqual({ id: '1055', text: '17:35' });
    expect(closingTimes(1055)[0]).toEqual({ id: 'none', text: 'No closing time' });
  });

  it('comes back as it was chosen', () => {
    for (const minutes of [null, 0, 1055]) expect(closingMinutesOf(closingId(minutes))).toBe(minutes);
  });
});
