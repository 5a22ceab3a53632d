import { RECEIPT_EMAILS_MAX } from '../../preload/choices.ts';

const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}$/;

/** One address as it was typed, and whether it reads as one. Main checks again. */
export type TypedEmail = Readonly<{ text: string; isAddress: boolean }>;

/** The addresses typed into one field, parted by commas, semicolons, spaces or lines, each once. */
export const emailsIn = (typed: string): TypedEmail[] =>
  [...new Set(typed.split(/[\s,;]+/).filter(Boolean))].map((text) => ({ text, isAddress: EMAIL.test(text) }));

/** What is in the way of sending, with the wrong address named; null where nothing is. What is still being typed at the end is not wrong yet. */
export function emailProblem(typed: string, emails: readonly TypedEmail[]): string | null {
  const isTyping = !/[\s,;]$/.test(typed);
  const odd = emails.find(({ isAddress }, index) => !isAddress && !(isTyping && index === emails.length - 1));
  if (odd) return `“${odd.text}” is not an e-mail address. The others are kept: mend it or take it out.`;
  return emails.length > RECEIPT_EMAILS_MAX ? `No more than ${RECEIPT_EMAILS_MAX} addresses at once; these are ${emails.length}.` : null;
}

/** The address that main refused, from the refusal's field; null where it is about something else. */
export function refusedEmail(field: string | undefined, emails: readonly TypedEmail[]): string | null {
  const place = /\.emails\.(\d+)$/.exec(field ?? '')?.[1];
  return place === undefined ? null : (emails[Number(place)]?.text ?? null);
}
