import { type RefObject, useEffect, useRef } from 'react';
import { useView } from '../view.ts';

/** Where a screen's work begins: its list, else what scrolls, so that the arrows work at once. */
const BEGINS = '[role=grid], .eod-review, .settings';

/** The keyboard goes on in the screen that a person has gone to, not on the button that led there or that is gone. */
export function useFocusOnArrival(): RefObject<HTMLElement | null> {
  const screen = useRef<HTMLElement>(null);
  const arrivals = useView((view) => view.arrivals);
  useEffect(() => {
    if (arrivals === 0) return;
    // A list draws its first rows in the next frame.
    const frame = requestAnimationFrame(() => {
      const work = screen.current?.querySelector<HTMLElement>(BEGINS) ?? screen.current;
      if (!work || work.contains(document.activeElement) || useView.getState().dialog !== null) return;
      // What takes no focus by itself takes it for this once: a press on empty ground is not to put it there.
      if (!work.hasAttribute('tabindex')) {
        work.tabIndex = -1;
        work.addEventListener('blur', () => work.removeAttribute('tabindex'), { once: true });
      }
      work.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [arrivals]);
  return screen;
}
