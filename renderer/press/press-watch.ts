import { cameTo, isAt, lookedAt, pressedAt, type StillPlace } from './still-place.ts';
import { whoIsThere } from './who-is-there.ts';

/** As long as main may take to answer a press, so that a row leaves by it. */
const WATCHED_MS = 1_500;
/** What a person scrolls under a resting pointer they see coming. */
const SCROLLING_MS = 400;
const SWALLOWED = ['mousedown', 'pointerup', 'mouseup', 'click', 'dblclick'] as const;

let place: StillPlace | null = null;
let pressedAtMs = Number.NEGATIVE_INFINITY;
let begunAtMs = Number.NEGATIVE_INFINITY;
let scrolledAtMs = Number.NEGATIVE_INFINITY;
let isSwallowing = false;
let frame: number | null = null;

/** When the pointer went down last, on the page's monotonic clock: by the press's own time, for a busy page hears of it later. */
export const pressBegunAtMs = (): number => begunAtMs;

const isWatched = (atMs: number): boolean => atMs - pressedAtMs < WATCHED_MS;

const stop = (event: Event): void => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** After a press, frame by frame: a finger hovers over nothing, so nothing else tells what came under it. */
function lookOn(): void {
  frame = null;
  const nowMs = performance.now();
  if (place === null || !isWatched(nowMs)) return;
  place = lookedAt(place, whoIsThere(document.elementFromPoint(place.x, place.y)), nowMs);
  frame = requestAnimationFrame(lookOn);
}

function onPointerDown(event: PointerEvent): void {
  const { clientX: x, clientY: y, timeStamp: atMs } = event;
  const press = pressedAt(place, { x, y, what: whoIsThere(event.target), atMs, isTouch: event.pointerType === 'touch' });
  place = press.place;
  begunAtMs = atMs;
  pressedAtMs = performance.now();
  isSwallowing = press.isTooSoon;
  if (isSwallowing) stop(event);
  frame ??= requestAnimationFrame(lookOn);
}

/** What else the browser tells of a press that came too soon. What a key or a program presses has no count of clicks. */
function onRest(event: Event): void {
  if (!isSwallowing || !(event instanceof MouseEvent) || (event.type === 'click' && event.detail === 0)) return;
  stop(event);
}

function onPointerMove(event: PointerEvent): void {
  const point = { x: event.clientX, y: event.clientY };
  if (place && isAt(place, point) && isWatched(performance.now())) return;
  place = cameTo({ ...point, what: whoIsThere(event.target), isTouch: event.pointerType === 'touch' });
}

/** The browser tells of what comes under a pointer that rests. */
function onPointerOver(event: PointerEvent): void {
  const nowMs = performance.now();
  if (place === null || event.clientX !== place.x || event.clientY !== place.y || nowMs - scrolledAtMs < SCROLLING_MS) return;
  place = lookedAt(place, whoIsThere(event.target), nowMs);
}

function onWheel(): void {
  scrolledAtMs = performance.now();
}

/** Keeps presses from what has only just come under the pointer. Once, at the top of the page; returns its undo. */
export function watchPresses(): () => void {
  // Capturing at the window: before any button, row or list sees the press.
  window.addEventListener('pointerdown', onPointerDown, true);
  window.addEventListener('pointermove', onPointerMove, true);
  window.addEventListener('pointerover', onPointerOver, true);
  window.addEventListener('wheel', onWheel, { capture: true, passive: true });
  for (const type of SWALLOWED) window.addEventListener(type, onRest, true);
  return () => {
    if (frame !== null) cancelAnimationFrame(frame);
    frame = null;
    place = null;
    isSwallowing = false;
    window.removeEventListener('pointerdown', onPointerDown, true);
    window.removeEventListener('pointermove', onPointerMove, true);
    window.removeEventListener('pointerover', onPointerOver, true);
    window.removeEventListener('wheel', onWheel, true);
    for (const type of SWALLOWED) window.removeEventListener(type, onRest, true);
  };
}
