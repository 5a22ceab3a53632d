import { existsSync, mkdirSync, readdirSync, truncateSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SqliteLedger } from '../../main/ledger/open.ts';
import { anAction } from '../builders.ts';
import { aFile, anEntry, beside, failureOf, opened, openedWithNotices, rowsOf, tamper } from './a-ledger.ts';

const decide = (ledger: SqliteLedger, id: string) => ledger.writeActions([anAction({ id })], [anEntry({ actionId: id })]);
const backups = (file: string) => beside(file, 'backup-').map((name) => name.replace('ledger.db.backup-', ''));

describe('a backup whose date only the PC’s clock tells', () => {
  it('takes no other’s place, however far in the future', async () => {
    const file = aFile();
    const ledger = opened(file);
    for (const date of ['2026-06-13', '2026-06-14', '2026-06-15']) {
      decide(ledger, date);
      await ledger.backUp(date, true);
    }
    for (const date of ['2027-07-20', '2028-01-01', '2029-01-01', '2030-01-01']) await ledger.backUp(date, false);
    expect(backups(file)).toEqual(['2026-06-13', '2026-06-14', '2026-06-15', '2030-01-01-pc-clock']);
  });

  it('goes when Dojo has told the date, and is not made beside one of that day', async () => {
    const file = aFile();
    const ledger = opened(file);
    await ledger.backUp('2027-07-20', false);
    await ledger.backUp('2026-06-15', true);
    await ledger.backUp('2026-06-15', false);
    expect(backups(file)).toEqual(['2026-06-15']);
  });

  it('is good enough to come back to where there is no other', async () => {
    const file = aFile();
    const ledger = opened(file);
    decide(ledger, 'kept');
    await ledger.backUp('2027-07-20', false);
    ledger.close();
    truncateSync(file, 0);
    expect(
      opened(file)
        .loadActions(0)
        .actions.map(({ id }) => id),
    ).toEqual(['kept']);
  });
});

describe('backups that an older Tillside dated by the PC’s clock', () => {
  it('in the future push out none that is newer', async () => {
    const file = aFile();
    const ledger = opened(file);
    for (const date of ['2027-07-20', '2027-07-21', '2027-07-22']) await ledger.backUp(date, true);
    for (const date of ['2026-06-13', '2026-06-14', '2026-06-15']) {
      decide(ledger, date);
      await ledger.backUp(date, true);
    }
    expect(backups(file)).toEqual(['2026-06-13', '2026-06-14', '2026-06-15']);
  });

  it('in the future are not the ones that are gone back to', async () => {
    const file = aFile();
    const ledger = opened(file);
    decide(ledger, 'older');
    await ledger.backUp('2027-07-20', true);
    decide(ledger, 'newer');
    await ledger.backUp('2026-06-15', true);
    ledger.close();
    truncateSync(file, 0);
    const { ledger: restored, notices } = openedWithNotices(file);
    expect(restored.loadActions(0).actions.map(({ id }) => id)).toEqual(['older', 'newer']);
    expect(notices[0]?.message).toContain('2026-06-15');
  });

  it('are told apart by their number where nothing was decided between them', async () => {
    const file = aFile();
    const ledger = opened(file);
    await ledger.backUp('2027-07-20', true);
    ledger.writeFact('salt', 'later');
    await ledger.backUp('2026-06-15', true);
    ledger.close();
    truncateSync(file, 0);
    expect(opened(file).readFact('salt')).toBe('later');
  });
});

