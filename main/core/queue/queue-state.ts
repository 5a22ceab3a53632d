import type { Failure } from '../failure.ts';
import type { Payment } from '../payment/payment.ts';
import type { Result } from '../result.ts';
import { type Action, asSent, type Move, type MoveKind } from './action.ts';
import type { Baseline } from './evidence.ts';
import type { Held } from './held.ts';
import type { OutcomeCode } from './outcome.ts';

const LANES_FIRST = 4;

/** Whether requests may go out: `stopped` is a refused key, and lasts until the key is mended; `no-version`, until Dojo can be read again. */
export type Gate = 'open' | 'no-key' | 'stopped' | 'no-version';

/** The same instant on the PC's own clock, which may be set, and on the one that nobody sets. */
export type Moment = Readonly<{ wallMs: number; monotonicMs: number }>;

/** A request on the wire. */
export type Busy = Readonly<{ what: 'reading' | 'sending'; sinceMonotonicMs: number }>;

export type QueueState = Readonly<{
  /** In order of acceptance. */
  actions: ReadonlyMap<string, Action>;
  /** Payments on which something may have happened that nobody can read any more: nothing is sent there. */
  unreadableLanes: ReadonlySet<string>;
  /** Actions with a request on the wire. */
  busy: ReadonlyMap<string, Busy>;
  /**
   * Actions with an unknown outcome, also where a person is asked meanwhile: since when, on the monotonic clock, Dojo has had time to
   * finish them. One that comes from an earlier run is missing until Dojo answers for the first time in this one.
   */
  settlingSince: ReadonlyMap<string, number>;
  /** Open actions that were sent for the first time in this run: when, on the monotonic clock. */
  firstSentSince: ReadonlyMap<string, number>;
  /** Actions that wait because clocks disagree on whether it is too late: since when, on the monotonic clock. */
  doubtedSince: ReadonlyMap<string, number>;
  /** Actions whose payment cannot be read, or whose move Dojo denies. */
  held: ReadonlyMap<string, Held>;
  gate: Gate;
  /** Only this account's actions are sent. */
  accountId: string | null;
  paused: boolean;
  /** false: the last write did not reach the disk, so nothing may be sent. */
  diskOk: boolean;
  line: Readonly<{ up: boolean; failures: number; retryAtMs: number }>;
  throttledUntilMs: number;
  /** By how much Dojo's time was ahead of the monotonic clock at the last event; null: there was none yet. */
  aheadOfMonotonicMs: number | null;
  /** The same of the PC's clock. */
  pcAheadOfMonotonicMs: number | null;
  /** When that time was last put back in this run, on the monotonic clock; null: never. */
  putBackSince: number | null;
  /** The shop's zone at the last event; null: there was none yet. */
  zone: string | null;
  /** Dojo asked for a pause: when it is over, what is due soonest goes first until nothing is left to start. */
  catchingUp: boolean;
  lanes: number;
  /** Requests that ran into their time-out lately: three payments in a row mean that Dojo, not one payment, is slow. */
  timeouts: readonly Readonly<{ paymentId: string; atMonotonicMs: number }>[];
  /** Payments for which Dojo answered 403 or 401 in a row, by operation. */
  forbidden: ReadonlyMap<MoveKind, readonly string[]>;
  /** Operations that this key may not do, though it may read: nothing more of them is sent until a person or another key allows it. */
  stoppedOperations: ReadonlySet<MoveKind>;
  /** Operations that Dojo answers 401, which stops them, or 429, while it answers readings well: when one of them asks again. */
  feltFor: ReadonlyMap<MoveKind, Readonly<{ failures: number; retryAtMs: number }>>;
}>;

export type QueueEvent =
  | Readonly<{ type: 'loaded'; actions: readonly Action[] }>
  /** Payments with an action on disk that cannot be read. */
  | Readonly<{ type: 'unreadable'; paymentIds: readonly string[] }>
  /** The ledger finds itself elsewhere, or an account has a key that nobody could match: what is open may be sent by somebody else. null: of every account. */
  | Readonly<{ type: 'moved'; why: 'moved' | 'new-key'; accountId: string | null }>
  | Readonly<{ type: 'accepted'; actions: readonly Action[] }>
  | Readonly<{ type: 'tick' }>
  /** Ended actions of long ago leave the memory; they stay in the ledger. */
  | Readonly<{ type: 'forget'; endedBeforeMs: number }>
  /**
   * `stopped`: operations that Dojo forbade this same key in an earlier run. `throttledUntilMs`: until when Dojo asks it to be left alone;
   * absent: it is the key as before, and nothing changes.
   */
  | Readonly<{ type: 'gate'; gate: Gate; accountId: string | null; stopped?: readonly MoveKind[]; throttledUntilMs?: number }>
  /** What is about all payments, a list, was answered, or met no connection. `isUnwell`: Dojo was there, and did not answer it well. */
  | Readonly<{ type: 'line'; up: boolean; isUnwell?: true }>
  /** Dojo asked somebody else on this till, the poller for one, to come back later. */
  | Readonly<{ type: 'throttled'; untilMs: number }>
  | Readonly<{ type: 'paused'; paused: boolean }>
  /** A write failed (`unsent`: actions whose send was therefore not made) or, with `ok`, everything is written again. */
  | Readonly<{ type: 'disk'; ok: boolean; unsent: readonly string[] }>
  /** `dojoAtMs`: what Dojo's clock said in this very answer; null: it did not say. */
  | Readonly<{ type: 'read'; actionId: string; startedAt: Moment; dojoAtMs: number | null; result: Result<Payment, Failure> }>
  | Readonly<{ type: 'answered'; actionId: string; result: Result<Taken, Failure> }>
  | Readonly<{ type: 'withdraw'; actionId: string }>
  | Readonly<{ type: 'retryNow'; actionId: string }>
  | Readonly<{ type: 'settle'; actionId: string; verdict: 'happened' | 'did-not-happen'; note: string }>
  /** A person looked at the payment as it is now (`decidedOn`) and lets the action go out. */
  | Readonly<{ type: 'release'; actionId: string; decidedOn: Baseline }>;

