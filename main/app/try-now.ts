import { type Action, isOpen } from '../core/queue/action.ts';
import { onPayment, type QueueState } from '../core/queue/queue-state.ts';
import { isAhead } from '../core/queue/schedule.ts';
import { notBeforeInWords } from '../words/asked-to-wait.ts';
import { behindAnother, behindOwn } from '../words/behind-another.ts';
import { tryNowWords } from '../words/try-now-words.ts';

/** `isDojos`: it goes by itself with what Dojo says. */
type Why = Readonly<{ message: string; next: string | null; isDojos?: true }>;

/** Why trying an action now can do nothing; null: it is tried. */
export function whyNotNow(action: Action, queue: QueueState, nowMs: number, zone: string): Why | null {
  if (isAhead(queue.throttledUntilMs, nowMs)) return { ...notBeforeInWords(queue.throttledUntilMs, zone), isDojos: true };
  if (action.state !== 'waiting') return null;
  if (!queue.diskOk) return tryNowWords.notWritten;
  if (queue.unreadableLanes.has(action.paymentId)) return tryNowWords.unreadable;
  const first = onPayment(queue, action.paymentId).find(isOpen);
  if (first === undefined || first.id === action.id) return null;
  return first.accountId === action.accountId ? behindOwn(action, first) : behindAnother(action);
}
