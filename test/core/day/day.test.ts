import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDay, isIsoDate, isSameZone, knownZone, tradingDay, tradingDayOf, wallMoment, wallTime } from '../../../main/core/day/day.ts';
import { HOUR_MS } from '../../builders.ts';

const at = (iso: string) => Date.parse(iso);
const hours = (span: { startMs: number; endMs: number }) => (span.endMs - span.startMs) / HOUR_MS;

describe('the calendar day', () => {
  it.each([
    ['Europe/London', '2026-03-29', '2026-03-29T00:00Z', 23],
    ['Europe/London', '2026-06-15', '2026-06-14T23:00Z', 24],
    ['Europe/London', '2026-10-25', '2026-10-24T23:00Z', 25],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00Z', 23],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00Z', 25],
    ['Asia/Kolkata', '2026-03-29', '2026-03-28T18:30Z', 24],
    ['Pacific/Apia', '2026-06-15', '2026-06-14T11:00Z', 24],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00Z', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30Z', 23.5],
  ])('in %s on %s starts at %s and has %f hours', (zone, date, start, length) => {
    const day = calendarDay(at(start), zone);
    expect(day).toMatchObject({ date, startMs: at(start) });
    expect(hours(day)).toBe(length);
    expect(calendarDay(day.endMs - 1, zone)).toEqual(day);
    expect(calendarDay(day.startMs - 1, zone).endMs).toBe(day.startMs);
  });

  it('starts after midnight where the clocks go forward at midnight', () => {
    // Beirut skips 00:00 to 01:00 on 29 March 2026.
    const day = calendarDay(at('2026-03-29T12:00Z'), 'Asia/Beirut');
    expect({ date: day.date, start: wallTime(day.startMs, 'Asia/Beirut'), hours: hours(day) }).toEqual({ date: '2026-03-29', start: '01:00', hours: 23 });
  });
});

describe('the trading day', () => {
  it.each([
    // [zone, start in minutes, instant, its trading day, that day's start, its hours]
    ['Europe/London', 0, '2026-06-14T23:00Z', '2026-06-15', '2026-06-14T23:00Z', 24],
    ['Europe/London', 240, '2026-06-15T02:59Z', '2026-06-14', '2026-06-14T03:00Z', 24],
    ['Europe/London', 240, '2026-06-15T03:00Z', '2026-06-15', '2026-06-15T03:00Z', 24],
    ['Europe/London', 240, '2026-03-29T02:30Z', '2026-03-28', '2026-03-28T04:00Z', 23],
    ['Europe/London', 240, '2026-10-25T03:59Z', '2026-10-24', '2026-10-24T03:00Z', 25],
    // 01:30 does not exist on 29 March: the day starts at 02:30 by the wall clock, 01:30 UTC.
    ['Europe/London', 90, '2026-03-29T01:29Z', '2026-03-28', '2026-03-28T01:30Z', 24],
    ['Europe/London', 90, '2026-03-29T01:30Z', '2026-03-29', '2026-03-29T01:30Z', 23],
    // 01:30 comes twice on 25 October: the day starts at the first.
    ['Europe/London', 90, '2026-10-25T00:30Z', '2026-10-25', '2026-10-25T00:30Z', 25],
    ['America/New_York', 240, '2026-11-01T08:30Z', '2026-10-31', '2026-10-31T08:00Z', 25],
    ['Asia/Kolkata', 240, '2026-06-14T22:29Z', '2026-06-14', '2026-06-13T22:30Z', 24],
    ['Pacific/Apia', 240, '2026-06-14T15:00Z', '2026-06-15', '2026-06-14T15:00Z', 24],
    ['Australia/Lord_Howe', 105, '2026-04-04T15:00Z', '2026-04-05', '2026-04-04T14:45Z', 24.5],
    ['Europe/London', 1439, '2026-06-15T22:58Z', '2026-06-14', '2026-06-14T22:59Z', 24],
    // Samoa had no 30 December 2011: that trading day is empty.
    ['Pacific/Apia', 240, '2011-12-30T13:59Z', '2011-12-29', '2011-12-29T14:00Z', 24],
    ['Pacific/Apia', 240, '2011-12-30T14:00Z', '2011-12-31', '2011-12-30T14:00Z', 24],
  ])('in %s from minute %i, %s is of %s, which starts at %s and has %f hours', (zone, startMinutes, instant, date, start, length) => {
    const day = tradingDay(at(instant), zone, startMinutes);
    expect({ date: day.date, start: new Date(day.startMs).toISOString(), hours: hours(day) }).toEqual({
      date,
      start: new Date(start).toISOString(),
      hours: length,
    });
  });

  it('is the same day by its name as by an instant in it', () => {
    expect(tradingDayOf('2026-03-29', 'Europe/London', 240)).toEqual(tradingDay(at('2026-03-29T12:00Z'), 'Europe/London', 240));
  });

  const zones = [
    'Europe/London',
    'Europe/Dublin',
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Apia',
    'Australia/Lord_Howe',
    'Asia/Beirut',
    'America/Havana',
    'UTC',
  ];
  const place = fc.record({
    zone: fc.constantFrom(...zones),
    startMinutes: fc.oneof(fc.constantFrom(0, 60, 90, 120, 150, 240, 1439), fc.integer({ min: 0, max: 1439 })),
  });
  const anyInstant = fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2032-01-01T00:00Z') });
  // Near the changes of the clocks most things go wrong: hours around the last Sundays of March and October.
  const nearChange = fc
    .tuple(
      fc.constantFrom('2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-04-04T15:00Z'),
      fc.integer({ min: -30 * HOUR_MS, max: 30 * HOUR_MS }),
    )
    .map(([iso, offsetMs]) => at(iso) + offsetMs);

  it('holds every instant in exactly one day; days tile without gap or overlap, 23 to 25 hours long', () => {
    fc.assert(
      fc.property(place, fc.oneof(anyInstant, nearChange), ({ zone, startMinutes }, instant) => {
        const day = tradingDay(instant, zone, startMinutes);
        expect(day.startMs).toBeLessThanOrEqual(instant);
        expect(day.endMs).toBeGreaterThan(instant);
        expect(hours(day)).toBeGreaterThanOrEqual(23);
        expect(hours(day)).toBeLessThanOrEqual(25);
        expect(tradingDay(day.startMs, zone, startMinutes)).toEqual(day);
        expect(tradingDay(day.endMs - 1, zone, startMinutes)).toEqual(day);
        expect(tradingDay(day.startMs - 1, zone, startMinutes).endMs).toBe(day.startMs);
        expect(tradingDay(day.endMs, zone, startMinutes).startMs).toBe(day.endMs);
      }),
      { numRuns: 300 },
    );
  });

  it.each([-1, 1440, 0.5, Number.NaN])('cannot start at minute %s', (minutes) => {
    expect(() => tradingDay(at('2026-06-15T12:00Z'), 'Europe/London', minutes)).toThrow('minutes');
  });
});

