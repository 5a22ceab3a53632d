import type { ChangeKind } from '../core/payment/changes.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { SearchWord } from '../core/payment/search-words.ts';
import type { Action } from '../core/queue/action.ts';
import type { Baseline } from '../core/queue/evidence.ts';
import type { Said } from '../core/queue/outcome.ts';
import type { Result } from '../core/result.ts';

export type KeyKind = 'test' | 'live';
export type Account = Readonly<{ id: string; kind: KeyKind | 'training'; keyLast4: string; createdAtMs: number }>;

export type ActivityEntry = Readonly<{
  atMs: number;
  accountId: string | null;
  /** `connected`, `accepted`, `done`, … */
  what: string;
  paymentId: string | null;
  actionId: string | null;
  /** Words for a person; never a secret. */
  note: string;
  /** Where it is about money, in minor units of the payment's currency. */
  amountMinor?: number;
}>;

/** What payments that were read tell. `knownBefore`: what was known of those whose change waits to be judged; of all others nothing waits. */
export type News = Readonly<{ activity: readonly ActivityEntry[]; knownBefore: ReadonlyMap<string, Baseline> }>;
export const NO_NEWS: News = { activity: [], knownBefore: new Map() };

/** What the entries are called that tell of a change at Dojo which nothing done here explains. */
export const CHANGED_ELSEWHERE = 'changed-elsewhere:';
export const changedElsewhere = (kind: ChangeKind): string => `${CHANGED_ELSEWHERE}${kind}`;

/** Open actions that nothing sends any more before a person has looked, with what is true from the same moment on. */
export type HandOver = Readonly<{
  atMs: number;
  /** null: of every account. */
  accountId: string | null;
  code: 'moved' | 'new-key';
  said: Said;
  facts: Readonly<Record<string, string>>;
  /** null: it stays the same till. */
  newTillId: string | null;
  /** The key that an account has from now on. */
  key: Readonly<{ account: Account; fingerprint: string }> | null;
  activity: readonly ActivityEntry[];
}>;

/**
 * A write that could not be made durable. Nothing of it is on disk. `busy`: another program holds it just now. `next`: what to do, apart from
 * what happened, so that it is said once.
 */
export type DiskFailure = Readonly<{ code: 'full' | 'read-only' | 'busy' | 'broken'; message: string; next?: string }>;

/** The fact that names Dojo's time as it was last heard, whatever the PC's clock says. */
export const DOJO_TIME = 'dojoTime';

/** What a purge took away. `isMore`: there was more than is done at once. */
export type Purged = Readonly<{ payments: number; actions: number; isMore: boolean }>;
export type PurgedActivity = Readonly<{ entries: number; isMore: boolean }>;

export type LedgerContents = Readonly<{
  /** Every open action of every account, and the ended ones since a time, in order of acceptance. */
  actions: readonly Action[];
  /** Rows that could not be read: kept aside, never dropped. */
  setAside: number;
  /** The payments they are about: something may have moved there that nobody can read any more. */
  setAsideLanes: readonly Readonly<{ accountId: string; paymentId: string }>[];
}>;

/**
 * What has to survive. Calls are synchronous; a write has reached the disk when it returns. A write that fails
 * throws nothing: it says so, and has changed nothing.
 */
export type Ledger = Readonly<{
  loadActions(endedSinceMs: number): LedgerContents;
  /** By requestId, ended or not. */
  findRequest(requestId: string): Action | null;
  actionsOn(accountId: string, paymentId: string): readonly Action[];
  nextSeq(): number;
  /** One transaction, synced: all or none. Inserts, or replaces by id. */
  writeActions(actions: readonly Action[], activity: readonly ActivityEntry[]): Result<null, DiskFailure>;
  /**
   * One transaction, with what there is to tell of them. The till's own ledger (gathered-payments.ts) keeps single readings together
   * for a moment first.
   */
  writePayments(accountId: string, payments: readonly Payment[], news?: News): Result<null, DiskFailure>;
  payment(accountId: string, paymentId: string): Payment | null;
  /** Payments created in [fromMs, toMs), and with `openHolds` also every Authorized one before, then every rest that may be held. Newest first. */
  payments(accountId: string, fromMs: number, toMs: number, openHolds: boolean): readonly Payment[];
  /** The last ones created before a time, newest first, and no more of them than asked for. */
  newestPayments(accountId: string, beforeMs: number, most: number): readonly Payment[];
  /** Kept payments that fit every word, newest first, and no more of them than asked for. */
  findPayments(accountId: string, words: readonly SearchWord[], most: number): readonly Payment[];
  activityOn(paymentId: string): readonly ActivityEntry[];
  /** What was changed elsewhere, as noticed here since a time, oldest first. */
  changedElsewhereSince(accountId: string, sinceMs: number): readonly ActivityEntry[];
  /** By payment, what was known of those whose last change still waits to be judged. */
  knownBefore(accountId: string): ReadonlyMap<string, Baseline>;
  accounts(): readonly Account[];
  writeAccount(account: Account, keyFingerprint: string): Result<null, DiskFailure>;
  accountByKey(keyFingerprint: string): Account | null;
  /** Small facts that must survive: `paused`, `asOf:<account>`, … */
  readFact(name: string): string | null;
  writeFact(name: string, value: string): Result<null, DiskFailure>;
  /** Which till every record is of: made once for a ledger, and anew where it finds itself elsewhere or went back to a backup. */
  tillId(): string;
  /** One transaction, synced: all of it or none. */
  handOver(handing: HandOver): Result<null, DiskFailure>;
  /**
   * Removes ended actions that last changed before this and whose payment last mattered before it, and payments that did and have no
   * action left. An open action never goes, nor its payment. A part at a time: main must not stand still for a year's worth.
   */
  purge(beforeMs: number): Result<Purged, DiskFailure>;
  /**
   * Removes the oldest of the activity log, a part at a time: what is older than this, which is six years ago, and more than six years older
   * than the log's own newest entry. One that is dated in the future counts for nothing.
   */
  purgeActivity(beforeMs: number): Result<PurgedActivity, DiskFailure>;
  /**
   * Makes the day's backup if it is not there yet. `isSure`: the date is Dojo's, so that a backup that is one too many may go. By the
   * PC's clock alone one copy is kept beside the others, and none of them goes.
   */
  backUp(todayIso: string, isSure: boolean): Promise<Result<null, DiskFailure>>;
  close(): void;
}>;
