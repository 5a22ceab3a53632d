import type { Clock } from '../ports/clock.ts';

/** What comes of several changes is told together. */
const TOGETHER_MS = 3_000;

export type Together = Readonly<{
  /** Something may have changed. */
  touch(): void;
  close(): void;
}>;

/** One look for all changes of the next seconds. */
export function createTogether(clock: Pick<Clock, 'after'>, look: () => void): Together {
  let cancel: (() => void) | null = null;
  return {
    touch() {
      cancel ??= clock.after(TOGETHER_MS, () => {
        cancel = null;
        look();
      });
    },
    close() {
      cancel?.();
    },
  };
}
