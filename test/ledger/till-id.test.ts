import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { words } from '../../main/core/words.ts';
import { backupFile } from '../../main/ledger/files.ts';
import type { HandOver } from '../../main/ports/ledger.ts';
import { anAction, aPayment, NOON_MS } from '../builders.ts';
import { aFile, aFolder, anAccount, anEntry, opened, openedWithNotices, rowsOf, takeBackToFirstVersion, tamper } from './a-ledger.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TABLES = ['actions', 'payments', 'activity', 'accounts'] as const;

/** A closed ledger with one record of each kind. */
function withOneOfEach(file = aFile()): string {
  const ledger = opened(file);
  ledger.writeAccount(anAccount(), 'fingerprint');
  ledger.writeActions([anAction({ id: 'a_open' }), anAction({ id: 'a_done', state: 'done' })], [anEntry()]);
  ledger.writePayments('acc_1', [aPayment({ id: 'pi_1' })]);
  ledger.close();
  return file;
}

const tillsOf = (file: string, table: string): unknown[] => rowsOf(file, `SELECT DISTINCT till_id FROM ${table}`).map((row) => Object.values(row as object)[0]);

const aHandOver = (changes: Partial<HandOver> = {}): HandOver => ({
  atMs: NOON_MS + 1,
  accountId: null,
  code: 'moved',
  said: words.needsPerson.moved,
  facts: { home: 'here' },
  newTillId: 'till-two',
  key: null,
  activity: [anEntry({ what: 'moved', paymentId: null })],
  ...changes,
});

describe('a till’s id', () => {
  it('is made once for a ledger, of the form that all ids have, and no two ledgers have the same', () => {
    const file = aFile();
    const first = opened(file);
    const id = first.tillId();
    expect(id).toMatch(UUID);
    first.close();
    expect(opened(file).tillId()).toBe(id);
    const made = Array.from({ length: 50 }, () => opened(aFile()).tillId());
    expect(new Set(made).size).toBe(50);
    for (const other of made) expect(other).toMatch(UUID);
  });

  it.each(TABLES)('is on every record of %s', (table) => {
    const file = withOneOfEach();
    expect(tillsOf(file, table)).toEqual([opened(file).tillId()]);
  });

  it('is on every table but those of what is the till’s own', () => {
    const file = withOneOfEach();
    const names = (sql: string) => rowsOf(file, sql).map((row) => (row as { name: string }).name);
    const without = names(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).filter(
      (table) => !names(`SELECT name FROM pragma_table_info('${table}')`).includes('till_id'),
    );
    expect(without).toEqual(['account_keys', 'facts', 'set_aside']);
  });

  it.each(TABLES)('is filled in on the old records of %s', (table) => {
    const file = withOneOfEach();
    takeBackToFirstVersion(file);
    tamper(file, (db) => db.exec(`DELETE FROM facts WHERE name = 'tillId'`));
    const id = opened(file).tillId();
    expect(id).toMatch(UUID);
    expect(tillsOf(file, table)).toEqual([id]);
  });

  it('is filled in without opening the activity log to changes', () => {
    const file = withOneOfEach();
    takeBackToFirstVersion(file);
    opened(file).close();
    expect(() => tamper(file, (db) => db.exec(`UPDATE activity SET note = 'other'`))).toThrow(/append-only/);
  });

  it('is made anew where it was lost: without one nothing could be written', () => {
    const file = withOneOfEach();
    tamper(file, (db) => db.exec(`DELETE FROM facts WHERE name = 'tillId'`));
    const ledger = opened(file);
    expect(ledger.tillId()).toMatch(UUID);
    expect(ledger.writeActions([anAction()], [anEntry()])).toMatchObject({ ok: true });
  });

  it('is another one after a backup was taken up: its numbers stood for other things before', () => {
    const file = withOneOfEach();
    const ledger = opened(file);
    const id = ledger.tillId();
    ledger.close();
    copyFileSync(file, backupFile(file, '2026-06-14'));
    tamper(file, (db) => db.exec('DROP TABLE actions'));
    const { ledger: restored, notices } = openedWithNotices(file);
    expect(notices).toMatchObject([{ code: 'ledger-restored' }]);
    expect(restored.tillId()).toMatch(UUID);
    expect(restored.tillId()).not.toBe(id);
  });

  it('of a payment is that of the till that read it last', () => {
    const file = withOneOfEach();
    const ledger = opened(file);
    ledger.handOver(aHandOver());
    ledger.writePayments('acc_1', [aPayment({ id: 'pi_1', refundedMinor: 100 })]);
    ledger.close();
    expect(tillsOf(file, 'payments')).toEqual(['till-two']);
  });
});

