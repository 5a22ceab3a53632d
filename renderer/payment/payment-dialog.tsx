import { useState } from 'react';
import type { PaymentView } from '../../preload/contract.ts';
import { formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { referenceLabel } from '../reference.ts';
import { useTill } from '../store.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalBanner } from '../ui/refusal-banner.tsx';
import { closeDialog } from '../view.ts';
import { ActionsOnIt } from './actions-on-it.tsx';
import { AmountAndState } from './amount-and-state.tsx';
import { Captures } from './captures.tsx';
import { ChangedElsewhere } from './changed-elsewhere.tsx';
import { Facts } from './facts.tsx';
import { MoveForm } from './move-form.tsx';
import type { Deed, FormKind } from './move-words.ts';
import { Moves } from './moves.tsx';
import { Refunds } from './refund-history.tsx';
import { Support } from './support.tsx';
import { Timeline } from './timeline.tsx';
import { type Detail, useDetail } from './use-detail.ts';

type PaymentDialogProps = Readonly<{ paymentId: string; cameFrom: Deed | null }>;

/** Everything known of one payment, and everything that can be done with it. */
export function PaymentDialog({ paymentId, cameFrom }: PaymentDialogProps) {
  const known = useDetail(paymentId);
  const { payment, error } = known;
  return (
    <Dialog
      title={payment ? referenceLabel(payment.reference) : 'Payment'}
      onClose={closeDialog}
      width="full"
      isDismissable
      footer={<ReadAgain known={known} />}
    >
      {error && payment === null ? <RefusalBanner title="It could not be shown." error={error} /> : null}
      {payment ? <Payment payment={payment} known={known} cameFrom={cameFrom} /> : error ? null : <p className="quiet-text">Reading the payment…</p>}
    </Dialog>
  );
}

function Payment({ payment, known: { detail }, cameFrom }: Readonly<{ payment: PaymentView; known: Detail; cameFrom: Deed | null }>) {
  const [form, setForm] = useState<FormKind | null>(null);
  const [left, setLeft] = useState(cameFrom);
  const open = (kind: FormKind) => {
    setForm(kind);
    setLeft(kind);
  };
  return (
    <div className="payment">
      {payment.changedElsewhere ? <ChangedElsewhere change={payment.changedElsewhere} /> : null}
      <div className="payment-main">
        <AmountAndState payment={payment} />
        {payment.attention ? (
          <Banner tone="amber" title="Needs attention.">
            {payment.attention}
          </Banner>
        ) : null}
        {form === null ? <Moves payment={payment} onForm={open} left={left} /> : <MoveForm kind={form} payment={payment} onDone={() => setForm(null)} />}
      </div>
      <div className="payment-happened">
        {detail ? (
          <>
            <Timeline entries={detail.timeline} currency={payment.currency} />
            <Refunds refunds={detail.refunds} actions={detail.actions} currency={payment.currency} />
            <ActionsOnIt actions={detail.actions} said={payment.attention} />
          </>
        ) : (
          <p className="quiet-text">Reading what happened to it…</p>
        )}
      </div>
      <div className="payment-known">
        <Captures payment={payment} />
        <Facts payment={payment} />
        {detail ? <Support reference={payment.reference} ids={detail.support} /> : null}
      </div>
    </div>
  );
}

function ReadAgain({ known: { detail, error, isReading, readAgain } }: { known: Detail }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(30_000);
  const asOf = detail?.readAtMs ? formatWhen(detail.readAtMs, zone, nowMs) : null;
  const words = error
    ? `${error.message}${asOf ? ` Shown as of ${asOf}.` : ''}`
    : asOf === null
      ? 'Not read from Dojo yet'
      : detail?.fresh
        ? `Read from Dojo at ${asOf}`
        : `From this PC, as of ${asOf}`;
  return (
    <>
      <span className="quiet-text" role="status">
        {words}
      </span>
      <Button pendingText={isReading ? 'Reading from Dojo…' : undefined} onPress={readAgain}>
        Read again
      </Button>
    </>
  );
}
