import { type DaySpan, tradingDay } from '../core/day/day.ts';
import type { Failure } from '../core/failure.ts';
import { isCapturedInPart, type Payment, withKnownTime } from '../core/payment/payment.ts';
import { backoffMs } from '../core/queue/backoff.ts';
import { isCapturedWhole } from '../core/queue/evidence.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Found, PatientClient } from '../dojo/client.ts';
import { failure } from '../dojo/failure.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Random } from '../ports/random.ts';
import { AFTER_GATE_MS, createSingleReadings, textOfError, threw } from './single-readings.ts';
import { createTurns } from './turns.ts';

const FULL_EVERY_MS = 5 * 60_000;
const HOLDS_BACK_MS = 8 * 86_400_000;
/** Clocks differ and pages shift: a light read asks for a little more than what is new. */
const OVERLAP_MS = 2 * 60_000;
/** A reading looks singly at no more payments that have left its lists than this; the others have their turn with the next. */
const SINGLES_MOST = 20;
/** While the connection is down, one small read feels for it this often at least. */
const OFFLINE_MOST_MS = 15_000;
/** Where one payment is in trouble for long and the list is not, that is asked so often at most on its account. */
const DOUBT_EVERY_MS = 60_000;
/** How often it is tried whether Dojo takes one of the known API versions again. */
const VERSION_EVERY_MS = 30_000;

/** How long between two light reads, while somebody looks and while nobody does. */
export type Pace = Readonly<{ focusedMs: number; awayMs: number }>;
export const SHOP_PACE: Pace = { focusedMs: 15_000, awayMs: 60_000 };
/** The simulated Dojo costs nothing to ask: who practises sees at once what happens. */
export const TRAINING_PACE: Pace = { focusedMs: 4_000, awayMs: 4_000 };

export type DayReaderOptions = Readonly<{
  client: PatientClient;
  clock: Clock;
  random: Random;
  log: Log;
  pace: Pace;
  /** The corrected clock. */
  nowMs: () => number;
  zone: () => string;
  dayStartMinutes: () => number;
  known: () => ReadonlyMap<string, Payment>;
  /** One that is known, of whatever day. */
  find: (paymentId: string) => Payment | null;
  /** Ids of those of which something is still to be told with another reading, of whatever day: no list may show them any more. */
  awaited: () => readonly string[];
  /** Payments as Dojo shows them now, page by page, and when they were asked for by the monotonic clock. */
  onPayments: (payments: readonly Payment[], askedMs: number) => void;
  /** One that was asked for singly could not be read. */
  onUnread: (paymentId: string, failure: Failure) => void;
  onRead: (reading: Readonly<{ odd: number; full: boolean }>) => void;
  onFailure: (failure: Failure) => void;
  /** Whether Dojo takes any of the API versions that readings can ask with; called when that was found out. */
  onVersion: (isThere: boolean) => void;
  onRefreshing: (refreshing: boolean) => void;
}>;

export type DayReader = Readonly<{
  /** A full read of the day, now. Joins one that is under way. Says why not while Dojo asked to be left alone. */
  readDay(): Promise<Result<null, Failure>>;
  /** One payment, now. */
  readOne(paymentId: string): Promise<Result<Payment, Failure>>;
  /** Each of them, a few at once and in their turn: nobody waits for one of them. Resolves when all had it; never rejects. */
  readEach(paymentIds: readonly string[]): Promise<void>;
  /** The same for whoever asks again and again: a reading of one that is under way will do. */
  joinEach(paymentIds: readonly string[]): Promise<void>;
  /** Every payment of a span of time, now. */
  readSpan(startMs: number, endMs: number): Promise<Result<null, Failure>>;
  setFocused(focused: boolean): void;
  /** Reads again soon: the connection is back, the PC woke, the key was mended. */
  hurry(): void;
  /**
   * One payment was answered (`isWell`), or was not. Where the list was answered otherwise, it is asked at once whether that is so for all;
   * where it is not, not again within a minute.
   */
  doubt(isWell: boolean): void;
  close(): void;
}>;

type Reading = Readonly<{ odd: number; full: boolean }>;

/**
 * Two searches overlap: an odd payment that both found is one. What has no id that can be read may well be the same in both. `unread`:
 * what the searches left untold and could not be read singly either.
 */
