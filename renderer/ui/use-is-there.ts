import { type RefObject, useEffect, useRef } from 'react';

/** Whether the component still stands. What goes wrong after the person has left has to be said where they are now. */
export function useIsThere(): RefObject<boolean> {
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  return isThere;
}
