import type { ReactNode } from 'react';
import type { PaymentView } from '../../preload/contract.ts';

/** What a list of payments is called, and how its rows look and read. Made once: rows are drawn anew when it changes. */
export type ListLook = Readonly<{
  label: string;
  row: (payment: PaymentView) => ReactNode;
  /** The row as a sentence, for screen readers. */
  text: (payment: PaymentView, zone: string) => string;
  /** The space bar on a row, where it does something. */
  onSpace?: (paymentId: string) => void;
}>;
