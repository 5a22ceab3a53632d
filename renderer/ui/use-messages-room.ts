import { type RefObject, useLayoutEffect } from 'react';

/**
 * The screen gives the messages as much room as they need, between its list and its foot. It has it back when they leave, but not
 * while the pointer is there (a second press on Close must not meet the row that comes up), nor while rows would move for it: a list
 * that is scrolled to its end comes down when it grows.
 */
export function useMessagesRoom(place: RefObject<HTMLElement | null>, lines: RefObject<HTMLElement | null>, screen: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen owes nothing to the rows of the one before.
  useLayoutEffect(() => {
    const [placed, said] = [place.current, lines.current];
    if (!placed || !said) return;
    let roomPx = 0;
    let isKept = false;
    const give = (px: number) => {
      roomPx = px;
      document.documentElement.style.setProperty('--messages-room', `${px}px`);
    };
    const makeRoom = () => {
      const wantedPx = said.getBoundingClientRect().height;
      isKept = wantedPx < roomPx && (placed.matches(':hover') || movesRows(roomPx - wantedPx));
      if (!isKept && wantedPx !== roomPx) give(wantedPx);
    };
    const takeBackIfKept = () => {
      if (isKept) makeRoom();
    };
    give(said.getBoundingClientRect().height);
    const resized = new ResizeObserver(makeRoom);
    resized.observe(said, { box: 'border-box' });
    placed.addEventListener('mouseleave', takeBackIfKept);
    document.addEventListener('scroll', takeBackIfKept, { capture: true, passive: true });
    window.addEventListener('resize', takeBackIfKept);
    return () => {
      resized.disconnect();
      placed.removeEventListener('mouseleave', takeBackIfKept);
      document.removeEventListener('scroll', takeBackIfKept, { capture: true });
      window.removeEventListener('resize', takeBackIfKept);
    };
  }, [screen]);
}

/** Whether something is scrolled so near its end that its rows come down when it grows by so much. */
const movesRows = (px: number): boolean =>
  [...document.querySelectorAll('.screen, .screen *')].some(
    ({ scrollTop, scrollHeight, clientHeight }) => scrollTop > 0 && scrollHeight - clientHeight - scrollTop < px - 1,
  );
