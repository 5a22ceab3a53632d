import { z } from 'zod';
import type { Notice } from '../../preload/contract.ts';
import type { DaySpan } from '../core/day/day.ts';
import type { Clock } from '../ports/clock.ts';
import { type DiskFailure, DOJO_TIME, type Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { SetAsideFiles } from '../ports/set-aside-files.ts';
import type { CorrectedClock } from '../sync/dojo-clock.ts';
import { ENDED_KEPT_MS } from '../sync/payment-store.ts';
import { notBackedUp, notPurged } from '../words/upkeep-words.ts';

const DAY_MS = 86_400_000;
/** Payments, ended actions, and damaged files that were set aside. */
export const DAYS_KEPT_MS = 90 * DAY_MS;
/** The activity log. The ledger itself guards it for as long (main/ledger/activity.ts). */
const ACTIVITY_KEPT_MS = 2_192 * DAY_MS;

/** Between two parts of a purge the window has its turn. */
const NEXT_PART_MS = 50;
const RETRY_MS = 60_000;
/** Another program seldom holds the ledger for long: it is told of when it still does at the third try. */
const BUSY_RETRY_MS = 5_000;
const BUSY_TOLD_AT = 3;
/** So long the day's backup waits for Dojo to say which day it is. */
const BACKUP_WAITS_MS = 10 * 60_000;
const HEARD_EVERY_MS = 60 * 60_000;

const SET_ASIDE = 'setAside';
const seenFirst = z.record(z.string(), z.number());

/** Dojo's time as this ledger heard it last; null: never. */
export function lastHeardIn(ledger: Pick<Ledger, 'readFact'>): number | null {
  const heardMs = Number(ledger.readFact(DOJO_TIME));
  return Number.isSafeInteger(heardMs) && heardMs > 0 ? heardMs : null;
}

export type UpkeepOptions = Readonly<{
  ledger: Pick<Ledger, 'purge' | 'purgeActivity' | 'backUp' | 'readFact' | 'writeFact'>;
  clock: Clock;
  dojoClock: Pick<CorrectedClock, 'nowMs' | 'isKnown' | 'certainMs' | 'otherwiseMs'>;
  log: Log;
  setAside: SetAsideFiles | null;
  /** The trading day of a moment. */
  dayOf: (atMs: number) => DaySpan;
  /** What ended before this leaves the queue's memory; what ended after it and is only in the ledger is taken up. */
  onMemory: (endedSinceMs: number) => void;
  onChange: () => void;
}>;

export type Upkeep = Readonly<{
  /** Does what is due. Cheap where nothing is. */
  look(): void;
  /** What could not be done, until it is. */
  notices(): readonly Notice[];
  close(): void;
}>;

/** One thing that is due once a day, tried again where the disk refuses it. */
type Chore = { doneOn: string | null; tries: number; notBeforeMs: number; underWay: boolean; notice: Notice | null };
const aChore = (): Chore => ({ doneOn: null, tries: 0, notBeforeMs: Number.NEGATIVE_INFINITY, underWay: false, notice: null });

/**
 * What keeps the ledger small and safe: old days leave it, and a backup is made of it. Nothing is deleted before Dojo has said in this
 * run what time it is: after its first answer, and at each turn of its day. The PC's clock alone deletes nothing.
 */
export function createUpkeep(options: UpkeepOptions): Upkeep {
  const { ledger, clock, dojoClock, log, setAside, dayOf } = options;
  const startedMs = clock.monotonicMs();
  const purge = aChore();
  const backup = aChore();
  let noted = { monotonicMs: Number.NEGATIVE_INFINITY, isCertain: false };
  let cancelPart = (): void => undefined;
  let closed = false;

  const isDue = (chore: Chore, day: string): boolean => !chore.underWay && chore.doneOn !== day && clock.monotonicMs() >= chore.notBeforeMs;

  /** How a chore went; a failure is said, and it comes again. */
  function ended(chore: Chore, day: string, failure: DiskFailure | null, inWords: (failure: DiskFailure) => Notice): void {
    chore.underWay = false;
    if (failure === null) {
      chore.doneOn = day;
      chore.tries = 0;
    } else {
      chore.tries += 1;
      chore.notBeforeMs = clock.monotonicMs() + (failure.code === 'busy' ? BUSY_RETRY_MS : RETRY_MS);
    }
    const before = chore.notice?.message;
    chore.notice = failure !== null && (failure.code !== 'busy' || chore.tries >= BUSY_TOLD_AT) ? inWords(failure) : null;
    if (before !== chore.notice?.message) options.onChange();
  }

  /** The days first, then the activity log: a part at a time, each until nothing old is left. */
  function purgePart(nowMs: number, day: string): void {
    if (closed) return;
    try {
      const days = ledger.purge(nowMs - DAYS_KEPT_MS);
      const part = days.ok && !days.value.isMore ? ledger.purgeActivity(nowMs - ACTIVITY_KEPT_MS) : days;
      if (part.ok && part.value.isMore) {
        cancelPart = clock.after(NEXT_PART_MS, () => purgePart(nowMs, day));
        return;
      }
      if (part.ok) removeSetAside(nowMs);
      ended(purge, day, part.ok ? null : part.error, notPurged);
    } catch (error) {
      log.error(`old days could not be removed: ${said(error)}`);
      ended(purge, day, BROKEN, notPurged);
    }
  }

  /** Their own dates are the PC's: they go so long after Dojo's time at which they were seen first. */
  function removeSetAside(nowMs: number): void {
    if (setAside === null) return;
    const before = seenIn(ledger.readFact(SET_ASIDE));
    const seen: Record<string, number> = {};
    for (const name of new Set(setAside.names())) {
      const sinceMs = before[name] ?? nowMs;
      if (sinceMs >= nowMs - DAYS_KEPT_MS) seen[name] = sinceMs;
      else {
        setAside.remove(name);
        log.info(`removed ${name}, set aside 90 days ago`);
      }
    }
    if (JSON.stringify(seen) !== JSON.stringify(before)) ledger.writeFact(SET_ASIDE, JSON.stringify(seen));
  }

  function backUp(day: string, isSure: boolean): void {
    backup.underWay = true;
    const name = nameOf(day, isSure);
    ledger.backUp(day, isSure).then(
      (made) => ended(backup, name, made.ok ? null : made.error, notBackedUp),
      (error: unknown) => {
        log.error(`the daily backup failed: ${said(error)}`);
        ended(backup, name, BROKEN, notBackedUp);
      },
    );
  }

  /**
   * One that is not certain yet is noted too: the PC's clock may be wrong by months when the till is started again. Not one that
   * something speaks against: a single answer of a wrong server would say what day the next start without a connection is in.
   */
  function noteTime(isCertain: boolean): void {
    if (!dojoClock.isKnown() || dojoClock.otherwiseMs() !== null) return;
    noted = { monotonicMs: clock.monotonicMs(), isCertain };
    try {
      ledger.writeFact(DOJO_TIME, String(dojoClock.nowMs()));
    } catch (error) {
      // Closing has to end all the same.
      log.error(`Dojo’s time could not be noted: ${said(error)}`);
    }
  }

  return {
    look() {
      if (closed) return;
      const nowMs = dojoClock.certainMs();
      const isNews = noted.isCertain !== (nowMs !== null) || clock.monotonicMs() - noted.monotonicMs >= HEARD_EVERY_MS;
      if (isNews) noteTime(nowMs !== null);
      if (nowMs === null) {
        const { date } = dayOf(dojoClock.nowMs());
        if (clock.monotonicMs() - startedMs >= BACKUP_WAITS_MS && isDue(backup, nameOf(date, false))) backUp(date, false);
        return;
      }
      const { date } = dayOf(nowMs);
      if (isDue(purge, date)) {
        options.onMemory(nowMs - ENDED_KEPT_MS);
        purge.underWay = true;
        purgePart(nowMs, date);
      }
      if (isDue(backup, nameOf(date, true))) backUp(date, true);
    },
    notices: () => [purge.notice, backup.notice].filter((notice) => notice !== null),
    close() {
      if (closed) return;
      closed = true;
      cancelPart();
      noteTime(dojoClock.certainMs() !== null);
    },
  };
}

const BROKEN: DiskFailure = { code: 'broken', message: '' };
const nameOf = (day: string, isSure: boolean): string => `${day}${isSure ? '' : ' by the PC’s clock'}`;
const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function seenIn(fact: string | null): Readonly<Record<string, number>> {
  try {
    return seenFirst.catch({}).parse(JSON.parse(fact ?? '{}'));
  } catch {
    // They are counted from now on: too long is the safe side.
    return {};
  }
}
