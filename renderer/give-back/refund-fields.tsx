import { REFUND_NOTES_LENGTH_MAX } from '../../preload/choices.ts';
import type { MoveView, PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { AmountField } from '../ui/amount-field.tsx';
import { Banner } from '../ui/banner.tsx';
import { Choice, TextField } from '../ui/field.tsx';
import { ReasonField } from './reason-field.tsx';
import type { RefundDraft } from './refund-draft.ts';
import { entryFor, NO_PART, planRefund, refundPlanInWords, roomLeftInWords } from './refund-plan.ts';

type RefundFieldsProps = Readonly<{
  payment: PaymentView;
  move: Extract<MoveView, { open: true }>;
  draft: RefundDraft;
  /** Upon what was put in by then: a scan is put back in several fields at once. */
  change: (next: (now: RefundDraft) => RefundDraft) => void;
  /** The whole of it is open in a better way. */
  isPartOnly: boolean;
  /** The shop’s own list. */
  reasons: readonly string[];
  /** Why it counts as a second refund, or null. */
  second: string | null;
}>;

/** How much, why, and where it is a second refund shortly after another, the amount once more. */
export function RefundFields({ payment, move, draft, change, isPartOnly, reasons, second }: RefundFieldsProps) {
  const entry = entryFor(move, draft.entry);
  const money = (minor: number) => formatMoney(minor, payment.currency);
  const plan = planRefund(move, entry);
  const maxMinor = move.maxMinor ?? 0;
  const offeredMinor = move.defaultMinor;
  return (
    <div className="give-back-fields">
      <div className="give-back-much">
        {isPartOnly ? null : (
          <Choice
            label="How much"
            value={entry.kind}
            options={[
              ...(offeredMinor === null ? [] : [{ id: 'whole' as const, text: `${wholeWords(payment, offeredMinor, maxMinor)} ${money(offeredMinor)}` }]),
              { id: 'part' as const, text: 'A part' },
            ]}
            onChange={(kind) => change((now) => ({ ...now, entry: kind === 'whole' ? { kind } : NO_PART, onceMoreMinor: null }))}
          />
        )}
        {entry.kind === 'part' ? (
          <AmountField
            label="Amount to refund"
            currency={payment.currency}
            valueMinor={entry.amountMinor}
            of={{ thenMinor: entry.ofMinor, nowMinor: maxMinor }}
            onChange={(amountMinor, ofMinor) => change((now) => ({ ...now, entry: { kind: 'part', amountMinor, ofMinor } }))}
            error={plan.kind === 'above' || plan.kind === 'changed' ? refundPlanInWords(plan, money) : null}
            autoFocus
            keepsTyped
            hint={`Up to ${money(maxMinor)}.`}
          />
        ) : null}
      </div>
      {move.includes === null ? null : <p className="give-back-includes">{move.includes}</p>}
      {second === null ? null : (
        <div className="give-back-second">
          <Banner tone="amber" title="A second refund?" isUrgent>
            {second} If you mean to give money back again, type the amount once more.
          </Banner>
          <AmountField
            label="The amount once more"
            currency={payment.currency}
            valueMinor={draft.onceMoreMinor}
            onChange={(onceMoreMinor) => change((now) => ({ ...now, onceMoreMinor }))}
          />
        </div>
      )}
      <ReasonField value={draft.reason} onChange={(reason) => change((now) => ({ ...now, reason }))} reasons={reasons} />
      <TextField
        label="Notes (optional)"
        value={draft.notes}
        onChange={(notes) => change((now) => ({ ...now, notes }))}
        rows={2}
        maxLength={REFUND_NOTES_LENGTH_MAX}
        hint={roomLeftInWords(draft.notes, REFUND_NOTES_LENGTH_MAX)}
      />
    </div>
  );
}

function wholeWords({ takenMinor, cashbackMinor, partsMinor }: PaymentView, offeredMinor: number, maxMinor: number): string {
  if (offeredMinor === maxMinor) return maxMinor === takenMinor ? 'All of it' : 'All that is possible';
  if (partsMinor !== null) return 'The smaller total';
  return maxMinor - offeredMinor === cashbackMinor ? 'All but the cashback' : 'Bill and tips';
}
