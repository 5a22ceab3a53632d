import { createDoor } from '../main/app/dispatcher.ts';
import { createSettings } from '../main/app/settings.ts';
import { type RunningTill, startTill } from '../main/app/till.ts';
import type { Clock } from '../main/ports/clock.ts';
import type { Http } from '../main/ports/http.ts';
import type { DiskFailure, Ledger } from '../main/ports/ledger.ts';
import type { Vault } from '../main/ports/vault.ts';
import { type BankOptions, createBank, TRAINING_ACCOUNT } from '../main/simulator/bank.ts';
import { createFace } from '../main/simulator/http.ts';
import { createInProcessHttp } from '../main/simulator/in-process.ts';
import type { NewPayment } from '../main/simulator/new-payment.ts';
import { seededRandom } from '../main/simulator/random.ts';
import type { Channel, Result, Snapshot } from '../preload/contract.ts';
import { createSimClock } from './sim/clock.ts';
import { diskBesideKey, emptyDisk, type SimDisk } from './sim/disk.ts';
import { simHome } from './sim/home.ts';
import { createSimLedger } from './sim/ledger.ts';

export const KEY = 'sk_sandbox_fuzz0001';
export const ZONE = 'Europe/London';
/** Noon of a summer Monday in London. */
export const NOON_MS = Date.parse('2026-06-15T11:00:00Z');
const ANSWER_MOST_MS = 5 * 60_000;

export type ShopOptions = Readonly<{
  startMs?: number;
  payments?: readonly NewPayment[];
  apiVersion?: string;
  /** Laid between the till and Dojo. */
  line?: (http: Http) => Http;
  /** Another ledger than the simulated one. */
  ledger?: Ledger;
  keepAwake?: (isOn: boolean) => void;
  /** Why the ledger of training cannot be opened. */
  noTraining?: DiskFailure;
  /** No key was ever kept here. */
  isFirst?: boolean;
  bank?: Partial<BankOptions>;
}>;

/** A real till behind its real door, over simulated ports: the key is stored, Dojo has the payments, and time stands still. */
export async function startShop({
  startMs = NOON_MS,
  payments = [],
  apiVersion = '2026-02-27',
  line = (http) => http,
  ledger,
  keepAwake,
  noTraining,
  isFirst = false,
  bank: more,
}: ShopOptions = {}) {
  const clock = createSimClock(startMs);
  const timers = countTimers(clock);
  const bank = createBank({ seed: 7, zone: ZONE, keys: { [KEY]: TRAINING_ACCOUNT }, ...more });
  for (const payment of payments) bank.addPayment(payment, startMs);
  const random = seededRandom(11);
  const wire = createInProcessHttp({ face: createFace({ bank, nowMs: clock.nowMs, journalMost: 50 }), clock: timers.clock, fraction: random.fraction });
  const disks = { shop: isFirst ? emptyDisk() : diskBesideKey(), training: emptyDisk() };
  const errors: string[] = [];
  let apiKey: string | null = isFirst ? null : KEY;
  let saved: unknown = { zone: ZONE, apiVersion };

  const started = startTill({
    clock: timers.clock,
    random: { uuid: () => `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`, fraction: random.fraction },
    http: line(wire.http),
    vault: {
      unavailable: async () => null,
      store: async (key) => {
        apiKey = key;
        return { ok: true, value: null };
      },
      load: async () => (apiKey === null ? { kind: 'none' } : { kind: 'key', apiKey }),
      forget: async () => {
        apiKey = null;
        return { ok: true, value: null };
      },
    } satisfies Vault,
    home: simHome({ path: '/home/shop/tillside', machineId: 'machine-1', user: 'shop' }),
    notifier: { notify: () => undefined },
    ...(keepAwake ? { keepAwake } : {}),
    log: { info: () => undefined, warn: () => undefined, error: (message) => void errors.push(message) },
    openLedger: (which, { fresh }) => {
      if (which === 'training' && noTraining) return { failure: noTraining };
      if (fresh) disks[which] = emptyDisk();
      return { ledger: which === 'shop' && ledger ? ledger : simLedgerOn(disks[which]), notices: [] };
    },
    settings: createSettings({
      file: {
        read: () => ({ kind: 'ok', value: saved }),
        write: (value) => {
          saved = value;
          return { ok: true, value: null };
        },
      },
    }),
    dojoUrl: 'https://dojo.invalid',
    notices: [],
  });

  /** Lets time go on until there is an answer; a call that has none within five minutes hangs, and that throws. */
  async function answered<T>(asked: Promise<T>): Promise<T> {
    let outcome: { value: T } | { thrown: unknown } | null = null;
    asked.then(
      (value) => {
        outcome = { value };
      },
      (thrown: unknown) => {
        outcome = { thrown };
      },
    );
    await clock.runTo(clock.nowMs() + ANSWER_MOST_MS, () => outcome !== null);
    const had = outcome as { value: T } | { thrown: unknown } | null;
    if (had === null) throw new Error('expected an answer within five minutes');
    if ('thrown' in had) throw had.thrown;
    return had.value;
  }

  const opened = await answered(started);
  if (!opened.ok) throw new Error(`expected the till to start: ${opened.error.message}`);
  const till: RunningTill = opened.value;
  const door = createDoor(
    till.handlers,
    { info: () => undefined, warn: () => undefined, error: (message) => void errors.push(message) },
    { checkOutputs: true },
  );

  async function call(channel: Channel, input?: unknown): Promise<Result<unknown>> {
    return answered(door.call(channel, input));
  }

  return {
    clock,
    bank,
    disks,
    wire,
    till,
    /** What the till logged as errors: a broken invariant among them. */
    errors,
    call,
    /** Timers that are waiting just now. */
    timersWaiting: timers.waiting,
    settingsFile: () => saved,
    storedKey: () => apiKey,
    async look(): Promise<Snapshot> {
      const answer = await call('getSnapshot');
      if (!answer.ok) throw new Error(`expected a snapshot: ${answer.error.message} ${errors.join('\n')}`);
      return answer.value as Snapshot;
    },
    close: () => till.close(),
  };
}

export type Shop = Awaited<ReturnType<typeof startShop>>;

/** A ledger on a disk that takes everything. */
export const simLedgerOn = (disk: SimDisk): Ledger =>
  createSimLedger(
    disk,
    (take) => {
      take();
      return null;
    },
    () => undefined,
  );

/** As a PC's own timers are: in whole milliseconds. */
function countTimers(clock: Clock) {
  const waiting = new Set<symbol>();
  const counted: Clock = {
    nowMs: clock.nowMs,
    monotonicMs: clock.monotonicMs,
    after(delayMs, callback) {
      const timer = Symbol('timer');
      waiting.add(timer);
      const undo = clock.after(Math.round(delayMs), () => {
        waiting.delete(timer);
        callback();
      });
      return () => {
        waiting.delete(timer);
        undo();
      };
    },
  };
  return { clock: counted, waiting: () => waiting.size };
}
