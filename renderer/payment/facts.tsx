import type { PaymentView } from '../../preload/contract.ts';
import { formatDate, formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { orBy } from '../today/row-words.ts';
import { Fact } from '../ui/field.tsx';
import { cardWords } from '../words.ts';

/** The plain facts. */
export function Facts({ payment }: { payment: PaymentView }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  const when = (ms: number) => formatWhen(ms, zone, nowMs);
  return (
    <section aria-labelledby="payment-facts">
      <h3 id="payment-facts" className="payment-heading">
        Facts
      </h3>
      <dl>
        {payment.description ? <Fact label="Description">{payment.description}</Fact> : null}
        {payment.card ? <Fact label="Card">{cardWords(payment.card) || 'Not told by Dojo'}</Fact> : null}
        <Fact label="How it is captured">{payment.captureMode === 'Manual' ? 'By hand: held first, captured later' : 'At once, when the customer pays'}</Fact>
        <Fact label="Created">{when(payment.createdAtMs)}</Fact>
        {payment.paidAtMs !== null ? <Fact label={payment.captureMode === 'Manual' ? 'Held' : 'Paid'}>{when(payment.paidAtMs)}</Fact> : null}
        <Fact label="Last changed at Dojo">{when(payment.updatedAtMs)}</Fact>
        <Fact label="Trading day">{formatDate(payment.date, 'short')}</Fact>
        {payment.holdEnds ? <Fact label={`Hold ends${orBy(payment.holdEnds)}`}>{when(payment.holdEnds.atMs)}</Fact> : null}
        <Fact label="Dojo calls it">{payment.status}</Fact>
      </dl>
    </section>
  );
}
