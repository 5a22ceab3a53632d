import { useEffect, useRef } from 'react';
import { onKeys, type Scan } from './key-watch.ts';

type UndoOptions<T> = Readonly<{
  /** What a scan must not change, as it is now. */
  look: () => T;
  restore: (before: T) => void;
  /** Scans that may stay. */
  mayStay?: (scan: Scan) => boolean;
  /** What was put back may have been typed by a person after all: what they typed, and upon what. */
  onEnded?: (before: T, scan: Scan) => void;
}>;

/** Puts back what a scan's keys changed, as it was before the first of them. */
export function useScanUndo<T>(options: UndoOptions<T>): void {
  const latest = useRef(options);
  latest.current = options;
  const seen = useRef<{ atMs: number; value: T }[]>([]);
  useEffect(() => {
    // What appears while a scan is under way counts as it was when it appeared.
    seen.current = [{ atMs: performance.now(), value: latest.current.look() }];
    const beforeKey = (atMs: number, startedAtMs: number) => {
      // Only the first look of a scan is ever asked for.
      const kept = seen.current.filter((one) => one.atMs >= startedAtMs);
      seen.current = kept.length > 0 ? kept.slice(0, 1) : [{ atMs, value: latest.current.look() }];
    };
    const undos = [
      onKeys('key', beforeKey),
      onKeys('told', (scan) => {
        const before = seen.current[0];
        const { look, restore, mayStay } = latest.current;
        if (before && before.value !== look() && !mayStay?.(scan)) restore(before.value);
      }),
      onKeys('ended', (scan) => {
        const before = seen.current[0];
        if (before) latest.current.onEnded?.(before.value, scan);
      }),
    ];
    return () => {
      for (const undo of undos) undo();
    };
  }, []);
}
