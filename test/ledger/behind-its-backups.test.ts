import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLedger, type SqliteLedger } from '../../main/ledger/open.ts';
import { anAction, NOON_MS } from '../builders.ts';
import { aFile, anEntry, beside, noise, opened, openedWithNotices, rowsOf, tamper } from './a-ledger.ts';

const decide = (ledger: SqliteLedger, id: string) => ledger.writeActions([anAction({ id })], [anEntry({ actionId: id })]);
const idsIn = (ledger: SqliteLedger) => ledger.loadActions(0).actions.map(({ id }) => id);
const backups = (file: string) =>
  beside(file, 'backup-')
    .filter((name) => !name.includes('damaged'))
    .map((name) => name.replace('ledger.db.backup-', ''));
const codesAt = (file: string) => {
  const { ledger, notices } = openedWithNotices(file);
  ledger.close();
  return notices.map(({ code }) => code);
};

/** A closed ledger with so many decisions, each in a backup of its day. */
async function withBackups(dates: readonly string[]): Promise<string> {
  const file = aFile();
  const ledger = opened(file);
  for (const date of dates) {
    decide(ledger, date);
    await ledger.backUp(date, true);
  }
  ledger.close();
  return file;
}

describe('a ledger that a backup reaches further than', () => {
  /** What is left where the power goes, and the WAL with it: the ledger's own file is as far as its last checkpoint. */
  async function withoutWal(): Promise<string> {
    const running = aFile();
    const ledger = opened(running);
    for (const nth of [1, 2, 3]) decide(ledger, `accepted ${nth}`);
    await ledger.backUp('2026-06-15', true);
    decide(ledger, 'after the backup');
    const file = aFile();
    for (const part of ['', '.mark', '.backup-2026-06-15']) copyFileSync(`${running}${part}`, `${file}${part}`);
    return file;
  }

  it('for its WAL is gone goes back to it, and is kept beside', async () => {
    const file = await withoutWal();
    const before = readFileSync(file);
    const { ledger, notices } = openedWithNotices(file);
    expect(ledger.loadActions(0).actions).toMatchObject(['accepted 1', 'accepted 2', 'accepted 3'].map((id) => ({ id, state: 'needsPerson' })));
    expect(notices).toMatchObject([
      { code: 'ledger-restored', message: expect.stringMatching(/backup of 2026-06-15.*may be missing.*3 actions that were open.*kept as/) },
    ]);
    const [kept] = beside(file, 'damaged-');
    expect(readFileSync(join(dirname(file), String(kept))).equals(before)).toBe(true);
    ledger.close();
    expect(codesAt(file)).toEqual([]);
  });

  it('for its WAL is gone, and the mark with it, does so too', async () => {
    const file = await withoutWal();
    rmSync(`${file}.mark`);
    expect(idsIn(opened(file))).toEqual(['accepted 1', 'accepted 2', 'accepted 3']);
  });

  it('goes on without the lost part where that backup is damaged, and says so once', async () => {
    const file = await withoutWal();
    const backup = `${file}.backup-2026-06-15`;
    tamper(backup, (db) => db.exec('DROP TABLE actions'));
    expect(codesAt(file)).toEqual(['ledger-cut-short']);
    expect([existsSync(backup), codesAt(file)]).toEqual([false, []]);
  });

  it('goes on without the lost part where that backup is a newer Tillside’s, and says that it was not used', async () => {
    const file = await withoutWal();
    tamper(`${file}.backup-2026-06-15`, (db) => {
      db.exec("UPDATE facts SET value = '99' WHERE name = 'version'");
      db.pragma('user_version = 99');
    });
    expect(openedWithNotices(file).notices).toMatchObject([
      { code: 'ledger-cut-short', message: expect.stringContaining('One backup of a newer Tillside could not be used') },
    ]);
  });

  it('as an older copy of the folder lies over today’s: what was removed since does not wait again', async () => {
    const file = aFile();
    const folder = dirname(file);
    const waits = anAction({ id: 'waits', state: 'waiting' });
    let ledger = opened(file);
    ledger.writeActions([waits, anAction({ id: 'too', state: 'waiting' })], [anEntry()]);
    await ledger.backUp('2026-06-14', true);
    ledger.close();
    cpSync(folder, `${folder}-copy`, { recursive: true });
    ledger = opened(file);
    ledger.writeActions([{ ...waits, state: 'withdrawn', changedAtMs: waits.changedAtMs + 1 }], [anEntry({ what: 'withdrawn' })]);
    await ledger.backUp('2026-06-15', true);
    ledger.close();
    cpSync(`${folder}-copy`, folder, { recursive: true });
    rmSync(`${folder}-copy`, { recursive: true });
    const { ledger: found, notices } = openedWithNotices(file);
    const said = /^The file .* is older than its backup\. Tillside went back to its backup of 2026-06-15: .* The older file is kept as “.*”\.$/;
    expect(notices).toMatchObject([{ code: 'ledger-restored', message: expect.stringMatching(said) }]);
    expect(found.loadActions(0).actions).toMatchObject([
      { id: 'waits', state: 'withdrawn' },
      { id: 'too', state: 'needsPerson', outcome: { code: 'restored' } },
    ]);
  });

  it('and that went another way since keeps what was decided in it; what is open is a person’s', async () => {
    const file = await withBackups(['2026-06-13']);
    const older = readFileSync(file);
    const ledger = opened(file);
    for (const nth of [1, 2, 3]) decide(ledger, `abandoned ${nth}`);
    await ledger.backUp('2026-06-14', true);
    ledger.close();
    // As where the older copy was worked on elsewhere.
    const elsewhere = aFile();
    writeFileSync(elsewhere, older);
    const other = opened(elsewhere);
    decide(other, 'its own');
    other.close();
    for (const part of ['', '.mark']) copyFileSync(`${elsewhere}${part}`, `${file}${part}`);
    const { ledger: found, notices } = openedWithNotices(file);
    const said = /^The newest part of the queue and history is gone from its file: .* The incomplete file is kept as “.*”\.$/;
    expect(notices).toMatchObject([{ code: 'ledger-cut-short', message: expect.stringMatching(said) }]);
    expect(found.loadActions(0).actions).toMatchObject([
      { id: '2026-06-13', state: 'needsPerson' },
      { id: 'its own', state: 'needsPerson' },
    ]);
    found.close();
    expect(codesAt(file)).toEqual([]);
  });
});

