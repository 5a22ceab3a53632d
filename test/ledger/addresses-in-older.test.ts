import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../main/ledger/migrate.ts';
import { anAction, aPayment } from '../builders.ts';
import { aFile, aFolder, anEntry, beside, opened, openedWithNotices, rowsOf, takeBackToFirstVersion, takeBackToThirdVersion, tamper } from './a-ledger.ts';

const ADDRESS = 'pat@example.com';
const NOTE = 'ask sam@example.com';
const receipt = anAction({ id: 'receipt', paymentId: 'pi_1', move: { kind: 'sendReceipt', emails: [ADDRESS] } });
const refund = anAction({ id: 'refund', paymentId: 'pi_2', move: { kind: 'refund', amount: 100, notes: NOTE } });
const odd = anAction({ id: 'odd', paymentId: 'pi_3', move: { kind: 'sendReceipt', emails: [ADDRESS] } });
const unread = `{"move":{"kind":"sendReceipt","emails":["${ADDRESS}"`;

function takeBackOneVersion(file: string): void {
  tamper(file, (db) => {
    db.exec(`DROP INDEX payments_rest; UPDATE facts SET value = '${VERSION - 1}' WHERE name = 'version'`);
    db.pragma(`user_version = ${VERSION - 1}`);
  });
}

/** A closed ledger of an older version with a receipt that waits, one that cannot be read, and a refund's note. */
function anOlder(takeBack: (file: string) => void): string {
  const file = aFile();
  const ledger = opened(file);
  ledger.writeActions([receipt, refund, odd], [anEntry()]);
  ledger.writePayments('acc_1', [aPayment()]);
  ledger.close();
  tamper(file, (db) => db.prepare(`UPDATE actions SET body = ? WHERE id = 'odd'`).run(unread));
  // Kept aside by the older one.
  opened(file).close();
  takeBack(file);
  return file;
}

const keptOf = (file: string): string => `${file}.before-${VERSION}`;
/** All that lies beside the ledger under the name of the copy. */
const bytesKept = (file: string): string =>
  beside(file, 'before-')
    .map((name) => readFileSync(join(dirname(file), name), 'latin1'))
    .join('');

describe('what is kept of a ledger before it is changed for this Tillside', () => {
  it.each([
    ['first', takeBackToFirstVersion, 1],
    ['third', takeBackToThirdVersion, 3],
    ['last', takeBackOneVersion, VERSION - 1],
  ] as const)('has no address of a receipt in it (the %s version), and all else', (_, takeBack, version) => {
    const file = anOlder(takeBack);
    const { ledger } = openedWithNotices(file);
    expect(ledger.findRequest(receipt.requestId)?.move).toEqual(receipt.move);
    ledger.close();
    const kept = keptOf(file);
    expect(beside(file, 'before-')).toEqual([`ledger.db.before-${VERSION}`]);
    expect([bytesKept(file).includes('pat@'), bytesKept(file).includes(NOTE)]).toEqual([false, true]);
    expect(rowsOf(kept, 'PRAGMA user_version')).toEqual([{ user_version: version }]);
    expect(readdirSync(dirname(file)).filter((name) => name.includes('keeping'))).toEqual([]);
    // It can be gone back to.
    const again = join(aFolder(), 'ledger.db');
    copyFileSync(kept, again);
    const { ledger: older } = openedWithNotices(again);
    expect(older.findRequest(receipt.requestId)).toEqual({ ...receipt, move: { kind: 'sendReceipt', emails: [] } });
    expect(older.findRequest(refund.requestId)).toEqual(refund);
    expect(older.loadActions(0).setAside).toBe(1);
  });

  it('has none either of what stood in the WAL alone', () => {
    const file = anOlder(takeBackOneVersion);
    const crashed = join(aFolder(), 'ledger.db');
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.exec(`UPDATE facts SET value = value WHERE name = 'version'`);
    db.prepare(`INSERT INTO facts (name, value) VALUES ('late', 'x')`).run();
    for (const companion of ['', '-wal', '-shm']) copyFileSync(`${file}${companion}`, `${crashed}${companion}`);
    db.close();
    const { ledger } = openedWithNotices(crashed);
    expect([ledger.readFact('late'), ledger.findRequest(receipt.requestId)?.move]).toEqual(['x', receipt.move]);
    expect(bytesKept(crashed).includes('pat@')).toBe(false);
    expect(rowsOf(keptOf(crashed), `SELECT value FROM facts WHERE name = 'late'`)).toEqual([{ value: 'x' }]);
  });

  it('is kept beside what an earlier change kept, where somebody went back to that and worked on; not twice where a change failed', () => {
    const file = anOlder(takeBackOneVersion);
    const older = readFileSync(file);
    opened(file).close();
    const goBack = (to: Buffer) => {
      writeFileSync(file, to);
      rmSync(`${file}.mark`);
    };
    // As a change that failed leaves it: another copy would be the same.
    goBack(older);
    opened(file).close();
    expect(beside(file, 'before-')).toEqual([`ledger.db.before-${VERSION}`]);
    goBack(readFileSync(keptOf(file)));
    tamper(file, (db) => db.exec(`INSERT INTO facts VALUES ('worked', 'two months')`));
    opened(file).close();
    expect(beside(file, 'before-')).toEqual([`ledger.db.before-${VERSION}`, `ledger.db.before-${VERSION}-2`]);
    const worked = (kept: string) => rowsOf(kept, `SELECT value FROM facts WHERE name = 'worked'`).length;
    expect([worked(keptOf(file)), worked(`${keptOf(file)}-2`)]).toEqual([0, 1]);
  });

  it('is as it was to the byte where nothing can be taken out of it: the ledger opens all the same', () => {
    const file = anOlder(takeBackOneVersion);
    tamper(file, (db) => db.exec(`CREATE TRIGGER fixed BEFORE UPDATE ON actions BEGIN SELECT RAISE(ABORT, 'fixed'); END`));
    const asItWas = readFileSync(file);
    expect(openedWithNotices(file).ledger.findRequest(receipt.requestId)?.move).toEqual(receipt.move);
    expect(readFileSync(keptOf(file)).equals(asItWas)).toBe(true);
  });
});
