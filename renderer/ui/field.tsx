import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import {
  Checkbox as AriaCheckbox,
  Select as AriaSelect,
  Switch as AriaSwitch,
  TextField as AriaTextField,
  Button,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  SelectValue,
  Text,
  TextArea,
} from 'react-aria-components';
import { afterQuiet } from '../scan/after-quiet.ts';
import { wasByKey } from '../scan/key-watch.ts';
import { useScanUndo } from '../scan/use-scan-undo.ts';

type TextFieldProps = Readonly<{
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'email' | 'password' | 'search' | 'date' | 'time';
  hint?: ReactNode;
  /** Why what is in it cannot be used. */
  error?: string | null | undefined;
  placeholder?: string;
  maxLength?: number;
  autoFocus?: boolean;
  isDisabled?: boolean;
  /** More than one line, with so many in sight. */
  rows?: number;
  /** Beside the input, for a button that belongs to it. */
  end?: ReactNode;
  /** Enter in the field, where that is harmless. */
  onEnter?: () => void;
  onLeave?: () => void;
}>;

/** A labelled text field. What is scanned into it stays; the rest of a scan that began elsewhere does not. */
export function TextField({ label, value, onChange, hint, error, placeholder, rows, end, type = 'text', onEnter, onLeave, ...rest }: TextFieldProps) {
  useScanUndo({ look: () => value, restore: onChange, mayStay: ({ beganIn }) => beganIn === 'text' });
  const shared = { className: 'text-input', placeholder: placeholder ?? '', autoComplete: 'off', spellCheck: false };
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      type={type}
      isInvalid={Boolean(error)}
      {...(onLeave ? { onBlur: onLeave } : {})}
      {...rest}
    >
      <Label className="field-label">{label}</Label>
      <div className="field-row">
        {rows ? <TextArea {...shared} rows={rows} /> : <Input {...shared} onKeyDown={(event) => (event.key === 'Enter' && onEnter ? onEnter() : undefined)} />}
        {end}
      </div>
      {hint ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}

type ChoiceProps<T extends string> = Readonly<{
  label: string;
  value: T | null;
  options: readonly Readonly<{ id: T; text: string }>[];
  onChange: (value: T) => void;
  hint?: ReactNode;
  error?: string | null | undefined;
  isDisabled?: boolean;
}>;

/** One of a list, for lists too long to show whole. */
export function Select<T extends string>({ label, value, options, onChange, hint, error, isDisabled = false }: ChoiceProps<T>) {
  // Letters choose in a list: a scan's must not.
  useScanUndo({ look: () => value, restore: (before) => (before === null ? undefined : onChange(before)) });
  return (
    <AriaSelect
      className="field"
      selectedKey={value}
      onSelectionChange={(key) => {
        const option = options.find(({ id }) => id === key);
        if (option) onChange(option.id);
      }}
      isInvalid={Boolean(error)}
      isDisabled={isDisabled}
    >
      <Label className="field-label">{label}</Label>
      <div className="select-closed" onKeyDownCapture={keepLettersAway}>
        <Button className="select-button">
          <SelectValue className="select-value" />
          <svg className="select-arrow" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 6l4 4 4-4" />
          </svg>
        </Button>
      </div>
      {hint ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover">
        <ListBox className="options" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.text} className="option">
              {option.text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** A letter typed on a closed list would choose from it at once, unseen: a scan's first one comes before it is told for a scan. */
function keepLettersAway(event: KeyboardEvent): void {
  if ([...event.key].length === 1 && event.key !== ' ') event.stopPropagation();
}

/** One of a few, all in sight. */
export function Choice<T extends string>({ label, value, options, onChange, hint, error, isDisabled = false }: ChoiceProps<T>) {
  return (
    <RadioGroup
      className="field"
      value={value}
      onChange={(key) => {
        const option = options.find(({ id }) => id === key);
        if (option) onChange(option.id);
      }}
      isInvalid={Boolean(error)}
      isDisabled={isDisabled}
    >
      <Label className="field-label">{label}</Label>
      <div className="choice">
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className="choice-option">
            {option.text}
          </Radio>
        ))}
      </div>
      {hint ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="field-error">{error}</FieldError>
    </RadioGroup>
  );
}

type ToggleProps = Readonly<{ isSelected: boolean; onChange: (isSelected: boolean) => void; children: ReactNode; isDisabled?: boolean; 'aria-label'?: string }>;

export function Switch({ children, onChange, ...rest }: ToggleProps) {
  const callOff = useRef<(() => void) | null>(null);
  useEffect(() => () => callOff.current?.(), []);
  const change = (isSelected: boolean) => {
    if (!wasByKey()) return onChange(isSelected);
    // The blank may be the first key of a scan.
    callOff.current?.();
    callOff.current = afterQuiet(() => onChange(isSelected));
  };
  return (
    <AriaSwitch className="switch" onChange={change} {...rest}>
      <span className="switch-track" aria-hidden="true" />
      <span>{children}</span>
    </AriaSwitch>
  );
}

type CheckboxProps = Partial<ToggleProps> &
  Readonly<{
    isIndeterminate?: boolean;
    slot?: string;
    /** Tab passes it by: the list it lies in has keys of its own to reach it. */
    isOutOfTabOrder?: boolean;
  }>;

export function Checkbox({ children, isOutOfTabOrder = false, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox className="checkbox" excludeFromTabOrder={isOutOfTabOrder} {...rest}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <svg className="checkbox-box" viewBox="0 0 20 20" aria-hidden="true">
            {isIndeterminate ? <path d="M5 10h10" /> : isSelected ? <path d="M4.6 10.4l3.6 3.6 7.2-8" /> : null}
          </svg>
          {children ? <span>{children}</span> : null}
        </>
      )}
    </AriaCheckbox>
  );
}

/** A label and its value side by side, for lists of facts. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt className="fact-label">{label}</dt>
      <dd className="fact-value">{children}</dd>
    </div>
  );
}
