import { useRef } from 'react';

/**
 * The same set as long as the keys are the same. A list that is given another one with each drawing tells screen readers each time how many
 * of its rows are ticked, though nothing has changed.
 */
export function useSameKeys(keys: readonly string[]): ReadonlySet<string> {
  const kept = useRef<ReadonlySet<string>>(new Set());
  if (kept.current.size !== keys.length || !keys.every((key) => kept.current.has(key))) kept.current = new Set(keys);
  return kept.current;
}
