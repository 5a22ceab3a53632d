import { useEffect } from 'react';
import { create } from 'zustand';
import { announce } from './toasts.ts';

type Rest = typeof import('./rest.ts');

/** From the first frame until its picture is on the screen. No hand is faster. */
const PAINTED_MS = 100;

const useLoaded = create<{ rest: Rest | null }>(() => ({ rest: null }));
let isAsked = false;

function loadRest(): void {
  if (isAsked) return;
  isAsked = true;
  import('./rest.ts').then(
    (rest) => useLoaded.setState({ rest }),
    () => announce('A part of Tillside could not be read from this PC. Nothing is lost: close Tillside and open it anew.', 'problem'),
  );
}

/** What the first screen does without, at once where it is wanted; null: it is not wanted, or still on its way. */
export function useRest(isWanted = true): Rest | null {
  useEffect(() => {
    if (isWanted) loadRest();
  }, [isWanted]);
  return useLoaded(({ rest }) => (isWanted ? rest : null));
}

/** Loads it as soon as the first screen has been painted: who presses a button finds it there. */
export function useRestAfterPaint(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(loadRest, PAINTED_MS);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
}
