import { CLOCKS_APART_MS } from '../core/queue/evidence.ts';
import type { Clock } from '../ports/clock.ts';

/** A difference below this is the network's and the `Date` header's own coarseness. */
const NOISE_MS = 2_000;
/** No request takes longer. */
const REQUEST_MOST_MS = 60_000;
/** Dojo's servers differ by seconds, and the PC's clock drifts: what is within this changes nothing. */
const APART_MS = 10_000;
/** An answer that was so much less sure than another one was slow. */
const SLOW_MS = 2_000;
/** A sleep of the PC that the monotonic clock did not count; less is the coarseness of the count since boot. */
const SLEPT_MS = 5_000;
/** Dojo's time never jumps by as much. Either what was believed until now is wrong, or the answer is. */
const ABSURD_MS = 2 * 86_400_000;
/** What nothing on this PC bears out is believed when so many more answers say it than what was believed until then, over such a time. */
const CONFIRMING_ANSWERS = 3;
/** What the PC's own clock bears out needs no time, and fewer. */
const BORNE_OUT_ANSWERS = 2;
/** And what Dojo has said at several times asks for so many more: one of its servers that is wrong may answer a few times in a row. */
const AGAINST_REPEATED_ANSWERS = 3;
/**
 * How many more answers have to say what is believed before another time is forgotten that was said once: the wrong one may have been the
 * first, and be in luck. One more for each time that it was said again.
 */
const DENIED_TIMES = 8;
/** And before what only the PC's clock says is: that is wrong more often than a server of Dojo's. */
const PC_DENIED_TIMES = 5;
const CONFIRMED_AFTER_MS = 60_000;
/** Answers that come together may be of one server, over one connection that is kept open. */
const TOGETHER_MS = 10_000;
/** So many other times are kept in doubt at once: Dojo's servers are few, and a sleep makes a wrong one seem to say a new time. */
const OTHERS_MOST = 4;
const ABSURD_CONFIRMED_AFTER_MS = 10 * 60_000;
export const WRONG_CLOCK_MS = 2 * 60_000;

export type CorrectedClock = Readonly<{
  /**
   * UTC epoch ms as Dojo's clock says it, as far as known. Days, deadlines and what is shown follow this one. After Dojo's first answer
   * it goes on by the monotonic clock: a PC clock that is set moves nothing. Until then it is the PC's clock.
   */
  nowMs(): number;
  /** Dojo's time was heard in this run. */
  isKnown(): boolean;
  /** Dojo's time where it is certain enough to delete something by; null: it is not, or not yet. */
  certainMs(): number | null;
  /**
   * Learns from an answer: Dojo's `Date`, the PC's clock when the request started and ended, and how long that took by the monotonic
   * clock. True: this clock told a wrong time until now, or this is the first answer (a PC that was just started may have set its clock
   * meanwhile), so how long ago something was cannot be told by it.
   */
  learn(dojoMs: number, startedAtMs: number, endedAtMs: number, tookMs?: number): boolean;
  /**
   * What time it may be instead, UTC epoch ms: as other answers say, or the PC's clock, or an earlier run, until Dojo has said often enough
   * what is believed; the farthest of them. null: nothing speaks against `nowMs`.
   */
  otherwiseMs(): number | null;
  /** The latest that it may be, as any of them says. */
  latestMs(): number;
  /** Dojo has said at several times what is believed: then most of its servers say so. */
  isRepeated(): boolean;
  /** How far the PC's clock is ahead of Dojo's; 0 while nothing says that it is wrong. */
  aheadMs(): number;
}>;

/** A moment by all clocks at once. */
type Moment = Readonly<{ dojoMs: number; wallMs: number; ranMs: number }>;
/** How many answers say something, less those against it, and since when by the monotonic clock. */
type Repeated = Readonly<{ sinceMs: number; answers: number; lastMs: number }>;
/**
 * `said`: how often, denied or not; 0: by the PC's clock alone. `isByEarlierRun`: what is believed is earlier than what an earlier run heard,
 * so this is what the till went by before.
 */
type Other = Repeated & Readonly<{ moment: Moment; said: number; isAbsurd: boolean; isByEarlierRun: boolean }>;

