import type { Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import type { ActionRow } from '../../main/ledger/rows.ts';
import type { Account, ActivityEntry } from '../../main/ports/ledger.ts';

/** A row, with what was written into it. `rotten`: the disk gives back something else. */
export type Kept = Readonly<{ row: ActionRow; action: Action; rotten: boolean }>;

/** What outlives the till that wrote it. */
export type SimDisk = {
  mood: 'ok' | 'full' | 'broken';
  actions: Map<string, Kept>;
  payments: Map<string, { accountId: string; payment: Payment }>;
  activity: ActivityEntry[];
  accounts: Map<string, Account>;
  keys: Map<string, string>;
  facts: Map<string, string>;
};

export const emptyDisk = (): SimDisk => ({
  mood: 'ok',
  actions: new Map(),
  payments: new Map(),
  activity: [],
  accounts: new Map(),
  keys: new Map(),
  facts: new Map(),
});

/** The first open action's row can no longer be read. Returns which, or null where there is none. */
export function rot(disk: SimDisk): Action | null {
  const found = [...disk.actions.values()].find(({ action, rotten }) => !rotten && !['done', 'refused', 'expired', 'withdrawn'].includes(action.state));
  if (!found) return null;
  disk.actions.set(found.row.id, { ...found, row: { ...found.row, body: found.row.body.slice(0, -20) }, rotten: true });
  return found.action;
}
