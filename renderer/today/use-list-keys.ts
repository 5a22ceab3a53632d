import { type RefObject, useCallback, useEffect } from 'react';

/** Arrow keys reach the list from wherever nothing else wants them; the returned function moves there as well. */
export function useListKeys(list: RefObject<HTMLElement | null>): () => void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      if (document.activeElement !== document.body || event.defaultPrevented) return;
      event.preventDefault();
      list.current?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [list]);
  return useCallback(() => list.current?.focus(), [list]);
}
