import { beforeEach, describe, expect, test } from 'vitest';
import { createUpkeep, lastHeardIn, type UpkeepOptions } from '../../main/app/upkeep.ts';
import { tradingDay } from '../../main/core/day/day.ts';
import { err, ok, type Result } from '../../main/core/result.ts';
import type { DiskFailure, Purged, PurgedActivity } from '../../main/ports/ledger.ts';
import { createCorrectedClock } from '../../main/sync/dojo-clock.ts';
import { DAY_MS, HOUR_MS, LONDON, MINUTE_MS, NOON_MS } from '../builders.ts';
import { createSimClock, type SimClock } from '../sim/clock.ts';

const FULL: DiskFailure = { code: 'full', message: 'The disk is full.' };
const BUSY: DiskFailure = { code: 'busy', message: 'Another program.' };
const NOTHING: Purged = { payments: 0, actions: 0, isMore: false };
const NO_ENTRIES: PurgedActivity = { entries: 0, isMore: false };
const SIX_YEARS_MS = 2_192 * DAY_MS;

let clock: SimClock;
let certainMs: () => number | null;
let isKnown: () => boolean;
let otherwiseMs: () => number | null;
let purges: number[];
let purgeAnswer: () => Result<Purged, DiskFailure>;
let backups: string[];
let backUpAnswer: () => Promise<Result<null, DiskFailure>>;
let facts: Map<string, string>;
let memory: number[];
let activity: number[];
let activityAnswer: () => Result<PurgedActivity, DiskFailure>;

function upkeep(over: Partial<UpkeepOptions> = {}) {
  return createUpkeep({
    ledger: {
      purge(beforeMs) {
        purges.push(beforeMs);
        return purgeAnswer();
      },
      purgeActivity(beforeMs) {
        activity.push(beforeMs);
        return activityAnswer();
      },
      backUp(date, isSure) {
        backups.push(`${date} ${isSure ? 'sure' : 'not sure'}`);
        return backUpAnswer();
      },
      readFact: (name) => facts.get(name) ?? null,
      writeFact(name, value) {
        facts.set(name, value);
        return ok(null);
      },
    },
    clock,
    dojoClock: { nowMs: () => clock.nowMs(), isKnown: () => isKnown(), certainMs: () => certainMs(), otherwiseMs: () => otherwiseMs() },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    setAside: null,
    dayOf: (atMs) => tradingDay(atMs, LONDON, 0),
    onMemory: (sinceMs) => void memory.push(sinceMs),
    onChange: () => undefined,
    ...over,
  });
}

beforeEach(() => {
  activityAnswer = () => ok(NO_ENTRIES);
  clock = createSimClock(NOON_MS);
  certainMs = () => clock.nowMs();
  isKnown = () => true;
  otherwiseMs = () => null;
  purges = [];
  purgeAnswer = () => ok(NOTHING);
  backups = [];
  backUpAnswer = async () => ok(null);
  facts = new Map();
  memory = [];
  activity = [];
});

/** The till looks every 20 s. */
async function lookFor(it: ReturnType<typeof upkeep>, forMs: number) {
  for (let waitedMs = 0; waitedMs < forMs; waitedMs += 20_000) {
    it.look();
    await clock.run(20_000);
  }
}

