import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closingsAround, weekdayTime } from '../../../main/core/day/day.ts';
import { endingInWords, type OpenHold, planWarnings, type Warned, type WarningSetting } from '../../../main/core/holds/hold-warnings.ts';
import { HOUR_MS, LONDON } from '../../builders.ts';

const at = (iso: string) => Date.parse(iso);
/** A Friday in London, in winter: UTC. */
const NOW = at('2026-11-20T12:00Z');
const WEEK_MS = 7 * 24 * HOUR_MS;

/** A week’s hold of £42.00 that ends in so many hours. */
const aHold = (endsInH: number, differs: Partial<OpenHold> = {}): OpenHold => {
  const endsAtMs = NOW + endsInH * HOUR_MS;
  return {
    paymentId: 'pi_1',
    reference: 'Room 12',
    currency: 'GBP',
    leftMinor: 4200,
    standingMinor: 0,
    heldAtMs: endsAtMs - WEEK_MS,
    endsAtMs,
    action: 'Release',
    ...differs,
  };
};
const setting = (differs: Partial<WarningSetting> = {}): WarningSetting => ({
  nowMs: NOW,
  zone: LONDON,
  dayStartMinutes: 0,
  isOn: true,
  closingMinutes: null,
  ...differs,
});
const plan = (holds: readonly OpenHold[], differs: Partial<WarningSetting> = {}, warned: Warned = {}) => planWarnings(holds, setting(differs), warned);

describe('a hold about to end', () => {
  it.each<readonly [string, OpenHold, string | null, readonly string[] | undefined]>([
    ['three days before', aHold(72), null, undefined],
    ['just over 48 h before', aHold(48.01), null, undefined],
    ['48 h before', aHold(48), 'A hold ends within 48 h', ['48 h']],
    ['25 h before', aHold(25), 'A hold ends within 48 h', ['48 h']],
    ['24 h before, told of neither', aHold(24), 'A hold ends within 24 h', ['24 h', '48 h']],
    ['an hour before', aHold(1), 'A hold ends within 24 h', ['24 h', '48 h']],
    ['once it is over', aHold(0), null, undefined],
    ['with nothing left to capture', aHold(1, { leftMinor: 0 }), null, undefined],
    ['captured by itself, 48 h before', aHold(48, { action: 'Capture' }), null, undefined],
    ['captured by itself, 24 h before', aHold(24, { action: 'Capture' }), 'A hold ends within 24 h', ['24 h']],
    ['a two days’ hold, at once', aHold(48, { heldAtMs: NOW }), null, undefined],
    ['a two days’ hold, 24 h before', aHold(24, { heldAtMs: NOW - 24 * HOUR_MS }), 'A hold ends within 24 h', ['24 h']],
    ['a day’s hold, at once', aHold(24, { heldAtMs: NOW }), null, undefined],
    ['a day’s hold, half over', aHold(12, { heldAtMs: NOW - 12 * HOUR_MS }), 'A hold ends within 24 h', ['24 h']],
  ])('%s', (_, hold, title, told) => {
    const { warning, warned } = plan([hold]);
    expect({ title: warning?.title ?? null, told: warned.pi_1 }).toEqual({ title, told });
  });

  it('is told of once at each mark, also by a till that starts again and knows only what was kept', () => {
    const told: string[] = [];
    let warned: Warned = {};
    const hold = aHold(60);
    for (let hour = 0; hour < 70; hour += 0.25) {
      const kept = JSON.parse(JSON.stringify(warned)) as Warned;
      const planned = plan([hold], { nowMs: NOW + hour * HOUR_MS }, kept);
      if (planned.warning) told.push(`${hour} h: ${planned.warning.title}`);
      warned = planned.warned;
    }
    expect(told).toEqual(['12 h: A hold ends within 48 h', '36 h: A hold ends within 24 h']);
  });

  it('says what of it was decided and is not on its way', () => {
    const standing = aHold(20, { standingMinor: 4200 });
    const said = '£42.00 of that was decided here, and is not captured yet.';
    expect(plan([standing]).warning?.body).toContain(said);
    expect(endingInWords([standing, aHold(20, { paymentId: 'pi_2', leftMinor: 100 })], NOW)).toBe(
      `2 holds end within 24 h: £43.00 is lost unless captured. ${said}`,
    );
    expect(endingInWords([aHold(20)], NOW)).not.toContain('decided here');
  });

  it('is told of when its take is withdrawn again, and not twice because it was promised in between', () => {
    const promised = plan([aHold(20, { leftMinor: 0 })]);
    expect(promised.warning).toBeNull();
    const withdrawn = plan([aHold(20)], {}, promised.warned);
    expect(withdrawn.warning).not.toBeNull();
    const again = plan([aHold(20, { leftMinor: 0 })], {}, withdrawn.warned);
    expect(plan([aHold(20)], {}, again.warned).warning).toBeNull();
  });

  it('is not told of while warnings are off', () => {
    expect(plan([aHold(1)], { isOn: false, closingMinutes: 720 })).toEqual({ warning: null, warned: {} });
  });

  it.each([
    ['24 h', aHold(60), { nowMs: NOW + 40 * HOUR_MS }, { nowMs: NOW + 37 * HOUR_MS }, 'A hold ends within 24 h'],
    ['48 h', aHold(60), { nowMs: NOW + 20 * HOUR_MS }, { nowMs: NOW + 13 * HOUR_MS }, 'A hold ends within 48 h'],
    [
      'closing 2026-11-20',
      aHold(160),
      { nowMs: NOW + 6 * HOUR_MS, closingMinutes: 17 * 60 },
      { nowMs: NOW + 5 * HOUR_MS, closingMinutes: 17 * 60 },
      'Closing time: a hold is still to capture',
    ],
  ])('told too early at its mark %s by a clock that was ahead is told again when the time comes', (mark, hold, ahead, due, title) => {
    const { warned } = plan([hold], ahead);
    expect(warned.pi_1).toContain(mark);
    // The clock is put right: it is noon on the 20th.
    const right = plan([hold], { ...ahead, nowMs: NOW }, warned);
    expect(right).toEqual({ warning: null, warned: {} });
    const later = plan([hold], due, right.warned);
    expect(later.warning?.title).toBe(title);
    expect(plan([hold], due, later.warned).warning).toBeNull();
  });

  it('told a moment too early is not told again', () => {
    const { warned } = plan([aHold(48)]);
    expect(plan([aHold(48)], { nowMs: NOW - 5 * 60_000 }, warned)).toEqual({ warning: null, warned });
  });

  it('that is gone is forgotten', () => {
    expect(plan([aHold(40)], {}, { pi_1: ['48 h'], pi_gone: ['24 h', '48 h'] })).toEqual({ warning: null, warned: { pi_1: ['48 h'] } });
  });

  it('with no news leaves what was told as it was: nothing is written', () => {
    const warned = { pi_1: ['24 h', '48 h'] };
    expect(plan([aHold(20)], {}, warned).warned).toBe(warned);
  });
});

