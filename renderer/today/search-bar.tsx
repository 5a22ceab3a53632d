import { useRef } from 'react';
import { Input, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useShortcut } from '../keys.ts';
import { FILTERS, type Filter, setFilter, setSearch, useView } from '../view.ts';
import { FILTER_WORDS } from './list.ts';

type SearchBarProps = Readonly<{ counts: Readonly<Record<Filter, number>>; onLeaveDown: () => void }>;

/** The search, which `/` reaches from anywhere and scans fill, and the filters with how many each would show. */
export function SearchBar({ counts, onLeaveDown }: SearchBarProps) {
  const search = useView((view) => view.search);
  const filter = useView((view) => view.filter);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', () => input.current?.select(), input);
  return (
    <div className="search-bar">
      <SearchField className="search" aria-label="Search by reference, amount or last four digits" value={search} onChange={setSearch}>
        <svg className="search-glass" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M11.4 6.7a4.7 4.7 0 1 1-9.4 0 4.7 4.7 0 0 1 9.4 0zM10.2 10.2L14.2 14.2" />
        </svg>
        <Input
          ref={input}
          className="search-input"
          placeholder="Reference, amount or last four"
          spellCheck={false}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            event.preventDefault();
            onLeaveDown();
          }}
        />
        <span className="button-key search-key" aria-hidden="true">
          /
        </span>
      </SearchField>
      <ToggleButtonGroup
        className="filters"
        aria-label="Show"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[filter]}
        onSelectionChange={(keys) => {
          const chosen = FILTERS.find((each) => keys.has(each));
          if (chosen) setFilter(chosen);
        }}
      >
        {FILTERS.map((each) => (
          <ToggleButton key={each} id={each} className="filter">
            {FILTER_WORDS[each]} <span className="filter-count">{counts[each]}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
