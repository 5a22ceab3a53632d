import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../main/core/queue/action.ts';
import { openLedger } from '../../main/ledger/open.ts';
import { anAction, aPayment, NOON_MS } from '../builders.ts';
import { aFile, anEntry, failureOf, opened, openedWithNotices } from './a-ledger.ts';
import { aSmallDisk } from './small-disk.ts';
import { noSmallDisk } from './tmpfs.ts';

const why = noSmallDisk();
const namesIn = (folder: string) => readdirSync(folder).filter((name) => !/^filler$|-(wal|shm)$/.test(name));

describe.skipIf(why !== null)(`a ledger on a disk that runs full${why === null ? '' : ` (skipped: ${why})`}`, () => {
  it('says so, writes all or none, and goes on when there is room', () => {
    const disk = aSmallDisk();
    const file = join(disk.folder, 'ledger.db');
    const ledger = opened(file);
    const written: Action[] = [];
    disk.fill();
    let failure: unknown = null;
    for (let tries = 0; tries < 200 && failure === null; tries += 1) {
      const batch = Array.from({ length: 20 }, () => anAction({ reference: 'x'.repeat(500) }));
      const result = ledger.writeActions(batch, [anEntry()]);
      if (result.ok) written.push(...batch);
      else failure = result.error;
    }
    expect(failure).toEqual({ code: 'full', message: 'The disk of this PC is full, so nothing was saved.', next: 'Make room on it, then try again.' });
    expect(
      ledger.writePayments(
        'acc_1',
        Array.from({ length: 500 }, () => aPayment()),
      ),
    ).toMatchObject({ ok: false, error: { code: 'full' } });
    expect(ledger.loadActions(0).actions).toEqual(written);
    expect(ledger.activityOn('pi_test')).toHaveLength(written.length / 20);
    expect(ledger.payments('acc_1', 0, NOON_MS * 2, true)).toEqual([]);
    disk.makeRoom();
    const after = anAction();
    expect(ledger.writeActions([after], []).ok).toBe(true);
    ledger.close();
    expect(opened(file).loadActions(0).actions).toEqual([...written, after]);
  });

  it('cannot be opened while it is full, is not harmed by trying, and opens when there is room', () => {
    const disk = aSmallDisk();
    const file = join(disk.folder, 'ledger.db');
    const ledger = opened(file);
    const action = anAction();
    ledger.writeActions([action], []);
    ledger.close();
    disk.fill();
    expect(failureOf(file)).toMatchObject({ code: 'full' });
    expect(failureOf(join(disk.folder, 'new.db'))).toMatchObject({ code: 'full' });
    disk.makeRoom();
    const again = openedWithNotices(file);
    expect(again.notices).toEqual([]);
    expect(again.ledger.loadActions(0).actions).toEqual([action]);
  });

  it('that is damaged too stays where it is until there is room for another', () => {
    const disk = aSmallDisk();
    const file = join(disk.folder, 'ledger.db');
    writeFileSync(file, 'not a database '.repeat(1_000));
    disk.fill();
    expect(failureOf(file)).toMatchObject({ code: 'full' });
    expect(readFileSync(file, 'utf8')).toContain('not a database');
    disk.makeRoom();
    expect(openedWithNotices(file).notices[0]?.code).toBe('ledger-empty');
  });

  it('that went back to a backup, and cannot be opened for want of room after it, says so when it can', async () => {
    const disk = aSmallDisk();
    const file = join(disk.folder, 'ledger.db');
    const ledger = opened(file);
    ledger.writeActions([anAction({ id: 'in the backup', state: 'done' })], [anEntry()]);
    await ledger.backUp('2026-06-14', true);
    ledger.writeActions([anAction({ id: 'after it' })], [anEntry()]);
    ledger.close();
    const before = [file, `${file}.backup-2026-06-14`, `${file}.mark`].map((each) => [each, readFileSync(each)] as const);
    // Room for the copy and a little more each time, until there is enough.
    for (let roomKb = 100, isOpened = false; !isOpened; roomKb += 4) {
      for (const [each, bytes] of before) writeFileSync(each, bytes);
      writeFileSync(file, 'not a database '.repeat(10_000));
      disk.fill(roomKb);
      const first = openLedger({ file, nowMs: NOON_MS });
      disk.makeRoom();
      isOpened = !('failure' in first);
      const { ledger: found, notices } = 'failure' in first ? openedWithNotices(file) : first;
      found.close();
      expect([roomKb, ...notices.map(({ code }) => code)]).toEqual([roomKb, 'ledger-restored']);
      for (const aside of namesIn(disk.folder).filter((name) => name.includes('.damaged-'))) rmSync(join(disk.folder, aside));
    }
  });

  it('whose end is lost stays as it is until there is room to keep a copy', () => {
    const disk = aSmallDisk();
    const file = join(disk.folder, 'ledger.db');
    const ledger = opened(file);
    ledger.writeActions([anAction({ id: 'older' })], [anEntry()]);
    ledger.close();
    const older = readFileSync(file);
    const again = opened(file);
    again.writeActions([anAction()], [anEntry()]);
    again.close();
    writeFileSync(file, older);
    disk.fill();
    for (const _ of [1, 2]) expect(failureOf(file)).toMatchObject({ code: 'full' });
    expect(namesIn(disk.folder).sort()).toEqual(['ledger.db', 'ledger.db.lock', 'ledger.db.mark']);
    disk.makeRoom();
    const { ledger: found, notices } = openedWithNotices(file);
    expect(notices).toMatchObject([{ code: 'ledger-cut-short' }]);
    expect(found.loadActions(0).actions).toMatchObject([{ id: 'older', state: 'needsPerson' }]);
  });

  it('makes no backup, says so, keeps the older one and leaves no half one', async () => {
    const disk = aSmallDisk();
    const file = join(disk.folder, 'ledger.db');
    const ledger = opened(file);
    ledger.writeActions([anAction()], []);
    await ledger.backUp('2026-06-14', true);
    disk.fill();
    expect(await ledger.backUp('2026-06-15', true)).toMatchObject({ ok: false, error: { code: 'full' } });
    expect(namesIn(disk.folder).sort()).toEqual(['ledger.db', 'ledger.db.backup-2026-06-14', 'ledger.db.lock', 'ledger.db.mark']);
  });
});

