import type { PaymentView } from '../../preload/contract.ts';
import { formatMoney, formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { shownAtMs } from '../today/list.ts';
import { Fact } from '../ui/field.tsx';
import { cardWords } from '../words.ts';

/** Which payment it is about, so that nobody gives back the wrong one. */
export function PaymentFacts({ payment }: Readonly<{ payment: PaymentView }>) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  const money = (minor: number) => formatMoney(minor, payment.currency);
  return (
    <section aria-labelledby="give-back-payment">
      <h3 id="give-back-payment" className="give-back-heading">
        The payment
      </h3>
      <dl>
        <Fact label={payment.state === 'not-paid' ? 'Asked for' : payment.captureMode === 'Manual' ? 'Held' : 'Paid'}>
          {money(payment.totalMinor)}, {formatWhen(shownAtMs(payment), zone, nowMs)}
        </Fact>
        {payment.captureMode === 'Manual' ? <Fact label="Captured">{money(payment.takenMinor)}</Fact> : null}
        {payment.refundedMinor > 0 ? <Fact label="Refunded so far">{money(payment.refundedMinor)}</Fact> : null}
        {payment.card ? <Fact label="Card">{cardWords(payment.card) || 'Not told by Dojo'}</Fact> : null}
        {payment.description ? <Fact label="Description">{payment.description}</Fact> : null}
      </dl>
    </section>
  );
}
