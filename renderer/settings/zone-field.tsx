import { useState } from 'react';
import { Button, ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { zonesWith } from './zones.ts';

type ZoneFieldProps = Readonly<{ zone: string; onChange: (zone: string) => void; hint: string; error: string | null }>;

/** The shop's time zone, found by typing a part of a city's name. */
export function ZoneField({ zone, onChange, hint, error }: ZoneFieldProps) {
  const [options] = useState(() => zonesWith(zone).map((id) => ({ id, text: id.replaceAll('_', ' ') })));
  return (
    <ComboBox
      className="field"
      defaultItems={options}
      selectedKey={zone}
      onSelectionChange={(key) => {
        if (key !== null && key !== zone) onChange(String(key));
      }}
      defaultFilter={(text, typed) => text.toLowerCase().includes(typed.trim().toLowerCase())}
      isInvalid={error !== null}
    >
      <Label className="field-label">Time zone</Label>
      <div className="combo">
        <Input className="text-input" />
        <Button className="combo-button" aria-label="Show all time zones">
          <svg className="select-arrow" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 6l4 4 4-4" />
          </svg>
        </Button>
      </div>
      <Text slot="description" className="field-hint">
        {hint}
      </Text>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover combo-popover">
        <ListBox className="options">
          {(option: { id: string; text: string }) => (
            <ListBoxItem id={option.id} textValue={option.text} className="option">
              {option.text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
