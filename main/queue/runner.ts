import { type Failure, mayBeAboutAll } from '../core/failure.ts';
import type { Payment } from '../core/payment/payment.ts';
import { type Action, isOpen } from '../core/queue/action.ts';
import { step, unheard } from '../core/queue/queue.ts';
import { type Effect, emptyQueue, type Moment, type Now, type QueueEvent, type QueueState } from '../core/queue/queue-state.ts';
import { err, ok, type Result } from '../core/result.ts';
import { words } from '../core/words.ts';
import type { DojoClient } from '../dojo/client.ts';
import type { Clock } from '../ports/clock.ts';
import type { ActivityEntry, DiskFailure, Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Random } from '../ports/random.ts';

const DISK_RETRY_MS = 5_000;
const NOT_WRITTEN: DiskFailure = { code: 'broken', message: 'The actions could not be written to the disk.' };

export type QueueLoopOptions = Readonly<{
  ledger: Ledger;
  clock: Clock;
  random: Random;
  log: Log;
  /** The corrected clock. */
  nowMs: () => number;
  /** What time it may be instead; null: nothing speaks against `nowMs`. */
  otherwiseMs: () => number | null;
  /** Dojo has said at several times what `nowMs` goes by. */
  isRepeated: () => boolean;
  /** The same, where it is certain; null: it is not, or not yet. */
  certainMs: () => number | null;
  zone: () => string;
  apiVersion: () => string;
  /** Called after every step that changed something. */
  onChange: () => void;
  /** A payment was read on the queue's behalf, and asked for then by the monotonic clock. */
  onPayment: (payment: Payment, askedMs: number) => void;
  /** What was read, with what earlier readings tell of when it was paid or held. */
  withTimes: (read: Payment) => Payment;
  /** One was asked for, and could not be read. */
  onUnread: (paymentId: string, failure: Failure) => void;
  /** An action ended, or its request was answered: the payment should be read again. */
  onMoved: (action: Action) => void;
  /** What one payment was answered may be about all of them: the list tells. */
  onDoubt: () => void;
  onDisk: (failure: DiskFailure | null) => void;
}>;

type PersonsEvent = Extract<QueueEvent, { type: 'withdraw' | 'settle' | 'release' }>;

export type QueueLoop = Readonly<{
  state(): QueueState;
  dispatch(event: Exclude<QueueEvent, PersonsEvent>): void;
  /**
   * What a person decides of actions that are there: told to them only when it is on the disk. All of it or, where the disk refuses,
   * nothing: the actions stay as they were.
   */
  decide(events: readonly PersonsEvent[]): Result<null, DiskFailure>;
  /** Requests go through this client from now on; null: none can. */
  connect(client: DojoClient | null): void;
  sendingCount(): number;
  /** Of the account that is connected, how many wait to be sent. */
  queuedCount(): number;
  /** Resolves when nothing is on the wire; starts nothing new until the gate opens again. */
  quiet(): Promise<void>;
  close(): void;
}>;

