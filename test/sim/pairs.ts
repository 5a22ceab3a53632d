import { CLOCK_SET_BACK } from './clocks-and-people.ts';
import { CRASHES, FAULT_NAMES } from './faults.ts';
import { FEATURES } from './features.ts';

/** Everything that can go wrong and is counted by its name, beyond what people do. */
export const TROUBLES: readonly string[] = [
  ...new Set([
    ...FAULT_NAMES,
    ...CRASHES.map((crash) => `crash: ${crash}`),
    ...Object.keys(FEATURES),
    'sleep, the monotonic clock runs',
    'sleep, the monotonic clock stands',
    'disk full',
    'disk broken',
    'unreadable row',
    'key revoked',
    'double click',
    'done elsewhere',
    'another account’s key',
  ]),
];

/** Two of these are never in one seed. */
const EXCLUDE_EACH_OTHER: readonly (readonly [string, string])[] = [
  ['no Date', 'two servers, seconds apart'],
  ['no Date', 'one of several servers is hours off'],
  [CLOCK_SET_BACK, 'two servers, seconds apart'],
  [CLOCK_SET_BACK, 'one of several servers is hours off'],
];

export type Pair = Readonly<{ names: readonly [string, string]; seeds: number }>;

/** In how many seeds each two of them were met. */
export function countPairs(names: readonly string[] = TROUBLES, before: readonly number[] = []) {
  const places = new Map(names.map((name, place) => [name, place]));
  const seeds = Uint32Array.from({ length: names.length * names.length }, (_, place) => before[place] ?? 0);
  return {
    /** To go on from in another sitting. */
    soFar: (): readonly number[] => [...seeds],
    /** What was met in one more seed. */
    add(met: Iterable<string>): void {
      const found = [...met].flatMap((name) => places.get(name) ?? []).sort((a, b) => a - b);
      for (const [index, one] of found.entries())
        for (const other of found.slice(index)) seeds[one * names.length + other] = (seeds[one * names.length + other] ?? 0) + 1;
    },
    /** How many pairs there can be, and those that came least often, rarest first. */
    rarest(most: number): Readonly<{ pairs: number; rarest: readonly Pair[] }> {
      const pairs = names.flatMap((one, first) =>
        names.slice(first + 1).flatMap((other, gap): Pair[] => {
          const isExcluded = EXCLUDE_EACH_OTHER.some((both) => both.includes(one) && both.includes(other));
          return isExcluded ? [] : [{ names: [one, other], seeds: seeds[first * names.length + first + 1 + gap] ?? 0 }];
        }),
      );
      return { pairs: pairs.length, rarest: pairs.sort((a, b) => a.seeds - b.seeds).slice(0, most) };
    },
  };
}
