import { create } from 'zustand';
import { type Choice, type ChoiceEvent, choose, type Edit, everything } from './choice.ts';
import type { PlannedRun } from './planned-run.ts';

/** Where the holds of a run were chosen. */
export type Origin = 'end-of-day' | 'holds';

export type Step =
  /** Not chosen by the person: a run that moves is shown, else the holds to choose. */
  | Readonly<{ kind: 'auto' }>
  | Readonly<{ kind: 'choose' }>
  | Readonly<{ kind: 'review'; run: PlannedRun; origin: Origin }>
  | Readonly<{ kind: 'run'; runId: string; origin: Origin }>;

/** Where the person is in the end of day. It outlives the screen, so that looking elsewhere loses no edits. */
export const useEndOfDay = create<{
  step: Step;
  choice: Choice;
  /** The payment whose amount is being typed. */
  editedId: string | null;
}>(() => ({ step: { kind: 'auto' }, choice: everything, editedId: null }));

export const startAfresh = (): void => useEndOfDay.setState({ step: { kind: 'auto' }, choice: everything, editedId: null });
export const goToStep = (step: Step): void => useEndOfDay.setState({ step, editedId: null });
/** Of a run that a notice is about. */
export const goToReport = (runId: string): void => goToStep({ kind: 'run', runId, origin: 'end-of-day' });
export const editAmount = (paymentId: string | null): void => useEndOfDay.setState({ editedId: paymentId });
export const change = (event: ChoiceEvent): void => useEndOfDay.setState(({ choice }) => ({ choice: choose(choice, event) }));

/** The choice as it was. */
export const putBack = (choice: Choice): void => useEndOfDay.setState({ choice });

/** A fresh choice of just these payments, with these amounts. */
export const chooseAgain = (edits: ReadonlyMap<string, Edit>): void =>
  useEndOfDay.setState({ step: { kind: 'choose' }, choice: choose(everything, { type: 'tick-only', paymentIds: [...edits.keys()], edits }) });

/** The run is on disk: its rows are shown from now on. What was chosen here for it is used up; one of holds chosen elsewhere leaves this choice alone. */
export const runStarted = (runId: string, origin: Origin): void =>
  useEndOfDay.setState(({ choice }) => ({ step: { kind: 'run', runId, origin }, choice: origin === 'end-of-day' ? everything : choice }));
