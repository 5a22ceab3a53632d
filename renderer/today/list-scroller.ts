import { isLow } from './use-is-low.ts';

/** What scrolls a list's rows: the list itself, or where there is little height the whole screen, so that there is one thing to scroll. */
export type ListScroller = Readonly<{
  element: HTMLElement;
  /** How much of the rows is scrolled away above; below zero where they begin further down. */
  topPx: () => number;
  /** How much of its height rows can be seen in. */
  heightPx: () => number;
  scrollTo: (topPx: number) => void;
}>;

export function scrollerOf(list: HTMLElement): ListScroller {
  const screen = list.closest<HTMLElement>('.today');
  if (!isLow() || screen === null)
    return {
      element: list,
      topPx: () => list.scrollTop,
      heightPx: () => list.clientHeight,
      scrollTo: (topPx) => {
        list.scrollTop = topPx;
      },
    };
  const aboveRowsPx = () => list.getBoundingClientRect().top - screen.getBoundingClientRect().top + screen.scrollTop;
  return {
    element: screen,
    topPx: () => screen.scrollTop - aboveRowsPx(),
    // The foot lies over what is scrolled, and a message stands on it.
    heightPx: () => screen.clientHeight - Number.parseFloat(getComputedStyle(screen).scrollPaddingBottom),
    scrollTo: (topPx) => {
      screen.scrollTop = topPx + aboveRowsPx();
    },
  };
}
