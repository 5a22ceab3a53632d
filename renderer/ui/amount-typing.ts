import { currencySymbol, formatMoney, pennyDigits } from '../format.ts';

/** The largest amount a person can decide on in one go (the contract's `decidedMinor`). */
export const AMOUNT_TYPED_MAX_MINOR = 9_999_999_999;

const TOO_MUCH = 'That is more than one payment can be.';

/** What a field holds after typing or pasting: an amount or nothing, and what was wrong with the input, for a cashier. */
export type Typed = Readonly<{ valueMinor: number | null; problem: string | null }>;

/** What an amount was begun of, and what that is now: what is left of a hold, say. */
export type AmountOf = Readonly<{ thenMinor: number; nowMinor: number }>;

/** What the next key makes it an amount of. Keys that go on with an amount change nothing in that, however much another till captured between two of them. */
export const ofAfter = (of: AmountOf, valueMinor: number | null, isAnew: boolean): number => (isAnew || valueMinor === null ? of.nowMinor : of.thenMinor);

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
    if (next > AMOUNT_TYPED_MAX_MINOR) return { valueMinor, problem: TOO_MUCH };
  }
  return { valueMinor: next, problem: null };
}

/**
 * What has been typed since an amount began. Digits alone fill the pence from the right; a point after them says that they are pounds, and
 * so does a comma (`byComma`) until a third digit after it says that it parted thousands.
 * `minor`: the amount that this made: where the field holds another by now, something else put it there.
 */
export type Entry = Readonly<{ whole: string; pence: string | null; byComma: boolean; minor: number | null }>;
export type EntryStep = Readonly<{ typed: Typed; entry: Entry | null }>;

/** An amount that begins, and nothing of it typed yet. */
export const BEGUN: Entry = { whole: '', pence: null, byComma: false, minor: null };

/** What the next key goes on with: null where it is typed upon an amount that was there before. */
export function entryOn(entry: Entry | null, valueMinor: number | null, isAnew: boolean): Entry | null {
  if (isAnew) return BEGUN;
  if (entry !== null && entry.minor === valueMinor) return entry;
  return valueMinor === null ? BEGUN : null;
}

/** The point of the keyboard's main part and of its keypad, also as scripts from right to left write it. */
const isPoint = (character: string): boolean => character === '.' || character === '٫' || character === '．';

export const isComma = (character: string): boolean => character === ',';

/** Digits and points, and commas after them: what types an amount. */
export const isTyped = (text: string): boolean =>
  text !== '' && !text.startsWith(',') && [...text].every((character) => isPoint(character) || isComma(character) || latinDigits(character) !== null);

/** Keys one after the other. What is neither a digit nor the first point changes nothing, nor does a digit for which there is no room after the point. */
export function typeInto(begun: Entry, text: string, currency: string): Readonly<{ typed: Typed; entry: Entry }> {
  let entry = begun;
  for (const character of text) {
    const next = withKey(entry, character, pennyDigits(currency));
    if (next === null) return { typed: { valueMinor: entry.minor, problem: TOO_MUCH }, entry };
    entry = next;
  }
  return { typed: { valueMinor: entry.minor, problem: null }, entry };
}

/** The same upon what is there. Upon an amount that was there before only digits change anything: nobody can tell which of them a point makes pounds. */
export const typeUpon = (entry: Entry | null, valueMinor: number | null, text: string, currency: string): EntryStep =>
  entry === null ? { typed: typeDigits(valueMinor, text), entry } : typeInto(entry, text, currency);

/** null: it would be more than one payment can be. */
function withKey(entry: Entry, character: string, digits: number): Entry | null {
  const { whole, pence, byComma } = entry;
  if (isPoint(character)) return pence === null ? made(whole, '', digits) : entry;
  if (isComma(character)) return pence === null && whole !== '' ? made(whole, '', digits, true) : entry;
  const digit = latinDigits(character);
  if (digit === null) return entry;
  if (pence === null) return made(whole + digit, null, digits);
  if (pence.length < digits) return made(whole, pence + digit, digits, byComma);
  return byComma ? made(whole + pence + digit, null, digits) : entry;
}

function made(whole: string, pence: string | null, digits: number, byComma = false): Entry | null {
  const minor = Number(pence === null ? whole : whole + pence.padEnd(digits, '0'));
  return minor > AMOUNT_TYPED_MAX_MINOR ? null : { whole, pence, byComma, minor };
}

/** Backspace takes the last key back, the point too; upon an amount that was there before the last digit. */
export function eraseInto(entry: Entry | null, valueMinor: number | null, currency: string): EntryStep {
  if (entry === null || entry.pence === null) {
    const typed = eraseDigit(valueMinor);
    return { typed, entry: entry && { ...entry, whole: entry.whole.slice(0, -1), minor: typed.valueMinor } };
  }
  const { whole, pence, byComma } = entry;
  const back = pence === '' ? made(whole, null, 0) : made(whole, pence.slice(0, -1), pennyDigits(currency), byComma);
  const minor = pence === '' && back?.minor === 0 ? null : (back?.minor ?? null);
  return { typed: { valueMinor: minor, problem: null }, entry: back && { ...back, minor } };
}

