import { useEffect } from 'react';
import { useTill } from '../store.ts';
import { dismissAbout } from '../toasts.ts';

/** What was said of the key or of the connection goes once it is no longer so. */
export function useNoLongerSo(): void {
  const isRefused = useTill(({ connection }) => connection.line === 'key-refused');
  const keyLast4 = useTill(({ connection }) => connection.keyLast4);
  const isLive = useTill(({ connection }) => connection.line === 'live' && connection.askedToWaitUntilMs === null);
  const asOfMs = useTill(({ connection }) => connection.asOfMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is a reason by itself.
  useEffect(() => {
    if (!isRefused) dismissAbout('key');
  }, [isRefused, keyLast4]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each reading that Dojo answers is a reason by itself.
  useEffect(() => {
    if (isLive) dismissAbout('connection');
  }, [isLive, asOfMs]);
}
