import { REFUND_REASON_LENGTH_MAX } from '../../preload/choices.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { roomLeftInWords } from './refund-plan.ts';

type ReasonFieldProps = Readonly<{ value: string; onChange: (reason: string) => void; reasons: readonly string[] }>;

/** The reason: one of the shop’s own with a touch, or in the person’s words. */
export function ReasonField({ value, onChange, reasons }: ReasonFieldProps) {
  return (
    <div className="reason">
      <TextField
        label="Reason (optional)"
        value={value}
        onChange={onChange}
        maxLength={REFUND_REASON_LENGTH_MAX}
        hint={roomLeftInWords(value, REFUND_REASON_LENGTH_MAX)}
      />
      {reasons.length > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own.
        <div className="reason-list" role="group" aria-label="The shop’s reasons">
          {reasons.map((reason) => (
            <Button key={reason} size="small" aria-pressed={reason === value} onPress={() => onChange(reason === value ? '' : reason)}>
              {reason}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
