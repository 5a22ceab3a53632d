import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../main/platform/redact.ts';

const keys = fc
  .tuple(fc.constantFrom('sk_sandbox_', 'sk_prod_', 'sk_test_', 'SK_PROD_', 'sk%5Fprod%5F'), fc.stringMatching(/^[A-Za-z0-9_\-+/=.]{4,60}$/))
  .map(([prefix, rest]) => prefix + rest);

/** Ways a key gets into a log line. */
const carriers: ((key: string) => string)[] = [
  (key) => key,
  (key) => `Authorization: Basic ${key}`,
  (key) => `authorization:Bearer ${key}\r\nversion: 2026-02-27`,
  (key) => JSON.stringify({ headers: { Authorization: `Basic ${key}` }, body: { apiKey: key } }),
  (key) => inspect({ headers: { authorization: `Basic ${key}` }, deep: { apiKey: key } }),
  (key) => `Error: request to https://api.dojo.tech/?key=${key}&b=1 failed\n    at file.ts:1:2`,
  (key) => `“${key}”, (${key}) and <${key}>`,
  (key) => `env TILLSIDE_KEY=${key} node`,
];

describe('the redactor', () => {
  test.each(carriers.map((carrier, index) => [index, carrier] as const))('never lets a key through, carrier %i', (_index, carrier) => {
    fc.assert(
      fc.property(keys, fc.lorem(), (key, words) => {
        const left = redact(`${words} ${carrier(key)} ${words}`);
        const secret = key.replace(/^sk(_|%5F)[a-z]+(_|%5F)/i, '');
        expect(left).not.toContain(key);
        if (secret.length >= 8) expect(left).not.toContain(secret);
      }),
    );
  });

  test.each([
    ['to ann.o+x@example.co.uk today', 'to [e-mail] today'],
    ['no receipt for +447700900123 or +44 (7700) 900-123', 'no receipt for [phone] or [phone]'],
    ['card 4242 4242 4242 4242 used', 'card [number] used'],
    ['card 4242424242424242', 'card [number]'],
    ['card 4242-4242-4242-4242.', 'card [number].'],
    ['{"clientSessionSecret":"abc.def"}', '{"clientSessionSecret":"[secret]"}'],
    ['password=hunter2 and on', 'password=[secret] and on'],
    ['https://user:pass@example.com/x', 'https://[credential]@example.com/x'],
    ['Authorization: Digest a="b", c="d"', 'Authorization: [credential]'],
    ['Authorization: Basic abc', 'Authorization: [credential]'],
    ["{ authorization: 'Basic abc', version: '1' }", "{ authorization: '[credential]', version: '1' }"],
    [`seen ${'aB3'.repeat(20)} there`, 'seen [long] there'],
  ])('takes out the secret of %j', (text, left) => {
    expect(redact(text)).toBe(left);
  });

  test.each([
    'capture of pi_1a2B3c4D5e6F7g8H9i0JkL refused: 409',
    'action 3f2c8f5e-4c6f-4b1e-9a3e-0b1c2d3e4f50 is done',
    'reading 2026-02-27 took 120 ms, 15 payments',
    'Error: no\n    at connect (/opt/Tillside/resources/app.asar/out/main/main.cjs:120:15)',
    'net::ERR_NAME_NOT_RESOLVED',
    'the basic facts are known',
    'capture failed: refused, http-409, trace 00-a405f077df056a498323ffbcec05923f-aa63e6f4dbbc734a-01',
  ])('leaves %j to be read', (text) => {
    expect(redact(text)).toBe(text);
  });
});