describe('a damaged backup', () => {
  it('that says it reaches further is set aside when it is met, and pushes out none of those made afterwards', async () => {
    const file = aFile();
    const ledger = opened(file);
    decide(ledger, 'older');
    await ledger.backUp('2026-06-13', true);
    for (let more = 0; more < 50; more += 1) decide(ledger, `newer ${more}`);
    await ledger.backUp('2026-06-14', true);
    ledger.close();
    // It can be opened, and says how far it reaches; its actions are gone.
    tamper(`${file}.backup-2026-06-14`, (db) => db.exec('DROP TABLE actions'));
    truncateSync(file, 0);
    const restored = opened(file);
    expect(restored.loadActions(0).actions.map(({ id }) => id)).toEqual(['older']);
    expect(readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.backup-2026-06-14.damaged-`))).toHaveLength(1);
    for (const date of ['2026-06-15', '2026-06-16', '2026-06-17']) await restored.backUp(date, true);
    expect(existsSync(`${file}.backup-2026-06-17`)).toBe(true);
    expect(backups(file).filter((name) => !name.includes('damaged'))).toEqual(['2026-06-15', '2026-06-16', '2026-06-17']);
  });
});

describe('backups of a newer Tillside', () => {
  it('are left to it, and push out none of those made since', async () => {
    const file = aFile();
    const newer = opened(file);
    for (const date of ['2026-06-10', '2026-06-11', '2026-06-12']) {
      for (const nth of [1, 2, 3, 4]) decide(newer, `${date} ${nth}`);
      await newer.backUp(date, true);
    }
    await newer.backUp('2027-07-20', false);
    newer.close();
    for (const name of beside(file, 'backup-'))
      tamper(join(dirname(file), name), (db) => {
        db.exec(`UPDATE facts SET value = '99' WHERE name = 'version'`);
        db.pragma('user_version = 99');
      });
    truncateSync(file, 0);
    const ledger = opened(file);
    for (const date of ['2026-06-13', '2026-06-14', '2026-06-15', '2026-06-16']) {
      decide(ledger, date);
      await ledger.backUp(date, true);
    }
    const theirs = ['2026-06-10', '2026-06-11', '2026-06-12'];
    expect(backups(file)).toEqual([...theirs, '2026-06-14', '2026-06-15', '2026-06-16', '2027-07-20-pc-clock']);
  });
});

describe('a backup that another program holds', () => {
  /** Three days, of which the newest's backup is held. */
  async function held() {
    const file = aFile();
    const ledger = opened(file);
    for (const date of ['2026-06-12', '2026-06-13', '2026-06-14']) {
      decide(ledger, date);
      await ledger.backUp(date, true);
    }
    const other = new Database(`${file}.backup-2026-06-14`);
    onTestFinished(() => void other.close());
    other.exec('BEGIN EXCLUSIVE');
    return { file, ledger, letGo: () => other.exec('ROLLBACK') };
  }

  it('is not taken for the worst: nothing goes before all can be looked at', async () => {
    const { file, ledger, letGo } = await held();
    decide(ledger, '2026-06-15');
    expect(await ledger.backUp('2026-06-15', true)).toEqual({ ok: true, value: null });
    expect(backups(file)).toEqual(['2026-06-12', '2026-06-13', '2026-06-14', '2026-06-15']);
    letGo();
    decide(ledger, '2026-06-16');
    await ledger.backUp('2026-06-16', true);
    expect(backups(file)).toEqual(['2026-06-14', '2026-06-15', '2026-06-16']);
  });

  it('is waited for where there is nothing better to come back to, and the damaged ledger stays until then', async () => {
    const { file, ledger, letGo } = await held();
    ledger.close();
    truncateSync(file, 0);
    expect(failureOf(file)).toMatchObject({ code: 'busy' });
    expect([existsSync(file), ...beside(file, 'damaged-')]).toEqual([true]);
    letGo();
    const ids = opened(file)
      .loadActions(0)
      .actions.map(({ id }) => id);
    expect(ids).toEqual(['2026-06-12', '2026-06-13', '2026-06-14']);
  });
});

describe('a backup that the disk never gives', () => {
  // As one on a bad sector, or of another user: it cannot be opened.
  const unopenable = (file: string) => mkdirSync(`${file}.backup-2026-06-01`);

  it('stays where it is, and the others come and go as ever', async () => {
    const file = aFile();
    const ledger = opened(file);
    unopenable(file);
    for (let day = 10; day < 20; day += 1) {
      decide(ledger, `d${day}`);
      expect(await ledger.backUp(`2026-06-${day}`, true)).toMatchObject({ ok: true });
    }
    expect(backups(file)).toEqual(['2026-06-01', '2026-06-17', '2026-06-18', '2026-06-19']);
  });

  it('keeps a damaged ledger from no other', async () => {
    const file = aFile();
    const ledger = opened(file);
    for (const day of [10, 11, 12]) {
      decide(ledger, `d${day}`);
      await ledger.backUp(`2026-06-${day}`, true);
    }
    ledger.close();
    unopenable(file);
    truncateSync(file, 0);
    expect(openedWithNotices(file).notices).toMatchObject([{ code: 'ledger-restored' }]);
  });
});

describe('a ledger that is closed while it is being backed up', () => {
  it('says nothing of it and leaves the older backups', async () => {
    const file = aFile();
    const ledger = opened(file);
    await ledger.backUp('2026-06-14', true);
    const backingUp = ledger.backUp('2026-06-15', true);
    ledger.close();
    expect(await backingUp).toEqual({ ok: true, value: null });
    opened(file).close();
    expect(backups(file)).toContain('2026-06-14');
    expect(beside(file, 'backing-up')).toEqual([]);
    expect(rowsOf(`${file}.backup-2026-06-14`, 'SELECT count(*) AS facts FROM facts')).toHaveLength(1);
  });
});
