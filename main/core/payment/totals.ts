import { capturedMinor, heldMinor, isHold, isUnlistedCapture, type Payment, takenMinor } from './payment.ts';

/** Sums of one currency, in minor units. Only what Dojo has confirmed counts as taken or given back. */
export type CurrencyTotals = Readonly<{
  currency: string;
  onHoldMinor: number;
  onHoldCount: number;
  /** Taken by request, not yet confirmed by the bank. */
  takingMinor: number;
  takenMinor: number;
  takenCount: number;
  givenBackMinor: number;
  givenBackCount: number;
}>;

const empty = (currency: string) => ({
  currency,
  onHoldMinor: 0,
  onHoldCount: 0,
  takingMinor: 0,
  takenMinor: 0,
  takenCount: 0,
  givenBackMinor: 0,
  givenBackCount: 0,
});

/**
 * One row per currency, the one with most payments first; different currencies are never added up. `hereMinorOf`: what this till
 * captured of a payment itself, which bounds one of which Dojo lists no captures. `isUnknown`: Dojo does not know it with this key, so that
 * nothing of it is to capture. `isHeld`: something of it is on hold, or may be.
 */
export function totalsOf(
  payments: Iterable<Payment>,
  hereMinorOf: (payment: Payment) => number = () => 0,
  isUnknown: (paymentId: string) => boolean = () => false,
  isHeld: (payment: Payment) => boolean = isHold,
): readonly CurrencyTotals[] {
  const rows = new Map<string, ReturnType<typeof empty> & { payments: number }>();
  for (const payment of payments) {
    const row = rows.get(payment.currency) ?? { ...empty(payment.currency), payments: 0 };
    rows.set(payment.currency, row);
    row.payments += 1;
    const hereMinor = isUnlistedCapture(payment) ? hereMinorOf(payment) : 0;
    const leftMinor = heldMinor(payment) - capturedMinor(payment, hereMinor);
    // One of £0.00 is on hold too, as its row says.
    if (isHeld(payment) && !isUnknown(payment.id) && (leftMinor > 0 || heldMinor(payment) === 0)) {
      row.onHoldMinor += leftMinor;
      row.onHoldCount += 1;
    }
    // An undone sale was taken and given back: both sides show, so that the day adds up.
    const undone = payment.status === 'Reversed' && payment.captureMode === 'Auto';
    const taken = undone ? heldMinor(payment) : takenMinor(payment, hereMinor);
    if (taken > 0) {
      row.takenMinor += taken;
      row.takenCount += 1;
    }
    row.takingMinor += capturedMinor(payment, hereMinor) - takenMinor(payment, hereMinor);
    if (payment.refundedMinor > 0 || undone) {
      row.givenBackMinor += payment.refundedMinor > 0 ? payment.refundedMinor : heldMinor(payment);
      row.givenBackCount += 1;
    }
  }
  return [...rows.values()].sort((a, b) => b.payments - a.payments).map(({ payments: _, ...row }) => row);
}
