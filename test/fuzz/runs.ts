/**
 * How long the fuzz goes on, and from which seed. `npm test` plays few runs of one seed; `npm run fuzz -- --runs N --seed S` plays
 * more. A failure prints the seed and the path that repeat it.
 */
const asked = (name: string): number | null => {
  const text = process.env[name];
  if (text === undefined) return null;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`expected ${name} to be a whole number, got ${text}`);
  return value;
};

const RUNS = asked('TILLSIDE_FUZZ_RUNS');
const SEED = asked('TILLSIDE_FUZZ_SEED') ?? 1;

/** `quick`: the number of runs that `npm test` can afford. */
export const playing = (quick: number) => ({ numRuns: RUNS ?? quick, seed: SEED, endOnFailure: false });

const QUICK_MS = 120_000;
const LONG_MS = 6 * 60 * 60_000;
/** How long the test itself may take: a busy machine is slow, not wrong. */
export const patience = { timeout: RUNS === null ? QUICK_MS : LONG_MS };
