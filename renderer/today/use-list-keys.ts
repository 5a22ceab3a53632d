import { type RefObject, useCallback, useEffect } from 'react';

/** The screen itself has it where somebody came before its list was there. */
const isNowhere = (focused: Element | null): boolean => focused === document.body || focused?.matches('.screen') === true;

/** Arrow keys reach the list from wherever nothing else wants them; the returned function moves there as well. */
export function useListKeys(list: RefObject<HTMLElement | null>): () => void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      if (!isNowhere(document.activeElement) || event.defaultPrevented) return;
      event.preventDefault();
      list.current?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [list]);
  return useCallback(() => list.current?.focus(), [list]);
}
