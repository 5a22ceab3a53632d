import './give-back.css';
import { useEffect, useRef, useState } from 'react';
import type { PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { useNow } from '../now.ts';
import { ChangedElsewhere } from '../payment/changed-elsewhere.tsx';
import { useDetail } from '../payment/use-detail.ts';
import { referenceInWords } from '../reference.ts';
import { useTill } from '../store.ts';
import { useDecision, useStillWhile } from '../take/use-decision.ts';
import { Banner } from '../ui/banner.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalBanner } from '../ui/refusal-banner.tsx';
import { leaveDialog } from '../view.ts';
import { InsteadLine } from './instead-line.tsx';
import { Notes } from './notes.tsx';
import { OtherWays } from './other-ways.tsx';
import { PaymentFacts } from './payment-facts.tsx';
import { NEW_DRAFT } from './refund-draft.ts';
import { RefundFields } from './refund-fields.tsx';
import { RefundFooter } from './refund-footer.tsx';
import { entryFor, lostRefundInWords, NO_PART, planRefund } from './refund-plan.ts';
import { ReversalFooter } from './reversal-footer.tsx';
import { secondRefundInWords } from './second-refund.ts';
import { changeInWords, standingKey, standingOf } from './standing.ts';
import { NoWay, TheWay } from './the-way.tsx';
import { giveBackTitle, moveKindOfWay, moveOfWay, WAY_VERBS } from './ways.ts';

/** Gives money back in the one way that main picks: releases the hold, undoes today’s payment, or refunds. */
export function GiveBackDialog({ paymentId }: Readonly<{ paymentId: string }>) {
  const decision = useDecision(paymentId);
  const known = useDetail(paymentId);
  const payment = useStillWhile(known.payment, decision.isPending);
  if (payment) return <GiveBack payment={payment} decision={decision} readAgain={known.readAgain} />;
  return (
    <Dialog title="Refund or reverse" onClose={leaveDialog} width="narrow">
      {known.error ? <RefusalBanner title="It could not be shown." error={known.error} /> : <p className="quiet-text">Reading the payment…</p>}
    </Dialog>
  );
}

type GiveBackProps = Readonly<{ payment: PaymentView; decision: ReturnType<typeof useDecision>; readAgain: () => void }>;

function GiveBack({ payment, decision, readAgain }: GiveBackProps) {
  const nowMs = useNow(1_000);
  const reasons = useTill((snapshot) => snapshot.settings.refundReasons);
  const [isPart, setPart] = useState(false);
  const [draft, setDraft] = useState(NEW_DRAFT);

  const standing = standingOf(payment, nowMs);
  const opened = useRef(standing);
  const change = changeInWords(opened.current, standing, payment, (minor) => formatMoney(minor, payment.currency));
  // What is new is said above the form: it must not be out of sight.
  const news = useRef<HTMLDivElement>(null);
  const hasNews = change !== null || decision.error !== null;
  useEffect(() => {
    if (hasNews) news.current?.scrollIntoView({ block: 'nearest' });
  }, [hasNews]);
  // Main is asked again once the time for its pick has run out.
  const { isOver } = standing;
  useEffect(() => {
    if (isOver) readAgain();
  }, [isOver, readAgain]);

  const offer = isPart && standing.instead !== null ? standing.instead : standing.pick;
  const isBeside = offer !== null && offer === standing.instead;
  const rule = offer === null ? null : moveOfWay(payment, offer.way);
  const move = rule?.open ? rule : null;
  const second = move === null ? null : secondRefundInWords(move.recent, decision.error, payment.currency, nowMs);
  // A second refund is asked about in the form; every other refusal is said above it.
  const refusal = decision.error?.code === 'second-refund' ? null : decision.error;
  const switchWay = () => {
    setPart(!isBeside);
    setDraft((now) => ({ ...now, entry: isBeside ? { kind: 'whole' } : NO_PART }));
  };
  const instead =
    payment.giveBack.instead === null || standing.instead === null ? null : (
      <InsteadLine note={payment.giveBack.instead.note} whole={giveBackTitle(payment)} isPart={isBeside} onSwitch={switchWay} isDisabled={decision.isPending} />
    );
  const lost =
    move === null || offer?.way !== 'refund'
      ? null
      : lostRefundInWords(payment, planRefund(move, entryFor(move, draft.entry)), (minor) => formatMoney(minor, payment.currency));
  // A change of what is asked, or of what is seen of the payment, starts the two presses anew.
  const asks = `${payment.version} ${standingKey(standing)} ${isBeside}`;

  return (
    <Dialog
      title={`${offer === null ? giveBackTitle(payment) : WAY_VERBS[offer.way]}: ${referenceInWords(payment.reference)}`}
      onClose={leaveDialog}
      width="wide"
      closeText={move === null ? 'Close' : 'Back'}
      footer={
        move === null || offer === null ? undefined : offer.way === 'refund' ? (
          <RefundFooter asks={asks} payment={payment} move={move} draft={draft} isSecond={second !== null} decision={decision} />
        ) : (
          <ReversalFooter asks={asks} payment={payment} offer={offer} decision={decision} />
        )
      }
    >
      <div className="give-back">
        <div className="give-back-news" ref={news}>
          {change ? (
            <Banner tone="amber" title="It changed while this was open." isUrgent>
              {change} Nothing was sent.
            </Banner>
          ) : null}
          {payment.changedElsewhere ? <ChangedElsewhere change={payment.changedElsewhere} /> : null}
          {move === null || offer === null ? null : <Notes kind={moveKindOfWay(offer.way)} move={move} error={refusal} nowMs={nowMs} lost={lost} />}
        </div>
        <section className="give-back-main">
          {move === null || offer === null ? (
            <NoWay payment={payment} isOver={isOver} />
          ) : (
            <>
              <TheWay payment={payment} offer={offer} isPick={!isBeside} nowMs={nowMs} />
              {isBeside ? null : instead}
              {offer.way === 'refund' ? <RefundFields {...{ payment, move, draft, reasons, second }} change={setDraft} isPartOnly={isBeside} /> : null}
            </>
          )}
        </section>
        <div className="give-back-side">
          <PaymentFacts payment={payment} />
          {isBeside ? instead : null}
          <OtherWays closed={payment.giveBack.closed} />
        </div>
      </div>
    </Dialog>
  );
}
