import { useEffect } from 'react';
import { onKeys } from './key-watch.ts';
import { landScan } from './scan-landing.ts';

/** Takes scans to the search of the till. */
export function useScanLanding(): void {
  // What is scanned into a free text was meant for it.
  useEffect(() => onKeys('ended', ({ text, beganIn }) => (beganIn === 'text' ? undefined : landScan(text))), []);
}