describe('many holds at once', () => {
  const many = [
    aHold(40, { paymentId: 'a', leftMinor: 1000 }),
    aHold(20, { paymentId: 'b', leftMinor: 2000 }),
    aHold(22, { paymentId: 'c', leftMinor: 500, currency: 'EUR' }),
    aHold(2, { paymentId: 'd', leftMinor: 7000, action: 'Capture' }),
    aHold(3, { paymentId: 'e', leftMinor: 300, action: null }),
    aHold(100, { paymentId: 'later' }),
  ];

  it('make one warning, with their number, their sums by what becomes of them, and the first end', () => {
    expect(plan(many).warning).toEqual({
      title: '5 holds end within 48 h',
      body: '£30.00 and €5.00 is lost unless captured, £3.00 may be lost unless captured (Dojo does not say), £70.00 is captured in full by itself. The first ends Friday 14:00.',
    });
  });

  it('of which most were told of before make one about the new ones alone', () => {
    const { warned } = plan(many.slice(0, 4));
    expect(plan(many, {}, warned).warning).toEqual({
      title: 'A hold ends within 24 h',
      body: 'Room 12: £3.00 may be lost unless captured (Dojo does not say). It ends Friday 15:00.',
    });
  });

  it('taken by themselves are never called lost', () => {
    const { warning } = plan([aHold(2, { action: 'Capture' })]);
    expect(warning?.body).toBe('Room 12: £42.00 is captured in full by itself. It ends Friday 14:00.');
  });
});

