import type { PaymentView } from '../../preload/contract.ts';
import { giveBackTitle } from '../give-back/ways.ts';
import { referenceInWords } from '../reference.ts';
import { openDialog } from '../view.ts';
import { RowButton } from './row-button.tsx';
import { rowMoves } from './row-words.ts';

/** A row's buttons: Release, Reverse or Refund, and Capture at the end; each opens its dialog and moves nothing by itself. */
export function RowMoves({ payment }: { payment: PaymentView }) {
  return (
    <span className="row-moves">
      {rowMoves(payment).map((move) => {
        const word = move === 'give-back' ? giveBackTitle(payment) : 'Capture';
        return (
          <RowButton
            key={move}
            kind={move === 'take' ? 'primary' : 'quiet'}
            aria-label={`${word} ${referenceInWords(payment.reference)}`}
            onPress={() => openDialog({ kind: move, paymentId: payment.id })}
          >
            {word}
          </RowButton>
        );
      })}
    </span>
  );
}
