import type { Till } from '../preload/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script (or the browser host) before the page's own scripts run. */
    readonly till: Till;
  }
}

/** Everything the page can ask of the till. */
export const till: Till = window.till;
