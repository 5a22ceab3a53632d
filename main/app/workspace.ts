import type { ActionRequest, ActionView, DaySnapshot, DayView, Found, Notice, PaymentDetail, PaymentView, TillError, Totals } from '../../preload/contract.ts';
import { type DaySpan, isIsoDate, tradingDay, tradingDayOf } from '../core/day/day.ts';
import { type Failure, wasNotAsked } from '../core/failure.ts';
import { endingInWords, type OpenHold } from '../core/holds/hold-warnings.ts';
import { lostAtEndMinor } from '../core/holds/lost-at-end.ts';
import type { LastLook } from '../core/payment/last-look.ts';
import { isSettling, mayBeHeld, type Payment, paidAt, paidFromMs } from '../core/payment/payment.ts';
import { type Action, isOpen, type MoveKind } from '../core/queue/action.ts';
import { paymentsAtRest } from '../core/queue/at-rest.ts';
import { capturedHereMinor } from '../core/queue/evidence.ts';
import { HELD_UP_MS } from '../core/queue/held-up.ts';
import { withSameDay } from '../core/queue/older-same-day.ts';
import { isReleasable, onPayment } from '../core/queue/queue-state.ts';
import { isAhead, isStopped } from '../core/queue/schedule.ts';
import { shownActions } from '../core/queue/shown-actions.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { PatientClient } from '../dojo/client.ts';
import type { Clock } from '../ports/clock.ts';
import type { Account, DiskFailure } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Random } from '../ports/random.ts';
import type { SetAsideFiles } from '../ports/set-aside-files.ts';
import { type Attempt, notWritten } from '../queue/not-written.ts';
import { createQueueLoop, type QueueLoop } from '../queue/runner.ts';
import { accept } from '../queue/submit.ts';
import { type CorrectedClock, WRONG_CLOCK_MS } from '../sync/dojo-clock.ts';
import { createLastLooks } from '../sync/last-looks.ts';
import { createKnownPayments, ENDED_KEPT_MS } from '../sync/payment-store.ts';
import { createDayReader, type DayReader, type Pace } from '../sync/poller.ts';
import { createReadAfterMove } from '../sync/read-after-move.ts';
import type { GatheringLedger } from '../sync/write-behind-ledger.ts';
import { createToldWait } from '../views/asked-to-wait.ts';
import { createDayList, dayView, withAttention } from '../views/day-list.ts';
import { createEarlierDays } from '../views/earlier-days.ts';
import { refundHistoryOf } from '../views/refund-history.ts';
import { canRelease } from '../views/since-decision.ts';
import { supportOf } from '../views/support.ts';
import { timelineOf } from '../views/timeline.ts';
import { createViewCache, type Setting, type ShownAt } from '../views/views.ts';
import { failureInWords } from '../words/failure-words.ts';
import type { OpenCounts } from '../words/open-in-words.ts';
import { releaseWords } from '../words/release-words.ts';
import { createAftermath, DECLINED_NOTICE } from './aftermath.ts';
import { createAmountForms } from './amount-forms.ts';
import { type DecidedAgain, decideAgain } from './decide-again.ts';
import { createHoldWatch } from './hold-warner.ts';
import { createKeptPause } from './kept-pause.ts';
import { createKeptStops } from './kept-stops.ts';
import { createLostHolds, LOST_HOLDS_NOTICE } from './lost-holds.ts';
import { readForRelease } from './release.ts';
import { createStandingStill } from './standing-still.ts';
import type { SteadyTimers } from './steady-timers.ts';
import { createTwiceWatch, TWICE_NOTICE } from './twice-watch.ts';
import { createUnseenEnds, UNDONE_NOTICE } from './unseen-ends.ts';
import { createUpkeep, lastHeardIn } from './upkeep.ts';
import { whileBusy } from './while-busy.ts';

/** Without one good read for this long, what is shown is no longer live, whatever keeps the answers away. */
const LIVE_MS = 3 * 60_000;
/** A list that fails once is read again a moment later: only where that fails too, or nothing good has come for a while, is it said. */
const FAILED_READINGS_MAX = 1;
const UNHEARD_MS = 30_000;
/** A few ms of work; as many as the page is sent at once. */
const VIEWS_AT_ONCE = 200;
/** Deadlines further ahead than this are looked for later. */
const AHEAD_MOST_MS = 86_400_000;

export type DeskOptions = Readonly<{
  ledger: GatheringLedger;
  clock: Clock;
  random: Random;
  log: Log;
  pace: Pace;
  dojoClock: CorrectedClock;
  /** Files that go with the days; null: this ledger has none of its own. */
  setAside: SetAsideFiles | null;
  zone: () => string;
  dayStartMinutes: () => number;
  apiVersion: () => string;
  /** The most that may be refunded of a payment while Dojo cannot be reached; null: nothing. */
  offlineRefundMaxMinor: () => number | null;
  holdWarnings: () => Readonly<{ isOn: boolean; closingMinutes: number | null }>;
  notify: Notifier['notify'];
  isSomebodyLooking: () => boolean;
  /** An end-of-day run is under way, or no more. */
  onRun: (isUnderWay: boolean) => void;
  onChange: () => void;
  /** Does what may have to read the disk; null where that cannot be read, which is told of. */
  steady: SteadyTimers['steady'];
}>;

