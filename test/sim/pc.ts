import { createSettings } from '../../main/app/settings.ts';
import { type RunningTill, startTill } from '../../main/app/till.ts';
import type { Clock } from '../../main/ports/clock.ts';
import type { DiskFailure, Ledger } from '../../main/ports/ledger.ts';
import type { Notifier } from '../../main/ports/notifier.ts';
import type { Vault } from '../../main/ports/vault.ts';
import { seededRandom } from '../../main/simulator/random.ts';
import type { Result } from '../../preload/contract.ts';
import type { SimDisk } from './disk.ts';
import type { PlannedCrash } from './faults.ts';
import { type SimPlace, simHome } from './home.ts';
import { checkBackup, checkEndedInTime, checkPurge } from './invariants.ts';
import { createSimLedger } from './ledger.ts';
import { httpOf } from './net.ts';
import { PortBroke } from './port-broke.ts';
import type { DiskMood } from './schedule.ts';
import { checkKey } from './told.ts';
import type { World } from './world.ts';
import { noteZone, type ZoneSince } from './zones.ts';

/** A till's PC: what outlives a power cut, and the life it has now. */
export type Pc = {
  readonly index: number;
  readonly name: string;
  /** False: there is no such PC, until a profile is copied to it. */
  there: boolean;
  disk: SimDisk;
  /** Training has a ledger of its own. */
  readonly trainingDisk: SimDisk;
  /** Why the ledger of training cannot be opened. */
  noTraining: DiskFailure | null;
  /** Where its profile lies, and for whom. */
  readonly place: SimPlace;
  key: string | null;
  /** In true time. */
  keyKeptAtMs: number;
  /** Whose secure storage keeps the key: another machine or user cannot read it. */
  keyOf: string | null;
  /** The secure storage is not there yet, or no more. */
  keyStoreAway: boolean;
  /** The secure storage is there, and takes no key. */
  keyStoreRefuses: boolean;
  image: Image | null;
  /** When an image was put back, in true time: of what this PC did before, it may know nothing. */
  rolledBackAtMs: number;
  /** And of when that image was: what it did before it knew. */
  rolledBackToMs: number;
  /** Of which till's profile this one is a copy, made when, in true time. */
  copiedFrom: Readonly<{ index: number; atMs: number }> | null;
  settings: unknown;
  /** Which zone they called the shop's, oldest first. */
  readonly zones: ZoneSince[];
  /** How far its clock is ahead of true time. */
  aheadMs: number;
  /** How far its clock was off before it was set, or before a sleep that its monotonic clock did not count, and until when. */
  readonly wereAhead: Readonly<{ aheadMs: number; untilMs: number }>[];
  /** In true time: until then nothing on it moves. */
  asleepUntilMs: number;
  /** For how long its monotonic clock stood still in all its sleeps. */
  stoodStillMs: number;
  /** In true time: until then something kept it from its work, other than trouble with one payment. */
  disturbedUntilMs: number;
  /** In true time: since when its disk works again. What the till had decided before is written then. */
  diskMendedAtMs: number;
  /** In true time: when it was switched on last. */
  startedAtMs: number;
  /** How often it was switched on. */
  lives: number;
  /** `lost-before`: the line swallows what is sent, and nobody says so. */
  lineDown: 'no-line' | 'no-name' | 'lost-before' | null;
  /** The payments for which Dojo forbade an operation, in a row: after a few the till stops it, and says so. */
  readonly forbidden: Map<string, Set<string>>;
  /** A person paused it and was told so. */
  paused: boolean;
  life: Life | null;
  readonly errors: string[];
  /** What it told a person who was not looking. */
  readonly notes: Parameters<Notifier['notify']>[0][];
  /** How many of each it met so far: planned faults and crashes count by it. */
  readonly met: Record<'move' | 'look' | PlannedCrash['at'], number>;
};

