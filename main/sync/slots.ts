import type { Clock } from '../ports/clock.ts';

/** A request unanswered for this long is no longer waited for: others have their turn. */
export const PATIENCE_MS = 3_000;
/** So many may hang beside those that are waited for. */
const HANGING_MOST = 24;

export type Slots = Readonly<{
  /** Has its turn as soon as there is room. Resolves when it is done, or hangs; rejects with it where it is still waited for. */
  run(ask: () => Promise<void>): Promise<void>;
}>;

/** A few at once, and what hangs holds up nobody. */
export function createSlots(clock: Pick<Clock, 'after'>, atOnce: number): Slots {
  let busy = 0;
  let hanging = 0;
  const waiting: (() => void)[] = [];

  /** Whoever waits longest has the place at once: nobody comes in between. */
  function free(): void {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }

  return {
    async run(ask) {
      if (busy >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      else busy += 1;
      let hangs = false;
      const gaveUp = Promise.withResolvers<void>();
      const cancel = clock.after(PATIENCE_MS, () => {
        if (hanging >= HANGING_MOST) return;
        hangs = true;
        hanging += 1;
        free();
        gaveUp.resolve();
      });
      const done = (async () => ask())().finally(() => {
        cancel();
        if (hangs) hanging -= 1;
        else free();
      });
      await Promise.race([done, gaveUp.promise]);
    },
  };
}
