import { type DaySpan, tradingDay } from '../core/day/day.ts';
import type { Failure } from '../core/failure.ts';
import { isSettling, type Payment } from '../core/payment/payment.ts';
import { waitMs } from '../core/queue/backoff.ts';
import type { Result } from '../core/result.ts';
import type { DojoClient, Found } from '../dojo/client.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

const FULL_EVERY_MS = 5 * 60_000;
const HOLDS_BACK_MS = 8 * 86_400_000;
/** Clocks differ and pages shift: a light read asks for a little more than what is new. */
const OVERLAP_MS = 2 * 60_000;
/** A light read looks singly at no more payments that have left its list than this. */
const SINGLES_MOST = 20;
const FOLLOW_FIRST_MS = 1_500;
const FOLLOW_MOST_MS = 30_000;
/** While the line is down, one small read feels for it this often at least. */
const OFFLINE_MOST_MS = 15_000;

/** How long between two light reads, while somebody looks and while nobody does. */
export type Pace = Readonly<{ focusedMs: number; awayMs: number }>;
export const SHOP_PACE: Pace = { focusedMs: 15_000, awayMs: 60_000 };
/** The simulated Dojo costs nothing to ask: who practises sees at once what happens. */
export const TRAINING_PACE: Pace = { focusedMs: 4_000, awayMs: 4_000 };

export type DayReaderOptions = Readonly<{
  client: DojoClient;
  clock: Clock;
  random: Random;
  pace: Pace;
  /** The corrected clock. */
  nowMs: () => number;
  zone: () => string;
  dayStartMinutes: () => number;
  known: () => ReadonlyMap<string, Payment>;
  /** Payments as Dojo shows them now, page by page. */
  onPayments: (payments: readonly Payment[]) => void;
  onRead: (reading: Readonly<{ odd: number; full: boolean }>) => void;
  onFailure: (failure: Failure) => void;
  onRefreshing: (refreshing: boolean) => void;
}>;

export type DayReader = Readonly<{
  /** A full read of the day, now. Joins one that is under way. */
  readDay(): Promise<Result<null, Failure>>;
  /** One payment, now. */
  readOne(paymentId: string): Promise<Result<Payment, Failure>>;
  /** Every payment of a span of time, now. */
  readSpan(startMs: number, endMs: number): Promise<Result<null, Failure>>;
  setFocused(focused: boolean): void;
  /** Reads again soon: the line is back, the PC woke, the key was mended. */
  hurry(): void;
  close(): void;
}>;

/** Two searches overlap: an odd payment that both found is one. What has no id that can be read may well be the same in both. */
function oddIn(one: Found, other: Found): number {
  const named = new Set([...one.oddIds, ...other.oddIds]);
  return named.size + Math.max(one.odd - one.oddIds.size, other.odd - other.oddIds.size);
}

