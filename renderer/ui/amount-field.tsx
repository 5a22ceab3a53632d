import { useEffect, useId, useRef, useState } from 'react';
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { formatMoney } from '../format.ts';
import { useScanUndo } from '../scanner.ts';
import { eraseDigit, readAmount, shownAmount, type Typed, typeDigits } from './amount-typing.ts';

type AmountFieldProps = Readonly<{
  label: string;
  currency: string;
  valueMinor: number | null;
  /** null: the field is empty or what was put in could not be read. */
  onChange: (valueMinor: number | null) => void;
  /** The limit the move gives; null where there is none. */
  maxMinor?: number | null;
  autoFocus?: boolean;
  isDisabled?: boolean;
  /** A refusal from main, or what the caller finds missing. */
  error?: string | null | undefined;
  /** A line under the field. */
  hint?: string;
  size?: 'normal' | 'large' | 'cell';
}>;

/** An amount, typed as on a card machine: digits fill the pence from the right, backspace takes the last one away. */
export function AmountField({
  label,
  currency,
  valueMinor,
  onChange,
  maxMinor = null,
  error,
  hint,
  size = 'normal',
  autoFocus = false,
  isDisabled = false,
}: AmountFieldProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();

  const take = (typed: Typed) => {
    setProblem(typed.problem);
    if (typed.valueMinor !== valueMinor) onChange(typed.valueMinor);
  };
  useScanUndo(valueMinor, (before) => {
    setProblem(null);
    onChange(before);
  });

  const latest = useRef({ valueMinor, take, currency });
  latest.current = { valueMinor, take, currency };
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    // React's own beforeinput event does not say what kind of change it is; the native one does.
    const onBeforeInput = (event: InputEvent) => {
      const now = latest.current;
      const isAllSelected = element.selectionStart === 0 && element.selectionEnd === element.value.length;
      const from = isAllSelected ? null : now.valueMinor;
      switch (event.inputType) {
        case 'insertText':
        case 'insertCompositionText': {
          event.preventDefault();
          const typed = event.data ?? '';
          // The point of someone who types 12.50 changes nothing: the digits land where they belong anyway. A whole text at once is read as one.
          if (!/^\p{Nd}*$/u.test(typed)) {
            if ([...typed].length > 1) now.take(readAmount(typed, now.currency));
            return;
          }
          now.take(typeDigits(from, typed));
          return;
        }
        case 'deleteContentBackward':
        case 'deleteContentForward':
        case 'deleteWordBackward':
        case 'deleteByCut':
          event.preventDefault();
          now.take(isAllSelected || event.inputType !== 'deleteContentBackward' ? { valueMinor: null, problem: null } : eraseDigit(now.valueMinor));
          return;
        case 'insertFromPaste':
        case 'insertFromDrop': {
          event.preventDefault();
          const read = readAmount(event.data ?? event.dataTransfer?.getData('text/plain') ?? '', now.currency);
          now.take(read.problem ? { valueMinor: now.valueMinor, problem: read.problem } : read);
          return;
        }
      }
    };
    element.addEventListener('beforeinput', onBeforeInput);
    return () => element.removeEventListener('beforeinput', onBeforeInput);
  }, []);

  const tooMuch = maxMinor !== null && valueMinor !== null && valueMinor > maxMinor ? `No more than ${formatMoney(maxMinor, currency)} is left.` : null;
  const wrong = problem ?? error ?? tooMuch;
  return (
    <TextField className="amount-field" data-size={size} isInvalid={Boolean(wrong)} isDisabled={isDisabled} autoFocus={autoFocus}>
      <Label className="field-label">{label}</Label>
      <Input
        ref={input}
        className="amount-input"
        inputMode="numeric"
        autoComplete="off"
        placeholder={formatMoney(0, currency)}
        value={shownAmount(valueMinor, currency)}
        // What does not come through the keyboard (autofill, assistive tools) arrives as a whole text.
        onChange={(event) => take(readAmount(event.target.value, currency))}
        onFocus={(event) => event.target.select()}
        {...(hint ? { 'aria-describedby': hintId } : {})}
      />
      {hint ? (
        <Text slot="description" id={hintId} className="field-hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="field-error">{wrong}</FieldError>
    </TextField>
  );
}
