import type { PaymentView } from '../../preload/contract.ts';
import { formatMoney, formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { afterItsDay, deadlineInWords, untilInWords } from '../take/deadline-words.ts';
import { isTooLate, whenSent } from '../take/when-sent.ts';
import type { OpenWay } from './standing.ts';
import { moveKindOfWay, moveOfWay, WAY_TITLES } from './ways.ts';

type TheWayProps = Readonly<{ payment: PaymentView; offer: OpenWay; isPick: boolean; nowMs: number }>;

/** What is being done, why it is this, how long it remains possible, when the customer sees the money, and that a refund may cost the shop a fee. */
export function TheWay({ payment, offer: { way, amountMinor, deadlineMs }, isPick, nowMs }: TheWayProps) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const { giveBack } = payment;
  const isLate = useTill(({ connection }) => isTooLate(whenSent(connection, moveKindOfWay(way), deadlineMs)));
  return (
    <div className="give-back-way">
      <h3 className="give-back-title">
        {isPick ? WAY_TITLES[way] : 'Refund a part'}
        {way === 'refund' ? null : <span className="give-back-amount">{formatMoney(amountMinor, payment.currency)}</span>}
      </h3>
      {isPick ? <p>{giveBack.why}</p> : null}
      {deadlineMs === null ? null : (
        <p className="give-back-until">
          {way === 'release' ? 'Release' : 'Reversal'} {isLate ? 'sent' : 'possible'}{' '}
          {isLate ? `until ${deadlineInWords(deadlineMs, zone, nowMs)} only` : untilInWords(deadlineMs, zone, nowMs)}.
          {way === 'release' ? afterItsDay(deadlineMs, payment.holdEnds) : null}
        </p>
      )}
      <p className="quiet-text">
        {isPick ? giveBack.customerSees : giveBack.instead?.customerSees} {way === 'refund' ? 'A refund' : way === 'undo' ? 'A reversal' : 'A release'} cannot
        itself be reversed.{isPick && way === 'refund' ? ' Dojo may charge the shop a fee for it.' : null}
      </p>
    </div>
  );
}

/** Nothing is open: why, in main’s words, or that the time ran out while the page looked on. */
export function NoWay({ payment, isOver }: Readonly<{ payment: PaymentView; isOver: boolean }>) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(30_000);
  const move = payment.giveBack.way === null ? null : moveOfWay(payment, payment.giveBack.way);
  const deadlineMs = move?.open ? move.deadlineMs : null;
  return (
    <div className="give-back-way">
      <h3 className="give-back-title">Nothing can be given back now</h3>
      {isOver && deadlineMs !== null ? (
        <p>It was possible until {formatWhen(deadlineMs, zone, nowMs)}. What is possible now is being worked out.</p>
      ) : (
        <p>{payment.giveBack.why}</p>
      )}
    </div>
  );
}