function oddIn(one: Found, other: Found, unread: readonly string[]): number {
  const named = new Set([...one.oddIds, ...other.oddIds, ...unread]);
  return named.size + Math.max(one.odd - one.oddIds.size, other.odd - other.oddIds.size);
}

/** Of a payment captured in parts a list may show the same before and after one. */
const mayBeCapturedMore = (known: Payment | null): boolean =>
  known !== null && (known.status === 'Authorized' || known.status === 'Captured') && !isCapturedWhole(known);

/** What the list says is what is known already, but for the captures that it leaves out. */
function isKnownAs(known: Payment | null, listed: Payment): boolean {
  if (known === null || known.captures === null) return false;
  const said = ({ unpaidUntilMs: _, firstPaidMs: __, undatedMs: ___, undatedByMs: ____, givenBackFromMs: _____, ...payment }: Payment) =>
    JSON.stringify({ ...payment, captures: null });
  return said(known) === said(withKnownTime(listed, known, known.updatedAtMs));
}

/** Keeps up with Dojo: full reads, light ones between them, and single reads of what no list tells. */
export function createDayReader(options: DayReaderOptions): DayReader {
  const { client, clock, log } = options;
  let focused = true;
  let closed = false;
  let failures = 0;
  /** By both clocks: one may have been set, the other stands still in some PCs' sleep. */
  let lastFull = { wallMs: Number.NEGATIVE_INFINITY, monotonicMs: Number.NEGATIVE_INFINITY };
  let lastDayStartMs = Number.NaN;
  let current: Readonly<{ isFull: boolean; ends: Promise<Result<null, Failure>> }> | null = null;
  let cancelTimer = (): void => undefined;
  let doubtedAtMs = Number.NEGATIVE_INFINITY;
  /** What the list says was doubted after this reading had begun. */
  let isDoubted = false;
  /** A list was answered 400, perhaps because of its API version: the probe decides. */
  let versionInDoubt = false;
  /** What was read since the reading began could not be taken over. */
  let lostSome: boolean;
  const turnsOfGone = createTurns(SINGLES_MOST);
  /** Of their own: most readings do not ask for them, and none may lose its turn by that. */
  const turnsOfOthers = createTurns(SINGLES_MOST);
  const turnsOfUntold = createTurns(SINGLES_MOST);

  const isWanted = (): boolean => !closed;
  const singles = createSingleReadings({
    client,
    clock,
    log,
    known: options.known,
    keep,
    onUnread(paymentId, why) {
      if (!closed) attempt(() => options.onUnread(paymentId, why));
    },
    onDoubt: () => doubt(false),
  });

  function doubt(isWell: boolean): void {
    if (isWell === (failures === 0) || clock.monotonicMs() - doubtedAtMs < DOUBT_EVERY_MS) return;
    doubtedAtMs = clock.monotonicMs();
    if (current) isDoubted = true;
    else plan(0);
  }

  /** What throws must not end the readings. */
  function attempt(what: () => unknown): boolean {
    try {
      what();
      return true;
    } catch (error) {
      log.error(`a step of a reading threw: ${textOfError(error)}`);
      return false;
    }
  }

  /** What comes after it was closed is of an account that may no longer be the one connected. False: some of it is lost. */
  function keep(payments: readonly Payment[], askedMs: number): boolean {
    if (closed || payments.length === 0 || attempt(() => options.onPayments(payments, askedMs))) return true;
    // One of them is at fault: the others are not lost with it.
    if (payments.length > 1) for (const payment of payments) attempt(() => options.onPayments([payment], askedMs));
    lostSome = true;
    return false;
  }

  const today = (): DaySpan => tradingDay(options.nowMs(), options.zone(), options.dayStartMinutes());

  function plan(delayMs: number): void {
    cancelTimer();
    if (!closed) cancelTimer = clock.after(delayMs, () => void readNext());
  }

  function isFullDue(): boolean {
    if (failures > 0 || !attempt(today) || today().startMs !== lastDayStartMs) return true;
    return Math.max(clock.monotonicMs() - lastFull.monotonicMs, clock.nowMs() - lastFull.wallMs) >= FULL_EVERY_MS;
  }

  async function readNext(): Promise<void> {
    const leftMs = client.gate.leftMs();
    if (leftMs > 0) return plan(leftMs + AFTER_GATE_MS);
    await (isFullDue() ? readDay() : once(false, readLight));
  }

  /** One read at a time; whoever asks meanwhile gets the answer of the one under way. */
  function once(isFull: boolean, read: () => Promise<Result<Reading, Failure>>): Promise<Result<null, Failure>> {
    const begin = async (): Promise<Result<null, Failure>> => {
      isDoubted = false;
      attempt(() => options.onRefreshing(true));
      const result = await made(read);
      current = null;
      if (closed) return ok(null);
      // There was a reason to ask.
      if (result.ok !== (failures === 0)) doubtedAtMs = Number.NEGATIVE_INFINITY;
      // First of all: whatever becomes of the rest, there is a next reading.
      const nextMs = result.ok ? pace() : retryMs(result.error);
      plan(result.ok && isDoubted ? 0 : nextMs);
      attempt(() => options.onRefreshing(false));
      if (result.ok) attempt(() => options.onRead(result.value));
      else attempt(() => options.onFailure(result.error));
      return result.ok ? ok(null) : result;
    };
    current ??= { isFull, ends: begin() };
    return current.ends;
  }

  /** A reading that throws, or whose payments could not all be taken over, has failed like one that Dojo did not answer. */
  async function made(read: () => Promise<Result<Reading, Failure>>): Promise<Result<Reading, Failure>> {
    lostSome = false;
    try {
      const version = versionInDoubt ? await findVersion() : ok(null);
      const result = version.ok ? await read() : version;
      if (result.ok && lostSome) return err(threw('till-threw'));
      if (!result.ok && result.error.kind === 'refused' && result.error.status === 400) versionInDoubt = true;
      return result;
    } catch (error) {
      log.error(`a reading threw: ${textOfError(error)}`);
      return err(threw('till-threw'));
    }
  }

  async function findVersion(): Promise<Result<null, Failure>> {
    const probed = await client.probe();
    if (closed) return err(failure('not-sent', 'not-wanted'));
    if (probed.ok) versionInDoubt = false;
    const isNone = !probed.ok && probed.error.cause === 'no-version';
    if (probed.ok || isNone) attempt(() => options.onVersion(probed.ok));
    return probed;
  }

  function pace(): number {
    failures = 0;
    return focused ? options.pace.focusedMs : options.pace.awayMs;
  }

  /** How long to wait after a failure. What a server asks for is the gate's affair: it is looked at before each reading. */
  function retryMs(why: Failure): number {
    failures += 1;
    if (why.cause === 'no-version') return VERSION_EVERY_MS;
    return Math.min(OFFLINE_MOST_MS, 1_000 + backoffMs(failures, options.random.fraction()));
  }

  async function readDay(): Promise<Result<null, Failure>> {
    // A light read under way does not see the whole day: whoever asks for that gets one of its own, after it.
    if (current && !current.isFull) await current.ends;
    const refusal = current ? null : client.gate.refusal();
    if (!refusal) return once(true, readFull);
    void readNext();
    return err(refusal);
  }

  async function readFull(): Promise<Result<Reading, Failure>> {
    const day = today();
    const askedMs = clock.monotonicMs();
    const take = (payments: readonly Payment[]) => void keep(payments, askedMs);
    const [ofDay, holds] = await Promise.all([
      client.search({ startMs: day.startMs }, take, isWanted),
      client.search({ statuses: ['Authorized'], startMs: options.nowMs() - HOLDS_BACK_MS }, take, isWanted),
    ]);
    if (!ofDay.ok) return ofDay;
    if (!holds.ok) return holds;
    const unread = await readUntold('all-in-turn', ofDay.value, holds.value);
    await readGone(seenIn(ofDay.value, holds.value), true);
    lastFull = { wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
    lastDayStartMs = day.startMs;
    singles.follow();
    return ok({ odd: oddIn(ofDay.value, holds.value, unread), full: true });
  }

  async function readLight(): Promise<Result<Reading, Failure>> {
    const askedMs = clock.monotonicMs();
    let newestMs = today().startMs;
    // One that Dojo dates in the future would hide everything that comes before that day.
    for (const { createdAtMs } of options.known().values()) if (createdAtMs <= options.nowMs()) newestMs = Math.max(newestMs, createdAtMs);
    const [unsettled, fresh] = await Promise.all([
      client.search({ statuses: ['Created', 'Authorized'], startMs: options.nowMs() - HOLDS_BACK_MS }, undefined, isWanted),
      client.search({ startMs: newestMs - OVERLAP_MS }, undefined, isWanted),
    ]);
    if (!unsettled.ok) return unsettled;
    if (!fresh.ok) return fresh;
    keep([...unsettled.value.payments, ...fresh.value.payments], askedMs);
    const unread = await readUntold('news', unsettled.value, fresh.value);
    await readGone(seenIn(unsettled.value, fresh.value));
    singles.follow();
    return ok({ odd: oddIn(unsettled.value, fresh.value, unread), full: false });
  }

  const seenIn = (...found: readonly Found[]): ReadonlySet<string> =>
    new Set(found.flatMap(({ payments, untold }) => [...payments, ...untold].map(({ id }) => id)));

  /**
   * A list that leaves captures out would have the till believe that nothing was captured: such a payment is read singly, at once where the
   * list says something new of it. Dojo documents of no capture that it moves the date, so that nothing else of the list may tell of it:
   * `all-in-turn` has a look at the others too. Resolves with the new ones that could not be read.
   */
  async function readUntold(which: 'news' | 'all-in-turn', ...found: readonly Found[]): Promise<readonly string[]> {
    const untold = found.flatMap((one) => one.untold);
    const news = new Set(untold.filter((payment) => !isKnownAs(options.find(payment.id), payment)).map(({ id }) => id));
    const others = which === 'news' ? [] : untold.filter(({ id }) => !news.has(id) && mayBeCapturedMore(options.find(id)));
    const turns = which === 'news' ? [] : turnsOfUntold.next(others.map(({ id }) => id));
    const unread = await singles.readAll([...news, ...turns]);
    if (client.gate.leftMs() > 0) turnsOfUntold.giveBack(unread);
    return unread.filter((id) => news.has(id));
  }

  /**
   * What was unpaid or on hold and is no longer listed has changed elsewhere: read singly what it is now, whoever waits longest first. Of a
   * rest on hold that no list shows nothing else tells, nor of what becomes of it at its end: that is for the whole readings. So is what
   * waits for another reading of a day that is over.
   */
  async function readGone(seen: ReadonlySet<string>, isWhole = false): Promise<void> {
    const unlisted = [...options.known().values()].filter(({ id }) => !seen.has(id));
    const isGone = ({ status }: Payment) => status === 'Created' || status === 'Authorized';
    const gone = turnsOfGone.next(unlisted.filter(isGone).map(({ id }) => id));
    const rests = unlisted.filter(isCapturedInPart).map(({ id }) => id);
    const awaited = options.awaited().filter((id) => !seen.has(id));
    const others = isWhole ? turnsOfOthers.next([...awaited, ...rests]) : [];
    const unread = await singles.readAll([...gone, ...others]);
    // Not all of them had their turn: Dojo asked to be left alone.
    if (client.gate.leftMs() > 0) for (const turns of [turnsOfGone, turnsOfOthers]) turns.giveBack(unread);
  }

  async function readEach(paymentIds: readonly string[], isJoining: boolean): Promise<void> {
    await singles.readAll(paymentIds, isJoining);
    if (!closed) attempt(() => singles.follow());
  }

  return {
    readDay,
    async readOne(paymentId) {
      const result = await singles.read(paymentId);
      if (!closed && result.ok) attempt(() => singles.follow());
      return result;
    },
    readEach: (paymentIds) => readEach(paymentIds, false),
    joinEach: (paymentIds) => readEach(paymentIds, true),
    async readSpan(startMs, endMs) {
      const askedMs = clock.monotonicMs();
      let isWhole = true;
      const take = (payments: readonly Payment[]): void => {
        isWhole = keep(payments, askedMs) && isWhole;
      };
      try {
        const result = await client.search({ startMs, endMs }, take, isWanted);
        if (!result.ok) return result;
        await readUntold('news', result.value);
        return isWhole ? ok(null) : err(threw('till-threw'));
      } catch (error) {
        log.error(`a reading threw: ${textOfError(error)}`);
        return err(threw('client-threw'));
      }
    },
    setFocused(now) {
      if (now && !focused && !current) plan(0);
      focused = now;
    },
    hurry: () => {
      if (!current) plan(0);
    },
    doubt,
    close() {
      closed = true;
      cancelTimer();
      singles.close();
    },
  };
}
