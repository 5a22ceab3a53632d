import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../main/ledger/migrate.ts';
import { aCapture, anAction, aPayment, DAY_MS, NOON_MS } from '../builders.ts';
import { aFile, aFolder, anEntry, failureOf, opened, openedWithNotices, rowsOf, takeBackToFirstVersion, takeBackToThirdVersion, tamper } from './a-ledger.ts';

describe('opening a ledger', () => {
  it('makes one, and its folder, where there is none, without a word', () => {
    const file = join(aFolder(), 'profile', 'ledger.db');
    const { ledger, notices } = openedWithNotices(file);
    expect(notices).toEqual([]);
    expect(ledger.loadActions(0).actions).toEqual([]);
    ledger.close();
    expect(rowsOf(file, 'PRAGMA user_version')).toEqual([{ user_version: VERSION }]);
  });

  it('leaves one whole file and the lock behind when it is closed', () => {
    const file = aFile();
    const ledger = opened(file);
    ledger.writeActions([anAction()], []);
    ledger.close();
    ledger.close();
    expect(readdirSync(dirname(file)).sort()).toEqual(['ledger.db', 'ledger.db.lock', 'ledger.db.mark']);
  });

  it('removes half-made files of a run that was cut short', () => {
    const file = aFile();
    opened(file).close();
    for (const ending of ['.new', '.restoring', '.backing-up', '.backing-up-journal']) writeFileSync(`${file}${ending}`, 'half');
    opened(file).close();
    expect(readdirSync(dirname(file)).sort()).toEqual(['ledger.db', 'ledger.db.lock', 'ledger.db.mark']);
  });

  it('throws away what was there where it has to be fresh', () => {
    const file = aFile();
    const ledger = opened(file);
    ledger.writeActions([anAction()], []);
    ledger.close();
    expect(opened(file, { fresh: true }).loadActions(0).actions).toEqual([]);
  });

  it('refuses a second opener in the same process and in another, plainly, until the first has closed', () => {
    const file = aFile();
    const first = opened(file);
    expect(failureOf(file)).toMatchObject({ code: 'broken', message: expect.stringContaining('open already') });
    const other = spawnSync(process.execPath, [join(import.meta.dirname, 'open-and-say.ts'), file], { encoding: 'utf8' });
    expect(other.stdout).toContain('open already');
    expect(first.writeActions([anAction()], []).ok).toBe(true);
    first.close();
    expect(opened(file).loadActions(0).actions).toHaveLength(1);
  });

  it('takes no harm from a lock file that somebody wrote into', () => {
    const file = aFile();
    writeFileSync(`${file}.lock`, 'not a database, and longer than a header of one hundred bytes '.repeat(20));
    opened(file);
    expect(failureOf(file).message).toContain('open already');
  });

  it('refuses a ledger of a newer Tillside and leaves every byte of it', () => {
    const file = aFile();
    const ledger = opened(file);
    ledger.writeActions([anAction()], []);
    ledger.close();
    tamper(file, (db) => {
      db.pragma(`user_version = ${VERSION + 1}`);
      db.exec(`UPDATE facts SET value = '${VERSION + 1}' WHERE name = 'version'`);
    });
    const before = readFileSync(file);
    expect(failureOf(file)).toMatchObject({ code: 'broken', message: expect.stringContaining('newer Tillside') });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file)).filter((name) => /damaged|restoring|new$/.test(name))).toEqual([]);
    // The refusal gave the lock back.
    expect(failureOf(file).message).toContain('newer Tillside');
  });

  it('brings up a ledger of the first version, with what was open and what cannot be read', () => {
    const file = aFile();
    const ledger = opened(file);
    const [open, ended] = [anAction(), anAction({ state: 'done' })];
    ledger.writeActions([open, ended, anAction({ id: 'odd' })], [anEntry()]);
    ledger.close();
    takeBackToFirstVersion(file);
    tamper(file, (db) => db.exec(`UPDATE actions SET body = 'garbage' WHERE id = 'odd'`));
    const { ledger: again, notices } = openedWithNotices(file);
    expect(notices).toMatchObject([{ code: 'ledger-set-aside' }]);
    expect(again.loadActions(0)).toMatchObject({ actions: [open, ended], setAside: 1 });
  });

  it('brings up a ledger of the third version: what its payments last mattered by, a log that may lose what is six years old', () => {
    const file = aFile();
    const ledger = opened(file);
    const old = NOON_MS - 100 * DAY_MS;
    const [gone, kept] = [
      aPayment({ createdAtMs: old, updatedAtMs: old, paidAtMs: old }),
      aPayment({ createdAtMs: old, updatedAtMs: old, paidAtMs: old, captures: [aCapture({ createdAtMs: NOON_MS - DAY_MS })] }),
    ];
    ledger.writePayments('acc_1', [gone, kept]);
    const action = anAction();
    ledger.writeActions([action], [anEntry({ atMs: NOON_MS - 3_000 * DAY_MS, note: 'old' }), anEntry({ note: 'kept' })]);
    ledger.close();
    takeBackToThirdVersion(file);
    const asItWas = readFileSync(file);
    expect(() => tamper(file, (db) => db.exec('DELETE FROM activity WHERE entry = 1'))).toThrow('append-only');
    const { ledger: again, notices } = openedWithNotices(file);
    expect(notices).toEqual([]);
    expect(again.loadActions(0)).toMatchObject({ actions: [action], setAside: 0 });
    expect(again.purge(NOON_MS - 90 * DAY_MS)).toMatchObject({ value: { payments: 1 } });
    expect([again.payment('acc_1', gone.id), again.payment('acc_1', kept.id)]).toEqual([null, kept]);
    expect(again.purgeActivity(NOON_MS - 2_192 * DAY_MS)).toEqual({ ok: true, value: { entries: 1, isMore: false } });
    expect(again.activityOn('pi_test').map(({ note }) => note)).toEqual(['kept']);
    // As the older Tillside left it, in case this one has to be taken off again.
    expect(readFileSync(`${file}.before-${VERSION}`).equals(asItWas)).toBe(true);
    again.close();
    expect(readdirSync(dirname(file)).filter((name) => name.includes('keeping'))).toEqual([]);
  });

  it('tells of what ended yesterday and cannot be read also where the PC’s clock is 400 days ahead', () => {
    const file = aFile();
    const ledger = opened(file);
    ledger.writeActions([anAction({ id: 'odd', state: 'done', changedAtMs: NOON_MS - DAY_MS })], []);
    ledger.writeFact('dojoTime', String(NOON_MS));
    ledger.close();
    tamper(file, (db) => db.exec(`UPDATE actions SET body = 'garbage'`));
    expect(openedWithNotices(file, { nowMs: NOON_MS + 400 * DAY_MS }).notices).toMatchObject([{ code: 'ledger-set-aside' }]);
  });

  it('keeps no copy of a ledger that is of this version already', () => {
    const file = aFile();
    opened(file).close();
    opened(file).close();
    expect(readdirSync(dirname(file)).filter((name) => name.includes('before'))).toEqual([]);
  });

  it('brings it up also where the newest part is missing, as when the end of it was lost with the change itself', () => {
    const file = aFile();
    const ledger = opened(file);
    const open = anAction();
    ledger.writeActions([open], [anEntry()]);
    ledger.close();
    const older = readFileSync(file);
    const later = opened(file);
    later.writeActions([anAction()], [anEntry()]);
    later.close();
    writeFileSync(file, older);
    takeBackToFirstVersion(file);
    const { ledger: again, notices } = openedWithNotices(file);
    expect(notices).toMatchObject([{ code: 'ledger-cut-short' }]);
    expect(again.loadActions(0).actions).toMatchObject([{ id: open.id, state: 'needsPerson' }]);
  });

  it('says so where a file stands where the folder should be', () => {
    const file = aFile();
    writeFileSync(join(dirname(file), 'profile'), 'in the way');
    const inTheWay = join(dirname(file), 'profile', 'ledger.db');
    const failure = failureOf(inTheWay);
    expect(failure.code).toBe('broken');
    expect(failure.message).toContain('nothing was saved');
    expect(readFileSync(join(dirname(file), 'profile'), 'utf8')).toBe('in the way');
  });

  it('says so where a folder stands where the file should be, and leaves it there', () => {
    const file = aFile();
    mkdirSync(file);
    expect(failureOf(file).code).toBe('broken');
    expect(readdirSync(dirname(file)).sort()).toEqual(['ledger.db', 'ledger.db.lock']);
  });
});
