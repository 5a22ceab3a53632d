import { tradingDay } from '../../main/core/day/day.ts';
import type { Failure } from '../../main/core/failure.ts';
import type { Payment } from '../../main/core/payment/payment.ts';
import { type Action, isFinal, type MoveKind } from '../../main/core/queue/action.ts';
import { type Baseline, baselineOf } from '../../main/core/queue/evidence.ts';
import { step } from '../../main/core/queue/queue.ts';
import { type Effect, emptyQueue, type Moment, type QueueEvent, type QueueState } from '../../main/core/queue/queue-state.ts';
import { mayStillSettle } from '../../main/core/queue/settling.ts';
import { err, ok, type Result } from '../../main/core/result.ts';
import type { ActivityEntry, Ledger, News } from '../../main/ports/ledger.ts';
import { decide } from '../../main/queue/decide.ts';
import type { SeededRandom } from '../../main/simulator/random.ts';
import { createCorrectedClock } from '../../main/sync/dojo-clock.ts';
import { createKnownPayments } from '../../main/sync/payment-store.ts';
import { API_VERSION, aFailure, DAY_MS, HOUR_MS, LONDON, MINUTE_MS } from '../builders.ts';
import type { Agenda } from './agenda.ts';
import { ACCOUNT, type Dojo, PAYMENT } from './dojo.ts';

const WAYS = ['well', 'unsent', 'lost', 'unheard', 'late', 'throttled', 'refused', 'twice', 'refused-second'] as const;
/**
 * What becomes of a request. lost: it never arrives, and no answer comes. unheard: it is done, and no answer comes. late: so, and up to the
 * end of the time that Dojo is given. refused: Dojo does nothing and says 409. twice: a proxy repeats it. refused-second: so, and passes on
 * what Dojo says to the second.
 */
export type Way = (typeof WAYS)[number];
const WEIGHTS: Readonly<Record<Way, number>> = {
  well: 6,
  unsent: 1,
  lost: 1,
  unheard: 1,
  late: 0.3,
  throttled: 1,
  refused: 1,
  twice: 0.3,
  'refused-second': 0.3,
};
const GIVEN_UP_MS = 40_000;
const COMES_LATE_MS = [30_000, 85_000] as const;

const WRONG_BY_MS = [-HOUR_MS, -5 * MINUTE_MS, MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, 3 * DAY_MS];
const SET_TO_MS = [-2 * HOUR_MS, -5 * MINUTE_MS, 0, MINUTE_MS, 10 * MINUTE_MS, HOUR_MS];

export type TillOptions = Readonly<{
  agenda: Agenda;
  dojo: Dojo;
  random: SeededRandom;
  isFaulty: boolean;
  say: (what: () => string) => void;
  onExpired: (action: Action) => void;
  /** A request of it leaves now. */
  onSend: (action: Action) => void;
  onNeedsPerson: (actionId: string) => void;
}>;

