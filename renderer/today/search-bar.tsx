import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { Button } from '../ui/button.tsx';
import { FILTERS, type Filter, searchAllDays, setFilter, setSearch, useView } from '../view.ts';
import { FILTER_WORDS } from './list.ts';
import { SearchInput } from './search-input.tsx';

type SearchBarProps = Readonly<{
  /** null: not all of the payments are known yet. */
  counts: Readonly<Record<Filter, number>> | null;
  onEnter: () => void;
  onLeaveDown: () => void;
  /** The list is of all days already. */
  isAllDays?: boolean;
}>;

/** The search, which `/` reaches from anywhere and scans fill, the way on to all days, and the filters with how many each would show. */
export function SearchBar({ counts, onEnter, onLeaveDown, isAllDays = false }: SearchBarProps) {
  const search = useView((view) => view.search);
  const filter = useView((view) => view.filter);
  const canGoOn = search.trim() !== '' && !isAllDays;
  return (
    <div className="search-bar">
      <div className="search-place" data-all-days={canGoOn || undefined}>
        {/* Who goes on to all days is still typing. */}
        <SearchInput value={search} onChange={setSearch} onEnter={onEnter} onLeaveDown={onLeaveDown} autoFocus={isAllDays} />
        {/* Inside the field's frame: what appears with the first letter moves no row. */}
        {canGoOn ? (
          <Button kind="plain" className="search-all-days" shortcut="F6" aria-label="Search all days" onPress={searchAllDays}>
            All days
          </Button>
        ) : null}
      </div>
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
        {FILTERS.filter((each) => each !== 'capturing' || filter === each || (counts?.capturing ?? 0) > 0).map((each) => (
          <ToggleButton key={each} id={each} className="filter">
            {FILTER_WORDS[each]} <span className="filter-count">{counts?.[each] ?? '–'}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
