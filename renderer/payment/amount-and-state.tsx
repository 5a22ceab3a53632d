import type { PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { useNow } from '../now.ts';
import { givenBackText, holdEndWords } from '../today/row-words.ts';
import { Fact } from '../ui/field.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { paymentWords } from '../words.ts';

/** The amount, what became of it, and what will happen by itself. */
export function AmountAndState({ payment }: { payment: PaymentView }) {
  const nowMs = useNow(30_000);
  const words = paymentWords(payment);
  const money = (minor: number) => formatMoney(minor, payment.currency);
  const givenBack = givenBackText(payment);
  const ends = holdEndWords(payment, nowMs);
  return (
    <section className="payment-amount" aria-label="Amount and state">
      <p className="payment-total">{money(payment.totalMinor)}</p>
      <p className="payment-state" role="status">
        <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
          {words.text}
        </StateMark>
      </p>
      {ends ? <p className="payment-ends">{ends}</p> : null}
      <dl className="payment-sums">
        {payment.tipsMinor > 0 ? <Fact label="Tips in it">{money(payment.tipsMinor)}</Fact> : null}
        {payment.takenMinor > 0 ? <Fact label="Captured, confirmed by Dojo">{money(payment.takenMinor)}</Fact> : null}
        {payment.takingMinor > 0 ? <Fact label="Capturing, not confirmed yet">{money(payment.takingMinor)}</Fact> : null}
        {payment.leftMinor > 0 ? <Fact label="Still to capture">{money(payment.leftMinor)}</Fact> : null}
        {givenBack ? <Fact label="Given back">{givenBack}</Fact> : null}
      </dl>
    </section>
  );
}