describe.skipIf(why !== null)(`a ledger on a disk that becomes read-only${why === null ? '' : ` (skipped: ${why})`}`, () => {
  it('cannot be opened, says why, and opens again when it may', () => {
    const disk = aSmallDisk();
    const file = join(disk.folder, 'ledger.db');
    const ledger = opened(file);
    const action = anAction();
    ledger.writeActions([action], []);
    ledger.close();
    const before = readFileSync(file);
    disk.setReadOnly(true);
    expect(failureOf(file)).toMatchObject({ code: 'read-only', message: expect.stringContaining(disk.folder) });
    expect(failureOf(join(disk.folder, 'profile', 'new.db'))).toMatchObject({ code: 'read-only' });
    expect(readFileSync(file).equals(before)).toBe(true);
    disk.setReadOnly(false);
    expect(existsSync(join(disk.folder, 'profile'))).toBe(false);
    expect(opened(file).loadActions(0).actions).toEqual([action]);
  });
});

describe('a ledger that cannot tell how far its log has come', () => {
  it('has written nothing: what throws, or is refused, is never on the disk all the same', () => {
    const file = aFile();
    const ledger = opened(file);
    const beside = new Database(file);
    const action = anAction();
    beside.exec('ALTER TABLE activity RENAME TO away');
    expect(() => ledger.writeActions([action], [])).toThrow();
    beside.exec('ALTER TABLE away RENAME TO activity');
    beside.close();
    expect(ledger.findRequest(action.requestId)).toBeNull();
    expect(ledger.writeActions([action], [anEntry()])).toMatchObject({ ok: true });
    expect(ledger.findRequest(action.requestId)).toEqual(action);
  });
});
