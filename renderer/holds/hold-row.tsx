import type { PaymentView } from '../../preload/contract.ts';
import { isTicked } from '../end-of-day/choice.ts';
import { formatDay, formatMoney, formatTime } from '../format.ts';
import { useNow } from '../now.ts';
import { referenceInWords, referenceLabel } from '../reference.ts';
import { useTill } from '../store.ts';
import { shownAtMs } from '../today/list.ts';
import type { ListLook } from '../today/list-look.ts';
import { Card, Promised } from '../today/payment-row.tsx';
import { RowMoves } from '../today/row-moves.tsx';
import { Checkbox } from '../ui/field.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { endsAtWords, holdEndMark, holdText } from './hold-words.ts';
import { toggleHold, useHolds } from './holds-state.ts';
import { VERY_SOON_MS } from './open-holds.ts';

export const HOLDS: ListLook = { label: 'Holds', row: (payment) => <HoldRow payment={payment} />, text: holdText, onSpace: toggleHold };

function HoldRow({ payment }: { payment: PaymentView }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const heldAtMs = shownAtMs(payment);
  const canTake = payment.moves.capture.open;
  return (
    <div className="row hold-row" data-pending={payment.openActionIds.length > 0} data-attention={payment.attention !== null}>
      <span className="hold-choice">{canTake ? <ChoiceBox payment={payment} /> : null}</span>
      <span className="row-what">
        <span className="row-reference">{referenceLabel(payment.reference)}</span>
        <span className="row-description">{payment.description}</span>
      </span>
      <Card card={payment.card} />
      <span className="hold-held">
        <span className="row-day">{formatDay(heldAtMs, zone)}</span>
        <span className="row-time">{formatTime(heldAtMs, zone)}</span>
      </span>
      <End payment={payment} />
      <span className="row-amount amount" data-live={payment.onHoldMinor > 0}>
        {formatMoney(payment.onHoldMinor, payment.currency)}
        {payment.onHoldMinor < payment.totalMinor ? <span className="hold-of">of {formatMoney(payment.totalMinor, payment.currency)}</span> : null}
      </span>
      <RowMoves payment={payment} />
    </div>
  );
}

function ChoiceBox({ payment }: { payment: PaymentView }) {
  const isChosen = useHolds(({ choice }) => isTicked(choice, payment.id));
  return (
    <Checkbox isSelected={isChosen} isOutOfTabOrder onChange={() => toggleHold(payment.id)} aria-label={`Choose ${referenceInWords(payment.reference)}`} />
  );
}

/** What becomes of it and when; under it what is promised, what is wrong, or the time itself. */
function End({ payment }: { payment: PaymentView }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(30_000);
  const mark = holdEndMark(payment, nowMs);
  const isVerySoon = payment.onHoldMinor + payment.standingCapturesMinor > 0 && payment.holdEnds !== null && payment.holdEnds.atMs - nowMs <= VERY_SOON_MS;
  return (
    <span className="row-state hold-end" data-very-soon={isVerySoon}>
      {mark ? (
        <StateMark tone={mark.tone} shape={mark.shape} certainty={mark.certainty}>
          {mark.text}
        </StateMark>
      ) : null}
      {payment.openActionIds.length > 0 ? (
        <Promised ids={payment.openActionIds} />
      ) : payment.attention !== null ? (
        <span className="row-below row-attention">{payment.attention}</span>
      ) : (
        <span className="row-below hold-ends-at">{endsAtWords(payment, zone)}</span>
      )}
    </span>
  );
}
