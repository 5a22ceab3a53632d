/** What finds a payment, and what does not: the page's own search and the one over all kept days read what is typed in the same way. */
export const SEARCHED = {
  reference: 'Table 14',
  description: 'Sunday roast',
  scheme: 'VISA',
  last4: '4242',
  heldMinor: 4250,
  takenMinor: 2000,
  leftMinor: 2250,
} as const;

export const FINDS: readonly (readonly [what: string, typed: string])[] = [
  ['the reference, in any case', 'table'],
  ['a part of it', 'ble 1'],
  ['the description', 'ROAST'],
  ['the scheme', 'visa'],
  ['the last four', '4242'],
  ['the start of the last four', '42'],
  ['the whole amount', '42.50'],
  ['with its sign', '£42.50'],
  ['with a decimal comma', '42,50'],
  ['with its sign and a decimal comma', '£42,50'],
  ['on the way to it with a comma', '42,5'],
  ['as a card machine takes it', '4250'],
  ['on the way to it', '42.5'],
  ['the pounds alone', '42'],
  ['what was taken of it', '20.00'],
  ['what is left of it', '22.50'],
  ['several words', 'visa table 42.50'],
];

export const FINDS_NOT: readonly (readonly [what: string, typed: string])[] = [
  ['another amount', '42.51'],
  ['the middle of the last four', '24.20'],
  ['a zero refund', '0.00'],
  ['one word of two', 'table amex'],
  ['an amount that starts alike', '425.00'],
  ['wildcards', '%%%'],
  ['a wildcard in a word', 't_ble'],
  ['a star', 'tab*'],
  ['three decimals', '42.500'],
  ['thousands', '42,500'],
  ['another amount with a comma', '42,51'],
  ['the end of one text and the start of the next', '14sunday'],
];
