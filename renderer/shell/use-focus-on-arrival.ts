import { useEffect } from 'react';
import { focusWork } from '../ui/focus-work.ts';
import { useView } from '../view.ts';

/** The keyboard goes on in the screen that a person has gone to, not on the button that led there or that is gone. */
export function useFocusOnArrival(): void {
  const arrivals = useView((view) => view.arrivals);
  useEffect(() => {
    if (arrivals === 0) return;
    // A list draws its first rows in the next frame.
    const frame = requestAnimationFrame(() => {
      if (useView.getState().dialog === null) focusWork();
    });
    return () => cancelAnimationFrame(frame);
  }, [arrivals]);
}
