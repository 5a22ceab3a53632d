/** What a press does something to. */
const PRESSED = 'button, a, input, select, textarea, summary, label, [role=button], [role=option], [role=switch], [role=radio], [role=row]';

const numbers = new WeakMap<Element, number>();
let lastNumber = 0;

function numberOf(element: Element): number {
  const known = numbers.get(element);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(element, lastNumber);
  return lastNumber;
}

/**
 * Who would be pressed there, in a word that is another one for anybody else; empty: nobody. A list may draw another row into the same
 * element, and a button may become its own opposite: its row and its name count too.
 */
export function whoIsThere(target: EventTarget | null): string {
  const pressed = target instanceof Element ? target.closest<HTMLElement>(PRESSED) : null;
  if (pressed === null) return '';
  const row = pressed.closest<HTMLElement>('[data-key]')?.dataset.key ?? '';
  const name = pressed instanceof HTMLButtonElement ? (pressed.getAttribute('aria-label') ?? pressed.textContent) : '';
  return `${numberOf(pressed)} ${row} ${name}`;
}