describe('closing time', () => {
  const SIX_PM = 18 * 60;
  const closed = (minutesLater = 0) => ({ nowMs: at('2026-11-20T18:00Z') + minutesLater * 60_000, closingMinutes: SIX_PM });
  const ofToday = aHold(24 * 6, { heldAtMs: at('2026-11-20T10:00Z') });

  it.each<readonly [string, OpenHold, Partial<WarningSetting>, boolean]>([
    ['a hold of today', ofToday, closed(), true],
    ['a hold of today, a minute before', ofToday, closed(-1), false],
    ['a hold of today, on a PC that slept for an hour', ofToday, closed(60), true],
    ['a hold of today, two hours later', ofToday, closed(120), false],
    ['a hold of today, where there is no closing time', ofToday, { ...closed(), closingMinutes: null }, false],
    ['a hold made after closing', { ...ofToday, heldAtMs: at('2026-11-20T18:00Z') }, closed(10), false],
    ['a hold of today that is captured by itself', { ...ofToday, action: 'Capture' }, closed(), false],
    ['yesterday’s hold, days before its end', aHold(24 * 5, { heldAtMs: at('2026-11-19T10:00Z') }), closed(), false],
    ['a hold that ends before the next closing', aHold(29, { heldAtMs: at('2026-11-15T10:00Z') }), closed(), true],
  ])('%s', (_, hold, differs, isTold) => {
    const { warned } = plan([hold], differs, { pi_1: ['24 h', '48 h'] });
    expect(warned.pi_1?.includes('closing 2026-11-20') ?? false).toBe(isTold);
  });

  it('says how much is held, and what of it ends before the next one', () => {
    const ending = aHold(29, { paymentId: 'pi_2', leftMinor: 1000 });
    const { warning, warned } = plan([ofToday, ending], closed());
    expect(warning).toEqual({
      title: 'Closing time: 2 holds are still to capture',
      body: '£52.00 is on hold. Before you close again £10.00 is lost unless captured.',
    });
    expect(plan([ofToday, ending], closed(20), warned).warning).toBeNull();
  });

  it('says so where nothing ends before the next one', () => {
    expect(plan([ofToday], closed()).warning).toEqual({
      title: 'Closing time: a hold is still to capture',
      body: 'Room 12: £42.00 is on hold. None of it ends before you close again.',
    });
  });

  it('comes again on the last day of a hold, for it is another closing', () => {
    const { warned } = plan([ofToday], closed());
    const lastDay = { nowMs: at('2026-11-25T18:00Z'), closingMinutes: SIX_PM };
    expect(plan([{ ...ofToday, endsAtMs: at('2026-11-26T12:00Z') }], lastDay, warned).warning?.title).toContain('Closing time');
  });
});

describe('the closings around an instant', () => {
  const around = (iso: string, zone: string, dayStart: number, closing: number) => {
    const { last, nextAtMs } = closingsAround(at(iso), zone, dayStart, closing);
    return [new Date(last.atMs).toISOString().slice(0, 16), last.day.date, new Date(nextAtMs).toISOString().slice(0, 16)];
  };
  it.each([
    ['before closing', '2026-11-20T17:59Z', LONDON, 0, 1080, ['2026-11-19T18:00', '2026-11-19', '2026-11-20T18:00']],
    ['at closing', '2026-11-20T18:00Z', LONDON, 0, 1080, ['2026-11-20T18:00', '2026-11-20', '2026-11-21T18:00']],
    ['just after midnight', '2026-11-21T00:30Z', LONDON, 0, 1080, ['2026-11-20T18:00', '2026-11-20', '2026-11-21T18:00']],
    ['a shop that closes at midnight', '2026-11-21T00:00Z', LONDON, 0, 0, ['2026-11-21T00:00', '2026-11-20', '2026-11-22T00:00']],
    ['a bar from 05:00 to 02:00, at 01:59', '2026-11-21T01:59Z', LONDON, 300, 120, ['2026-11-20T02:00', '2026-11-19', '2026-11-21T02:00']],
    ['a bar from 05:00 to 02:00, at 02:00', '2026-11-21T02:00Z', LONDON, 300, 120, ['2026-11-21T02:00', '2026-11-20', '2026-11-22T02:00']],
    ['summer time begins between two closings', '2026-03-28T18:00Z', LONDON, 0, 1080, ['2026-03-28T18:00', '2026-03-28', '2026-03-29T17:00']],
    ['summer time ends between two closings', '2026-10-24T17:00Z', LONDON, 0, 1080, ['2026-10-24T17:00', '2026-10-24', '2026-10-25T18:00']],
    // 01:30 does not exist on 29 March: the bar closes an hour later by the wall clock.
    ['a closing that the clocks skip', '2026-03-29T01:30Z', LONDON, 300, 90, ['2026-03-29T01:30', '2026-03-28', '2026-03-30T00:30']],
    // 01:30 comes twice on 25 October: the first counts.
    ['a closing that comes twice', '2026-10-25T01:00Z', LONDON, 300, 90, ['2026-10-25T00:30', '2026-10-24', '2026-10-26T01:30']],
  ] as const)('%s', (_, iso, zone, dayStart, closing, expected) => {
    expect(around(iso, zone, dayStart, closing)).toEqual(expected);
  });

  it('always has the instant between them, and the closed day before the last', () => {
    const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Beirut', 'Australia/Lord_Howe', 'Pacific/Kiritimati');
    const minutes = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-01-01T00:00Z') }), zones, minutes, minutes, (nowMs, zone, dayStart, closing) => {
        const { last, nextAtMs } = closingsAround(nowMs, zone, dayStart, closing);
        // A clock that is put back or forward may hold an hour of a closing on either side.
        expect(last.atMs).toBeLessThanOrEqual(nowMs + HOUR_MS);
        expect(nextAtMs).toBeGreaterThan(nowMs - HOUR_MS);
        expect(nextAtMs - last.atMs).toBeGreaterThanOrEqual(22 * HOUR_MS);
        expect(nextAtMs - last.atMs).toBeLessThanOrEqual(26 * HOUR_MS);
        expect(last.day.startMs).toBeLessThanOrEqual(last.atMs);
      }),
      { numRuns: 400 },
    );
  });

  it('are said by weekday', () => {
    expect(weekdayTime(at('2026-11-22T23:30Z'), LONDON)).toBe('Sunday 23:30');
    expect(weekdayTime(at('2026-11-22T23:30Z'), 'Asia/Kolkata')).toBe('Monday 05:00');
  });
});

