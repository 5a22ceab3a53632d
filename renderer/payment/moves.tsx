import type { MoveKind, PaymentView } from '../../preload/contract.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { openDialog } from '../view.ts';
import { closedMoves, closedNames, type FormKind, moveTitle, openMoveNote, openMoves } from './move-words.ts';

type MovesProps = Readonly<{ payment: PaymentView; onForm: (kind: FormKind) => void }>;

/** What can be done with the payment now, and for the rest why not. The rules are main's. */
export function Moves({ payment, onForm }: MovesProps) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(30_000);
  const open = openMoves(payment);
  const closed = closedMoves(payment);
  const begin = (kind: MoveKind) => {
    if (kind === 'capture') openDialog({ kind: 'take', paymentId: payment.id });
    else if (kind === 'reverse') openDialog({ kind: 'undo', paymentId: payment.id });
    else onForm(kind);
  };
  return (
    <section className="moves" aria-labelledby="payment-moves">
      <h3 id="payment-moves" className="payment-heading">
        What can be done now
      </h3>
      {open.length === 0 ? <p className="quiet-text">Nothing at the moment.</p> : null}
      <ul className="moves-open">
        {open.map(({ kind, move }) => (
          <li key={kind} className="move">
            <Button kind={kind === 'capture' ? 'primary' : 'quiet'} onPress={() => begin(kind)}>
              {moveTitle(kind, payment)}…
            </Button>
            <span className="move-note">
              {openMoveNote(kind, move, payment, zone, nowMs)}
              {move.caution ? <em className="move-caution"> {move.caution}</em> : null}
            </span>
          </li>
        ))}
      </ul>
      {closed.length > 0 ? (
        <dl className="moves-closed">
          {closed.map(({ kinds, reason }) => (
            <div key={reason} className="move-closed">
              <dt>{closedNames(kinds)}</dt>
              <dd>{reason}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}
