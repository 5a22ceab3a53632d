import type { z } from 'zod';
import type { Result } from '../core/result.ts';
import type { DiskFailure, Ledger } from '../ports/ledger.ts';

/** One thing that the ledger keeps for each account. */
export type AccountFact<T> = Readonly<{
  of(accountId: string): T;
  /** Where the disk refuses it is known at least until the end of this run. */
  keep(accountId: string, next: T): Result<null, DiskFailure>;
}>;

/** `name`: of the fact in the ledger. What is not there and what cannot be read are `nothing`: told twice is better than not at all. */
export function createAccountFact<T>(ledger: Pick<Ledger, 'readFact' | 'writeFact'>, name: string, schema: z.ZodType<T>, nothing: T): AccountFact<T> {
  const known = new Map<string, T>();
  const factOf = (accountId: string): string => `${name}:${accountId}`;
  return {
    of(accountId) {
      // Read first: where the disk cannot be read now, nothing takes its place.
      const value = known.get(accountId) ?? parsed(ledger.readFact(factOf(accountId)), schema) ?? nothing;
      known.set(accountId, value);
      return value;
    },
    keep(accountId, next) {
      known.set(accountId, next);
      return ledger.writeFact(factOf(accountId), JSON.stringify(next));
    },
  };
}

function parsed<T>(fact: string | null, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(fact ?? '{}')).data ?? null;
  } catch {
    return null;
  }
}
