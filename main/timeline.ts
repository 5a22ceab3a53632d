import type { PaymentDetail } from '../preload/contract.ts';
import { type Action, amountOf } from './core/action.ts';
import { captureTotalMinor, heldMinor, type Payment } from './core/payment.ts';
import { words } from './core/words.ts';
import type { ActivityEntry } from './ports.ts';

type Entry = PaymentDetail['timeline'][number];

const CAPTURE_WORDS: Readonly<Record<string, readonly [what: string, tone: Entry['tone']]>> = {
  Created: ['Taking…', 'promised'],
  Successful: ['Taken', 'confirmed'],
  Declined: ['Refused by the bank, nothing taken', 'refused'],
  Failed: ['Did not go through, nothing taken', 'refused'],
};

const ACTIVITY_TONES: Readonly<Record<string, Entry['tone']>> = { done: 'confirmed', refused: 'refused', expired: 'refused', needsPerson: 'refused' };

/** What happened to a payment, oldest first: what Dojo shows, and what was done on this till. */
export function timelineOf(payment: Payment, actions: readonly Action[], activity: readonly ActivityEntry[]): Entry[] {
  const entries: Entry[] = [{ atMs: payment.createdAtMs, what: 'Created', amountMinor: payment.amountMinor, by: 'dojo', tone: 'neutral' }];
  const paid = payment.status !== 'Created' && payment.status !== 'Canceled';
  if (paid && payment.paidAtMs !== null)
    entries.push({
      atMs: payment.paidAtMs,
      what: payment.captureMode === 'Manual' ? 'Held on the card' : 'Paid',
      amountMinor: heldMinor(payment),
      by: 'dojo',
      tone: 'confirmed',
    });
  for (const capture of payment.captures ?? []) {
    const [what, tone] = CAPTURE_WORDS[capture.status] ?? [capture.status, 'neutral'];
    entries.push({ atMs: capture.createdAtMs, what, amountMinor: captureTotalMinor(capture), by: 'dojo', tone });
  }
  const changed = { atMs: payment.updatedAtMs, by: 'dojo', tone: 'confirmed' } as const;
  if (payment.status === 'Reversed') entries.push({ ...changed, what: 'Undone, the customer is not charged', amountMinor: heldMinor(payment) });
  if (payment.status === 'Canceled') entries.push({ ...changed, what: 'Cancelled before payment', amountMinor: null });
  if (payment.refundedMinor > 0) entries.push({ ...changed, what: 'Refunded in all', amountMinor: payment.refundedMinor });
  const byId = new Map(actions.map((action) => [action.id, action]));
  for (const { atMs, what, actionId, note } of activity) {
    const action = actionId ? byId.get(actionId) : undefined;
    if (!action) continue;
    const text = what === 'accepted' ? words.accepted(action) : note || what;
    entries.push({ atMs, what: text, amountMinor: what === 'accepted' ? amountOf(action.move) : null, by: 'till', tone: ACTIVITY_TONES[what] ?? 'promised' });
  }
  return entries.sort((a, b) => a.atMs - b.atMs);
}