/** `lastHeardMs`: Dojo's time as it was last heard in an earlier run. It is later than that now, whatever the PC's clock says. */
export function createCorrectedClock(clock: Pick<Clock, 'nowMs' | 'monotonicMs' | 'sinceBootMs'>, lastHeardMs: number | null = null): CorrectedClock {
  const stoodStillMs = (): number => (clock.sinceBootMs?.() ?? 0) - clock.monotonicMs();
  const stoodStillAtFirstMs = stoodStillMs();
  /** What the PC slept and the monotonic clock did not count. It only grows: a count since boot of whole seconds must not make time go to and fro. */
  let sleptMs = 0;
  /** A count that runs on through the PC's sleep where the PC counts that. */
  function ranMs(): number {
    const byCountMs = clock.sinceBootMs === undefined ? 0 : stoodStillMs() - stoodStillAtFirstMs;
    if (byCountMs > sleptMs + SLEPT_MS) sleptMs = byCountMs;
    return clock.monotonicMs() + sleptMs;
  }
  const momentOf = (dojoMs: number): Moment => ({ dojoMs, wallMs: clock.nowMs(), ranMs: ranMs() });
  const started = momentOf(lastHeardMs ?? Number.NEGATIVE_INFINITY);
  let heard: Moment | null = null;
  /** How far what is believed may be off for the time that its answer took. */
  let slowByMs = 0;
  /** What is believed, as Dojo has repeated it since. */
  let agreed: Repeated | null = null;
  /** Other times than the one believed, as Dojo has said them and not taken back by saying often enough what is believed. */
  let others: readonly Other[] = [];
  /** It differs from the PC's clock, or from what was believed first, by days: it is shown, and nothing is deleted by it before Dojo has repeated it. */
  let unconfirmed: Repeated | null = null;
  /** Since what is believed was first said the PC's clock was set: it bears nothing else out. */
  let wasPcSet = false;

  /** A moment's time now: on by the monotonic clock, and by what the PC slept where that clock stood still meanwhile. */
  const since = (moment: Moment): number => Math.round(moment.dojoMs + ranMs() - moment.ranMs);
  /** A moment's time now, on by the PC's clock. */
  const byPcSince = (moment: Moment): number => moment.dojoMs + clock.nowMs() - moment.wallMs;
  const isPcOff = (moment: Moment): boolean => Math.abs(byPcSince(moment) - since(moment)) > APART_MS;
  const nowMs = (): number => (heard ? since(heard) : Math.max(clock.nowMs(), since(started)));
  const repeated = (before: Repeated | null): Repeated => ({
    sinceMs: before?.sinceMs ?? clock.monotonicMs(),
    answers: (before?.answers ?? 0) + 1,
    lastMs: clock.monotonicMs(),
  });
  /** What comes together counts once. */
  const repeatedApart = (before: Repeated | null): Repeated => (before && clock.monotonicMs() - before.lastMs < TOGETHER_MS ? before : repeated(before));
  const isConfirmed = ({ sinceMs, answers }: Repeated, isAbsurd: boolean, againstAnswers = 0): boolean =>
    answers >= CONFIRMING_ANSWERS + Math.min(againstAnswers, AGAINST_REPEATED_ANSWERS) &&
    clock.monotonicMs() - sinceMs >= (isAbsurd ? ABSURD_CONFIRMED_AFTER_MS : CONFIRMED_AFTER_MS);

  /** Its clock ran on for longer than the monotonic one, and nothing on this PC counts its sleep. */
  const mayBeSleep = (moment: Moment): boolean =>
    clock.sinceBootMs === undefined && byPcSince(moment) - since(moment) > APART_MS && byPcSince(moment) - since(moment) < ABSURD_MS;
  /** What the PC's clock says, and no answer. */
  const byPc = (ms: number): Other => ({
    ...repeated(null),
    answers: 0,
    said: 0,
    moment: momentOf(Math.round(ms)),
    isAbsurd: false,
    isByEarlierRun: false,
  });

  /** What a deadline may be wrong by is the most that anything says. */
  const farthestMs = (times: readonly number[]): number => times.reduce((far, ms) => (Math.abs(ms - nowMs()) > Math.abs(far - nowMs()) ? ms : far));

  /**
   * Another time after what is believed was said once more. One server of several may be wrong, so they are counted against each other.
   * What an earlier run heard counts more, and not for ever: that run may have heard a wrong one. Seconds matter to nothing for long.
   */
  function lessSaid(said: Other, again: Repeated, isTogether: boolean): Other | null {
    const most = said.said === 0 ? PC_DENIED_TIMES : DENIED_TIMES - 1 + said.said;
    const isDenied = again.answers > most || Math.abs(since(said.moment) - nowMs()) <= CLOCKS_APART_MS;
    if (isDenied && !(said.isByEarlierRun && !isConfirmed(again, true))) return null;
    return isTogether ? said : { ...said, answers: Math.max(0, said.answers - 1) };
  }

  /** The least said makes room for a new one. What an earlier run heard stays. */
  function withRoom(all: readonly Other[]): readonly Other[] {
    if (all.length <= OTHERS_MOST) return all;
    const least = all.filter(({ isByEarlierRun }) => !isByEarlierRun).reduce((one, next) => (next.answers < one.answers ? next : one));
    return all.filter((one) => one !== least);
  }

  /** Nothing is deleted beside a time that is days off and was said as often as denied, or that an earlier run heard. */
  const isInTheWay = ({ isAbsurd, answers, isByEarlierRun }: Other): boolean => isAbsurd && (answers > 0 || isByEarlierRun);

  /** What of other times is in doubt still, once this one is believed. It may be no longer before what an earlier run heard. */
  const stillInDoubt = (all: readonly Other[], saidMs: number, unsureMs: number): Other[] =>
    all.flatMap((one) =>
      one.isByEarlierRun && saidMs >= since(started) - unsureMs ? [] : [{ ...one, isAbsurd: Math.abs(since(one.moment) - saidMs) >= ABSURD_MS }],
    );

  /** What was believed until another time was said oftener: one of Dojo's servers may have been in luck, so it is not forgotten at once. */
  function overthrown(was: Moment, isAbsurd: boolean): Other {
    const answers = Math.min(agreed?.answers ?? 1, AGAINST_REPEATED_ANSWERS);
    return { ...repeated(null), answers, said: answers, moment: momentOf(since(was)), isAbsurd, isByEarlierRun: false };
  }

  function believe(dojoMs: number, isCertain: boolean, tookMs: number): true {
    heard = momentOf(dojoMs);
    slowByMs = tookMs / 2;
    wasPcSet = false;
    agreed = repeated(null);
    unconfirmed = isCertain ? null : repeated(null);
    return true;
  }

  function otherTimes(): readonly number[] {
    if (heard === null) return [];
    const times = others.map(({ moment }) => since(moment));
    // Since the last answer that said what is believed the PC slept uncounted, or its clock was set: nobody can tell which.
    return mayBeSleep(heard) ? [...times, byPcSince(heard)] : times;
  }

  return {
    nowMs,
    isKnown: () => heard !== null,
    certainMs: () => (heard === null || unconfirmed !== null || others.some(isInTheWay) ? null : since(heard)),
    learn(dojoMs, startedAtMs, endedAtMs, tookMs = endedAtMs - startedAtMs) {
      // The PC slept, or its clock was set, while the request was on its way: nobody knows when in between the answer was made.
      if (tookMs < 0 || tookMs > REQUEST_MOST_MS || Math.abs(endedAtMs - startedAtMs - tookMs) > NOISE_MS) return false;
      // A header with whole seconds, made somewhere between start and end.
      const saidMs = dojoMs + 500 + tookMs / 2;
      const unsureMs = NOISE_MS + tookMs / 2;
      if (heard === null) {
        const aheadOfPcMs = saidMs - clock.nowMs();
        const isByEarlierRun = saidMs < since(started) - (unsureMs + APART_MS);
        const wentByMs = isByEarlierRun ? nowMs() : clock.nowMs();
        const wentBy: Other = { ...byPc(wentByMs), isAbsurd: isByEarlierRun && wentByMs - saidMs >= ABSURD_MS, isByEarlierRun };
        believe(Math.abs(aheadOfPcMs) <= unsureMs ? clock.nowMs() : Math.round(saidMs), Math.abs(aheadOfPcMs) < ABSURD_MS, tookMs);
        others = Math.abs(nowMs() - since(wentBy.moment)) > APART_MS ? [wentBy] : [];
        return true;
      }
      const fits = (expectedMs: number, slowMs = 0): boolean => Math.abs(saidMs - expectedMs) <= unsureMs + APART_MS + slowMs;
      // What is known already explains it: a slow answer must not blur what a quick one told, nor one server what another did.
      if (fits(since(heard), slowByMs)) {
        const again = repeatedApart(agreed);
        others = others.flatMap((one) => lessSaid(one, again, again === agreed) ?? []);
        // Its clock was set, or the PC slept as long as a wrong server is behind.
        if (mayBeSleep(heard)) others = withRoom([...others, byPc(byPcSince(heard))]);
        agreed = again;
        // Somebody may have set the PC's clock since: what it counts from now on is a sleep all the same.
        wasPcSet ||= isPcOff(heard);
        heard = { ...heard, wallMs: clock.nowMs() - (since(heard) - heard.dojoMs) };
        if (unconfirmed) unconfirmed = isConfirmed(repeated(unconfirmed), true) ? null : repeated(unconfirmed);
        // It was learnt from a slow answer, of which nobody knows how much of its time was the way there: a quick one knows better.
        const wrongByMs = Math.abs(saidMs - since(heard));
        if (slowByMs - tookMs / 2 < SLOW_MS || wrongByMs <= unsureMs) return false;
        heard = momentOf(Math.round(saidMs));
        slowByMs = tookMs / 2;
        return wrongByMs > APART_MS;
      }
      const isAbsurd = Math.abs(saidMs - since(heard)) >= ABSURD_MS;
      // The PC's clock has counted the same: it slept, and the monotonic clock stood still. A sleep goes only forwards, and is in the count since boot.
      const mayHaveSlept = clock.sinceBootMs === undefined && saidMs > since(heard);
      if (!isAbsurd && mayHaveSlept && fits(byPcSince(heard))) {
        // What was in doubt before the sleep is as much later too. Or somebody has set the clock by as much as a wrong server is ahead.
        const unslept = byPc(since(heard));
        others = withRoom([...others.map((one) => ({ ...one, moment: momentOf(byPcSince(one.moment)) })), unslept]);
        return believe(Math.round(saidMs), true, tookMs);
      }
      const before = others.find(({ moment }) => fits(since(moment))) ?? null;
      const rest = others.filter((one) => one !== before);
      const other: Other = {
        ...repeated(before?.answers === 0 ? null : before),
        said: (before?.said ?? 0) + 1,
        moment: before?.moment ?? momentOf(Math.round(saidMs)),
        isAbsurd,
        isByEarlierRun: before?.isByEarlierRun ?? false,
      };
      others = withRoom([...rest, other]);
      // Not where what was believed until now was borne out as well, nor by a PC's clock that was set since: it can jump.
      const mayBear = (!isAbsurd || unconfirmed !== null) && !wasPcSet && !isPcOff(heard);
      const isBorneOut = fits(clock.nowMs()) && mayBear && other.answers >= BORNE_OUT_ANSWERS;
      const isSaidOften = isConfirmed(other, isAbsurd, agreed === null ? 0 : agreed.answers - 1);
      // Days later than what Dojo said first, by two answers and the PC's clock: too little to delete something by.
      if (!isSaidOften && !isBorneOut) return false;
      const was = overthrown(heard, isAbsurd);
      others = withRoom([...stillInDoubt(rest, saidMs, unsureMs + APART_MS), ...(isBorneOut ? [] : [was])]);
      return believe(Math.round(saidMs), isSaidOften || !isAbsurd || saidMs < since(heard), tookMs);
    },
    otherwiseMs() {
      const times = otherTimes();
      return times.length === 0 ? null : farthestMs(times);
    },
    latestMs: () => Math.max(nowMs(), ...otherTimes()),
    isRepeated: () => agreed !== null && agreed.answers > PC_DENIED_TIMES,
    aheadMs: () => clock.nowMs() - nowMs(),
  };
}
