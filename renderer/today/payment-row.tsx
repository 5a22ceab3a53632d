import type { PaymentView } from '../../preload/contract.ts';
import { formatDayShort, formatMoney, formatTime } from '../format.ts';
import { useNow } from '../now.ts';
import { referenceLabel } from '../reference.ts';
import { useActions, useTill } from '../store.ts';
import { StateMark } from '../ui/state-mark.tsx';
import { actionTitle, actionWords, paymentWords, schemeWords } from '../words.ts';
import { shownAtMs } from './list.ts';
import { RowMoves } from './row-moves.tsx';
import { attentionBeside, changedElsewhereWords, givenBackText, holdEndSoonWords, isAmountLive } from './row-words.ts';

/** One payment on the list; with its day where the list is of several. */
export function PaymentRow({ payment, isDated }: { payment: PaymentView; isDated: boolean }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const givenBack = givenBackText(payment);
  return (
    <div className="row" data-pending={payment.openActionIds.length > 0} data-attention={payment.attention !== null}>
      <span className="row-time">
        {isDated ? <span className="row-day">{formatDayShort(shownAtMs(payment), zone)}</span> : null}
        {formatTime(shownAtMs(payment), zone)}
      </span>
      <span className="row-what">
        <span className="row-reference">{referenceLabel(payment.reference)}</span>
        <span className="row-description">{payment.description}</span>
      </span>
      <Card card={payment.card} />
      <State payment={payment} />
      <span className="row-amount amount" data-live={isAmountLive(payment)}>
        {formatMoney(payment.totalMinor, payment.currency)}
        {payment.partsMinor === null ? null : <span className="row-parts">parts {formatMoney(payment.partsMinor, payment.currency)}</span>}
        {givenBack ? <span className="row-given-back">{givenBack}</span> : null}
      </span>
      <RowMoves payment={payment} />
    </div>
  );
}

/** The scheme may be cut short where there is little room; the last four never are. */
export function Card({ card }: { card: PaymentView['card'] }) {
  return (
    <span className="row-card">
      {card?.scheme ? <span className="row-scheme">{schemeWords(card.scheme)}</span> : null}
      {card?.last4 ? <span>···· {card.last4}</span> : null}
    </span>
  );
}

/** What Dojo has confirmed, and under it what is promised or not known, or what will happen soon. */
function State({ payment }: { payment: PaymentView }) {
  const words = paymentWords(payment);
  return (
    <span className="row-state">
      <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
        {words.text}
      </StateMark>
      {payment.openActionIds.length > 0 ? <Promised ids={payment.openActionIds} /> : <Below payment={payment} />}
    </span>
  );
}

/** The first of what is promised or not known of a payment. */
export function Promised({ ids }: { ids: readonly string[] }) {
  const actions = useActions(ids);
  const first = actions[0];
  if (!first) return null;
  const words = actionWords(first);
  const more = actions.length > 1 ? ` and ${actions.length - 1} more` : '';
  return (
    <span className="row-below">
      <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
        {actionTitle(first)}: {words.text.charAt(0).toLowerCase() + words.text.slice(1)}
        {more}
      </StateMark>
    </span>
  );
}

function Below({ payment }: { payment: PaymentView }) {
  const nowMs = useNow(30_000);
  const attention = attentionBeside(payment);
  if (attention !== null) return <span className="row-below row-attention">{attention}</span>;
  const soon = holdEndSoonWords(payment, nowMs);
  if (soon !== null) return <span className="row-below row-soon">{soon}</span>;
  const elsewhere = changedElsewhereWords(payment);
  return elsewhere ? <span className="row-below row-elsewhere">{elsewhere}</span> : null;
}