/** A moment by both clocks of the PC. */
type Seen = Readonly<{ wallMs: number; monotonicMs: number }>;

export type Line = 'connecting' | 'live' | 'offline' | 'key-refused';

export type Desk = Readonly<{
  loop: QueueLoop;
  /** Takes up what is known of an account, as long as there is no key to ask Dojo with. */
  open(account: Account): void;
  /** `isSameKey`: the one that the last run ended with, so that what Dojo forbade it stays stopped. */
  connect(account: Account, client: PatientClient, isSameKey?: boolean): void;
  /** Starts nothing new, waits for what is on the wire, then lets go of the account. */
  disconnect(): Promise<void>;
  account(): Account | null;
  line(): Line;
  /** Dojo has said in this run what time it is. */
  knowsTime(): boolean;
  asOfMs(): number | null;
  /** Since when no reading has brought a usable answer, where there was one in this run; null where the last one did. */
  unheardSinceMs(): number | null;
  refreshing(): boolean;
  oddCount(): number;
  /** Why Dojo does not let the list be read; null: it does, or was not heard. */
  readRefusal(): Failure | null;
  /** Who asked to be left alone, and for how much longer; null: Dojo may be asked. */
  askedToWait(): Failure | null;
  /** Until when everything stands still for it, where that is worth saying. */
  waitsUntilMs(): number | null;
  /** By Dojo's clock. */
  nowMs(): number;
  disk(): DiskFailure | null;
  /** What the daily upkeep could not do. */
  upkeepNotices(): readonly Notice[];
  /** `isFirst`: of a long day the newest payments are enough. `isMore`: not all views are as they should be yet; the next look brings more. */
  look(isFirst: boolean): Readonly<{ now: { day: DayView; payments: PaymentView[]; actions: ActionView[]; totals: Totals }; isMore: boolean }>;
  openOf(accountId: string): OpenCounts;
  /** Does what a new day, and Dojo's time where it was just heard, bring with them. */
  tend(): void;
  /** Tells a person of holds about to end, once each. */
  warnOfHolds(): void;
  /** The same for the page, as long as it is so. */
  holdNotice(): Notice | null;
  /** What came of actions while nobody looked, until somebody has seen it. */
  aftermathNotices(): readonly Notice[];
  /** Holds that ended by themselves with nothing captured, until somebody has seen it. */
  lostHoldsNotice(): Notice | null;
  /** What moved once more than was wanted, until somebody has seen it. */
  twiceNotice(): Notice | null;
  noticeSeen(notice: Pick<Notice, 'code' | 'message'>): void;
  /** Looks once more what has come of what was done. */
  followUp(): void;
  refresh(): Promise<Result<null, TillError>>;
  getPayment(paymentId: string): Promise<Result<PaymentDetail, TillError>>;
  loadDay(date: string): Promise<Result<DaySnapshot, TillError>>;
  search(text: string): Promise<Result<Found, TillError>>;
  submit(requests: readonly ActionRequest[]): Promise<Result<{ actionIds: string[] }, TillError>>;
  /** Lets actions that need a person go out, each on what its payment shows now: all or none. `seenVersions`: by action, what the person saw of it. */
  release(actionIds: readonly string[], seenVersions?: Readonly<Record<string, string>>): Promise<Result<null, TillError>>;
  /** Reads the payments of all that may be released anew. */
  compare(): Promise<Result<null, TillError>>;
  /** Decides anew what Dojo refused for lack of permission, and lets go what waits of that kind. */
  decideAgain(kind: MoveKind, actionIds: readonly string[]): Promise<Result<DecidedAgain, TillError>>;
  /** Sends what waits of an operation that was stopped, after all. false: nothing of it waits. */
  allowOperation(kind: MoveKind): boolean;
  setPaused(paused: boolean): Result<null, TillError>;
  setFocused(focused: boolean): void;
  hurry(): void;
  close(): void;
}>;