/** Runs the queue: events in, core decides, effects out. What core wants written is on disk before anything after it runs. */
export function createQueueLoop(options: QueueLoopOptions): QueueLoop {
  const { ledger, clock, random, log } = options;
  let state: QueueState = emptyQueue;
  let client: DojoClient | null = null;
  let cancelWake = (): void => undefined;
  let cancelDiskRetry: (() => void) | null = null;
  let closed = false;
  /** Until somebody connects anew. */
  let isQuiet = false;
  /** What could not be written yet, newest version of each action. */
  const unwritten = new Map<string, Action>();
  let unwrittenActivity: ActivityEntry[] = [];
  /** Of these, what has moved: what follows waits until it is written. */
  const unwrittenMoves: Action[] = [];
  const idle: Array<() => void> = [];
  const heard: QueueEvent[] = [];
  let cancelTake: (() => void) | null = null;

  const moment = (): Moment => ({ wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() });
  const now = (): Now => ({
    ...moment(),
    nowMs: options.nowMs(),
    otherwiseMs: options.otherwiseMs(),
    isRepeated: options.isRepeated(),
    isCertain: options.certainMs() !== null && options.otherwiseMs() === null,
    random: random.fraction(),
    zone: options.zone(),
    apiVersion: options.apiVersion(),
  });

  function dispatch(event: QueueEvent): void {
    // Whoever wants it quiet waits for its end: a list that is answered well meanwhile lets nothing start.
    if (isQuiet && event.type === 'gate') return;
    heard.push(event);
    takeHeard();
  }

  /** An answer of Dojo's. Those that come together are written together: one sync of the disk for all of them, and none waits for another's. */
  function hear(event: Extract<QueueEvent, { type: 'read' | 'answered' }>): void {
    if (!event.result.ok && mayBeAboutAll(event.result.error)) guarded('a doubt', options.onDoubt);
    heard.push(event);
    cancelTake ??= clock.after(0, takeHeard);
  }

  /** In the order in which it was heard, each on what the one before left; then one write, and only then what depends on it. */
  function takeHeard(): void {
    cancelTake?.();
    cancelTake = null;
    if (closed) return;
    const steps: Step[] = [];
    for (let event = heard.shift(); event; event = heard.shift()) {
      const before = state;
      steps.push({ before, effects: decided(event) });
    }
    if (steps.length > 0) finish(write(steps));
  }

  function decide(events: readonly PersonsEvent[]): Result<null, DiskFailure> {
    // What was heard before it comes first.
    takeHeard();
    const before = state;
    const steps = events.map((event): Step => ({ before: state, effects: decided(event) }));
    // A step that broke changed nothing: that must not be called decided.
    const written = toWrite(steps).changes.length === 0 ? err(NOT_WRITTEN) : record(steps);
    if (written.ok) finish(asked(steps));
    else state = before;
    return written;
  }

  /** A broken invariant is said, and takes nothing from what was heard with it; nobody waits for its answer any more. */
  function decided(event: QueueEvent): readonly Effect[] {
    let next: ReturnType<typeof step>;
    try {
      next = step(state, event, now());
    } catch (error) {
      log.error(`a step of the queue threw at “${event.type}”: ${said(error)}`);
      next = unheard(state, event, now());
    }
    state = next.state;
    return next.effects;
  }

  function finish(effects: readonly Effect[]): void {
    cancelWake();
    for (const effect of effects) run(effect);
    guarded('what follows a change', options.onChange);
    if (state.busy.size === 0) for (const resolve of idle.splice(0)) resolve();
  }

  /** Writes first. If the disk refuses, nothing that depends on it is sent: the queue is told, and decides anew. */
  function write(steps: readonly Step[]): readonly Effect[] {
    const effects = asked(steps);
    const written = record(steps);
    if (written.ok) return effects;
    guarded('what follows a full disk', () => options.onDisk(written.error));
    const { newest, activity } = toWrite(steps);
    for (const [id, action] of newest) unwritten.set(id, action);
    unwrittenActivity = activity;
    unwrittenMoves.push(...movesIn(steps));
    retryDiskLater();
    const unsent = effects.flatMap((effect) => (effect.type === 'send' ? [effect.actionId] : []));
    const told = decided({ type: 'disk', ok: false, unsent });
    for (const effect of told) if (effect.type === 'write') for (const action of effect.actions) unwritten.set(action.id, action);
    const reads = effects.filter((effect) => effect.type === 'read');
    return [...reads, ...told.filter((effect) => effect.type !== 'write' && effect.type !== 'send')];
  }

  /** Writes what changed, with all that could not be written before. */
  function record(steps: readonly Step[]): Result<null, DiskFailure> {
    const { changes, newest, activity } = toWrite(steps);
    if (changes.length === 0) return ok(null);
    const written = tryToWrite([...newest.values()], activity);
    if (!written.ok) {
      log.error(`actions could not be written: ${written.error.code}`);
      return written;
    }
    allIsWritten(movesIn(steps));
    return written;
  }

  function allIsWritten(moves: readonly Action[]): void {
    unwritten.clear();
    unwrittenActivity = [];
    for (const action of [...unwrittenMoves.splice(0), ...moves]) guarded('what follows a move', () => options.onMoved(action));
  }

  function toWrite(steps: readonly Step[]): Readonly<{ changes: readonly Change[]; newest: ReadonlyMap<string, Action>; activity: ActivityEntry[] }> {
    const changes = changesIn(steps);
    const newest = new Map([...unwritten, ...changes.map(({ action }) => [action.id, action] as const)]);
    return { changes, newest, activity: [...unwrittenActivity, ...changes.flatMap(activityOf)] };
  }

  /** A ledger that throws has written nothing, as one that refuses. */
  function tryToWrite(actions: readonly Action[], activity: readonly ActivityEntry[]): Result<null, DiskFailure> {
    try {
      return ledger.writeActions(actions, activity);
    } catch (error) {
      log.error(`the ledger threw: ${said(error)}`);
      return err(NOT_WRITTEN);
    }
  }

  /** What others make of it must never leave a lane busy. */
  function guarded(what: string, call: () => void): void {
    try {
      call();
    } catch (error) {
      log.error(`${what} threw: ${said(error)}`);
    }
  }

  function retryDiskLater(): void {
    cancelDiskRetry ??= clock.after(DISK_RETRY_MS, () => {
      cancelDiskRetry = null;
      const written = tryToWrite([...unwritten.values()], unwrittenActivity);
      if (!written.ok) return retryDiskLater();
      allIsWritten([]);
      guarded('what follows a disk that writes again', () => options.onDisk(null));
      dispatch({ type: 'disk', ok: true, unsent: [] });
    });
  }

  function run(effect: Effect): void {
    switch (effect.type) {
      case 'write':
        return;
      case 'wake':
        cancelWake = clock.after(effect.inMs, () => dispatch({ type: 'tick' }));
        return;
      case 'read': {
        const startedAt = moment();
        const asked = client;
        void through((dojo) => dojo.readDated(effect.paymentId)).then((dated) => {
          const { paymentId, actionId } = effect;
          // What one key was shown says nothing of what another is, that may be of another account.
          const isCurrent = client === asked;
          if (!isCurrent) log.info('a reading came after another key was connected');
          if (!dated.ok) {
            if (isCurrent) guarded('what follows a failed reading', () => options.onUnread(paymentId, dated.error));
            return hear({ type: 'read', actionId, startedAt, dojoAtMs: null, result: dated });
          }
          let { payment } = dated.value;
          if (isCurrent)
            guarded('what follows a reading', () => {
              options.onPayment(payment, startedAt.monotonicMs);
              payment = options.withTimes(payment);
            });
          hear({ type: 'read', actionId, startedAt, dojoAtMs: dated.value.dojoAtMs, result: ok(payment) });
        });
        return;
      }
      case 'send':
        void through((dojo) => dojo.perform(effect.move, { id: effect.paymentId, currency: effect.currency }, effect.idempotencyKey, effect.apiVersion)).then(
          (result) => hear({ type: 'answered', actionId: effect.actionId, result }),
        );
        return;
    }
  }

  /** A client that throws is a broken invariant; the outcome of what it was doing is then unknown, never assumed. */
  async function through<T>(ask: (dojo: DojoClient) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    if (!client) return { ok: false, error: noClient };
    try {
      return await ask(client);
    } catch (error) {
      log.error(`the Dojo client threw: ${said(error)}`);
      return { ok: false, error: { ...noClient, kind: 'unknown-outcome', cause: 'client-threw', raw: 'Cause: client-threw' } };
    }
  }

  return {
    state: () => state,
    dispatch,
    decide,
    connect: (next) => {
      client = next;
      isQuiet = false;
    },
    queuedCount: () => [...state.actions.values()].filter((action) => action.state === 'waiting' && action.accountId === state.accountId).length,
    sendingCount: () => [...state.busy.values()].filter(({ what }) => what === 'sending').length,
    quiet() {
      dispatch({ type: 'gate', gate: 'no-key', accountId: state.accountId });
      isQuiet = true;
      return state.busy.size === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve));
    },
    close() {
      // What the disk did not take until now: one more try, so that it is not in memory alone.
      if (unwritten.size > 0) tryToWrite([...unwritten.values()], unwrittenActivity);
      closed = true;
      cancelWake();
      cancelTake?.();
      cancelDiskRetry?.();
    },
  };
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const noClient: Failure = {
  kind: 'not-sent',
  cause: 'no-client',
  status: null,
  title: null,
  detail: null,
  traceId: null,
  retryAfterMs: null,
  raw: 'Cause: no-client',
};

