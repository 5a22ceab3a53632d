import { AMOUNT_MINOR_MAX } from '../../main/core/money.ts';
import { type Bank, createBank } from '../../main/simulator/bank.ts';
import { createSimClock, type SimClock } from './clock.ts';
import type { Defect } from './defects.ts';
import { emptyDisk } from './disk.ts';
import { createJournal, type Journal } from './journal.ts';
import type { Pc } from './pc.ts';
import { ACCOUNT_OF, KEYS, type Schedule, SHOP_ZONE } from './schedule.ts';

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
  /** Decisions made so far. */
  requests: number;
  readonly broken: Broken[];
};

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
  });
  for (const payment of schedule.payments) bank.addPayment(payment, schedule.startMs);
  const pcs = Array.from(
    { length: schedule.tills },
    (_, index): Pc => ({
      index,
      name: `till ${index + 1}`,
      disk: emptyDisk(),
      place: { path: `/home/till${index + 1}/tillside`, machineId: `machine-${index + 1}`, user: `till${index + 1}` },
      key: KEYS.own,
      settings: {
        zone: SHOP_ZONE,
        apiVersion: schedule.apiVersion,
        offlineRefunds: schedule.offlineRefunds,
        offlineRefundMaxMinor: AMOUNT_MINOR_MAX,
      },
      aheadMs: 0,
      asleepUntilMs: 0,
      lives: 0,
      lineDown: null,
      paused: false,
      life: null,
      errors: [],
      notes: [],
      met: { move: 0, look: 0, 'write-lost': 0, 'write-kept': 0, 'request-kept-back': 0, 'request-left': 0, 'answer-unread': 0 },
    }),
  );
  return { schedule, defect, clock, bank, journal: createJournal(clock.nowMs, written), pcs, faulty: true, requests: 0, broken: [] };
}

/** A promise that does not hold. The simulation stops at the next step. */
export const breaks = (world: World, promise: string, detail: string): void => void world.broken.push({ promise, detail });
