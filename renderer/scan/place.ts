/** What a key typed there would do. none: a button, a row, a checkbox, or nothing at all. */
export type Place = 'amount' | 'search' | 'text' | 'options' | 'none';

const TEXT = 'textarea, input:not([type=checkbox], [type=radio], [type=button], [type=date])';
/** Letters choose in them. */
const OPTIONS = '[role=listbox], [aria-haspopup=listbox]';

export function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'none';
  const marked = target.closest<HTMLElement>('[data-scan]')?.dataset.scan;
  if (marked === 'amount' || marked === 'search') return marked;
  if (target.matches(TEXT)) return 'text';
  return target.closest(OPTIONS) === null ? 'none' : 'options';
}

/**
 * Whether a key of a scanner must not arrive. Free text keeps what is scanned into it, but nothing is submitted; the search shows it as it comes;
 * everywhere else it would change an amount, a choice or a setting, or press something.
 */
export function isKeptAway(kind: 'char' | 'end' | 'silent', key: string, place: Place, beganIn: Place, isManyLines: boolean): boolean {
  // Escape leaves, which moves nothing.
  if (kind === 'silent' || key === 'Escape') return false;
  // Who typed fast in the search goes on from there by the keys that lead to other screens; none of those moves money after a scan.
  if (place === 'search') return key === 'Enter' || key === 'Tab';
  if (place !== 'text' || beganIn !== 'text') return true;
  if (kind === 'char' || key === 'Tab') return false;
  // A new line is text; Enter in a field of one line hands it over.
  return !(key === 'Enter' && isManyLines);
}
