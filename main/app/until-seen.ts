import type { Notice } from '../../preload/contract.ts';

/** A notice that stays until a person has read it, with what it told as it was given last: its words change by the clock too. */
export type UntilSeen<T> = Readonly<{
  give(notice: Omit<Notice, 'untilSeen'>, told: readonly T[]): Notice;
  /** What the notice with these words told; nothing: these are other words, so something came meanwhile that was not on screen when it was pressed. */
  toldBy(message: string): readonly T[];
}>;

export function createUntilSeen<T>(): UntilSeen<T> {
  let shown: Readonly<{ message: string; told: readonly T[] }> | null = null;
  return {
    give(notice, told) {
      shown = { message: notice.message, told };
      return { ...notice, untilSeen: true };
    },
    toldBy: (message) => (shown?.message === message ? shown.told : []),
  };
}
