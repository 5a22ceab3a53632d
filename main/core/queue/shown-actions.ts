import { type Action, isOpen } from './action.ts';

/**
 * What the page is given of all that the queue remembers, in its order: what is open, what was accepted or has ended since a moment, what
 * nobody has seen the end of, and all of a run of which one is among these, so that its report is whole for as long as anything leads to it.
 */
export function shownActions(actions: Iterable<Action>, sinceMs: number, isUnseen: (action: Action) => boolean): Action[] {
  const all = [...actions];
  const isShown = (action: Action) => isOpen(action) || action.acceptedAtMs >= sinceMs || action.changedAtMs >= sinceMs || isUnseen(action);
  const runs = new Set(all.flatMap((action) => (action.runId !== null && isShown(action) ? action.runId : [])));
  return all.filter((action) => (action.runId !== null && runs.has(action.runId)) || isShown(action));
}
