import { create } from 'zustand';

/** The ids of the actions that were decided on this page since it was opened, as the till named them in its answer. */
export const useTakenHere = create<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

/** To be called after what was promised has been said: how it ended is said next, even if the page has met it ended. */
export const noteTakenHere = (actionIds: readonly string[]): void => useTakenHere.setState(({ ids }) => ({ ids: new Set([...ids, ...actionIds]) }));
