import { type Action, isOpen } from '../core/queue/action.ts';
import { onPayment, type QueueState } from '../core/queue/queue-state.ts';
import { isAhead } from '../core/queue/schedule.ts';
import { notBeforeInWords } from '../words/asked-to-wait.ts';
import { behindAnother } from '../words/behind-another.ts';

/** `isDojos`: it goes by itself with what Dojo says. */
type Why = Readonly<{ message: string; next: string | null; isDojos?: true }>;

const UNREADABLE: Why = {
  message: 'An earlier action on this payment cannot be read from the disk, so it is not sent.',
  next: 'Look the payment up in Dojo and finish it there.',
};
const NOT_WRITTEN: Why = { message: 'This PC’s disk cannot be written just now, so nothing is sent.', next: 'A notice says what to do about the disk.' };
const BEHIND_OWN: Why = { message: 'An earlier action on this payment comes first.', next: 'Look at that one in the queue.' };

/** Why trying an action now can do nothing; null: it is tried. */
export function whyNotNow(action: Action, queue: QueueState, nowMs: number, zone: string): Why | null {
  if (isAhead(queue.throttledUntilMs, nowMs)) return { ...notBeforeInWords(queue.throttledUntilMs, zone), isDojos: true };
  if (action.state !== 'waiting') return null;
  if (!queue.diskOk) return NOT_WRITTEN;
  if (queue.unreadableLanes.has(action.paymentId)) return UNREADABLE;
  const first = onPayment(queue, action.paymentId).find(isOpen);
  if (first === undefined || first.id === action.id) return null;
  return first.accountId === action.accountId ? BEHIND_OWN : behindAnother(action);
}
