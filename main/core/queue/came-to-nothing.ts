import type { Action } from './action.ts';

/** It ended undone, and no person ended it: whoever decided it may not know. */
const cameToNothing = ({ state, outcome }: Action): boolean => (state === 'refused' || state === 'expired') && outcome?.settledBy !== 'person';

/** What came to nothing, and on whose payment nobody has decided since: who did has looked at it. A receipt decides nothing about money. */
export function leftUndone(actions: readonly Action[]): readonly Action[] {
  const undone = actions.filter(cameToNothing);
  if (undone.length === 0) return undone;
  const laneOf = ({ accountId, paymentId }: Action) => `${accountId} ${paymentId}`;
  const lanes = Map.groupBy(actions, laneOf);
  const isAfter = (ended: Action) => (action: Action) =>
    action.seq > ended.seq && action.acceptedAtMs >= ended.changedAtMs && (action.move.kind !== 'sendReceipt' || ended.move.kind === 'sendReceipt');
  return undone.filter((ended) => !lanes.get(laneOf(ended))?.some(isAfter(ended)));
}