describe('the daily upkeep', () => {
  test('deletes, forgets and rotates nothing until Dojo’s time is certain, however often it looks', async () => {
    certainMs = () => null;
    await lookFor(upkeep(), 3 * HOUR_MS);
    expect([purges, activity, memory]).toEqual([[], [], []]);
    expect([...facts.keys()]).toEqual(['dojoTime']);
    // A copy is made all the same, once.
    expect(backups).toEqual(['2026-06-15 not sure']);
  });

  test('is done once when it is, and once at each turn of the day', async () => {
    const it = upkeep();
    await lookFor(it, 2 * DAY_MS);
    expect(purges).toHaveLength(3);
    expect(purges[0]).toBe(NOON_MS - 90 * DAY_MS);
    expect(activity).toHaveLength(3);
    expect(activity[0]).toBe(NOON_MS - SIX_YEARS_MS);
    expect(memory[0]).toBe(NOON_MS - 8 * DAY_MS);
    expect(backups).toEqual(['2026-06-15 sure', '2026-06-16 sure', '2026-06-17 sure']);
  });

  test('waits while Dojo’s time is in doubt, and goes on', async () => {
    const it = upkeep();
    await lookFor(it, HOUR_MS);
    certainMs = () => null;
    await lookFor(it, DAY_MS);
    expect(purges).toHaveLength(1);
    certainMs = () => clock.nowMs();
    await lookFor(it, HOUR_MS);
    expect(purges).toHaveLength(2);
  });

  test('goes on part by part until nothing old is left', async () => {
    let parts = 3;
    purgeAnswer = () => ok({ ...NOTHING, isMore: --parts > 0 });
    const it = upkeep();
    it.look();
    expect(activity).toEqual([]);
    await clock.run(1_000);
    expect(purges).toHaveLength(3);
    expect(activity).toHaveLength(1);
  });

  test('goes on part by part through the activity log, after the days, and is done for the day then', async () => {
    let left = 1_200;
    activityAnswer = () => {
      const entries = Math.min(left, 500);
      left -= entries;
      return ok({ entries, isMore: entries === 500 });
    };
    const it = upkeep();
    it.look();
    expect([activity.length, left]).toEqual([1, 700]);
    await lookFor(it, 2 * HOUR_MS);
    expect([activity.length, left]).toEqual([3, 0]);
    expect(new Set(activity)).toEqual(new Set([NOON_MS - SIX_YEARS_MS]));
  });

  test('of the activity log that the disk refuses in the middle is said and tried again', async () => {
    const answers = [ok({ entries: 500, isMore: true }), err(FULL), ok({ entries: 1, isMore: false })];
    activityAnswer = () => answers.shift() ?? ok(NO_ENTRIES);
    const it = upkeep();
    it.look();
    await clock.run(1_000);
    expect(it.notices()).toHaveLength(1);
    await lookFor(it, 2 * MINUTE_MS);
    expect(it.notices()).toEqual([]);
    expect(answers).toEqual([]);
  });

  test('stops between two parts where the till is closed', async () => {
    purgeAnswer = () => ok({ ...NOTHING, isMore: true });
    const it = upkeep();
    it.look();
    it.close();
    await clock.run(HOUR_MS);
    it.look();
    expect(purges).toHaveLength(1);
  });

  test('that the disk refuses is said, tried again after a minute, and said no longer', async () => {
    purgeAnswer = () => err(FULL);
    backUpAnswer = async () => err(FULL);
    const it = upkeep();
    await lookFor(it, MINUTE_MS);
    expect(it.notices()).toEqual([
      { code: 'purge-failed', message: expect.stringMatching(/disk of this PC is full.*still here.*Make room.*tries again/) },
      { code: 'backup-failed', message: expect.stringMatching(/disk of this PC is full.*backup.*all here.*Make room.*tries again/) },
    ]);
    expect([purges.length, backups.length]).toEqual([1, 1]);
    purgeAnswer = () => ok(NOTHING);
    backUpAnswer = async () => ok(null);
    await lookFor(it, 2 * MINUTE_MS);
    expect(it.notices()).toEqual([]);
    expect([purges.length, backups.length]).toEqual([2, 2]);
  });

  test('that another program holds up for a moment is tried again soon, without a word', async () => {
    let refusals = 2;
    purgeAnswer = () => (refusals-- > 0 ? err(BUSY) : ok(NOTHING));
    const it = upkeep();
    await lookFor(it, MINUTE_MS);
    expect(it.notices()).toEqual([]);
    expect(purges).toHaveLength(3);
  });

  test('that another program keeps held up is said in words of its own', async () => {
    purgeAnswer = () => err(BUSY);
    const it = upkeep();
    await lookFor(it, 2 * MINUTE_MS);
    expect(it.notices()).toMatchObject([{ code: 'purge-failed', message: expect.stringContaining('Another program') }]);
    expect(it.notices()[0]?.message).not.toContain('room');
  });

  test('that throws is said, and brings nothing else down', async () => {
    purgeAnswer = () => {
      throw new Error('expected something else');
    };
    backUpAnswer = () => Promise.reject(new Error('expected something else'));
    const it = upkeep();
    await lookFor(it, MINUTE_MS);
    expect(it.notices().map(({ code }) => code)).toEqual(['purge-failed', 'backup-failed']);
  });

  test('notes Dojo’s time, hourly and at the end, and not before it was heard', async () => {
    isKnown = () => false;
    certainMs = () => null;
    const deaf = upkeep();
    await lookFor(deaf, 2 * HOUR_MS);
    deaf.close();
    expect(facts.has('dojoTime')).toBe(false);

    isKnown = () => true;
    certainMs = () => clock.nowMs();
    const it = upkeep();
    const fromMs = clock.nowMs();
    await lookFor(it, 2 * HOUR_MS + MINUTE_MS);
    expect(Number(facts.get('dojoTime'))).toBeGreaterThanOrEqual(fromMs + 2 * HOUR_MS);
    expect(Number(facts.get('dojoTime'))).toBeLessThan(clock.nowMs());
    it.close();
    expect(facts.get('dojoTime')).toBe(String(clock.nowMs()));
  });

  test('whose ledger throws ends all the same', () => {
    const thrown: string[] = [];
    const throwing = () => {
      throw new Error('no disk');
    };
    const it = upkeep({
      ledger: { purge: () => ok(NOTHING), purgeActivity: () => ok(NO_ENTRIES), backUp: async () => ok(null), readFact: () => null, writeFact: throwing },
      log: { info: () => undefined, warn: () => undefined, error: (text) => void thrown.push(text) },
    });
    it.look();
    it.close();
    expect(thrown).toEqual(['Dojo’s time could not be noted: no disk', 'Dojo’s time could not be noted: no disk']);
  });

  test('notes Dojo’s time at once where it is not certain yet, and again when it is', async () => {
    certainMs = () => null;
    const it = upkeep();
    it.look();
    expect(facts.get('dojoTime')).toBe(String(NOON_MS));
    await lookFor(it, 10 * MINUTE_MS);
    expect(facts.get('dojoTime')).toBe(String(NOON_MS));
    certainMs = () => clock.nowMs();
    it.look();
    expect(facts.get('dojoTime')).toBe(String(NOON_MS + 10 * MINUTE_MS));
    expect(purges).toHaveLength(1);
  });

  test('does not note a time that something speaks against, neither at once nor at the end, and notes it when nothing does', () => {
    otherwiseMs = () => clock.nowMs() - 400 * DAY_MS;
    certainMs = () => null;
    const doubting = upkeep();
    doubting.look();
    doubting.close();
    expect(facts.has('dojoTime')).toBe(false);
    const it = upkeep();
    it.look();
    otherwiseMs = () => null;
    it.look();
    expect(facts.get('dojoTime')).toBe(String(NOON_MS));
  });

  test('a time that one answer alone told, and the PC’s clock denies, is not what the next start goes by without a connection', () => {
    const ledger = { readFact: (name: string) => facts.get(name) ?? null };
    const dojoClock = createCorrectedClock(clock, lastHeardIn(ledger));
    const it = upkeep({ dojoClock });
    dojoClock.learn(NOON_MS + 400 * DAY_MS, NOON_MS, NOON_MS, 0);
    it.look();
    it.close();
    expect(createCorrectedClock(clock, lastHeardIn(ledger)).nowMs()).toBe(NOON_MS);
  });

  test('counts anew, and deletes nothing, where what it noted of set-aside files cannot be read', () => {
    facts.set('setAside', 'garbage');
    const removed: string[] = [];
    upkeep({ setAside: { names: () => ['ledger.db.damaged-1'], remove: (name) => void removed.push(name) } }).look();
    expect(removed).toEqual([]);
    expect(JSON.parse(facts.get('setAside') ?? '')).toEqual({ 'ledger.db.damaged-1': NOON_MS });
  });
});
