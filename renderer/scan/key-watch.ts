import { altCharacter, altDigitOf, isHeldKey, type KeyDown, keyPressOf } from './key-press.ts';
import { isKeptAway, type Place, placeOf } from './place.ts';
import { afterKey, isAfterPause, STILL } from './press-pause.ts';
import { type KeyPress, type KeyRun, keyReleased, nextKey, RUN_GAP_MAX_MS, wholeOf } from './scan-burst.ts';

/** A scan, told or ended. What was before `startedAtMs` was there before its first key. */
export type Scan = Readonly<{ startedAtMs: number; text: string; beganIn: Place }>;

type Listeners = Readonly<{
  /** Before a key does anything. `startedAtMs`: when the first key came of what would be one scan with it. */
  key: Set<(atMs: number, startedAtMs: number) => void>;
  /** It is a scanner: what its keys changed is put back now. */
  told: Set<(scan: Scan) => void>;
  /** It has ended. A late key may end it once more, with more text. */
  ended: Set<(scan: Scan) => void>;
}>;
const listeners: Listeners = { key: new Set(), told: new Set(), ended: new Set() };

/** Calls the listener until the returned undo is called. */
export function onKeys<K extends keyof Listeners>(what: K, listener: Listeners[K] extends Set<infer L> ? L : never): () => void {
  const set = listeners[what] as Set<typeof listener>;
  set.add(listener);
  return () => void set.delete(listener);
}

/** Once the keyboard has been still for so long, what came was all of it. A little more than the longest gap inside a scan. */
const ENDED_AFTER_MS = RUN_GAP_MAX_MS + 50;
/** Letters typed where they mean nothing make an Enter or a blank that follows them meaningless too, until a pause. */
const STRAY_MS = 1_500;

let run: KeyRun | null = null;
let beganIn: Place = 'none';
let lastTarget: EventTarget | null = null;
let rhythm = STILL;
let isDeliberate = true;
let isStray = false;
/** Letters have moved to an option of an open list: an Enter that follows them in their rhythm is not a person's choice. */
let isChoosing = false;
let isByKey = false;
let altDigits = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** Whether the last key that went down came after a pause that a person takes to look: only such a key moves money. */
export const wasDeliberate = (): boolean => isDeliberate;

/** Whether the last thing that was put in came by the keyboard. */
export const wasByKey = (): boolean => isByKey;

/** Whether what is being put in now comes from a scanner, by whatever way. */
export const isScanning = (atMs: number): boolean => run?.phase === 'burst' && atMs - run.lastAtMs <= RUN_GAP_MAX_MS;

function end(): void {
  clearTimeout(timer);
  if (run === null) return;
  const { startedAtMs, text } = wholeOf(run);
  const scan = { startedAtMs, text: text.trim(), beganIn };
  for (const listener of [...listeners.ended]) listener(scan);
}

/** Takes one key into the run. Whether it is a scanner's. */
function take(press: KeyPress, place: Place, target: EventTarget | null): boolean {
  // What was typed elsewhere, and then left, is no part of a scan that a hiccup cut in two.
  if (run && target !== lastTarget && press.atMs - run.lastAtMs > RUN_GAP_MAX_MS) run = null;
  lastTarget = target;
  const had = run;
  const step = nextKey(run, press);
  run = step.run;
  if (press.kind === 'char' && (run.startedAtMs !== had?.startedAtMs || had.text === '')) beganIn = place;
  const whole = wholeOf(run);
  for (const listener of [...listeners.key]) listener(press.atMs, whole.startedAtMs);
  if (step.hasBegun) for (const listener of [...listeners.told]) listener({ ...whole, beganIn });
  if (step.hasEnded) end();
  else if (run.phase === 'burst') {
    clearTimeout(timer);
    timer = setTimeout(end, ENDED_AFTER_MS);
  }
  return step.isBurst;
}

const stop = (event: Event): void => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

const downOf = (event: KeyboardEvent): KeyDown => ({
  key: event.key,
  code: event.code,
  ctrlKey: event.ctrlKey,
  altKey: event.altKey,
  metaKey: event.metaKey,
  timeStamp: event.timeStamp,
  isAltGraph: event.getModifierState('AltGraph'),
});

function onKeyDown(event: KeyboardEvent): void {
  const { key, timeStamp: atMs } = event;
  const place = placeOf(event.target);
  const stillBefore = atMs - rhythm.lastAtMs;
  isByKey = true;
  if (!isHeldKey(key)) {
    isDeliberate = isAfterPause(rhythm, atMs);
    rhythm = afterKey(rhythm, atMs);
  }
  // A key held down repeats by itself: a person's, and no new press of anything.
  if (event.repeat) return;
  altDigits = event.altKey ? altDigits + altDigitOf(event) : '';

  const press = keyPressOf(downOf(event));
  const isBurst = take(press, place, event.target);
  if (isBurst) {
    isDeliberate = false;
    isStray = true;
    if (isKeptAway(press.kind, key, place, beganIn, event.target instanceof HTMLTextAreaElement)) stop(event);
    return;
  }
  if (stillBefore > STRAY_MS || place !== 'none') isStray = false;
  if (stillBefore > STRAY_MS || place !== 'options') isChoosing = false;
  if ((isStray || (isChoosing && !isDeliberate)) && (key === 'Enter' || key === ' ')) {
    isDeliberate = false;
    stop(event);
  }
  if (press.kind !== 'char' || key === ' ') return;
  if (place === 'none') isStray = true;
  if (place === 'options') isChoosing = true;
}

function onKeyUp(event: KeyboardEvent): void {
  run = keyReleased(run, event.code);
  if (event.key !== 'Alt' || altDigits === '') return;
  const text = altCharacter(altDigits);
  altDigits = '';
  if (text !== '') take({ kind: 'char', text, code: '', atMs: event.timeStamp }, placeOf(event.target), event.target);
}

function onPointerDown(): void {
  isStray = false;
  isChoosing = false;
  isByKey = false;
}

/** Watches the keyboard for a barcode scanner. Once, at the top of the page: a scanner stands beside the first start too. Returns its undo. */
export function watchKeys(): () => void {
  // Capturing at the window: before any button, field or shortcut sees the key.
  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('keyup', onKeyUp, true);
  window.addEventListener('pointerdown', onPointerDown, true);
  return () => {
    clearTimeout(timer);
    run = null;
    rhythm = STILL;
    isDeliberate = true;
    isStray = false;
    isChoosing = false;
    isByKey = false;
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('keyup', onKeyUp, true);
    window.removeEventListener('pointerdown', onPointerDown, true);
  };
}
