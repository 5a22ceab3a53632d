import type { TillError } from '../../preload/contract.ts';
import type { Failure } from '../core/failure.ts';
import { err, ok, type Result } from '../core/result.ts';
import { words } from '../core/words.ts';
import type { DojoClient } from '../dojo/client.ts';
import type { Account, KeyKind, Ledger } from '../ports/ledger.ts';
import type { Random } from '../ports/random.ts';
import { failureInWords } from '../words/failure-words.ts';
import { fingerprintOf, last4Of } from './api-key.ts';
import { refusedByDisk } from './disk-failure.ts';

/** Keeps the key where it is kept. */
export type KeepKey = () => Promise<Result<null, TillError>>;

export type Accounts = Readonly<{
  /** The account of the key that is kept; null: this ledger does not know. */
  ofKeptKey(): Account | null;
  /** Before a key is kept: from then on this is its ledger, whatever keeps its account from being written. */
  keyIsToBeKept(): Result<null, TillError>;
  keyIsKept(account: Account): void;
  /** Of a key that is kept: the ledger that was beside it is gone, and this one was begun since. */
  isKeyOfAnotherLedger(): boolean;
  /** The account a key opens, as far as this ledger knows. */
  known(apiKey: string): Account | null;
  /**
   * The account a key belongs to, found out with Dojo's help where the key is new. Where Dojo shows nothing of a known account, the
   * owner is asked (`same-account`), for that proves nothing. `answer`: the account the owner named, null for none of them. `keepKey` is
   * called when the account is found, before anything is written of it; where it fails, nothing is.
   */
  of(apiKey: string, kind: KeyKind, client: DojoClient, answer?: string | null, keepKey?: KeepKey): Promise<Result<Account, TillError>>;
}>;

/** The fact that names the account of the kept key. */
const KEPT_KEY = 'keptKeyOf';
/** The fact that a key was to be kept beside this ledger. One of an older Tillside has accounts instead. */
const KEY_WAS_KEPT = 'keyWasKept';
/** An account is asked for by so many payments at most: who comes with another account's key must not wait for long. */
const WITNESSES_MAX = 6;
const OPEN_WITNESSES_MAX = 3;
/** May be about everything that is asked, or about one payment alone. */
const MAYBE_OF_ALL: ReadonlySet<Failure['kind']> = new Set(['not-dojo', 'throttled']);
/** Of so many it is about everything. */
const SEVERAL = 3;
/** Among so many of its newest payments one of each status is looked for. */
const NEWEST_LOOKED_AT = 200;

/**
 * Which account a key is of. Dojo does not say; but a key that can read a payment of a known account is that account's, so its
 * actions go on under a new key, and nothing is ever sent with the key of another account.
 */
