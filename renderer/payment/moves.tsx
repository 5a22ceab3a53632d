import type { PaymentView } from '../../preload/contract.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { openDialog } from '../view.ts';
import { byReason, closedDeeds, type Deed, deedCaution, deedNote, deedTitle, type FormKind, openDeeds } from './move-words.ts';

type MovesProps = Readonly<{
  payment: PaymentView;
  onForm: (kind: FormKind) => void;
  /** What was opened from here and left: the keyboard is on it again. */
  left: Deed | null;
}>;

/** What can be done with the payment now, and for the rest why not. The rules are main's. */
export function Moves({ payment, onForm, left }: MovesProps) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(30_000);
  const open = openDeeds(payment);
  const closed = byReason(closedDeeds(payment));
  const begin = (deed: Deed) => {
    if (deed === 'capture') openDialog({ kind: 'take', paymentId: payment.id, isFromPayment: true });
    else if (deed === 'give-back') openDialog({ kind: 'give-back', paymentId: payment.id, isFromPayment: true });
    else onForm(deed);
  };
  return (
    <section className="moves" aria-labelledby="payment-moves">
      <h3 id="payment-moves" className="payment-heading">
        What can be done now
      </h3>
      {open.length === 0 ? <p className="quiet-text">Nothing at the moment.</p> : null}
      <ul className="moves-open">
        {open.map((deed) => {
          const caution = deedCaution(deed, payment);
          return (
            <li key={deed} className="move">
              <Button kind={deed === 'capture' ? 'primary' : 'quiet'} autoFocus={deed === left} onPress={() => begin(deed)}>
                {deedTitle(deed, payment)}…
              </Button>
              <span className="move-note">
                {deedNote(deed, payment, zone, nowMs)}
                {caution ? <em className="move-caution"> {caution}</em> : null}
              </span>
            </li>
          );
        })}
      </ul>
      {closed.length > 0 ? (
        <details className="why moves-why">
          <summary>What cannot be done now, and why</summary>
          <dl className="moves-closed">
            {closed.map(({ names, reason }) => (
              <div key={reason} className="move-closed">
                <dt>{names}</dt>
                <dd>{reason}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </section>
  );
}
