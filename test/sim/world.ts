import { AMOUNT_MINOR_MAX } from '../../main/core/money.ts';
import { type Bank, createBank } from '../../main/simulator/bank.ts';
import { createSimClock, type SimClock } from './clock.ts';
import type { Defect } from './defects.ts';
import { diskBesideKey, emptyDisk } from './disk.ts';
import type { Trouble } from './faults.ts';
import { FEATURES } from './features.ts';
import { createJournal, type Journal } from './journal.ts';
import type { Pc } from './pc.ts';
import { ACCOUNT_OF, KEYS, type Schedule } from './schedule.ts';
import { SHOP_ZONE } from './shop-midnight.ts';

export type Broken = Readonly<{ promise: string; detail: string }>;

/** Everything there is: Dojo, the PCs, true time, and what was seen of it. */
export type World = {
  readonly schedule: Schedule;
  readonly defect: Defect | null;
  readonly clock: SimClock;
  readonly bank: Bank;
  readonly journal: Journal;
  readonly pcs: readonly Pc[];
  /** Planned faults are played. */
  faulty: boolean;
  /** Trouble at Dojo that lasts. */
  readonly troubles: OngoingTrouble[];
  /** What Dojo, or somebody else, has yet to do of itself. */
  pending: number;
  /** Decisions made so far. */
  requests: number;
  readonly broken: Broken[];
};

/** `target`: the payment or the operation it is about; null: all. `met`: by so many requests so far. */
export type OngoingTrouble = Trouble & Readonly<{ untilMs: number; target: string | null }> & { met?: number };

/** More payments than fit on one page of a search. */
const MANY = 90;

export function createWorld(schedule: Schedule, defect: Defect | null, written: boolean): World {
  const clock = createSimClock(schedule.startMs, schedule.payments.length > MANY);
  const bank = createBank({
    seed: schedule.seed,
    zone: SHOP_ZONE,
    keys: ACCOUNT_OF,
    switches: schedule.switches,
    declinedPercent: schedule.declinedPercent,
    failedPercent: schedule.failedPercent,
    keysKeptMs: schedule.refundKeysKeptMs,
  });
  for (const payment of schedule.payments) bank.addPayment(payment, schedule.startMs);
  const pcs = Array.from(
    { length: schedule.tills + schedule.copies },
    (_, index): Pc => ({
      index,
      name: index < schedule.tills ? `till ${index + 1}` : `copy ${index - schedule.tills + 1}`,
      there: index < schedule.tills,
      disk: diskBesideKey(),
      trainingDisk: emptyDisk(),
      noTraining: null,
      place: { path: `/home/till${index + 1}/tillside`, machineId: `machine-${index + 1}`, user: `till${index + 1}` },
      key: KEYS.own,
      keyOf: `till${index + 1}`,
      keyStoreAway: false,
      keyStoreRefuses: false,
      image: null,
      rolledBackAtMs: Number.NEGATIVE_INFINITY,
      rolledBackToMs: Number.NEGATIVE_INFINITY,
      keyKeptAtMs: schedule.startMs,
      copiedFrom: null,
      diskMendedAtMs: Number.NEGATIVE_INFINITY,
      settings: {
        zone: SHOP_ZONE,
        apiVersion: schedule.apiVersion,
        offlineRefunds: schedule.offlineRefunds,
        offlineRefundMaxMinor: AMOUNT_MINOR_MAX,
      },
      aheadMs: 0,
      wereAhead: [],
      asleepUntilMs: 0,
      stoodStillMs: 0,
      disturbedUntilMs: schedule.startMs,
      startedAtMs: schedule.startMs,
      lives: 0,
      lineDown: null,
      forbidden: new Map(),
      zones: [],
      paused: false,
      life: null,
      errors: [],
      notes: [],
      met: { move: 0, look: 0, 'write-lost': 0, 'write-kept': 0, 'request-kept-back': 0, 'request-left': 0, 'answer-unread': 0 },
    }),
  );
  const journal = createJournal(clock.nowMs, written);
  for (const name of schedule.features) if (FEATURES[name]?.standing) journal.count(name);
  return { schedule, defect, clock, bank, journal, pcs, faulty: true, troubles: [], pending: 0, requests: 0, broken: [] };
}

/** Something happens later that is not the tills' doing; until then the world does not end. */
export function later(world: World, delayMs: number, happen: () => void): void {
  world.pending += 1;
  world.clock.after(delayMs, () => {
    world.pending -= 1;
    happen();
  });
}

export const pcsThere = ({ pcs }: World): readonly Pc[] => pcs.filter(({ there }) => there);

/** A promise that does not hold. The simulation stops at the next step. */
export const breaks = (world: World, promise: string, detail: string): void => void world.broken.push({ promise, detail });
