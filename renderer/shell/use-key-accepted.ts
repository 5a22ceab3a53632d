import { useEffect } from 'react';
import { useTill } from '../store.ts';
import { dismissAboutKey } from '../toasts.ts';

/** What was said of a key that Dojo did not accept goes once it does, or another one is connected. */
export function useKeyAccepted(): void {
  const isRefused = useTill(({ connection }) => connection.line === 'key-refused');
  const keyLast4 = useTill(({ connection }) => connection.keyLast4);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is a reason by itself.
  useEffect(() => {
    if (!isRefused) dismissAboutKey();
  }, [isRefused, keyLast4]);
}
