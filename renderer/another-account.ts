import { startAfresh } from './end-of-day/end-of-day-state.ts';
import { chooseHolds } from './holds/holds-state.ts';

/** What was chosen or begun under one account is not gone on with under another. */
export function leaveAccountBehind(): void {
  chooseHolds([]);
  startAfresh();
}
