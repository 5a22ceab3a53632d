import type { KeyPress } from './scan-burst.ts';

/** What is read off a key going down. */
export type KeyDown = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'timeStamp'> & Readonly<{ isAltGraph: boolean }>;

/** Held for the sake of other keys. */
const HELD = new Set(['Shift', 'CapsLock', 'NumLock', 'ScrollLock', 'Control', 'Alt', 'AltGraph', 'Meta', 'Fn']);
/** An input method has the key: what it types comes later, and only the place of the key is known. */
const COMPOSED = new Set(['Process', 'Unidentified', 'Dead']);

const ENDS = new Set(['Enter', 'NumpadEnter', 'Tab']);

export const isHeldKey = (key: string): boolean => HELD.has(key);

/** What a key is to a run of keys. */
export function keyPressOf(event: KeyDown): KeyPress {
  const { key, code, timeStamp: atMs } = event;
  const press = (kind: KeyPress['kind'], text = ''): KeyPress => ({ kind, text, code, atMs });
  if (HELD.has(key)) return press('silent');
  // A scanner may send its codes with Ctrl held, and characters by their number with Alt held: they are in the run, and type nothing by themselves.
  if ((event.ctrlKey || event.altKey || event.metaKey) && !event.isAltGraph) return press('silent');
  if (COMPOSED.has(key)) return ENDS.has(code) ? press('end') : press('char', textOfPlace(code));
  return [...key].length === 1 ? press('char', key) : press('end');
}

const textOfPlace = (code: string): string => /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? '';

/** The digits typed with Alt held, which stand for one character by its number. */
export const altDigitOf = ({ code, altKey }: Pick<KeyDown, 'code' | 'altKey'>): string => (altKey ? (/^(?:Numpad|Digit)(\d)$/.exec(code)?.[1] ?? '') : '');

/** The character that a number typed with Alt held stands for; nothing where it is none that a code has. */
export function altCharacter(digits: string): string {
  const code = Number(digits);
  return digits !== '' && code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '';
}
