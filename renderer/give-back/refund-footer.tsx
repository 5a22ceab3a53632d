import type { MoveView, PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { referenceInWords } from '../reference.ts';
import { useTill } from '../store.ts';
import type { useDecision } from '../take/use-decision.ts';
import { promisedInWords, whenSent } from '../take/when-sent.ts';
import { TwoStepButton } from '../ui/two-step-button.tsx';
import { closeDialog } from '../view.ts';
import type { RefundDraft } from './refund-draft.ts';
import { entryFor, planRefund, refundDecided, refundPlanInWords } from './refund-plan.ts';

type RefundFooterProps = Readonly<{
  payment: PaymentView;
  move: Extract<MoveView, { open: true }>;
  draft: RefundDraft;
  /** A second refund: the amount has to be typed once more. */
  isSecond: boolean;
  /** What is asked, as far as it is not in the form. */
  asks: string;
  decision: ReturnType<typeof useDecision>;
}>;

/** What will be refunded, or what is still missing, and the two presses that promise it. */
export function RefundFooter({ payment, move, draft, isSecond, asks, decision: { isPending, decide } }: RefundFooterProps) {
  const connection = useTill((snapshot) => snapshot.connection);
  const settings = useTill((snapshot) => snapshot.settings);
  const money = (minor: number) => formatMoney(minor, payment.currency);
  const plan = planRefund(move, entryFor(move, draft.entry));
  const amountMinor = plan.kind === 'ready' ? plan.amountMinor : null;
  const amount = amountMinor === null ? '' : money(amountMinor);
  const isUnsure = isSecond && amountMinor !== null && draft.onceMoreMinor !== amountMinor;

  const confirm = () => {
    if (amountMinor === null || isUnsure) return;
    const promised = promisedInWords(`refund ${amount} of ${referenceInWords(payment.reference)}`, whenSent(connection, 'refund'), settings);
    void decide(refundDecided(payment, amountMinor, draft, isSecond), promised, closeDialog);
  };
  return (
    <>
      <p className="give-back-sentence" role="status">
        {isUnsure ? `Type ${amount} once more: it is a second refund.` : plan.kind === 'above' || plan.kind === 'changed' ? '' : refundPlanInWords(plan, money)}
      </p>
      <TwoStepButton
        // Whatever is changed in the form is asked anew: the second press confirms what the first one showed.
        asks={JSON.stringify([asks, amountMinor, draft.reason, draft.notes, isSecond])}
        ask={amountMinor === null ? 'Refund' : `Refund ${amount}`}
        confirm={`Yes, refund ${amount}`}
        keep="No, keep it"
        isDisabled={amountMinor === null || isUnsure}
        pendingText={isPending ? 'Queueing…' : undefined}
        onConfirm={confirm}
      />
    </>
  );
}