/** From one start to the next power cut. What it does when it is over reaches the world no more, and nothing comes back to it. */
export type Life = {
  alive: boolean;
  till: RunningTill | null;
  /** Requests that move money, by payment. */
  readonly onWire: Map<string, number>;
  /** It was asked to pause: it holds also where it could not write that down, and said so. */
  holds: boolean;
  /** In true time: when it first heard an answer. What was under way when the last life ended settles from then on. */
  heardAtMs: number | null;
  /** Keys of actions of which a no was heard that is not written down yet. */
  readonly heardNo: Set<string>;
  /** Keys of actions to which Dojo's yes was heard. */
  readonly heardYes: Set<string>;
  /** Written, not synced: only a defect leaves anything here. */
  readonly unsynced: (() => void)[];
  /** The program was closed in order: its database is, too. */
  closed: boolean;
};

/** All of a PC's disk at some moment. */
export type Image = Readonly<{ takenAtMs: number; disk: SimDisk; settings: unknown; key: string | null; keyOf: string | null }>;

const START_MOST_MS = 5 * 60_000;
const ANSWER_MOST_MS = 5 * 60_000;

export const cutPower = (world: World, pc: Pc): void => {
  if (!pc.life?.alive) return;
  pc.life.alive = false;
  world.journal.count('crash');
  world.journal.say(pc.name, () => '*** the power goes');
};

/** A pause that Dojo asked for goes on through whatever else happens. */
export const disturbedUntil = (pc: Pc, untilMs: number): void => {
  pc.disturbedUntilMs = Math.max(pc.disturbedUntilMs, untilMs);
};

export const asleepForMs = (world: World, pc: Pc): number => Math.max(0, pc.asleepUntilMs - world.clock.nowMs());

/** Whether the power goes at this effect. */
export function crashesAt(world: World, pc: Pc, at: PlannedCrash['at']): boolean {
  pc.met[at] += 1;
  if (!world.faulty || !world.schedule.crashes.some((crash) => crash.till === pc.index && crash.at === at && crash.nth === pc.met[at])) return false;
  world.journal.count(`crash: ${at}`);
  cutPower(world, pc);
  return true;
}

