/**
 * Tells a barcode scanner's burst from a person's keys. A burst is
 * - three keys or more, two of them characters, with no pause above 50 ms, or
 * - four keys or more, three of them characters, with no pause above 115 ms,
 * where the key that ends it counts as one of them, and no two of the keys were down at once.
 *
 * Why these. A hand that types an amount finds each digit anew: 120 ms and more from key to key. A hand is quicker only where its fingers
 * roll, and rolling fingers press the next key before they let go of the last one; a scanner sends one key at a time. Digits that one
 * finger repeats come every 140 ms at best. A scanner's pace is set once and is the same from key to key; 100 ms is the slowest setting
 * that is told here, with 15 ms for a wireless link and a busy PC. What is slower than that moves no money either: press-pause.ts.
 *
 * What stays as it was typed: two characters, also with Enter, and three without an end, at 51 to 115 ms. A person types 25 or 250 like
 * that with two hands, and one gap or two cannot be called even. How long a key is held does not tell them apart either, for a remote
 * desktop and an on-screen keyboard send it down and up at once. Codes on goods have six digits or more, and the Enter of so short a
 * code moves no money: press-pause.ts.
 */
const PACES = [
  { gapMaxMs: 15, keysMin: 3, charsMin: 2, mayOverlap: true },
  { gapMaxMs: 50, keysMin: 3, charsMin: 2, mayOverlap: false },
  { gapMaxMs: 115, keysMin: 4, charsMin: 3, mayOverlap: false },
] as const;

/** Keys further apart belong to different runs. One hiccup of this length inside a burst does not cut it in two. */
export const RUN_GAP_MAX_MS = 150;
/** A wireless link or a busy PC may cut a code in two. What came no longer than this before a burst came from the scanner as well: a hand takes longer to reach for it. */
const HICCUP_MAX_MS = 300;
/** Enough for four characters, each made of five keys: with Alt held, a number. */
const RECENT_MAX = 24;
/** A code is no longer than this where somebody looks for it. */
const TEXT_LENGTH_MAX = 200;

/** One key going down. `char`: it types something, `text` if that is known. `end`: Enter, Tab and what else types nothing. `silent`: keys held for others. */
export type KeyPress = Readonly<{ kind: 'char' | 'end' | 'silent'; text: string; code: string; atMs: number }>;

type Recent = Readonly<{ isChar: boolean; code: string; gapMs: number; atMs: number; isOverlapped: boolean }>;

/** The keys that followed each other without a pause. Times are the keyboard's, on the page's monotonic clock. */
export type KeyRun = Readonly<{
  startedAtMs: number;
  lastAtMs: number;
  text: string;
  /** What came shortly before, cut off by a hiccup: part of the scan where this run turns out to be one. */
  before: WholeScan | null;
  recent: readonly Recent[];
  /** open: may still be a person. burst: it is a scanner. ended: so it was, and what follows at this pace is its tail. */
  phase: 'open' | 'burst' | 'ended';
}>;

/** All that came from the scanner, and since when. */
export type WholeScan = Readonly<{ startedAtMs: number; text: string }>;

export const wholeOf = ({ startedAtMs, text, before }: KeyRun): WholeScan => ({
  startedAtMs: before?.startedAtMs ?? startedAtMs,
  text: `${before?.text ?? ''}${text}`.slice(0, TEXT_LENGTH_MAX),
});

export type RunStep = Readonly<{
  run: KeyRun;
  /** The key belongs to a scanner. */
  isBurst: boolean;
  /** Since this very key. */
  hasBegun: boolean;
  /** This key ended it. */
  hasEnded: boolean;
}>;

const recentOf = (press: KeyPress, gapMs: number): Recent => ({
  isChar: press.kind === 'char',
  code: press.code,
  gapMs,
  atMs: press.atMs,
  isOverlapped: false,
});

const begin = (press: KeyPress, before: WholeScan | null = null): KeyRun => ({
  startedAtMs: press.atMs,
  lastAtMs: press.atMs,
  text: press.kind === 'char' ? press.text : '',
  // As below: what came before an Enter that ended nothing is no part of the code, but it may have been the scanner's.
  before: before && press.kind === 'end' ? { ...before, text: '' } : before,
  recent: [recentOf(press, Number.POSITIVE_INFINITY)],
  phase: 'open',
});

/** What one more key makes of the run. */
export function nextKey(run: KeyRun | null, press: KeyPress): RunStep {
  const goesOn = run !== null && press.atMs - run.lastAtMs <= RUN_GAP_MAX_MS;
  if (!goesOn) return step(begin(press, run !== null && run.phase === 'open' && press.atMs - run.lastAtMs <= HICCUP_MAX_MS ? wholeOf(run) : null));
  // After the end comes its tail, a line feed after the return or a Tab before it, or at once the next scan.
  if (run.phase === 'ended') return press.kind === 'end' ? step({ ...run, lastAtMs: press.atMs }, { isBurst: true }) : step(begin(press));

  const recent = [...run.recent, recentOf(press, press.atMs - run.lastAtMs)].slice(-RECENT_MAX);
  const isBurst = run.phase === 'burst' || (press.kind !== 'silent' && isScanner(recent));
  // What came before an Enter that ended nothing is no part of the code: a scanner may send one first.
  const text = press.kind === 'char' ? (run.text + press.text).slice(0, TEXT_LENGTH_MAX) : press.kind === 'end' && !isBurst ? '' : run.text;
  const before = press.kind === 'end' && !isBurst && run.before ? { ...run.before, text: '' } : run.before;
  const hasEnded = isBurst && press.kind === 'end';
  const phase = hasEnded ? 'ended' : isBurst ? 'burst' : 'open';
  return step({ ...run, lastAtMs: press.atMs, text, before, recent, phase }, { isBurst, hasBegun: isBurst && run.phase === 'open', hasEnded });
}

const step = (run: KeyRun, more: Partial<RunStep> = {}): RunStep => ({ run, isBurst: false, hasBegun: false, hasEnded: false, ...more });

/** A key going up. One that is let go after the next one went down was under a hand. */
export function keyReleased(run: KeyRun | null, code: string): KeyRun | null {
  if (run === null || code === '') return run;
  const pressed = run.recent.findLastIndex((key) => key.code === code && key.isChar);
  const next = pressed < 0 ? -1 : run.recent.findIndex((key, at) => at > pressed && key.isChar);
  if (next < 0) return run;
  return { ...run, recent: run.recent.map((key, at) => (at === next ? { ...key, isOverlapped: true } : key)) };
}

/** Whether the newest keys followed each other as a scanner's do. */
const isScanner = (recent: readonly Recent[]): boolean =>
  PACES.some(({ gapMaxMs, keysMin, charsMin, mayOverlap }) => {
    const first = recent.findLastIndex((key) => key.gapMs > gapMaxMs || (key.isOverlapped && !mayOverlap));
    // The stretch begins with the key after the pause: with the one whose own gap was too long.
    const stretch = recent.slice(Math.max(0, first));
    const chars = stretch.filter((key) => key.isChar).length;
    const end = recent.at(-1)?.isChar ? 0 : 1;
    return chars >= charsMin && chars + end >= keysMin;
  });
