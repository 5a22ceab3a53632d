import { describe, expect, it } from 'vitest';
import { DAY_MS, NOON_MS } from '../builders.ts';
import { aFile, anEntry, opened, rowsOf, tamper } from './a-ledger.ts';

const SIX_YEARS_MS = 2_192 * DAY_MS;
const at = (atMs: number, note = 'x') => anEntry({ atMs, note });

/** A closed ledger with these entries. */
function aLog(...atMs: number[]): string {
  const file = aFile();
  const ledger = opened(file);
  ledger.writeActions(
    [],
    atMs.map((ms) => at(ms)),
  );
  ledger.close();
  return file;
}
const timesIn = (file: string) => rowsOf(file, 'SELECT at FROM activity ORDER BY entry').map((row) => (row as { at: number }).at);

function purged(file: string, beforeMs: number): number[] {
  const ledger = opened(file);
  expect(ledger.purgeActivity(beforeMs).ok).toBe(true);
  ledger.close();
  return timesIn(file);
}

describe('the activity log', () => {
  const old = NOON_MS - SIX_YEARS_MS - DAY_MS;

  it('loses what is older than six years, and nothing else', () => {
    const kept = [NOON_MS - SIX_YEARS_MS, NOON_MS - DAY_MS, NOON_MS];
    expect(purged(aLog(old - DAY_MS, old, ...kept), NOON_MS - SIX_YEARS_MS)).toEqual(kept);
  });

  it('loses nothing before it itself shows that six years have passed, whatever time it is told', () => {
    const all = [NOON_MS - 400 * DAY_MS, NOON_MS - DAY_MS, NOON_MS];
    expect(purged(aLog(...all), NOON_MS + 4_000 * DAY_MS)).toEqual(all);
  });

  it('loses nothing on the word of an entry of the future alone', () => {
    const all = [NOON_MS - 400 * DAY_MS, NOON_MS + 4_000 * DAY_MS, NOON_MS];
    expect(purged(aLog(...all), NOON_MS - SIX_YEARS_MS)).toEqual(all);
  });

  it('loses what is older than six years also behind an entry that is dated in the future, which stays', () => {
    const ahead = NOON_MS + 4_000 * DAY_MS;
    const young = NOON_MS - DAY_MS;
    expect(purged(aLog(old - DAY_MS, ahead, old, young, NOON_MS), NOON_MS - SIX_YEARS_MS)).toEqual([ahead, young, NOON_MS]);
  });

  it('keeps an entry that a PC with a wrong clock dated long ago: those before it are not that old', () => {
    const all = [NOON_MS - DAY_MS, Date.parse('2015-01-01T00:00:00Z'), NOON_MS];
    expect(purged(aLog(...all), NOON_MS - SIX_YEARS_MS)).toEqual(all);
  });

  it('never loses its newest entry, so that a ledger whose end is missing is still known by it', () => {
    const file = aLog(old);
    expect(purged(file, NOON_MS)).toEqual([old]);
  });

  it.each([
    ['changed', `UPDATE activity SET note = ''`],
    ['removed', 'DELETE FROM activity'],
    ['removed by its number', 'DELETE FROM activity WHERE entry = 3'],
    ['replaced', `INSERT OR REPLACE INTO activity (entry, at, what, note) VALUES (3, 1, 'done', 'another')`],
  ])('cannot be %s otherwise', (_, sql) => {
    const all = [old, NOON_MS - SIX_YEARS_MS, NOON_MS];
    const file = aLog(...all);
    expect(() => tamper(file, (db) => db.exec(`PRAGMA recursive_triggers = ON; ${sql}`))).toThrow('append-only');
    expect(timesIn(file)).toEqual(all);
  });

  it('goes on with new numbers after some of it has gone', () => {
    const file = aLog(old, NOON_MS);
    const ledger = opened(file);
    ledger.purgeActivity(NOON_MS - SIX_YEARS_MS);
    ledger.writeActions([], [at(NOON_MS + 1)]);
    ledger.close();
    expect(rowsOf(file, 'SELECT entry FROM activity ORDER BY entry')).toEqual([{ entry: 2 }, { entry: 3 }]);
    // And is not taken for one whose end is missing.
    expect(opened(file).activityOn('pi_test')).toHaveLength(2);
  });
});
