import { type RefObject, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Rows drawn above and below those in sight, so that a quick finger does not see where they end. */
const BEYOND = 6;

export type RowsInSight = Readonly<{ first: number; end: number }>;

/** Which of the list's rows to draw: `first` up to, not including, `end`. There may be fewer rows than `end` says. */
export function useRowsInSight(list: RefObject<HTMLElement | null>, rowHeight: number): RowsInSight {
  // As many as a window can show: to measure the list before it is painted for the first time would lay the whole page out twice.
  const [inSight, setInSight] = useState<RowsInSight>(() => ({ first: 0, end: Math.ceil(window.innerHeight / rowHeight) }));
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const look = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - BEYOND);
      const end = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + BEYOND;
      setInSight((before) => (before.first === first && before.end === end ? before : { first, end }));
    };
    // Within the same frame: a scrolled list must not be painted without its rows.
    const onScroll = () => flushSync(look);
    element.addEventListener('scroll', onScroll, { passive: true });
    // Called once at the beginning as well, between layout and paint.
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      resized.disconnect();
    };
  }, [list, rowHeight]);
  return inSight;
}
