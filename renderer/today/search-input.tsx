import { useRef } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { useShortcut } from '../keys.ts';
import { useSearchInSight } from '../scan/scan-landing.ts';

type SearchInputProps = Readonly<{ value: string; onChange: (search: string) => void; onEnter: () => void; onLeaveDown: () => void; autoFocus?: boolean }>;

/** The field over a list of payments, which `/` reaches from anywhere. */
export function SearchInput({ value, onChange, onEnter, onLeaveDown, autoFocus = false }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', () => input.current?.select(), input);
  useSearchInSight(input, onChange);
  return (
    <SearchField className="search" aria-label="Search by reference, amount or last four digits" value={value} onChange={onChange} autoFocus={autoFocus}>
      <svg className="search-glass" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M11.4 6.7a4.7 4.7 0 1 1-9.4 0 4.7 4.7 0 0 1 9.4 0zM10.2 10.2L14.2 14.2" />
      </svg>
      <Input
        ref={input}
        className="search-input"
        placeholder="Reference, amount or last four"
        spellCheck={false}
        data-scan="search"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
          event.preventDefault();
          if (event.key === 'Enter') onEnter();
          else onLeaveDown();
        }}
      />
      <span className="button-key search-key" aria-hidden="true">
        /
      </span>
    </SearchField>
  );
}
