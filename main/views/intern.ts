const KEPT_MOST = 500;

/**
 * Gives back the first object of the same key instead of its equals. Thousands of payments share a handful of reasons: as one
 * object a reason crosses to the page once in a message, and lies in memory once on either side. `keyOf` tells all there is in it.
 */
export function oneOfEach<T extends object>(keyOf: (value: T) => string): (value: T) => T {
  const kept = new Map<string, T>();
  return (value) => {
    const key = keyOf(value);
    const known = kept.get(key);
    if (known) return known;
    // Reasons with an amount in them are many: those of earlier payments are let go.
    if (kept.size >= KEPT_MOST) kept.clear();
    kept.set(key, value);
    return value;
  };
}
