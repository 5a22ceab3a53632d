/** "Table 12 (card ending in 1234)": a table has several payments a day, and its reference alone tells none of them. null: no card is known. */
export const paymentNamed = (reference: string, last4: string | null): string =>
  `${reference || 'a payment without a reference'}${last4 ? ` (card ending in ${last4})` : ''}`;
