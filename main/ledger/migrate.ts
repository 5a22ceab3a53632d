import { fillBodySums } from './actions.ts';
import type { Connection } from './database.ts';
import { fillMattered, fillSearched } from './payments.ts';
import { addTillIds } from './till-id.ts';

/**
 * Each entry takes the ledger one version up; the version is SQLite's `user_version`. Entries are only ever added.
 * What is queried has columns; the whole is JSON in `body`.
 */
const MIGRATIONS: readonly (string | ((db: Connection) => void))[] = [
  `
  CREATE TABLE actions (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    request_id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    state TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX actions_by_seq ON actions (seq);
  CREATE INDEX actions_by_payment ON actions (account_id, payment_id, seq);
  CREATE INDEX actions_by_change ON actions (changed_at);
  CREATE INDEX actions_open ON actions (seq) WHERE state NOT IN ('done', 'refused', 'expired', 'withdrawn');

  CREATE TABLE payments (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE INDEX payments_by_creation ON payments (account_id, created_at);
  CREATE INDEX payments_held ON payments (account_id, created_at) WHERE status = 'Authorized';

  CREATE TABLE activity (
    entry INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    account_id TEXT,
    what TEXT NOT NULL,
    payment_id TEXT,
    action_id TEXT,
    note TEXT NOT NULL
  ) STRICT;
  CREATE INDEX activity_by_payment ON activity (payment_id, entry);
  CREATE TRIGGER activity_is_not_changed BEFORE UPDATE ON activity BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END;
  CREATE TRIGGER activity_is_not_removed BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END;

  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('test', 'live', 'training')),
    key_last4 TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE account_keys (
    fingerprint TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id)
  ) STRICT;

  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE set_aside (
    table_name TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (table_name, id, body)
  ) STRICT;
  `,
  (db) => {
    db.exec(`
    ALTER TABLE activity ADD COLUMN amount INTEGER;
    CREATE INDEX activity_elsewhere ON activity (account_id, at) WHERE what GLOB 'changed-elsewhere:*';

    ALTER TABLE payments ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
    ALTER TABLE payments ADD COLUMN last4 TEXT NOT NULL DEFAULT '';
    ALTER TABLE payments ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE payments ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE payments ADD COLUMN to_take INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE payments ADD COLUMN refunded INTEGER NOT NULL DEFAULT 0;
    `);
    fillSearched(db);
    // All that a search looks at, newest first: it reads this and no bodies.
    db.exec('CREATE INDEX payments_searched ON payments (account_id, created_at DESC, id, search_text, last4, held, taken, to_take, refunded)');
  },
  (db) => {
    db.exec('ALTER TABLE actions ADD COLUMN body_sum INTEGER NOT NULL DEFAULT 0');
    fillBodySums(db);
  },
  (db) => {
    db.exec('ALTER TABLE payments ADD COLUMN mattered_at INTEGER NOT NULL DEFAULT 0');
    fillMattered(db);
    db.exec(`
    CREATE INDEX payments_by_matter ON payments (mattered_at);
    CREATE INDEX activity_by_time ON activity (at);
    -- The log itself has to show that six years (2192 days) have passed: no clock is asked, and its newest entry always stays.
    DROP TRIGGER activity_is_not_removed;
    CREATE TRIGGER activity_is_not_removed BEFORE DELETE ON activity WHEN OLD.at >= (SELECT max(at) FROM activity) - 189388800000
    BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END;
    `);
  },
  addTillIds,
  `
  ALTER TABLE payments ADD COLUMN known_before TEXT;
  CREATE INDEX payments_to_judge ON payments (account_id) WHERE known_before IS NOT NULL;
  `,
  'ALTER TABLE set_aside ADD COLUMN met_before INTEGER',
  `CREATE INDEX payments_rest ON payments (account_id, created_at) WHERE status = 'Captured' AND taken < held`,
];

export const VERSION = MIGRATIONS.length;

export const versionOf = (db: Connection): number => Number(db.pragma('user_version', { simple: true }));

/** The version as a fact says it, so that damage to the file's header is not taken for a newer Tillside's; null: it was not noted yet. */
export function notedVersionOf(db: Connection): number | null {
  const noted = db.prepare<[], { value: string }>(`SELECT value FROM facts WHERE name = 'version'`).all()[0];
  return noted === undefined ? null : Number(noted.value);
}

/** Brings a ledger up to this version, each step whole or not at all. A newer one must have been refused before. */
export function migrate(db: Connection): void {
  const from = versionOf(db);
  if (from > VERSION) throw new Error(`expected a ledger of version ${VERSION} or older, got ${from}`);
  MIGRATIONS.forEach((step, index) => {
    if (index < from) return;
    db.transaction(() => {
      if (typeof step === 'string') db.exec(step);
      else step(db);
      db.exec(`PRAGMA user_version = ${index + 1}`);
      db.exec(`INSERT INTO facts (name, value) VALUES ('version', '${index + 1}') ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
    }).immediate();
  });
}
