import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anAction, anOutcome, NOON_MS } from '../builders.ts';
import { aFile, beside, filled, noise, opened, openedWithNotices, rowsOf, tamper } from './a-ledger.ts';

const LATER_MS = NOON_MS + 3_600_000;

const DAMAGES: readonly [string, (file: string) => void][] = [
  ['is cut short by half', (file) => truncateSync(file, readFileSync(file).length / 2)],
  ['is cut short in its last page', (file) => truncateSync(file, readFileSync(file).length - 100)],
  ['has no bytes', (file) => truncateSync(file, 0)],
  ['is not a database', (file) => writeFileSync(file, 'Dear diary, today the till was busy. '.repeat(500))],
  ['is noise', (file) => writeFileSync(file, noise(40_000))],
  ['is noise after its first page', (file) => writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, 4096), noise(60_000)]))],
  ['has a zeroed header', (file) => writeFileSync(file, Buffer.concat([Buffer.alloc(100), readFileSync(file).subarray(100)]))],
  [
    'is another program’s database',
    (file) => {
      rmSync(file);
      tamper(file, (db) => db.exec('CREATE TABLE recipes (name)'));
    },
  ],
  ['lacks a row of an index', (file) => tamper(file, (db) => rewriteIndex(db))],
];

/** Makes an index forget its rows while its table keeps them: what a torn write can do. */
function rewriteIndex(db: Parameters<Parameters<typeof tamper>[1]>[0]): void {
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  db.exec(`UPDATE sqlite_schema SET sql = replace(sql, 'account_id, payment_id, seq', 'account_id, payment_id, changed_at') WHERE name = 'actions_by_payment'`);
}

describe.each(DAMAGES)('a ledger whose file %s', (_, damage) => {
  it('is kept, byte for byte, and an empty one takes its place with a notice', () => {
    const file = filled();
    damage(file);
    const damagedBytes = readFileSync(file);
    const { ledger, notices } = openedWithNotices(file, { nowMs: LATER_MS });
    expect(ledger.loadActions(0)).toMatchObject({ actions: [], setAside: 0 });
    expect(notices).toMatchObject([{ code: 'ledger-empty', message: expect.stringMatching(/no good backup.*will not be sent.*compare with Dojo/) }]);
    const [kept] = beside(file, 'damaged-').filter((name) => !/-(wal|shm)$/.test(name));
    expect(kept).toBe('ledger.db.damaged-2026-06-15T12-00-00-000Z');
    expect(notices[0]?.message).toContain(join(dirname(file), String(kept)));
    expect(readFileSync(join(dirname(file), String(kept))).equals(damagedBytes)).toBe(true);
    // The new one works, and there is nothing to say the next time.
    ledger.writeActions([anAction({ id: 'fresh' })], []);
    ledger.close();
    const again = openedWithNotices(file);
    expect(again.notices).toEqual([]);
    expect(again.ledger.loadActions(0).actions.map((action) => action.id)).toEqual(['fresh']);
  });

  it('gives way to its newest good backup', async () => {
    const file = filled();
    const ledger = opened(file);
    const ended = anAction({ id: 'ended', state: 'done', outcome: anOutcome(), changedAtMs: NOON_MS });
    ledger.writeActions([ended], []);
    await ledger.backUp('2026-06-14', true);
    ledger.writeActions([anAction({ id: 'after the backup' })], []);
    ledger.close();
    damage(file);
    const { ledger: restored, notices } = openedWithNotices(file, { nowMs: LATER_MS });
    const ids = restored.loadActions(0).actions.map((action) => action.id);
    expect(ids).toHaveLength(201);
    expect(ids).not.toContain('after the backup');
    expect(restored.findRequest(ended.requestId)).toEqual(ended);
    expect(notices).toMatchObject([{ code: 'ledger-restored', message: expect.stringMatching(/backup of 2026-06-14.*may be missing.*200 actions.*kept as/) }]);
    expect(beside(file, 'backup-')).toEqual(['ledger.db.backup-2026-06-14']);
  });
});

