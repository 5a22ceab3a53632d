import { create } from 'zustand';
import { type Choice, type ChoiceEvent, choose } from '../end-of-day/choice.ts';

const NONE: Choice = { ticks: { kind: 'only', ids: new Set() }, edits: new Map() };

/** Which holds are chosen, to be taken together. It outlives the screen, so that looking elsewhere loses nothing. */
export const useHolds = create<{ choice: Choice }>(() => ({ choice: NONE }));

export const putBack = (choice: Choice): void => useHolds.setState({ choice });

const changeChoice = (event: ChoiceEvent): void => useHolds.setState(({ choice }) => ({ choice: choose(choice, event) }));
export const toggleHold = (paymentId: string): void => changeChoice({ type: 'toggle', paymentId });
export const chooseHolds = (paymentIds: readonly string[]): void => changeChoice({ type: 'tick-only', paymentIds });
