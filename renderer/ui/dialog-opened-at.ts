import { createContext } from 'react';
import { ARMED_AFTER_MS } from '../press/armed-after.ts';

/** When the dialog around a component opened, on the page's monotonic clock; null outside dialogs. */
export const DialogOpenedAt = createContext<number | null>(null);

/** Whether a dialog may heed its money buttons: not as it opens. */
export const isSettled = (openedAtMs: number | null, nowMs: number): boolean => openedAtMs === null || nowMs - openedAtMs >= ARMED_AFTER_MS;
