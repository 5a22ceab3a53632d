import type { CaptureRecord, Intent } from './intent.ts';
import type { Switches } from './switches.ts';

/** How much of one payment is held, taken, left and refundable, in its minor units. */

const extrasOf = (intent: Intent): number => intent.serviceChargeMinor + intent.cashbackMinor;

/** What the card is to pay: amount, tips, service charge and cashback. */
export const partsOf = (intent: Intent): number => intent.amountMinor + intent.tipsMinor + extrasOf(intent);

/** What the card was held or charged for; of an unpaid intent its parts. */
export const heldOf = (intent: Intent): number => intent.heldMinor ?? partsOf(intent);

/** What `totalAmount` shows: after discounts and taxes. */
export function totalAmountOf(intent: Intent, { totalAmountCounts }: Pick<Switches, 'totalAmountCounts'>): number {
  const counted = { all: partsOf(intent), 'without-tips': partsOf(intent) - intent.tipsMinor, amount: intent.amountMinor }[totalAmountCounts];
  return counted + intent.totalDifferenceMinor;
}

export const captureTotalOf = ({ amountMinor, tipsMinor, extrasMinor }: CaptureRecord): number => amountMinor + tipsMinor + extrasMinor;

function sumOf(captures: readonly CaptureRecord[], statuses: readonly CaptureRecord['status'][], part: (capture: CaptureRecord) => number): number {
  let sum = 0;
  for (const capture of captures) if (statuses.includes(capture.status)) sum += part(capture);
  return sum;
}
const CLAIMS = ['Created', 'Successful'] as const;

/** Taken or being taken. */
export const claimedOf = (intent: Intent): number => sumOf(intent.captures, CLAIMS, captureTotalOf);

/** Confirmed as taken by the bank. */
export const takenOf = (intent: Intent): number =>
  intent.captureMode === 'Manual'
    ? sumOf(intent.captures, ['Successful'], captureTotalOf)
    : intent.status === 'Captured' || intent.status === 'Refunded'
      ? heldOf(intent)
      : 0;

/** Still held and not claimed by a capture. */
export const restOf = (intent: Intent): number =>
  intent.captureMode === 'Manual' && !intent.restReleased && (intent.status === 'Authorized' || intent.status === 'Captured')
    ? heldOf(intent) - claimedOf(intent)
    : 0;

/** All that captures together may ask for. */
export const capturableOf = (intent: Intent, { captureExtras }: Pick<Switches, 'captureExtras'>): number =>
  captureExtras === 'in-amount' ? heldOf(intent) : Math.max(0, heldOf(intent) - extrasOf(intent));

/** What one more capture may ask for, and what Dojo adds to it by itself where it takes all of that. */
export function nextCaptureOf(intent: Intent, switches: Pick<Switches, 'captureExtras'>): Readonly<{ leftMinor: number; extrasMinor: number }> {
  const restMinor = restOf(intent);
  if (switches.captureExtras === 'in-amount' || restMinor === 0) return { leftMinor: restMinor, extrasMinor: 0 };
  const asked = sumOf(intent.captures, CLAIMS, ({ amountMinor, tipsMinor }) => amountMinor + tipsMinor);
  const leftMinor = Math.min(restMinor, Math.max(0, capturableOf(intent, switches) - asked));
  return { leftMinor, extrasMinor: switches.captureExtras === 'added' ? restMinor - leftMinor : 0 };
}

/** So much is all that captures may ask for. */
export const isWholeCaptured = (intent: Intent, minor: number, switches: Pick<Switches, 'captureExtras'>): boolean => minor >= capturableOf(intent, switches);

/** Held as tips and not yet claimed as tips. */
export const tipsLeftOf = (intent: Intent): number => Math.max(0, intent.tipsMinor - sumOf(intent.captures, CLAIMS, ({ tipsMinor }) => tipsMinor));

/** All that refunds together may give back. */
export function refundableOf(intent: Intent, { refundCounts }: Pick<Switches, 'refundCounts'>): number {
  const keptBack = { all: 0, 'without-cashback': intent.cashbackMinor, 'amount-and-tips': extrasOf(intent) }[refundCounts];
  return Math.min(takenOf(intent), heldOf(intent) - keptBack);
}