describe('a ledger restored from a backup', () => {
  it.each(['waiting', 'sending', 'checking', 'needsPerson'] as const)('sends nothing of what was %s then: it may have been done since', async (state) => {
    const file = aFile();
    const ledger = opened(file);
    const sent = state === 'waiting' ? {} : { sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS };
    const action = anAction({ state, ...sent });
    ledger.writeActions([action], []);
    await ledger.backUp('2026-06-15', true);
    ledger.writeActions([{ ...action, state: 'done' }], []);
    ledger.close();
    writeFileSync(file, noise(10_000));
    expect(opened(file, { nowMs: LATER_MS }).loadActions(0).actions).toEqual([
      {
        ...action,
        state: 'needsPerson',
        changedAtMs: LATER_MS,
        outcome: anOutcome({
          code: 'restored',
          settledBy: 'till',
          message: expect.stringContaining('backup of 2026-06-15'),
          next: expect.stringContaining('Look it up in Dojo'),
        }),
      },
    ]);
  });

  it('passes over a backup that is damaged too, and leaves it where it is', async () => {
    const file = aFile();
    const ledger = opened(file);
    ledger.writeActions([anAction({ id: 'older' })], []);
    await ledger.backUp('2026-06-13', true);
    ledger.writeActions([anAction({ id: 'newer' })], []);
    await ledger.backUp('2026-06-14', true);
    ledger.close();
    writeFileSync(`${file}.backup-2026-06-14`, noise(9_000));
    truncateSync(file, 0);
    const { ledger: restored, notices } = openedWithNotices(file);
    expect(restored.loadActions(0).actions.map((action) => action.id)).toEqual(['older']);
    expect(notices[0]?.message).toContain('2026-06-13');
    expect(beside(file, 'backup-')).toHaveLength(2);
  });

  it('says so where a backup of a newer Tillside reaches further than the one it goes back to', async () => {
    const file = aFile();
    const ledger = opened(file);
    ledger.writeActions([anAction({ id: 'older' })], []);
    await ledger.backUp('2026-06-13', true);
    ledger.writeActions([anAction({ id: 'newer' })], []);
    await ledger.backUp('2026-06-14', true);
    ledger.close();
    tamper(`${file}.backup-2026-06-14`, (db) => {
      db.pragma('user_version = 99');
      db.exec("UPDATE facts SET value = '99' WHERE name = 'version'");
    });
    truncateSync(file, 0);
    const { notices } = openedWithNotices(file);
    expect(notices[0]).toMatchObject({ code: 'ledger-restored', message: expect.stringContaining('2026-06-13') });
    expect(notices[0]?.message).toContain('One backup of a newer Tillside could not be used');
    expect(beside(file, 'backup-')).toHaveLength(2);
  });

  it('says so where there is no other', async () => {
    const file = aFile();
    const ledger = opened(file);
    await ledger.backUp('2026-06-14', true);
    ledger.close();
    tamper(`${file}.backup-2026-06-14`, (db) => {
      db.pragma('user_version = 99');
      db.exec("UPDATE facts SET value = '99' WHERE name = 'version'");
    });
    truncateSync(file, 0);
    const { notices } = openedWithNotices(file);
    expect(notices[0]).toMatchObject({ code: 'ledger-empty', message: expect.stringContaining('One backup of a newer Tillside could not be used') });
  });

  it('passes over a backup of a newer Tillside', async () => {
    const file = aFile();
    const ledger = opened(file);
    await ledger.backUp('2026-06-14', true);
    ledger.close();
    tamper(`${file}.backup-2026-06-14`, (db) => db.pragma('user_version = 99'));
    truncateSync(file, 0);
    expect(openedWithNotices(file).notices[0]?.code).toBe('ledger-empty');
  });

  it('comes back also where the file is gone altogether', async () => {
    const file = aFile();
    const ledger = opened(file);
    ledger.writeActions([anAction({ id: 'kept' })], []);
    await ledger.backUp('2026-06-14', true);
    ledger.close();
    rmSync(file);
    const { ledger: restored, notices } = openedWithNotices(file);
    expect(restored.loadActions(0).actions.map((action) => action.id)).toEqual(['kept']);
    expect(notices).toMatchObject([{ code: 'ledger-restored', message: expect.stringContaining('is missing') }]);
  });
});

describe('what lies beside a damaged ledger', () => {
  it('moves aside with it: its newest changes are in the WAL', () => {
    const file = filled();
    const open = opened(file);
    open.writeActions([anAction()], []);
    // As a power cut leaves it: database and WAL, no goodbye.
    const cut = aFile();
    copyFileSync(file, cut);
    copyFileSync(`${file}-wal`, `${cut}-wal`);
    writeFileSync(cut, noise(20_000));
    const wal = readFileSync(`${cut}-wal`);
    expect(wal.length).toBeGreaterThan(0);
    opened(cut);
    const keptWal = beside(cut, 'damaged-').find((name) => name.endsWith('-wal'));
    expect(readFileSync(join(dirname(cut), String(keptWal))).equals(wal)).toBe(true);
  });

  it('is not taken up by a new ledger where only the WAL is left', () => {
    const file = filled();
    const open = opened(file);
    open.writeActions([anAction()], []);
    const left = aFile();
    copyFileSync(`${file}-wal`, `${left}-wal`);
    const { ledger, notices } = openedWithNotices(left);
    expect(notices[0]?.code).toBe('ledger-empty');
    expect(ledger.loadActions(0).actions).toEqual([]);
    expect(beside(left, 'damaged-').some((name) => name.endsWith('-wal'))).toBe(true);
  });

  it('never covers an earlier damaged file', () => {
    const file = aFile();
    for (const length of [1_000, 2_000, 3_000]) {
      writeFileSync(file, noise(length));
      opened(file, { nowMs: NOON_MS }).close();
    }
    expect(
      beside(file, 'damaged-')
        .map((name) => readFileSync(join(dirname(file), name)).length)
        .sort(),
    ).toEqual([1_000, 2_000, 3_000]);
  });
});

