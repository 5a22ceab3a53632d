import { describe, expect, it } from 'vitest';
import type { SearchQuery } from '../../main/simulator/search.ts';
import { ACCOUNT, aBank, aHold, anUnpaid, aSale, HOUR_MS, NOON_MS } from './a-bank.ts';

/** `count` sales, one a minute; the newest at noon. */
function shopOf(count: number, switches = {}) {
  const bank = aBank({ switches });
  for (let i = count - 1; i >= 0; i -= 1) bank.addPayment(aSale({ reference: `#${count - i}`, createdAtMs: NOON_MS - i * 60_000 }), NOON_MS);
  const page = (query: SearchQuery) => {
    const result = bank.search(ACCOUNT, query, NOON_MS);
    if (!result.ok) throw new Error(result.error.detail);
    return { references: result.value.intents.map(({ reference }) => reference), before: result.value.before, after: result.value.after };
  };
  const everyPage = (query: SearchQuery, between: () => void = () => undefined) => {
    const pages: string[][] = [];
    let after: string | null = null;
    do {
      const found = page({ ...query, after });
      pages.push(found.references);
      after = found.after;
      between();
    } while (after !== null);
    return pages;
  };
  return { bank, page, everyPage };
}

describe('a search', () => {
  it('gives the newest first, 50 to a page', () => {
    const { page } = shopOf(60);
    const first = page({});
    expect(first.references).toHaveLength(50);
    expect(first.references[0]).toBe('#60');
    expect(first.before).toBeNull();
    expect(page({ after: first.after }).references.at(-1)).toBe('#1');
  });

  it('ends without a cursor, also where the last page is full', () => {
    expect(shopOf(4).everyPage({ limit: 2 })).toEqual([
      ['#4', '#3'],
      ['#2', '#1'],
    ]);
  });

  it('goes back with before', () => {
    const { page } = shopOf(6);
    const second = page({ limit: 2, after: page({ limit: 2 }).after });
    expect(second.references).toEqual(['#4', '#3']);
    expect(page({ limit: 2, before: second.before }).references).toEqual(['#6', '#5']);
  });

  it('gives the oldest first where the switch says so', () => {
    expect(shopOf(3, { searchOldestFirst: true }).page({}).references).toEqual(['#1', '#2', '#3']);
  });

  it('repeats a payment where another arrives between two pages', () => {
    const { bank, everyPage } = shopOf(4);
    const arrive = () => bank.intents().length < 5 && bank.addPayment(aSale({ reference: 'new', createdAtMs: NOON_MS }), NOON_MS);
    expect(everyPage({ limit: 2 }, arrive)).toEqual([['#4', '#3'], ['#3', '#2'], ['#1']]);
  });

  it('repeats nothing with stable cursors', () => {
    const { bank, everyPage } = shopOf(4, { stableCursors: true });
    const arrive = () => bank.intents().length < 5 && bank.addPayment(aSale({ reference: 'new', createdAtMs: NOON_MS }), NOON_MS);
    expect(everyPage({ limit: 2 }, arrive)).toEqual([
      ['#4', '#3'],
      ['#2', '#1'],
    ]);
  });

  it('finds by status and by date', () => {
    const bank = aBank();
    bank.addPayment(aSale({ reference: 'sale', createdAtMs: NOON_MS - HOUR_MS }), NOON_MS);
    bank.addPayment(aHold({ reference: 'hold', createdAtMs: NOON_MS - 2 * HOUR_MS }), NOON_MS);
    bank.addPayment(anUnpaid({ reference: 'unpaid', createdAtMs: NOON_MS - 3 * HOUR_MS }), NOON_MS);
    const found = (query: SearchQuery) => {
      const result = bank.search(ACCOUNT, query, NOON_MS);
      return result.ok ? result.value.intents.map(({ reference }) => reference) : null;
    };
    expect(found({ statuses: ['Authorized', 'Created'] })).toEqual(['hold', 'unpaid']);
    expect(found({ statuses: [] })).toEqual(['sale', 'hold', 'unpaid']);
    expect(found({ startAtMs: NOON_MS - 2 * HOUR_MS })).toEqual(['sale', 'hold']);
    expect(found({ endAtMs: NOON_MS - 2 * HOUR_MS })).toEqual(['hold', 'unpaid']);
  });

  it('refuses two cursors at once, and one it did not give', () => {
    const { bank, page } = shopOf(3);
    const { after } = page({ limit: 1 });
    for (const query of [{ before: after, after }, { after: 'not-a-cursor' }, { after: 'e30' }])
      expect(bank.search(ACCOUNT, query, NOON_MS)).toMatchObject({ ok: false, error: { status: 400 } });
  });
});