describe('a ledger that has lost nothing', () => {
  it('is not held up by a program that holds a backup', async () => {
    const file = await withBackups(['2026-06-14']);
    const other = new Database(`${file}.backup-2026-06-14`);
    other.exec('BEGIN EXCLUSIVE');
    expect(codesAt(file)).toEqual([]);
    other.close();
  });

  it('does not believe a damaged number in a backup', async () => {
    const file = await withBackups(['2026-06-14']);
    tamper(`${file}.backup-2026-06-14`, (db) => {
      db.exec(`INSERT INTO activity (entry, at, what, note, till_id) SELECT 4611686018427387904, at, what, note, till_id FROM activity;
        UPDATE sqlite_sequence SET seq = 1 WHERE name = 'activity'`);
    });
    expect(codesAt(file)).toEqual([]);
  });
});

describe('what another program holds', () => {
  it('is tried again later: each try takes a moment, and leaves no copy behind', () => {
    const running = aFile();
    const ledger = opened(running);
    decide(ledger, 'newest');
    const file = aFile();
    // What the WAL has is missing.
    for (const part of ['', '.mark']) copyFileSync(`${running}${part}`, `${file}${part}`);
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    for (const nowMs of [NOON_MS, NOON_MS + 1]) expect(openLedger({ file, nowMs })).toMatchObject({ failure: { code: 'busy' } });
    expect(beside(file, 'damaged-')).toEqual([]);
    other.exec('ROLLBACK');
    expect(codesAt(file)).toEqual(['ledger-cut-short']);
  });
});

