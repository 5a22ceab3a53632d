import { createHmac } from 'node:crypto';
import { err, ok, type Result } from '../core/result.ts';
import type { KeyKind } from '../ports/ledger.ts';

const PREFIXES: Readonly<Record<string, KeyKind>> = { sk_sandbox_: 'test', sk_test_: 'test', sk_prod_: 'live' };
const LENGTH_MAX = 300;

/** Whether a text has the form of an API key, and which kind; else in words what is wrong with it. The words never repeat the key. */
export function keyKindOf(apiKey: string): Result<KeyKind, string> {
  if (apiKey === '') return err('Paste the API key first.');
  if (/\s/.test(apiKey)) return err('The API key must not contain spaces or line breaks. Copy it once more, only the key itself.');
  const prefix = Object.keys(PREFIXES).find((start) => apiKey.startsWith(start));
  const kind = prefix && PREFIXES[prefix];
  if (!prefix || !kind) {
    if (apiKey.startsWith('pk_')) return err('This is a public key. Tillside needs the secret key: it starts with sk_sandbox_, sk_test_ or sk_prod_.');
    return err('This is not a Dojo API key: it starts with sk_sandbox_, sk_test_ or sk_prod_.');
  }
  const rest = apiKey.slice(prefix.length);
  if (!/^[A-Za-z0-9_\-+/=.]+$/.test(rest) || rest.length < 4)
    return err('The API key is cut short or has characters that do not belong. Copy it once more, whole.');
  if (apiKey.length > LENGTH_MAX) return err('This is too long for an API key. Copy it once more, only the key itself.');
  return ok(kind);
}

/** As a word of its own any, within a word one of a key's length: *Kiosk_test_2* is a shop's name. */
const MISPLACED = /\bsk_[a-z]+_[A-Za-z0-9]|sk_(sandbox|test|prod)_[A-Za-z0-9]{8}/;

/** A key that was pasted into the wrong field, which is kept in the clear: refused as a whole. Null: there is none in these texts. */
export const misplacedKey = (texts: readonly unknown[], field: string) =>
  texts.some((text) => MISPLACED.test(String(text)))
    ? ({ code: 'bad-input', message: 'This looks like an API key. Nothing was saved.', next: 'Remove it, then try again.', field } as const)
    : null;

export const last4Of = (apiKey: string): string => apiKey.slice(-4);

/** Tells keys apart on disk without holding them: keyed by a salt of this installation, and not reversible. */
export const fingerprintOf = (apiKey: string, salt: string): string => createHmac('sha256', salt).update(apiKey).digest('hex');
