/** What a row of measured times comes to. Nothing here knows what was measured. */

/** The value at `share` (0 to 1) of the sorted values: the smallest one that at least that share does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('expected at least one measured value');
  if (!(share >= 0 && share <= 1)) throw new Error(`expected a share between 0 and 1, got ${share}`);
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('expected at least one measured value');
  const sorted = values.toSorted((a, b) => a - b);
  const upper = Math.floor(sorted.length / 2);
  const above = sorted[upper] ?? Number.NaN;
  return sorted.length % 2 === 1 ? above : ((sorted[upper - 1] ?? Number.NaN) + above) / 2;
}

export type Measured = Readonly<{ median: number; least: number; most: number; runs: number }>;

export const measured = (values: readonly number[]): Measured => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
  runs: values.length,
});

/** Runs things in turn, so that a machine that grows busy slows each of them alike. Returns what each run gave, thing by thing. */
export async function inTurn<T extends Readonly<Record<string, () => Promise<number>>>>(runs: number, things: T): Promise<Record<keyof T, number[]>> {
  const names = Object.keys(things) as (keyof T)[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<keyof T, number[]>;
  for (let run = 0; run < runs; run += 1) {
    // Who goes first changes from run to run.
    for (const name of run % 2 === 0 ? names : names.toReversed()) {
      const value = await things[name]?.();
      if (value === undefined) throw new Error(`expected ${String(name)} to be measured`);
      found[name].push(value);
    }
  }
  return found;
}
