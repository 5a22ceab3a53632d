/// <reference lib="esnext.temporal" />
// Temporal is part of the language; a host that lacks it gets a polyfill at its composition root, never here.
import { minuteUpMs } from './minute-up.ts';

/** A date as yyyy-mm-dd. */
export type IsoDate = string;
export type DaySpan = Readonly<{ date: IsoDate; startMs: number; endMs: number }>;

const MINUTES_MAX = 24 * 60 - 1;

/** The zone's own name if the host knows it, else null. */
export function knownZone(zone: string): string | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return null;
  }
}

/** Two names of one zone, as Europe/London and GB are. Both are known. */
export function isSameZone(one: string, other: string): boolean {
  if (one === other) return true;
  const begin = Temporal.Instant.fromEpochMilliseconds(0);
  return begin.toZonedDateTimeISO(one).equals(begin.toZonedDateTimeISO(other));
}

/** The last few days that were asked for: thousands of payments share a handful of days, and zone arithmetic is slow. */
const DAYS_REMEMBERED = 16;
const remembered: { key: string; span: DaySpan }[] = [];

/** Looks a day up before working it out; the answer is the same either way. */
function remember(key: string, atMs: number, work: () => DaySpan): DaySpan {
  const known = remembered.find((day) => day.key === key && atMs >= day.span.startMs && atMs < day.span.endMs);
  if (known) return known.span;
  const span = work();
  remembered.unshift({ key, span });
  remembered.length = Math.min(remembered.length, DAYS_REMEMBERED);
  return span;
}

/** The calendar day in the shop's zone that holds an instant. `endMs` is the next midnight, 23 to 25 hours later on DST days. */
export const calendarDay = (atMs: number, zone: string): DaySpan =>
  remember(zone, atMs, () => {
    const date = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainDate();
    return {
      date: date.toString(),
      startMs: date.toZonedDateTime(zone).epochMilliseconds,
      endMs: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
    };
  });

/** When the shop's wall clock shows so many minutes after midnight, whatever DST does that day. */
function atWallTime(date: Temporal.PlainDate, zone: string, minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > MINUTES_MAX) throw new Error(`expected 0 to ${MINUTES_MAX} minutes, got ${minutes}`);
  const wall = new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60);
  return date.toZonedDateTime({ timeZone: zone, plainTime: wall }).epochMilliseconds;
}

/** The trading day named by a date: from its start to the start of the next. */
export function tradingDayOf(date: IsoDate, zone: string, dayStartMinutes: number): DaySpan {
  const plain = Temporal.PlainDate.from(date);
  return { date: plain.toString(), startMs: atWallTime(plain, zone, dayStartMinutes), endMs: atWallTime(plain.add({ days: 1 }), zone, dayStartMinutes) };
}

/** The trading day that holds an instant: before the day's start it is still yesterday's trade. */
export const tradingDay = (atMs: number, zone: string, dayStartMinutes: number): DaySpan =>
  remember(`${zone} ${dayStartMinutes}`, atMs, () => {
    let date = Temporal.PlainDate.from(calendarDay(atMs, zone).date);
    // More than one step back only where a zone skipped a whole date (Apia, 30 December 2011): that day is empty.
    while (atMs < atWallTime(date, zone, dayStartMinutes)) date = date.subtract({ days: 1 });
    return tradingDayOf(date.toString(), zone, dayStartMinutes);
  });

export type Closings = Readonly<{ last: Readonly<{ atMs: number; day: DaySpan }>; nextAtMs: number }>;

/**
 * The closing time before an instant, with the trading day it closed, and the one after it. A closing time at or before the start
 * of the trading day is the next morning's: a bar that trades from 05:00 may close at 02:00.
 */
export function closingsAround(atMs: number, zone: string, dayStartMinutes: number, closingMinutes: number): Closings {
  const closingOf = (date: Temporal.PlainDate) => atWallTime(closingMinutes > dayStartMinutes ? date : date.add({ days: 1 }), zone, closingMinutes);
  const today = Temporal.PlainDate.from(tradingDay(atMs, zone, dayStartMinutes).date);
  const last = closingOf(today) <= atMs ? today : today.subtract({ days: 1 });
  return {
    last: { atMs: closingOf(last), day: tradingDayOf(last.toString(), zone, dayStartMinutes) },
    nextAtMs: closingOf(last.add({ days: 1 })),
  };
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** "Thursday 14:32": an instant of the next days on the shop's wall clock. */
export function weekdayTime(atMs: number, zone: string): string {
  const { dayOfWeek } = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  return `${WEEKDAYS[dayOfWeek - 1]} ${wallTime(atMs, zone)}`;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
/** Of days no farther off than this the weekday alone says which one it is. */
const WEEKDAY_TELLS_MS = 6 * 86_400_000;

/** "14:32" where that is of the calendar day of `nowMs`; "Thursday 14:32" of the days around it; else "7 December 14:32". */
export function wallMoment(atMs: number, nowMs: number, zone: string): string {
  if (calendarDay(atMs, zone).date === calendarDay(nowMs, zone).date) return wallTime(atMs, zone);
  if (Math.abs(atMs - nowMs) <= WEEKDAY_TELLS_MS) return weekdayTime(atMs, zone);
  const { day, month } = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  return `${day} ${MONTHS[month - 1]} ${wallTime(atMs, zone)}`;
}

/** "14:32" on the shop's wall clock. */
export const wallTime = (atMs: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });

/** The same of what ends at that instant. */
export const wallTimeUp = (untilMs: number, zone: string): string => wallTime(minuteUpMs(untilMs), zone);

export const isIsoDate = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
};
