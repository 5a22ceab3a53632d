import './take.css';
import { useRef, useState } from 'react';
import type { PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { useNow } from '../now.ts';
import { referenceInWords } from '../reference.ts';
import { usePayment, useTill } from '../store.ts';
import { AmountField } from '../ui/amount-field.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Choice } from '../ui/field.tsx';
import { closeDialog, leaveDialog } from '../view.ts';
import { deadlineInWords } from './deadline-words.ts';
import { onPayment } from './decision.ts';
import { DecisionNotes } from './decision-notes.tsx';
import { HoldFacts } from './hold-facts.tsx';
import { type OpenMove, offeredMinor } from './offered.ts';
import { isProblem, lostInWords, planInWords, planTake, type TakeEntry } from './take-plan.ts';
import { useDecision, useStillWhile } from './use-decision.ts';
import { isTooLate, promisedInWords, whenSent, whenSentInWords } from './when-sent.ts';

type TakeDialogProps = Readonly<{ paymentId: string }>;

/** Takes a hold, whole or in part. */
export function TakeDialog({ paymentId }: TakeDialogProps) {
  const decision = useDecision(paymentId);
  const payment = useStillWhile(usePayment(paymentId), decision.isPending);
  const move = payment?.moves.capture;
  // Kept while the capture closes and opens again under the dialog: what was typed stays, and another whole is told.
  const [entry, setEntry] = useState<TakeEntry | null>(null);
  if (entry === null && payment && move?.open) setEntry(entryFor(move, payment.leftMinor));
  if (!payment || !move)
    return (
      <Dialog title="Capture" onClose={leaveDialog} width="narrow">
        <p>This payment is no longer in the list.</p>
      </Dialog>
    );
  if (!move.open || entry === null)
    return (
      <Dialog title={`Capture ${referenceInWords(payment.reference)}`} onClose={leaveDialog} width="narrow">
        <div className="take">
          <HoldFacts payment={payment} />
          <Banner tone="grey" title="Nothing to capture now.">
            {move.open ? null : move.reason}
          </Banner>
        </div>
      </Dialog>
    );
  return <OpenTake {...{ payment, move, entry, decision }} change={(next) => setEntry((now) => now && next(now))} />;
}

/** The whole of what is offered; where nothing is, an amount has to be typed. */
function entryFor(move: OpenMove, leftMinor: number): TakeEntry {
  const wholeMinor = offeredMinor(move);
  return wholeMinor === null ? { kind: 'part', amountMinor: null, ofMinor: leftMinor, tipsMinor: null } : { kind: 'whole', wholeMinor, tipsMinor: null };
}

type OpenTakeProps = Readonly<{
  payment: PaymentView;
  move: OpenMove;
  entry: TakeEntry;
  /** Upon what was put in by then: a scan is put back in several fields at once. */
  change: (next: (now: TakeEntry) => TakeEntry) => void;
  decision: ReturnType<typeof useDecision>;
}>;

function OpenTake({ payment, move, entry, change, decision: { isPending, error, decide } }: OpenTakeProps) {
  const { currency, reference } = payment;
  const amount = (minor: number) => formatMoney(minor, currency);
  const wholeMinor = offeredMinor(move);
  const connection = useTill((snapshot) => snapshot.connection);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(30_000);
  const body = useRef<HTMLDivElement>(null);

  const plan = planTake(move, payment.leftMinor, entry);
  const words = planInWords(plan, amount, payment.unfinishedCapturesMinor);
  // What is wrong is said once: at the field it is about, else at the foot.
  const amountError = plan.kind === 'zero' || plan.kind === 'above' ? words : null;
  const tipsError = plan.kind === 'tips-above' || plan.kind === 'tips-below' ? words : null;
  const lost = lostInWords(payment, plan.kind === 'ready' ? plan.totalMinor : 0, amount);
  const when = whenSent(connection, 'capture', move.deadlineMs);
  const waits = whenSentInWords(when, { zone, deadline: move.deadlineMs === null ? null : deadlineInWords(move.deadlineMs, zone, nowMs) });

  const confirm = () => {
    if (plan.kind !== 'ready') return;
    const tips = plan.tipsMinor > 0 ? { tipsAmount: plan.tipsMinor } : {};
    const promised = promisedInWords(`capture ${amount(plan.totalMinor)} of ${referenceInWords(reference)}`, when, { zone });
    void decide({ kind: 'capture', ...onPayment(payment), amount: plan.amountMinor, ...tips }, promised, closeDialog);
  };
  const goToConfirm = () => body.current?.closest('[role=dialog]')?.querySelector<HTMLButtonElement>('button[data-kind=money]')?.focus();

  return (
    <Dialog
      title={`Capture ${referenceInWords(reference)}`}
      onClose={leaveDialog}
      closeText="Back"
      footer={
        <>
          <p className="take-sentence" role="status" data-problem={isProblem(plan) || undefined}>
            {(amountError ?? tipsError) ? '' : words}
          </p>
          <Button kind="money" shortcut="F12" isDisabled={plan.kind !== 'ready'} pendingText={isPending ? 'Queueing…' : undefined} onPress={confirm}>
            {plan.kind === 'ready' ? `Capture ${amount(plan.totalMinor)}` : 'Capture'}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only where Enter leads to; each field works without it. */}
      <div
        ref={body}
        className="take"
        onKeyDown={(event) => {
          // The Enter of an input method hands its digits over, no more.
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return;
          event.preventDefault();
          goToConfirm();
        }}
      >
        <HoldFacts payment={payment} />
        <Choice
          label="How much"
          value={plan.kind === 'changed' && plan.of === 'whole' ? null : entry.kind}
          options={[
            ...(wholeMinor === null ? [] : [{ id: 'whole' as const, text: `${wholeWords(payment, wholeMinor)} ${amount(wholeMinor)}` }]),
            { id: 'part' as const, text: 'A part' },
          ]}
          onChange={(kind) =>
            change((now) =>
              kind === 'whole'
                ? { kind, wholeMinor: wholeMinor ?? 0, tipsMinor: now.tipsMinor }
                : now.kind === 'part'
                  ? now
                  : { kind, amountMinor: null, ofMinor: payment.leftMinor, tipsMinor: now.tipsMinor },
            )
          }
        />
        {entry.kind === 'part' ? (
          <AmountField
            label="Amount to capture"
            currency={currency}
            valueMinor={entry.amountMinor}
            of={{ thenMinor: entry.ofMinor, nowMinor: payment.leftMinor }}
            onChange={(amountMinor, ofMinor) => change((now) => (now.kind === 'part' ? { ...now, amountMinor, ofMinor } : now))}
            error={amountError}
            size="large"
            autoFocus
            keepsTyped
            hint="Digits fill from the right: 1 2 5 0 is 12.50."
          />
        ) : null}
        {move.tipsAllowed ? (
          <AmountField
            label={entry.kind === 'whole' ? 'Of that, tips' : 'Tips on top'}
            currency={currency}
            valueMinor={entry.tipsMinor ?? (entry.kind === 'whole' && move.defaultTipsMinor > 0 ? move.defaultTipsMinor : null)}
            onChange={(tipsMinor) => change((now) => ({ ...now, tipsMinor }))}
            error={tipsError}
          />
        ) : move.tipsReason !== null ? (
          <p className="quiet-text">{move.tipsReason}</p>
        ) : null}
        {move.includes === null ? null : <p className="take-includes">{move.includes}</p>}
        <DecisionNotes
          caution={[lost, move.caution].filter((said) => said !== null).join(' ') || null}
          waits={waits}
          isTooLate={isTooLate(when)}
          error={error}
        />
      </div>
    </Dialog>
  );
}

/** Less than what is left is offered where Dojo's total is another than its parts come to, and where it refused the service charge. */
function wholeWords({ takenMinor, takingMinor, unfinishedCapturesMinor, leftMinor, partsMinor }: PaymentView, wholeMinor: number): string {
  if (wholeMinor !== leftMinor) return partsMinor === null ? 'Bill and tips' : 'The smaller total';
  return takenMinor + takingMinor + unfinishedCapturesMinor > 0 ? 'Whole rest' : 'All of it';
}
