import { useState } from 'react';
import { referenceInWords } from '../reference.ts';
import { onPayment } from '../take/decision.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { emailProblem, emailsIn, refusedEmail } from './emails.ts';
import { FormFrame, type FormProps, useForm } from './form-frame.tsx';

/** To whom the receipt goes. The addresses live in this form alone and go with it: they are remembered for nobody. */
export function ReceiptForm({ payment, onDone }: FormProps) {
  const { isPending, submit, promised, frame } = useForm(payment, 'sendReceipt', onDone);
  const [typed, setTyped] = useState('');
  const [hasLeft, setHasLeft] = useState(false);
  const emails = emailsIn(typed);
  // Once the field is left, the last address is as finished as the others.
  const problem = emailProblem(hasLeft ? `${typed} ` : typed, emails);
  const isReady = emails.length > 0 && problem === null && emails.every(({ isAddress }) => isAddress);

  const refused = frame.error ? refusedEmail(frame.error.field, emails) : null;
  const error =
    frame.error && refused !== null ? { ...frame.error, message: `“${refused}” is not an e-mail address. Nothing was sent to any of them.` } : frame.error;
  const confirm = () =>
    submit(
      { kind: 'sendReceipt', ...onPayment(payment), emails: emails.map(({ text }) => text) },
      promised(`send the receipt of ${referenceInWords(payment.reference)}`),
    );
  return (
    <FormFrame
      title="E-mail a receipt"
      {...frame}
      error={error}
      confirm={
        <Button kind="primary" isGuarded isDisabled={!isReady} pendingText={isPending ? 'Handing it over…' : undefined} onPress={confirm}>
          {isReady && emails.length > 1 ? `Send to ${emails.length} addresses` : 'Send'}
        </Button>
      }
    >
      <TextField
        label="E-mail addresses"
        value={typed}
        onChange={(next) => {
          setTyped(next);
          setHasLeft(false);
        }}
        onLeave={() => setHasLeft(true)}
        error={problem}
        rows={2}
        placeholder="name@example.com"
        hint={problem === null ? 'Several are parted by commas or lines. They are handed to Dojo and not kept.' : null}
        autoFocus
      />
    </FormFrame>
  );
}
