import { AMOUNT_FORMS, type AmountForms, type FormOf, learntForm } from '../core/payment/amount-form.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Action } from '../core/queue/action.ts';
import type { Ledger } from '../ports/ledger.ts';

type Learnt = Readonly<{
  /** The same object as long as nothing was learnt. */
  of(): AmountForms;
  /** An action ended: what Dojo took or refused may tell the form. */
  learn(action: Action, payment: Payment, onIt: readonly Action[]): void;
}>;

/** No form: learnt, and forgotten again. */
const NONE = '';

/** Which form of amounts each account takes, with service charge and cashback or without: kept as facts of the ledger. */
export function createAmountForms(ledger: Pick<Ledger, 'readFact' | 'writeFact'>, accountId: () => string | null): Learnt {
  let known: Readonly<{ accountId: string | null; forms: AmountForms }> | null = null;
  // `amountForm` had been learnt from any part that Dojo took, which it takes in either form: it is learnt anew.
  const factOf = (id: string, kind: FormOf) => `amountFormTaken:${kind}:${id}`;
  const read = (id: string, kind: FormOf) => AMOUNT_FORMS.find((form) => form === ledger.readFact(factOf(id, kind))) ?? null;

  function of(): AmountForms {
    const id = accountId();
    if (known?.accountId !== id || known === null)
      known = { accountId: id, forms: { capture: id === null ? null : read(id, 'capture'), refund: id === null ? null : read(id, 'refund') } };
    return known.forms;
  }

  return {
    of,
    learn(action, payment, onIt) {
      const learnt = learntForm(action, payment, onIt);
      if (learnt === null || action.accountId !== accountId() || of()[learnt.kind] === learnt.form) return;
      ledger.writeFact(factOf(action.accountId, learnt.kind), learnt.form ?? NONE);
      known = null;
    },
  };
}