/** Keeps up with Dojo: full reads, light ones between them, and single reads of captures on their way. */
export function createDayReader(options: DayReaderOptions): DayReader {
  const { client, clock } = options;
  let focused = true;
  let closed = false;
  let failures = 0;
  let lastFullAtMs = Number.NEGATIVE_INFINITY;
  let lastDayStartMs = Number.NaN;
  let current: Promise<Result<null, Failure>> | null = null;
  let currentIsFull = false;
  let cancelTimer = (): void => undefined;
  const following = new Map<string, () => void>();

  /** What comes after it was closed is of an account that may no longer be the one connected. */
  const keep = (payments: readonly Payment[]): void => {
    if (!closed) options.onPayments(payments);
  };

  const today = (): DaySpan => tradingDay(options.nowMs(), options.zone(), options.dayStartMinutes());

  function plan(delayMs: number): void {
    cancelTimer();
    if (!closed) cancelTimer = clock.after(delayMs, () => void readNext());
  }

  async function readNext(): Promise<void> {
    const full = failures > 0 || today().startMs !== lastDayStartMs || clock.nowMs() - lastFullAtMs >= FULL_EVERY_MS;
    await (full ? readDay() : once(false, readLight));
  }

  /** One read at a time; whoever asks meanwhile gets the answer of the one under way. */
  function once(full: boolean, read: () => Promise<Result<{ odd: number; full: boolean }, Failure>>): Promise<Result<null, Failure>> {
    current ??= (async () => {
      currentIsFull = full;
      cancelTimer();
      options.onRefreshing(true);
      const result = await read();
      current = null;
      if (closed) return { ok: true, value: null };
      options.onRefreshing(false);
      if (result.ok) {
        failures = 0;
        options.onRead(result.value);
        plan(focused ? options.pace.focusedMs : options.pace.awayMs);
        return { ok: true, value: null };
      }
      failures += 1;
      options.onFailure(result.error);
      const delayMs = waitMs(result.error, failures, options.random.fraction());
      // What Dojo asks for is kept within bounds: neither at once, again and again, nor not before tomorrow.
      plan(result.error.retryAfterMs === null ? Math.min(OFFLINE_MOST_MS, 1_000 + delayMs) : delayMs);
      return result;
    })();
    return current;
  }

  async function readDay(): Promise<Result<null, Failure>> {
    // A light read under way does not see the whole day: whoever asks for that gets one of its own, after it.
    if (current && !currentIsFull) await current;
    return once(true, readFull);
  }

  async function readFull(): Promise<Result<{ odd: number; full: boolean }, Failure>> {
    const day = today();
    const [ofDay, holds] = await Promise.all([
      client.search({ startMs: day.startMs }, keep),
      client.search({ statuses: ['Authorized'], startMs: options.nowMs() - HOLDS_BACK_MS }, keep),
    ]);
    if (!ofDay.ok) return ofDay;
    if (!holds.ok) return holds;
    const gone = await readGone(new Set([...ofDay.value.payments, ...holds.value.payments].map((payment) => payment.id)));
    if (!gone.ok) return gone;
    lastFullAtMs = clock.nowMs();
    lastDayStartMs = day.startMs;
    follow();
    return { ok: true, value: { odd: oddIn(ofDay.value, holds.value), full: true } };
  }

  async function readLight(): Promise<Result<{ odd: number; full: boolean }, Failure>> {
    let newestMs = today().startMs;
    // One that Dojo dates in the future would hide everything that comes before that day.
    for (const { createdAtMs } of options.known().values()) if (createdAtMs <= options.nowMs()) newestMs = Math.max(newestMs, createdAtMs);
    const [unsettled, fresh] = await Promise.all([
      client.search({ statuses: ['Created', 'Authorized'], startMs: options.nowMs() - HOLDS_BACK_MS }),
      client.search({ startMs: newestMs - OVERLAP_MS }),
    ]);
    if (!unsettled.ok) return unsettled;
    if (!fresh.ok) return fresh;
    const seen = [...unsettled.value.payments, ...fresh.value.payments];
    keep(seen);
    const gone = await readGone(new Set(seen.map((payment) => payment.id)));
    if (!gone.ok) return gone;
    follow();
    return { ok: true, value: { odd: oddIn(unsettled.value, fresh.value), full: false } };
  }

  /** What was unpaid or on hold and is no longer listed has changed elsewhere: read singly what it is now. */
  async function readGone(seen: ReadonlySet<string>): Promise<Result<null, Failure>> {
    const gone = [...options.known().values()].filter(({ id, status }) => (status === 'Created' || status === 'Authorized') && !seen.has(id));
    for (const { id } of gone.slice(0, SINGLES_MOST)) {
      const one = await client.read(id);
      if (one.ok) keep([one.value]);
      else if (one.error.kind !== 'refused') return one;
    }
    return { ok: true, value: null };
  }

  /** A capture's outcome is followed to its end: read singly, at longer and longer intervals. */
  function follow(): void {
    for (const payment of options.known().values()) if (isSettling(payment) && !following.has(payment.id)) followOne(payment.id, FOLLOW_FIRST_MS);
  }

  function followOne(paymentId: string, delayMs: number): void {
    const cancel = clock.after(delayMs, async () => {
      const result = await client.read(paymentId);
      following.delete(paymentId);
      if (closed) return;
      if (result.ok) keep([result.value]);
      else options.onFailure(result.error);
      if (!result.ok || isSettling(result.value)) followOne(paymentId, Math.min(FOLLOW_MOST_MS, delayMs * 2));
    });
    following.set(paymentId, cancel);
  }

  return {
    readDay,
    async readOne(paymentId) {
      const result = await client.read(paymentId);
      if (!closed && result.ok) {
        keep([result.value]);
        follow();
      }
      return result;
    },
    async readSpan(startMs, endMs) {
      const result = await client.search({ startMs, endMs }, keep);
      return result.ok ? { ok: true, value: null } : result;
    },
    setFocused(now) {
      if (now && !focused && !current) plan(0);
      focused = now;
    },
    hurry: () => {
      if (!current) plan(0);
    },
    close() {
      closed = true;
      cancelTimer();
      for (const cancel of following.values()) cancel();
    },
  };
}
