import { beforeEach, describe, expect, it } from 'vitest';
import { foundInWords } from '../../renderer/today/found-words.ts';
import { backToDay, clearSearch, goTo, resetView, searchAllDays, setFilter, setSearch, showDay, useView } from '../../renderer/view.ts';

describe('a search over all days, in words', () => {
  it.each([
    [3, false, '3 payments with “4242”.'],
    [0, false, 'No payment with “4242”.'],
    [1, false, '1 payment with “4242”.'],
    [200, true, 'The newest 200 payments with “4242”. There are more: type more of it to narrow the search.'],
  ])('%d found, cut: %s', (count, isCut, words) => {
    expect(foundInWords({ payments: Array.from({ length: count }), isCut, searchedFor: '4242' })).toBe(words);
  });
});

describe('going to all days and back', () => {
  beforeEach(resetView);
  it('keeps what was typed, and shows every state of it', () => {
    setSearch('4242');
    setFilter('paid');
    searchAllDays();
    expect(useView.getState()).toMatchObject({ isAllDays: true, search: '4242', filter: 'all' });
    backToDay();
    expect(useView.getState()).toMatchObject({ isAllDays: false, search: '4242' });
  });

  it.each([
    ['choosing a day', () => showDay('2026-11-01')],
    ['clearing the search', clearSearch],
    ['going to today, as F2 and Esc do', () => goTo('today')],
    ['another account', resetView],
  ])('ends with %s', (_, leave) => {
    searchAllDays();
    leave();
    expect(useView.getState().isAllDays).toBe(false);
  });

  it('stays while the search is emptied to type another', () => {
    searchAllDays();
    setSearch('');
    expect(useView.getState().isAllDays).toBe(true);
  });
});
