import type { Show } from '../preload/contract.ts';
import type { Action } from './core/action.ts';
import type { ChangeKind } from './core/changes.ts';
import type { Payment } from './core/payment.ts';
import type { Result } from './core/result.ts';
import type { SearchWord } from './core/search-words.ts';

/** Everything the till needs of the world. Each port has the real thing and a simulated one in test/sim. */

export type Clock = Readonly<{
  /** The PC's wall clock, UTC epoch ms. */
  nowMs(): number;
  /** Calls back once after a delay; returns its undo. */
  after(delayMs: number, callback: () => void): () => void;
}>;

export type Random = Readonly<{
  uuid(): string;
  /** In [0, 1). */
  fraction(): number;
}>;

export type HttpRequest = Readonly<{
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON text, or null. */
  body: string | null;
  timeoutMs: number;
  /** It may move money: it must never be repeated by a layer below (a reused connection, a redirect). */
  movesMoney: boolean;
}>;

/**
 * Never rejects. `not-sent`: no byte of the request can have reached the server. `broken`: it may have (time-out, reset,
 * an answer cut short or larger than the limit). Redirects are answers: they are never followed.
 */
export type HttpAnswer =
  | Readonly<{ kind: 'answered'; status: number; headers: Readonly<Record<string, string>>; body: string }>
  | Readonly<{ kind: 'not-sent'; cause: string }>
  | Readonly<{ kind: 'broken'; cause: string }>;

export type Http = Readonly<{ request(request: HttpRequest): Promise<HttpAnswer> }>;

/** Larger answers are cut off and count as broken. */
export const BODY_BYTES_MAX = 8 * 1024 * 1024;

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

/** What the entries are called that tell of a change at Dojo which nothing done here explains. */
export const CHANGED_ELSEWHERE = 'changed-elsewhere:';
export const changedElsewhere = (kind: ChangeKind): string => `${CHANGED_ELSEWHERE}${kind}`;

/** A write that could not be made durable. Nothing of it is on disk. */
export type DiskFailure = Readonly<{ code: 'full' | 'read-only' | 'broken'; message: string }>;

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
  writePayments(accountId: string, payments: readonly Payment[], activity?: readonly ActivityEntry[]): Result<null, DiskFailure>;
  payment(accountId: string, paymentId: string): Payment | null;
  /** Payments created in [fromMs, toMs), and with `openHolds` also every Authorized one before. Newest first. */
  payments(accountId: string, fromMs: number, toMs: number, openHolds: boolean): readonly Payment[];
  /** The last ones created before a time, newest first, and no more of them than asked for. */
  newestPayments(accountId: string, beforeMs: number, most: number): readonly Payment[];
  /** Kept payments that fit every word, newest first, and no more of them than asked for. */
  findPayments(accountId: string, words: readonly SearchWord[], most: number): readonly Payment[];
  activityOn(paymentId: string): readonly ActivityEntry[];
  /** What was changed elsewhere, as noticed here since a time, oldest first. */
  changedElsewhereSince(accountId: string, sinceMs: number): readonly ActivityEntry[];
  accounts(): readonly Account[];
  writeAccount(account: Account, keyFingerprint: string): Result<null, DiskFailure>;
  accountByKey(keyFingerprint: string): Account | null;
  /** Small facts that must survive: `paused`, `asOf:<account>`, … */
  readFact(name: string): string | null;
  writeFact(name: string, value: string): Result<null, DiskFailure>;
  /** Removes payments and ended actions older than this; open actions and their payments never. */
  purge(beforeMs: number): Result<{ payments: number; actions: number }, DiskFailure>;
  /** Makes the rolling daily backup if today's is not there yet. */
  backUp(todayIso: string): Promise<void>;
  close(): void;
}>;

/** The API key in the operating system's secure storage. */
export type Vault = Readonly<{
  /** Why a key cannot be kept here, in words; null: it can. */
  unavailable(): Promise<string | null>;
  store(apiKey: string): Promise<Result<null, string>>;
  /** `none`: never stored. `unreadable`: stored by another user or before a password was reset. */
  load(): Promise<Readonly<{ kind: 'key'; apiKey: string }> | Readonly<{ kind: 'none' }> | Readonly<{ kind: 'unreadable' }>>;
  forget(): Promise<void>;
}>;

/**
 * Tells a person who is not looking at the till; where that cannot be done, nothing happens. `show` is what the page goes to when it
 * is pressed. Never the only place that says something: the page says the same.
 */
export type Notifier = Readonly<{ notify(note: Readonly<{ title: string; body: string; show: Show }>): void }>;

export type Log = Readonly<{
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}>;
