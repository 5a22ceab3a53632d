import { capturedMinor, heldMinor, isHold, isRest, type Payment, takenMinor } from './payment.ts';

/**
 * What was typed to find a payment, word by word: it fits where each word is in the text, begins the last four digits, or stands for
 * one of the amounts. The page reads what is typed above its list in the same way (renderer/today/search.ts); one table tests both.
 */
export type SearchWord = Readonly<{
  text: string;
  /** May be the beginning of a card's last four digits. */
  last4: string | null;
  /** The amounts it may stand for, in minor units, both ends included. */
  amounts: readonly (readonly [fromMinor: number, toMinor: number])[];
}>;

/** What of a payment is searched. */
export type Searched = Readonly<{ text: string; last4: string; amountsMinor: readonly [held: number, taken: number, left: number, refunded: number] }>;

export const searchWords = (typed: string): readonly SearchWord[] =>
  typed
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((text) => ({ text, last4: /^\d{1,4}$/.test(text) ? text : null, amounts: amountsOf(text) }));

/** `42` stands for £42.00 to £42.99, `42.00` and the card-machine spelling `4200` only for £42.00. Nothing is ever found by zero. */
function amountsOf(word: string): SearchWord['amounts'] {
  // A comma before three digits parts thousands; before fewer it is a decimal one.
  const parts = /^[£€$]?(\d[\d,]*?)(?:[.,](\d{0,2}))?$/.exec(word);
  if (!parts?.[1]) return [];
  const units = Number(parts[1].replaceAll(',', ''));
  if (!Number.isSafeInteger(units * 100 + 99)) return [];
  const minor = parts[2];
  const spellings: (readonly [number, number])[] = [];
  if (minor === undefined) {
    spellings.push([units * 100, units * 100 + 99]);
    if (/^\d{3,}$/.test(word)) spellings.push([units, units]);
  } else {
    // 42. and 42.5 are on the way to 42.50: every amount that starts like it.
    const from = units * 100 + Number(minor.padEnd(2, '0'));
    spellings.push([from, from + 10 ** (2 - minor.length) - 1]);
  }
  return spellings.map(([from, to]) => [Math.max(1, from), to] as const).filter(([from, to]) => from <= to);
}

export function searchedOf(payment: Payment): Searched {
  const { reference, description, card } = payment;
  return {
    // A word holds no line break, so none is found across two of them.
    text: [reference, description, card?.scheme ?? ''].join('\n').toLowerCase(),
    last4: card?.last4 ?? '',
    amountsMinor: [
      heldMinor(payment),
      takenMinor(payment),
      isHold(payment) || isRest(payment) ? heldMinor(payment) - capturedMinor(payment) : 0,
      payment.refundedMinor,
    ],
  };
}

/** Whether a payment fits every word; none fits no words. */
export const isFound = ({ text, last4, amountsMinor }: Searched, words: readonly SearchWord[]): boolean =>
  words.length > 0 &&
  words.every(
    (word) =>
      text.includes(word.text) ||
      (word.last4 !== null && last4.startsWith(word.last4)) ||
      word.amounts.some(([from, to]) => amountsMinor.some((minor) => minor >= from && minor <= to)),
  );
