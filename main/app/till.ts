import { API_VERSIONS } from '../../preload/choices.ts';
import type { Connection, Notice, Patch, Result as Reply, TillError } from '../../preload/contract.ts';
import { listsCaptures } from '../core/payment/api-version.ts';
import { type Action, isOpen, type MoveKind } from '../core/queue/action.ts';
import { isOnTheWire, isRetryable, isSettleable, isWithdrawable, type QueueEvent } from '../core/queue/queue-state.ts';
import { err, ok, type Result } from '../core/result.ts';
import { words } from '../core/words.ts';
import { createDojoClient, type PatientClient } from '../dojo/client.ts';
import { createRetryGate } from '../dojo/retry-gate.ts';
import type { Clock } from '../ports/clock.ts';
import type { Home } from '../ports/home.ts';
import type { Http } from '../ports/http.ts';
import type { Account, DiskFailure, KeyKind, Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Random } from '../ports/random.ts';
import type { SetAsideFiles } from '../ports/set-aside-files.ts';
import type { Vault } from '../ports/vault.ts';
import { type Attempt, notWritten } from '../queue/not-written.ts';
import { createTrainingShop, type TrainingShop } from '../simulator/shop.ts';
import { type CorrectedClock, createCorrectedClock, WRONG_CLOCK_MS } from '../sync/dojo-clock.ts';
import { type Pace, SHOP_PACE, TRAINING_PACE } from '../sync/poller.ts';
import { type GatheringLedger, gatherPayments } from '../sync/write-behind-ledger.ts';
import { askedToWaitWith } from '../views/asked-to-wait.ts';
import { createPublisher, type Look } from '../views/publisher.ts';
import { allWaitInWords } from '../words/asked-to-wait.ts';
import { dayDoubtedInWords } from '../words/day-doubted.ts';
import { failureInWords } from '../words/failure-words.ts';
import { openInWords } from '../words/open-in-words.ts';
import { createAccounts } from './accounts.ts';
import { keyKindOf, last4Of, misplacedKey } from './api-key.ts';
import { refusedByDisk } from './disk-failure.ts';
import type { Handlers } from './dispatcher.ts';
import { createLastingFact } from './lasting-fact.ts';
import { createLedgerIdentity } from './ledger-identity.ts';
import { createRetryGates } from './retry-gates.ts';
import type { SettingsStore } from './settings.ts';
import { createSteadyTimers } from './steady-timers.ts';
import { whyNotNow } from './try-now.ts';
import { lastHeardIn } from './upkeep.ts';
import { whileBusy } from './while-busy.ts';
import { createDesk, type Desk } from './workspace.ts';

/** What is known is on the screen before the key store, which can keep everything waiting, is asked for the key. */
const KEY_AFTER_MS = 150;
const TAKE_UP_AGAIN_MS = 15_000;
/** Deadlines pass by the clock alone: what is on screen is looked at again this often. */
const LOOK_AGAIN_MS = 20_000;

export type TillOptions = Readonly<{
  clock: Clock;
  random: Random;
  http: Http;
  vault: Vault;
  notifier: Notifier;
  /** Where the shop's ledger lies. Training has none to tell apart. */
  home: Home;
  /** Keeps the PC from falling asleep, where the host can. */
  keepAwake?: (isOn: boolean) => void;
  log: Log;
  openLedger: (
    which: 'shop' | 'training',
    options: { fresh: boolean },
  ) => Readonly<{ ledger: Ledger; notices: readonly Notice[] }> | Readonly<{ failure: DiskFailure }>;
  settings: SettingsStore;
  /** Files that were set aside: they go with the days. */
  setAside?: SetAsideFiles | undefined;
  dojoUrl: string;
  /** What the host has to tell. */
  notices: readonly Notice[];
}>;