describe('handing open actions over', () => {
  it('makes them a person’s and this till’s, leaves the ended ones alone, and takes up the facts', () => {
    const file = withOneOfEach();
    const ledger = opened(file);
    const before = ledger.tillId();
    expect(ledger.handOver(aHandOver())).toEqual({ ok: true, value: null });
    expect(ledger.loadActions(0).actions).toMatchObject([
      { id: 'a_open', state: 'needsPerson', changedAtMs: NOON_MS + 1, outcome: { code: 'moved', message: words.needsPerson.moved.message } },
      { id: 'a_done', state: 'done' },
    ]);
    expect(ledger.tillId()).toBe('till-two');
    expect(ledger.readFact('home')).toBe('here');
    ledger.close();
    expect(rowsOf(file, 'SELECT id, till_id FROM actions ORDER BY id')).toEqual([
      { id: 'a_done', till_id: before },
      { id: 'a_open', till_id: 'till-two' },
    ]);
    expect(rowsOf(file, `SELECT till_id FROM activity WHERE what = 'moved'`)).toEqual([{ till_id: 'till-two' }]);
  });

  it('of one account leaves the others’ waiting, and gives the account its key', () => {
    const ledger = opened(aFile());
    ledger.writeActions([anAction({ accountId: 'acc_1' }), anAction({ accountId: 'acc_2' })], []);
    const key = { account: anAccount({ keyLast4: '9999' }), fingerprint: 'new-fingerprint' };
    ledger.handOver(aHandOver({ accountId: 'acc_1', code: 'new-key', newTillId: null, key }));
    expect(ledger.loadActions(0).actions.map(({ accountId, state }) => [accountId, state])).toEqual([
      ['acc_1', 'needsPerson'],
      ['acc_2', 'waiting'],
    ]);
    expect(ledger.accountByKey('new-fingerprint')).toEqual(key.account);
    expect(ledger.tillId()).toMatch(UUID);
  });

  it('is all of it or none of it', () => {
    const file = withOneOfEach();
    tamper(file, (db) => db.exec(`CREATE TRIGGER no BEFORE INSERT ON facts WHEN NEW.name = 'home' BEGIN SELECT RAISE(ABORT, 'no'); END`));
    const ledger = opened(file);
    const id = ledger.tillId();
    expect(() => ledger.handOver(aHandOver())).toThrow('no');
    expect(ledger.loadActions(0).actions).toMatchObject([{ id: 'a_open', state: 'waiting' }, { id: 'a_done' }]);
    expect(ledger.tillId()).toBe(id);
    expect(ledger.activityOn('pi_test')).toHaveLength(1);
  });

  it('survives the loss of nothing that was written with it: the log’s mark is moved on', () => {
    const file = withOneOfEach();
    const ledger = opened(file);
    ledger.handOver(aHandOver());
    ledger.close();
    expect(openedWithNotices(file).notices).toEqual([]);
  });
});

it('a copied ledger keeps its till’s id until it finds itself elsewhere', () => {
  const file = withOneOfEach();
  const copy = join(aFolder(), 'ledger.db');
  copyFileSync(file, copy);
  const id = opened(file).tillId();
  const other = opened(copy);
  expect(other.tillId()).toBe(id);
  other.handOver(aHandOver({ newTillId: 'till-copy' }));
  other.writeActions([anAction({ id: 'a_new' })], [anEntry({ note: 'of the copy' })]);
  other.close();
  expect(rowsOf(copy, `SELECT till_id FROM actions WHERE id = 'a_new'`)).toEqual([{ till_id: 'till-copy' }]);
  // Both count on from the same number: with the till's id they are different things.
  expect(rowsOf(copy, `SELECT till_id FROM activity WHERE note = 'of the copy'`)).toEqual([{ till_id: 'till-copy' }]);
});
