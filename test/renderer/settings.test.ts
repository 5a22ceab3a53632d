import { describe, expect, it } from 'vitest';
import { SHOP_REASONS_MAX } from '../../preload/choices.ts';
import { closingId, closingMinutesOf, closingTimes } from '../../renderer/settings/day-start.ts';
import { moved, reasonProblem } from '../../renderer/settings/reasons.ts';
import { zoneOptions, zoneTyped } from '../../renderer/settings/zones.ts';

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

describe('a time zone', () => {
  it('is one of those that the machine knows, each once, the one in use and UTC among them', () => {
    const ids = zoneOptions('GB').map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['Europe/London', 'GB', 'UTC']));
    expect(new Set(ids).size).toBe(ids.length);
    expect(zoneOptions('America/New_York')).toContainEqual({ id: 'America/New_York', text: 'America/New York' });
  });

  it.each([
    ['a city', 'london', 'Europe/London'],
    ['a part that only one has', ' Lond ', 'Europe/London'],
    ['two words', 'new york', 'America/New York'],
    ['all of it', 'Europe/Dublin', 'Europe/Dublin'],
    ['a city whose name is in another’s too', 'vienna', 'Europe/Vienna'],
    ['a name that stands in others’ too', 'UTC', 'UTC'],
  ])('is chosen by %s', (_, typed, text) => {
    const options = [...zoneOptions('UTC'), { id: 'X/New_Vienna', text: 'X/New Vienna' }, { id: 'X/UTC_1', text: 'X/UTC 1' }];
    expect(zoneTyped(options, typed)).toEqual({ kind: 'one', id: text.replaceAll(' ', '_') });
  });

  it.each([
    ['several', 'Europe/', 'several'],
    ['none', 'Lodnon', 'none'],
    ['none, as a scanned code', '5012345678900', 'none'],
  ])('is not guessed where %s fit', (_, typed, kind) => {
    expect(zoneTyped(zoneOptions('UTC'), typed)).toEqual({ kind });
  });
});
