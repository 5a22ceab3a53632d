import { weekdayTime } from '../core/day/day.ts';
import { inWords, money } from '../core/money.ts';
import type { Note } from './aftermath-words.ts';
import { paymentNamed } from './payment-named.ts';

/** A hold that ended by itself, of which nothing or only a part was captured. */
export type LostHold = Readonly<{ reference: string; last4: string | null; lostMinor: number; takenMinor: number; currency: string; endedAtMs: number }>;

const NAMED_MOST = 4;

/** What to do, on the row of one. Who captured a part may have wanted no more. */
export const lostNext = ({ takenMinor, currency }: Pick<LostHold, 'takenMinor' | 'currency'>): string =>
  takenMinor === 0
    ? 'Nothing was captured. Ask for another payment.'
    : `${inWords(money(takenMinor, currency))} was captured. If more is due, ask for another payment.`;

/** What was lost, and what to do: for a notification and for the notice that stays until it is seen. */
export function lostHoldsInWords(lost: readonly LostHold[], zone: string): Note {
  const [only] = lost;
  if (lost.length === 1 && only) {
    const { reference, last4, lostMinor, currency, endedAtMs } = only;
    return {
      title: 'A hold ended',
      body: `${inWords(money(lostMinor, currency))} of ${paymentNamed(reference, last4)} is lost: the hold ended ${weekdayTime(endedAtMs, zone)}. ${lostNext(only)}`,
    };
  }
  const sums = new Map<string, number>();
  for (const { currency, lostMinor } of lost) sums.set(currency, (sums.get(currency) ?? 0) + lostMinor);
  const more = lost.length - NAMED_MOST;
  const next = lost.every(({ takenMinor }) => takenMinor === 0) ? 'Nothing was captured. Ask for other payments.' : 'Ask for other payments where more is due.';
  const named = lost
    .slice(0, NAMED_MOST)
    .map(({ reference }) => paymentNamed(reference, null))
    .join(', ');
  return {
    title: `${lost.length} holds ended`,
    body: `${[...sums].map(([currency, minor]) => inWords(money(minor, currency))).join(' and ')} is lost: ${named}${more > 0 ? ` and ${more} more` : ''}. ${next}`,
  };
}
