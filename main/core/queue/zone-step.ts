import { sameDayEndsAtMs } from '../payment/same-day.ts';
import { isOpen } from './action.ts';
import type { Turn } from './turn.ts';

/** The shop's zone is another than at the last event. What has to go out before the shop's midnight has until that of the zone as it is now. */
export function followZone(turn: Turn): void {
  const { zone } = turn.now;
  if (turn.state.zone === zone) return;
  turn.set({ zone });
  followMidnight(turn);
}

/** Also of what comes from the disk: the zone may have been set in another run. */
export function followMidnight(turn: Turn): void {
  for (const action of turn.actions.values()) {
    const deadlineAtMs = action.sameDay && sameDayEndsAtMs(action.sameDay, turn.now.zone);
    if (deadlineAtMs !== undefined && isOpen(action) && deadlineAtMs !== action.deadlineAtMs) turn.change(action, action.state, { deadlineAtMs });
  }
}