describe('what goes on after a loss', () => {
  const DAYS = ['2026-06-10', '2026-06-11', '2026-06-12'];
  const newestEntry = (file: string) => (rowsOf(file, 'SELECT entry, what, note FROM activity ORDER BY entry DESC LIMIT 1') as { entry: number }[])[0];

  it.each<[string, (file: string) => void, string]>([
    ['cut short', (file) => tamper(file, (db) => db.exec('DROP TRIGGER activity_is_not_removed; DELETE FROM activity WHERE entry > 2')), 'ledger-restored'],
    ['damaged', (file) => truncateSync(file, 0), 'ledger-restored'],
    ['missing', (file) => rmSync(file), 'ledger-restored'],
    [
      'damaged, with all its backups',
      (file) => [file, ...DAYS.map((day) => `${file}.backup-${day}`)].map((each) => writeFileSync(each, noise(9_000))),
      'ledger-empty',
    ],
  ])('of one that is %s is numbered above the mark and every backup, and told once', async (_, lose, code) => {
    const file = await withBackups(DAYS);
    const ledger = opened(file);
    for (const nth of [1, 2, 3, 4, 5]) decide(ledger, `after the backup ${nth}`);
    ledger.close();
    lose(file);
    expect(codesAt(file)).toEqual([code]);
    expect(newestEntry(file)).toEqual({ entry: 9, what: code, note: expect.stringMatching(/^goes on as till [0-9a-f-]{36}$/) });
    expect(codesAt(file)).toEqual([]);
  });

  it('without its end is numbered above the mark', async () => {
    const file = await withBackups(['2026-06-10']);
    const older = readFileSync(file);
    const ledger = opened(file);
    for (const nth of [1, 2, 3]) decide(ledger, `lost ${nth}`);
    ledger.close();
    writeFileSync(file, older);
    expect(codesAt(file)).toEqual(['ledger-cut-short']);
    expect(newestEntry(file)).toMatchObject({ entry: 5, what: 'ledger-cut-short' });
  });

  it('outranks the backups of what was abandoned: its own stay, and are gone back to', async () => {
    const file = aFile();
    let ledger = opened(file);
    decide(ledger, 'first');
    await ledger.backUp('2026-06-09', true);
    for (const date of ['2026-06-10', '2026-06-11']) {
      for (const nth of [1, 2, 3, 4, 5, 6, 7, 8]) decide(ledger, `${date} ${nth}`);
      await ledger.backUp(date, true);
    }
    ledger.close();
    // A newer Tillside's by what they say of themselves: they stay, and nothing can be gone back to but the oldest.
    const newer = (version: number) => (db: Database.Database) => {
      db.exec(`UPDATE facts SET value = '${version}' WHERE name = 'version'`);
      db.pragma(`user_version = ${version}`);
    };
    const version = Number(Object.values((rowsOf(file, 'PRAGMA user_version') as object[])[0] ?? {})[0]);
    const theirs = DAYS.slice(0, 2).map((day) => `${file}.backup-${day}`);
    for (const each of theirs) tamper(each, newer(99));
    truncateSync(file, 0);
    ledger = opened(file);
    expect(idsIn(ledger)).toEqual(['first']);
    // The newer one is installed again, and can read them.
    for (const each of theirs) tamper(each, newer(version));
    for (const date of ['2026-06-13', '2026-06-14', '2026-06-15', '2026-06-16']) {
      decide(ledger, `after ${date}`);
      await ledger.backUp(date, true);
    }
    ledger.close();
    expect(backups(file)).toEqual(['2026-06-14', '2026-06-15', '2026-06-16']);
    truncateSync(file, 0);
    expect(idsIn(opened(file))).toContain('after 2026-06-16');
  });
});

describe('where no ledger lies', () => {
  it.each<[string, (backup: string) => void]>([
    ['is damaged', (backup) => writeFileSync(backup, noise(9_000))],
    // As one on a bad sector, or of another user: it cannot be opened.
    ['the disk does not give', (backup) => mkdirSync(backup)],
  ])('there was one, where there is a backup that %s', (_, leave) => {
    const file = aFile();
    leave(`${file}.backup-2026-06-14`);
    expect(codesAt(file)).toEqual(['ledger-empty']);
    expect(codesAt(file)).toEqual([]);
  });
});
