import './take.css';
import type { PaymentView } from '../../preload/contract.ts';
import { formatMoney, formatWhen, timeLeft } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { shownAtMs } from '../today/list.ts';
import { inOrWithin, orBy } from '../today/row-words.ts';
import { cardWords } from '../words.ts';

type HoldFactsProps = Readonly<{ payment: PaymentView }>;

/** What is held, taken and left of a payment, and when its hold ends. */
export function HoldFacts({ payment }: HoldFactsProps) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(30_000);
  const amount = (minor: number) => formatMoney(minor, payment.currency);
  const isPartTaken = payment.takenMinor + payment.takingMinor > 0;
  const hasUnfinished = payment.unfinishedCapturesMinor > 0;
  const left = payment.holdEnds ? timeLeft(payment.holdEnds.atMs, nowMs) : null;
  return (
    <div className="hold-facts">
      <p className="hold-facts-what">
        {[payment.description, cardWords(payment.card), formatWhen(shownAtMs(payment), zone, nowMs)].filter(Boolean).join(' · ')}
      </p>
      <p className="hold-facts-sum">
        {isPartTaken ? (
          <>
            <strong>{amount(payment.takenMinor)}</strong> of <strong>{amount(payment.totalMinor)}</strong> captured
            {payment.takingMinor > 0 ? `, ${amount(payment.takingMinor)} being captured` : ''}
          </>
        ) : (
          <>
            <strong>{amount(payment.totalMinor)}</strong>
            {payment.onHoldMinor > 0 ? ' on hold' : ''}
            {hasUnfinished ? '' : payment.onHoldMinor > 0 ? ', nothing captured yet' : ', nothing captured'}
          </>
        )}
        {hasUnfinished ? `, ${amount(payment.unfinishedCapturesMinor)} asked for, not finished yet` : ''}
      </p>
      {payment.holdEnds && left ? (
        <p className="hold-facts-end">
          The hold ends{orBy(payment.holdEnds)} {formatWhen(payment.holdEnds.atMs, zone, nowMs)}, {inOrWithin(payment.holdEnds, left)}.{' '}
          {atHoldsEnd(payment.holdEnds.action)}
        </p>
      ) : null}
    </div>
  );
}

/** What Dojo does with what is left when a hold ends; the two answers are opposite. */
export function atHoldsEnd(action: 'Release' | 'Capture' | null): string {
  switch (action) {
    case 'Release':
      return 'What is not captured by then is released: the shop loses it.';
    case 'Capture':
      return 'What is not captured by then is captured in full.';
    case null:
      return 'Dojo does not say what happens with it then.';
  }
}
