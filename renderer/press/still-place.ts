import { ARMED_AFTER_MS } from './armed-after.ts';

/**
 * A place that a pointer rests on, or has just pressed, and what lies there. A row that leaves when it is pressed brings the next row's
 * button under the pointer, and a dialog that closes the list behind it: the second press of a double click must not be theirs.
 */
export type StillPlace = Readonly<{
  x: number;
  y: number;
  /** So far away a press counts as one at this place. */
  reachPx: number;
  /** Who is pressed there; empty: nobody. */
  what: string;
  /** When somebody else came there without the pointer's doing. */
  changedAtMs: number;
  /** Who was pressed there last, and when; null: nobody. */
  pressed: Readonly<{ what: string; atMs: number }> | null;
}>;

export type PressAt = Readonly<{ x: number; y: number; what: string; atMs: number; isTouch: boolean }>;

/** Systems take two presses for a double click within half a second, and within 0.9 s where a slow hand was set. */
const DOUBLE_CLICK_MS = 1_000;

/** The hand trembles less on a mouse than a finger misses its own last touch. */
const REACH_PX = { mouse: 8, touch: 24 } as const;

/** The pointer came here by itself: what lies here was chosen. */
export const cameTo = ({ x, y, what, isTouch }: Omit<PressAt, 'atMs'>): StillPlace => ({
  x,
  y,
  reachPx: isTouch ? REACH_PX.touch : REACH_PX.mouse,
  what,
  changedAtMs: Number.NEGATIVE_INFINITY,
  pressed: null,
});

export const isAt = ({ x, y, reachPx }: StillPlace, point: Readonly<{ x: number; y: number }>): boolean => Math.hypot(point.x - x, point.y - y) <= reachPx;

/** The place after a look at it. */
export const lookedAt = (place: StillPlace, what: string, atMs: number): StillPlace => (what === place.what ? place : { ...place, what, changedAtMs: atMs });

/** Whether a press there is for somebody who has only just come there, or the second one of a double click on somebody else; and the place after it. */
export function pressedAt(place: StillPlace | null, press: PressAt): Readonly<{ isTooSoon: boolean; place: StillPlace }> {
  const { what, atMs } = press;
  const heeded = { what, atMs };
  if (place === null || !isAt(place, press)) return { isTooSoon: false, place: { ...cameTo(press), pressed: heeded } };
  const seen = lookedAt(place, what, atMs);
  // A button that waited for an answer, and is itself again, is nobody else.
  const isSecond = place.pressed !== null && place.pressed.what !== what && atMs - place.pressed.atMs < DOUBLE_CLICK_MS;
  const isTooSoon = what !== '' && (isSecond || atMs - seen.changedAtMs < ARMED_AFTER_MS);
  // One that did nothing is no first press of another two.
  return { isTooSoon, place: isTooSoon ? seen : { ...seen, pressed: heeded } };
}
