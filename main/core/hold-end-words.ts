import { inWords, money } from './money.ts';
import { isEndedByItself, isTakenAtEnd } from './payment/ended-by-itself.ts';
import { captureTotalMinor, countsAsCaptured, isUnlistedCapture, type Payment } from './payment/payment.ts';

/** What a hold's own end took, or may still take, as far as Dojo shows it; null: it takes nothing, or it is no hold. */
export function holdEndInWords(payment: Payment): string | null {
  if (payment.captureMode !== 'Manual') return null;
  const taken = payment.captures?.filter((capture) => isTakenAtEnd(payment, capture) && countsAsCaptured(capture)) ?? [];
  if (taken.length > 0) {
    const all = inWords(
      money(
        taken.reduce((sum, capture) => sum + captureTotalMinor(capture), 0),
        payment.currency,
      ),
    );
    // Until the bank has said so nothing is captured.
    return `At the hold’s end Dojo ${taken.every(({ status }) => status === 'Successful') ? 'captured' : 'asked the bank for'} ${all}.`;
  }
  if (payment.autoExpireAction === 'Release') return null;
  if (isUnlistedCapture(payment) && isEndedByItself(payment)) return 'At the hold’s end Dojo captured it.';
  return payment.status === 'Authorized' ? 'The hold’s end may capture what is left.' : null;
}
