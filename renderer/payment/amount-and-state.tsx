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
        <Parts payment={payment} />
        {payment.takenMinor > 0 ? <Fact label="Captured, confirmed by Dojo">{money(payment.takenMinor)}</Fact> : null}
        {payment.takingMinor > 0 ? <Fact label="Capturing, not confirmed yet">{money(payment.takingMinor)}</Fact> : null}
        {payment.onHoldMinor > 0 ? <Fact label={payment.moves.capture.open ? 'Still to capture' : 'Still on hold'}>{money(payment.onHoldMinor)}</Fact> : null}
        {givenBack ? <Fact label={payment.state === 'undone' ? 'Reversed' : 'Refunded'}>{givenBack}</Fact> : null}
      </dl>
    </section>
  );
}

/** What the total is made of, where it is more than one thing; and both totals where they differ: neither is wrong. */
function Parts({ payment }: { payment: PaymentView }) {
  const { amountMinor, tipsMinor, serviceChargeMinor, cashbackMinor, partsMinor, currency } = payment;
  const money = (minor: number) => formatMoney(minor, currency);
  const isMore = tipsMinor + serviceChargeMinor + cashbackMinor > 0;
  return (
    <>
      {partsMinor === null ? null : <Fact label="Dojo’s total, after discounts and taxes">{money(payment.totalMinor)}</Fact>}
      {partsMinor === null ? null : <Fact label="Its parts together">{money(partsMinor)}</Fact>}
      {isMore ? <Fact label="The bill">{money(amountMinor)}</Fact> : null}
      {tipsMinor > 0 ? <Fact label="Tips">{money(tipsMinor)}</Fact> : null}
      {serviceChargeMinor > 0 ? <Fact label="Service charge">{money(serviceChargeMinor)}</Fact> : null}
      {cashbackMinor > 0 ? <Fact label="Cashback">{money(cashbackMinor)}</Fact> : null}
    </>
  );
}
