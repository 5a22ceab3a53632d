import type { Connection } from './database.ts';

/** The fact that says which till's records these are. */
const NAME = 'tillId';

/** For an INSERT: the id of the till that writes. Asked of the ledger itself, so that no record can bear another's. */
export const WRITER = `(SELECT value FROM facts WHERE name = '${NAME}')`;

/** A random UUID, version 4 (RFC 9562), made by SQLite: a ledger is made, or goes back to a backup, before there is anybody to ask for one. */
const UUID = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
  substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`;

const PUT = 'INSERT INTO facts (name, value)';
const OVER = 'ON CONFLICT (name) DO UPDATE SET value = excluded.value';

export function tillIdOf(db: Connection): string {
  const found = db.prepare<[string], { value: string }>('SELECT value FROM facts WHERE name = ?').all(NAME)[0];
  if (!found) throw new Error('expected the ledger to have a till id');
  return found.value;
}

/** A ledger that lost its id, as a damaged file may, takes another: without one nothing could be written. */
export function ensureTillId(db: Connection): void {
  if (db.prepare<[string]>('SELECT 1 FROM facts WHERE name = ?').all(NAME).length === 0) takeNewTillId(db);
}

/** What is written from now on is another till's: numbers that count up would else stand for two different things. */
export function takeNewTillId(db: Connection): void {
  db.exec(`${PUT} VALUES ('${NAME}', ${UUID}) ${OVER}`);
}

export function setTillId(db: Connection, tillId: string): void {
  db.prepare<[string, string]>(`${PUT} VALUES (?, ?) ${OVER}`).run(NAME, tillId);
}

/** A ledger from before the till ids: all that is there was written by one till. */
export function addTillIds(db: Connection): void {
  takeNewTillId(db);
  const tables = ['actions', 'payments', 'activity', 'accounts'];
  const guards = db.prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'activity'`).all();
  // The log's own guards would keep its rows from being filled.
  for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`);
  for (const table of tables) db.exec(`ALTER TABLE ${table} ADD COLUMN till_id TEXT NOT NULL DEFAULT ''; UPDATE ${table} SET till_id = ${WRITER}`);
  for (const { sql } of guards) db.exec(sql);
}