describe('names of zones and dates', () => {
  it.each([
    ['Europe/London', 'Europe/London'],
    ['Mars/Olympus', null],
    ['', null],
  ])('%s is known as %s', (zone, known) => expect(knownZone(zone)).toBe(known));

  it.each([
    ['2026-06-15', true],
    ['2026-02-29', false],
    ['2026-6-1', false],
    ['2026-06-15T12:00', false],
    ['today', false],
  ])('%s is a date: %s', (text, is) => expect(isIsoDate(text)).toBe(is));

  it.each([
    ['2026-06-15T13:32:59.999Z', 'Europe/London', '14:32'],
    ['2026-01-15T00:05Z', 'Europe/London', '00:05'],
    ['2026-06-15T18:30Z', 'Asia/Kolkata', '00:00'],
  ])('%s on the wall in %s is %s', (instant, zone, shown) => expect(wallTime(at(instant), zone)).toBe(shown));

  it.each([
    ['2026-06-15T00:00:00Z', '01:00'],
    ['2026-06-15T22:59:00Z', '23:59'],
    ['2026-06-15T23:00:00Z', 'Tuesday 00:00'],
    ['2026-06-09T11:00:00Z', 'Tuesday 12:00'],
    ['2026-06-09T10:59:59Z', '9 June 11:59'],
    ['2026-12-07T21:09:00Z', '7 December 21:09'],
  ])('%s, seen from noon of Monday 15 June, is %s', (instant, shown) =>
    expect(wallMoment(at(instant), at('2026-06-15T11:00:00Z'), 'Europe/London')).toBe(shown),
  );
});

it.each([
  ['Europe/London', 'GB', true],
  ['Europe/London', 'Europe/London', true],
  ['Europe/London', 'Europe/Dublin', false],
  ['Europe/London', 'UTC', false],
])('%s and %s are one zone: %s', (one, other, are) => expect(isSameZone(one, other)).toBe(are));
