import type { Measured } from './statistics.ts';

/** One line of the result: what the till did, beside what it is compared with, both measured in this run. */
export type Line = Readonly<{
  what: string;
  till: Measured;
  baseline: Measured;
  unit: 'ms' | 'MB' | '%';
  /** The baseline in a few words. */
  against: string;
  /** How they compare, in words with a number: `3.9 × as fast`. */
  comes: string;
  /** What was asked for, and whether it was met; null: nothing was. */
  target: Readonly<{ words: string; met: boolean }> | null;
}>;

export type Figure = Readonly<{
  number: number;
  title: string;
  needsElectron: boolean;
  runs: number;
  measure(runs: number): Promise<readonly Line[]>;
}>;

export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
