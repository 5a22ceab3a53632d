import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { SeededRandom } from '../../main/simulator/random.ts';

/** Cuts a file short or overwrites a part of it, at a random place. Returns what it did, in words. */
export function damageFile(file: string, random: SeededRandom): string {
  const { size } = statSync(file);
  if (random.chance(0.7)) return overwrite(file, random, size);
  const at = random.whole(0, size - 1);
  truncateSync(file, at);
  return `cut to ${at} of ${size} bytes`;
}

/** Somewhere in the first so many bytes. */
export function overwrite(file: string, random: SeededRandom, within: number): string {
  const bytes = readFileSync(file);
  const at = random.whole(0, within - 1);
  const length = Math.min(within - at, random.chance(0.5) ? random.whole(1, 16) : random.whole(17, 9_000));
  const how = random.pick(['zeroes', 'noise', 'a flipped bit', 'another place’s bytes'] as const);
  if (how === 'zeroes') bytes.fill(0, at, at + length);
  else if (how === 'noise') for (let place = at; place < at + length; place += 1) bytes[place] = random.whole(0, 255);
  else if (how === 'a flipped bit') bytes[at] = (bytes[at] ?? 0) ^ (1 << random.whole(0, 7));
  else {
    const from = random.whole(0, bytes.length - length);
    bytes.copy(bytes, at, from, from + length);
  }
  writeFileSync(file, bytes);
  return `${how} at ${at} of ${bytes.length} bytes, ${length} long`;
}
