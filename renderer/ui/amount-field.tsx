import { useId, useRef, useState } from 'react';
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { formatMoney } from '../format.ts';
import { AmountPutBack } from './amount-put-back.tsx';
import { type AmountOf, readAmount, shownAmount, type Typed } from './amount-typing.ts';
import { useAmountInput } from './use-amount-input.ts';
import { useAmountScan } from './use-amount-scan.ts';

type AmountFieldProps = Readonly<{
  label: string;
  currency: string;
  valueMinor: number | null;
  /** What it is an amount of: as it was when the amount was begun, and as it is now. Until it is begun anew it stays one of what it was then. */
  of?: AmountOf;
  /** null: the field is empty or what was put in could not be read. `ofMinor`: what it is an amount of. */
  onChange: (valueMinor: number | null, ofMinor: number) => void;
  /** The limit the move gives; null where there is none. */
  maxMinor?: number | null;
  autoFocus?: boolean;
  /** What is in it as it appears was typed here a moment ago: it is not selected, else the end of it alone would take its place. */
  keepsTyped?: boolean;
  isDisabled?: boolean;
  /** A refusal from main, or what the caller finds missing. */
  error?: string | null | undefined;
  /** A line under the field. */
  hint?: string;
  size?: 'normal' | 'large' | 'cell';
}>;

const OF_NOTHING: AmountOf = { thenMinor: 0, nowMinor: 0 };

/** An amount, typed as on a card machine: digits fill the pence from the right, backspace takes the last one away. A scan changes nothing in it. */
export function AmountField({
  label,
  currency,
  valueMinor,
  of = OF_NOTHING,
  onChange,
  maxMinor = null,
  error,
  hint,
  size = 'normal',
  autoFocus = false,
  keepsTyped = false,
  isDisabled = false,
}: AmountFieldProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const hasAppeared = useRef(false);
  const hintId = useId();

  const take = (typed: Typed, ofMinor: number) => {
    setProblem(typed.problem);
    if (typed.valueMinor !== valueMinor || ofMinor !== of.thenMinor) onChange(typed.valueMinor, ofMinor);
  };
  const scan = useAmountScan(input, valueMinor, of, currency, take);
  const { composed, isComposing } = useAmountInput(input, valueMinor, of, currency, take);

  const tooMuch = maxMinor !== null && valueMinor !== null && valueMinor > maxMinor ? `No more than ${formatMoney(maxMinor, currency)} is left.` : null;
  const wrong = problem ?? error ?? tooMuch;
  return (
    <TextField className="amount-field" data-size={size} isInvalid={Boolean(wrong)} isDisabled={isDisabled} autoFocus={autoFocus}>
      <Label className="field-label">{label}</Label>
      <Input
        ref={input}
        className="amount-input"
        data-scan="amount"
        inputMode="numeric"
        autoComplete="off"
        placeholder={formatMoney(0, currency)}
        value={composed ?? shownAmount(valueMinor, currency)}
        // What does not come through the keyboard (autofill, assistive tools) arrives as a whole text.
        onChange={(event) => (isComposing() ? undefined : take(readAmount(event.target.value, currency), of.nowMinor))}
        onFocus={({ target }) => {
          if (keepsTyped && !hasAppeared.current) target.setSelectionRange(target.value.length, target.value.length);
          else target.select();
          hasAppeared.current = true;
          // A field that takes the focus as it appears is not brought into sight by that, and a small screen's dialog scrolls: its name and what
          // is said under it come along.
          target.closest('.amount-field')?.scrollIntoView({ block: 'nearest' });
        }}
        {...(hint ? { 'aria-describedby': hintId } : {})}
      />
      {hint ? (
        <Text slot="description" id={hintId} className="field-hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="field-error">{wrong}</FieldError>
      {scan.offeredMinor === null ? null : (
        <AmountPutBack
          amount={formatMoney(scan.offeredMinor, currency)}
          onUse={() => {
            scan.use();
            input.current?.focus();
          }}
        />
      )}
    </TextField>
  );
}
