import type { Result } from '../core/result.ts';
import type { DiskFailure } from '../ports/ledger.ts';
import type { Connection, Write } from './database.ts';

/** Small things that must survive, by name. */
export function factsIn(db: Connection, write: Write) {
  const byName = db.prepare<[string], { value: string }>('SELECT value FROM facts WHERE name = ?');
  const put = db.prepare<[string, string]>('INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
  /** Within the caller's transaction. */
  const putFact = (name: string, value: string): void => void put.run(name, value);
  return {
    putFact,
    readFact: (name: string): string | null => byName.all(name)[0]?.value ?? null,
    writeFact(name: string, value: string): Result<null, DiskFailure> {
      return write(() => {
        putFact(name, value);
        return null;
      });
    },
  };
}
