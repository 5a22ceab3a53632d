import { capturedMinor, type Payment } from './payment.ts';

/** What a person goes by when deciding on a payment, in one word: another as soon as any of it is. Nobody takes it apart again. */
export const versionOf = (payment: Payment): string =>
  [
    payment.status,
    payment.currency,
    payment.amountMinor,
    payment.tipsMinor,
    payment.serviceChargeMinor,
    payment.cashbackMinor,
    payment.totalMinor ?? '-',
    capturedMinor(payment),
    payment.captures?.length ?? '-',
    payment.refundedMinor,
  ].join(' ');

/** Whether the person saw this very payment. Where nobody said what was seen, nothing speaks against it. */
export const isStillAsSeen = (payment: Payment, seenVersion: string | undefined): boolean => seenVersion === undefined || seenVersion === versionOf(payment);
