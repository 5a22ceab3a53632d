/** A repeatable source of chance: the same seed gives the same shop, the same ids, the same outcomes. */
export type SeededRandom = Readonly<{
  /** In [0, 1). */
  fraction(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  pick<T>(choices: readonly T[]): T;
  /** One of them, as likely as its weight. */
  weighted<T>(choices: readonly T[], weightOf: (choice: T) => number): T;
  chance(probability: number): boolean;
  /** Letters, digits, `-` and `_`, as Dojo's ids have them. */
  token(length: number): string;
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
  /** What `seededRandom` needs to go on from here. */
  position(): number;
}>;

const TOKEN_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HEX_DIGITS = '0123456789abcdef';

/** Mulberry32: 32 bits of state, so that its position can be saved as one number. Not for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let position = seed >>> 0;
  const fraction = () => {
    position = (position + 0x6d2b79f5) >>> 0;
    let mixed = position;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1));
  const letters = (alphabet: string, length: number) => Array.from({ length }, () => alphabet[whole(0, alphabet.length - 1)]).join('');
  return {
    fraction,
    whole,
    pick: <T>(choices: readonly T[]): T => {
      const chosen = choices[whole(0, choices.length - 1)];
      if (chosen === undefined) throw new Error('expected something to pick from');
      return chosen;
    },
    weighted: (choices, weightOf) => {
      let left = fraction() * choices.reduce((sum, choice) => sum + weightOf(choice), 0);
      for (const choice of choices) {
        left -= weightOf(choice);
        if (left < 0) return choice;
      }
      const last = choices.at(-1);
      if (last === undefined) throw new Error('expected something to choose from');
      return last;
    },
    chance: (probability) => fraction() < probability,
    token: (length) => letters(TOKEN_LETTERS, length),
    hex: (length) => letters(HEX_DIGITS, length),
    position: () => position,
  };
}
