import { redact } from '../platform/redact.ts';

/** Control and text-direction characters: they could break a line of a log, or show a person another text than was sent. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]+/gu;

/** An API key or an Authorization value that an answer echoes. */
const SECRETS = /\bsk_[A-Za-z0-9]+_[A-Za-z0-9_-]+|\bBasic\s+[A-Za-z0-9+/=_-]+/g;

/** One printable line of at most `lengthMax` characters, whatever the other side sent. */
export function cleanText(text: string, lengthMax: number): string {
  const line = text
    .slice(0, lengthMax * 2)
    .toWellFormed()
    .replace(UNPRINTABLE, ' ')
    .trim();
  return line.length <= lengthMax ? line : Array.from(line).slice(0, lengthMax).join('');
}

/** An id that another side made, with anything that looks like a key taken out. */
export const cleanId = (text: string, lengthMax: number): string => cleanText(text.slice(0, lengthMax * 4).replace(SECRETS, '[key]'), lengthMax);

/** Words of another side, for the screen, the ledger and the log: without keys, e-mail addresses and card numbers it may echo. */
export const cleanMessage = (text: string, lengthMax: number): string => cleanText(redact(text.slice(0, lengthMax * 4)), lengthMax);
