import { inWords, money } from './money.ts';
import { ELSEWHERE_OR_AT_END, endedBy, takenBy } from './payment/ended-by-itself.ts';
import { type Capture, captureTotalMinor, countsAsCaptured, isUnlistedCapture, type Payment } from './payment/payment.ts';
import type { Action } from './queue/action.ts';
import { capturesDoneHere } from './queue/evidence.ts';

/**
 * What a hold's own end took, or may have taken or still take, as far as Dojo shows it; null: it takes nothing, or it is no hold.
 * `actions`: this till's on the payment.
 */
export function holdEndInWords(payment: Payment, actions: readonly Action[]): string | null {
  if (payment.captureMode !== 'Manual') return null;
  const ours = new Set(capturesDoneHere(payment, actions).values());
  const others = payment.captures?.filter((capture) => countsAsCaptured(capture) && !ours.has(capture)) ?? [];
  const taken = others.filter((capture) => takenBy(payment, capture) === 'itself');
  // Until the bank has said so nothing is captured.
  if (taken.length > 0)
    return `At the hold’s end Dojo ${taken.every(({ status }) => status === 'Successful') ? 'captured' : 'asked the bank for'} ${sumInWords(payment, taken)}.`;
  const maybeTaken = others.filter((capture) => takenBy(payment, capture) === 'either');
  if (maybeTaken.length > 0)
    return `${maybeTaken.length === 1 ? 'A capture' : 'Captures'} of ${sumInWords(payment, maybeTaken)} ${maybeTaken.length === 1 ? 'was' : 'were'} made ${ELSEWHERE_OR_AT_END}`;
  if (payment.autoExpireAction === 'Release') return null;
  const ended = endedBy(payment);
  if (isUnlistedCapture(payment) && ended !== 'somebody')
    return ended === 'itself' ? 'At the hold’s end Dojo captured it.' : `It was captured ${ELSEWHERE_OR_AT_END}`;
  return payment.status === 'Authorized' ? 'The hold’s end may capture what is left.' : null;
}

const sumInWords = ({ currency }: Payment, captures: readonly Capture[]): string =>
  inWords(
    money(
      captures.reduce((sum, capture) => sum + captureTotalMinor(capture), 0),
      currency,
    ),
  );
