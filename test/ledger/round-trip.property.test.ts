import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isCapturedInPart, type Payment } from '../../main/core/payment/payment.ts';
import { ACTION_STATES, type Action, isFinal, type Move, withoutSpentAddresses } from '../../main/core/queue/action.ts';
import type { Baseline } from '../../main/core/queue/evidence.ts';
import { openLedger, type SqliteLedger } from '../../main/ledger/open.ts';
import type { ActivityEntry } from '../../main/ports/ledger.ts';
import { NOON_MS } from '../builders.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const minor = fc.integer({ min: 0, max: 9_999_999_999 });
const timeMs = fc.integer({ min: 0, max: NOON_MS * 2 });
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant('capture' as const), amount: minor }),
  fc.record({ kind: fc.constant('capture' as const), amount: minor, tipsAmount: minor }),
  fc.record({ kind: fc.constant('reverse' as const) }),
  fc.record({ kind: fc.constant('refund' as const), amount: minor, reason: text, notes: text }),
  fc.record({ kind: fc.constant('cancel' as const) }),
  fc.record({ kind: fc.constant('setAmount' as const), amount: minor }),
  fc.record({ kind: fc.constant('setTips' as const), amount: minor }),
  fc.record({ kind: fc.constant('sendReceipt' as const), emails: fc.array(fc.emailAddress(), { maxLength: 3 }) }),
);
/** What is not always written. */
const sometimes = <T extends object>(always: fc.Arbitrary<T>, more: fc.Arbitrary<Partial<T>>): fc.Arbitrary<T> =>
  fc.tuple(always, more).map(([record, extra]) => ({ ...record, ...extra }));
const baseline = sometimes<Baseline>(
  fc.record({
    status: text,
    captureIds: orNull(fc.array(text, { maxLength: 3 })),
    capturedMinor: orNull(minor),
    refundedMinor: minor,
    amountMinor: minor,
    tipsMinor: minor,
    readAtMs: timeMs,
  }),
  fc.record({ turnedDownIds: fc.array(text, { maxLength: 3 }), updatedAtMs: timeMs, isUndated: fc.constant(true as const) }, { requiredKeys: [] }),
);
const outcome = fc.record({
  code: text,
  message: text,
  next: orNull(text),
  settledBy: fc.constantFrom('answer' as const, 'evidence' as const, 'person' as const, 'till' as const),
  captureId: orNull(text),
  dojoId: orNull(text),
  status: orNull(fc.integer({ min: 100, max: 599 })),
  traceId: orNull(text),
  raw: orNull(text),
});
/** Few ids, requests and payments, so that actions replace and collide with each other. */
const small = (prefix: string, max: number) => fc.integer({ min: 1, max }).map((number) => `${prefix}${number}`);
const action: fc.Arbitrary<Action> = sometimes<Action>(
  fc.record({
    id: small('a', 8),
    seq: fc.integer({ min: 1, max: 1_000 }),
    requestId: small('r', 12),
    runId: orNull(text),
    accountId: small('acc', 2),
    paymentId: small('pi', 3),
    move,
    currency: fc.constantFrom('GBP', 'EUR'),
    reference: text,
    idempotencyKey: fc.uuid(),
    acceptedAtMs: timeMs,
    deadlineAtMs: orNull(timeMs),
    state: fc.constantFrom(...ACTION_STATES),
    sends: fc.nat(5),
    firstSentAtMs: orNull(timeMs),
    sentAtMs: orNull(timeMs),
    apiVersion: orNull(text),
    decidedOn: orNull(baseline),
    baseline: orNull(baseline),
    notBeforeMs: timeMs,
    failures: fc.nat(50),
    outcome: orNull(outcome),
    changedAtMs: timeMs,
  }),
  fc.record({ sameDay: fc.record({ paidByMs: timeMs, endsAtMs: orNull(timeMs) }) }, { requiredKeys: [] }),
);
const said: fc.Arbitrary<Payment> = fc.record({
  id: small('pi', 6),
  reference: text,
  description: text,
  captureMode: fc.constantFrom('Auto' as const, 'Manual' as const),
  status: fc.oneof(fc.constantFrom('Authorized', 'Captured', 'Created'), text),
  currency: fc.constantFrom('GBP', 'EUR'),
  amountMinor: minor,
  tipsMinor: minor,
  serviceChargeMinor: minor,
  cashbackMinor: minor,
  totalMinor: orNull(minor),
  refundedMinor: minor,
  captures: orNull(fc.array(fc.record({ id: text, amountMinor: minor, tipsMinor: minor, status: text, createdAtMs: timeMs }), { maxLength: 3 })),
  createdAtMs: timeMs,
  updatedAtMs: timeMs,
  paidAtMs: orNull(timeMs),
  expireAtMs: orNull(timeMs),
  autoExpireInMs: orNull(timeMs),
  autoExpireAction: orNull(fc.constantFrom('Release' as const, 'Capture' as const)),
  customAmountAllowed: fc.boolean(),
  tipsAllowed: fc.boolean(),
  card: orNull(fc.record({ scheme: orNull(text), last4: orNull(text), funding: orNull(text), entry: orNull(text) })),
});
/** What only readings tell of when it was paid, or a ledger from before that was kept. */
const seen = fc.constantFrom<Partial<Payment>>(
  {},
  { firstPaidMs: NOON_MS },
  { unpaidUntilMs: NOON_MS - 1, firstPaidMs: NOON_MS, undatedMs: NOON_MS, undatedByMs: NOON_MS + 1 },
  { givenBackFromMs: NOON_MS },
);
const payment: fc.Arbitrary<Payment> = fc.tuple(said, seen).map((parts) => Object.assign({}, ...parts));
const entry: fc.Arbitrary<ActivityEntry> = fc.record({
  atMs: timeMs,
  accountId: orNull(small('acc', 2)),
  what: text,
  paymentId: orNull(small('pi', 3)),
  actionId: orNull(small('a', 8)),
  note: text,
});

