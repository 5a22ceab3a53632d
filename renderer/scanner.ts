import { useEffect, useRef } from 'react';
import { type Burst, nextKey } from './scan-burst.ts';

type Scan = Readonly<{ text: string; startedAtMs: number }>;
const listeners = new Set<(scan: Scan) => void>();

const KEEPS_SCANS = '[data-scan="keep"]';
const TEXT_PLACE = 'input, textarea';

/** Watches the keyboard for a barcode scanner's bursts and hands each to `onScan`. Once, at the top of the app. */
export function useScanner(onScan: (text: string) => void): void {
  const latest = useRef(onScan);
  latest.current = onScan;
  useEffect(() => {
    let burst: Burst | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.ctrlKey || event.altKey || event.metaKey || target?.closest(KEEPS_SCANS)) {
        burst = null;
        return;
      }
      const step = nextKey(burst, event.key, event.timeStamp);
      burst = step.burst;
      const typesASpace = event.key === ' ' && target?.matches(TEXT_PLACE);
      if (step.swallow && !typesASpace) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (!step.scanned) return;
      for (const listener of listeners) listener(step.scanned);
      latest.current(step.scanned.text);
    };
    // Capturing at the window: before any button, field or shortcut sees the key.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
}

const REMEMBERED_MAX = 64;

/** For a field that a scan must not fill: after a scan whose keys changed it, `restore` is called with the value it had before. */
export function useScanUndo<T>(value: T, restore: (before: T) => void): void {
  const history = useRef<{ atMs: number; value: T }[]>([]);
  const latest = useRef({ value, restore });
  latest.current = { value, restore };
  useEffect(() => {
    history.current = [...history.current, { atMs: performance.now(), value }].slice(-REMEMBERED_MAX);
  }, [value]);
  useEffect(() => {
    const listener = (scan: Scan) => {
      const before = history.current.findLast((entry) => entry.atMs < scan.startedAtMs);
      if (before && before.value !== latest.current.value) latest.current.restore(before.value);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
}
