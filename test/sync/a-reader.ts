import type { Failure } from '../../main/core/failure.ts';
import type { Payment } from '../../main/core/payment/payment.ts';
import { err, ok, type Result } from '../../main/core/result.ts';
import type { Found, PatientClient, SearchQuery } from '../../main/dojo/client.ts';
import { createRetryGate } from '../../main/dojo/retry-gate.ts';
import { createDayReader, type DayReaderOptions, SHOP_PACE } from '../../main/sync/poller.ts';
import { aFailure, NOON_MS } from '../builders.ts';
import { createSimClock } from '../sim/clock.ts';

export type Asked = Readonly<{ at: number; what: 'search' | 'read' | 'probe'; query?: SearchQuery; id?: string }>;
type Answers = {
  /** Pages of what a search finds; a payment whose captures are null is one whose captures the list leaves out. */
  search: (query: SearchQuery, nth: number) => Result<readonly (readonly Payment[])[], Failure> | Promise<Result<readonly (readonly Payment[])[], Failure>>;
  read: (id: string, nth: number) => Result<Payment, Failure> | Promise<Result<Payment, Failure>>;
  probe: () => Result<null, Failure>;
};

const isUntold = ({ captures }: Payment) => captures === null;
export const fails = (changes: Partial<Failure>) => err(aFailure(changes));
export const NO_LINE = { kind: 'not-sent', cause: 'ERR_INTERNET_DISCONNECTED' } as const;
export const refusedWith = (status: number) => ({ kind: 'refused', cause: `http-${status}`, status }) as const;

/**
 * What keeps up with Dojo, over a scripted client and a simulated clock. What it takes over is known from then on, as in the till.
 * Times are ms since the beginning.
 */
export function aReader(known: readonly Payment[] = [], different: Partial<DayReaderOptions> = {}) {
  const sim = createSimClock(NOON_MS);
  /** How far the wall clock was set, and how long the monotonic one stood still. */
  const apart = { wallMs: 0, stillMs: 0 };
  /** Timers that have still to fire. */
  const timers = new Set<symbol>();
  function after(delayMs: number, callback: () => void): () => void {
    const timer = Symbol();
    timers.add(timer);
    const cancel = sim.after(delayMs, () => {
      timers.delete(timer);
      callback();
    });
    return () => {
      timers.delete(timer);
      cancel();
    };
  }
  const clock = { after, nowMs: () => sim.nowMs() + apart.wallMs, monotonicMs: () => sim.monotonicMs() - NOON_MS - apart.stillMs };
  const at = () => sim.nowMs() - NOON_MS;
  const payments = new Map(known.map((payment) => [payment.id, payment]));
  const asked: Asked[] = [];
  const told: string[] = [];
  const failures: Failure[] = [];
  const readings: { odd: number; full: boolean }[] = [];
  const errors: string[] = [];
  const kept: string[][] = [];
  /** How many were on the wire together at most. */
  const wire = { now: 0, most: 0 };
  const gate = createRetryGate(clock, { fraction: () => 0.5 });
  const answers: Answers = { search: () => ok([]), read: () => fails(refusedWith(404)), probe: () => ok(null) };
  const odd: { of: (query: SearchQuery) => Readonly<{ count: number; ids: readonly string[] }> } = { of: () => ({ count: 0, ids: [] }) };

  async function answered<T>(what: Asked['what'], more: Partial<Asked>, answer: () => T | Promise<T>): Promise<T> {
    asked.push({ at: at(), what, ...more });
    wire.now += 1;
    if (what === 'read') wire.most = Math.max(wire.most, wire.now);
    try {
      return await answer();
    } finally {
      wire.now -= 1;
    }
  }
  function learnt<T>(result: Result<T, Failure>, what: string | null = null): Result<T, Failure> {
    gate.learn(result.ok ? null : result.error, what);
    return result;
  }

  const client: PatientClient = {
    gate,
    async search(query, onPage, isWanted = () => true) {
      const refusal = gate.refusal();
      if (refusal) return err(refusal);
      const nth = asked.filter(({ what }) => what === 'search').length;
      const pages = learnt(await answered('search', { query }, () => answers.search(query, nth)));
      const { count, ids } = odd.of(query);
      if (!pages.ok) return pages;
      for (const page of pages.value) {
        if (!isWanted()) return fails({ kind: 'not-sent', cause: 'not-wanted' });
        onPage?.(page.filter((payment) => !isUntold(payment)));
      }
      const payments = pages.value.flat();
      const found: Found = {
        payments: payments.filter((payment) => !isUntold(payment)),
        untold: payments.filter(isUntold),
        odd: count,
        oddIds: new Set(ids),
        pages: pages.value.length,
      };
      return ok(found);
    },
    async read(id) {
      const refusal = gate.refusal();
      if (refusal) return err(refusal);
      const nth = asked.filter((one) => one.id === id).length;
      return learnt(await answered('read', { id }, () => answers.read(id, nth)), `read ${id}`);
    },
    async probe() {
      const refusal = gate.refusal();
      if (refusal) return err(refusal);
      return learnt(await answered('probe', {}, () => answers.probe()));
    },
    readDated: () => Promise.reject(new Error('expected no dated reading')),
    perform: () => Promise.reject(new Error('expected nothing to be sent')),
  };
  const options: DayReaderOptions = {
    client,
    clock,
    random: { uuid: () => 'unused', fraction: () => 0.5 },
    log: { info: () => undefined, warn: () => undefined, error: (message) => void errors.push(message) },
    pace: SHOP_PACE,
    nowMs: clock.nowMs,
    zone: () => 'Europe/London',
    dayStartMinutes: () => 0,
    known: () => payments,
    find: (id) => payments.get(id) ?? null,
    awaited: () => [],
    onUnread: () => undefined,
    onPayments(read) {
      kept.push(read.map(({ id }) => id));
      for (const payment of read) payments.set(payment.id, payment);
    },
    onRead(reading) {
      told.push('read');
      readings.push(reading);
    },
    onFailure(failure) {
      told.push('failure');
      failures.push(failure);
    },
    onVersion: (isThere) => void told.push(isThere ? 'version' : 'no version'),
    onRefreshing: (refreshing) => void told.push(refreshing ? 'begins' : 'ends'),
    ...different,
  };
  const reader = createDayReader(options);
  return {
    reader,
    clock: { ...clock, run: sim.run },
    apart,
    at,
    payments,
    gate,
    answers,
    odd,
    asked,
    told,
    failures,
    readings,
    errors,
    kept,
    wire,
    timers,
    /** What was asked since the last look. */
    since: () => asked.splice(0),
    reads: () => asked.filter(({ what }) => what === 'read').map(({ id }) => id),
    searches: () => asked.filter(({ what }) => what === 'search'),
    async settle() {
      await sim.run(0);
    },
  };
}
