/** Something to send through, taken for one request and given back after it. */
export type Pool<T> = Readonly<{
  take(): T | Promise<T>;
  giveBack(one: T): void;
  /** Instead of giving it back: it is not to be used again, and another may be made in its place. */
  discard(one: T): void;
}>;

/** One request has one to itself. Whoever finds none waits for the first that is given back. */
export function createLanes<T>(most: number, make: (number: number) => T): Pool<T> {
  let made = 0;
  let count = 0;
  const free: T[] = [];
  const waiting: (() => void)[] = [];

  async function take(): Promise<T> {
    for (;;) {
      const lane = free.pop();
      if (lane !== undefined) return lane;
      if (count < most) {
        // Counted only once it is there: one that could not be made must not be missed for ever.
        const fresh = make(++made);
        count += 1;
        return fresh;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }
  return {
    take,
    giveBack(lane) {
      free.push(lane);
      waiting.shift()?.();
    },
    discard() {
      count -= 1;
      waiting.shift()?.();
    },
  };
}

/**
 * Several requests share one, as many as it sends at once: one more would wait inside it behind those that hang. The first with
 * room is taken, so that connections that stand are used again.
 */
export function createShared<T>(most: number, each: number, make: (number: number) => T): Pool<T> {
  const users = new Map<T, number>();
  let made = 0;
  return {
    take() {
      let chosen = [...users].find(([, count]) => count < each)?.[0];
      if (chosen === undefined && users.size < most) chosen = make(++made);
      // More than anybody asks for at once: the one with the fewest.
      chosen ??= [...users].reduce((least, one) => (one[1] < least[1] ? one : least))[0];
      users.set(chosen, (users.get(chosen) ?? 0) + 1);
      return chosen;
    },
    giveBack: (one) => void users.set(one, Math.max(0, (users.get(one) ?? 0) - 1)),
    discard: (one) => void users.delete(one),
  };
}
