import { describe, expect, test } from 'vitest';
import { createSlots } from '../../main/sync/slots.ts';
import { createSimClock } from '../sim/clock.ts';

function slotsOf(atOnce: number) {
  const clock = createSimClock(0);
  const slots = createSlots(clock, atOnce);
  const begun: number[] = [];
  const over: number[] = [];
  const ends: (() => void)[] = [];
  const run = (number: number) =>
    slots
      .run(async () => {
        begun.push(number);
        await new Promise<void>((resolve) => {
          ends[number] = resolve;
        });
      })
      .then(() => void over.push(number));
  return { clock, slots, begun, over, run, end: (number: number) => ends[number]?.() };
}

describe('slots', () => {
  test('let a few run at once, the others in turn as places become free', async () => {
    const { clock, begun, over, run, end } = slotsOf(2);
    for (let number = 0; number < 5; number += 1) void run(number);
    await clock.run(0);
    expect(begun).toEqual([0, 1]);
    end(1);
    await clock.run(0);
    expect([begun, over]).toEqual([[0, 1, 2], [1]]);
    end(0);
    end(2);
    await clock.run(0);
    expect([begun, over]).toEqual([
      [0, 1, 2, 3, 4],
      [1, 0, 2],
    ]);
  });

  test('do not wait for what hangs, and forget it when it ends', async () => {
    const { clock, begun, over, run, end } = slotsOf(1);
    for (let number = 0; number < 3; number += 1) void run(number);
    await clock.run(2_999);
    expect([begun, over]).toEqual([[0], []]);
    await clock.run(1);
    expect([begun, over]).toEqual([[0, 1], [0]]);
    // Its place was given to another already.
    end(0);
    await clock.run(0);
    expect(begun).toEqual([0, 1]);
    end(1);
    await clock.run(0);
    expect(begun).toEqual([0, 1, 2]);
  });

  test('let 24 hang at most; as those end, others may', async () => {
    const { clock, begun, run, end } = slotsOf(1);
    for (let number = 0; number < 30; number += 1) void run(number);
    await clock.run(10 * 60_000);
    expect(begun).toHaveLength(25);
    end(0);
    await clock.run(10 * 60_000);
    expect(begun).toHaveLength(25);
    end(24);
    await clock.run(10 * 60_000);
    expect(begun).toHaveLength(27);
  });

  test('have no more places after what has ended, however long ago', async () => {
    const { clock, begun, run, end } = slotsOf(1);
    for (let number = 0; number < 3; number += 1) {
      void run(number);
      await clock.run(0);
      end(number);
      await clock.run(60_000);
    }
    for (let number = 3; number < 6; number += 1) void run(number);
    await clock.run(0);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  test('give a place to one only, whoever comes in between', async () => {
    const { clock, begun, run, end } = slotsOf(1);
    void run(0);
    void run(1);
    await clock.run(0);
    end(0);
    await Promise.resolve();
    void run(2);
    await clock.run(0);
    expect(begun).toEqual([0, 1]);
  });

  test('are free again after what throws, at once or later, hanging or not', async () => {
    const { clock, slots, begun, run } = slotsOf(1);
    const throwing = () => {
      throw new Error('at once');
    };
    await expect(slots.run(throwing)).rejects.toThrow('at once');
    await expect(slots.run(async () => throwing())).rejects.toThrow('at once');
    const late = Promise.withResolvers<void>();
    const hanging = slots.run(() => late.promise);
    await clock.run(3_000);
    await hanging;
    late.reject(new Error('later'));
    void run(7);
    await clock.run(0);
    expect(begun).toEqual([7]);
  });
});
