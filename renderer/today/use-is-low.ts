import { useSyncExternalStore } from 'react';

/** As the style sheets ask: little height, as at 200 % zoom. */
const low = window.matchMedia('(max-height: 480px)');

const onChange = (changed: () => void): (() => void) => {
  low.addEventListener('change', changed);
  return () => low.removeEventListener('change', changed);
};

export const isLow = (): boolean => low.matches;
export const useIsLow = (): boolean => useSyncExternalStore(onChange, isLow);
