import { useEffect, useRef } from 'react';
import { useTill } from '../store.ts';

/**
 * Whether the list stands, so that it may be held still under a hand. What the first whole reading of this run brings, and the rest of a long
 * day that is only being taken up, was there before anybody looked: kept back it would be missing, and called new.
 */
export function useTakenUp(): boolean {
  const line = useTill((snapshot) => snapshot.connection.line);
  const isComplete = useTill((snapshot) => snapshot.totals.isComplete);
  // Later in the day a connection that comes back finds somebody at the list.
  const wasRead = useRef(line !== 'connecting' && isComplete);
  const isRead = line === 'live' && isComplete;
  useEffect(() => {
    if (isRead) wasRead.current = true;
  }, [isRead]);
  const isNothingToCome = line === 'offline' || line === 'key-refused';
  return wasRead.current || isNothingToCome;
}
