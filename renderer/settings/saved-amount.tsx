import { useState } from 'react';
import { AmountField } from '../ui/amount-field.tsx';

type SavedAmountProps = Readonly<{
  label: string;
  currency: string;
  savedMinor: number;
  onSave: (amountMinor: number) => void;
  isDisabled: boolean;
  hint: string;
  error: string | null;
}>;

/** Saved when it is left, or with Enter; never while digits are still coming. */
export function SavedAmount({ label, currency, savedMinor, onSave, isDisabled, hint, error }: SavedAmountProps) {
  const [typed, setTyped] = useState<{ amountMinor: number | null } | null>(null);
  const isMissing = typed !== null && (typed.amountMinor === null || typed.amountMinor === 0);
  const saveTyped = () => {
    if (typed === null || typed.amountMinor === null || typed.amountMinor === 0) return;
    if (typed.amountMinor !== savedMinor) onSave(typed.amountMinor);
    setTyped(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field inside it saves, as leaving it does.
    <div onBlur={saveTyped} onKeyDown={(event) => (event.key === 'Enter' && !event.nativeEvent.isComposing ? saveTyped() : undefined)}>
      <AmountField
        label={label}
        currency={currency}
        valueMinor={typed === null ? savedMinor : typed.amountMinor}
        onChange={(amountMinor) => setTyped({ amountMinor })}
        isDisabled={isDisabled}
        hint={hint}
        error={isMissing ? 'Type an amount above zero. Until then the one before counts.' : error}
      />
    </div>
  );
}
