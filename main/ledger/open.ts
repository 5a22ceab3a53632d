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
import { inspect } from './check.ts';
import { type Connection, connect, disconnect, type Write, writeTo } from './database.ts';
import { diskFailureOf } from './disk-failure.ts';
import { factsIn } from './facts.ts';
import { backupsOf, keepBefore, moveAside, removeHalfMade, removeWithCompanions } from './files.ts';
import { handOpenActionsToPerson } from './hand-over.ts';
import { openMark, readMark, removeMark } from './high-water-mark.ts';
import { takeLock } from './lock.ts';
import { migrate, VERSION } from './migrate.ts';
import { paymentsIn } from './payments.ts';
import { purgeIn } from './purge.ts';
import { makeEmpty, type Restored, restoreNewest } from './restore.ts';
import { ensureTillId, setTillId, tillIdOf } from './till-id.ts';
import { takeUpWithoutEnd, type WithoutEnd } from './without-end.ts';

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
    const prepared = prepare(file, nowMs);
    if ('failure' in prepared) {
      release();
      return prepared;
    }
    const ledger = ledgerOver(connect(file), file, nowMs, release);
    return { ledger, notices: [...prepared.notices, ...setAsideNotices(ledger.loadActions(toldSinceMs(ledger, nowMs)).setAside)] };
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

/** Sees to it that a sound ledger lies at `file`. */
function prepare(file: string, nowMs: number): Readonly<{ notices: readonly Notice[] }> | Readonly<{ failure: DiskFailure }> {
  const finding = inspect(file);
  switch (finding.kind) {
    case 'good':
      if (finding.version < VERSION) keepBefore(file, VERSION, forgetAddressesIn);
      return { notices: finding.entries < readMark(file) ? [cutShortNotice(takeUpWithoutEnd(file, nowMs))] : [] };
    case 'newer':
      return { failure: newer(finding.version) };
    case 'none':
    case 'damaged': {
      const notices = finding.kind === 'none' ? begin(file, nowMs) : replace(file, nowMs);
      // Last: a crash before it is told of once more, one after it need not be.
      removeMark(file);
      return { notices };
    }
  }
}

/** Where no ledger lies there may have been one. */
function begin(file: string, nowMs: number): readonly Notice[] {
  const { restored, newer } = restoreNewest(file, nowMs, () => undefined);
  if (restored) return [restoredNotice('is missing', restored, newer, null)];
  makeEmpty(file);
  return newer > 0 || readMark(file) > 0 ? [emptyNotice('is missing', newer, null)] : [];
}

/** A damaged ledger gives way to the newest good backup, or to an empty one. */
function replace(file: string, nowMs: number): readonly Notice[] {
  let keptAs = file;
  const clearTheWay = () => {
    keptAs = moveAside(file, nowMs);
  };
  const { restored, newer } = restoreNewest(file, nowMs, clearTheWay);
  if (restored) return [restoredNotice('is damaged', restored, newer, keptAs)];
  makeEmpty(file, clearTheWay);
  return [emptyNotice('is damaged', newer, keptAs)];
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

const notSent = (openActions: number): string =>
  openActions === 0
    ? ''
    : ` ${counted(openActions, 'action that was', 'actions that were')} open then will not be sent by themselves: compare with Dojo and decide.`;

/** Of what they know nothing can be said here; a newer Tillside could go back to them. */
const notUsed = (count: number): string =>
  count === 0 ? '' : ` ${counted(count, 'backup', 'backups')} of a newer Tillside could not be used: ask whoever looks after this PC before you go on.`;

const kept = (keptAs: string | null): string => (keptAs === null ? '' : ` The damaged file is kept as “${keptAs}”.`);

const restoredNotice = (trouble: string, { date, openActions }: Restored, newer: number, keptAs: string | null): Notice => ({
  code: 'ledger-restored',
  message: `The file with the queue and history ${trouble}. Tillside went back to its backup of ${date}: what was done after it was made may be missing here.${notSent(openActions)}${notUsed(newer)}${kept(keptAs)}`,
});

const cutShortNotice = ({ keptAs, openActions }: WithoutEnd): Notice => ({
  code: 'ledger-cut-short',
  message: `The newest part of the file with the queue and history is damaged: what was done last before Tillside stopped is missing here.${notSent(openActions)}${kept(keptAs)}`,
});

const emptyNotice = (trouble: string, newer: number, keptAs: string | null): Notice => ({
  code: 'ledger-empty',
  message: `The file with the queue and history ${trouble} and there was no good backup, so Tillside starts with an empty one. Actions that were waiting are not in it and will not be sent: compare with Dojo.${notUsed(newer)}${kept(keptAs)}`,
});

const setAsideNotices = (setAside: number): readonly Notice[] =>
  setAside === 0
    ? []
    : [
        {
          code: 'ledger-set-aside',
          message: `${counted(setAside, 'action of the queue and history', 'actions of the queue and history')} could not be read and will not be sent. ${setAside === 1 ? 'It is' : 'They are'} kept aside. Compare with Dojo before doing anything again, and tell whoever looks after this PC.`,
        },
      ];