/** What is asked of Dojo; and when the next thing is due, which the last step knows of all that came before it too. */
const asked = (steps: readonly Step[]): readonly Effect[] => [
  ...steps.flatMap(({ effects }) => effects.filter((effect) => effect.type === 'read' || effect.type === 'send')),
  ...(steps.at(-1)?.effects.filter((effect) => effect.type === 'wake') ?? []),
];

/** What core decided about one event. */
type Step = Readonly<{ before: QueueState; effects: readonly Effect[] }>;
type Change = Readonly<{ before: QueueState; action: Action }>;

const changesIn = (steps: readonly Step[]): readonly Change[] =>
  steps.flatMap(({ before, effects }) => effects.flatMap((effect) => (effect.type === 'write' ? effect.actions.map((action) => ({ before, action })) : [])));

const movesIn = (steps: readonly Step[]): readonly Action[] =>
  changesIn(steps)
    .filter(hasMoved)
    .map(({ action }) => action);

const hasMoved = ({ before, action }: Change): boolean => {
  const state = before.actions.get(action.id)?.state;
  return state !== undefined && state !== action.state && (!isOpen(action) || action.state === 'needsPerson');
};

/** One line in the activity log for every change of state. */
function activityOf({ before, action }: Change): ActivityEntry[] {
  if (before.actions.get(action.id)?.state === action.state) return [];
  const { changedAtMs: atMs, accountId, state: what, paymentId, id: actionId } = action;
  return [{ atMs, accountId, what, paymentId, actionId, note: action.outcome?.message ?? (what === 'sending' ? words.sending : '') }];
}