/** One ledger at work: its payments, its queue, and what keeps it up with Dojo. The shop has one, training another. */
export function createDesk(options: DeskOptions): Desk {
  const { ledger, clock, dojoClock } = options;
  const { nowMs } = dojoClock;
  let account: Account | null = null;
  let reader: DayReader | null = null;
  let asOfMs: number | null = null;
  /** When the day had last been read before the account was taken up. */
  let asOfBeforeMs: number | null = null;
  /** What waits for a person has not been read since the key was connected. */
  let isEachDue = false;
  /** When the day was last read in this run. */
  let heardAt: Seen | null = null;
  /** Readings of the lists that brought nothing, since the last good one. */
  let failedReadings = 0;
  let cancelUnheard = (): void => undefined;
  /** By the monotonic clock: since when there is a key to ask with. */
  let connectedAtMs = 0;
  let refreshing = false;
  let oddCount = 0;
  let readRefusal: Failure | null = null;
  let connected: PatientClient | null = null;
  /** Why the queue cannot be written just now. */
  let disk: DiskFailure | null = null;
  let lineWasUp = true;
  let stoppedBefore: ReadonlySet<MoveKind> | null = null;
  const stops = createKeptStops(ledger);
  const toldWait = createToldWait();

  let cancelDeadline = (): void => undefined;

  /** What has changed may have come to its end; and a deadline that passes is said at once. */
  function changed(): void {
    aftermath.touch();
    lostHolds.touch();
    twice.touch();
    standingStill.touch();
    options.onChange();
    cancelDeadline();
    const toNextMs = Math.min(...[...loop.state().actions.values()].map(toDeadlineMs));
    if (toNextMs <= AHEAD_MOST_MS) cancelDeadline = clock.after(toNextMs, changed);
  }

  function toDeadlineMs({ state, deadlineAtMs }: Action): number {
    const ms = state === 'waiting' && deadlineAtMs !== null ? deadlineAtMs - nowMs() : 0;
    return ms > 0 ? ms : Number.POSITIVE_INFINITY;
  }

  const dayOf = (atMs: number): DaySpan => tradingDay(atMs, options.zone(), options.dayStartMinutes());
  const known = createKnownPayments({
    ledger,
    nowMs,
    latestMs: dojoClock.latestMs,
    dayOf,
    asOfMs: () => asOfMs,
    queue: () => loop.state(),
    lostHolds: (accountId, sinceMs) => lostHolds.toShow(accountId, sinceMs),
    onChange: changed,
  });
  /** Where the disk cannot be read, the others are looked after and shown all the same. */
  const findIfReadable = (paymentId: string): Payment | null => options.steady(() => known.lookUp(paymentId));
  const findOfOthers = (accountId: string, paymentId: string): Payment | null => options.steady(() => ledger.payment(accountId, paymentId));
  const forms = createAmountForms(ledger, () => account?.id ?? null);
  const looks = createLastLooks(clock, nowMs);
  const unreadMoves = createReadAfterMove();
  const views = createViewCache(known.noticedOn, { isUnknown: looks.isUnknown, of: lastLookAt });
  const viewsOf = (ordered: readonly Payment[]): PaymentView[] => views.payments(ordered, loop.state(), setting());
  const capturedHere = (payment: Payment) => capturedHereMinor(onPayment(loop.state(), payment.id));
  const isHeld = (payment: Payment) => mayBeHeld(payment, nowMs());
  const listOf = createDayList((payment) => dayOf(paidAt(payment)).date, capturedHere, nowMs);
  const listed = (payments = known.all()) => listOf(payments, known.day(), options.zone(), loop.state().actions, looks.unknown());
  const earlier = createEarlierDays({ ledger, known, zone: options.zone, dayOf, viewsOf, capturedHere, isUnknown: looks.isUnknown, isHeld });
  const watch = createHoldWatch({
    ledger,
    setting: () => ({ nowMs: nowMs(), zone: options.zone(), dayStartMinutes: options.dayStartMinutes(), ...options.holdWarnings() }),
    notify: options.notify,
  });

  const aftermath = createAftermath({
    ledger,
    clock,
    nowMs,
    knowsTime: dojoClock.isKnown,
    zone: options.zone,
    accountId: () => account?.id ?? null,
    actions: () => loop.state().actions.values(),
    find: findIfReadable,
    isFollowed(paymentId) {
      const payment = known.all().get(paymentId);
      return payment !== undefined && isSettling(payment);
    },
    canAsk: () => reader !== null && canAsk(),
    readAgain: async (paymentIds) => reader?.readEach(paymentIds),
    isSomebodyLooking: options.isSomebodyLooking,
    notify: options.notify,
    onRun: options.onRun,
    isHeld: () => loop.state().paused || loop.state().gate !== 'open',
    atRest: () => paymentsAtRest(loop.state()),
    onChange: options.onChange,
  });

  const lostHolds = createLostHolds({
    ledger,
    clock,
    zone: options.zone,
    accountId: () => account?.id ?? null,
    payments: () => known.atHand().payments,
    find: findIfReadable,
    lostMinor: (payment) => lostAtEndMinor(payment, onPayment(loop.state(), payment.id), known.noticedOn(payment.id), nowMs()),
    isSomebodyLooking: options.isSomebodyLooking,
    notify: options.notify,
    onChange: options.onChange,
  });

  const twice = createTwiceWatch({
    ledger,
    clock,
    accountId: () => account?.id ?? null,
    actions: () => loop.state().actions.values(),
    find: findIfReadable,
    isSomebodyLooking: options.isSomebodyLooking,
    notify: options.notify,
    onChange: options.onChange,
  });

  const standingStill = createStandingStill({
    clock,
    nowMs,
    zone: options.zone,
    accountId: () => account?.id ?? null,
    state: () => loop.state(),
    find: findIfReadable,
    isSomebodyLooking: options.isSomebodyLooking,
    notify: options.notify,
  });

  const unseenEnds = createUnseenEnds({
    ledger,
    nowMs,
    dayStartMs: () => known.day().startMs,
    isOfToday: (payment) => dayOf(paidAt(payment)).date === known.day().date,
    zone: options.zone,
    accountId: () => account?.id ?? null,
    actions: () => loop.state().actions,
    find: (accountId, paymentId) => (accountId === account?.id ? findIfReadable(paymentId) : findOfOthers(accountId, paymentId)),
  });

  const loop = createQueueLoop({
    ledger,
    clock,
    random: options.random,
    log: options.log,
    nowMs,
    otherwiseMs: dojoClock.otherwiseMs,
    isRepeated: dojoClock.isRepeated,
    certainMs: dojoClock.certainMs,
    zone: options.zone,
    apiVersion: options.apiVersion,
    onChange() {
      const { gate, line: wire, stoppedOperations } = loop.state();
      if (account && gate === 'open' && stoppedOperations !== stoppedBefore) {
        stoppedBefore = stoppedOperations;
        stops.keep(account.id, loop.state());
      }
      const { up } = wire;
      // Something of the queue's was answered, while the list was not.
      if (up && !lineWasUp) reader?.doubt(true);
      lineWasUp = up;
      changed();
    },
    onPayment: (payment, askedMs) => keepRead([payment], askedMs),
    withTimes: known.withTimes,
    onUnread: wasUnread,
    onMoved: (action) => {
      if (action.accountId !== account?.id) return;
      unreadMoves.moved(action.paymentId, clock.monotonicMs());
      const payment = known.all().get(action.paymentId);
      if (payment) forms.learn(action, payment, onPayment(loop.state(), payment.id));
      known.judgeAgain(action.paymentId);
      // In its turn: a key or a place that is another's moves a whole queue at once.
      void reader?.readEach([action.paymentId]);
    },
    onDoubt: () => reader?.doubt(false),
    onDisk(failure) {
      disk = failure;
      changed();
    },
  });
  const pause = createKeptPause(ledger, clock);
  loop.dispatch({ type: 'paused', paused: pause.isPaused() });
  // A PC clock that is ahead must not leave out what ended last: it is asked from when Dojo was heard last, where that is earlier.
  let rememberedSinceMs = Math.min(nowMs(), lastHeardIn(ledger) ?? Number.POSITIVE_INFINITY) - ENDED_KEPT_MS;
  const stored = ledger.loadActions(rememberedSinceMs);
  loop.dispatch({ type: 'unreadable', paymentIds: stored.setAsideLanes.map((lane) => lane.paymentId) });
  const withItsDay = (action: Action): Action => withSameDay(action, () => options.steady(() => ledger.payment(action.accountId, action.paymentId)));
  loop.dispatch({ type: 'loaded', actions: stored.actions.map(withItsDay) });

  const setting = (): Setting => ({
    nowMs: nowMs(),
    zone: options.zone(),
    dayStartMinutes: options.dayStartMinutes(),
    apiVersion: options.apiVersion(),
    online: line() === 'live',
    offlineRefundMaxMinor: options.offlineRefundMaxMinor(),
    amountForms: forms.of(),
    isByPc: !dojoClock.isKnown(),
    isPcOff: Math.abs(dojoClock.aheadMs()) > WRONG_CLOCK_MS,
    areCapturesHeldUp:
      line() === 'offline' ||
      line() === 'key-refused' ||
      loop.state().paused ||
      !loop.state().diskOk ||
      isStopped('capture', loop.state()) ||
      isAhead(loop.state().throttledUntilMs, nowMs() + HELD_UP_MS),
  });

  const shownAt = (): ShownAt => ({ ...setting(), monotonicMs: clock.monotonicMs() });

  /** Dojo may be asked: nothing says that the line is down or the key refused. */
  const canAsk = (): boolean => loop.state().gate === 'open' && loop.state().line.up;

  const seenNow = (): Seen => ({ wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() });
  /** By both clocks of the PC: one stands still where it sleeps, the other can be set. */
  const isLive = ({ wallMs, monotonicMs }: Seen): boolean => clock.monotonicMs() - monotonicMs <= LIVE_MS && Math.abs(clock.nowMs() - wallMs) <= LIVE_MS;

  /** Dojo was heard in this run, and what it answers now is of no use. */
  function isUnheard(): boolean {
    if (heardAt === null || failedReadings === 0) return false;
    return failedReadings > FAILED_READINGS_MAX || clock.monotonicMs() - heardAt.monotonicMs >= UNHEARD_MS;
  }

  function line(): Line {
    const { gate, line: wire } = loop.state();
    if (gate === 'stopped') return 'key-refused';
    if (!wire.up || gate === 'no-version') return 'offline';
    return heardAt && isLive(heardAt) && !isUnheard() ? 'live' : 'connecting';
  }

  function rememberSince(endedSinceMs: number): void {
    loop.dispatch({ type: 'loaded', actions: ledger.loadActions(endedSinceMs).actions });
    rememberedSinceMs = endedSinceMs;
  }

  const upkeep = createUpkeep({
    ledger,
    clock,
    dojoClock,
    log: options.log,
    setAside: options.setAside,
    dayOf,
    onMemory(endedSinceMs) {
      if (endedSinceMs < rememberedSinceMs) return rememberSince(endedSinceMs);
      aftermath.remember(endedSinceMs);
      unseenEnds.remember(endedSinceMs);
      loop.dispatch({ type: 'forget', endedBeforeMs: endedSinceMs });
      rememberedSinceMs = endedSinceMs;
    },
    onChange: options.onChange,
  });

  /** A new trading day: the list starts afresh. */
  function turnDay(): void {
    // A PC clock that was weeks ahead as the till started was put right: what ended lately is of interest again.
    const endedSinceMs = nowMs() - ENDED_KEPT_MS;
    if (endedSinceMs < rememberedSinceMs) rememberSince(endedSinceMs);
    if (!known.turnDay()) return;
    views.clear();
    reader?.hurry();
  }

  const onFailure = (failure: Failure): void => {
    failedReadings += 1;
    cancelUnheard();
    // Where the next reading is minutes away, as Dojo may ask for, nothing else would say it.
    cancelUnheard = clock.after(UNHEARD_MS, changed);
    if (failure.kind === 'refused') readRefusal = failure;
    const isThere = isLineThere(failure);
    if (isThere !== null && isThere !== loop.state().line.up) loop.dispatch({ type: 'line', up: isThere, isUnwell: true });
    if (failure.kind === 'key-refused') setGate('stopped');
    else if (failure.cause !== 'no-version') void openIfAnswered();
    changed();
  };

  /** What a reading that failed tells of the line: Dojo has answered, whatever is wrong with the list. null: nothing. */
  function isLineThere(failure: Failure): boolean | null {
    if (wasNotAsked(failure)) return null;
    if (failure.kind === 'not-sent' || failure.kind === 'not-dojo') return false;
    return failure.status === null ? null : true;
  }

  const setGate = (gate: 'open' | 'stopped' | 'no-version'): void => {
    if (loop.state().gate !== gate) loop.dispatch({ type: 'gate', gate, accountId: account?.id ?? null });
  };

  let versionsHeard = 0;

  /** Whether Dojo shows one payment, or says of it anything but that it does not understand: then it takes the key, and an API version. */
  async function isOneAnswered(): Promise<boolean> {
    const waiting = [...loop.state().actions.values()].find((action) => isOpen(action) && action.accountId === account?.id);
    const [first] = known.atHand().payments.keys();
    const paymentId = waiting?.paymentId ?? first;
    const read = paymentId === undefined ? null : await reader?.readOne(paymentId);
    return read ? read.ok || (read.error.kind === 'refused' && read.error.status !== 400) : false;
  }

  /** What shut the gate may be over while Dojo has trouble with the list alone. */
  async function openIfAnswered(): Promise<void> {
    const asked = reader;
    if (loop.state().gate !== 'open' && (await isOneAnswered()) && reader === asked) setGate('open');
  }

  /** Without a version that Dojo takes nothing can be read, and nothing is sent that was not read before. */
  async function onVersion(isThere: boolean): Promise<void> {
    versionsHeard += 1;
    const [asked, nth] = [reader, versionsHeard];
    const isTaken = isThere || (await isOneAnswered());
    // What was heard of versions meanwhile is newer.
    if (reader !== asked || versionsHeard !== nth) return;
    if (isTaken) setGate('open');
    else if (loop.state().gate === 'open') setGate('no-version');
  }

  const onRead = ({ odd, full }: { odd: number; full: boolean }): void => {
    heardAt = seenNow();
    failedReadings = 0;
    cancelUnheard();
    readRefusal = null;
    if (account && asOfMs !== null && asOfMs < known.day().startMs) earlier.ended(account.id, asOfMs);
    asOfMs = nowMs();
    if (full) oddCount = odd;
    if (account) ledger.writeFact(`asOf:${account.id}`, String(asOfMs));
    // The reading that says so is the newest there is.
    lineWasUp = true;
    loop.dispatch({ type: 'line', up: true });
    // A key that Dojo accepts again: what waited goes on.
    if (loop.state().gate === 'stopped') setGate('open');
    changed();
    const unread = unreadMoves.due(clock.monotonicMs());
    if (unread.length > 0) void reader?.joinEach(unread);
    if (!full || !isEachDue) return;
    isEachDue = false;
    // The lists have brought some of them.
    void reader?.readEach(toCompare().filter((paymentId) => !looks.isNow(paymentId) && !looks.isUnknown(paymentId)));
  };

  /** Read again with every reading of the day; what else the disk knows is as old as when its own day was read, or it last changed. */
  const isFollowed = (payment: Payment) => isHeld(payment) || paidAt(payment) >= known.day().startMs;

  function keepRead(payments: readonly Payment[], askedMs: number): void {
    known.keep(payments, askedMs);
    for (const { id } of payments) unreadMoves.read(id, askedMs);
    if (looks.read(payments)) changed();
  }

  function wasUnread(paymentId: string, failure: Failure): void {
    if (looks.failed(paymentId, failure)) changed();
  }

  function lastLookAt(paymentId: string, payment: Payment | null): LastLook {
    if (looks.isUnknown(paymentId)) return { kind: 'unknown', readAtMs: null };
    const readAtMs = options.steady(() => payment && lastReadAtMs(payment));
    return { kind: line() === 'live' && looks.isNow(paymentId) ? 'read' : 'unread', readAtMs };
  }

  /** Of one that was not read in this run its list tells, where that was read before; else it is as it was when Dojo changed it last. */
  function lastReadAtMs(payment: Payment): number | null {
    const inThisRunMs = looks.readAtMs(payment.id);
    if (inThisRunMs !== null || account === null) return inThisRunMs;
    const listReadAtMs = isFollowed(payment) ? asOfBeforeMs : earlier.readAtMs(account.id, paidAt(payment));
    return Math.max(listReadAtMs ?? 0, payment.updatedAtMs);
  }

  /** Payments of what a person may let go out. */
  function toCompare(): string[] {
    const state = loop.state();
    return [...new Set([...state.actions.values()].filter((action) => canRelease(state, action)).map(({ paymentId }) => paymentId))];
  }

  /** Until the end of the next trading day, and longer where somebody has to see them. */
  function actionViews(): ActionView[] {
    const inMemory = loop.state().actions;
    const undone = new Set(options.steady(() => unseenEnds.all()) ?? []);
    const unseen = new Set([...undone, ...(options.steady(() => aftermath.unseen()) ?? [])]);
    const notInMemory = [...unseen].filter(({ id }) => !inMemory.has(id));
    const shown = shownActions([...notInMemory, ...inMemory.values()], dayOf(known.day().startMs - 1).startMs, (action) => unseen.has(action));
    return views.actions(shown, loop.state(), findIfReadable, shownAt(), findOfOthers, (action) => undone.has(action));
  }

  function openHolds(): OpenHold[] {
    const held = listed().ordered.filter(isHeld);
    const heldFromMs = new Map(held.map((payment) => [payment.id, paidFromMs(payment)]));
    return viewsOf(held).flatMap(({ id, reference, currency, moves, onHoldMinor, standingCapturesMinor, createdAtMs, holdEnds }) =>
      holdEnds === null
        ? []
        : {
            paymentId: id,
            reference,
            currency,
            leftMinor: (moves.capture.open || moves.capture.code === 'unreadable' ? onHoldMinor : 0) + standingCapturesMinor,
            standingMinor: standingCapturesMinor,
            heldAtMs: heldFromMs.get(id) ?? createdAtMs,
            endsAtMs: holdEnds.atMs,
            // Whether anything of a rest is lost then is not known.
            action: holdEnds.isRest && holdEnds.action === 'Release' ? null : holdEnds.action,
          },
    );
  }

  function open(next: Account): void {
    account = next;
    heardAt = null;
    failedReadings = 0;
    cancelUnheard();
    asOfMs = Number(ledger.readFact(`asOf:${next.id}`)) || null;
    asOfBeforeMs = asOfMs;
    views.clear();
    unreadMoves.clear();
    known.open(next.id);
    loop.dispatch({ type: 'gate', gate: 'no-key', accountId: next.id });
  }

  const desk: Desk = {
    loop,
    account: () => account,
    line,
    knowsTime: dojoClock.isKnown,
    asOfMs: () => asOfMs,
    unheardSinceMs: () => (isUnheard() ? asOfMs : null),
    refreshing: () => refreshing,
    oddCount: () => oddCount,
    readRefusal: () => readRefusal,
    askedToWait: () => connected?.gate.refusal() ?? null,
    waitsUntilMs: () => (loop.state().gate === 'open' ? toldWait(loop.state(), nowMs()) : null),
    nowMs,
    disk: () => disk ?? ledger.unkept(),
    upkeepNotices: upkeep.notices,
    open,
    connect(next, client, isSameKey = false) {
      reader?.close();
      refreshing = false;
      if (account?.id !== next.id) open(next);
      looks.begin();
      isEachDue = true;
      connectedAtMs = clock.monotonicMs();
      readRefusal = null;
      stoppedBefore = null;
      connected = client;
      client.gate.onClosed((leftMs) => {
        if (connected === client) loop.dispatch({ type: 'throttled', untilMs: nowMs() + leftMs });
      });
      reader = createDayReader({
        client,
        clock,
        random: options.random,
        log: options.log,
        pace: options.pace,
        nowMs,
        zone: options.zone,
        dayStartMinutes: options.dayStartMinutes,
        known: known.all,
        find: known.find,
        awaited: known.awaited,
        onPayments: keepRead,
        onUnread: wasUnread,
        onRead,
        onFailure,
        onVersion: (isThere) => void onVersion(isThere),
        onRefreshing(now) {
          refreshing = now;
          changed();
        },
      });
      reader.setFocused(options.isSomebodyLooking());
      loop.connect(client);
      const stopped = isSameKey ? stops.of(next.id, loop.state()) : [];
      const throttledUntilMs = nowMs() + client.gate.leftMs();
      loop.dispatch({ type: 'gate', gate: 'open', accountId: next.id, stopped, throttledUntilMs });
      void reader.readDay();
    },
    async disconnect() {
      reader?.close();
      refreshing = false;
      reader = null;
      connected = null;
      await loop.quiet();
      loop.connect(null);
      account = null;
      looks.begin();
      known.close();
      asOfMs = null;
      oddCount = 0;
      readRefusal = null;
      loop.dispatch({ type: 'gate', gate: 'no-key', accountId: null });
      loop.dispatch({ type: 'line', up: true });
    },
    look(isFirst) {
      turnDay();
      const { payments, isAll } = isFirst ? known.atHand() : { payments: known.all(), isAll: true };
      const { ordered, byCurrency } = listed(payments);
      const { views: shown, isMore } = views.somePayments(ordered, loop.state(), setting(), VIEWS_AT_ONCE);
      return {
        now: {
          day: dayView(known.day(), options.zone(), true),
          payments: shown,
          actions: actionViews(),
          totals: withAttention(byCurrency, shown, isAll && shown.length === ordered.length),
        },
        isMore: isMore || !isAll,
      };
    },
    openOf(accountId) {
      const own = [...loop.state().actions.values()].filter((action) => action.accountId === accountId);
      const count = (state: Action['state']) => own.filter((action) => action.state === state).length;
      return { waiting: count('waiting'), sending: count('sending'), checking: count('checking'), needsPerson: count('needsPerson') };
    },
    tend() {
      turnDay();
      upkeep.look();
      // What waits may be due sooner by the time that was just heard.
      loop.dispatch({ type: 'tick' });
    },
    warnOfHolds() {
      // What the disk knows may be days old: where Dojo can be asked, its answer comes first, but it is not waited for for ever.
      const isSilent = clock.monotonicMs() - connectedAtMs > LIVE_MS;
      if (account && reader && (heardAt || isSilent || !canAsk())) watch.look(account.id, openHolds());
    },
    holdNotice() {
      // Whether some of a long day's end soon is told when all of them are there.
      const message = options.holdWarnings().isOn && known.atHand().isAll ? endingInWords(openHolds(), nowMs()) : null;
      return message === null ? null : { code: 'holds-ending', message };
    },
    aftermathNotices: () => [options.steady(aftermath.notice), options.steady(unseenEnds.notice)].filter((notice) => notice !== null),
    lostHoldsNotice: () => options.steady(lostHolds.notice),
    twiceNotice: () => options.steady(twice.notice),
    noticeSeen({ code, message }) {
      if (code === DECLINED_NOTICE) aftermath.seen(message);
      if (code === LOST_HOLDS_NOTICE) lostHolds.seen(message);
      if (code === TWICE_NOTICE) twice.seen(message);
      if (code === UNDONE_NOTICE) unseenEnds.seen(message);
    },
    followUp: aftermath.touch,
    async refresh() {
      if (!reader) return notConnected;
      const result = await reader.readDay();
      return result.ok ? ok(null) : err(failureInWords(result.error));
    },
    async getPayment(paymentId) {
      if (!account) return notConnected;
      const of = account.id;
      const read = canAsk() ? await reader?.readOne(paymentId) : null;
      if (account?.id !== of) return notConnected;
      // It may be the same as before: that it was read just now is news.
      changed();
      const payment = read?.ok ? read.value : known.find(paymentId);
      if (!payment) {
        if (read && !read.ok && read.error.kind !== 'refused') return err(failureInWords(read.error));
        return err({ code: 'unknown-payment', message: 'Dojo and Tillside do not know this payment.' });
      }
      const actions = ledger.actionsOn(of, paymentId);
      const current = actions.map((action) => loop.state().actions.get(action.id) ?? action);
      const [view] = viewsOf([payment]);
      if (!view) throw new Error(`expected a view of ${paymentId}`);
      return ok({
        payment: view,
        actions: views.actions(current, loop.state(), () => payment, shownAt()),
        timeline: timelineOf(payment, current, ledger.activityOn(paymentId)),
        refunds: refundHistoryOf(payment, current),
        support: supportOf(payment, current),
        readAtMs: read?.ok ? nowMs() : lastReadAtMs(payment),
        fresh: read?.ok ?? false,
      });
    },
    async loadDay(date) {
      if (!isIsoDate(date)) return err({ code: 'bad-input', message: `There is no such day as ${date}.`, field: 'date' });
      if (!account) return notConnected;
      const span = tradingDayOf(date, options.zone(), options.dayStartMinutes());
      const of = account.id;
      const read = canAsk() && reader ? await reader.readSpan(span.startMs, span.endMs) : null;
      if (account?.id !== of) return notConnected;
      if (read?.ok) earlier.wasRead(of, span.date, nowMs());
      return ok(earlier.snapshot(of, span, read));
    },
    search: async (text) => (account ? ok(earlier.search(account.id, text)) : notConnected),
    async submit(requests) {
      if (!account) return notConnected;
      const of = account.id;
      // A payment that was never listed (an earlier day's, found by its id) is read first.
      for (const id of new Set(requests.map((request) => request.paymentId))) if (!known.find(id) && canAsk()) await reader?.readOne(id);
      return whileBusy(clock, (): Attempt<{ actionIds: string[] }> => {
        if (account?.id !== of) return { result: notConnected, isBusy: false };
        const { result, isBusy } = accept(requests, ledger, {
          accountId: of,
          payment: known.find,
          actionsOn: (paymentId) => onPayment(loop.state(), paymentId),
          isUnknown: looks.isUnknown,
          isUnreadable: (paymentId) => loop.state().unreadableLanes.has(paymentId),
          findRequest: ledger.findRequest,
          setting: setting(),
          nextSeq: ledger.nextSeq,
          uuid: options.random.uuid,
        });
        if (!result.ok) return { result, isBusy };
        const { found, accept: accepted, actionIds } = result.value;
        // Answered with an error before, and on the disk all the same: what is called accepted now is not left lying there.
        if (found.length > 0) loop.dispatch({ type: 'loaded', actions: found });
        // At once: whatever is decided next must see it.
        loop.dispatch({ type: 'accepted', actions: accepted });
        return { result: ok({ actionIds: [...actionIds] }), isBusy };
      });
    },
    async release(actionIds, seenVersions = {}) {
      const asking = reader;
      if (!account || !asking) return notConnected;
      const { monotonicMs } = clock;
      const read = await readForRelease(actionIds, {
        queue: loop.state,
        shown: known.find,
        seenVersions,
        read: (paymentId) => asking.readOne(paymentId),
        setting,
        monotonicMs,
      });
      if (!read.ok) return read;
      if (reader !== asking) return notConnected;
      return whileBusy(clock, (): Attempt<null> => {
        const areStillThere = () =>
          read.value.every(({ actionId }) => {
            const action = loop.state().actions.get(actionId);
            return action && isReleasable(loop.state(), action);
          });
        const changed: Attempt<null> = { result: err({ code: 'not-possible', message: releaseWords.changed }), isBusy: false };
        if (!areStillThere()) return changed;
        const written = loop.decide(read.value.map(({ actionId, decidedOn }) => ({ type: 'release', actionId, decidedOn })));
        if (written.ok) return { result: written, isBusy: false };
        // What was heard just before came first, and the disk is well.
        return areStillThere() ? notWritten(written.error, 'Nothing was sent.') : changed;
      });
    },
    async compare() {
      if (!account || !reader) return notConnected;
      const paymentIds = toCompare();
      looks.forget(paymentIds);
      changed();
      if (canAsk()) await reader.joinEach(paymentIds);
      changed();
      return ok(null);
    },
    async decideAgain(kind, actionIds) {
      if (!account) return notConnected;
      const decided = await decideAgain(kind, actionIds, {
        queue: loop.state,
        dayStartMs: () => known.day().startMs,
        payment: known.find,
        submit: (request) => desk.submit([request]),
      });
      if (decided.ok) desk.allowOperation(kind);
      return decided;
    },
    allowOperation(kind) {
      const waits = [...loop.state().actions.values()].find(
        ({ state, move, accountId }) => state === 'waiting' && move.kind === kind && accountId === account?.id,
      );
      if (!waits || !loop.state().stoppedOperations.has(kind)) return false;
      loop.dispatch({ type: 'retryNow', actionId: waits.id });
      return true;
    },
    setPaused(paused) {
      loop.dispatch({ type: 'paused', paused });
      return pause.keep(paused);
    },
    setFocused: (focused) => reader?.setFocused(focused),
    hurry: () => reader?.hurry(),
    close() {
      cancelDeadline();
      cancelUnheard();
      aftermath.close();
      lostHolds.close();
      twice.close();
      standingStill.close();
      reader?.close();
      loop.close();
      pause.close();
      upkeep.close();
      ledger.close();
    },
  };
  return desk;
}

const notConnected = err<TillError>({ code: 'not-connected', message: 'Tillside is not connected to Dojo.' });
