import { useState } from 'react';
import type { PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import type { Decided } from '../take/decision.ts';
import { useDecision } from '../take/use-decision.ts';
import { AmountField } from '../ui/amount-field.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { TwoStepButton } from '../undo/two-step-button.tsx';
import { emailsIn } from './emails.ts';
import type { FormKind } from './move-words.ts';

type FormProps = Readonly<{ payment: PaymentView; onDone: () => void }>;

/** The form of one move, in the place of the list of moves. */
export function MoveForm({ kind, ...props }: FormProps & Readonly<{ kind: FormKind }>) {
  switch (kind) {
    case 'refund':
      return <RefundForm {...props} />;
    case 'cancel':
      return <CancelForm {...props} />;
    case 'setAmount':
      return <ChangeForm {...props} kind="setAmount" />;
    case 'setTips':
      return <ChangeForm {...props} kind="setTips" />;
    case 'sendReceipt':
      return <ReceiptForm {...props} />;
  }
}

type FrameProps = Readonly<{
  title: string;
  closedReason: string | null;
  error: string | null;
  caution: string | null;
  onBack: () => void;
  children: React.ReactNode;
  confirm: React.ReactNode;
}>;

function Frame({ title, closedReason, error, caution, onBack, children, confirm }: FrameProps) {
  return (
    <section className="move-form" aria-label={title}>
      <h3 className="payment-heading">{title}</h3>
      {closedReason === null ? (
        <>
          {children}
          {caution ? <p className="move-caution">{caution}</p> : null}
          {error ? (
            <Banner tone="amber" title="Not accepted." isUrgent>
              {error}
            </Banner>
          ) : null}
        </>
      ) : (
        <Banner tone="amber" title="Not possible now.">
          {closedReason}
        </Banner>
      )}
      <div className="move-form-foot">
        <Button kind="quiet" onPress={onBack}>
          Back
        </Button>
        {closedReason === null ? confirm : null}
      </div>
    </section>
  );
}

function useForm(payment: PaymentView, kind: FormKind, onDone: () => void) {
  const { isPending, error, decide } = useDecision();
  const move = payment.moves[kind];
  return {
    isPending,
    error: error?.message ?? null,
    // While an answer is awaited the move may close because of this very decision.
    closedReason: move.open || isPending ? null : move.reason,
    caution: move.open ? move.caution : null,
    maxMinor: move.open ? move.maxMinor : null,
    minMinor: move.open ? (move.minMinor ?? 0) : 0,
    submit: (decided: Decided, promised: string) => void decide(decided, promised, onDone),
  };
}

function RefundForm({ payment, onDone }: FormProps) {
  const { isPending, submit, maxMinor, minMinor, ...frame } = useForm(payment, 'refund', onDone);
  const [amountMinor, setAmountMinor] = useState<number | null>(maxMinor);
  const [reason, setReason] = useState('');
  const fits = amountMinor !== null && amountMinor >= minMinor && (maxMinor === null || amountMinor <= maxMinor);
  const amount = formatMoney(amountMinor ?? 0, payment.currency);
  const confirm = () => {
    if (amountMinor === null) return;
    const why = reason.trim();
    submit(
      { kind: 'refund', paymentId: payment.id, amount: amountMinor, ...(why ? { reason: why } : {}) },
      `Promised: refund ${amount} of ${payment.reference}. It is done when Dojo says so.`,
    );
  };
  return (
    <Frame
      title={`Refund ${payment.reference}`}
      {...frame}
      onBack={onDone}
      confirm={
        <TwoStepButton
          ask={`Refund ${amount}`}
          confirm={`Yes, refund ${amount}`}
          keep="No, keep it"
          isDisabled={!fits}
          pendingText={isPending ? 'Promising…' : undefined}
          onConfirm={confirm}
        />
      }
    >
      <AmountField
        label="Amount to give back"
        size="large"
        currency={payment.currency}
        valueMinor={amountMinor}
        onChange={setAmountMinor}
        maxMinor={maxMinor}
        {...(maxMinor !== null ? { hint: `Up to ${formatMoney(maxMinor, payment.currency)}` } : {})}
      />
      <TextField label="Reason (optional)" value={reason} onChange={setReason} maxLength={1024} hint="Kept by Dojo with the refund." />
      <p className="quiet-text">The money usually arrives within a few working days. The customer’s bank decides when. A refund cannot be taken back.</p>
    </Frame>
  );
}

function CancelForm({ payment, onDone }: FormProps) {
  const { isPending, submit, maxMinor: _max, minMinor: _min, ...frame } = useForm(payment, 'cancel', onDone);
  const confirm = () => submit({ kind: 'cancel', paymentId: payment.id }, `Promised: cancel ${payment.reference}. It is done when Dojo says so.`);
  return (
    <Frame
      title={`Cancel ${payment.reference}`}
      {...frame}
      onBack={onDone}
      confirm={
        <TwoStepButton
          ask="Cancel the payment"
          confirm="Yes, cancel it"
          keep="No, keep it"
          pendingText={isPending ? 'Promising…' : undefined}
          onConfirm={confirm}
        />
      }
    >
      <p>Nobody has paid yet. After this nobody can: a payment link or a waiting terminal stops working.</p>
    </Frame>
  );
}

function ChangeForm({ payment, onDone, kind }: FormProps & Readonly<{ kind: 'setAmount' | 'setTips' }>) {
  const { isPending, submit, maxMinor, minMinor, ...frame } = useForm(payment, kind, onDone);
  const [amountMinor, setAmountMinor] = useState<number | null>(kind === 'setTips' ? payment.tipsMinor : payment.totalMinor - payment.tipsMinor);
  const what = kind === 'setTips' ? 'tips' : 'amount';
  const amount = formatMoney(amountMinor ?? 0, payment.currency);
  const confirm = () => {
    if (amountMinor !== null) submit({ kind, paymentId: payment.id, amount: amountMinor }, `Changing the ${what} of ${payment.reference} to ${amount}…`);
  };
  return (
    <Frame
      title={kind === 'setTips' ? 'Change the tips' : 'Change the amount'}
      {...frame}
      onBack={onDone}
      confirm={
        <Button
          kind="primary"
          isDisabled={amountMinor === null || amountMinor < minMinor}
          pendingText={isPending ? 'Handing it over…' : undefined}
          onPress={confirm}
        >
          Change to {amount}
        </Button>
      }
    >
      <AmountField label={`New ${what}`} size="large" currency={payment.currency} valueMinor={amountMinor} onChange={setAmountMinor} maxMinor={maxMinor} />
    </Frame>
  );
}

function ReceiptForm({ payment, onDone }: FormProps) {
  const { isPending, submit, maxMinor: _max, minMinor: _min, ...frame } = useForm(payment, 'sendReceipt', onDone);
  const [typed, setTyped] = useState('');
  const { emails, problem } = emailsIn(typed);
  const confirm = () => submit({ kind: 'sendReceipt', paymentId: payment.id, emails }, `The receipt of ${payment.reference} is on its way to Dojo.`);
  return (
    <Frame
      title="E-mail a receipt"
      {...frame}
      onBack={onDone}
      confirm={
        <Button kind="primary" isDisabled={emails.length === 0 || problem !== null} pendingText={isPending ? 'Handing it over…' : undefined} onPress={confirm}>
          Send
        </Button>
      }
    >
      <TextField
        label="E-mail addresses"
        value={typed}
        onChange={setTyped}
        error={problem}
        placeholder="name@example.com"
        hint="Several are parted by a comma. They are handed to Dojo and not kept."
      />
    </Frame>
  );
}
