import type { Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import type { Baseline } from '../../main/core/queue/evidence.ts';
import type { ActionRow } from '../../main/ledger/rows.ts';
import type { Account, ActivityEntry } from '../../main/ports/ledger.ts';
import type { KnownSince } from './news.ts';
import type { DiskMood } from './schedule.ts';

/** A row, with what was written into it, and when in true time. `rotten`: the disk gives back something else. */
export type Kept = Readonly<{ row: ActionRow; action: Action; rotten: boolean; atMs: number }>;
export type Backup = Readonly<{ date: string; atMs: number }>;

/** What outlives the till that wrote it. */
export type SimDisk = {
  mood: DiskMood;
  actions: Map<string, Kept>;
  payments: Map<string, { accountId: string; payment: Payment; knownBefore: Baseline | null }>;
  /** By the same names. */
  known: Map<string, KnownSince>;
  activity: ActivityEntry[];
  accounts: Map<string, Account>;
  keys: Map<string, string>;
  facts: Map<string, string>;
  backups: Backup[];
};

export const emptyDisk = (): SimDisk => ({
  mood: 'ok',
  actions: new Map(),
  payments: new Map(),
  known: new Map(),
  activity: [],
  accounts: new Map(),
  keys: new Map(),
  facts: new Map(),
  backups: [],
});

/** Of a PC on which a key is kept: with it came its ledger. */
export const diskBesideKey = (): SimDisk => ({ ...emptyDisk(), facts: new Map([['keyWasKept', 'yes']]) });

/** The same bytes on another disk, or kept for later. What is in the maps is never changed, only replaced. */
export const copyOf = (disk: SimDisk): SimDisk => ({
  mood: 'ok',
  actions: new Map(disk.actions),
  payments: new Map(disk.payments),
  known: new Map(disk.known),
  activity: [...disk.activity],
  accounts: new Map(disk.accounts),
  keys: new Map(disk.keys),
  facts: new Map(disk.facts),
  backups: [...disk.backups],
});

/** The first open action's row can no longer be read. Returns which, or null where there is none. */
export function rot(disk: SimDisk): Action | null {
  const found = [...disk.actions.values()].find(({ action, rotten }) => !rotten && !['done', 'refused', 'expired', 'withdrawn'].includes(action.state));
  if (!found) return null;
  disk.actions.set(found.row.id, { ...found, row: { ...found.row, body: found.row.body.slice(0, -20) }, rotten: true });
  return found.action;
}

/** Whose key is kept there. */
export const accountOfKeptKey = ({ facts }: SimDisk): string | undefined => facts.get('keptKeyOf');
