import type { ActionView, SeenPayment } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';

/** It waits for a person, who may let it go out after a look at its payment. */
export const isForSending = ({ can, state }: Pick<ActionView, 'can' | 'state'>): boolean => can.release && state === 'needsPerson';

/** Dojo may still be working on what was sent of it: it cannot go out once more yet. */
export const isSettling = ({ settlesAtMs }: Pick<ActionView, 'settlesAtMs'>, nowMs: number): boolean => settlesAtMs !== null && nowMs < settlesAtMs;

/** Dojo shows its payment as it was when this was decided: it may go together with others. */
export const isUnchanged = ({ sinceDecision }: ActionView): boolean => sinceDecision?.unchanged === true;

const STATUS_WORDS: Readonly<Record<string, string>> = {
  Created: 'unpaid',
  Authorized: 'on hold',
  Captured: 'captured',
  Reversed: 'released or reversed',
  Refunded: 'refunded',
  Canceled: 'cancelled',
};

export type Seen = Readonly<{ text: string; isNew: boolean }>;

/** Of a hold what is left of it: what was captured is said beside. */
const shownMinor = ({ status, heldMinor, capturedMinor }: SeenPayment): number =>
  status === 'Authorized' ? Math.max(0, heldMinor - (capturedMinor ?? 0)) : heldMinor;

/** What the bank has not answered is in it: it is not called captured. */
function capturedInWords({ status, heldMinor, capturedMinor }: SeenPayment, money: (minor: number) => string): string {
  if (capturedMinor === null) return '';
  const of = status === 'Captured' && capturedMinor < heldMinor ? ` of ${money(heldMinor)}` : '';
  return `${money(capturedMinor)}${of} in `;
}

/** A payment as it was seen, fact by fact; one that was otherwise before stands out. */
export function seenFacts(seen: SeenPayment, before: SeenPayment | null, currency: string): readonly Seen[] {
  const money = (minor: number) => formatMoney(minor, currency);
  const fact = (text: string, isSame: boolean): Seen => ({ text, isNew: before !== null && !isSame });
  const hasCaptures = seen.captureCount !== null && seen.captureCount > 0;
  const captures = hasCaptures
    ? [
        fact(
          `${capturedInWords(seen, money)}${seen.captureCount === 1 ? '1 capture' : `${seen.captureCount} captures`}`,
          seen.captureCount === before?.captureCount,
        ),
      ]
    : [];
  // How much of it was captured says so by itself.
  const isSaid = seen.status === 'Captured' && hasCaptures && seen.capturedMinor !== null;
  const standing = isSaid
    ? []
    : [
        fact(
          `${money(shownMinor(seen))} ${STATUS_WORDS[seen.status] ?? `“${seen.status}”`}`,
          seen.status === before?.status && shownMinor(seen) === shownMinor(before),
        ),
      ];
  return [
    ...standing,
    ...captures,
    ...(seen.refundedMinor > 0 ? [fact(`${money(seen.refundedMinor)} refunded`, seen.refundedMinor === before?.refundedMinor)] : []),
  ];
}

export const NOT_SINCE = 'Dojo did not show it since.';
export const UNKNOWN_TO_KEY = 'Dojo does not know this payment with this key.';

/** Dojo would answer no more than that it does not know the payment. */
export const isUnknown = ({ look }: ActionView): boolean => look?.kind === 'unknown';

/** Why one cannot go together with the others. */
export function whyAlone({ sinceDecision, look }: ActionView): string | null {
  if (sinceDecision === null || sinceDecision.unchanged) return null;
  if (look?.kind === 'unknown') return UNKNOWN_TO_KEY;
  if (sinceDecision.now === null) return 'Dojo was not read yet.';
  if (look?.kind === 'unread') return NOT_SINCE;
  if (sinceDecision.decided === null) return 'What was known when it was decided was not kept.';
  return 'Changed since it was decided.';
}

/** So few that progress is seen, and that one which Dojo shows otherwise by now holds up few others. */
export const SENT_AT_ONCE = 10;

/** Their ids, part for part. What is on one payment goes together: once the first of it is done, Dojo shows something new. */
export function inParts(actions: readonly Pick<ActionView, 'id' | 'paymentId'>[]): string[][] {
  const parts: string[][] = [];
  for (const onOne of Map.groupBy(actions, ({ paymentId }) => paymentId).values()) {
    const ids = onOne.map(({ id }) => id);
    const last = parts.at(-1);
    if (last && last.length + ids.length <= SENT_AT_ONCE) last.push(...ids);
    else parts.push(ids);
  }
  return parts;
}

/** Which of them a refusal is about; null: none of them alone, so that the others would fare no better. */
export function atFault(actionIds: readonly string[], field: string | undefined): string | null {
  const nth = /^actionIds\.(\d+)$/.exec(field ?? '')?.[1];
  return nth === undefined ? null : (actionIds[Number(nth)] ?? null);
}
