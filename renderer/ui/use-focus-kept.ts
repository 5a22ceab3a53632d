import { type RefObject, useEffect, useRef } from 'react';
import { isCovered } from '../keys.ts';

/**
 * A focused button that goes away takes the focus with it, and the keyboard would then be nowhere: the next key brings it back
 * into the dialog, and Esc still leaves.
 */
export function useFocusKept(dialog: RefObject<HTMLElement | null>, onEscape: () => void): void {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const element = dialog.current;
      if (!element || isCovered(element) || document.activeElement !== document.body) return;
      element.focus();
      if (event.key === 'Escape') latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [dialog]);
}