/** Core's queue, the payment store and Dojo's clock, with a disk that keeps what is written and a connection that loses what it likes. */
export function createTill({ agenda, dojo, random, isFaulty, say, onSend, onExpired, onNeedsPerson }: TillOptions) {
  const apiVersion = isFaulty && random.chance(0.15) ? '2022-01-03' : API_VERSION;
  const isClockWrong = isFaulty && random.chance(0.4);
  const tellsTime = !isFaulty || random.chance(0.9);
  /** How far the clocks of Dojo's servers are ahead, which answer by turns: most of them are right to the second. */
  const servers = isFaulty ? random.pick([[0], [0], [0, 2_000], [0, 0, random.pick([-3 * HOUR_MS, -20 * MINUTE_MS, 20 * MINUTE_MS, 3 * HOUR_MS])]]) : [0];
  let aheadMs = isClockWrong ? random.pick(WRONG_BY_MS) : 0;
  const bootedAtMs = agenda.nowMs() - HOUR_MS;
  /** The last sleep. The monotonic clock stands still in it, and not every PC counts it. */
  let [asleepFromMs, awakeAtMs, sleptBeforeMs] = [0, 0, 0];
  const isAsleep = (): boolean => agenda.nowMs() < awakeAtMs;
  const sleptMs = (): number => sleptBeforeMs + Math.min(agenda.nowMs(), awakeAtMs) - asleepFromMs;
  const pcClock = {
    nowMs: () => agenda.nowMs() + aheadMs,
    monotonicMs: () => agenda.nowMs() - bootedAtMs - sleptMs(),
    ...(random.chance(0.5) ? { sinceBootMs: () => Math.floor((agenda.nowMs() - bootedAtMs) / 1_000) * 1_000 } : {}),
  };
  const moment = (): Moment => ({ wallMs: pcClock.nowMs(), monotonicMs: pcClock.monotonicMs() });

  // The disk.
  const actions = new Map<string, Action>();
  const activity: ActivityEntry[] = [];
  let stored: Payment | null = null;
  let knownBefore: Baseline | null = null;
  let heardMs: number | null = null;
  const ledger: Partial<Ledger> = {
    payment: () => stored,
    payments: () => (stored ? [stored] : []),
    newestPayments: () => (stored ? [stored] : []),
    writePayments(_, payments, news: News = { activity: [], knownBefore: new Map() }) {
      stored = payments.at(-1) ?? stored;
      knownBefore = news.knownBefore.get(PAYMENT) ?? null;
      activity.push(...news.activity);
      for (const { note } of news.activity) say(() => `till    says: ${note}`);
      return ok(null);
    },
    changedElsewhereSince: () => activity,
    knownBefore: () => new Map(knownBefore ? [[PAYMENT, knownBefore]] : []),
    actionsOn: () => [...actions.values()],
  };

  // What a power cut takes.
  let life = 0;
  let state: QueueState = emptyQueue;
  let dojoClock = createCorrectedClock(pcClock, heardMs);
  let cancelWake = (): void => undefined;
  const openStore = () => {
    const store = createKnownPayments({
      ledger: ledger as Ledger,
      nowMs: () => dojoClock.nowMs(),
      latestMs: () => dojoClock.latestMs(),
      dayOf: (atMs) => tradingDay(atMs, LONDON, 0),
      asOfMs: () => null,
      queue: () => state,
      lostHolds: () => [],
      onChange: () => undefined,
    });
    store.open(ACCOUNT);
    return store;
  };
  let known = openStore();

  const delayMs = (): number => (random.chance(0.8) ? random.whole(20, 400) : random.whole(400, 8_000));
  /** Heard by nobody after a power cut, and not before the PC wakes. */
  const later = (ms: number, happen: () => void) => {
    const of = life;
    const whenAwake = (): unknown => (of !== life ? undefined : isAsleep() ? agenda.after(awakeAtMs - agenda.nowMs(), whenAwake) : happen());
    return agenda.after(ms, whenAwake);
  };

  const TROUBLES: readonly Partial<Failure>[] = [
    { kind: 'refused', status: 404 },
    { kind: 'refused', status: 403 },
    { kind: 'unknown-outcome', status: 500 },
    { kind: 'not-sent' },
    { kind: 'throttled', status: 429, retryAfterMs: 30_000 },
  ];
  /** What readings are answered for a while; null: well. */
  let trouble: Partial<Failure> | null = null;

  /** Asked now, answered by Dojo a little later, and heard later still: readings overtake each other. */
  function read(show: () => Payment | null, take: (read: Result<Payment, Failure>, dojoAtMs: number | null, startedAt: Moment) => void): void {
    const startedAt = moment();
    later(delayMs(), () => {
      const [payment, dateMs, failure] = [show(), Math.floor((agenda.nowMs() + random.pick(servers)) / 1_000) * 1_000, trouble];
      later(delayMs(), () => {
        if (failure) return take(err(aFailure(failure)), null, startedAt);
        if (tellsTime) {
          heardMs = dateMs;
          dojoClock.learn(dateMs, startedAt.wallMs, pcClock.nowMs(), pcClock.monotonicMs() - startedAt.monotonicMs);
        }
        if (!payment) return;
        known.keep([payment], startedAt.monotonicMs);
        take(ok(known.withTimes(payment)), tellsTime ? dateMs : null, startedAt);
      });
    });
  }
  const look = () =>
    isAsleep() || read(random.chance(0.5) ? dojo.list : dojo.show, ({ ok: isWell }) => (isWell ? dispatch({ type: 'line', up: true }) : undefined));

  function dispatch(event: QueueEvent): void {
    const before = state;
    const isCertain = dojoClock.certainMs() !== null && dojoClock.otherwiseMs() === null;
    const now = {
      ...moment(),
      nowMs: dojoClock.nowMs(),
      otherwiseMs: dojoClock.otherwiseMs(),
      isRepeated: dojoClock.isRepeated(),
      isCertain,
      random: random.fraction(),
      zone: LONDON,
      apiVersion,
    };
    const next = step(state, event, now);
    state = next.state;
    for (const effect of next.effects) run(effect, before);
  }

  function run(effect: Effect, before: QueueState): void {
    switch (effect.type) {
      case 'write':
        for (const action of effect.actions) wrote(action, before.actions.get(action.id)?.state);
        return;
      case 'wake':
        cancelWake();
        cancelWake = later(effect.inMs, () => dispatch({ type: 'tick' }));
        return;
      case 'read':
        return read(dojo.show, (result, dojoAtMs, startedAt) => dispatch({ type: 'read', actionId: effect.actionId, startedAt, dojoAtMs, result }));
      case 'send':
        return send(effect);
    }
  }

  function wrote(action: Action, was: Action['state'] | undefined): void {
    actions.set(action.id, action);
    if (was === action.state) return;
    say(() => `till    ${action.id} is ${action.state} (${action.outcome?.code ?? ''})`);
    if (was === undefined || !(isFinal(action) || action.state === 'needsPerson')) return;
    known.judgeAgain(PAYMENT);
    look();
    if (action.state === 'expired') onExpired(action);
    if (action.state === 'needsPerson') onNeedsPerson(action.id);
  }

  function send({ actionId, move, idempotencyKey, apiVersion: version }: Extract<Effect, { type: 'send' }>): void {
    const way = isFaulty ? random.weighted(WAYS, (one) => WEIGHTS[one]) : 'well';
    say(() => `till    ${actionId} leaves: ${way}`);
    const action = state.actions.get(actionId);
    if (action) onSend(action);
    const answer = (ms: number, result: Extract<QueueEvent, { type: 'answered' }>['result']) =>
      later(ms, () => dispatch({ type: 'answered', actionId, result }));
    const fails = (ms: number, failure: Partial<Failure>) => void answer(ms, err(aFailure(failure)));
    if (way === 'unsent') return fails(delayMs(), { kind: 'not-sent' });
    if (way === 'throttled') return fails(delayMs(), { kind: 'throttled', status: 429 });
    if (way === 'refused') return fails(delayMs(), { kind: 'refused', status: 409 });
    if (way !== 'well' && way !== 'twice' && way !== 'refused-second') fails(GIVEN_UP_MS, {});
    if (way === 'lost') return;
    const ask = () => dojo.do(move, idempotencyKey, actionId, version);
    agenda.after(way === 'late' ? random.whole(...COMES_LATE_MS) : delayMs(), () => {
      const first = ask();
      const said = way === 'twice' || way === 'refused-second' ? { first, second: ask() } : { first, second: first };
      if (way === 'unheard' || way === 'late') return;
      const heard = way === 'refused-second' ? said.second : said.first;
      if (heard.ok) answer(delayMs(), ok({ captureId: heard.captureId, dojoId: null }));
      else fails(delayMs(), { kind: 'refused', status: heard.status });
    });
  }

  /** What the disk has is taken up again. */
  function start(): void {
    life += 1;
    state = emptyQueue;
    if (isClockWrong && random.chance(0.3)) aheadMs = random.pick(SET_TO_MS);
    dojoClock = createCorrectedClock(pcClock, heardMs);
    dispatch({ type: 'loaded', actions: [...actions.values()].sort((a, b) => a.seq - b.seq) });
    if (random.chance(0.1)) dispatch({ type: 'moved', why: 'moved', accountId: null });
    known = openStore();
    dispatch({ type: 'gate', gate: 'open', accountId: ACCOUNT });
    look();
  }

  known.keep([dojo.show()], pcClock.monotonicMs());
  dispatch({ type: 'gate', gate: 'open', accountId: ACCOUNT });

  return {
    isClockWrong,
    tellsTime,
    isServerWrong: servers.length > 2,
    /** What the till dates may be hours off: the PC's clock is wrong, or one of Dojo's servers. */
    isTimeUnsure: isClockWrong || servers.length > 2,
    dispatch,
    look: () => void look(),
    isAsleep,
    state: () => state,
    actions: () => [...actions.values()],
    told: (kind: MoveKind) => activity.filter(({ what }) => what.endsWith(`:${kind}`)),
    /** A person may still be asked to wait before deciding on it. */
    mayStillSettle: (action: Action) => mayStillSettle(state, action, { nowMs: dojoClock.nowMs(), monotonicMs: pcClock.monotonicMs() }),
    seenNow: (): Baseline => baselineOf(known.find(PAYMENT) ?? dojo.show(), dojoClock.nowMs()),
    /** By the rules, on what is known here. Says why not. */
    decide(kind: 'capture' | 'refund' | 'reverse', amount: number): string | null {
      const payment = known.find(PAYMENT);
      const seq = actions.size + 1;
      const request = { requestId: `r${seq}`, paymentId: PAYMENT };
      const decided = decide(
        [kind === 'reverse' ? { ...request, kind } : kind === 'capture' ? { ...request, kind, amount } : { ...request, kind, amount, again: true }],
        {
          accountId: ACCOUNT,
          payment: () => payment,
          actionsOn: () => [...state.actions.values()],
          findRequest: () => null,
          nextSeq: () => seq,
          uuid: () => `${kind}-${seq}`,
          isUnreadable: () => false,
          setting: { nowMs: dojoClock.nowMs(), zone: LONDON, online: true, apiVersion, offlineRefundMaxMinor: null },
        },
      );
      if (!decided.ok) return decided.error.message;
      for (const action of decided.value.accept) actions.set(action.id, action);
      dispatch({ type: 'accepted', actions: decided.value.accept });
      return null;
    },
    /** With all that it waits for, and not told that it wakes. */
    sleep(forMs: number) {
      if (isAsleep()) return;
      say(() => `the PC sleeps for ${Math.round(forMs / 1_000)} s`);
      [sleptBeforeMs, asleepFromMs, awakeAtMs] = [sleptMs(), agenda.nowMs(), agenda.nowMs() + forMs];
    },
    /** Readings fail for a while. */
    trouble(forMs: number) {
      trouble = random.pick(TROUBLES);
      say(() => `Dojo    answers readings ${trouble?.status ?? trouble?.kind}`);
      agenda.after(forMs, () => {
        trouble = null;
        say(() => 'Dojo    answers readings well');
      });
    },
    pause(forMs: number) {
      say(() => 'person  pauses the queue');
      dispatch({ type: 'paused', paused: true });
      agenda.after(forMs, () => {
        say(() => 'person  resumes the queue');
        dispatch({ type: 'paused', paused: false });
      });
    },
    setClock() {
      aheadMs = random.pick(SET_TO_MS);
      say(() => `the PC’s clock is ${aheadMs / MINUTE_MS} minutes ahead`);
    },
    powerCut(forMs: number) {
      say(() => '*** the power goes');
      awakeAtMs = Math.min(awakeAtMs, agenda.nowMs());
      life += 1;
      cancelWake();
      state = emptyQueue;
      agenda.after(forMs, () => {
        say(() => 'till    starts');
        start();
        for (const action of state.actions.values()) if (action.state === 'needsPerson') onNeedsPerson(action.id);
      });
    },
  };
}

export type Till = ReturnType<typeof createTill>;
