import type { ListLook } from './list-look.ts';
import { PaymentRow } from './payment-row.tsx';
import { rowText } from './row-words.ts';

const payments = (isDated: boolean): ListLook => ({
  label: 'Payments',
  row: (payment) => <PaymentRow payment={payment} isDated={isDated} />,
  text: (payment, zone) => rowText(payment, zone, isDated),
});

/** Payments of one day, and of several: there each row says which. */
export const OF_DAY = payments(false);
export const DATED = payments(true);
