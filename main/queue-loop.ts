import { type Action, isOpen } from './core/action.ts';
import type { Payment } from './core/payment.ts';
import { step } from './core/queue.ts';
import { type Effect, emptyQueue, type QueueEvent, type QueueState } from './core/queue-state.ts';
import type { Result } from './core/result.ts';
import type { Failure } from './core/retry.ts';
import { words } from './core/words.ts';
import type { DojoClient } from './dojo/client.ts';
import type { ActivityEntry, Clock, DiskFailure, Ledger, Log, Random } from './ports.ts';

const DISK_RETRY_MS = 5_000;

export type QueueLoopOptions = Readonly<{
  ledger: Ledger;
  clock: Clock;
  random: Random;
  log: Log;
  /** The corrected clock. */
  nowMs: () => number;
  zone: () => string;
  apiVersion: () => string;
  /** Called after every step that changed something. */
  onChange: () => void;
  /** A payment was read on the queue's behalf. */
  onPayment: (payment: Payment) => void;
  /** An action ended, or its request was answered: the payment should be read again. */
  onMoved: (action: Action) => void;
  onDisk: (failure: DiskFailure | null) => void;
}>;

export type QueueLoop = Readonly<{
  state(): QueueState;
  dispatch(event: QueueEvent): void;
  /** Requests go through this client from now on; null: none can. */
  connect(client: DojoClient | null): void;
  sendingCount(): number;
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
  /** What could not be written yet, newest version of each action. */
  const unwritten = new Map<string, Action>();
  let unwrittenActivity: ActivityEntry[] = [];
  const idle: Array<() => void> = [];

  function dispatch(event: QueueEvent): void {
    if (closed) return;
    const before = state;
    const next = step(state, event, { nowMs: options.nowMs(), random: random.fraction(), zone: options.zone(), apiVersion: options.apiVersion() });
    state = next.state;
    const effects = write(before, next.effects);
    cancelWake();
    for (const effect of effects) run(effect);
    options.onChange();
    if (state.busy.size === 0) for (const resolve of idle.splice(0)) resolve();
  }

  /** Writes first. If the disk refuses, nothing that depends on it is sent: the queue is told, and decides anew. */
  function write(before: QueueState, effects: readonly Effect[]): readonly Effect[] {
    const changed = effects.flatMap((effect) => (effect.type === 'write' ? effect.actions : []));
    if (changed.length === 0) return effects;
    const all = [...new Map([...unwritten, ...changed.map((action) => [action.id, action] as const)]).values()];
    const activity = [...unwrittenActivity, ...activityOf(before, changed)];
    const written = ledger.writeActions(all, activity);
    if (written.ok) {
      unwritten.clear();
      unwrittenActivity = [];
      for (const action of changed) if (hasMoved(before, action)) options.onMoved(action);
      return effects;
    }
    log.error(`actions could not be written: ${written.error.code}`);
    options.onDisk(written.error);
    for (const action of changed) unwritten.set(action.id, action);
    unwrittenActivity = activity;
    const unsent = effects.flatMap((effect) => (effect.type === 'send' ? [effect.actionId] : []));
    const reads = effects.filter((effect) => effect.type === 'read');
    retryDiskLater();
    const told = step(
      state,
      { type: 'disk', ok: false, unsent },
      { nowMs: options.nowMs(), random: random.fraction(), zone: options.zone(), apiVersion: options.apiVersion() },
    );
    state = told.state;
    for (const effect of told.effects) if (effect.type === 'write') for (const action of effect.actions) unwritten.set(action.id, action);
    return [...reads, ...told.effects.filter((effect) => effect.type !== 'write' && effect.type !== 'send')];
  }

  function retryDiskLater(): void {
    cancelDiskRetry ??= clock.after(DISK_RETRY_MS, () => {
      cancelDiskRetry = null;
      const written = ledger.writeActions([...unwritten.values()], unwrittenActivity);
      if (!written.ok) return retryDiskLater();
      unwritten.clear();
      unwrittenActivity = [];
      options.onDisk(null);
      dispatch({ type: 'disk', ok: true, unsent: [] });
    });
  }

  function run(effect: Effect): void {
    switch (effect.type) {
      case 'write':
        return;
      case 'wake':
        cancelWake = clock.after(Math.max(0, effect.atMs - options.nowMs()), () => dispatch({ type: 'tick' }));
        return;
      case 'read': {
        const startedAtMs = options.nowMs();
        void through((dojo) => dojo.read(effect.paymentId)).then((result) => {
          if (result.ok) options.onPayment(result.value);
          dispatch({ type: 'read', actionId: effect.actionId, startedAtMs, result });
        });
        return;
      }
      case 'send':
        void through((dojo) => dojo.perform(effect.move, { id: effect.paymentId, currency: effect.currency }, effect.idempotencyKey)).then((result) =>
          dispatch({ type: 'answered', actionId: effect.actionId, result }),
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
      log.error(`the Dojo client threw: ${error instanceof Error ? error.message : String(error)}`);
      return { ok: false, error: { ...noClient, kind: 'unknown-outcome', cause: 'client-threw', raw: 'Cause: client-threw' } };
    }
  }

  return {
    state: () => state,
    dispatch,
    connect: (next) => {
      client = next;
    },
    sendingCount: () => [...state.busy.values()].filter((what) => what === 'sending').length,
    quiet() {
      dispatch({ type: 'gate', gate: 'no-key', accountId: state.accountId });
      return state.busy.size === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve));
    },
    close() {
      closed = true;
      cancelWake();
      cancelDiskRetry?.();
    },
  };
}

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

const hasMoved = (before: QueueState, action: Action): boolean => {
  const state = before.actions.get(action.id)?.state;
  return state !== undefined && state !== action.state && (!isOpen(action) || action.state === 'needsPerson');
};

/** One line in the activity log for every change of state. */
function activityOf(before: QueueState, changed: readonly Action[]): ActivityEntry[] {
  return changed.flatMap((action) =>
    before.actions.get(action.id)?.state === action.state
      ? []
      : [
          {
            atMs: action.changedAtMs,
            accountId: action.accountId,
            what: action.state,
            paymentId: action.paymentId,
            actionId: action.id,
            note: action.outcome?.message ?? (action.state === 'sending' ? words.sending : ''),
          },
        ],
  );
}
