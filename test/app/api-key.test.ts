import { describe, expect, test } from 'vitest';
import { fingerprintOf, keyKindOf, last4Of, misplacedKey } from '../../main/app/api-key.ts';

describe('an API key’s form', () => {
  test.each([
    ['sk_sandbox_abcd1234', 'test'],
    ['sk_test_abcd1234', 'test'],
    ['sk_prod_abcd1234', 'live'],
    ['sk_prod_ab-cd_12+3/4=', 'live'],
  ])('%s is a %s key', (key, kind) => {
    expect(keyKindOf(key)).toEqual({ ok: true, value: kind });
  });

  test.each([
    ['nothing', '', /Paste/],
    ['a space inside', 'sk_prod_ab cd1234', /spaces/],
    ['a line break at the end', 'sk_prod_abcd1234\n', /spaces or line breaks/],
    ['a tab before', '\tsk_prod_abcd1234', /spaces/],
    ['a public key', 'pk_prod_abcd1234', /public key/],
    ['another prefix', 'sk_live_abcd1234', /starts with/],
    ['an upper-case prefix', 'SK_PROD_abcd1234', /starts with/],
    ['the prefix alone', 'sk_prod_', /cut short/],
    ['the word Basic before it', 'Basic sk_prod_abcd1234', /spaces/],
    ['letters of another alphabet', 'sk_prod_абвг1234', /do not belong/],
    ['hidden characters', 'sk_prod_abcd\u200b1234', /do not belong/],
    ['a whole page', `sk_prod_${'a'.repeat(400)}`, /too long/],
  ])('%s is refused in words', (_, key, words) => {
    const kind = keyKindOf(key);
    expect(kind).toMatchObject({ ok: false, error: expect.stringMatching(words) });
    if (key.length > 10) expect(JSON.stringify(kind)).not.toContain(key.trim().slice(9));
  });
});

describe('what is kept of a key', () => {
  test('its last four characters', () => expect(last4Of('sk_sandbox_abcd1234')).toBe('1234'));
  test('a fingerprint that differs by key and by installation and does not hold the key', () => {
    const one = fingerprintOf('sk_sandbox_abcd1234', 'salt');
    expect(one).toBe(fingerprintOf('sk_sandbox_abcd1234', 'salt'));
    expect(one).not.toBe(fingerprintOf('sk_sandbox_abcd1235', 'salt'));
    expect(one).not.toBe(fingerprintOf('sk_sandbox_abcd1234', 'other'));
    expect(one).not.toContain('abcd');
  });
});

test.each(['Kiosk_test_2', 'desk_prod_1 printer', 'Disk_test_ok'])('%s is a shop’s own text, and no key', (text) =>
  expect(misplacedKey([text], 'shopName')).toBeNull(),
);
