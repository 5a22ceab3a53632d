import type { Result } from '../core/result.ts';
import type { Account, DiskFailure } from '../ports/ledger.ts';
import type { Connection, Write } from './database.ts';
import { WRITER } from './till-id.ts';

type Row = Readonly<{ id: string; kind: Account['kind']; key_last4: string; created_at: number }>;

const accountOf = (row: Row): Account => ({ id: row.id, kind: row.kind, keyLast4: row.key_last4, createdAtMs: row.created_at });

/** Accounts, and which key's fingerprint belongs to which: an account can get a new key. Never a key. */
export function accountsIn(db: Connection, write: Write) {
  const all = db.prepare<[], Row>('SELECT id, kind, key_last4, created_at FROM accounts ORDER BY created_at, id');
  const byKey = db.prepare<[string], Row>(
    'SELECT id, kind, key_last4, created_at FROM accounts JOIN account_keys ON account_keys.account_id = accounts.id WHERE fingerprint = ?',
  );
  const put = db.prepare<[string, string, string, number]>(
    `INSERT INTO accounts (id, kind, key_last4, created_at, till_id) VALUES (?, ?, ?, ?, ${WRITER})
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, key_last4 = excluded.key_last4, created_at = excluded.created_at`,
  );
  const putKey = db.prepare<[string, string]>(
    'INSERT INTO account_keys (fingerprint, account_id) VALUES (?, ?) ON CONFLICT (fingerprint) DO UPDATE SET account_id = excluded.account_id',
  );
  /** Within the caller's transaction. */
  const keep = (account: Account, keyFingerprint: string): void => {
    put.run(account.id, account.kind, account.keyLast4, account.createdAtMs);
    putKey.run(keyFingerprint, account.id);
  };
  return {
    keep,
    accounts: (): readonly Account[] => all.all().map(accountOf),
    accountByKey(keyFingerprint: string): Account | null {
      const row = byKey.all(keyFingerprint)[0];
      return row ? accountOf(row) : null;
    },
    writeAccount(account: Account, keyFingerprint: string): Result<null, DiskFailure> {
      return write(() => {
        keep(account, keyFingerprint);
        return null;
      });
    },
  };
}
