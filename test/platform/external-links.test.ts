import { expect, test } from 'vitest';
import { allowedExternalLink } from '../../main/platform/external-links.ts';

test.each(['https://docs.dojo.tech/payments', 'https://dojo.tech/', 'https://support.dojo.tech/hc?a=b'])('%s may be opened', (address) => {
  expect(allowedExternalLink(address)).toBe(address);
});

test.each([
  'http://docs.dojo.tech/',
  'https://docs.dojo.tech:8443/',
  'https://docs.dojo.tech.example.com/',
  'https://evil-dojo.tech/',
  'https://user@docs.dojo.tech/',
  'https://example.com/?docs.dojo.tech',
  'https://api.dojo.tech/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'app://tillside/',
  'ms-msdt:/id',
  '//docs.dojo.tech/',
  '',
])('%j may not', (address) => {
  expect(allowedExternalLink(address)).toBeNull();
});
