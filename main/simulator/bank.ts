import { err, ok, type Result } from '../core/result.ts';
import type { Desk } from './desk.ts';
import { createHistory } from './history.ts';
import { type Remembered, recall, repeatRefusal } from './idempotency.ts';
import { type CaptureOutcome, type CaptureRecord, type Intent, type Movement, type Refusal, restored } from './intent.ts';
import { bringUp, dueAtMs } from './lapse.ts';
import { imbalancesOf, type MoneyOf, moneyOf } from './money-of.ts';
import * as moves from './moves.ts';
import { intentOf, type NewPayment } from './new-payment.ts';
import { playPast } from './past.ts';
import { pay } from './pay.ts';
import { seededRandom } from './random.ts';
import { refusals } from './refusals.ts';
import { type SearchPage, type SearchQuery, search } from './search.ts';
import { DEFAULT_SWITCHES, type Switches } from './switches.ts';

type Refund = { refundId: string; accountId: string; intentId: string; refundReason: string | null; notes: string | null };
type Receipt = { intentId: string; emails: number; atMs: number };

/** All there is of a simulated Dojo, as plain JSON. API keys are not in it. */
export type BankState = {
  version: 1;
  intents: Intent[];
  refunds: Refund[];
  remembered: Remembered[];
  ledger: Movement[];
  receipts: Receipt[];
  random: number;
};

export type BankOptions = Readonly<{
  seed: number;
  /** The calendar day of an undo follows this zone's midnight. */
  zone: string;
  state?: BankState;
  switches?: Partial<Switches>;
  /** Each key opens one account. */
  keys?: Readonly<Record<string, string>>;
  settleDelayMs?: number;
  /** How many captures of a hundred the bank behind Dojo declines, and how many fail. */
  declinedPercent?: number;
  failedPercent?: number;
  /** How long an idempotency key is remembered. */
  keysKeptMs?: number;
}>;

export type RefundRequest = Readonly<{
  amountMinor: number;
  idempotencyKey: string;
  refundReason?: string | null | undefined;
  notes?: string | null | undefined;
  previousTransactionId?: string | null | undefined;
}>;

export const TRAINING_ACCOUNT = 'acc_training';
const DAY_MS = 86_400_000;
const freshState = (seed: number): BankState => ({ version: 1, intents: [], refunds: [], remembered: [], ledger: [], receipts: [], random: seed >>> 0 });

/**
 * The simulated Dojo's rules and memory. It has no clock: every call says what time it is, and what was due by then happens first.
 * An operation that is refused changes nothing.
 */
