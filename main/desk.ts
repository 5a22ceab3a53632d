import type { ActionRequest, ActionView, DaySnapshot, DayView, Found, Notice, PaymentDetail, PaymentView, TillError, Totals } from '../preload/contract.ts';
import { type Action, isOpen } from './core/action.ts';
import { type DaySpan, isIsoDate, tradingDay, tradingDayOf } from './core/day.ts';
import { endingInWords, type OpenHold } from './core/hold-warnings.ts';
import { isHold, type Payment, paidAt } from './core/payment.ts';
import { onPayment } from './core/queue-state.ts';
import { err, ok, type Result } from './core/result.ts';
import type { Failure } from './core/retry.ts';
import { searchWords } from './core/search-words.ts';
import { totalsOf } from './core/totals.ts';
import { createDayReader, type DayReader, type Pace } from './day-reader.ts';
import { decide } from './decide.ts';
import type { DojoClient } from './dojo/client.ts';
import { failureInWords } from './failure-words.ts';
import { createHoldWatch } from './hold-watch.ts';
import { createOtherTills } from './other-tills.ts';
import type { Account, Clock, DiskFailure, Ledger, Log, Notifier, Random } from './ports.ts';
import { createQueueLoop, type QueueLoop } from './queue-loop.ts';
import { refundHistoryOf } from './refund-history.ts';
import { supportOf } from './support.ts';
import { timelineOf } from './timeline.ts';
import { createViewCache, type Setting } from './views.ts';

const DAY_MS = 86_400_000;
/** Ended actions are kept in memory this long: a hold can live a week, and what was done to it still counts. */
const ENDED_KEPT_MS = 8 * DAY_MS;
const LEDGER_KEPT_MS = 90 * DAY_MS;
/** A search gives no more payments than this. */
const FOUND_MOST = 200;
/** Dojo's clock may be ahead of ours by so much; what it dates later than that is a mistake. */
const CLOCKS_APART_MS = 60_000;
/** Without one good read for this long, what is shown is no longer live, whatever keeps the answers away. */
const LIVE_MS = 3 * 60_000;

export type DeskOptions = Readonly<{
  ledger: Ledger;
  clock: Clock;
  random: Random;
  log: Log;
  pace: Pace;
  nowMs: () => number;
  zone: () => string;
  dayStartMinutes: () => number;
  apiVersion: () => string;
  /** The most that may be refunded of a payment while Dojo cannot be reached; null: nothing. */
  offlineRefundMaxMinor: () => number | null;
  holdWarnings: () => Readonly<{ isOn: boolean; closingMinutes: number | null }>;
  notify: Notifier['notify'];
  onChange: () => void;
}>;

export type Line = 'connecting' | 'live' | 'offline' | 'key-refused';

export type Desk = Readonly<{
  loop: QueueLoop;
  connect(account: Account, client: DojoClient): void;
  /** Starts nothing new, waits for what is on the wire, then lets go of the account. */
  disconnect(): Promise<void>;
  account(): Account | null;
  line(): Line;
  asOfMs(): number | null;
  refreshing(): boolean;
  oddCount(): number;
  disk(): DiskFailure | null;
  look(): Readonly<{ day: DayView; payments: PaymentView[]; actions: ActionView[]; totals: Totals }>;
  waitingOf(accountId: string): number;
  /** Tells a person of holds about to end, once each. */
  warnOfHolds(): void;
  /** The same for the page, as long as it is so. */
  holdNotice(): Notice | null;
  refresh(): Promise<Result<null, TillError>>;
  getPayment(paymentId: string): Promise<Result<PaymentDetail, TillError>>;
  loadDay(date: string): Promise<Result<DaySnapshot, TillError>>;
  search(text: string): Promise<Result<Found, TillError>>;
  submit(requests: readonly ActionRequest[]): Promise<Result<{ actionIds: string[] }, TillError>>;
  setPaused(paused: boolean): Result<null, TillError>;
  setFocused(focused: boolean): void;
  hurry(): void;
  close(): void;
}>;

