import { currencySymbol, formatMoney, pennyDigits } from '../format.ts';

/** The largest amount a person can decide on in one go (the contract's `decidedMinor`). */
export const AMOUNT_TYPED_MAX_MINOR = 9_999_999_999;

/** What a field holds after typing or pasting: an amount or nothing, and what was wrong with the input, for a cashier. */
export type Typed = Readonly<{ valueMinor: number | null; problem: string | null }>;

/** Latin digits for digits of any script: a keyboard or a paste may bring others. Null for anything else. */
function latinDigits(text: string): string | null {
  let digits = '';
  for (const character of text) {
    if (!/^\p{Nd}$/u.test(character)) return null;
    digits += digitValue(character);
  }
  return digits;
}

/** Unicode puts the ten digits of every script side by side, zero first: counting back to the zero gives the value. */
function digitValue(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return code - 0x30;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}

/** Digits fill the pence from the right, as on a card machine: 4, 2, 0, 0 is £42.00. What is not a digit changes nothing. */
export function typeDigits(valueMinor: number | null, text: string): Typed {
  const digits = latinDigits(text);
  if (digits === null || digits === '') return { valueMinor, problem: null };
  let next = valueMinor ?? 0;
  for (const digit of digits) {
    next = next * 10 + Number(digit);
    if (next > AMOUNT_TYPED_MAX_MINOR) return { valueMinor, problem: 'That is more than one payment can be.' };
  }
  return { valueMinor: next, problem: null };
}

/**
 * What an input method has put together so far, upon what was there before it began. It says the whole of it each time:
 * `1`, `12`, `125`. Nothing: it was given up.
 */
export function composeAmount(beforeMinor: number | null, composed: string, keptMinor: number | null, currency: string): Typed {
  if (composed === '') return { valueMinor: keptMinor, problem: null };
  return latinDigits(composed) === null ? readAmount(composed, currency) : typeDigits(beforeMinor, composed);
}

/** The amount that a run of keys would have made, where a person may have typed it; null where none would. */
export const amountOffered = (typed: string): number | null => (/^\d{1,8}$/.test(typed) ? typeDigits(null, typed).valueMinor : null);

/** Takes the last digit away; taking the last one leaves nothing. */
export function eraseDigit(valueMinor: number | null): Typed {
  const rest = Math.floor((valueMinor ?? 0) / 10);
  return { valueMinor: rest > 0 ? rest : null, problem: null };
}

/** Understands a whole amount: `£1,234.50`, `12.5`, `12`. Anything doubtful is refused in words and nothing is guessed. */
export function readAmount(text: string, currency: string): Typed {
  const refused = (problem: string): Typed => ({ valueMinor: null, problem });
  const symbol = currencySymbol(currency);
  const bare = text.normalize('NFKC').trim();
  if (bare === '') return { valueMinor: null, problem: null };
  if (/^\(.*\)$/.test(bare) || /[-−–]/.test(bare)) return refused('An amount cannot be below zero.');
  const unsigned = bare
    .replace(symbol, '')
    .replace(new RegExp(`\\s*${currency}\\s*`, 'i'), '')
    .trim();
  if (/\p{Sc}|^[A-Z]{3}\b|\b[A-Z]{3}$/u.test(unsigned)) return refused(`The amount is in another currency. This payment is in ${symbol}.`);
  const plain = latinNumber(unsigned);
  if (plain === null) return refused(`“${text.trim().slice(0, 24)}” is not an amount. Type it like 12.50.`);
  if (/,\d{1,2}$/.test(plain)) return refused('Put a point before the pence: 12.50.');
  const parts = /^(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?$/.exec(plain);
  const whole = parts?.[1]?.replaceAll(',', '') ?? '';
  const pence = parts?.[2] ?? '';
  if (!parts || whole + pence === '') return refused(`“${text.trim().slice(0, 24)}” is not an amount. Type it like 12.50.`);
  const digits = pennyDigits(currency);
  if (pence.length > digits) return refused(`There are no more than ${digits} digits after the point.`);
  const valueMinor = Number(whole + pence.padEnd(digits, '0'));
  if (!Number.isSafeInteger(valueMinor) || valueMinor > AMOUNT_TYPED_MAX_MINOR) return refused('That is more than one payment can be.');
  return { valueMinor, problem: null };
}

/** The text with Latin digits; null where anything but digits, points, commas and spaces between thousands is in it. */
function latinNumber(text: string): string | null {
  let plain = '';
  for (const character of text.replace(/(?<=\d)[\s'’](?=\d{3})/gu, '')) {
    if (character === '.' || character === '٫') plain += '.';
    else if (character === ',' || character === '٬') plain += ',';
    else if (/^\p{Nd}$/u.test(character)) plain += digitValue(character);
    else return null;
  }
  return plain;
}

/** What the field shows. */
export const shownAmount = (valueMinor: number | null, currency: string): string => (valueMinor === null ? '' : formatMoney(valueMinor, currency));