/** What Dojo's yes says: the capture's id, or that of the refund or the reversal. */
export type Taken = Readonly<{ captureId: string | null; dojoId: string | null }>;

/** Run in order. A `write` is on disk, synced, before any effect after it starts. */
export type Effect =
  | Readonly<{ type: 'write'; actions: readonly Action[] }>
  | Readonly<{ type: 'read'; actionId: string; paymentId: string }>
  | Readonly<{ type: 'send'; actionId: string; paymentId: string; move: Move; currency: string; idempotencyKey: string; apiVersion: string }>
  | Readonly<{ type: 'wake'; inMs: number }>;

/**
 * What a step may know of the world. `nowMs`: Dojo's time, as far as it is known; `otherwiseMs`: what it may be instead, where something
 * speaks against that; `isRepeated`: Dojo has said it at several times; `isCertain`: it is certain enough to date by it anew what was dated by
 * another clock. `random` is drawn anew for each step, in [0, 1).
 */
export type Now = Moment &
  Readonly<{ nowMs: number; otherwiseMs?: number | null; isRepeated?: boolean; isCertain?: boolean; random: number; zone: string; apiVersion: string }>;

export const emptyQueue: QueueState = {
  actions: new Map(),
  unreadableLanes: new Set(),
  busy: new Map(),
  settlingSince: new Map(),
  firstSentSince: new Map(),
  doubtedSince: new Map(),
  held: new Map(),
  gate: 'no-key',
  accountId: null,
  paused: false,
  diskOk: true,
  line: { up: true, failures: 0, retryAtMs: 0 },
  throttledUntilMs: 0,
  aheadOfMonotonicMs: null,
  pcAheadOfMonotonicMs: null,
  putBackSince: null,
  zone: null,
  catchingUp: false,
  lanes: LANES_FIRST,
  timeouts: [],
  forbidden: new Map(),
  stoppedOperations: new Set(),
  feltFor: new Map(),
};

export const onPayment = (state: QueueState, paymentId: string): Action[] => [...state.actions.values()].filter((action) => action.paymentId === paymentId);

/** A part capture without a trace after the settling time: nobody sends it again but a person. */
export const isAbsentPart = (action: Action): boolean => action.state === 'checking' && action.outcome?.code === 'absent-part';
/** Its request has left, and the answer is awaited: until then nobody can know what to decide. */
export const isOnTheWire = ({ busy }: Pick<QueueState, 'busy'>, { id }: Action): boolean => busy.get(id)?.what === 'sending';
export const isWithdrawable = (state: QueueState, action: Action): boolean => action.state === 'waiting' && !isOnTheWire(state, action);
/** A request of it went out. Before it is called removed, a look at the payment has to agree; of a receipt nothing shows. */
export const isLookedAtWhenRemoved = (action: Action): boolean => asSent(action).baseline !== null && action.move.kind !== 'sendReceipt';
/** Another copy of the record may go on with it: only a person's release lets it go out, never a reading. */
const HANDED_OVER: readonly string[] = ['moved', 'new-key', 'restored'] satisfies OutcomeCode[];
const isHandedOver = ({ outcome }: Action): boolean => outcome !== null && HANDED_OVER.includes(outcome.code);
/** Without a baseline reading could prove nothing: only a person can tell. */
export const isRetryable = (action: Action): boolean =>
  action.state === 'waiting' || action.state === 'checking' || (action.state === 'needsPerson' && action.baseline !== null && !isHandedOver(action));
export const isSettleable = (state: Pick<QueueState, 'busy'>, action: Action): boolean =>
  (action.state === 'needsPerson' || isAbsentPart(action)) && !isOnTheWire(state, action);
/** What a person removed. And a receipt whose addresses are forgotten, and what no person's word on the time lets go: sending either would only ask again. */
const isUnsendable = ({ move, outcome, endsAs }: Action): boolean =>
  endsAs === 'withdrawn' || (move.kind === 'sendReceipt' && move.emails.length === 0) || outcome?.code === ('no-date-reversal' satisfies OutcomeCode);
/** A person may let it go out, once more where it was sent before. */
export const isReleasable = (state: Pick<QueueState, 'busy'>, action: Action): boolean => isSettleable(state, action) && !isUnsendable(action);
