import type { KeyboardEvent } from 'react';

/** So many frames a list takes to measure rows that were not drawn before. */
const FRAMES = 10;

/**
 * For a list that scrolls with what stands above it, as on a small screen: Home and End lead to a row. They would scroll all of it as well, away
 * from that row; and rows that come in sight only now may be higher than guessed, so that the row is brought in sight once they are measured.
 */
export function keepInSight(event: KeyboardEvent): void {
  if ((event.key !== 'Home' && event.key !== 'End') || !(event.target instanceof Element) || !event.target.closest('[role=grid]')) return;
  event.preventDefault();
  let frames = 0;
  const bring = () => {
    document.activeElement?.closest('[role=row]')?.scrollIntoView({ block: 'nearest' });
    frames += 1;
    if (frames < FRAMES) requestAnimationFrame(bring);
  };
  requestAnimationFrame(bring);
}