export type RunningTill = Readonly<{
  handlers: Handlers;
  onPatch(listener: (patch: Patch) => void): () => void;
  /** Reads come more often while somebody looks. */
  setFocused(focused: boolean): void;
  /** The PC slept: what is known may be old. */
  woke(): void;
  /** Requests that move money on the wire. */
  sendingCount(): number;
  /** Practice actions are not waited for: they are gone with the training. */
  queuedCount(): number;
  /** Starts nothing new; resolves when nothing is on the wire. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}>;

/** What the till is connected to. */
type Session =
  /** No `keyLast4`: the key is still to come from the key store. */
  | Readonly<{ mode: KeyKind; keyLast4: string | null; thisRunOnly: boolean; training: null; desk: Desk }>
  | Readonly<{ mode: 'training'; keyLast4: null; thisRunOnly: false; training: TrainingShop; desk: Desk }>;

/**
 * What readings may ask with, whatever the shop's setting for moves is. One that lists no captures is none of them: found for a moment
 * (everything was answered 400, and then not), it would show a part capture as all of the hold.
 */
const READ_VERSIONS = API_VERSIONS.filter(listsCaptures).sort().reverse();
const movedInWords = (count: number): string =>
  `Tillside’s folder was copied, moved or restored. ${count === 1 ? 'One open action needs' : `${count} open actions need`} you: another copy may have sent ${count === 1 ? 'it' : 'them'}. Compare with Dojo, then send or settle.`;

const isKeyToCome = ({ mode, keyLast4 }: Session): boolean => mode !== 'training' && keyLast4 === null;
const KEY_STORE_AWAY =
  'This computer’s secure storage does not answer, so the API key cannot be read yet. Unlock it; if that does not help, start Tillside again. Nothing is sent until then; what you do is kept here.';

/** As a PC starts, a program that looks at every file may have a ledger's for seconds. */
const OPEN_WAITS_MS = 10_000;
const DISCONNECTED = 'none';
/** An answer takes no longer, where there is a connection. */
const DAY_DOUBTED_AFTER_MS = 15_000;
const NO_DOJO_TIME: Notice = {
  code: 'no-dojo-time',
  message: 'Dojo’s answers do not say what time it is, so Tillside goes by the clock of this PC. Check that it is right.',
};
const HISTORY_GONE: Notice = {
  code: 'ledger-empty',
  message:
    'A key is kept on this PC, but the file with the queue and history is missing, so Tillside starts with an empty one. Actions that were waiting are not in it and will not be sent: compare with Dojo.',
};
/** What the start told of the ledger's own loss: one cause is told once. */
const LOSSES: readonly string[] = [HISTORY_GONE.code, 'ledger-restored', 'ledger-cut-short'];
const refused = (code: TillError['code'], message: string, more: Partial<TillError> = {}): Reply<never> => ({ ok: false, error: { code, message, ...more } });

/** Ports in, doors out. Fails only where the shop's ledger cannot be opened: without it nothing can be promised. */
export async function startTill(options: TillOptions): Promise<Result<RunningTill, DiskFailure>> {
  const { random, http, vault, notifier, log, settings } = options;
  let unreadable: Readonly<{ failure: DiskFailure; atMs: number }> | null = null;
  const { clock, steady, tell } = createSteadyTimers(options.clock, (failure) => {
    log.warn(`the ledger could not be read: ${failure.message}`);
    unreadable = { failure, atMs: options.clock.monotonicMs() };
    publisher.touch();
  });
  const openLedger = (...which: Parameters<TillOptions['openLedger']>) =>
    whileBusy(
      options.clock,
      () => {
        const result = options.openLedger(...which);
        return { result, isBusy: 'failure' in result && result.failure.code === 'busy' };
      },
      OPEN_WAITS_MS,
    );
  const opened = await openLedger('shop', { fresh: false });
  if ('failure' in opened) return err(opened.failure);
  const gathering = (of: Ledger): GatheringLedger => gatherPayments(of, clock, log, () => publisher.touch());
  // Whoever asks it, what was just read counts: which account a new key is of is found out by a payment.
  const ledger = gathering(opened.ledger);
  /** What the next start takes up: a wrong one would leave the shop's queue standing still. */
  const mode = createLastingFact(ledger, clock, 'mode');
  const heardBefore = { dojoMs: lastHeardIn(ledger), monotonicMs: clock.monotonicMs() };
  const corrected = createCorrectedClock(clock, heardBefore.dojoMs);
  const notices: Notice[] = [...options.notices, ...opened.notices];
  let cannotKeepKey: string | null = null;
  let closed = false;
  let cancelTakeUp = (): void => undefined;
  /** Until the host says otherwise: whoever starts the till looks at it. */
  let isLookedAt = true;
  const running = new Set<GatheringLedger>();

  const deskOn = (on: GatheringLedger, pace: Pace, notify: Notifier['notify'], dojoClock: CorrectedClock): Desk =>
    createDesk({
      ledger: on,
      clock,
      random,
      log,
      pace,
      dojoClock,
      setAside: dojoClock === corrected ? (options.setAside ?? null) : null,
      zone: () => settings.get().zone,
      dayStartMinutes: () => settings.get().dayStartMinutes,
      apiVersion: () => settings.get().apiVersion,
      offlineRefundMaxMinor: () => (settings.get().offlineRefunds ? settings.get().offlineRefundMaxMinor : null),
      holdWarnings: () => ({ isOn: settings.get().holdWarnings, closingMinutes: settings.get().closingMinutes }),
      notify,
      isSomebodyLooking: () => isLookedAt,
      onRun(isUnderWay) {
        const wasAwake = running.size > 0;
        if (isUnderWay) running.add(on);
        else running.delete(on);
        if (running.size > 0 !== wasAwake) options.keepAwake?.(running.size > 0);
      },
      onChange: () => publisher.touch(),
      steady,
    });
  const gateOf = createRetryGates(clock, random);
  const clientFor = (apiKey: string, over: Http, baseUrl: string, dojoClock: CorrectedClock, gate = gateOf(apiKey)): PatientClient =>
    createDojoClient({
      http: over,
      baseUrl,
      apiKey,
      version: () => settings.get().apiVersion,
      readVersions: READ_VERSIONS,
      gate,
      nowMs: clock.nowMs,
      monotonicMs: clock.monotonicMs,
      onDate(...times) {
        // After the answer has been taken in: it is what is waited for.
        if (dojoClock.learn(...times)) clock.after(0, () => !closed && desk().tend());
      },
      onFailure: (call, failure) => log.warn(`${call} failed: ${failure.kind}, ${failure.cause}${failure.traceId ? `, trace ${failure.traceId}` : ''}`),
    });

  let session: Session | null = null;
  let connecting: Promise<unknown> = Promise.resolve();
  const publisher = createPublisher(clock, look);
  const shop = deskOn(ledger, SHOP_PACE, notifier.notify, corrected);
  const accounts = createAccounts({
    ledger,
    nowMs: corrected.nowMs,
    random,
    openPayments: (accountId) =>
      [...shop.loop.state().actions.values()].filter((action) => action.accountId === accountId && isOpen(action)).map(({ paymentId }) => paymentId),
    onHandedOver: (accountId) => shop.loop.dispatch({ type: 'moved', why: 'new-key', accountId }),
  });
  const identity = createLedgerIdentity({
    ledger,
    home: options.home,
    random,
    nowMs: corrected.nowMs,
    log,
    onMoved: () => shop.loop.dispatch({ type: 'moved', why: 'moved', accountId: null }),
  });
  const desk = (): Desk => session?.desk ?? shop;

  function look(isFirst: boolean): Look {
    const { now, isMore } = desk().look(isFirst);
    return { now: { connection: connection(), settings: settings.get(), ...now }, isMore };
  }

  function connection(): Connection {
    const current = desk();
    const { paused } = current.loop.state();
    const openOn = ({ loop }: Desk) => [...loop.state().actions.values()].filter(isOpen);
    const account = current.account();
    const mine = openOn(current).filter((action) => action.accountId === account?.id);
    const count = (state: string) => mine.filter((action) => action.state === state).length;
    const waits = (kind: MoveKind) => mine.some(({ state, move }) => state === 'waiting' && move.kind === kind);
    const aheadMs = corrected.aheadMs();
    return {
      mode: session?.mode ?? DISCONNECTED,
      accountId: session === null ? null : (account?.id ?? null),
      keyLast4: session?.keyLast4 ?? null,
      thisRunOnly: session?.thisRunOnly ?? false,
      line: session && !(isKeyToCome(session) && hasNotice('not-connected')) ? current.line() : 'offline',
      asOfMs: current.asOfMs(),
      unheardSinceMs: current.unheardSinceMs(),
      refreshing: current.refreshing(),
      // In whole seconds: the page is told when it changes.
      clockAheadMs: Math.abs(aheadMs) > WRONG_CLOCK_MS ? Math.round(aheadMs / 1_000) * 1_000 : null,
      queue: { paused, waiting: count('waiting'), sending: count('sending'), checking: count('checking'), needsPerson: count('needsPerson') },
      notices: noticesNow(current),
      // Where nothing of it waits there is nothing to decide.
      stoppedOperations: [...current.loop.state().stoppedOperations].filter(waits),
      askedToWaitUntilMs: current.waitsUntilMs(),
      askedToWaitWith: askedToWaitWith(current.loop.state()).filter(waits),
      training: session?.training?.status() ?? null,
      canKeepKey: cannotKeepKey === null,
      otherAccountsWaiting: new Set([...openOn(current), ...openOn(shop)]).size - mine.length,
    };
  }

  function noticesNow(current: Desk): Notice[] {
    const now = [...notices, ...settings.notices()];
    const disk = current.disk();
    if (disk) now.push({ code: `disk-${disk.code}`, message: `${disk.message} Nothing more is sent until it can be written down.` });
    else if (unreadable && clock.monotonicMs() - unreadable.atMs < 2 * LOOK_AGAIN_MS)
      now.push({ code: 'disk-unreadable', message: unreadable.failure.message });
    if (current.line() === 'live' && !current.knowsTime()) now.push(NO_DOJO_TIME);
    const day = session && session.mode !== 'training' ? dayDoubted(current) : null;
    if (day !== null) now.push({ code: 'day-doubted', message: day });
    // The same disk is said once: what waits for it besides is the lesser trouble.
    if (!disk) now.push(...current.upkeepNotices());
    const moved = current === shop ? movedActions() : 0;
    if (moved > 0) now.push({ code: 'profile-moved', message: movedInWords(moved) });
    const holds = current.holdNotice();
    if (holds) now.push(holds);
    const waitsUntilMs = current.waitsUntilMs();
    if (waitsUntilMs !== null)
      now.push({ code: 'asked-to-wait', message: allWaitInWords(waitsUntilMs, settings.get().zone, current.askedToWait()?.kind !== 'not-dojo') });
    const refusal = current.readRefusal();
    if (refusal) {
      const { message, next } = failureInWords(refusal);
      now.push({ code: refusal.cause === 'no-version' ? 'no-version' : 'list-refused', message: [message, next].filter(Boolean).join(' ') });
    }
    now.push(...current.aftermathNotices());
    const lost = current.lostHoldsNotice();
    if (lost) now.push(lost);
    const twice = current.twiceNotice();
    if (twice) now.push(twice);
    const odd = current.oddCount();
    if (odd > 0)
      now.push({
        code: 'odd-payments',
        message: `${odd === 1 ? 'One payment' : `${odd} payments`} in Dojo’s list could not be read and ${odd === 1 ? 'is' : 'are'} not shown.`,
      });
    return now;
  }

  /** Why the day on the screen may be another one. Where Dojo can be asked, its answer is waited for. */
  function dayDoubted(current: Desk): string | null {
    const { dojoMs, monotonicMs } = heardBefore;
    const ranMs = clock.monotonicMs() - monotonicMs;
    if (dojoMs === null || current.knowsTime() || (current.line() === 'connecting' && ranMs < DAY_DOUBTED_AFTER_MS)) return null;
    return dayDoubtedInWords(clock.nowMs(), dojoMs + ranMs);
  }

  /** As long as one of them waits for a person, the reason is said: of every account, for they came together. */
  const movedActions = (): number =>
    [...shop.loop.state().actions.values()].filter(({ state, outcome }) => state === 'needsPerson' && outcome?.code === 'moved').length;

  /** One change of connection at a time: each waits for the one before. */
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const next = connecting.then(change, change);
    connecting = next.catch(() => undefined);
    return next;
  }

  async function leave(): Promise<void> {
    const left = session;
    session = null;
    cancelTakeUp();
    forgetNotice('not-connected');
    if (!left) return;
    await left.desk.disconnect();
    if (left.training) {
      left.training.close();
      left.desk.close();
    }
  }

  async function connect(apiKey: string, thisRunOnly: boolean, sameAccount: string | null | undefined): Promise<Reply<Connection>> {
    const kind = keyKindOf(apiKey);
    if (!kind.ok) return refused('key-form', kind.error, { field: 'apiKey' });
    cannotKeepKey = await vault.unavailable();
    if (cannotKeepKey !== null && (kind.value === 'live' || !thisRunOnly)) {
      const instead =
        kind.value === 'live' ? 'A live key is never used without it.' : 'A test key can be used for this run only, and training mode needs no key.';
      return refused('no-secure-storage', `${cannotKeepKey} ${instead}`);
    }
    if (thisRunOnly && kind.value === 'live') return refused('no-secure-storage', 'A live key is always kept in secure storage, never for one run only.');
    const client = clientFor(apiKey, http, options.dojoUrl, corrected);
    const probed = await client.probe();
    if (!probed.ok) return { ok: false, error: failureInWords(probed.error) };
    const home = await identity.settle();
    if (!home.ok) return home;
    let keptBefore: Awaited<ReturnType<Vault['load']>> | null = null;
    // Kept before anything is handed over with it: a key that is refused here changes nothing.
    const keepKey = async (): Promise<Result<null, TillError>> => {
      if (thisRunOnly) return ok(null);
      const before = await vault.load();
      const noted = accounts.keyIsToBeKept();
      if (!noted.ok) return noted;
      const stored = await vault.store(apiKey);
      if (!stored.ok) return err({ code: 'no-secure-storage', message: stored.error });
      keptBefore = before;
      return stored;
    };
    const account = await accounts.of(apiKey, kind.value, client, sameAccount, keepKey).catch(async (error: unknown) => {
      if (keptBefore !== null) await isPutBack(keptBefore);
      throw error;
    });
    if (!account.ok) {
      if (keptBefore === null || (await isPutBack(keptBefore))) return account;
      const { error } = account;
      return {
        ok: false,
        error: {
          ...error,
          message: `${error.message} The new key is kept on this PC all the same.`,
          next: 'Once the disk can be written again, connect with the key that you mean to use.',
        },
      };
    }
    await leave();
    forgetNotice('key-unreadable');
    await begin({ mode: kind.value, keyLast4: last4Of(apiKey), thisRunOnly, training: null, desk: shop }, account.value, client, false);
    log.info(`connected to a ${kind.value} account`);
    return { ok: true, value: connection() };
  }

  /** The disk did not take whose the new key is: the one that was kept before stays, as does the session. */
  async function isPutBack(before: Awaited<ReturnType<Vault['load']>>): Promise<boolean> {
    if (before.kind === 'key') return (await vault.store(before.apiKey)).ok;
    return before.kind !== 'none' || (await vault.forget()).ok;
  }

  async function startTraining(seed: number, fresh: boolean): Promise<Reply<Connection>> {
    if (session && session.mode !== 'training') return refused('not-possible', 'Disconnect first: training is kept apart from the shop.');
    // The training that is under way has its ledger open.
    if (session) await leave();
    const training = await openLedger('training', { fresh });
    if ('failure' in training) return err(refusedByDisk(training.failure));
    // Only now: a training that cannot begin takes nothing from a key that is still to be taken up.
    await leave();
    const { zone, dayStartMinutes } = settings.get();
    const trainingLedger = gathering(training.ledger);
    const saved = trainingLedger.readFact('shop');
    const simulated = createTrainingShop({
      seed,
      clock,
      zone,
      dayStartMinutes,
      ...(saved === null ? {} : { saved }),
      onChange: (json) => void trainingLedger.writeFact('shop', json),
    });
    const account: Account = { id: 'training', kind: 'training', keyLast4: '', createdAtMs: clock.nowMs() };
    trainingLedger.writeAccount(account, 'training');
    // A clock of its own: what the simulated Dojo says is only this PC's clock, and must not count as having heard from Dojo.
    const trainingClock = createCorrectedClock(clock, lastHeardIn(trainingLedger));
    const notify: Notifier['notify'] = (note) => notifier.notify({ ...note, title: `Training: ${note.title}` });
    const trainingDesk = deskOn(trainingLedger, TRAINING_PACE, notify, trainingClock);
    session = { mode: 'training', keyLast4: null, thisRunOnly: false, training: simulated, desk: trainingDesk };
    mode.keep('training');
    // Each training is a Dojo of its own, with the same key.
    const gate = createRetryGate(clock, random);
    trainingDesk.connect(account, clientFor(simulated.apiKey, simulated.http, 'https://training.invalid', trainingClock, gate));
    return { ok: true, value: connection() };
  }

  /** Takes up where the last run ended: training, or the stored key, without waiting for the line. */
  async function resume(): Promise<void> {
    const left = mode.read();
    const account = left === 'key' ? accounts.ofKeptKey() : null;
    if (!account || account.kind === 'training') {
      if (left !== 'training') return takeUp();
      cannotKeepKey = await vault.unavailable();
      const started = await startTraining(0, false);
      if (!started.ok) notices.push({ code: 'not-connected', message: `Training could not be opened again. ${started.error.message}` });
      return;
    }
    session = { mode: account.kind, keyLast4: null, thisRunOnly: false, training: null, desk: shop };
    settings.keepZone();
    shop.open(account);
    void inTurn(async () => {
      await new Promise<void>((resolve) => void clock.after(KEY_AFTER_MS, resolve));
      await takeUp();
    });
  }

  /** Where the disk cannot be read just now that is said, and whatever it is that throws, the key is taken up a little later. */
  async function takeUp(): Promise<void> {
    if (closed) return;
    try {
      cannotKeepKey = await vault.unavailable();
      await takeUpKey();
    } catch (error) {
      if (closed) return;
      tryAgainLater();
      tell(error);
    } finally {
      publisher.touch();
    }
  }

  async function takeUpKey(): Promise<void> {
    const kept = await vault.load();
    if (closed) return;
    if ((kept.kind === 'key' || kept.kind === 'unreadable') && accounts.isKeyOfAnotherLedger() && !LOSSES.some(hasNotice)) notices.push(HISTORY_GONE);
    const untouched = LOSSES.some(hasNotice) ? '' : ' The queue and the history are untouched.';
    if (kept.kind === 'unreadable')
      notices.push({
        code: 'key-unreadable',
        message: `The stored API key cannot be read, for example because the PC’s password was reset. Paste it once more.${untouched}`,
      });
    if (kept.kind !== 'key') {
      await identity.lookAround();
      return kept.kind === 'away' ? waitForKeyStore() : leave();
    }
    const kind = keyKindOf(kept.apiKey);
    if (!kind.ok) {
      notices.push({
        code: 'key-unreadable',
        message: `The stored API key is damaged. Paste it once more.${untouched}`,
      });
      return leave();
    }
    const home = await identity.settle();
    if (closed) return;
    if (!home.ok) return takeUpLater(`${home.error.message} Nothing is sent before Tillside can write.${home.error.next ? ` ${home.error.next}` : ''}`);
    const client = clientFor(kept.apiKey, http, options.dojoUrl, corrected);
    const known = accounts.known(kept.apiKey);
    const account = known ? ok(known) : await accounts.of(kept.apiKey, kind.value, client);
    if (closed) return;
    if (!account.ok) return takeUpLater([account.error.message, account.error.next].filter(Boolean).join(' '), account.error.code === 'same-account');
    forgetNotice('not-connected');
    await begin({ mode: kind.value, keyLast4: last4Of(kept.apiKey), thisRunOnly: false, training: null, desk: shop }, account.value, client, true);
  }

  /** All of it or none: half a session would ask Dojo nothing, and nobody would take it up again. */
  async function begin(next: Session, account: Account, client: PatientClient, isSameKey: boolean): Promise<void> {
    session = next;
    try {
      if (!next.thisRunOnly) accounts.keyIsKept(account);
      if (!isSameKey) mode.keep(next.thisRunOnly ? DISCONNECTED : 'key');
      settings.keepZone();
      shop.connect(account, client, isSameKey);
    } catch (error) {
      await leave();
      if (!next.thisRunOnly) tryAgainLater();
      throw error;
    }
  }

  /** The kept key could not be taken up: that is said, and tried again until it can, unless the owner is asked, or somebody connects otherwise. */
  async function takeUpLater(why: string, asksOwner = false): Promise<void> {
    await leave();
    notices.push({ code: 'not-connected', message: why });
    if (!asksOwner) tryAgainLater();
  }

  /** At log-in the till may be there before the key store. What the disk knows stays on screen, and decisions are kept. */
  function waitForKeyStore(): void {
    forgetNotice('not-connected');
    notices.push({ code: 'not-connected', message: KEY_STORE_AWAY });
    tryAgainLater();
  }

  function tryAgainLater(): void {
    cancelTakeUp();
    cancelTakeUp = clock.after(TAKE_UP_AGAIN_MS, () => void inTurn(takeUpAgain));
  }

  async function takeUpAgain(): Promise<void> {
    if (!session || isKeyToCome(session)) await takeUp();
  }

  const hasNotice = (code: string): boolean => notices.some((notice) => notice.code === code);

  function forgetNotice(code: string): void {
    const index = notices.findIndex((notice) => notice.code === code);
    if (index >= 0) notices.splice(index, 1);
  }

  /** The call on one action, if it is there and in a state that allows it. */
  function onAction(actionId: string, allowed: (action: Action) => boolean, message: string): Reply<Desk> {
    const at = desk();
    const action = at.loop.state().actions.get(actionId);
    if (!action) return refused('unknown-action', 'Tillside does not know this action.');
    return allowed(action) ? { ok: true, value: at } : refused('not-possible', message);
  }

  /** What a person decides of one action; only what is on the disk is said. */
  function decided(
    event: Extract<QueueEvent, { type: 'withdraw' | 'settle' }>,
    allowed: (action: Action) => boolean,
    said: Readonly<{ whyNot: string; nothing: string }>,
  ): Promise<Reply<null>> {
    return whileBusy(clock, (): Attempt<null> => {
      const at = onAction(event.actionId, allowed, said.whyNot);
      if (!at.ok) return { result: at, isBusy: false };
      const written = at.value.loop.decide([event]);
      if (written.ok) return { result: written, isBusy: false };
      // An answer of Dojo's that was heard just before came first: the action may be past this by now, and the disk is well.
      const still = onAction(event.actionId, allowed, said.whyNot);
      return still.ok ? notWritten(written.error, said.nothing) : { result: still, isBusy: false };
    });
  }

  const handlers: Handlers = {
    getSnapshot: async () => ({ ok: true, value: publisher.snapshot() }),
    connect: ({ apiKey, thisRunOnly, sameAccount }) => inTurn(() => connect(apiKey, thisRunOnly ?? false, sameAccount)),
    startTraining: (input) =>
      inTurn(async () => {
        const started = await startTraining(input?.seed ?? Math.floor(random.fraction() * 0xffff_ffff), true);
        // The first start shows the zone to whoever begins here as well.
        if (started.ok) settings.keepZone();
        return started;
      }),
    disconnect: (input) =>
      inTurn(async () => {
        // A kept key that could not be taken up yet goes with this as well.
        const account = desk().account() ?? (mode.read() === 'key' ? accounts.ofKeptKey() : null);
        const open = account ? openInWords(desk().openOf(account.id)) : null;
        if (session?.mode !== 'training' && open !== null && !input?.confirmed) return refused('actions-waiting', open);
        if (session?.mode !== 'training') {
          const gone = await vault.forget();
          if (!gone.ok) return refused('disk', `The key could not be removed from this PC, so nothing was changed. ${gone.error.message}`);
        }
        await leave();
        mode.keep(DISCONNECTED);
        publisher.touch();
        return { ok: true, value: null };
      }),
    refresh: () => desk().refresh(),
    getPayment: ({ paymentId }) => desk().getPayment(paymentId),
    loadDay: ({ date }) => desk().loadDay(date),
    search: ({ text }) => desk().search(text),
    submit: async ({ requests }) => {
      for (const [nth, request] of requests.entries()) {
        const misplaced = request.kind === 'refund' ? misplacedKey([request.reason, request.notes], `requests.${nth}`) : null;
        if (misplaced) return { ok: false, error: misplaced };
      }
      return desk().submit(requests);
    },
    withdraw: ({ actionId }) =>
      decided({ type: 'withdraw', actionId }, (action) => isWithdrawable(desk().loop.state(), action), {
        whyNot: 'It can no longer be removed: it was sent, or has ended.',
        nothing: 'Nothing was removed.',
      }),
    retryNow: async ({ actionId }) => {
      const at = onAction(actionId, isRetryable, 'It has ended, or is being sent just now.');
      if (!at.ok) return at;
      const { loop, hurry } = at.value;
      const action = loop.state().actions.get(actionId);
      const why = action ? whyNotNow(action, loop.state(), at.value.nowMs(), settings.get().zone) : null;
      if (why) return refused(why.isDojos ? 'dojo-trouble' : 'not-possible', why.message, why.next === null ? {} : { next: why.next });
      loop.dispatch({ type: 'retryNow', actionId });
      hurry();
      return { ok: true, value: null };
    },
    settle: async ({ actionId, verdict, note }) => {
      const misplaced = misplacedKey([note], 'note');
      if (misplaced) return { ok: false, error: misplaced };
      const { state } = desk().loop;
      const action = state().actions.get(actionId);
      return decided({ type: 'settle', actionId, verdict, note }, (each) => isSettleable(state(), each), {
        whyNot: action && isOnTheWire(state(), action) ? words.answerAwaited : 'Only an action that needs you can be settled.',
        nothing: 'Nothing was settled.',
      });
    },
    release: ({ actionIds, seenVersions }) => desk().release(actionIds, seenVersions),
    compare: () => desk().compare(),
    allowOperation: async ({ kind }) => (desk().allowOperation(kind) ? { ok: true, value: null } : refused('not-possible', 'Nothing of this kind is stopped.')),
    decideAgain: ({ kind, actionIds }) => desk().decideAgain(kind, actionIds),
    noticeSeen: async (notice) => {
      desk().noticeSeen(notice);
      publisher.touch();
      return { ok: true, value: null };
    },
    pauseQueue: async () => desk().setPaused(true),
    resumeQueue: async () => desk().setPaused(false),
    getSettings: async () => ({ ok: true, value: settings.get() }),
    saveSettings: async (patch) => {
      const before = settings.get();
      const saved = settings.save(patch);
      if (!saved.ok) return { ok: false, error: saved.error };
      // What waits may have another midnight now, which is written down and shown.
      if (before.zone !== saved.value.zone) for (const each of new Set([shop, desk()])) each.loop.dispatch({ type: 'tick' });
      publisher.touch();
      if (session && before.apiVersion !== saved.value.apiVersion) void desk().refresh();
      return { ok: true, value: saved.value };
    },
    setTraining: async ({ cableOut, nextFault }) => {
      if (!session?.training) return refused('not-training', 'This works in training mode only.');
      if (cableOut !== undefined) session.training.setCable(cableOut);
      if (nextFault !== undefined) session.training.setNextFault(nextFault);
      if (cableOut !== undefined) session.desk.hurry();
      publisher.touch();
      return { ok: true, value: null };
    },
  };

  await resume();
  let cancelLook = (): void => undefined;
  const lookAgain = (): void => {
    // First: whatever throws below, it is done again.
    cancelLook = clock.after(LOOK_AGAIN_MS, lookAgain);
    publisher.touch();
    // Each by itself: what cannot be read for one keeps nobody from the others.
    steady(() => desk().tend());
    steady(() => desk().warnOfHolds());
    steady(() => desk().followUp());
  };
  lookAgain();

  return ok({
    handlers,
    onPatch: publisher.onPatch,
    setFocused(focused) {
      isLookedAt = focused;
      desk().setFocused(focused);
    },
    woke: () => desk().hurry(),
    queuedCount: () => shop.loop.queuedCount(),
    sendingCount: () => shop.loop.sendingCount() + (session?.training ? session.desk.loop.sendingCount() : 0),
    async quiet() {
      await Promise.all([shop.loop.quiet(), ...(session?.training ? [session.desk.loop.quiet()] : [])]);
    },
    async close() {
      closed = true;
      cancelTakeUp();
      cancelLook();
      publisher.close();
      mode.close();
      if (session?.training) {
        session.training.close();
        session.desk.close();
      }
      shop.close();
    },
  });
}