describe('a whole power cut’s remains', () => {
  it('are read as they are, with no notice: an unfinished WAL is not damage', () => {
    const file = filled();
    const open = opened(file);
    open.writeActions([anAction({ id: 'last' })], []);
    const cut = aFile();
    copyFileSync(file, cut);
    copyFileSync(`${file}-wal`, `${cut}-wal`);
    writeFileSync(`${cut}-wal`, Buffer.concat([readFileSync(`${cut}-wal`), noise(5_000)]));
    const { ledger, notices } = openedWithNotices(cut);
    expect(notices).toEqual([]);
    expect(ledger.loadActions(0).actions.map((action) => action.id)).toContain('last');
  });

  it('in the midst of changing the whole file are undone from its journal', () => {
    const file = filled();
    const cut = aFile();
    tamper(file, (db) => {
      // A tiny cache makes SQLite write pages into the file before the end of the transaction, as closing the ledger does.
      db.pragma('cache_size = 2');
      db.exec('BEGIN IMMEDIATE');
      db.exec(`UPDATE actions SET body = 'half'`);
      copyFileSync(file, cut);
      copyFileSync(`${file}-journal`, `${cut}-journal`);
      db.exec('ROLLBACK');
    });
    expect(readFileSync(cut).equals(readFileSync(file))).toBe(false);
    const { ledger, notices } = openedWithNotices(cut);
    expect(notices).toEqual([]);
    expect(ledger.loadActions(0)).toMatchObject({ setAside: 0, actions: { length: 200 } });
  });
});

describe('backups', () => {
  it('are made once a day, whole in one file, and the newest three are kept', async () => {
    const file = aFile();
    const ledger = opened(file);
    for (const date of ['2026-06-11', '2026-06-12', '2026-06-13', '2026-06-14']) {
      ledger.writeActions([anAction()], []);
      await ledger.backUp(date, true);
      await ledger.backUp(date, true);
    }
    expect(beside(file, '')).toEqual([
      'ledger.db.backup-2026-06-12',
      'ledger.db.backup-2026-06-13',
      'ledger.db.backup-2026-06-14',
      'ledger.db.lock',
      'ledger.db.mark',
    ]);
    const rows = (date: string) => rowsOf(`${file}.backup-${date}`, 'SELECT count(*) AS actions FROM actions');
    expect([rows('2026-06-12'), rows('2026-06-14')]).toEqual([[{ actions: 2 }], [{ actions: 4 }]]);
  });

  it('asked for twice at once are one', async () => {
    const file = aFile();
    const ledger = opened(file);
    await Promise.all([ledger.backUp('2026-06-14', true), ledger.backUp('2026-06-14', true)]);
    expect(beside(file, 'backup-')).toEqual(['ledger.db.backup-2026-06-14']);
  });

  it('go on while actions are written', async () => {
    const file = filled();
    const ledger = opened(file);
    const backup = ledger.backUp('2026-06-14', true);
    expect(ledger.writeActions([anAction()], []).ok).toBe(true);
    await backup;
    expect(existsSync(`${file}.backup-2026-06-14`)).toBe(true);
  });

  it('of a ledger that was damaged while it was open are refused, and the older ones stay', async () => {
    const file = filled();
    const ledger = opened(file);
    await ledger.backUp('2026-06-13', true);
    ledger.close();
    const bytes = readFileSync(file);
    const again = opened(file);
    // Behind its back, as a dying disk does it.
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 4096 * 2), noise(bytes.length - 4096 * 2)]));
    expect(await again.backUp('2026-06-14', true)).toMatchObject({ ok: false, error: { code: 'broken' } });
    again.close();
    expect(beside(file, 'ba')).toEqual(['ledger.db.backup-2026-06-13']);
  });
});