/** One ledger at work: its payments, its queue, and what keeps it up with Dojo. The shop has one, training another. */
export function createDesk(options: DeskOptions): Desk {
  const { ledger, clock, nowMs } = options;
  let account: Account | null = null;
  let reader: DayReader | null = null;
  let payments: ReadonlyMap<string, Payment> = new Map();
  let asOfMs: number | null = null;
  let heard = false;
  let refreshing = false;
  let oddCount = 0;
  /** Why the queue, and why what was read from Dojo, cannot be written just now. */
  let disk: DiskFailure | null = null;
  let unkept: DiskFailure | null = null;
  let lineWasUp = true;
  let day = today();
  const actionsOn = (paymentId: string): readonly Action[] => onPayment(loop.state(), paymentId);
  const isUnreadable = (paymentId: string): boolean => loop.state().unreadableLanes.has(paymentId);
  const otherTills = createOtherTills({ ledger, nowMs, actionsOn, isUnreadable });
  const views = createViewCache(otherTills.noticedOn);
  const watch = createHoldWatch({
    ledger,
    setting: () => ({ nowMs: nowMs(), zone: options.zone(), dayStartMinutes: options.dayStartMinutes(), ...options.holdWarnings() }),
    notify: options.notify,
  });
  let list = { of: payments, day, zone: options.zone(), ordered: [] as readonly Payment[], byCurrency: [] as Totals['byCurrency'] };

  function today(): DaySpan {
    return tradingDay(nowMs(), options.zone(), options.dayStartMinutes());
  }

  const loop = createQueueLoop({
    ledger,
    clock,
    random: options.random,
    log: options.log,
    nowMs,
    zone: options.zone,
    apiVersion: options.apiVersion,
    onChange() {
      const { up } = loop.state().line;
      if (up && !lineWasUp) reader?.hurry();
      lineWasUp = up;
      options.onChange();
    },
    onPayment: (payment) => keep([payment]),
    onMoved: (action) => {
      if (action.accountId !== account?.id) return;
      // What was read meanwhile can be told from what was done here now.
      const known = payments.get(action.paymentId);
      if (known && otherTills.isWaiting(known.id)) keep([known]);
      void reader?.readOne(action.paymentId);
    },
    onDisk(failure) {
      disk = failure;
      options.onChange();
    },
  });
  loop.dispatch({ type: 'paused', paused: ledger.readFact('paused') === 'yes' });
  const stored = ledger.loadActions(nowMs() - ENDED_KEPT_MS);
  loop.dispatch({ type: 'unreadable', paymentIds: stored.setAsideLanes.map((lane) => lane.paymentId) });
  loop.dispatch({ type: 'loaded', actions: stored.actions });

  const setting = (): Setting => ({
    nowMs: nowMs(),
    zone: options.zone(),
    dayStartMinutes: options.dayStartMinutes(),
    apiVersion: options.apiVersion(),
    online: canAsk(),
    offlineRefundMaxMinor: options.offlineRefundMaxMinor(),
  });

  /** Dojo may be asked: nothing says that the line is down or the key refused. */
  const canAsk = (): boolean => loop.state().gate === 'open' && loop.state().line.up;

  function line(): Line {
    const { gate, line: wire } = loop.state();
    if (gate === 'stopped') return 'key-refused';
    if (!wire.up) return 'offline';
    return heard && asOfMs !== null && nowMs() - asOfMs <= LIVE_MS ? 'live' : 'connecting';
  }

  /** A change that Dojo dates in the future is no reason to believe nothing that comes after it. */
  const changedAtMs = (known: Payment | undefined): number => (known && known.updatedAtMs <= nowMs() + CLOCKS_APART_MS ? known.updatedAtMs : 0);

  /** Takes over what was read, unless something newer is known already: pages and single reads overtake each other. */
  function keep(read: readonly Payment[]): void {
    const newest = new Map<string, Payment>();
    for (const payment of read) if (changedAtMs(newest.get(payment.id) ?? payments.get(payment.id)) <= payment.updatedAtMs) newest.set(payment.id, payment);
    const fresh = [...newest.values()];
    if (fresh.length === 0 || !account) return;
    const elsewhere = otherTills.judge(account.id, fresh, find);
    const written = ledger.writePayments(account.id, fresh, elsewhere.activity);
    elsewhere.end(written.ok);
    unkept = written.ok ? null : written.error;
    // One that says what it said before stays the same object: its view is not made anew, and the page hears nothing.
    const news = fresh.filter((payment) => isOfInterest(payment) && !isSame(payments.get(payment.id), payment));
    if (news.length > 0) payments = new Map([...payments, ...news.map((payment) => [payment.id, payment] as const)]);
    options.onChange();
  }

  const isCurrent = (action: Action) => isOpen(action) || action.changedAtMs >= day.startMs;
  /** Still to be settled, or ended otherwise than well today: somebody has to see it. */
  const isOfToday = (action: Action) => isOpen(action) || (action.state !== 'done' && action.changedAtMs >= day.startMs);
  const dateOf = (payment: Payment) => tradingDay(paidAt(payment), options.zone(), options.dayStartMinutes()).date;
  const isOfInterest = (payment: Payment) =>
    isHold(payment) || paidAt(payment) >= day.startMs || payments.has(payment.id) || onPayment(loop.state(), payment.id).some(isOfToday);

  function load(): void {
    if (!account) return;
    views.clear();
    otherTills.load(account.id, nowMs() - ENDED_KEPT_MS, loop.state().actions.values());
    // A payment belongs to the day it was paid on, which can be later than the one it was made on.
    const stored = ledger.payments(account.id, day.startMs - 2 * DAY_MS, day.endMs + DAY_MS, true);
    // What was done today on an earlier day's payment as well: its outcome at the bank is still followed, and stands in the run's report.
    const current = [...loop.state().actions.values()].filter((action) => isCurrent(action) && action.accountId === account?.id);
    const ofActions = current.flatMap(({ accountId, paymentId }) => ledger.payment(accountId, paymentId) ?? []);
    payments = new Map();
    payments = new Map([...stored.filter(isOfInterest), ...ofActions].map((payment) => [payment.id, payment]));
  }

  /** A new trading day: the list starts afresh, old things leave, and the day's backup is made. */
  function turnDay(): void {
    if (today().date === day.date && today().endMs === day.endMs) return;
    day = today();
    load();
    loop.dispatch({ type: 'forget', endedBeforeMs: nowMs() - ENDED_KEPT_MS });
    ledger.purge(nowMs() - LEDGER_KEPT_MS);
    backUp();
    reader?.hurry();
  }

  function backUp(): void {
    ledger.backUp(day.date).catch((error: unknown) => options.log.error(`the daily backup failed: ${error instanceof Error ? error.message : String(error)}`));
  }
  backUp();

  const onFailure = (failure: Failure): void => {
    if (failure.kind === 'key-refused') loop.dispatch({ type: 'gate', gate: 'stopped', accountId: account?.id ?? null });
    else if ((failure.kind === 'not-sent' || failure.kind === 'not-dojo') && loop.state().line.up) loop.dispatch({ type: 'line', up: false });
    options.onChange();
  };

  /** Of an earlier day it stays known as of when it was last read while it lasted. */
  function keepLastRead(): void {
    if (!account || asOfMs === null || asOfMs >= day.startMs) return;
    const name = readOfDay(account.id, tradingDay(asOfMs, options.zone(), options.dayStartMinutes()).date);
    if (asOfMs > Number(ledger.readFact(name))) ledger.writeFact(name, String(asOfMs));
  }

  const onRead = ({ odd, full }: { odd: number; full: boolean }): void => {
    heard = true;
    keepLastRead();
    asOfMs = nowMs();
    if (full) oddCount = odd;
    if (account) ledger.writeFact(`asOf:${account.id}`, String(asOfMs));
    if (!loop.state().line.up) loop.dispatch({ type: 'line', up: true });
    // A key that Dojo accepts again: what waited goes on.
    if (loop.state().gate === 'stopped') loop.dispatch({ type: 'gate', gate: 'open', accountId: account?.id ?? null });
    options.onChange();
  };

  const find = (paymentId: string) => payments.get(paymentId) ?? (account ? ledger.payment(account.id, paymentId) : null);

  function dayView(span: DaySpan): DayView {
    return { date: span.date, startMs: span.startMs, endMs: span.endMs, zone: options.zone(), isToday: span.date === day.date };
  }

  const viewsOf = (ordered: readonly Payment[]): PaymentView[] => views.payments(ordered, loop.state(), setting());
  const newestFirst = (some: Iterable<Payment>): Payment[] => [...some].sort((a, b) => paidAt(b) - paidAt(a) || (a.id < b.id ? 1 : -1));
  const withAttention = (byCurrency: Totals['byCurrency'], shown: readonly PaymentView[]): Totals => ({
    byCurrency,
    attentionCount: shown.filter((view) => view.attention !== null).length,
  });

  /** The list in its order and the day's sums, worked out again only when a payment changed: a busy run looks many times a second. */
  function listed() {
    if (list.of !== payments || list.day !== day || list.zone !== options.zone()) {
      const ofDay = [...payments.values()].filter((payment) => dateOf(payment) === day.date);
      list = { of: payments, day, zone: options.zone(), ordered: newestFirst(payments.values()), byCurrency: [...totalsOf(ofDay)] };
    }
    return list;
  }

  const openHolds = (): OpenHold[] =>
    viewsOf(listed().ordered.filter(isHold)).flatMap(({ id, reference, currency, leftMinor, paidAtMs, createdAtMs, holdEnds }) =>
      holdEnds === null
        ? []
        : { paymentId: id, reference, currency, leftMinor, heldAtMs: paidAtMs ?? createdAtMs, endsAtMs: holdEnds.atMs, action: holdEnds.action },
    );

  return {
    loop,
    account: () => account,
    line,
    asOfMs: () => asOfMs,
    refreshing: () => refreshing,
    oddCount: () => oddCount,
    disk: () => disk ?? unkept,
    connect(next, client) {
      reader?.close();
      account = next;
      heard = false;
      asOfMs = Number(ledger.readFact(`asOf:${next.id}`)) || null;
      load();
      reader = createDayReader({
        client,
        clock,
        random: options.random,
        pace: options.pace,
        nowMs,
        zone: options.zone,
        dayStartMinutes: options.dayStartMinutes,
        known: () => payments,
        onPayments: keep,
        onRead,
        onFailure,
        onRefreshing(now) {
          refreshing = now;
          options.onChange();
        },
      });
      loop.connect(client);
      loop.dispatch({ type: 'gate', gate: 'open', accountId: next.id });
      void reader.readDay();
    },
    async disconnect() {
      reader?.close();
      reader = null;
      await loop.quiet();
      loop.connect(null);
      account = null;
      payments = new Map();
      asOfMs = null;
      oddCount = 0;
      loop.dispatch({ type: 'gate', gate: 'no-key', accountId: null });
      loop.dispatch({ type: 'line', up: true });
    },
    look() {
      turnDay();
      const { ordered, byCurrency } = listed();
      const shown = viewsOf(ordered);
      const actions = [...loop.state().actions.values()].filter(isCurrent);
      return {
        day: dayView(day),
        payments: shown,
        actions: views.actions(actions, loop.state(), (id) => payments.get(id) ?? null, options.zone()),
        totals: withAttention(byCurrency, shown),
      };
    },
    waitingOf: (accountId) => [...loop.state().actions.values()].filter((action) => action.accountId === accountId && isOpen(action)).length,
    warnOfHolds() {
      // What the disk knows may be days old: where Dojo can be asked, its answer comes first.
      if (account && (heard || !canAsk())) watch.look(account.id, openHolds());
    },
    holdNotice() {
      const message = options.holdWarnings().isOn ? endingInWords(openHolds(), nowMs()) : null;
      return message === null ? null : { code: 'holds-ending', message };
    },
    async refresh() {
      if (!reader) return notConnected;
      const result = await reader.readDay();
      return result.ok ? ok(null) : err(failureInWords(result.error));
    },
    async getPayment(paymentId) {
      if (!account) return notConnected;
      const read = canAsk() ? await reader?.readOne(paymentId) : null;
      const payment = read?.ok ? read.value : find(paymentId);
      if (!payment) {
        if (read && !read.ok && read.error.kind !== 'refused') return err(failureInWords(read.error));
        return err({ code: 'unknown-payment', message: 'Dojo and Tillside do not know this payment.' });
      }
      const actions = ledger.actionsOn(account.id, paymentId);
      const current = actions.map((action) => loop.state().actions.get(action.id) ?? action);
      const [view] = views.payments([payment], loop.state(), setting());
      if (!view) throw new Error(`expected a view of ${paymentId}`);
      return ok({
        payment: view,
        actions: views.actions(current, loop.state(), () => payment, options.zone()),
        timeline: timelineOf(payment, current, ledger.activityOn(paymentId)),
        refunds: refundHistoryOf(payment, current),
        support: supportOf(payment, current),
        readAtMs: read?.ok ? nowMs() : asOfMs,
        fresh: read?.ok ?? false,
      });
    },
    async loadDay(date) {
      if (!isIsoDate(date)) return err({ code: 'bad-input', message: `There is no such day as ${date}.`, field: 'date' });
      if (!account || !reader) return notConnected;
      const span = tradingDayOf(date, options.zone(), options.dayStartMinutes());
      const of = account.id;
      const read = canAsk() ? await reader.readSpan(span.startMs, span.endMs) : null;
      if (account?.id !== of) return notConnected;
      if (read?.ok) ledger.writeFact(readOfDay(of, span.date), String(nowMs()));
      const stored = ledger.payments(of, span.startMs - 2 * DAY_MS, span.endMs + DAY_MS, false);
      const ofDay = stored.map((payment) => payments.get(payment.id) ?? payment).filter((payment) => dateOf(payment) === span.date);
      const shown = viewsOf(newestFirst(ofDay));
      return ok({
        day: dayView(span),
        payments: shown,
        totals: withAttention([...totalsOf(ofDay)], shown),
        readAtMs: Number(ledger.readFact(readOfDay(of, span.date))) || null,
        fresh: read?.ok ?? false,
        error: read && !read.ok ? failureInWords(read.error) : null,
      });
    },
    async search(text) {
      if (!account) return notConnected;
      const found = ledger.findPayments(account.id, searchWords(text), FOUND_MOST + 1);
      const shown = found.slice(0, FOUND_MOST).map((payment) => payments.get(payment.id) ?? payment);
      return ok({ payments: viewsOf(newestFirst(shown)), isCut: found.length > FOUND_MOST });
    },
    async submit(requests) {
      if (!account) return notConnected;
      // A payment that was never listed (an earlier day's, found by its id) is read first.
      for (const id of new Set(requests.map((request) => request.paymentId))) if (!find(id) && canAsk()) await reader?.readOne(id);
      const accountId = account.id;
      const decided = decide(requests, {
        accountId,
        payment: find,
        actionsOn,
        isUnreadable,
        findRequest: ledger.findRequest,
        setting: setting(),
        nextSeq: ledger.nextSeq,
        uuid: options.random.uuid,
      });
      if (!decided.ok) return decided;
      const { accept, actionIds } = decided.value;
      const activity = accept.map((action) => ({
        atMs: action.acceptedAtMs,
        accountId,
        what: 'accepted',
        paymentId: action.paymentId,
        actionId: action.id,
        note: action.move.kind,
      }));
      const written = accept.length > 0 ? ledger.writeActions(accept, activity) : ok(null);
      if (!written.ok) return err({ code: 'disk', message: `${written.error.message} Nothing was accepted and nothing is sent.` });
      loop.dispatch({ type: 'accepted', actions: accept });
      return ok({ actionIds: [...actionIds] });
    },
    setPaused(paused) {
      const written = ledger.writeFact('paused', paused ? 'yes' : 'no');
      // Pausing holds even where it cannot be remembered: it is the safe side.
      loop.dispatch({ type: 'paused', paused });
      return written.ok ? ok(null) : err({ code: 'disk', message: written.error.message });
    },
    setFocused: (focused) => reader?.setFocused(focused),
    hurry: () => reader?.hurry(),
    close() {
      reader?.close();
      loop.close();
      ledger.close();
    },
  };
}

const readOfDay = (accountId: string, date: string): string => `asOf:${accountId}:${date}`;

const isSame = (known: Payment | undefined, read: Payment): boolean => known === read || (known !== undefined && JSON.stringify(known) === JSON.stringify(read));

const notConnected = err<TillError>({ code: 'not-connected', message: 'Tillside is not connected to Dojo.' });
