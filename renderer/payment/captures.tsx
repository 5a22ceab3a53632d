import type { PaymentView } from '../../preload/contract.ts';
import { formatMoney, formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { StateMark } from '../ui/state-mark.tsx';
import { captureWords } from '../words.ts';

/** The parts in which a hold was taken, and what the bank said to each. */
export function Captures({ payment }: { payment: PaymentView }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  if (payment.captures.length === 0) return null;
  return (
    <section aria-labelledby="payment-captures">
      <h3 id="payment-captures" className="payment-heading">
        Captures
      </h3>
      <ul className="payment-lines">
        {payment.captures.map((capture) => {
          const words = captureWords(capture.status);
          return (
            <li key={capture.id} className="payment-line">
              <span className="payment-line-when">{formatWhen(capture.createdAtMs, zone, nowMs)}</span>
              <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
                {words.text}
              </StateMark>
              <span className="amount">
                {formatMoney(capture.amountMinor, payment.currency)}
                {capture.tipsMinor > 0 ? ` + ${formatMoney(capture.tipsMinor, payment.currency)} tips` : ''}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
