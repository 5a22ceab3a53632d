import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Notice } from '../../preload/contract.ts';
import type { DiskFailure, Ledger } from '../ports.ts';
import { accountsIn } from './accounts.ts';
import { actionsIn } from './actions.ts';
import { activityIn } from './activity.ts';
import { backUpOf } from './back-up.ts';
import { inspect } from './check.ts';
import { type Connection, connect, disconnect, writeTo } from './database.ts';
import { diskFailureOf } from './disk-failure.ts';
import { factsIn } from './facts.ts';
import { backupsOf, moveAside, removeHalfMade, removeWithCompanions } from './files.ts';
import { takeLock } from './lock.ts';
import { migrate, VERSION } from './migrate.ts';
import { paymentsIn } from './payments.ts';
import { purgeIn } from './purge.ts';
import { makeEmpty, type Restored, restoreNewest } from './restore.ts';

/** The port, and what only the real ledger can tell. */
export type SqliteLedger = Ledger &
  Readonly<{
    /** How many payments could not be read and were left out since the ledger was opened. */
    skippedPayments(): number;
  }>;

export type OpenedLedger<Opened extends Ledger = Ledger> = Readonly<{ ledger: Opened; notices: readonly Notice[] }> | Readonly<{ failure: DiskFailure }>;

const IN_USE: DiskFailure = { code: 'broken', message: 'Tillside is open already on this PC. Use the window that is there, or close it first.' };
const newer = (version: number): DiskFailure => ({
  code: 'broken',
  message: `The queue and history here were written by a newer Tillside (version ${version}, this one knows ${VERSION}). Install the newer Tillside; nothing was changed.`,
});

/**
 * Opens the ledger, alone. A damaged file is moved aside and the newest good backup, or an empty ledger, takes its place; the
 * notices say so. Where the disk will not have it, nothing is changed and the failure says why. `fresh` throws away what was
 * there, backups too: for training only.
 */
export function openLedger({ file, nowMs, fresh = false }: { file: string; nowMs: number; fresh?: boolean }): OpenedLedger<SqliteLedger> {
  const folder = dirname(file);
  let release: (() => void) | null = null;
  try {
    mkdirSync(folder, { recursive: true });
    release = takeLock(`${file}.lock`);
    if (!release) return { failure: IN_USE };
    if (fresh) throwAway(file);
    removeHalfMade(file);
    const prepared = prepare(file, nowMs);
    if ('failure' in prepared) {
      release();
      return prepared;
    }
    const ledger = ledgerOver(connect(file), file, nowMs, release);
    return { ledger, notices: [...prepared.notices, ...setAsideNotices(ledger.loadActions(Number.MAX_SAFE_INTEGER).setAside)] };
  } catch (error) {
    if (release) removeHalfMade(file);
    release?.();
    return { failure: diskFailureOf(error, folder) };
  }
}

function throwAway(file: string): void {
  removeWithCompanions(file);
  for (const backup of backupsOf(file)) removeWithCompanions(backup.file);
}

/** Sees to it that a sound ledger lies at `file`. */
function prepare(file: string, nowMs: number): Readonly<{ notices: readonly Notice[] }> | Readonly<{ failure: DiskFailure }> {
  const finding = inspect(file);
  switch (finding.kind) {
    case 'good':
      return { notices: [] };
    case 'newer':
      return { failure: newer(finding.version) };
    case 'none': {
      const restored = restoreNewest(file, nowMs, () => undefined);
      if (restored) return { notices: [restoredNotice('is missing', restored, null)] };
      makeEmpty(file);
      return { notices: [] };
    }
    case 'damaged': {
      let keptAs = file;
      const clearTheWay = () => {
        keptAs = moveAside(file, nowMs);
      };
      const restored = restoreNewest(file, nowMs, clearTheWay);
      if (restored) return { notices: [restoredNotice('is damaged', restored, keptAs)] };
      makeEmpty(file, clearTheWay);
      return { notices: [emptyNotice(keptAs)] };
    }
  }
}

function ledgerOver(db: Connection, file: string, nowMs: number, release: () => void): SqliteLedger {
  try {
    migrate(db);
    const write = writeTo(db, dirname(file));
    let open = true;
    return {
      ...actionsIn(db, write, nowMs),
      ...paymentsIn(db, write),
      ...activityIn(db),
      ...accountsIn(db, write),
      ...factsIn(db, write),
      ...purgeIn(db, write),
      ...backUpOf(db, file),
      close() {
        if (!open) return;
        open = false;
        disconnect(db);
        release();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

const counted = (count: number, one: string, many: string): string => (count === 1 ? `One ${one}` : `${count} ${many}`);

function restoredNotice(trouble: string, { date, openActions }: Restored, keptAs: string | null): Notice {
  const open =
    openActions === 0
      ? ''
      : ` ${counted(openActions, 'action that was', 'actions that were')} open then will not be sent by themselves: compare with Dojo and decide.`;
  const kept = keptAs === null ? '' : ` The damaged file is kept as “${keptAs}”.`;
  return {
    code: 'ledger-restored',
    message: `The file with the queue and history ${trouble}. Tillside went back to its backup of ${date}: what was done after it was made may be missing here.${open}${kept}`,
  };
}

const emptyNotice = (keptAs: string): Notice => ({
  code: 'ledger-empty',
  message: `The file with the queue and history is damaged and there was no good backup, so Tillside starts with an empty one. Actions that were waiting are not in it and will not be sent: compare with Dojo. The damaged file is kept as “${keptAs}”.`,
});

const setAsideNotices = (setAside: number): readonly Notice[] =>
  setAside === 0
    ? []
    : [
        {
          code: 'ledger-set-aside',
          message: `${counted(setAside, 'action in the queue', 'actions in the queue')} could not be read and will not be sent. ${setAside === 1 ? 'It is' : 'They are'} kept aside. Compare with Dojo before doing anything again, and tell whoever looks after this PC.`,
        },
      ];