/** What an input method began upon. `keptMinor` and `keptEntry` stay where it is given up. */
export type Composition = Readonly<{ entry: Entry | null; fromMinor: number | null; keptMinor: number | null; keptEntry: Entry | null }>;

/** What an input method has put together so far. One that hands over key by key types as the keys do. */
export function composeInto({ entry, fromMinor, keptMinor, keptEntry }: Composition, composed: string, currency: string): EntryStep {
  if (entry !== null && isTyped(composed)) return typeInto(entry, composed, currency);
  return { typed: composeAmount(fromMinor, composed, keptMinor, currency), entry: composed === '' ? keptEntry : null };
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
export function amountOffered(typed: string, currency: string): number | null {
  const pence = /^\d{0,8}(?:\.(\d*))?$/.exec(typed)?.[1];
  const isAmount = pence === undefined ? /^\d{1,8}$/.test(typed) : /\d/.test(typed) && pence.length <= pennyDigits(currency);
  return isAmount ? typeInto(BEGUN, typed, currency).typed.valueMinor : null;
}

/** Takes the last digit away; taking the last one leaves nothing. */
export function eraseDigit(valueMinor: number | null): Typed {
  const rest = Math.floor((valueMinor ?? 0) / 10);
  return { valueMinor: rest > 0 ? rest : null, problem: null };
}

/** Understands a whole amount: `£1,234.50`, `12.5`, `12`. Anything doubtful is refused in words and nothing is guessed. */
export function readAmount(text: string, currency: string): Typed {
  const refused = (problem: string): Typed => ({ valueMinor: null, problem });
  const notAnAmount = () => refused(`“${text.trim().slice(0, 24)}” is not an amount. Type it like 12.50.`);
  const symbol = currencySymbol(currency);
  const bare = text.normalize('NFKC').trim();
  if (bare === '') return { valueMinor: null, problem: null };
  if (/^\(.*\)$/.test(bare) || /[-−–]/.test(bare)) return refused('An amount cannot be below zero.');
  const unsigned = withoutSigns(bare, [symbol, currency]);
  if (/\p{Sc}|^[A-Z]{3}\b|\b[A-Z]{3}$/u.test(unsigned.replaceAll(symbol, '').replaceAll(currency, '').trim()))
    return refused(`The amount is in another currency. This payment is in ${symbol}.`);
  const plain = latinNumber(unsigned);
  // The power of a number, or one in a circle, is no digit of it.
  if (plain === null || /\p{No}/u.test(text)) return notAnAmount();
  if (/,\d{1,2}$/.test(plain)) return refused('Put a point before the pence: 12.50.');
  const parts = NUMBER.exec(plain);
  const whole = parts?.[1]?.replace(/\D/g, '') ?? '';
  const pence = parts?.[3] ?? '';
  if (!parts || whole + pence === '') return notAnAmount();
  const digits = pennyDigits(currency);
  if (pence.length > digits) return refused(`There are no more than ${digits} digits after the point.`);
  const valueMinor = Number(whole + pence.padEnd(digits, '0'));
  if (!Number.isSafeInteger(valueMinor) || valueMinor > AMOUNT_TYPED_MAX_MINOR) return refused(TOO_MUCH);
  return { valueMinor, problem: null };
}

/** What parts thousands is the same throughout, and has three digits after it; no number with thousands begins with a zero. */
const NUMBER = /^([1-9]\d{0,2}([, '])\d{3}(?:\2\d{3})*|\d*)(?:\.(\d*))?$/;

/** The text without what says its currency before and behind it. What says it twice was not typed on purpose, so each sign goes once. */
function withoutSigns(text: string, signs: readonly string[]): string {
  for (const sign of signs) {
    const others = signs.filter((other) => other !== sign);
    if (text.slice(0, sign.length).toUpperCase() === sign.toUpperCase()) return withoutSigns(text.slice(sign.length).trim(), others);
    if (text.slice(-sign.length).toUpperCase() === sign.toUpperCase()) return withoutSigns(text.slice(0, -sign.length).trim(), others);
  }
  return text;
}

/** The text with Latin digits; null where anything but digits, points, commas and what else parts thousands is in it. */
function latinNumber(text: string): string | null {
  let plain = '';
  for (const character of text) {
    if (character === '.' || character === '٫') plain += '.';
    else if (character === ',' || character === '٬') plain += ',';
    else if (character === "'" || character === '’') plain += "'";
    else if (character === ' ') plain += ' ';
    else if (/^\p{Nd}$/u.test(character)) plain += digitValue(character);
    else return null;
  }
  return plain;
}

/** What the field shows. */
export const shownAmount = (valueMinor: number | null, currency: string): string => (valueMinor === null ? '' : formatMoney(valueMinor, currency));
