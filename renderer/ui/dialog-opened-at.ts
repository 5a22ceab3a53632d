import { createContext } from 'react';

/** How long a dialog that has just opened ignores its money buttons. */
const SETTLING_MS = 400;

/** When the dialog around a component opened, on the page's monotonic clock; null outside dialogs. */
export const DialogOpenedAt = createContext<number | null>(null);

export const isSettled = (openedAtMs: number | null, nowMs: number): boolean => openedAtMs === null || nowMs - openedAtMs >= SETTLING_MS;
