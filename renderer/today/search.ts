import type { PaymentView } from '../../preload/contract.ts';

/** What of a payment a search looks at. */
export type Searchable = Pick<PaymentView, 'reference' | 'description' | 'card' | 'totalMinor' | 'takenMinor' | 'leftMinor' | 'refundedMinor'>;

/**
 * Whether a payment fits what was typed: every word of it in the reference or description, as the card's scheme or last four,
 * or as an amount. `42` finds £42.00 to £42.99, `42.00` and the card-machine spelling `4200` only £42.00.
 */
export function matchesSearch(payment: Searchable, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => matchesWord(payment, word));
}

function matchesWord(payment: Searchable, word: string): boolean {
  if (payment.reference.toLowerCase().includes(word) || payment.description.toLowerCase().includes(word)) return true;
  if (payment.card?.scheme?.toLowerCase().includes(word)) return true;
  if (/^\d{1,4}$/.test(word) && payment.card?.last4?.startsWith(word)) return true;
  const range = amountRange(word);
  if (!range) return false;
  const amounts = [payment.totalMinor, payment.takenMinor, payment.leftMinor, payment.refundedMinor];
  return amounts.some((amount) => amount > 0 && range.some(([from, to]) => amount >= from && amount <= to));
}

/** The amounts in minor units that a word may stand for; null where it is no amount. */
function amountRange(word: string): readonly (readonly [fromMinor: number, toMinor: number])[] | null {
  // A comma before three digits parts thousands; before fewer it is a decimal one.
  const parts = /^[£€$]?(\d[\d,]*?)(?:[.,](\d{0,2}))?$/.exec(word);
  if (!parts?.[1]) return null;
  const pounds = Number(parts[1].replaceAll(',', ''));
  if (!Number.isSafeInteger(pounds * 100)) return null;
  const pence = parts[2];
  if (pence === undefined) {
    const asTyped = /^\d{3,}$/.test(word) ? [[pounds, pounds] as const] : [];
    return [[pounds * 100, pounds * 100 + 99], ...asTyped];
  }
  // 42. and 42.5 are on the way to 42.50: every amount that starts like it.
  const from = pounds * 100 + Number(pence.padEnd(2, '0'));
  return [[from, from + 10 ** (2 - pence.length) - 1]];
}
