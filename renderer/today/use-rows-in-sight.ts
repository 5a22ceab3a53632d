import { type RefObject, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { scrollerOf } from './list-scroller.ts';
import { useIsLow } from './use-is-low.ts';

/** Rows drawn above and below those in sight, so that a quick finger does not see where they end. */
const BEYOND = 6;

/** At least so much of the window stands above the list: the header and Today's two lines, as in shell.css and today-small.css. */
const ABOVE_PX_MIN = 116;

export type RowsInSight = Readonly<{ first: number; end: number }>;

/** Which of the list's rows to draw: `first` up to, not including, `end`. There may be fewer rows than `end` says. */
export function useRowsInSight(list: RefObject<HTMLElement | null>, rowHeight: number): RowsInSight {
  const isLow = useIsLow();
  // As many as a window can show: to measure the list before it is painted for the first time would lay the whole page out twice.
  const [inSight, setInSight] = useState<RowsInSight>(() => ({ first: 0, end: Math.ceil((window.innerHeight - ABOVE_PX_MIN) / rowHeight) }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: with the window's height it is another element that scrolls.
  useLayoutEffect(() => {
    const scroller = list.current && scrollerOf(list.current);
    if (!scroller) return;
    const { element } = scroller;
    const place = () => {
      const topPx = scroller.topPx();
      return { first: Math.max(0, Math.floor(topPx / rowHeight)), end: Math.max(0, Math.ceil((topPx + element.clientHeight) / rowHeight)) };
    };
    const withMore = ({ first, end }: RowsInSight) => ({ first: Math.max(0, first - BEYOND), end: end + BEYOND });
    // Within the same frame: a scrolled list must not be painted without its rows.
    const onScroll = () =>
      flushSync(() => {
        const wanted = withMore(place());
        setInSight((before) => (before.first === wanted.first && before.end === wanted.end ? before : wanted));
      });
    element.addEventListener('scroll', onScroll, { passive: true });
    // Called once at the beginning as well. What is drawn already reaches beyond what is in sight then: more is for who scrolls.
    const resized = new ResizeObserver(() => {
      const now = place();
      setInSight((before) => (before.first <= now.first && before.end >= now.end ? before : withMore(now)));
    });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      resized.disconnect();
    };
  }, [list, rowHeight, isLow]);
  return inSight;
}
