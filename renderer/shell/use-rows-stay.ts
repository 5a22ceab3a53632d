import { type RefObject, useLayoutEffect, useRef } from 'react';

/** A finger that has left is still told as hovering where it was last. */
const hovers = window.matchMedia('(hover: hover)');

const scrolls = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement && ['auto', 'scroll'].includes(getComputedStyle(element).overflowY);

/** What a person does with a pointer on a list. That a list comes under one that rests, as a screen appears, is none of it. */
const TOUCHES = ['pointermove', 'pointerdown', 'wheel'] as const;

/** The list that a pointer rests on, which was `touched` last; undefined: it is elsewhere. */
const listUnderPointer = (touched: readonly EventTarget[]): HTMLElement | undefined =>
  hovers.matches
    ? [...document.querySelectorAll('.screen :hover')]
        .reverse()
        .filter(scrolls)
        .find((list) => touched.includes(list))
    : undefined;

const sizeOfWindow = (): string => `${window.innerWidth}×${window.innerHeight}`;

/** Where a whole screen scrolls, the rows are in a part of it. */
const rowsOf = (list: HTMLElement): HTMLElement => list.querySelector<HTMLElement>('.list') ?? list;

const heightOfRows = (list: HTMLElement): number =>
  (rowsOf(list).lastElementChild?.getBoundingClientRect().bottom ?? 0) - list.getBoundingClientRect().top - list.clientTop + list.scrollTop;

/**
 * As a band comes or goes above a list, the rows stay under the pointer that rests on them: the list is scrolled by as much, and where it
 * is too short for that it is given room at its end. What was done is undone as soon as the pointer has left it. With another window size,
 * or zoom, everything has moved and the list starts where it was.
 */
export function useRowsStay(): RefObject<HTMLDivElement | null> {
  const bands = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = bands.current;
    if (!element) return;
    let heightPx = element.getBoundingClientRect().height;
    let windowSize = sizeOfWindow();
    let touched: readonly EventTarget[] = [];
    const touch = (event: Event) => {
      touched = event.composedPath();
    };
    let moved: Readonly<{ list: HTMLElement; byPx: number; toPx: number }> | null = null;
    const undo = () => {
      if (!moved) return;
      const { list, byPx, toPx } = moved;
      moved = null;
      list.removeEventListener('pointerleave', undo);
      // Who has scrolled since is where they want to be.
      const isWhereItWas = Math.abs(list.scrollTop - toPx) < 1;
      rowsOf(list).style.removeProperty('padding-bottom');
      if (isWhereItWas) list.scrollTop = toPx - byPx;
    };
    const follow = () => {
      const [beforePx, sizeBefore] = [heightPx, windowSize];
      heightPx = element.getBoundingClientRect().height;
      windowSize = sizeOfWindow();
      const list = listUnderPointer(touched);
      if (moved && (moved.list !== list || windowSize !== sizeBefore)) undo();
      if (!list || heightPx === beforePx || windowSize !== sizeBefore) return;
      const wantedPx = Math.max(0, list.scrollTop + heightPx - beforePx);
      const roomPx = list.clientHeight + wantedPx - heightOfRows(list);
      if (roomPx > Number.parseFloat(getComputedStyle(rowsOf(list)).paddingBottom)) rowsOf(list).style.paddingBottom = `${roomPx}px`;
      const byPx = (moved?.byPx ?? 0) + wantedPx - list.scrollTop;
      list.scrollTop = wantedPx;
      if (!moved) list.addEventListener('pointerleave', undo);
      moved = { list, byPx, toPx: list.scrollTop };
    };
    // Before the frame in which the band is drawn: no row is seen elsewhere.
    const resized = new ResizeObserver(follow);
    resized.observe(element, { box: 'border-box' });
    resized.observe(document.documentElement);
    for (const type of TOUCHES) document.addEventListener(type, touch, { capture: true, passive: true });
    return () => {
      resized.disconnect();
      for (const type of TOUCHES) document.removeEventListener(type, touch, { capture: true });
      undo();
    };
  }, []);
  return bands;
}
