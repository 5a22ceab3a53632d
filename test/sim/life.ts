import type { Clock, DiskFailure, Http, Vault } from '../../main/ports.ts';
import { createSettings } from '../../main/settings.ts';
import { type RunningTill, startTill } from '../../main/till.ts';
import type { SeededRandom } from '../../main/training/random.ts';
import type { TillError } from '../../preload/contract.ts';
import type { SimClock } from './clock.ts';
import { createSimLedger, type SimDisk } from './ledger.ts';

/** What of the PC outlives a crash. */
export type SimPc = { disk: SimDisk; key: string | null; full: boolean };

export type Life = Readonly<{
  till: RunningTill;
  isAlive(): boolean;
  /** From now on no write ends this life. */
  spare(): void;
  /** Power off: nothing that this life does reaches the world any more, and nothing comes back to it. */
  kill(): void;
}>;

/** Ends a life at one of its writes: before it takes hold, or just after. */
export type CrashAt = Readonly<{ write: number; after: boolean }> | null;

export async function startLife(options: {
  pc: SimPc;
  clock: SimClock;
  random: SeededRandom;
  httpFor: (alive: () => boolean) => Http;
  crashAt: CrashAt;
  zone: string;
  errors: string[];
}): Promise<Life> {
  const { pc, clock, random } = options;
  let alive = true;
  let writes = 0;
  let spared = false;
  const isAlive = () => alive;

  const ownClock: Clock = {
    nowMs: clock.nowMs,
    after: (delayMs, callback) => clock.after(delayMs, () => void (alive && callback())),
  };
  const ledger = createSimLedger(pc.disk, (take): DiskFailure | null => {
    if (!alive) return null;
    if (pc.full) return { code: 'full', message: 'The disk is full.' };
    writes += 1;
    const crash = !spared && options.crashAt?.write === writes;
    if (crash && !options.crashAt?.after) {
      alive = false;
      return null;
    }
    take();
    if (crash) alive = false;
    return null;
  });
  const vault: Vault = {
    unavailable: async () => null,
    store: async (apiKey) => {
      pc.key = apiKey;
      return { ok: true, value: null };
    },
    load: async () => (pc.key === null ? { kind: 'none' } : { kind: 'key', apiKey: pc.key }),
    forget: async () => {
      pc.key = null;
    },
  };
  let saved: unknown = { zone: options.zone };
  const started = startTill({
    clock: ownClock,
    random: { uuid: () => `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`, fraction: random.fraction },
    http: options.httpFor(isAlive),
    vault,
    log: { info: () => undefined, warn: () => undefined, error: (message) => void options.errors.push(message) },
    openLedger: () => ({ ledger, notices: [] }),
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
  // The first account question may need the network: time has to pass for it.
  let till: RunningTill | null = null;
  void started.then((result) => {
    if (!result.ok) throw new Error(`expected the till to start, got ${result.error.message}`);
    till = result.value;
  });
  for (let waited = 0; till === null && alive && waited < 600; waited += 1) await clock.run(100);
  if (till === null) {
    if (alive) throw new Error('expected the till to start within a minute');
    return { till: deadTill, isAlive, spare: () => undefined, kill: () => undefined };
  }
  return {
    till,
    isAlive,
    spare() {
      spared = true;
    },
    kill() {
      alive = false;
    },
  };
}

const dead = async (): Promise<{ ok: false; error: TillError }> => ({ ok: false, error: { code: 'internal', message: 'dead' } });
/** What a person finds who presses a button of a PC without power. */
const deadTill = {
  handlers: new Proxy({}, { get: () => dead }) as RunningTill['handlers'],
  onPatch: () => () => undefined,
  setFocused: () => undefined,
  woke: () => undefined,
  sendingCount: () => 0,
  quiet: async () => undefined,
  close: async () => undefined,
} satisfies RunningTill;