const writing = fc.oneof(
  fc.record({ type: fc.constant('actions' as const), actions: fc.array(action, { maxLength: 5 }), activity: fc.array(entry, { maxLength: 2 }) }),
  fc.record({ type: fc.constant('payments' as const), accountId: small('acc', 2), payments: fc.array(payment, { maxLength: 5 }) }),
  fc.record({ type: fc.constant('fact' as const), name: small('fact', 2), value: text }),
  fc.record({ type: fc.constant('purge' as const), beforeMs: timeMs }),
  fc.record({ type: fc.constant('reopen' as const) }),
);
type Writing = typeof writing extends fc.Arbitrary<infer W> ? W : never;

/** What the ledger must hold, as plain maps. */
class Model {
  actions = new Map<string, Action>();
  payments = new Map<string, { accountId: string; payment: Payment }>();
  facts = new Map<string, string>();
  activity: ActivityEntry[] = [];

  /** Whether the write must be taken; all of it or none. */
  take(it: Writing): boolean {
    switch (it.type) {
      case 'actions': {
        const next = new Map(this.actions);
        for (const action of it.actions) {
          for (const other of next.values()) if (other.requestId === action.requestId && other.id !== action.id) return false;
          next.set(action.id, withoutSpentAddresses(action));
        }
        this.actions = next;
        this.activity.push(...it.activity);
        return true;
      }
      case 'payments':
        for (const payment of it.payments) this.payments.set(`${it.accountId} ${payment.id}`, { accountId: it.accountId, payment });
        return true;
      case 'fact':
        this.facts.set(it.name, it.value);
        return true;
      case 'purge': {
        const isOld = (action: Action) => isFinal(action) && action.changedAtMs < it.beforeMs;
        const lively = new Set([...this.actions.values()].flatMap((action) => (isOld(action) ? [] : laneOf(action))));
        for (const action of this.actions.values()) {
          const kept = this.payments.get(laneOf(action));
          const isYoung = kept !== undefined && matteredAtMs(kept.payment) >= it.beforeMs;
          if (isOld(action) && !isYoung && !lively.has(laneOf(action))) this.actions.delete(action.id);
        }
        const left = new Set([...this.actions.values()].map(laneOf));
        for (const [key, { payment }] of this.payments) if (matteredAtMs(payment) < it.beforeMs && !left.has(key)) this.payments.delete(key);
        return true;
      }
      case 'reopen':
        return true;
    }
  }
}

const laneOf = ({ accountId, paymentId }: Action): string => `${accountId} ${paymentId}`;
const matteredAtMs = ({ createdAtMs, updatedAtMs, paidAtMs, captures }: Payment): number =>
  Math.round(Math.max(createdAtMs, updatedAtMs, paidAtMs ?? 0, ...(captures ?? []).map((capture) => capture.createdAtMs)));

const byId = <T extends { id: string }>(items: readonly T[]): T[] => [...items].sort((a, b) => (a.id < b.id ? -1 : 1));

function compare(ledger: SqliteLedger, model: Model): void {
  const loaded = ledger.loadActions(0);
  expect(byId(loaded.actions)).toEqual(byId([...model.actions.values()]));
  expect(loaded.setAside).toBe(0);
  const seqs = loaded.actions.map((action) => action.seq);
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  for (const { accountId, payment } of model.payments.values()) expect(ledger.payment(accountId, payment.id)).toEqual(payment);
  for (const accountId of ['acc1', 'acc2']) {
    const mine = [...model.payments.values()].filter((row) => row.accountId === accountId).map((row) => row.payment);
    expect(byId(ledger.payments(accountId, 0, NOON_MS * 2 + 1, true))).toEqual(byId(mine));
    const later = mine.filter((payment) => payment.createdAtMs >= NOON_MS || payment.status === 'Authorized' || isCapturedInPart(payment));
    expect(byId(ledger.payments(accountId, NOON_MS, NOON_MS * 2 + 1, true))).toEqual(byId(later));
  }
  for (const paymentId of ['pi1', 'pi2', 'pi3']) expect(ledger.activityOn(paymentId)).toEqual(model.activity.filter((it) => it.paymentId === paymentId));
  for (const [name, value] of model.facts) expect(ledger.readFact(name)).toBe(value);
}

it('reads back exactly what was written, whatever came in whatever order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-ledger-'));
  let run = 0;
  try {
    fc.assert(
      fc.property(fc.array(writing, { maxLength: 12 }), (writings) => {
        const file = join(folder, `ledger-${++run}.db`);
        const open = (): SqliteLedger => {
          const result = openLedger({ file, nowMs: NOON_MS });
          if ('failure' in result) throw new Error(result.failure.message);
          expect(result.notices).toEqual([]);
          return result.ledger;
        };
        let ledger = open();
        try {
          const model = new Model();
          for (const it of writings) {
            const taken = model.take(it);
            if (it.type === 'reopen') {
              ledger.close();
              ledger = open();
            } else if (it.type === 'actions') expect(ledger.writeActions(it.actions, it.activity).ok).toBe(taken);
            else if (it.type === 'payments') expect(ledger.writePayments(it.accountId, it.payments).ok).toBe(taken);
            else if (it.type === 'fact') expect(ledger.writeFact(it.name, it.value).ok).toBe(taken);
            else expect(ledger.purge(it.beforeMs).ok).toBe(taken);
          }
          compare(ledger, model);
          ledger.close();
          ledger = open();
          compare(ledger, model);
        } finally {
          ledger.close();
        }
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