export function createAccounts({
  ledger,
  nowMs,
  random,
  openPayments,
  onHandedOver,
}: Readonly<{
  ledger: Ledger;
  /** Dojo's time, as far as known. */
  nowMs: () => number;
  random: Random;
  /** The payments of the account with something still open on them: one for each action. */
  openPayments: (accountId: string) => readonly string[];
  /** The account's open actions are a person's on the disk: whoever has them in memory follows. */
  onHandedOver: (accountId: string) => void;
}>): Accounts {
  const fingerprint = (apiKey: string): string => {
    const salt = ledger.readFact('salt') ?? random.uuid();
    ledger.writeFact('salt', salt);
    return fingerprintOf(apiKey, salt);
  };

  function keep(account: Account, apiKey: string): Result<Account, TillError> {
    const kept = ledger.writeAccount(account, fingerprint(apiKey));
    return kept.ok ? ok(account) : err(refusedByDisk(kept.error));
  }

  /** On the owner's word alone: the key is the account's, and a person looks at what is open before anything of it is sent. */
  function keepOnTrust(before: Account, apiKey: string): Result<Account, TillError> {
    const account = { ...before, keyLast4: last4Of(apiKey) };
    const told = { atMs: nowMs(), accountId: account.id, paymentId: null, actionId: null };
    const kept = ledger.handOver({
      atMs: told.atMs,
      accountId: account.id,
      code: 'new-key',
      said: words.needsPerson['new-key'],
      facts: {},
      newTillId: null,
      key: { account, fingerprint: fingerprint(apiKey) },
      activity: [{ ...told, what: 'same-account', note: `key ending ${before.keyLast4} → ${account.keyLast4}` }],
    });
    if (!kept.ok) return err(refusedByDisk(kept.error));
    onHandedOver(account.id);
    return ok(account);
  }

  /** Payments that only this account can read: those with something open first, then of each status the newest, then the newest. */
  function witnessesOf(accountId: string): readonly string[] {
    const open = [...new Set(openPayments(accountId))].slice(0, OPEN_WITNESSES_MAX);
    const newest = ledger.newestPayments(accountId, Number.MAX_SAFE_INTEGER, NEWEST_LOOKED_AT);
    const ofEachStatus = new Map(newest.toReversed().map((payment) => [payment.status, payment]));
    // Before 2024-02-05 a cancelled payment cannot be read: it comes last.
    const different = [...ofEachStatus.values()].sort((a, b) => Number(a.status === 'Canceled') - Number(b.status === 'Canceled'));
    return [...new Set([...open, ...different.map(({ id }) => id), ...newest.map(({ id }) => id)])].slice(0, WITNESSES_MAX);
  }

  /**
   * Whether the key can read a payment of the account: the first yes tells. No refusal proves anything, and no trouble with one of them:
   * a payment can be refused for other reasons, Dojo may be unable to show that one. They are asked side by side, so that some that hang
   * take no longer than one. Where nobody could be asked, nothing is told; that it is not about one or two of them alone is seen by the list.
   */
  function opens(client: DojoClient, account: Account): Promise<Result<boolean, TillError>> {
    return new Promise((resolve, reject) => {
      const untold = async (witness: string): Promise<Failure | null> => {
        const read = await client.read(witness);
        if (read.ok) resolve(ok(true));
        return read.ok ? null : read.error;
      };
      Promise.all(witnessesOf(account.id).map(untold))
        .then(async (failures) => {
          if (!failures.includes(null)) resolve(await unread(failures.filter((failure) => failure !== null)));
        })
        .catch(reject);
    });

    async function unread(failures: readonly Failure[]): Promise<Result<boolean, TillError>> {
      const notAsked = nobodyWasAsked(failures);
      if (!notAsked) return ok(false);
      const isOfAll = notAsked.kind === 'not-sent' || failures.length >= SEVERAL ? err(notAsked) : await client.probe();
      return isOfAll.ok ? ok(false) : err(failureInWords(isOfAll.error));
    }
  }

  /** Of an account without a payment and without anything open nothing can be lost. */
  const hasSomething = ({ id }: Account): boolean => witnessesOf(id).length > 0;

  return {
    ofKeptKey: () => ledger.accounts().find(({ id }) => id === ledger.readFact(KEPT_KEY)) ?? null,
    keyIsToBeKept() {
      if (ledger.readFact(KEY_WAS_KEPT) !== null) return ok(null);
      const noted = ledger.writeFact(KEY_WAS_KEPT, 'yes');
      return noted.ok ? noted : err(refusedByDisk(noted.error));
    },
    isKeyOfAnotherLedger: () => ledger.readFact(KEY_WAS_KEPT) === null && ledger.accounts().length === 0,
    keyIsKept({ id }) {
      if (ledger.readFact(KEPT_KEY) !== id) ledger.writeFact(KEPT_KEY, id);
    },
    known: (apiKey) => ledger.accountByKey(fingerprint(apiKey)),
    async of(apiKey, kind, client, answer, keepKey = async () => ok(null)) {
      const kept = async (write: () => Result<Account, TillError>): Promise<Result<Account, TillError>> => {
        const key = await keepKey();
        return key.ok ? write() : key;
      };
      const known = ledger.accountByKey(fingerprint(apiKey));
      if (known) return kept(() => ok(known));
      const candidates = ledger.accounts().filter((account) => account.kind === kind && hasSomething(account));
      for (const account of candidates) {
        const opened = await opens(client, account);
        if (!opened.ok) return opened;
        if (opened.value) return kept(() => keep({ ...account, keyLast4: last4Of(apiKey) }, apiKey));
      }
      const named = candidates.find(({ id }) => id === answer);
      if (named) return kept(() => keepOnTrust(named, apiKey));
      if (candidates.length > 0 && answer !== null) return err(sameAccount(candidates));
      return kept(() => keep({ id: random.uuid(), kind, keyLast4: last4Of(apiKey), createdAtMs: nowMs() }, apiKey));
    },
  };

  function sameAccount(candidates: readonly Account[]): TillError {
    return {
      code: 'same-account',
      message: 'Dojo accepts this key, but shows none of the payments known here. Is it the same Dojo account?',
      field: 'sameAccount',
      accounts: candidates.map(({ id, keyLast4 }) => ({ id, keyLast4, openActions: openPayments(id).length })),
    };
  }
}

/** Why none of what was asked says anything of the payments; null: some of it does. Trouble that one or two of them alone are in leaves it to the others. */
function nobodyWasAsked(failures: readonly Failure[]): Failure | null {
  const notSent = failures.find(({ kind }) => kind === 'not-sent');
  if (notSent) return notSent;
  const ofAll = failures.filter(({ kind }) => MAYBE_OF_ALL.has(kind));
  return ofAll.length >= Math.min(SEVERAL, failures.length) ? (ofAll[0] ?? null) : null;
}
