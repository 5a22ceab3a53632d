import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Notice } from '../../preload/contract.ts';
import { ok } from '../core/result.ts';
import { type DiskFailure, DOJO_TIME, type Ledger } from '../ports/ledger.ts';
import { accountsIn } from './accounts.ts';
import { actionsIn } from './actions.ts';
import { activityIn, appendTo, lastEntryOf } from './activity.ts';
import { forgetAddressesIn } from './addresses-in-older.ts';
import { backUpOf } from './back-up.ts';
import { furthestKnown } from './backup-reach.ts';
import { inspect, type LedgerRecord } from './check.ts';
import { type Connection, connect, disconnect, type Write, writeTo } from './database.ts';
import { diskFailureOf } from './disk-failure.ts';
import { factsIn } from './facts.ts';
import { backupsOf, keepBefore, nameAside, removeHalfMade, removeWithCompanions } from './files.ts';
import type { Since } from './go-on.ts';
import { handOpenActionsToPerson } from './hand-over.ts';
import { openMark, removeMark } from './high-water-mark.ts';
import { takeLock } from './lock.ts';
import { takeUntold } from './loss.ts';
import { migrate, VERSION } from './migrate.ts';
import { paymentsIn } from './payments.ts';
import { purgeIn } from './purge.ts';
import { makeEmpty, restoreNewest } from './restore.ts';
import { ensureTillId, setTillId, tillIdOf } from './till-id.ts';
import { takeUpWithoutEnd } from './without-end.ts';

/** The port, and what only the real ledger can tell. */
export type SqliteLedger = Ledger &
  Readonly<{
    /** How many payments could not be read and were left out since the ledger was opened. */
    skippedPayments(): number;
  }>;

export type OpenedLedger<Opened extends Ledger = Ledger> = Readonly<{ ledger: Opened; notices: readonly Notice[] }> | Readonly<{ failure: DiskFailure }>;

/** Of what ended longer ago no hold is alive: nothing that could be done now depends on it. */
const SET_ASIDE_TOLD_MS = 8 * 86_400_000;

/** A PC clock that is ahead must not keep silent about what ended last. */
const toldSinceMs = (ledger: Ledger, nowMs: number): number => Math.min(nowMs, Number(ledger.readFact(DOJO_TIME)) || nowMs) - SET_ASIDE_TOLD_MS;

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
    const refusal = prepare(file, nowMs);
    if (refusal) {
      release();
      return { failure: refusal };
    }
    const db = connect(file);
    const ledger = ledgerOver(db, file, nowMs, release);
    const { setAside } = ledger.loadActions(toldSinceMs(ledger, nowMs));
    return { ledger, notices: [...takeUntold(db), ...setAsideNotices(setAside)] };
  } catch (error) {
    if (release) removeHalfMade(file);
    release?.();
    return { failure: diskFailureOf(error, folder) };
  }
}

function throwAway(file: string): void {
  removeMark(file);
  removeWithCompanions(file);
  for (const backup of backupsOf(file)) removeWithCompanions(backup.file);
}

/** Sees to it that a sound ledger lies at `file`, which holds what is to be told of it; or says why it is left alone. */
function prepare(file: string, nowMs: number): DiskFailure | null {
  const finding = inspect(file);
  if (finding.kind === 'newer') return newer(finding.version);
  const since: Since = { nowMs, known: furthestKnown(file) };
  switch (finding.kind) {
    case 'good':
      if (finding.version < VERSION) keepBefore(file, VERSION, forgetAddressesIn);
      if (finding.record.entries < since.known) completeOrTakeUp(file, since, finding.record);
      break;
    case 'none':
      begin(file, since);
      break;
    case 'damaged':
      replace(file, since);
  }
  return null;
}

/** Where no ledger lies there may have been one. */
function begin(file: string, since: Since): void {
  const wasThere = since.known > 0 || backupsOf(file).length > 0;
  const { isRestored, newer } = restoreNewest(file, since, { trouble: 'missing', keptAs: null, left: null });
  if (!isRestored) makeEmpty(file, since, wasThere ? { kind: 'empty', trouble: 'missing', newer, keptAs: null } : null);
}

/** A damaged ledger gives way to the newest good backup, or to an empty one. */
function replace(file: string, since: Since): void {
  const keptAs = nameAside(file, since.nowMs);
  const { isRestored, newer } = restoreNewest(file, since, { trouble: 'damaged', keptAs, left: null });
  if (!isRestored) makeEmpty(file, since, { kind: 'empty', trouble: 'damaged', newer, keptAs });
}

/** A sound ledger of which the newest part is gone gives way to a backup that has more of it, or goes on as it is. */
function completeOrTakeUp(file: string, since: Since, left: LedgerRecord): void {
  const keptAs = nameAside(file, since.nowMs);
  const { isRestored, newer } = restoreNewest(file, since, { trouble: 'behind', keptAs, left });
  if (!isRestored) takeUpWithoutEnd(file, since, newer);
}

function ledgerOver(db: Connection, file: string, nowMs: number, release: () => void): SqliteLedger {
  try {
    migrate(db);
    ensureTillId(db);
    const write = writeTo(db, dirname(file));
    const mark = openMark(file);
    /** How far the log has come is read before the commit: nothing that fails after it could be told from a write that failed. */
    const writeMarked: Write = (body) => {
      const written = write(() => ({ value: body(), last: lastEntryOf(db) }));
      if (!written.ok) return written;
      mark.reach(written.value.last);
      return ok(written.value.value);
    };
    const { keep, ...accounts } = accountsIn(db, write);
    const { putFact, ...facts } = factsIn(db, write);
    const append = appendTo(db);
    let open = true;
    return {
      ...actionsIn(db, writeMarked, nowMs),
      ...paymentsIn(db, write),
      ...activityIn(db),
      ...accounts,
      ...facts,
      tillId: () => tillIdOf(db),
      handOver(handing) {
        const { newTillId, key, activity } = handing;
        return writeMarked(() => {
          if (newTillId !== null) setTillId(db, newTillId);
          handOpenActionsToPerson(db, handing);
          for (const [name, value] of Object.entries(handing.facts)) putFact(name, value);
          if (key) keep(key.account, key.fingerprint);
          append(activity);
          return null;
        });
      },
      ...purgeIn(db, write),
      ...backUpOf(db, file),
      close() {
        if (!open) return;
        open = false;
        mark.close();
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

const setAsideNotices = (setAside: number): readonly Notice[] =>
  setAside === 0
    ? []
    : [
        {
          code: 'ledger-set-aside',
          message: `${counted(setAside, 'action of the queue and history', 'actions of the queue and history')} could not be read and will not be sent. ${setAside === 1 ? 'It is' : 'They are'} kept aside. Compare with Dojo before doing anything again, and tell whoever looks after this PC.`,
        },
      ];
