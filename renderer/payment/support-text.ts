import type { PaymentDetail } from '../../preload/contract.ts';

/** Everything for Dojo's support as one text, a line each. */
export const supportText = (reference: string, ids: PaymentDetail['support']): string =>
  [`Reference: ${reference}`, ...ids.map(({ label, value }) => `${label}: ${value}`)].join('\n');
