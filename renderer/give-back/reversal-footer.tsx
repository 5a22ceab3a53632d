import type { PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { referenceInWords } from '../reference.ts';
import { useTill } from '../store.ts';
import { onPayment } from '../take/decision.ts';
import type { useDecision } from '../take/use-decision.ts';
import { promisedInWords, whenSent } from '../take/when-sent.ts';
import { TwoStepButton } from '../ui/two-step-button.tsx';
import { closeDialog } from '../view.ts';
import type { OpenWay } from './standing.ts';
import { WAY_VERBS } from './ways.ts';

type ReversalFooterProps = Readonly<{ payment: PaymentView; offer: OpenWay; asks: string; decision: ReturnType<typeof useDecision> }>;

/** The two presses that release a hold or undo a payment: the whole of it, always. */
export function ReversalFooter({ payment, offer: { way, amountMinor, deadlineMs }, asks, decision: { isPending, decide } }: ReversalFooterProps) {
  const connection = useTill((snapshot) => snapshot.connection);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const amount = formatMoney(amountMinor, payment.currency);
  const verb = WAY_VERBS[way];
  const { reverse } = payment.moves;
  const notKept = reverse.open && reverse.notKept === true;
  const confirm = () => {
    const what =
      way === 'release'
        ? `release the hold of ${amount} on ${referenceInWords(payment.reference)}`
        : `reverse ${amount} of ${referenceInWords(payment.reference)}`;
    void decide({ kind: 'reverse', ...onPayment(payment) }, promisedInWords(what, whenSent(connection, 'reverse', deadlineMs), { zone, notKept }), closeDialog);
  };
  return (
    <TwoStepButton
      asks={asks}
      ask={`${verb} ${amount}`}
      confirm={`Yes, ${verb.toLowerCase()} ${amount}`}
      keep="No, keep it"
      pendingText={isPending ? 'Queueing…' : undefined}
      onConfirm={confirm}
    />
  );
}
