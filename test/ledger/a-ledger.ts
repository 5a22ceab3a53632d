import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { openLedger, type SqliteLedger } from '../../main/ledger/open.ts';
import type { Account, ActivityEntry } from '../../main/ports/ledger.ts';
import { anAction, aPayment, NOON_MS } from '../builders.ts';

/** A folder of its own for each test, gone afterwards. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const aFile = (): string => join(aFolder(), 'ledger.db');

/** Opens a ledger that has to open, and closes it after the test. */
export function opened(file: string, options: { nowMs?: number; fresh?: boolean } = {}): SqliteLedger {
  return openedWithNotices(file, options).ledger;
}

export function openedWithNotices(file: string, { nowMs = NOON_MS, fresh = false }: { nowMs?: number; fresh?: boolean } = {}) {
  const result = openLedger({ file, nowMs, fresh });
  if ('failure' in result) throw new Error(`expected the ledger to open: ${result.failure.message}`);
  onTestFinished(() => result.ledger.close());
  return result;
}

/** A ledger with 200 actions and 200 payments, closed. */
export function filled(): string {
  const file = aFile();
  const ledger = opened(file);
  ledger.writeActions(
    Array.from({ length: 200 }, () => anAction()),
    [],
  );
  ledger.writePayments(
    'acc_1',
    Array.from({ length: 200 }, () => aPayment()),
  );
  ledger.close();
  return file;
}

/** The files beside a ledger's own whose name goes on with a part. */
export const beside = (file: string, part: string): string[] => readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.${part}`));

/** Bytes that repeat themselves in every run, and fit nothing. */
export const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => (index * 167 + 13) % 251));

/** Opens a ledger that must not open. */
export function failureOf(file: string) {
  const result = openLedger({ file, nowMs: NOON_MS });
  if (!('failure' in result)) {
    result.ledger.close();
    throw new Error('expected the ledger not to open');
  }
  return result.failure;
}

/** Changes a closed ledger behind its back. */
export function tamper(file: string, change: (db: Database.Database) => void): void {
  const db = new Database(file);
  try {
    change(db);
  } finally {
    db.close();
  }
}

/** Looks at a closed ledger's rows. */
export function rowsOf(file: string, sql: string): unknown[] {
  const db = new Database(file);
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

export const anEntry = (changes: Partial<ActivityEntry> = {}): ActivityEntry => ({
  atMs: NOON_MS,
  accountId: 'acc_1',
  what: 'accepted',
  paymentId: 'pi_test',
  actionId: null,
  note: 'Take £20.00',
  ...changes,
});

export const anAccount = (changes: Partial<Account> = {}): Account => ({ id: 'acc_1', kind: 'test', keyLast4: '1234', createdAtMs: NOON_MS, ...changes });

/** Makes a closed ledger one of version 3: before anything of the activity log could go, and before a payment's age was asked. */
export function takeBackToThirdVersion(file: string): void {
  tamper(file, (db) => {
    for (const table of ['actions', 'payments', 'activity', 'accounts']) db.exec(`ALTER TABLE ${table} DROP COLUMN till_id`);
    db.exec(`DROP INDEX payments_rest; ALTER TABLE set_aside DROP COLUMN met_before; DROP INDEX payments_to_judge; ALTER TABLE payments DROP COLUMN known_before;
      DROP INDEX payments_by_matter; DROP INDEX activity_by_time; ALTER TABLE payments DROP COLUMN mattered_at;
      DROP TRIGGER activity_is_not_removed;
      CREATE TRIGGER activity_is_not_removed BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END;
      UPDATE facts SET value = '3' WHERE name = 'version'`);
    db.pragma('user_version = 3');
  });
}

/** Makes a closed ledger one of version 1: before payments were searched, and before a row's body had a sum. */
export function takeBackToFirstVersion(file: string): void {
  takeBackToThirdVersion(file);
  tamper(file, (db) => {
    db.exec('DROP INDEX payments_searched; DROP INDEX activity_elsewhere; ALTER TABLE activity DROP COLUMN amount');
    for (const column of ['search_text', 'last4', 'held', 'taken', 'to_take', 'refunded']) db.exec(`ALTER TABLE payments DROP COLUMN ${column}`);
    db.exec(`ALTER TABLE actions DROP COLUMN body_sum; DELETE FROM facts WHERE name = 'version'`);
    db.pragma('user_version = 1');
  });
}
