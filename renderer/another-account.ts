import { startAfresh } from './end-of-day/end-of-day-state.ts';
import { chooseHolds } from './holds/holds-state.ts';
import { dismissProblems } from './toasts.ts';

/** What was chosen or begun under one account is not gone on with under another, and what went wrong under it names payments of its own. */
export function leaveAccountBehind(): void {
  chooseHolds([]);
  startAfresh();
  dismissProblems();
}