export function createBank(options: BankOptions) {
  const state: BankState = options.state ? structuredClone(options.state) : freshState(options.seed);
  state.intents = state.intents.map(restored);
  const random = seededRandom(state.random);
  const switches: Switches = { ...DEFAULT_SWITCHES, ...options.switches };
  const history = createHistory(() => switches.searchLagMs);
  const keys = new Map(Object.entries(options.keys ?? {}));
  const revoked = new Set<string>();
  const byId = new Map(state.intents.map((intent) => [intent.id, intent]));
  const ordered: { outcome: CaptureOutcome; intentId: string | null }[] = [];
  let newestFirst: readonly Intent[] | null = null;
  let nextDueMs = Number.NEGATIVE_INFINITY;
  let revision = 0;

  const desk: Desk = {
    switches,
    zone: options.zone,
    settleDelayMs: options.settleDelayMs ?? 2_500,
    post: (kind, intent, amountMinor, atMs, id) => {
      state.ledger.push({ kind, atMs, intentId: intent.id, amountMinor, currency: intent.currency, id });
    },
    nextOutcome: (intentId) => {
      const place = ordered.findIndex((order) => order.intentId === null || order.intentId === intentId);
      const order = place >= 0 ? ordered.splice(place, 1)[0] : undefined;
      if (order) return order.outcome;
      const percent = random.fraction() * 100;
      if (percent < (options.declinedPercent ?? 0)) return 'Declined';
      return percent < (options.declinedPercent ?? 0) + (options.failedPercent ?? 0) ? 'Failed' : 'Successful';
    },
    newId: (prefix) => `${prefix}_${random.token(22)}`,
    changing: history.changing,
  };

  const touched = (intent: Intent) => {
    revision += 1;
    nextDueMs = Math.min(nextDueMs, dueAtMs(intent, switches));
  };

  function advance(nowMs: number): void {
    if (nowMs < nextDueMs) return;
    nextDueMs = Number.POSITIVE_INFINITY;
    for (const intent of state.intents) {
      if (dueAtMs(intent, switches) <= nowMs) {
        bringUp(intent, nowMs, desk);
        revision += 1;
      }
      nextDueMs = Math.min(nextDueMs, dueAtMs(intent, switches));
    }
  }

  function own(accountId: string, intentId: string, nowMs: number): Result<Intent, Refusal> {
    advance(nowMs);
    const intent = byId.get(intentId);
    return intent && intent.accountId === accountId ? ok(intent) : err(refusals.unknownIntent);
  }

  function change<T>(accountId: string, intentId: string, nowMs: number, move: (intent: Intent) => Result<T, Refusal>): Result<T, Refusal> {
    const found = own(accountId, intentId, nowMs);
    if (!found.ok) return found;
    history.changing(found.value, nowMs);
    const result = move(found.value);
    if (result.ok) touched(found.value);
    return result;
  }

  const keysKeptMs = options.keysKeptMs ?? DAY_MS;

  /** Puts a payment in, with its past. */
  function addPayment(spec: NewPayment, nowMs: number): Intent {
    const intent = intentOf(spec, TRAINING_ACCOUNT, nowMs, random);
    if (byId.has(intent.id)) throw new Error(`expected a new payment id, got ${intent.id} again`);
    history.appears(intent);
    playPast(intent, spec, nowMs, desk);
    state.intents.push(intent);
    byId.set(intent.id, intent);
    newestFirst = null;
    touched(intent);
    return intent;
  }

  const ledgerOf = (intentId: string) => state.ledger.filter((movement) => movement.intentId === intentId);

  return {
    zone: options.zone,
    /** The account a key opens; null: unknown or revoked. */
    authenticate: (apiKey: string): string | null => (revoked.has(apiKey) ? null : (keys.get(apiKey) ?? null)),
    addKey: (apiKey: string, accountId = TRAINING_ACCOUNT) => void keys.set(apiKey, accountId),
    revokeKey: (apiKey: string) => void revoked.add(apiKey),
    mendKey: (apiKey: string) => void revoked.delete(apiKey),

    advance,
    addPayment,
    /** The customer pays: a Created intent is charged or held. False: it was not waiting for it. */
    pay(intentId: string, nowMs: number): boolean {
      advance(nowMs);
      const intent = byId.get(intentId);
      if (intent?.status !== 'Created') return false;
      history.changing(intent, nowMs);
      pay(intent, nowMs, desk);
      touched(intent);
      return true;
    },
    /** Decides what becomes of the next capture, of this payment or of any. Returns its undo. */
    orderOutcome(outcome: CaptureOutcome, intentId: string | null = null): () => void {
      const order = { outcome, intentId };
      ordered.push(order);
      return () => {
        const place = ordered.indexOf(order);
        if (place >= 0) ordered.splice(place, 1);
      };
    },
    /** Drops what ended before a moment: a shop that runs for weeks does not grow without end. */
    forgetBefore(atMs: number): void {
      const kept = state.intents.filter((intent) => intent.updatedAtMs >= atMs || Number.isFinite(dueAtMs(intent, switches)));
      if (kept.length === state.intents.length) return;
      const ids = new Set(kept.map(({ id }) => id));
      state.intents = kept;
      state.ledger = state.ledger.filter(({ intentId }) => ids.has(intentId));
      state.refunds = state.refunds.filter(({ intentId }) => ids.has(intentId));
      state.receipts = state.receipts.filter(({ intentId }) => ids.has(intentId));
      state.remembered = state.remembered.filter((kept) => kept.atMs >= atMs);
      for (const id of byId.keys()) if (!ids.has(id)) byId.delete(id);
      newestFirst = null;
      revision += 1;
    },

    search(accountId: string, query: SearchQuery, nowMs: number): Result<SearchPage, Refusal> {
      advance(nowMs);
      newestFirst ??= state.intents.toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1));
      const owned = newestFirst.filter((intent) => intent.accountId === accountId);
      return search(history.shown(owned, nowMs), query, switches);
    },
    read(accountId: string, intentId: string, returnCanceled: boolean, nowMs: number): Result<Intent, Refusal> {
      const found = own(accountId, intentId, nowMs);
      return found.ok && found.value.status === 'Canceled' && !returnCanceled ? err(refusals.unknownIntent) : found;
    },
    capture(
      accountId: string,
      intentId: string,
      request: moves.CaptureAsked & Readonly<{ idempotencyKey?: string | null }>,
      nowMs: number,
    ): Result<CaptureRecord, Refusal> {
      const key = switches.captureHonoursIdempotencyKey ? (request.idempotencyKey ?? null) : null;
      const said = { scope: `capture ${accountId} ${intentId}`, request: JSON.stringify([request.amountMinor, request.tipsMinor]) };
      const earlier = key === null ? ok(null) : recall(state.remembered, { ...said, key }, nowMs, keysKeptMs);
      if (!earlier.ok) return earlier;
      const { value: remembered } = earlier;
      const first = remembered && byId.get(intentId)?.captures.find(({ id }) => id === remembered.id);
      if (first) return ok(first);
      const result = change(accountId, intentId, nowMs, (intent) => moves.capture(intent, request, nowMs, desk));
      if (result.ok && key !== null) state.remembered.push({ ...said, key, id: result.value.id, atMs: nowMs });
      return result;
    },
    reverse: (accountId: string, intentId: string, nowMs: number) => change(accountId, intentId, nowMs, (intent) => moves.reverse(intent, nowMs, desk)),
    refund(accountId: string, intentId: string, request: RefundRequest, nowMs: number): Result<Refund, Refusal> {
      const found = own(accountId, intentId, nowMs);
      if (!found.ok) return found;
      const { amountMinor, idempotencyKey: key, refundReason = null, notes = null, previousTransactionId = null } = request;
      const said = {
        scope: `refund ${accountId} ${intentId}`,
        key,
        request: JSON.stringify([amountMinor, refundReason, notes, previousTransactionId]),
      };
      const earlier = recall(state.remembered, said, nowMs, switches.refundKeysKeptMs ?? keysKeptMs);
      if (!earlier.ok) return earlier;
      const { value: remembered } = earlier;
      const first = remembered && state.refunds.find(({ refundId }) => refundId === remembered.id);
      if (first) {
        const refusal = repeatRefusal(remembered.atMs, moves.refundRefusal(found.value, amountMinor, desk), nowMs, switches);
        return refusal ? err(refusal) : ok(first);
      }
      const result = change(accountId, intentId, nowMs, (intent) => moves.refund(intent, amountMinor, nowMs, desk));
      if (!result.ok) return result;
      const refund: Refund = { refundId: result.value.refundId, accountId, intentId, refundReason, notes };
      state.refunds.push(refund);
      state.remembered.push({ ...said, id: refund.refundId, atMs: nowMs });
      return ok(refund);
    },
    /** The specification lists no 404 here: an unknown refund is a bad request. */
    readRefund(accountId: string, refundId: string): Result<Refund, Refusal> {
      const refund = state.refunds.find((kept) => kept.refundId === refundId && kept.accountId === accountId);
      return refund ? ok(refund) : err(refusals.badRequest('The refund was not found.'));
    },
    cancel: (accountId: string, intentId: string, nowMs: number) => change(accountId, intentId, nowMs, (intent) => moves.cancel(intent, nowMs, desk)),
    setAmount: (accountId: string, intentId: string, amount: moves.MoneyIn, nowMs: number) =>
      change(accountId, intentId, nowMs, (intent) => moves.setAmount(intent, amount, nowMs)),
    setTips: (accountId: string, intentId: string, tips: moves.MoneyIn, nowMs: number) =>
      change(accountId, intentId, nowMs, (intent) => moves.setTips(intent, tips, nowMs)),
    sendReceipt: (accountId: string, intentId: string, emails: readonly string[], nowMs: number): Result<null, Refusal> =>
      change(accountId, intentId, nowMs, (intent) => {
        const refusal = moves.receiptRefusal(intent);
        if (refusal) return err(refusal);
        state.receipts.push({ intentId, emails: emails.length, atMs: nowMs });
        return ok(null);
      }),

    intent: (intentId: string): Readonly<Intent> | undefined => byId.get(intentId),
    intents: (): readonly Readonly<Intent>[] => state.intents,
    ledger: (): readonly Movement[] => state.ledger,
    receipts: (): readonly Readonly<Receipt>[] => state.receipts,
    moneyOf: (intentId: string): MoneyOf => moneyOf(ledgerOf(intentId)),
    /** What must never happen and did, as sentences; empty is right. */
    imbalances: (): readonly string[] => {
      const movements = Map.groupBy(state.ledger, ({ intentId }) => intentId);
      return [...movements].flatMap(([intentId, own]) => imbalancesOf(intentId, moneyOf(own)));
    },
    switches: (): Readonly<Switches> => switches,
    setSwitches: (patch: Partial<Switches>): void => {
      Object.assign(switches, patch);
      nextDueMs = Number.NEGATIVE_INFINITY; // some of them decide when something is due
    },
    /** Grows with every change. */
    revision: () => revision,
    state: (): BankState => structuredClone({ ...state, random: random.position() }),
    random,
  };
}

export type Bank = ReturnType<typeof createBank>;
