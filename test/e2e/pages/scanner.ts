/** What barcode scanners do: so many milliseconds a key, and what they put after a code. */
export const PACES_MS = [10, 35, 100];
const ENDINGS = [['Enter'], ['Tab'], []];

export type Way = Readonly<{ ending: readonly string[]; gapMs: number }>;

/** Every pace with every ending, and the endings of several keys, each at one pace. */
export const WAYS: readonly Way[] = [
  ...ENDINGS.flatMap((ending) => PACES_MS.map((gapMs) => ({ ending, gapMs }))),
  { ending: ['Tab', 'Enter'], gapMs: 10 },
  { ending: ['Enter', 'Enter'], gapMs: 35 },
  { ending: ['Enter', 'Tab', 'Enter'], gapMs: 100 },
];

export const endingInWords = (ending: readonly string[]): string => ending.join(' ') || 'nothing';
export const wayInWords = ({ ending, gapMs }: Way): string => `${gapMs} ms, ended by ${endingInWords(ending)}`;
