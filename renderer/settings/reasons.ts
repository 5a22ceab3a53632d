import { SHOP_REASONS_MAX } from '../../preload/choices.ts';

const sameness = (reason: string): string => reason.trim().replace(/\s+/g, ' ').toLowerCase();

/** Why a reason cannot be added to the list; null: it can. An empty one is not wrong, there is just nothing to add yet. */
export function reasonProblem(reasons: readonly string[], typed: string): string | null {
  if (typed.trim() === '') return null;
  if (reasons.some((reason) => sameness(reason) === sameness(typed))) return `“${typed.trim()}” is on the list already.`;
  return reasons.length >= SHOP_REASONS_MAX ? `No more than ${SHOP_REASONS_MAX} reasons. Remove one first.` : null;
}

export type Way = 'up' | 'down';

/** The list with one reason moved a place; as it was where there is no such place. */
export function moved(reasons: readonly string[], reason: string, way: Way): readonly string[] {
  const from = reasons.indexOf(reason);
  const to = way === 'up' ? from - 1 : from + 1;
  return from < 0 || to < 0 || to >= reasons.length ? reasons : reasons.toSpliced(from, 1).toSpliced(to, 0, reason);
}
