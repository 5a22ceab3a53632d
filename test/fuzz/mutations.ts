import fc from 'fast-check';

/**
 * Changes to a value that was right: of JSON from Dojo, and of a call from the page. Each is drawn as plain data and played by
 * `mutated`, so that a failure shrinks to the one change that matters.
 */
export const WAYS = ['drop', 'replace', 'nudge', 'add', 'rename', 'wrap', 'double', 'bloat'] as const;
export type Change = Readonly<{
  way: (typeof WAYS)[number];
  /** Chooses the place among all there are, and what else there is to choose. */
  pick: number;
  /** What is put there. */
  put: unknown;
}>;

export const changesOf = (put: fc.Arbitrary<unknown>, most = 3): fc.Arbitrary<Change[]> =>
  fc.array(fc.record({ way: fc.constantFrom(...WAYS), pick: fc.nat({ max: 1_000_000 }), put }), { minLength: 1, maxLength: most });

type Container = Record<PropertyKey, unknown>;
type Place = Readonly<{ holder: Container; key: string }>;

/** Keys that mean something to JavaScript itself, or to nobody. */
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'length', '', '0', 'Amount', 'amount ', '\ud800'];
const BLOATED = 1_100;
const BLOATED_LETTERS = 50_000;

/** The value with the changes made one after the other; what was given is left as it is. */
export function mutated(value: unknown, changes: readonly Change[]): unknown {
  const root: Container = { value: structuredClone(value) };
  // Bloated twice, it would be more than any answer can be.
  const bloat = changes.find(({ way }) => way === 'bloat');
  for (const change of changes) {
    if (change.way === 'bloat' && change !== bloat) continue;
    const places = placesIn(root);
    const place = places[change.pick % places.length];
    if (place) play(change, place);
  }
  return root.value;
}

/** Every place there is, the whole itself first. */
function placesIn(root: Container): Place[] {
  const places: Place[] = [];
  const open: Container[] = [root];
  for (let holder = open.pop(); holder; holder = open.pop())
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      const inside = holder[key];
      if (isPlain(inside)) open.push(inside);
    }
  return places;
}

const isPlain = (value: unknown): value is Container =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value)));

function play({ way, pick, put }: Change, { holder, key }: Place): void {
  const there = holder[key];
  switch (way) {
    case 'drop':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      return;
    case 'replace':
      return own(holder, key, put);
    case 'nudge':
      return own(holder, key, nudged(there, pick));
    case 'add':
      return own(isPlain(there) ? there : holder, KEYS[pick % KEYS.length] ?? 'extra', put);
    case 'rename':
      delete holder[key];
      return own(holder, KEYS[pick % KEYS.length] ?? 'extra', there);
    case 'wrap':
      return own(holder, key, pick % 2 === 0 ? [there] : { value: there });
    case 'double':
      if (Array.isArray(holder)) holder.splice(Number(key), 0, structuredClone(there));
      else own(holder, key, [there, there]);
      return;
    case 'bloat':
      return own(holder, key, bloated(there));
  }
}

function bloated(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: BLOATED }, (_, place) => value[place % (value.length || 1)]);
  const text = typeof value === 'object' ? 'x' : String(value) || 'x';
  return text.repeat(Math.ceil(BLOATED_LETTERS / text.length));
}

/** As its own property, whatever its name; a copy, since later changes may reach into it. */
function own(holder: Container, key: string, value: unknown): void {
  // A list that cloning carries has no other names than its places.
  if (Array.isArray(holder) && !/^\d+$/.test(key)) return void holder.push(structuredClone(value));
  Object.defineProperty(holder, key, { value: structuredClone(value), writable: true, enumerable: true, configurable: true });
}

/** Nearly the same: of another type, a penny or a digit off, beyond a limit, in another script. */
function nudged(value: unknown, pick: number): unknown {
  const among = (choices: readonly unknown[]) => choices[pick % choices.length];
  switch (typeof value) {
    case 'number':
      return among([value + 0.5, -value, String(value), `${value}p`, value * 1e9, 2 ** 53, -0, 9_999_999_999, 10_000_000_000, null, [value], value / 3]);
    case 'string':
      return among([
        '',
        `${value}\u0000`,
        `\ud800${value}`,
        `${value}\u202e`,
        value.toUpperCase(),
        `../${value}`,
        value.slice(1),
        Number(value) || 0,
        '９'.repeat(value.length),
        '0001-01-01T00:00:00Z',
        '9999-12-31T23:59:59-23:59',
        '2026-06-15T11:00:00.1234567890123Z',
      ]);
    case 'boolean':
      return among([!value, String(value), value ? 1 : 0, null]);
    default:
      return among([{}, [], '', 0, null, true]);
  }
}
