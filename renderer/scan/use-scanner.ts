import { useEffect } from 'react';
import { onKeys, watchKeys } from './key-watch.ts';
import { landScan } from './scan-landing.ts';

/** Watches the keyboard for a barcode scanner and takes its scans to the search. Once, at the top of the till. */
export function useScanner(): void {
  useEffect(() => {
    const undos = [
      watchKeys(),
      // What is scanned into a free text was meant for it.
      onKeys('ended', ({ text, beganIn }) => (beganIn === 'text' ? undefined : landScan(text))),
    ];
    return () => {
      for (const undo of undos) undo();
    };
  }, []);
}
