import { describe, expect, test } from 'vitest';
import { createLanes, createShared } from '../../main/electron/connections.ts';

const numbered = (number: number) => ({ number });

describe('lanes', () => {
  test('are made when they are needed, used again, and never had by two', async () => {
    const lanes = createLanes(2, numbered);
    const [one, two] = [await lanes.take(), await lanes.take()];
    expect([one.number, two.number]).toEqual([1, 2]);
    lanes.giveBack(one);
    expect(await lanes.take()).toBe(one);
  });

  test('that are all taken are waited for, in turn', async () => {
    const lanes = createLanes(1, numbered);
    const lane = await lanes.take();
    const got: string[] = [];
    const first = Promise.resolve(lanes.take()).then(() => got.push('first'));
    const second = Promise.resolve(lanes.take()).then(() => got.push('second'));
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(got).toEqual([]);
    lanes.giveBack(lane);
    await first;
    expect(got).toEqual(['first']);
    lanes.giveBack(lane);
    await second;
    expect(got).toEqual(['first', 'second']);
  });

  test('one that could not be made is not missed, and one that is discarded is made anew', async () => {
    let fails = true;
    const lanes = createLanes(1, (number) => {
      if (fails) throw new Error('no session');
      return { number };
    });
    await expect(lanes.take()).rejects.toThrow('no session');
    await expect(lanes.take()).rejects.toThrow('no session');
    fails = false;
    const lane = await lanes.take();
    const waiting = lanes.take();
    lanes.discard(lane);
    const fresh = await waiting;
    expect(fresh).not.toBe(lane);
    expect(fresh.number).not.toBe(lane.number);
  });
});

describe('shared ones', () => {
  test('are filled one after the other, so that none is used by more than it can send at once', async () => {
    const shared = createShared(3, 2, numbered);
    const taken = [shared.take(), shared.take(), shared.take(), shared.take(), shared.take()] as { number: number }[];
    expect(taken.map(({ number }) => number)).toEqual([1, 1, 2, 2, 3]);
    const [one] = taken;
    if (one) shared.giveBack(one);
    expect(await shared.take()).toBe(one);
    expect(await shared.take()).toMatchObject({ number: 3 });
  });

  test('where all are full the one with the fewest is taken', async () => {
    const shared = createShared(2, 1, numbered);
    const taken = [shared.take(), shared.take(), shared.take(), shared.take(), shared.take()] as { number: number }[];
    expect(taken.map(({ number }) => number)).toEqual([1, 2, 1, 2, 1]);
  });

  test('one that could not be made is made by the next who asks', async () => {
    let fails = true;
    const shared = createShared(1, 1, (number) => {
      if (fails) throw new Error('no session');
      return { number };
    });
    expect(() => shared.take()).toThrow('no session');
    fails = false;
    expect(await shared.take()).toMatchObject({ number: 2 });
  });
});