describe('what the page says of the last 24 hours', () => {
  it.each<readonly [string, readonly OpenHold[], string | null]>([
    ['one hold', [aHold(24)], '1 hold ends within 24 h: £42.00 is lost unless captured.'],
    ['two holds', [aHold(24), aHold(1)], '2 holds end within 24 h: £84.00 is lost unless captured.'],
    ['a hold that ends later', [aHold(24.1)], null],
    ['a hold that has ended', [aHold(0)], null],
    ['a hold that is captured by itself', [aHold(1, { action: 'Capture' })], null],
    ['a hold that is promised', [aHold(1, { leftMinor: 0 })], null],
    ['no hold', [], null],
  ])('%s', (_, holds, words) => {
    expect(endingInWords(holds, NOW)).toBe(words);
  });
});

describe('at closing time', () => {
  const CLOSED = at('2026-11-20T22:00Z');
  const closing = (hold: OpenHold, afterMs = 0) => plan([hold], { nowMs: CLOSED + afterMs, closingMinutes: 22 * 60 }).warned.pi_1;
  const until = (heldAtMs: number, endsAtMs: number, differs: Partial<OpenHold> = {}) => aHold(0, { heldAtMs, endsAtMs, ...differs });
  const FAR = CLOSED + WEEK_MS;
  const ofToday = at('2026-11-20T00:00Z');
  it.each<readonly [string, OpenHold, number, boolean]>([
    ['a hold of the day’s first moment', until(ofToday, FAR), 0, true],
    ['one of the day before that ends later than the next closing', until(ofToday - 1, CLOSED + 24 * HOUR_MS + 1), 0, false],
    ['one of the day before that ends at the next closing', until(ofToday - 1, CLOSED + 24 * HOUR_MS), 0, true],
    ['one that is captured by itself', until(ofToday, FAR, { action: 'Capture' }), 0, false],
    ['one made at closing time', until(CLOSED, FAR), 0, false],
    ['just within two hours after it', until(ofToday, FAR), 2 * HOUR_MS - 1, true],
    ['two hours after it', until(ofToday, FAR), 2 * HOUR_MS, false],
  ])('%s is told of: $3', (_, hold, afterMs, isTold) => {
    expect(closing(hold, afterMs)?.includes('closing 2026-11-20') ?? false).toBe(isTold);
  });

  it('the title is that of closing time only where something is told for that', () => {
    const title = (hold: OpenHold, closingMinutes: number | null) => plan([hold], { nowMs: CLOSED, closingMinutes }).warning?.title;
    expect(title(until(ofToday, FAR), 22 * 60)).toBe('Closing time: a hold is still to capture');
    expect(title(until(CLOSED - WEEK_MS + 47 * HOUR_MS, CLOSED + 47 * HOUR_MS), 22 * 60)).toBe('A hold ends within 48 h');
    expect(title(until(CLOSED - WEEK_MS + HOUR_MS, CLOSED + HOUR_MS, { action: 'Capture' }), 22 * 60)).toBe('A hold ends within 24 h');
  });
});

it('what was told at a closing time stays told where the shop no longer names one', () => {
  const warned = { pi_1: ['closing 2026-11-19'] };
  expect(plan([aHold(100)], { closingMinutes: null }, warned).warned).toBe(warned);
});
