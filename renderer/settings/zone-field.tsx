import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button, ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { onKeys } from '../scan/key-watch.ts';
import { isZoneLike, type ZoneOption, zoneOptions, zoneTyped } from './zones.ts';

type ZoneFieldProps = Readonly<{
  zone: string;
  onChange: (zone: string) => void;
  /** Whether something was typed that is no zone: what is shown again is not what the person meant. */
  onUnclear?: (isUnclear: boolean) => void;
  /** Before what is always said of a zone. */
  saved?: (hint: string) => string;
  error: string | null;
}>;

const unclearWords = (name: string, fits: 'one' | 'several' | 'none'): string =>
  `“${name}” ${fits === 'one' ? 'was scanned' : fits === 'none' ? 'fits no time zone' : 'fits several time zones'}. Choose one from the list.`;

const HINT = 'Decides what “today” is, and when a reversal ends.';

/** The shop's time zone, found by typing a part of a city's name. */
export function ZoneField({ zone, onChange, onUnclear, saved = (hint) => hint, error }: ZoneFieldProps) {
  const [options] = useState(() => zoneOptions(zone));
  const [unclear, setUnclear] = useState<string | null>(null);
  const isScanned = useScannedInto();
  const typed = useRef<string | null>(null);
  const problem = error ?? unclear;

  const tell = (words: string | null) => {
    setUnclear(words);
    onUnclear?.(words !== null);
  };
  const choose = (id: string) => {
    typed.current = null;
    tell(null);
    if (id !== zone) onChange(id);
  };
  /** What was typed and not chosen: the field shows the old zone again, and nobody would notice. */
  const settle = () => {
    const name = typed.current?.trim() ?? '';
    typed.current = null;
    if (name === '') return;
    const found = zoneTyped(options, name);
    if (found.kind === 'one' && !isScanned.current) choose(found.id);
    else tell(unclearWords(name, found.kind));
  };
  const settleByEnter = (event: KeyboardEvent) => {
    const isChoosing = event.target instanceof Element && event.target.hasAttribute('aria-activedescendant');
    if (event.key === 'Enter' && !isChoosing && typed.current !== null) settle();
  };

  return (
    <ComboBox
      className="field"
      defaultItems={options}
      selectedKey={zone}
      onSelectionChange={(key) => (key === null ? undefined : choose(String(key)))}
      onFocus={() => {
        isScanned.current = false;
      }}
      onBlur={settle}
      defaultFilter={isZoneLike}
      isInvalid={problem !== null}
    >
      <Label className="field-label">Time zone</Label>
      <div
        className="combo"
        onKeyDownCapture={settleByEnter}
        onInput={({ target }) => {
          typed.current = target instanceof HTMLInputElement ? target.value : null;
        }}
      >
        <Input className="text-input" />
        <Button className="combo-button" aria-label="Show all time zones">
          <svg className="select-arrow" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 6l4 4 4-4" />
          </svg>
        </Button>
      </div>
      <Text slot="description" className="field-hint">
        {saved(HINT)}
      </Text>
      <FieldError className="field-error">{problem}</FieldError>
      <Popover className="popover combo-popover">
        <ListBox className="options">
          {(option: ZoneOption) => (
            <ListBoxItem id={option.id} textValue={option.text} className="option">
              {option.text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Whether a scanner was read since the field has the focus: what it typed chooses nothing. */
function useScannedInto() {
  const isScanned = useRef(false);
  useEffect(
    () =>
      onKeys('told', () => {
        isScanned.current = true;
      }),
    [],
  );
  return isScanned;
}
