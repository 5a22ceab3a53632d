import { describe, expect, test } from 'vitest';
import { ok } from '../../main/core/result.ts';
import { TRAINING_PACE } from '../../main/sync/poller.ts';
import { aHold, anUnpaid, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../builders.ts';
import { aReader, fails, NO_LINE, refusedWith } from './a-reader.ts';

/** In London noon of that summer day is 11:00 UTC. */
const MIDNIGHT_MS = NOON_MS - 12 * HOUR_MS;

describe('a full reading', () => {
  test('asks for the day and for the holds, takes over each page, and tells how it went', async () => {
    const shop = aReader();
    const [hold, sale] = [aHold(), aPayment()];
    shop.answers.search = ({ statuses }) => ok(statuses ? [[hold]] : [[sale], [hold]]);
    const read = shop.reader.readDay();
    expect(shop.told).toEqual(['begins']);
    await shop.settle();
    expect(await read).toEqual(ok(null));
    expect(shop.asked).toEqual([
      { at: 0, what: 'search', query: { startMs: MIDNIGHT_MS } },
      { at: 0, what: 'search', query: { statuses: ['Authorized'], startMs: NOON_MS - 8 * DAY_MS } },
    ]);
    expect(shop.kept.flat().sort()).toEqual([hold.id, hold.id, sale.id].sort());
    expect(shop.told).toEqual(['begins', 'ends', 'read']);
    expect(shop.readings).toEqual([{ odd: 0, full: true }]);
    expect(shop.failures).toEqual([]);
  });

  test('is of the trading day, in the shop’s zone', async () => {
    const shop = aReader([], { zone: () => 'Pacific/Auckland', dayStartMinutes: () => 6 * 60 });
    await shop.reader.readDay();
    // 23:00 in Auckland: its day began there at 06:00, at 18:00 UTC of the day before.
    expect(shop.asked[0]?.query).toEqual({ startMs: NOON_MS - 17 * HOUR_MS });
  });

  test.each([
    ['with an id is one, whichever list shows it', 2, ['pi_a', 'pi_b'], 2],
    ['without one may be the same in both', 3, ['pi_a'], 3],
    ['of none is none', 0, [], 0],
  ])('an odd payment %s', async (_name, count, ids, told) => {
    const shop = aReader();
    shop.odd.of = () => ({ count, ids });
    await shop.reader.readDay();
    expect(shop.readings).toEqual([{ odd: told, full: true }]);
  });

  test('counts odd payments that only one of the lists shows', async () => {
    const shop = aReader();
    shop.odd.of = ({ statuses }) => (statuses ? { count: 3, ids: ['pi_b'] } : { count: 1, ids: ['pi_a'] });
    await shop.reader.readDay();
    // Two that are named, and two nameless ones among the holds.
    expect(shop.readings[0]?.odd).toBe(4);
  });

  test('is one, whoever asks for it meanwhile', async () => {
    const shop = aReader();
    const [first, second] = [shop.reader.readDay(), shop.reader.readDay()];
    expect(await Promise.all([first, second])).toEqual([ok(null), ok(null)]);
    expect(shop.searches()).toHaveLength(2);
    await shop.reader.readDay();
    expect(shop.searches()).toHaveLength(4);
  });

  test('looks singly at what is awaited of a day that is over, and of no other day', async () => {
    const [old, listed] = [aPayment({ createdAtMs: NOON_MS - DAY_MS }), aPayment()];
    const shop = aReader([old, listed], { awaited: () => [old.id, listed.id] });
    shop.answers.search = ({ statuses }) => ok(statuses ? [] : [[listed]]);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([old.id]);
    shop.since();
    await shop.clock.run(MINUTE_MS);
    expect(shop.searches()).not.toEqual([]);
    expect(shop.reads()).toEqual([]);
  });

  test.each([0, 1])('fails with whichever list fails (%i)', async (failing) => {
    const shop = aReader();
    shop.answers.search = (_query, nth) => (nth === failing ? fails(NO_LINE) : ok([]));
    expect(await shop.reader.readDay()).toMatchObject({ ok: false, error: NO_LINE });
    expect(shop.told).toEqual(['begins', 'ends', 'failure']);
    expect(shop.failures).toMatchObject([NO_LINE]);
  });
});

describe('between full readings', () => {
  /** One that has read the day, with what was asked so far forgotten. */
  async function underWay(...made: Parameters<typeof aReader>) {
    const shop = aReader(...made);
    await shop.reader.readDay();
    shop.since();
    shop.told.length = 0;
    return shop;
  }

  test('light ones come at the shop’s pace: what is not settled, and what is new', async () => {
    const newest = aPayment({ createdAtMs: NOON_MS - 7 * MINUTE_MS });
    const shop = await underWay([aPayment({ createdAtMs: NOON_MS - 3 * HOUR_MS }), newest]);
    await shop.clock.run(14_999);
    expect(shop.asked).toEqual([]);
    const fresh = aHold();
    shop.answers.search = ({ statuses }) => ok(statuses ? [[fresh]] : [[newest], [fresh]]);
    await shop.clock.run(1);
    expect(shop.asked).toEqual([
      { at: 15_000, what: 'search', query: { statuses: ['Created', 'Authorized'], startMs: NOON_MS + 15_000 - 8 * DAY_MS } },
      { at: 15_000, what: 'search', query: { startMs: newest.createdAtMs - 2 * MINUTE_MS } },
    ]);
    // All that was seen is taken over in one piece.
    expect(shop.kept.at(-1)).toEqual([fresh.id, newest.id, fresh.id]);
    expect(shop.readings.at(-1)).toEqual({ odd: 0, full: false });
    expect(shop.told).toEqual(['begins', 'ends', 'read']);
    await shop.clock.run(15_000);
    expect(shop.searches().map(({ at }) => at)).toEqual([15_000, 15_000, 30_000, 30_000]);
  });

  test('a light one asks from the day’s beginning where nothing of today is known, and is not led astray by a date in the future', async () => {
    const shop = await underWay([aPayment({ createdAtMs: NOON_MS - 5 * DAY_MS }), aPayment({ createdAtMs: NOON_MS + HOUR_MS })]);
    await shop.clock.run(15_000);
    expect(shop.asked[1]?.query).toEqual({ startMs: MIDNIGHT_MS - 2 * MINUTE_MS });
  });

  test('a light one asks from what was made this very moment', async () => {
    const shop = await underWay([aPayment({ createdAtMs: NOON_MS + 15_000 })]);
    await shop.clock.run(15_000);
    expect(shop.asked[1]?.query).toEqual({ startMs: NOON_MS + 15_000 - 2 * MINUTE_MS });
  });

  test('a light one tells of odd payments too', async () => {
    const shop = await underWay();
    shop.odd.of = () => ({ count: 1, ids: ['pi_a'] });
    await shop.clock.run(15_000);
    expect(shop.readings.at(-1)).toEqual({ odd: 1, full: false });
  });

  test.each([0, 1])('a light one fails with whichever list fails (%i), and nothing of it is taken over', async (failing) => {
    const shop = await underWay();
    shop.answers.search = (_query, nth) => (nth === failing ? fails(NO_LINE) : ok([[aHold()]]));
    await shop.clock.run(15_000);
    expect(shop.told).toEqual(['begins', 'ends', 'failure']);
    expect(shop.failures).toMatchObject([NO_LINE]);
    expect(shop.kept).toEqual([]);
  });

  test('they come more rarely while nobody looks, and at once when somebody does', async () => {
    const shop = aReader();
    shop.reader.setFocused(false);
    await shop.reader.readDay();
    shop.since();
    await shop.clock.run(59_999);
    expect(shop.asked).toEqual([]);
    await shop.clock.run(1);
    expect(shop.asked).toHaveLength(2);
    await shop.clock.run(20_000);
    expect(shop.asked).toHaveLength(2);
    shop.reader.setFocused(true);
    await shop.settle();
    expect(shop.asked).toHaveLength(4);
    // Looking on is no news.
    shop.reader.setFocused(true);
    await shop.settle();
    expect(shop.asked).toHaveLength(4);
    await shop.clock.run(15_000);
    expect(shop.asked).toHaveLength(6);
  });

  test('training asks more often, whether or not somebody looks', async () => {
    const shop = await underWay([], { pace: TRAINING_PACE });
    await shop.clock.run(4_000);
    expect(shop.asked).toHaveLength(2);
    shop.reader.setFocused(false);
    await shop.clock.run(8_000);
    expect(shop.asked).toHaveLength(6);
  });

  const isFull = (shop: ReturnType<typeof aReader>) => shop.readings.at(-1)?.full;
  test('the whole day is read again after five minutes', async () => {
    const shop = await underWay();
    await shop.clock.run(5 * MINUTE_MS - 1);
    expect(shop.readings.filter(({ full }) => full)).toHaveLength(1);
    await shop.clock.run(1);
    expect(isFull(shop)).toBe(true);
    await shop.clock.run(15_000);
    expect(isFull(shop)).toBe(false);
  });

  test('a wall clock that is set back six hours changes nothing about that', async () => {
    const shop = await underWay();
    shop.apart.wallMs = -6 * HOUR_MS;
    await shop.clock.run(5 * MINUTE_MS);
    expect(shop.readings.filter(({ full }) => full)).toHaveLength(2);
  });

  test('nor does a monotonic clock that stood still while the PC slept', async () => {
    const shop = await underWay();
    shop.apart.stillMs = 5 * MINUTE_MS;
    shop.apart.wallMs = 5 * MINUTE_MS;
    shop.reader.hurry();
    await shop.settle();
    expect(isFull(shop)).toBe(true);
  });

  test('a new trading day is read whole at once', async () => {
    const shop = await underWay();
    shop.apart.wallMs = 12 * HOUR_MS + MINUTE_MS;
    // Only the corrected clock says which day it is; the full reading of before counts for the day that it was of.
    shop.apart.stillMs = -1;
    await shop.clock.run(15_000);
    expect(isFull(shop)).toBe(true);
    expect(shop.asked[0]?.query).toEqual({ startMs: MIDNIGHT_MS + DAY_MS });
  });

  test('a new trading day is read whole even where the last full reading was a moment ago', async () => {
    let dayStartMinutes = 0;
    const shop = await underWay([], { dayStartMinutes: () => dayStartMinutes });
    dayStartMinutes = 11 * 60;
    await shop.clock.run(15_000);
    expect(isFull(shop)).toBe(true);
    await shop.clock.run(15_000);
    expect(isFull(shop)).toBe(false);
  });

  test('whoever wants the whole day while a light one is under way gets a full one after it', async () => {
    const shop = await underWay();
    const light = Promise.withResolvers<void>();
    shop.answers.search = async () => {
      await light.promise;
      return ok([]);
    };
    await shop.clock.run(15_000);
    expect(shop.asked).toHaveLength(2);
    const [one, other] = [shop.reader.readDay(), shop.reader.readDay()];
    await shop.settle();
    expect(shop.asked).toHaveLength(2);
    light.resolve();
    expect(await Promise.all([one, other])).toEqual([ok(null), ok(null)]);
    expect(shop.readings.map(({ full }) => full)).toEqual([true, false, true]);
    expect(shop.asked).toHaveLength(4);
  });

  test('whoever hurries has one at once; while one is under way that is the one', async () => {
    const shop = await underWay();
    const held = Promise.withResolvers<void>();
    shop.answers.search = async () => {
      await held.promise;
      return ok([]);
    };
    shop.reader.hurry();
    await shop.settle();
    expect(shop.asked).toHaveLength(2);
    shop.reader.hurry();
    shop.reader.setFocused(false);
    shop.reader.setFocused(true);
    await shop.settle();
    expect(shop.asked).toHaveLength(2);
    held.resolve();
    await shop.settle();
    await shop.clock.run(14_999);
    expect(shop.asked).toHaveLength(2);
    await shop.clock.run(1);
    expect(shop.asked).toHaveLength(4);
  });

  test('whoever hurries while a light one hangs makes no other follow it at once, though the whole day is due by then', async () => {
    const shop = await underWay();
    await shop.clock.run(4 * MINUTE_MS + 30_000);
    const held = Promise.withResolvers<void>();
    shop.answers.search = async () => {
      await held.promise;
      return ok([]);
    };
    shop.since();
    await shop.clock.run(30_000);
    expect(shop.asked).toHaveLength(2);
    shop.reader.hurry();
    await shop.settle();
    held.resolve();
    await shop.settle();
    await shop.clock.run(14_999);
    expect(shop.asked).toHaveLength(2);
    await shop.clock.run(1);
    expect(shop.asked).toHaveLength(4);
    expect(shop.readings.slice(-2).map(({ full }) => full)).toEqual([false, true]);
  });

  test.each([
    ['light', 15_000],
    ['full', 5 * MINUTE_MS],
  ])('where the %s one cannot read what its lists leave out, it is a good reading all the same, and asks the lists again at once', async (_, inMs) => {
    const gone = aHold();
    const shop = await underWay();
    await shop.clock.run(inMs - 15_000);
    shop.payments.set(gone.id, gone);
    const untold = aHold({ captures: null });
    shop.answers.search = () => ok([[untold]]);
    shop.answers.read = () => fails(NO_LINE);
    shop.since();
    await shop.clock.run(15_000);
    expect(shop.reads().slice(0, 2)).toEqual([untold.id, gone.id]);
    expect(shop.failures).toEqual([]);
    shop.answers.search = () => fails(NO_LINE);
    shop.reader.hurry();
    await shop.clock.run(0);
    expect(shop.failures).toMatchObject([NO_LINE]);
  });
});

describe('after a failure', () => {
  test('it is tried again, later and later, but every 15 s at least, and the whole day is read', async () => {
    const shop = aReader();
    shop.answers.search = () => fails(NO_LINE);
    await shop.reader.readDay();
    await shop.clock.run(60_000);
    const times = [...new Set(shop.searches().map(({ at }) => at))];
    // A second, and half of the growing interval's ceiling and half of what is drawn of the rest.
    expect(times).toEqual([0, 1_750, 4_250, 8_250, 15_250, 28_250, 43_250, 58_250]);
    expect(shop.searches().every(({ query }) => query?.statuses === undefined || query.statuses.length === 1)).toBe(true);
    expect(shop.failures).toHaveLength(times.length);
  });

  test('a good one ends that: the next failure is the first again', async () => {
    const shop = aReader();
    let isDown = true;
    shop.answers.search = () => (isDown ? fails(NO_LINE) : ok([]));
    await shop.reader.readDay();
    await shop.clock.run(8_250);
    isDown = false;
    await shop.clock.run(7_000);
    expect(shop.readings).toEqual([{ odd: 0, full: true }]);
    isDown = true;
    await shop.clock.run(15_000);
    const failedAt = shop.searches().at(-1)?.at ?? 0;
    shop.since();
    await shop.clock.run(1_749);
    expect(shop.asked).toEqual([]);
    await shop.clock.run(1);
    expect(shop.asked[0]?.at).toBe(failedAt + 1_750);
  });

  test.each([401, 403, 404, 409, 503])('a %i to one reading ends none of the next', async (status) => {
    const shop = aReader();
    let isRefused = true;
    shop.answers.search = () => (isRefused ? fails({ kind: status === 401 ? 'key-refused' : status === 503 ? 'unknown-outcome' : 'refused', status }) : ok([]));
    expect(await shop.reader.readDay()).toMatchObject({ ok: false, error: { status } });
    isRefused = false;
    await shop.clock.run(2_000);
    expect(shop.readings).toEqual([{ odd: 0, full: true }]);
    expect(shop.asked.some(({ what }) => what === 'probe')).toBe(false);
  });
});

describe('what throws while it is taken over', () => {
  test('ends no readings, and takes nothing but itself with it', async () => {
    const [poison, good] = [aPayment(), aPayment()];
    const kept: string[] = [];
    const shop = aReader([], {
      onPayments(read) {
        if (read.some(({ id }) => id === poison.id)) throw new Error('poison');
        kept.push(...read.map(({ id }) => id));
      },
    });
    shop.answers.search = ({ statuses }) => ok(statuses ? [] : [[good, poison], [aPayment({ id: 'pi_next_page' })]]);
    expect(await shop.reader.readDay()).toMatchObject({ ok: false, error: { kind: 'unknown-outcome', cause: 'till-threw' } });
    expect(kept).toEqual([good.id, 'pi_next_page']);
    expect(shop.told).toEqual(['begins', 'ends', 'failure']);
    // The page, and the one of it that is at fault.
    expect(shop.errors).toEqual(['a step of a reading threw: poison', 'a step of a reading threw: poison']);
    shop.answers.search = () => ok([[good]]);
    await shop.clock.run(2_000);
    expect(shop.readings).toEqual([{ odd: 0, full: true }]);
  });

  test.each(['search', 'known', 'zone'] as const)('a broken %s is a failed reading, and the next one comes', async (broken) => {
    let isBroken = true;
    function unless<T>(value: T): T {
      if (isBroken) throw new Error(`broken ${broken}`);
      return value;
    }
    const shop = aReader([], {
      ...(broken === 'known' ? { known: () => unless(new Map()) } : {}),
      ...(broken === 'zone' ? { zone: () => unless('Europe/London') } : {}),
    });
    if (broken === 'search') shop.answers.search = () => unless(ok([]));
    expect(await shop.reader.readDay()).toMatchObject({ ok: false, error: { cause: 'till-threw' } });
    expect(shop.errors).toEqual([`a reading threw: broken ${broken}`]);
    await shop.clock.run(60_000);
    expect(shop.failures.length).toBeGreaterThan(4);
    isBroken = false;
    await shop.clock.run(15_000);
    expect(shop.readings).toEqual([{ odd: 0, full: true }]);
    isBroken = true;
    await shop.clock.run(15_000);
    isBroken = false;
    await shop.clock.run(15_000);
    expect(shop.readings).toHaveLength(2);
  });

  test.each(['onRead', 'onRefreshing'] as const)('%s: the next reading comes all the same', async (which) => {
    const shop = aReader([], {
      [which]: () => {
        throw new Error(which);
      },
    });
    expect(await shop.reader.readDay()).toEqual(ok(null));
    await shop.clock.run(15_000);
    expect(shop.searches()).toHaveLength(4);
    expect(shop.errors).toContainEqual(expect.stringContaining(which));
  });

  test('onFailure: the next reading comes all the same', async () => {
    const shop = aReader([], {
      onFailure: () => {
        throw new Error('onFailure');
      },
    });
    shop.answers.search = () => fails(NO_LINE);
    await shop.reader.readDay();
    await shop.clock.run(1_750);
    expect(shop.searches()).toHaveLength(4);
  });
});

describe('while Dojo asked to be left alone', () => {
  const patience = { kind: 'throttled', cause: 'http-429', status: 429, retryAfterMs: 5 * MINUTE_MS } as const;

  test('no reading goes out by itself; a little after that ends, the whole day is read', async () => {
    const shop = aReader();
    shop.answers.search = () => fails(patience);
    expect(await shop.reader.readDay()).toMatchObject({ ok: false, error: patience });
    shop.since();
    shop.answers.search = () => ok([]);
    await shop.clock.run(MINUTE_MS);
    shop.reader.hurry();
    shop.reader.setFocused(false);
    shop.reader.setFocused(true);
    await shop.clock.run(4 * MINUTE_MS + 1_999);
    expect(shop.asked).toEqual([]);
    await shop.clock.run(1);
    expect(shop.asked.map(({ at }) => at)).toEqual([5 * MINUTE_MS + 2_000, 5 * MINUTE_MS + 2_000]);
    expect(shop.readings).toEqual([{ odd: 0, full: true }]);
  });

  test('a person’s own refresh is told why not, and for how long, and nothing is asked', async () => {
    const shop = aReader();
    await shop.reader.readDay();
    shop.since();
    shop.told.length = 0;
    await shop.clock.run(10_000);
    // Something else was told so: the queue, a single reading.
    shop.gate.learn({ ...patience, title: null, detail: null, traceId: null, raw: '' }, null);
    await shop.clock.run(20_000);
    const refused = { ok: false, error: { kind: 'throttled', cause: 'asked-to-wait', retryAfterMs: 5 * MINUTE_MS - 20_000 } };
    expect(await shop.reader.readDay()).toMatchObject(refused);
    expect(await shop.reader.readOne('pi_1')).toMatchObject(refused);
    expect(await shop.reader.readSpan(1, 2)).toMatchObject(refused);
    expect(shop.asked).toEqual([]);
    expect(shop.told).toEqual([]);
    await shop.clock.run(5 * MINUTE_MS);
    expect(shop.readings).not.toEqual([]);
  });

  test('a reader that begins then reads the day when that ends', async () => {
    const shop = aReader();
    shop.gate.learn({ ...patience, title: null, detail: null, traceId: null, raw: '' }, null);
    expect(await shop.reader.readDay()).toMatchObject({ ok: false, error: { cause: 'asked-to-wait' } });
    await shop.clock.run(5 * MINUTE_MS + 2_000);
    expect(shop.readings).toEqual([{ odd: 0, full: true }]);
  });

  test('whoever joins the reading that was told so has its answer', async () => {
    const shop = aReader();
    const held = Promise.withResolvers<void>();
    shop.answers.search = async () => {
      await held.promise;
      return ok([]);
    };
    const first = shop.reader.readDay();
    await shop.settle();
    shop.gate.learn({ ...patience, title: null, detail: null, traceId: null, raw: '' }, null);
    const second = shop.reader.readDay();
    held.resolve();
    expect(await Promise.all([first, second])).toEqual([ok(null), ok(null)]);
  });
});

describe('the API version', () => {
  test('that a list is answered 400 for is tried with the probe, and the day is read with what that finds', async () => {
    const shop = aReader();
    shop.answers.search = () => fails(refusedWith(400));
    await shop.reader.readDay();
    expect(shop.failures).toMatchObject([refusedWith(400)]);
    shop.since();
    shop.answers.search = () => ok([]);
    await shop.clock.run(1_750);
    expect(shop.asked.map(({ what }) => what)).toEqual(['probe', 'search', 'search']);
    expect(shop.told.slice(3)).toEqual(['begins', 'version', 'ends', 'read']);
    shop.since();
    await shop.clock.run(15_000);
    expect(shop.asked.map(({ what }) => what)).toEqual(['search', 'search']);
  });

  test('is not in doubt where it was not Dojo that answered 400', async () => {
    const shop = aReader();
    shop.answers.search = () => fails({ kind: 'not-dojo', status: 400 });
    await shop.reader.readDay();
    shop.since();
    shop.answers.search = () => ok([]);
    await shop.clock.run(1_750);
    expect(shop.asked.map(({ what }) => what)).toEqual(['search', 'search']);
  });

  test('of which Dojo takes none is said, and asked for every 30 s until it takes one', async () => {
    const shop = aReader();
    shop.answers.search = () => fails(refusedWith(400));
    shop.answers.probe = () => fails({ ...refusedWith(400), cause: 'no-version' });
    await shop.reader.readDay();
    shop.since();
    await shop.clock.run(1_750 + 90_000);
    expect(shop.asked).toEqual([1_750, 31_750, 61_750, 91_750].map((at) => ({ at, what: 'probe' })));
    expect(shop.told.filter((what) => what.endsWith('version'))).toEqual(Array(4).fill('no version'));
    expect(shop.failures.at(-1)).toMatchObject({ cause: 'no-version' });
    shop.answers.search = () => ok([]);
    shop.answers.probe = () => ok(null);
    await shop.clock.run(30_000);
    expect(shop.told.slice(-4)).toEqual(['begins', 'version', 'ends', 'read']);
    expect(shop.readings).toEqual([{ odd: 0, full: true }]);
  });

  test('stays in doubt where the probe was not answered', async () => {
    const shop = aReader();
    shop.answers.search = () => fails(refusedWith(400));
    shop.answers.probe = () => fails(NO_LINE);
    await shop.reader.readDay();
    shop.since();
    await shop.clock.run(1_750);
    expect(shop.asked.map(({ what }) => what)).toEqual(['probe']);
    expect(shop.told).not.toContain('no version');
    expect(shop.failures.at(-1)).toMatchObject(NO_LINE);
    shop.answers.search = () => ok([]);
    shop.answers.probe = () => ok(null);
    shop.since();
    await shop.clock.run(2_500);
    expect(shop.asked.map(({ what }) => what)).toEqual(['probe', 'search', 'search']);
  });
});

describe('a span of time', () => {
  test('is asked for as it is, and taken over', async () => {
    const shop = aReader();
    const sale = aPayment();
    shop.answers.search = () => ok([[sale], []]);
    expect(await shop.reader.readSpan(5, 9)).toEqual(ok(null));
    expect(shop.asked).toEqual([{ at: 0, what: 'search', query: { startMs: 5, endMs: 9 } }]);
    expect(shop.kept).toEqual([[sale.id]]);
    shop.answers.search = () => fails(NO_LINE);
    expect(await shop.reader.readSpan(5, 9)).toMatchObject({ ok: false, error: NO_LINE });
  });

  test('that could not be taken over whole, or whose reading throws, was not read', async () => {
    const shop = aReader([], {
      onPayments: ([payment]) => {
        if (payment?.id === 'pi_poison') throw new Error('poison');
      },
    });
    shop.answers.search = () => ok([[aPayment({ id: 'pi_poison' })], [aPayment()]]);
    expect(await shop.reader.readSpan(5, 9)).toMatchObject({ ok: false, error: { cause: 'till-threw' } });
    expect(shop.errors.splice(0)).toEqual(['a step of a reading threw: poison']);
    shop.answers.search = () => {
      throw new Error('broken');
    };
    expect(await shop.reader.readSpan(5, 9)).toMatchObject({ ok: false, error: { cause: 'client-threw' } });
    expect(shop.errors).toEqual(['a reading threw: broken']);
  });
});

describe('once it is closed', () => {
  test('what is still being read is not kept: another account may be connected by then', async () => {
    const hold = aHold();
    const answer = Promise.withResolvers<void>();
    const shop = aReader([hold]);
    // It is no longer listed among the holds: it is read singly.
    shop.answers.read = async () => {
      await answer.promise;
      return ok(hold);
    };
    const read = shop.reader.readDay();
    await shop.clock.run(1_000);
    expect(shop.reads()).toEqual([hold.id]);
    shop.reader.close();
    answer.resolve();
    expect(await read).toEqual(ok(null));
    expect(shop.kept).toEqual([]);
    expect(shop.told).toEqual(['begins']);
  });

  test('nothing more is asked: no page, no single reading, no next reading', async () => {
    const [hold, other] = [aHold(), anUnpaid()];
    const shop = aReader([hold, other]);
    const lists = Promise.withResolvers<void>();
    shop.answers.search = async () => {
      await lists.promise;
      return ok([[aPayment()], [aPayment()]]);
    };
    const read = shop.reader.readDay();
    await shop.settle();
    shop.reader.close();
    lists.resolve();
    await read;
    shop.reader.hurry();
    shop.reader.setFocused(false);
    shop.reader.setFocused(true);
    expect(await shop.reader.readOne(hold.id)).toMatchObject({ ok: false, error: { kind: 'not-sent', cause: 'not-wanted' } });
    await shop.clock.run(HOUR_MS);
    expect(shop.asked).toHaveLength(2);
    expect(shop.kept).toEqual([]);
  });

  test('between two lists’ end and the single readings, none of those is asked with the old key', async () => {
    const shop = aReader([aHold(), aHold()], {
      onPayments: () => shop.reader.close(),
    });
    shop.answers.search = ({ statuses }) => ok(statuses ? [] : [[aPayment()]]);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([]);
  });

  test('a reading that waits for the next is not made', async () => {
    const shop = aReader();
    await shop.reader.readDay();
    shop.reader.close();
    await shop.clock.run(HOUR_MS);
    expect(shop.searches()).toHaveLength(2);
  });

  test('a probe that comes back is not told', async () => {
    const shop = aReader();
    shop.answers.search = () => fails(refusedWith(400));
    await shop.reader.readDay();
    shop.answers.probe = () => {
      shop.reader.close();
      return ok(null);
    };
    await shop.clock.run(2_000);
    expect(shop.told).not.toContain('version');
    expect(shop.searches()).toHaveLength(2);
  });
});
