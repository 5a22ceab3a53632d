import type { DaySpan } from '../core/day/day.ts';
import type { Noticed } from '../core/payment/changes.ts';
import { isNewer } from '../core/payment/newer-reading.ts';
import {
  holdEndsByMs,
  isCapturedInPart,
  isGivenBack,
  mayBeHeld,
  type Payment,
  paidAt,
  withGivenBackTime,
  withKnownTime,
  withSeenChange,
} from '../core/payment/payment.ts';
import { type Action, isOpen } from '../core/queue/action.ts';
import { onPayment, type QueueState } from '../core/queue/queue-state.ts';
import type { Ledger } from '../ports/ledger.ts';
import { createOtherTills } from './external-changes.ts';

const DAY_MS = 86_400_000;
/** Ended actions, and what others did, are kept in memory this long: a hold can live a week, and what was done to it still counts. */
export const ENDED_KEPT_MS = 8 * DAY_MS;
/** Dojo's clock may be ahead of ours by so much; what it dates later than that is a mistake. */
const CLOCKS_APART_MS = 60_000;
/** A reading was asked for this long before it is taken over at the most. */
const ASKED_BEFORE_MS = 60_000;
/** What is taken over is what was known, and judged anew. */
const NOT_READ = Number.POSITIVE_INFINITY;
/** More than a screen holds: what a long day's first list is of. */
const NEWEST_MOST = 40;
/** Many are read singly in turns, and Dojo's timers are late now and then. */
const SHOWS_LATE_MS = 60 * 60_000;

export type KnownPaymentsOptions = Readonly<{
  ledger: Pick<Ledger, 'payment' | 'payments' | 'newestPayments' | 'writePayments' | 'changedElsewhereSince' | 'knownBefore' | 'actionsOn'>;
  nowMs: () => number;
  /** The latest that it may be: `nowMs`, or what speaks against it. */
  latestMs: () => number;
  /** The trading day of a moment. */
  dayOf: (atMs: number) => DaySpan;
  /** Until when Dojo's list was followed; null: it never was. */
  asOfMs: () => number | null;
  queue: () => QueueState;
  /** Those that ended by themselves today, or of which nobody has heard yet: they stand on the day's list, whenever they were made. */
  lostHolds: (accountId: string, sinceMs: number) => readonly Payment[];
  onChange: () => void;
}>;

export type KnownPayments = Readonly<{
  /** Takes up what the disk knows of an account; of a long day the newest payments, until somebody needs all. */
  open(accountId: string): void;
  close(): void;
  /**
   * Takes over what was read of Dojo, unless something newer is known already: pages and single reads overtake each other. `askedMs`: when
   * it was asked for, by the monotonic clock.
   */
  keep(read: readonly Payment[], askedMs: number): void;
  /** What was read, with what earlier readings tell of when it was paid or held. */
  withTimes(read: Payment): Payment;
  /** What was read of it while an action was under way can be told from what was done here now. */
  judgeAgain(paymentId: string): void;
  /** Ids of those of which something is still to be told with another reading, of whatever day. */
  awaited(): readonly string[];
  /** Today's, every open hold, and what today's actions are about; another object as soon as one of them changed. */
  all(): ReadonlyMap<string, Payment>;
  /** As much of `all` as is at hand without reading a long day from the disk. */
  atHand(): Readonly<{ payments: ReadonlyMap<string, Payment>; isAll: boolean }>;
  /** Of all, or from the disk. */
  find(paymentId: string): Payment | null;
  /** The same for what is looked at over and over, as an action's payment is: from the disk once, and the same object as long as nothing changed. */
  lookUp(paymentId: string): Payment | null;
  /** Those of a day, from the disk, each as it is known now. */
  ofDay(span: DaySpan): Payment[];
  /** The trading day that `all` is of; the same object until it turns. */
  day(): DaySpan;
  /** Starts afresh where a new trading day has begun; false: it has not. */
  turnDay(): boolean;
  /** What others did to a payment; the same object as long as nothing was added. */
  noticedOn(paymentId: string): readonly Noticed[];
}>;

