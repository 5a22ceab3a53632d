import { describe, expect, test } from 'vitest';
import { chooseDojoUrl, DOJO_URL } from '../../main/platform/dojo-url.ts';

describe('where Dojo is', () => {
  test.each([
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000'],
    ['https://localhost:4000/dojo/', 'https://localhost:4000/dojo'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
    ['http://127.0.0.1:4000/?a=b#c', 'http://127.0.0.1:4000'],
  ])('a development build follows %s', (override, url) => {
    expect(chooseDojoUrl(override, false)).toEqual({ url, ignored: null });
  });

  test.each([undefined, ''])('is api.dojo.tech where nothing else is said (%j)', (override) => {
    expect(chooseDojoUrl(override, false)).toEqual({ url: DOJO_URL, ignored: null });
  });

  test.each([
    'https://dojo.example',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1@example.com',
    'http://key@127.0.0.1',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'ftp://127.0.0.1',
    'file:///127.0.0.1',
    '127.0.0.1:4000',
    'nonsense',
  ])('ignores %s, and says so', (override) => {
    expect(chooseDojoUrl(override, false)).toEqual({ url: DOJO_URL, ignored: expect.stringContaining('only addresses on this computer') });
  });

  test('an installed till follows no one, and says so', () => {
    expect(chooseDojoUrl('http://127.0.0.1:4000', true)).toEqual({ url: DOJO_URL, ignored: expect.stringContaining('ignored') });
  });
});
