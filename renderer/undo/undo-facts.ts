import type { PaymentView } from '../../preload/contract.ts';

/** A hold is let go; a payment taken when the customer paid is undone on the same day. */
export type UndoKind = 'release' | 'undo';

export type UndoFacts = Readonly<{
  kind: UndoKind;
  /** The dialog's title. */
  title: string;
  /** Why it is this, and not a refund. */
  why: string;
  customerSees: string;
}>;

type Undoable = Pick<PaymentView, 'captureMode'>;

/** What an undo of this payment is, in words. Whether it is possible now is the move's own business. */
export function undoFacts({ captureMode }: Undoable): UndoFacts {
  if (captureMode === 'Manual')
    return {
      kind: 'release',
      title: 'Release the hold',
      why: 'The money is only held, nothing was taken. Letting go of the hold costs the customer nothing.',
      customerSees: 'The held amount usually disappears from the customer’s statement within a few days. Their bank decides when.',
    };
  return {
    kind: 'undo',
    title: 'Undo today’s payment',
    why: 'It was paid today and can still be undone as a whole. After that only a refund is possible.',
    customerSees: 'The payment usually disappears from the customer’s statement within a few days. Their bank decides when.',
  };
}
