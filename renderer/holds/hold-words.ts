import type { PaymentView } from '../../preload/contract.ts';
import { formatDay, formatMoney, formatTime } from '../format.ts';
import { referenceLabel } from '../reference.ts';
import { shownAtMs } from '../today/list.ts';
import { holdEndWords, orBy, youLose } from '../today/row-words.ts';
import { cardSpoken, type StateWords } from '../words.ts';
import { SOON_MS } from './open-holds.ts';

/** What becomes of a hold and when. Lost and taken by itself are opposite: other words, another shape, another colour. */
export function holdEndMark(payment: PaymentView, nowMs: number): StateWords | null {
  const text = holdEndWords(payment, nowMs);
  if (payment.holdEnds === null || text === null) return null;
  const { atMs, action } = payment.holdEnds;
  if (atMs <= nowMs) return { text: 'Its end is over; Dojo has not said what became of it', tone: 'grey', shape: 'question', certainty: 'unknown' };
  const isSoon = atMs - nowMs <= SOON_MS;
  switch (action) {
    case 'Release':
      return { text, tone: isSoon ? 'amber' : 'grey', shape: 'let-go', certainty: 'confirmed' };
    case 'Capture':
      return { text, tone: 'blue', shape: 'take-in', certainty: 'confirmed' };
    case null:
      return { text: `${text}, Dojo does not say what then`, tone: isSoon ? 'amber' : 'grey', shape: 'question', certainty: 'confirmed' };
  }
}

const when = (ms: number, zone: string): string => `${formatDay(ms, zone)}, ${formatTime(ms, zone)}`;

/** “Ends Fri 27 Nov, 14:32”. */
export const endsAtWords = (payment: PaymentView, zone: string): string =>
  payment.holdEnds ? `Ends${orBy(payment.holdEnds)} ${when(payment.holdEnds.atMs, zone)}` : '';

const END_WORDS = { Release: 'then released', Capture: 'then captured in full', unknown: 'Dojo does not say what then' } as const;

/** The row as a sentence, for screen readers. Times as such: they stay true while the row stands. */
export function holdText(payment: PaymentView, zone: string): string {
  const { holdEnds, onHoldMinor, currency } = payment;
  const left = formatMoney(onHoldMinor, currency);
  const end = holdEnds ? `${endsAtWords(payment, zone)}, ${END_WORDS[holdEnds.action ?? 'unknown']}` : '';
  const lostMinor = payment.openActionIds.length === 0 ? onHoldMinor : payment.standingCapturesMinor;
  const lost = holdEnds?.action === 'Release' && lostMinor > 0 ? `${youLose(holdEnds)} ${formatMoney(lostMinor, currency)}` : '';
  const parts = [
    referenceLabel(payment.reference),
    payment.description,
    cardSpoken(payment.card),
    `${left} ${onHoldMinor > 0 && !payment.moves.capture.open ? 'on hold' : 'left to capture'}`,
    end,
    lost,
    payment.attention ?? '',
    `held ${when(shownAtMs(payment), zone)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** Beside the sums: what Dojo holds and no sum counts. null: nothing. */
export function notCountedWords(inOthers: number, unknown = 0): string | null {
  const currencies = inOthers === 1 ? '1 hold in another currency is' : `${inOthers} holds in other currencies are`;
  const unknowns = unknown === 1 ? '1 hold is not counted: Dojo does not know it' : `${unknown} holds are not counted: Dojo does not know them`;
  const words = [
    ...(inOthers === 0 ? [] : [`${currencies} not counted: Tillside captures pounds and euros only.`]),
    ...(unknown === 0 ? [] : [`${unknowns} with this key.`]),
  ];
  return words.length === 0 ? null : words.join(' ');
}
