import { useEffect, useState } from 'react';
import { useTill } from './store.ts';

/**
 * What time it is at Dojo, as far as the till knows, looked at again every so often: the PC's own clock may be wrong. For what is said in
 * words only: no rule hangs on it.
 */
export function useNow(everyMs: number): number {
  const aheadMs = useTill((snapshot) => snapshot.connection.clockAheadMs);
  const [seen, setSeen] = useState(() => ({ pcNowMs: Date.now(), aheadMs }));
  // Somebody set the PC's clock: what it said before goes with what was known of it before.
  if (seen.aheadMs !== aheadMs) setSeen({ pcNowMs: Date.now(), aheadMs });
  useEffect(() => {
    const timer = setInterval(() => setSeen((before) => ({ ...before, pcNowMs: Date.now() })), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return seen.pcNowMs - (seen.aheadMs ?? 0);
}
