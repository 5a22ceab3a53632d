import { useNow } from '../now.ts';
import { useTill } from '../store.ts';

/** The time as Dojo has it, as far as the page knows: for time left in words. */
export function useTillNow(everyMs: number): number {
  const aheadMs = useTill((snapshot) => snapshot.connection.clockAheadMs);
  return useNow(everyMs) - (aheadMs ?? 0);
}