/** Switches the PC on: a new life over what its disk holds. */
export async function start(world: World, pc: Pc): Promise<void> {
  const { clock, journal, schedule } = world;
  const life: Life = {
    alive: true,
    till: null,
    onWire: new Map(),
    heardAtMs: null,
    heardNo: new Set(),
    heardYes: new Set(),
    unsynced: [],
    closed: false,
    holds: pc.disk.facts.get('paused') === 'yes',
  };
  pc.life = life;
  // What threw before the restart is mended by it.
  if (isThrowing(pc)) setDisk(world, pc, 'ok');
  journal.say(pc.name, () => 'starts');
  pc.lives += 1;
  disturbedUntil(pc, clock.nowMs());
  pc.startedAtMs = clock.nowMs();
  // No two PCs and no two lives may draw the same ids.
  const random = seededRandom(Math.imul(schedule.seed, 0x9e3779b1) ^ Math.imul(pc.index * 100_000 + pc.lives, 0x85ebca6b));
  const monotonicFrom = random.whole(0, 1_000_000) - clock.nowMs() + pc.stoodStillMs;
  const monotonicMs = () => clock.nowMs() - pc.stoodStillMs + monotonicFrom;
  const ownClock: Clock = {
    nowMs: () => clock.nowMs() + pc.aheadMs,
    monotonicMs,
    after(delayMs, callback) {
      const dueMs = monotonicMs() + Math.max(0, delayMs);
      let undo = clock.after(delayMs, fire);
      function fire(): void {
        if (!life.alive) return;
        // Of a sleep in which the monotonic clock stood still a timer knows nothing: what was left of its time is left still.
        const leftMs = Math.max(asleepForMs(world, pc), dueMs - monotonicMs());
        // Less than this is what adding up fractions leaves: waited for, it would not move the clock at all.
        if (leftMs > 0.001) undo = clock.after(leftMs, fire);
        // What throws here ends the program on a real PC: nobody catches it.
        else callback();
      }
      return () => undo();
    },
  };
  const vault: Vault = {
    unavailable: async () => (pc.keyStoreAway ? 'There is no secure storage here.' : null),
    store: async (apiKey) => {
      if (pc.keyStoreRefuses) return { ok: false, error: 'The key could not be kept.' };
      if (life.alive) {
        pc.key = apiKey;
        pc.keyKeptAtMs = clock.nowMs();
        pc.keyOf = pc.place.user;
      }
      return { ok: true, value: null };
    },
    load: async () => {
      if (pc.key === null) return { kind: 'none' };
      if (pc.keyStoreAway) return { kind: 'away' };
      return pc.keyOf === pc.place.user ? { kind: 'key', apiKey: pc.key } : { kind: 'unreadable' };
    },
    forget: async () => {
      if (pc.disk.mood === 'broken') return { ok: false, error: { code: 'broken', message: 'The disk does not answer.' } };
      if (life.alive) pc.key = null;
      return { ok: true, value: null };
    },
  };
  const started = startTill({
    clock: ownClock,
    random: { uuid: () => `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`, fraction: random.fraction },
    http: world.defect?.http?.(httpOf(world, pc, life)) ?? httpOf(world, pc, life),
    vault,
    home: world.defect?.home?.(simHome(pc.place)) ?? simHome(pc.place),
    notifier: world.defect?.notifier?.(notifierOf(pc, life)) ?? notifierOf(pc, life),
    log: { info: () => undefined, warn: () => undefined, error: (message) => void pc.errors.push(message) },
    openLedger(which) {
      if (which === 'shop') return { ledger: ledgerOf(world, pc, life), notices: [] };
      return pc.noTraining ? { failure: pc.noTraining } : { ledger: createSimLedger(pc.trainingDisk, writes, () => undefined), notices: [] };
    },
    settings: createSettings({
      file: {
        read: () => ({ kind: 'ok', value: world.defect?.settings?.(pc.settings) ?? pc.settings }),
        write: (value) => {
          if (life.alive) pc.settings = value;
          noteZone(world, pc);
          return { ok: true, value: null };
        },
      },
      hostZone: schedule.pcZone,
    }),
    dojoUrl: 'https://dojo.invalid',
    notices: [],
  });
  void started.then((result) => {
    if (!result.ok) throw new Error(`expected the till to start, got ${result.error.message}`);
    life.till = world.defect?.till?.(result.value) ?? result.value;
    if (!schedule.focused) life.till.setFocused(false);
  });
  // Whose account a key opens may have to be asked: time passes meanwhile.
  await clock.runTo(clock.nowMs() + START_MOST_MS, () => life.till !== null || !life.alive);
  if (life.alive && !life.till) throw new Error(`expected ${pc.name} to start within five minutes`);
}

const notifierOf = (pc: Pc, life: Life): Notifier => ({ notify: (note) => void (life.alive && pc.notes.push(note)) });

export function setDisk(world: World, pc: Pc, mood: DiskMood): void {
  if (mood === 'ok' && pc.disk.mood !== 'ok') pc.diskMendedAtMs = world.clock.nowMs();
  pc.disk.mood = mood;
}

export const isThrowing = ({ disk }: Pc): boolean => disk.mood === 'throws-on-writes' || disk.mood === 'throws-on-reads';

function writes(take: () => void): null {
  take();
  return null;
}

