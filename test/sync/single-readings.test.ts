import { describe, expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import { ok, type Result } from '../../main/core/result.ts';
import { aCapture, type aFailure, aHold, anUnpaid, aPayment, HOUR_MS, MINUTE_MS } from '../builders.ts';
import { aReader, fails, NO_LINE, refusedWith } from './a-reader.ts';

const settling = (changes: Partial<Payment> = {}) => aHold({ captures: [aCapture({ status: 'Created' })], ...changes });
const settled = ({ id }: Payment) => aHold({ id, captures: [aCapture()] });
/** Lists show what they showed before: nothing that is read singly leaves them. */
const listing = (shop: ReturnType<typeof aReader>) => {
  shop.answers.search = ({ statuses }) => ok(statuses ? [[...shop.payments.values()].filter(({ status }) => statuses.includes(status))] : []);
};

describe('what has left the lists', () => {
  test('is read singly, if it was unpaid or on hold', async () => {
    const [gone, unpaid, there, sale, reversed] = [aHold(), anUnpaid(), aHold(), aPayment(), aHold({ status: 'Reversed' })];
    const shop = aReader([gone, unpaid, there, sale, reversed]);
    shop.answers.search = ({ statuses }) => ok(statuses ? [[there]] : []);
    shop.answers.read = (id) => ok(aHold({ id, status: 'Captured' }));
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([gone.id, unpaid.id]);
    expect(shop.payments.get(gone.id)?.status).toBe('Captured');
    // Known for what it is now: it is not asked for again.
    await shop.clock.run(15_000);
    expect(shop.reads()).toHaveLength(2);
  });

  test('is read after a light reading too', async () => {
    const hold = aHold();
    const shop = aReader([hold]);
    listing(shop);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual([]);
    shop.answers.search = () => ok([]);
    shop.answers.read = (id) => ok(aHold({ id, status: 'Reversed' }));
    await shop.clock.run(15_000);
    expect(shop.reads()).toEqual([hold.id]);
    expect(shop.readings.at(-1)).toEqual({ odd: 0, full: false });
  });

  test('does not fail a light reading, but has the lists asked at once, where it may be about more than one payment', async () => {
    const hold = aHold();
    const shop = aReader([hold]);
    listing(shop);
    await shop.reader.readDay();
    shop.answers.search = () => ok([]);
    shop.answers.read = () => fails(NO_LINE);
    await shop.clock.run(14_999);
    shop.since();
    await shop.clock.run(1);
    expect([shop.failures, shop.readings.length]).toEqual([[], 3]);
    expect(shop.searches()).toHaveLength(4);
  });

  test('has its turn, every one of it: twenty with each reading, whoever waits longest first', async () => {
    const holds = Array.from({ length: 45 }, () => aHold());
    const shop = aReader(holds);
    // Refused, so that they stay what they are.
    shop.answers.read = () => fails(refusedWith(404));
    const turns: (string | undefined)[][] = [];
    await shop.reader.readDay();
    turns.push(shop.reads());
    for (let reading = 0; reading < 3; reading += 1) {
      shop.since();
      await shop.clock.run(15_000);
      turns.push(shop.reads());
    }
    const ids = holds.map(({ id }) => id);
    expect(turns).toEqual([ids.slice(0, 20), ids.slice(20, 40), [...ids.slice(40), ...ids.slice(0, 15)], [...ids.slice(15, 35)]]);
  });

  test('and came back has no turn, and the first one when it leaves again', async () => {
    const holds = Array.from({ length: 21 }, () => aHold());
    const [first, last] = [holds[0], holds[20]];
    if (!first || !last) throw new Error('expected holds');
    const shop = aReader(holds);
    await shop.reader.readDay();
    shop.answers.search = () => ok([[first]]);
    shop.since();
    await shop.clock.run(15_000);
    expect(shop.reads()).toHaveLength(20);
    expect(shop.reads()[0]).toBe(last.id);
    expect(shop.reads()).not.toContain(first.id);
    shop.answers.search = () => ok([]);
    shop.since();
    await shop.clock.run(15_000);
    expect(shop.reads()[0]).toBe(first.id);
  });

  test('and came back is new to it when it leaves again, however lately it was read', async () => {
    const holds = Array.from({ length: 41 }, () => aHold());
    const [first] = holds;
    if (!first) throw new Error('expected holds');
    const shop = aReader(holds);
    await shop.reader.readDay();
    // Its second turn is in the third reading; then it is listed once.
    await shop.clock.run(30_000);
    shop.answers.search = () => ok([[first]]);
    await shop.clock.run(15_000);
    shop.answers.search = () => ok([]);
    shop.since();
    await shop.clock.run(15_000);
    expect(shop.reads()[0]).toBe(first.id);
  });

  test.each([
    ['403', refusedWith(403)],
    ['404', refusedWith(404)],
    ['401', { kind: 'key-refused', cause: 'http-401', status: 401 }],
    ['500', { kind: 'unknown-outcome', cause: 'http-500', status: 500 }],
    ['time-out', { kind: 'unknown-outcome', cause: 'timeout' }],
    ['a page', { kind: 'not-dojo', cause: 'html', status: 502 }],
    ['no connection', NO_LINE],
  ] as const)('%s of one payment is that payment’s own: the others are read, and the reading is a good one', async (_name, failure) => {
    const [bad, good] = [aHold(), aHold()];
    const shop = aReader([bad, good]);
    shop.answers.read = (id) => (id === bad.id ? fails(failure) : ok(aHold({ id, status: 'Captured' })));
    expect(await shop.reader.readDay()).toEqual(ok(null));
    expect(shop.payments.get(good.id)?.status).toBe('Captured');
    expect([shop.failures, shop.readings]).toEqual([[], [{ odd: 0, full: true }]]);
  });

  test('where Dojo asks to be left alone, no more of them are asked, and all have their turn again', async () => {
    const failure = { kind: 'throttled', cause: 'http-429', status: 429, retryAfterMs: 20_000 } as const;
    const holds = Array.from({ length: 30 }, () => aHold());
    const ids = holds.map(({ id }) => id);
    const shop = aReader(holds);
    shop.answers.read = () => fails(failure);
    await shop.reader.readDay();
    expect(shop.reads()).toEqual(ids.slice(0, 4));
    shop.answers.read = (id) => ok(aHold({ id, status: 'Captured' }));
    shop.since();
    await shop.clock.run(25_000);
    expect(shop.reads().slice(0, 20)).toEqual(ids.slice(0, 20));
  });

  test('that hangs is not waited for longer than 3 s, and four are asked at once', async () => {
    const holds = Array.from({ length: 10 }, () => aHold());
    const shop = aReader(holds);
    const late = Promise.withResolvers<void>();
    shop.answers.read = async (id) => {
      await late.promise;
      return ok(aHold({ id, status: 'Captured' }));
    };
    const read = shop.reader.readDay();
    await shop.settle();
    expect(shop.reads()).toHaveLength(4);
    await shop.clock.run(2_999);
    expect(shop.reads()).toHaveLength(4);
    await shop.clock.run(3_001);
    expect(shop.reads()).toHaveLength(10);
    expect(shop.readings).toEqual([]);
    await shop.clock.run(3_000);
    expect(await read).toEqual(ok(null));
    // What comes late is taken over all the same.
    expect(shop.kept).toEqual([]);
    late.resolve();
    await shop.settle();
    expect([...shop.payments.values()].every(({ status }) => status === 'Captured')).toBe(true);
  });

  test('a client that throws at one payment is that payment’s own too', async () => {
    const [bad, good] = [aHold(), aHold()];
    const shop = aReader([bad, good]);
    shop.answers.read = (id) => {
      if (id === bad.id) throw new Error('broken');
      return ok(aHold({ id, status: 'Captured' }));
    };
    expect(await shop.reader.readDay()).toEqual(ok(null));
    expect(shop.payments.get(good.id)?.status).toBe('Captured');
    expect(shop.errors).toEqual(['a reading threw: broken']);
    expect(await shop.reader.readOne(bad.id)).toMatchObject({ ok: false, error: { kind: 'unknown-outcome', cause: 'client-threw' } });
  });
});

describe('one payment, now', () => {
  test('is taken over, and its captures are followed', async () => {
    const hold = settling();
    const shop = aReader();
    shop.answers.read = () => ok(hold);
    expect(await shop.reader.readOne(hold.id)).toEqual(ok(hold));
    expect(shop.kept).toEqual([[hold.id]]);
    await shop.clock.run(1_500);
    expect(shop.reads()).toEqual([hold.id, hold.id]);
  });

  test('that comes back once the reader is closed is not taken over, and not followed', async () => {
    const hold = settling();
    const shop = aReader();
    const held = Promise.withResolvers<void>();
    shop.answers.read = async () => {
      await held.promise;
      return ok(hold);
    };
    const read = shop.reader.readOne(hold.id);
    await shop.settle();
    shop.payments.set(hold.id, hold);
    shop.reader.close();
    held.resolve();
    expect(await read).toEqual(ok(hold));
    expect(shop.kept).toEqual([]);
    expect(shop.timers.size).toBe(0);
  });

  test('that fails takes nothing over', async () => {
    const shop = aReader();
    shop.answers.read = () => fails(NO_LINE);
    expect(await shop.reader.readOne('pi_1')).toMatchObject({ ok: false, error: NO_LINE });
    expect(shop.kept).toEqual([]);
  });
});

describe('many payments, in their turn', () => {
  const TOOK_MS = 100;

  function asking(answer: (id: string) => Result<Payment, ReturnType<typeof aFailure>>) {
    const shop = aReader();
    shop.answers.read = (id) => new Promise((resolve) => void shop.clock.after(TOOK_MS, () => resolve(answer(id))));
    return shop;
  }

  test('are read four at once, and what is on its way is followed from then on', async () => {
    const holds = Array.from({ length: 9 }, () => settling());
    const shop = asking((id) => ok(holds.find((hold) => hold.id === id) ?? settling()));
    let isOver = false;
    void shop.reader.readEach(holds.map(({ id }) => id)).then(() => {
      isOver = true;
    });
    await shop.clock.run(3 * TOOK_MS - 1);
    expect(isOver).toBe(false);
    await shop.clock.run(1);
    expect(isOver).toBe(true);
    expect([shop.reads(), shop.wire.most]).toEqual([holds.map(({ id }) => id), 4]);
    await shop.clock.run(1_500);
    expect(shop.reads()).toHaveLength(9 + 4);
  });

  test('that are asked for again while they wait, or while one hangs, have no second turn', async () => {
    const holds = Array.from({ length: 6 }, () => aHold());
    const ids = holds.map(({ id }) => id);
    const shop = aReader(holds);
    shop.answers.read = () => new Promise(() => undefined);
    const over: string[] = [];
    for (const name of ['first', 'second']) void shop.reader.joinEach(ids).then(() => over.push(name));
    await shop.clock.run(0);
    expect(shop.reads()).toEqual(ids.slice(0, 4));
    await shop.clock.run(6_000);
    void shop.reader.joinEach(ids).then(() => over.push('third'));
    await shop.clock.run(0);
    expect([shop.reads(), over]).toEqual([ids, ['first', 'second', 'third']]);
  });

  test('of which one was moved since its reading began are read anew', async () => {
    const hold = aHold();
    const shop = aReader([hold]);
    shop.answers.read = () => new Promise(() => undefined);
    void shop.reader.joinEach([hold.id]);
    void shop.reader.readEach([hold.id]);
    await shop.clock.run(0);
    expect(shop.reads()).toEqual([hold.id, hold.id]);
  });

  test('and were read have another turn when they are asked for again', async () => {
    const hold = aHold();
    const shop = aReader([hold]);
    shop.answers.read = () => ok(hold);
    await shop.reader.joinEach([hold.id]);
    await shop.reader.joinEach([hold.id]);
    expect(shop.reads()).toEqual([hold.id, hold.id]);
  });

  test('of which some cannot be read are over all the same', async () => {
    const hold = settling();
    const shop = asking((id) => (id === hold.id ? ok(hold) : fails(NO_LINE)));
    const read = shop.reader.readEach(['pi_1', hold.id]);
    await shop.clock.run(TOOK_MS);
    expect(await read).toBeUndefined();
    expect(shop.kept).toEqual([[hold.id]]);
  });

  test('that come back once the reader is closed are not followed', async () => {
    const hold = settling();
    const shop = asking(() => ok(hold));
    shop.payments.set(hold.id, hold);
    const read = shop.reader.readEach([hold.id]);
    await shop.settle();
    shop.reader.close();
    await shop.clock.run(TOOK_MS);
    await read;
    expect(shop.timers.size).toBe(0);
  });
});

describe('a capture on its way', () => {
  /** A reader with one such payment, under way, with its lists showing what is known. */
  async function following(payments: readonly Payment[], read: (id: string, nth: number) => Result<Payment, ReturnType<typeof aFailure>>) {
    const shop = aReader(payments, { pace: { focusedMs: 100 * HOUR_MS, awayMs: 100 * HOUR_MS } });
    listing(shop);
    shop.answers.read = read;
    await shop.reader.readDay();
    return { ...shop, times: () => shop.asked.filter(({ what }) => what === 'read').map(({ at }) => at) };
  }

  test('is looked at at longer and longer intervals, until the bank has answered', async () => {
    const hold = settling();
    const shop = await following([hold], (_id, nth) => ok(nth < 7 ? hold : settled(hold)));
    await shop.clock.run(HOUR_MS);
    const intervals = [1_500, 3_000, 6_000, 12_000, 24_000, 30_000, 30_000, 30_000];
    expect(shop.times()).toEqual(intervals.map((_ms, nth) => intervals.slice(0, nth + 1).reduce((sum, ms) => sum + ms, 0)));
    expect(shop.payments.get(hold.id)?.captures?.[0]?.status).toBe('Successful');
  });

  test('that a light reading shows first is followed from then on', async () => {
    const hold = settling();
    const shop = aReader([]);
    await shop.reader.readDay();
    shop.answers.search = ({ statuses }) => ok(statuses ? [[hold]] : []);
    shop.answers.read = () => ok(settled(hold));
    await shop.clock.run(15_000);
    shop.since();
    await shop.clock.run(1_500);
    expect(shop.reads()).toEqual([hold.id]);
  });

  test('that a list showed settled meanwhile is not asked for', async () => {
    const hold = settling();
    const shop = await following([hold], () => ok(hold));
    shop.payments.set(hold.id, settled(hold));
    await shop.clock.run(HOUR_MS);
    expect(shop.times()).toEqual([]);
  });

  test('of a payment that is no longer known is followed no further', async () => {
    const hold = settling();
    const shop = await following([hold], () => ok(hold));
    await shop.clock.run(1_500);
    shop.payments.clear();
    await shop.clock.run(HOUR_MS);
    expect(shop.times()).toEqual([1_500]);
  });

  test('of a payment that Dojo did not know once comes to its end, also where no list ever shows anything new of it', async () => {
    const hold = settling();
    let looks = 0;
    const shop = await following([hold], () => {
      looks += 1;
      return looks === 1 ? fails(refusedWith(404)) : ok({ ...hold, captures: [aCapture({ status: 'Successful' })] });
    });
    await shop.clock.run(HOUR_MS);
    expect(shop.times()).toEqual([1_500, 4_500]);
    expect(shop.payments.get(hold.id)?.captures?.[0]?.status).toBe('Successful');
  });

  test.each([400, 403, 404])('that Dojo refuses to show (%i) is asked for more and more rarely, and nothing else ends', async (status) => {
    const [hold, other] = [settling(), settling()];
    const shop = await following([hold, other], (id) => (id === hold.id ? fails(refusedWith(status)) : ok(other)));
    await shop.clock.run(HOUR_MS);
    const times = (id: string) => shop.asked.filter((one) => one.id === id).map(({ at }) => at);
    const intervals = [1_500, 3_000, 6_000, 12_000, 24_000, 48_000, 96_000, 192_000, 384_000, 600_000, 600_000, 600_000, 600_000];
    expect(times(hold.id)).toEqual(intervals.map((_ms, nth) => intervals.slice(0, nth + 1).reduce((sum, ms) => sum + ms, 0)));
    expect(times(other.id)).toHaveLength(123);
    expect(shop.failures).toEqual([]);
  });

  test('is followed on after no connection, and the lists are asked whether there is one', async () => {
    const hold = settling();
    const shop = await following([hold], (_id, nth) => (nth === 0 ? fails(NO_LINE) : ok(settled(hold))));
    shop.since();
    await shop.clock.run(1_500);
    expect(shop.searches().length).toBeGreaterThan(0);
    await shop.clock.run(HOUR_MS);
    expect(shop.reads()).toHaveLength(2);
    expect(shop.failures).toEqual([]);
  });

  test.each([
    ['trouble at Dojo', { kind: 'unknown-outcome', cause: 'http-500', status: 500 }],
    ['a time-out', { kind: 'unknown-outcome', cause: 'timeout' }],
  ] as const)('is followed on after %s, which is that payment’s own', async (_name, failure) => {
    const hold = settling();
    const shop = await following([hold], () => fails(failure));
    await shop.clock.run(MINUTE_MS);
    expect(shop.times()).toEqual([1_500, 4_500, 10_500, 22_500, 46_500]);
    expect(shop.failures).toEqual([]);
  });

  test('is followed once, however often the day is read', async () => {
    const hold = settling();
    const shop = await following([hold], () => ok(hold));
    await shop.reader.readDay();
    await shop.reader.readOne(hold.id);
    shop.since();
    await shop.clock.run(1_500);
    expect(shop.reads()).toEqual([hold.id]);
  });

  test('that hangs is not asked for a second time, and keeps no other waiting', async () => {
    const holds = Array.from({ length: 6 }, () => settling());
    const shop = aReader(holds, { pace: { focusedMs: 100 * HOUR_MS, awayMs: 100 * HOUR_MS } });
    listing(shop);
    shop.answers.read = () => new Promise(() => undefined);
    await shop.reader.readDay();
    await shop.clock.run(1_500);
    expect(shop.reads()).toHaveLength(4);
    await shop.reader.readDay();
    await shop.clock.run(3_000);
    expect(shop.reads().sort()).toEqual(holds.map(({ id }) => id).sort());
    await shop.clock.run(MINUTE_MS);
    expect(shop.reads()).toHaveLength(6);
  });

  test('that throws is looked at again', async () => {
    let isBroken = false;
    const hold = settling();
    const payments = new Map([[hold.id, hold]]);
    const shop = aReader([], {
      pace: { focusedMs: 100 * HOUR_MS, awayMs: 100 * HOUR_MS },
      known() {
        if (isBroken) throw new Error('broken');
        return payments;
      },
    });
    shop.answers.search = () => ok([[hold]]);
    shop.answers.read = () => ok(hold);
    await shop.reader.readDay();
    isBroken = true;
    await shop.clock.run(1_500);
    expect(shop.reads()).toEqual([]);
    expect(shop.errors).toEqual(['a step of a reading threw: broken']);
    isBroken = false;
    await shop.clock.run(3_000);
    expect(shop.reads()).toEqual([hold.id]);
  });

  test('is followed no further once the reader is closed', async () => {
    const hold = settling();
    const held = Promise.withResolvers<void>();
    const shop = aReader([hold]);
    listing(shop);
    shop.answers.read = async () => {
      await held.promise;
      return ok(hold);
    };
    await shop.reader.readDay();
    await shop.clock.run(1_500);
    shop.reader.close();
    held.resolve();
    await shop.clock.run(HOUR_MS);
    expect(shop.reads()).toHaveLength(1);
    expect(shop.kept.flat()).toEqual([hold.id]);
  });

  test('that fails once the reader is closed is nobody’s affair any more, and leaves no timer', async () => {
    const [asked, waiting] = [settling(), settling()];
    const shop = await following([asked], () => ok(asked));
    const held = Promise.withResolvers<void>();
    shop.answers.read = async () => {
      await held.promise;
      return fails(NO_LINE);
    };
    await shop.clock.run(1_500);
    shop.payments.set(waiting.id, waiting);
    await shop.reader.readDay();
    await shop.settle();
    shop.reader.close();
    held.resolve();
    await shop.settle();
    expect(shop.failures).toEqual([]);
    expect(shop.timers.size).toBe(0);
  });

  test('that waits for its turn while the reader is closed is not asked for, and not told as a failure', async () => {
    const holds = Array.from({ length: 6 }, () => settling());
    const held = Promise.withResolvers<void>();
    const shop = await following(holds, () => fails(NO_LINE));
    shop.answers.read = async () => {
      await held.promise;
      return fails(NO_LINE);
    };
    await shop.clock.run(1_500);
    expect(shop.reads()).toHaveLength(4);
    shop.reader.close();
    held.resolve();
    await shop.clock.run(HOUR_MS);
    expect(shop.reads()).toHaveLength(4);
    expect(shop.failures).toEqual([]);
  });
});

describe('sixty captures on their way', () => {
  test('cost a handful of requests while Dojo asks to wait', async () => {
    const holds = Array.from({ length: 60 }, () => settling());
    const shop = aReader(holds);
    listing(shop);
    await shop.reader.readDay();
    shop.since();
    const soon = <T>(value: T) => new Promise<T>((resolve) => void shop.clock.after(100, () => resolve(value)));
    const patience = fails({ kind: 'throttled', cause: 'http-429', status: 429, retryAfterMs: 300_000 });
    shop.answers.search = () => soon(patience);
    shop.answers.read = () => soon(patience);
    await shop.clock.run(301_000);
    expect(shop.asked).toHaveLength(4);
    expect(shop.wire.most).toBe(4);
    shop.since();
    // Nor when the wait is over and asked for once more. The queue has had its turn before.
    await shop.clock.run(300_000);
    const firstAt = shop.asked[0]?.at ?? 0;
    expect(firstAt).toBe(1_500 + 100 + 300_000 + 2_000);
    expect(shop.asked.length).toBeLessThanOrEqual(6);
    // Those that are not asked for meanwhile have not failed.
    expect(shop.failures.map(({ cause }) => cause).filter((cause) => cause !== 'http-429')).toEqual([]);
    shop.answers.search = () => ok([]);
    shop.answers.read = (id) => soon(ok(aHold({ id, captures: [aCapture()] })));
    await shop.clock.run(310_000);
    expect([...shop.payments.values()].every(({ captures }) => captures?.[0]?.status === 'Successful')).toBe(true);
  });
});

describe('following a capture', () => {
  test('ends without a trace when the bank has answered: no timer is left, and nothing went wrong', async () => {
    const payment = settling();
    const shop = aReader([payment]);
    listing(shop);
    await shop.reader.readDay();
    const timers = shop.timers.size;
    shop.answers.read = () => ok(settled(payment));
    await shop.clock.run(2_000);
    expect(shop.reads()).toEqual([payment.id]);
    expect(shop.errors).toEqual([]);
    expect(shop.timers.size).toBe(timers - 1);
  });

  test('goes on every half minute while Dojo does not answer, and for ten times as long only where it refuses', async () => {
    const looks = async (changes: Parameters<typeof fails>[0]) => {
      const payment = settling();
      const shop = aReader([payment]);
      listing(shop);
      await shop.reader.readDay();
      shop.answers.read = () => fails(changes);
      await shop.clock.run(10 * MINUTE_MS);
      return shop.reads().length;
    };
    expect(await looks({ kind: 'unknown-outcome', status: 404 })).toBeGreaterThan(20);
    expect(await looks(refusedWith(403))).toBeLessThan(10);
    expect(await looks(refusedWith(404))).toBeLessThan(10);
  });
});
