const EMAILS_MAX = 10;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}$/;

/** The addresses typed into one field, parted by commas, semicolons or spaces, each once; and what is wrong with them. Main checks again. */
export function emailsIn(typed: string): { emails: string[]; problem: string | null } {
  const emails = [...new Set(typed.split(/[\s,;]+/).filter(Boolean))];
  const odd = emails.find((email) => !EMAIL.test(email));
  // What is still being typed at the end is not wrong yet.
  if (odd !== undefined && (odd !== emails.at(-1) || /[\s,;]$/.test(typed))) return { emails, problem: `“${odd}” is not an e-mail address.` };
  if (odd !== undefined) return { emails: [], problem: null };
  return emails.length > EMAILS_MAX ? { emails, problem: `No more than ${EMAILS_MAX} addresses at once.` } : { emails, problem: null };
}