/** The connected account's payments that are kept at hand: what Dojo said last, also on the disk. */
export function createKnownPayments(options: KnownPaymentsOptions): KnownPayments {
  const { ledger, nowMs, dayOf, queue } = options;
  let accountId: string | null = null;
  let payments: ReadonlyMap<string, Payment> = new Map();
  /** False: a long day, of which only the newest are there yet. */
  let isAll = true;
  let day = dayOf(nowMs());
  /** When the last reading of this day that showed a payment unpaid was asked for: every reading lists what is unpaid. */
  const seenUnpaidMs = new Map<string, number>();
  /** When the last reading of this day of each was asked for. */
  const readMs = new Map<string, number>();
  /** The same by the monotonic clock, of the reading that was asked for last. */
  const askedLastMs = new Map<string, number>();
  /** Those that ended long ago too: a power cut may have taken the reading that showed what they did, and the next one is a month later. */
  function actionsOn(paymentId: string): readonly Action[] {
    const inMemory = onPayment(queue(), paymentId);
    if (accountId === null) return inMemory;
    const ids = new Set(inMemory.map(({ id }) => id));
    return [...ledger.actionsOn(accountId, paymentId).filter(({ id }) => !ids.has(id)), ...inMemory];
  }
  const otherTills = createOtherTills({
    ledger,
    nowMs,
    actionsOn,
    isUnreadable: (paymentId) => queue().unreadableLanes.has(paymentId),
  });

  /** Payments that are not at hand, by id, and were looked up. */
  const lookedUp = new Map<string, Payment>();

  const isCurrent = (action: Action) => isOpen(action) || action.changedAtMs >= day.startMs;
  /** Still to be settled, or ended otherwise than well today: somebody has to see it. */
  const isOfToday = (action: Action) => isOpen(action) || (action.state !== 'done' && action.changedAtMs >= day.startMs);
  /** What became of a rest Dojo shows only once its hold has ended: today, or while nobody asked. */
  const isRestOfToday = (payment: Payment) =>
    isCapturedInPart(payment) && holdEndsByMs(payment) >= Math.min(day.startMs, options.asOfMs() ?? day.startMs) - SHOWS_LATE_MS;
  const isOfInterest = (payment: Payment) =>
    mayBeHeld(payment, nowMs()) ||
    isRestOfToday(payment) ||
    paidAt(payment) >= day.startMs ||
    payments.has(payment.id) ||
    onPayment(queue(), payment.id).some(isOfToday);

  const find = (paymentId: string) => payments.get(paymentId) ?? (accountId === null ? null : ledger.payment(accountId, paymentId));

  /** As each was known before what is taken over now: from the disk, where it is not at hand, once. */
  function lookedUpOnce(): typeof find {
    const found = new Map<string, Payment | null>();
    return (paymentId) => {
      const known = found.get(paymentId) ?? find(paymentId);
      found.set(paymentId, known);
      return known;
    };
  }

  function lookUp(paymentId: string): Payment | null {
    const known = payments.get(paymentId) ?? lookedUp.get(paymentId);
    if (known) return known;
    const found = find(paymentId);
    if (found) lookedUp.set(paymentId, found);
    return found;
  }

  /** A payment belongs to the day it was paid on, which can be later than the one it was made on. */
  const madeAround = (of: string, span: DaySpan, openHolds: boolean) => ledger.payments(of, span.startMs - 2 * DAY_MS, span.endMs + DAY_MS, openHolds);

  /** A change that Dojo dates in the future is no reason to believe nothing that comes after it. */
  const changedAtMs = ({ updatedAtMs }: Payment): number => (updatedAtMs <= nowMs() + CLOCKS_APART_MS ? updatedAtMs : 0);

  function load(): void {
    isAll = accountId === null;
    if (accountId === null) return;
    const stored = madeAround(accountId, day, true);
    // What was done today on an earlier day's payment as well: its outcome at the bank is still followed, and stands in the run's report.
    const current = [...queue().actions.values()].filter((action) => isCurrent(action) && action.accountId === accountId);
    const ofActions = current.flatMap((action) => ledger.payment(action.accountId, action.paymentId) ?? []);
    take([...stored.filter(isOfInterest), ...ofActions, ...options.lostHolds(accountId, day.startMs)]);
    // Last: where the disk could not be read, it is still to be done.
    isAll = true;
  }

  function all(): ReadonlyMap<string, Payment> {
    if (!isAll) load();
    return payments;
  }

  /** Afresh: what was of interest only because it was there is let go. */
  function begin(): void {
    payments = new Map();
    lookedUp.clear();
    seenUnpaidMs.clear();
    readMs.clear();
    askedLastMs.clear();
  }

  function take(these: readonly Payment[]): void {
    payments = new Map(these.map((payment) => [payment.id, payment]));
  }

  const withTimes = (read: Payment, known: Payment | null) => withKnownTime(read, known, nowMs(), seenUnpaidMs.get(read.id));

  function withWhatIsKnown(payment: Payment, last: (paymentId: string) => Payment | null): Payment {
    const { id, status, paidAtMs, captureMode } = payment;
    if (status === 'Created') seenUnpaidMs.set(id, nowMs() - ASKED_BEFORE_MS);
    const mayHaveEnded = status === 'Canceled' || (captureMode === 'Manual' && status !== 'Created' && status !== 'Authorized');
    const isTold = paidAtMs !== null && !mayHaveEnded;
    if (isTold && !isGivenBack(payment)) return payment;
    const known = last(id);
    const seen = isTold ? payment : withSeenChange(withTimes(payment, known), known, nowMs(), options.latestMs());
    return withGivenBackTime(seen, known, readMs.get(id));
  }

  function keep(read: readonly Payment[], askedMs: number): void {
    takeOver(read, askedMs);
    for (const { id } of read) {
      readMs.set(id, nowMs() - ASKED_BEFORE_MS);
      askedLastMs.set(id, Math.max(askedMs, askedLastMs.get(id) ?? askedMs));
    }
  }

  function takeOver(read: readonly Payment[], askedMs = NOT_READ): void {
    if (read.length === 0) return;
    const newest = new Map<string, Payment>();
    // Of a long day only the newest may be at hand yet.
    all();
    const last = lookedUpOnce();
    for (const payment of read) {
      const isAskedLater = askedMs >= (askedLastMs.get(payment.id) ?? askedMs);
      const known = newest.get(payment.id) ?? last(payment.id);
      const datedMs = known ? changedAtMs(known) : 0;
      if (known && !isNewer(payment, known, { datedMs, isAskedLater })) continue;
      // The later date stays: what is older than that and has not gone on is no news afterwards either.
      newest.set(payment.id, payment.updatedAtMs < datedMs ? { ...payment, updatedAtMs: datedMs } : payment);
    }
    if (newest.size === 0 || accountId === null) return;
    const fresh = [...newest.values()].map((payment) => withWhatIsKnown(payment, last));
    const readFromMs = askedMs === NOT_READ ? Number.NEGATIVE_INFINITY : nowMs() - ASKED_BEFORE_MS;
    const elsewhere = otherTills.judge(accountId, fresh, last, readFromMs);
    const written = ledger.writePayments(accountId, fresh, elsewhere);
    elsewhere.end(written.ok);
    for (const payment of fresh) if (lookedUp.has(payment.id) && !isSame(lookedUp.get(payment.id), payment)) lookedUp.set(payment.id, payment);
    // One that says what it said before stays the same object: its view is not made anew, and the page hears nothing.
    const news = fresh.filter((payment) => isOfInterest(payment) && !isSame(payments.get(payment.id), payment));
    if (news.length > 0) {
      const all = new Map(payments);
      for (const payment of news) all.set(payment.id, payment);
      payments = all;
    }
    options.onChange();
  }

  return {
    open(of) {
      accountId = of;
      begin();
      otherTills.open(of, nowMs() - ENDED_KEPT_MS);
      const newest = ledger.newestPayments(of, day.endMs + DAY_MS, NEWEST_MOST).filter(isOfInterest);
      // Fewer than asked for: it is not a long day.
      if (newest.length < NEWEST_MOST) load();
      else {
        take(newest);
        isAll = false;
      }
      // What waited is settled perhaps, and no list may tell of the payment any more.
      takeOver(otherTills.waiting().flatMap((id) => find(id) ?? []));
    },
    close() {
      accountId = null;
      payments = new Map();
      lookedUp.clear();
      isAll = true;
    },
    keep,
    withTimes: (read) => (read.paidAtMs === null ? withTimes(read, find(read.id)) : read),
    judgeAgain(paymentId) {
      const known = otherTills.isWaiting(paymentId) ? find(paymentId) : null;
      if (known) takeOver([known]);
    },
    awaited: otherTills.waiting,
    lookUp,
    all,
    atHand: () => ({ payments, isAll }),
    find,
    ofDay: (span) =>
      accountId === null
        ? []
        : madeAround(accountId, span, false)
            .map((payment) => all().get(payment.id) ?? payment)
            .filter((payment) => dayOf(paidAt(payment)).date === span.date),
    day: () => day,
    turnDay() {
      const now = dayOf(nowMs());
      if (now.date === day.date && now.endMs === day.endMs) return false;
      const before = day;
      day = now;
      begin();
      otherTills.forget(nowMs() - ENDED_KEPT_MS);
      try {
        load();
      } catch (error) {
        // The day has not turned before its list is there: the next look turns it.
        day = before;
        throw error;
      }
      return true;
    },
    noticedOn: otherTills.noticedOn,
  };
}

const isSame = (known: Payment | undefined, read: Payment): boolean =>
  known === read || (known !== undefined && JSON.stringify(known) === JSON.stringify(read));
