import './undo.css';
import { useRef } from 'react';
import type { MoveView, PaymentView } from '../../preload/contract.ts';
import { formatMoney, formatWhen } from '../format.ts';
import { usePayment, useTill } from '../store.ts';
import { deadlineInWords, untilInWords } from '../take/deadline-words.ts';
import { DecisionNotes } from '../take/decision-notes.tsx';
import { useDecision, useStillWhile } from '../take/use-decision.ts';
import { useTillNow } from '../take/use-till-now.ts';
import { promisedInWords, whenSent, whenSentInWords } from '../take/when-sent.ts';
import { Banner } from '../ui/banner.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Fact } from '../ui/field.tsx';
import { closeDialog } from '../view.ts';
import { cardWords } from '../words.ts';
import { TwoStepButton } from './two-step-button.tsx';
import { type UndoFacts, undoFacts } from './undo-facts.ts';

type UndoDialogProps = Readonly<{ paymentId: string }>;

/** Lets go of a hold, or undoes a payment of the same day: always the whole of it. */
export function UndoDialog({ paymentId }: UndoDialogProps) {
  const decision = useDecision();
  const payment = useStillWhile(usePayment(paymentId), decision.isPending);
  if (!payment)
    return (
      <Dialog title="Undo" onClose={closeDialog} width="narrow">
        <p>This payment is no longer in the list.</p>
      </Dialog>
    );
  return <Undo payment={payment} facts={undoFacts(payment)} move={payment.moves.reverse} decision={decision} />;
}

type UndoProps = Readonly<{ payment: PaymentView; facts: UndoFacts; move: MoveView; decision: ReturnType<typeof useDecision> }>;

function Undo({ payment, facts, move, decision: { isPending, error, decide } }: UndoProps) {
  const connection = useTill((snapshot) => snapshot.connection);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useTillNow(1_000);
  const wasOpen = useRef(move.open);

  const amount = formatMoney(payment.totalMinor, payment.currency);
  const when = whenSent(connection);
  const closed = closedInWords(move, nowMs, zone);
  const deadlineMs = move.open ? move.deadlineMs : null;
  const waits = closed === null ? whenSentInWords(when, deadlineMs === null ? null : deadlineInWords(deadlineMs, zone, nowMs)) : null;

  const confirm = () => {
    const what = facts.kind === 'release' ? `release the hold of ${amount} on ${payment.reference}` : `undo ${amount} of ${payment.reference}`;
    void decide({ kind: 'reverse', paymentId: payment.id }, promisedInWords(what, when), closeDialog);
  };

  return (
    <Dialog
      title={`${facts.title}: ${payment.reference}`}
      onClose={closeDialog}
      closeText={closed === null ? 'Leave it as it is' : 'Close'}
      footer={
        closed === null ? (
          <TwoStepButton
            ask={facts.kind === 'release' ? `Release ${amount}` : `Undo ${amount}`}
            confirm={facts.kind === 'release' ? `Yes, release ${amount}` : `Yes, undo ${amount}`}
            keep="No, keep it"
            pendingText={isPending ? 'Promising…' : undefined}
            onConfirm={confirm}
          />
        ) : undefined
      }
    >
      <div className="undo">
        {closed === null ? null : (
          <Banner tone="amber" title={wasOpen.current ? 'It changed while this was open.' : 'Not possible now.'} isUrgent={wasOpen.current}>
            {closed}
          </Banner>
        )}
        <dl>
          <Fact label="Amount">
            <strong>{amount}</strong>
          </Fact>
          {payment.card ? <Fact label="Card">{cardWords(payment.card)}</Fact> : null}
          <Fact label={payment.captureMode === 'Manual' ? 'Held' : 'Paid'}>{formatWhen(payment.paidAtMs ?? payment.createdAtMs, zone, nowMs)}</Fact>
          {deadlineMs === null || closed !== null ? null : (
            <Fact label="Possible">
              <strong>{untilInWords(deadlineMs, zone, nowMs)}</strong>
            </Fact>
          )}
        </dl>
        {closed === null ? (
          <>
            <p>{facts.why}</p>
            <p className="quiet-text">{facts.customerSees}</p>
            <p>It is always for the whole amount, and cannot itself be undone.</p>
          </>
        ) : null}
        <DecisionNotes caution={closed === null && move.open ? move.caution : null} waits={waits} error={error} />
      </div>
    </Dialog>
  );
}

/** Why nothing can be pressed, or null. The deadline is main's; passing it here only spares the person a refusal. */
function closedInWords(move: MoveView, nowMs: number, zone: string): string | null {
  if (!move.open) return move.reason;
  if (move.deadlineMs === null || nowMs < move.deadlineMs) return null;
  return `It was possible until ${formatWhen(move.deadlineMs, zone, nowMs)}.`;
}