function ledgerOf(world: World, pc: Pc, life: Life): Ledger {
  const write = (take: () => void, ofActions: boolean): DiskFailure | null => {
    if (!life.alive) return null;
    if (pc.disk.mood === 'full') return { code: 'full', message: 'The disk is full.' };
    if (pc.disk.mood === 'broken') return { code: 'broken', message: 'The disk does not answer.' };
    if (pc.disk.mood === 'busy') {
      world.journal.count('another program holds the ledger');
      return { code: 'busy', message: 'Another program holds the ledger.' };
    }
    if (pc.disk.mood === 'throws-on-writes') throw broke(world, 'ledger throws on writes');
    if (ofActions && crashesAt(world, pc, 'write-lost')) return null;
    if (world.defect?.syncsAfterMs !== undefined) {
      life.unsynced.push(take);
      world.clock.after(world.defect.syncsAfterMs, () => {
        if (life.alive) for (const late of life.unsynced.splice(0)) late();
      });
    } else take();
    if (ofActions) crashesAt(world, pc, 'write-kept');
    return null;
  };
  const ledger = createSimLedger(pc.disk, write, {
    nowMs: world.clock.nowMs,
    onKept: (action) => {
      const { begun, refused } = world.journal;
      if (life.heardNo.delete(action.idempotencyKey)) refused.set(action.idempotencyKey, (refused.get(action.idempotencyKey) ?? 0) + 1);
      if (action.state === 'sending') begun.set(action.idempotencyKey, [...(begun.get(action.idempotencyKey) ?? []), world.clock.nowMs()]);
      checkKey(world, pc, action);
      checkEndedInTime(world, pc, action);
      const { asked, claimed } = world.journal;
      if (action.outcome?.captureId) claimed.add(`${pc.index} ${action.outcome.captureId}`);
      const asking = `${pc.index} ${action.id}`;
      if (action.state === 'needsPerson') asked.set(asking, asked.get(asking) ?? world.clock.nowMs());
      world.journal.say(
        pc.name,
        () => `${action.id.slice(0, 6)} ${action.move.kind} ${action.paymentId}: ${action.state}${action.outcome ? ` (${action.outcome.code})` : ''}`,
      );
    },
    onPurged: (kept, payments) => checkPurge(world, pc, kept, payments),
    onBackedUp: (date, isSure) => checkBackup(world, pc, date, isSure),
  });
  const throwing = mayThrow(world, pc, life, ledger);
  return world.defect?.ledger?.(throwing, { after: world.clock.after, nowMs: () => world.clock.nowMs() + pc.aheadMs }) ?? throwing;
}

function broke(world: World, name: string): PortBroke {
  world.journal.count(name);
  // As the database's own errors say it of themselves.
  return Object.assign(new PortBroke(name), { code: 'SQLITE_IOERR' });
}

/** Reading throws where the disk's mood says so; and whatever is asked of a database that was closed. */
function mayThrow(world: World, pc: Pc, life: Life, ledger: Ledger): Ledger {
  const reads = new Set<string>(['findRequest', 'actionsOn', 'payment', 'payments', 'newestPayments', 'findPayments', 'activityOn', 'readFact']);
  return Object.fromEntries(
    Object.entries(ledger).map(([name, call]) => [
      name,
      (...asked: unknown[]) => {
        if (life.closed && name !== 'close') throw new Error(`the ledger was asked for ${name} after it was closed`);
        if (pc.disk.mood === 'throws-on-reads' && reads.has(name)) throw broke(world, 'ledger throws on reads');
        return (call as (...args: unknown[]) => unknown)(...asked);
      },
    ]),
  ) as unknown as Ledger;
}

/** Asks the till while time goes on, as a person waits for the answer; null where none came. */
export async function ask<T>(world: World, pc: Pc, call: (till: RunningTill) => Promise<Result<T>>): Promise<Result<T> | null> {
  const { life } = pc;
  if (!life?.alive || !life.till) return null;
  let answer: Result<T> | null = null;
  let failure: unknown = null;
  call(life.till).then(
    (value) => {
      if (life.alive) answer = value;
    },
    (error: unknown) => {
      failure = error;
    },
  );
  await world.clock.runTo(world.clock.nowMs() + ANSWER_MOST_MS, () => answer !== null || failure !== null || !life.alive);
  // The door answers for a port that broke.
  if (failure !== null && life.alive && !(failure instanceof PortBroke)) throw failure;
  return answer;
}
