import type { TillError } from '../../preload/contract.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { DojoClient } from '../dojo/client.ts';
import type { Clock } from '../ports/clock.ts';
import type { Account, KeyKind, Ledger } from '../ports/ledger.ts';
import type { Random } from '../ports/random.ts';
import { failureInWords } from '../words/failure-words.ts';
import { fingerprintOf, last4Of } from './api-key.ts';

export type Accounts = Readonly<{
  /** The account of the key that is kept; null: this ledger does not know. */
  ofKeptKey(): Account | null;
  keyIsKept(account: Account): void;
  /** The account a key opens, as far as this ledger knows. */
  known(apiKey: string): Account | null;
  /** The account a key belongs to, found out with Dojo's help where the key is new. */
  of(apiKey: string, kind: KeyKind, client: DojoClient): Promise<Result<Account, TillError>>;
}>;

/** The fact that names the account of the kept key. */
const KEPT_KEY = 'keptKeyOf';

/**
 * Which account a key is of. Dojo does not say; but a key that can read a payment of a known account is that account's, so its
 * actions go on under a new key, and nothing is ever sent with the key of another account.
 */
export function createAccounts({
  ledger,
  clock,
  random,
  waitingPayment,
}: Readonly<{
  ledger: Ledger;
  clock: Clock;
  random: Random;
  /** A payment of the account with something still open on it, if any. */
  waitingPayment: (accountId: string) => string | null;
}>): Accounts {
  const fingerprint = (apiKey: string): string => {
    const salt = ledger.readFact('salt') ?? random.uuid();
    ledger.writeFact('salt', salt);
    return fingerprintOf(apiKey, salt);
  };

  function keep(account: Account, apiKey: string): Result<Account, TillError> {
    const kept = ledger.writeAccount(account, fingerprint(apiKey));
    return kept.ok ? ok(account) : err({ code: 'disk', message: kept.error.message });
  }

  /** A payment that only this account can read: one with something waiting, else its newest. */
  const witnessOf = (accountId: string): string | null =>
    waitingPayment(accountId) ?? ledger.newestPayments(accountId, Number.MAX_SAFE_INTEGER, 1)[0]?.id ?? null;

  return {
    ofKeptKey: () => ledger.accounts().find(({ id }) => id === ledger.readFact(KEPT_KEY)) ?? null,
    keyIsKept({ id }) {
      if (ledger.readFact(KEPT_KEY) !== id) ledger.writeFact(KEPT_KEY, id);
    },
    known: (apiKey) => ledger.accountByKey(fingerprint(apiKey)),
    async of(apiKey, kind, client) {
      const known = ledger.accountByKey(fingerprint(apiKey));
      if (known) return ok(known);
      for (const account of ledger.accounts().filter((other) => other.kind === kind)) {
        const witness = witnessOf(account.id);
        const read = witness === null ? null : await client.read(witness);
        if (read && !read.ok && read.error.kind !== 'refused') return err(failureInWords(read.error));
        if (read?.ok) return keep({ ...account, keyLast4: last4Of(apiKey) }, apiKey);
      }
      return keep({ id: random.uuid(), kind, keyLast4: last4Of(apiKey), createdAtMs: clock.nowMs() }, apiKey);
    },
  };
}
