import { useState } from 'react';
import { formatMoney } from '../format.ts';
import { referenceInWords } from '../reference.ts';
import { onPayment } from '../take/decision.ts';
import { AmountField } from '../ui/amount-field.tsx';
import { Button } from '../ui/button.tsx';
import { TwoStepButton } from '../ui/two-step-button.tsx';
import { FormFrame, type FormProps, useForm } from './form-frame.tsx';
import type { FormKind } from './move-words.ts';
import { ReceiptForm } from './receipt-form.tsx';

/** The form of one move, in the place of the list of moves. */
export function MoveForm({ kind, ...props }: FormProps & Readonly<{ kind: FormKind }>) {
  switch (kind) {
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

function CancelForm({ payment, onDone }: FormProps) {
  const { isPending, seen, submit, promised, frame } = useForm(payment, 'cancel', onDone);
  const confirm = () => submit({ kind: 'cancel', ...onPayment(payment) }, promised(`cancel ${referenceInWords(payment.reference)}`));
  return (
    <FormFrame
      title={`Cancel ${referenceInWords(payment.reference)}`}
      {...frame}
      isBackFocused
      confirm={
        <TwoStepButton
          // What Dojo shows anew is asked about anew.
          asks={seen.version}
          ask="Cancel the payment"
          confirm="Yes, cancel it"
          keep="No, keep it"
          pendingText={isPending ? 'Queueing…' : undefined}
          onConfirm={confirm}
        />
      }
    >
      <p>Nobody has paid yet. After this nobody can: a payment link or a waiting terminal stops working.</p>
    </FormFrame>
  );
}

function ChangeForm({ payment, onDone, kind }: FormProps & Readonly<{ kind: 'setAmount' | 'setTips' }>) {
  const { isPending, seen, submit, promised, isNow, maxMinor, minMinor, frame } = useForm(payment, kind, onDone);
  const what = kind === 'setTips' ? 'tips' : 'amount';
  const shownMinor = seen[`${what}Minor`];
  // `inPlaceOfMinor`: what it was as this was typed. In the place of another it is typed anew.
  const [typed, setTyped] = useState<{ minor: number | null; inPlaceOfMinor: number }>({ minor: shownMinor, inPlaceOfMinor: shownMinor });
  const hasChanged = typed.inPlaceOfMinor !== shownMinor;
  const amountMinor = hasChanged ? null : typed.minor;
  const amount = amountMinor === null ? '' : formatMoney(amountMinor, payment.currency);
  const confirm = () => {
    if (amountMinor === null) return;
    const said = `the ${what} of ${referenceInWords(payment.reference)} to ${amount}`;
    submit({ kind, ...onPayment(payment), amount: amountMinor }, isNow ? `Changing ${said}…` : promised(`change ${said}`, true));
  };
  return (
    <FormFrame
      title={kind === 'setTips' ? 'Change the tips' : 'Change the amount'}
      {...frame}
      confirm={
        <Button
          kind="primary"
          isGuarded
          isDisabled={amountMinor === null || amountMinor < minMinor}
          pendingText={isPending ? 'Handing it over…' : undefined}
          onPress={confirm}
        >
          {amountMinor === null ? `Change the ${what}` : `Change to ${amount}`}
        </Button>
      }
    >
      <AmountField
        label={`New ${what}`}
        size="large"
        currency={payment.currency}
        valueMinor={typed.minor}
        of={{ thenMinor: typed.inPlaceOfMinor, nowMinor: shownMinor }}
        onChange={(minor, inPlaceOfMinor) => setTyped({ minor, inPlaceOfMinor })}
        maxMinor={maxMinor}
        error={hasChanged ? `Dojo shows ${formatMoney(shownMinor, payment.currency)} now. Clear the field, then type it again.` : null}
        autoFocus
      />
    </FormFrame>
  );
}
