import type { MoveView } from '../../preload/contract.ts';

export type OpenMove = Extract<MoveView, { open: true }>;

/** What main offers to capture, tips included; null: nothing by itself. */
export const offeredMinor = (move: OpenMove): number | null => (move.defaultMinor === null ? null : move.defaultMinor + move.defaultTipsMinor);

/** A part of a hold as it is asked for: goods first, up to the move's limit, tips last. */
export function splitOf(move: OpenMove, totalMinor: number): Readonly<{ amountMinor: number; tipsMinor: number }> {
  const offered = offeredMinor(move);
  if (offered === totalMinor) return { amountMinor: offered - move.defaultTipsMinor, tipsMinor: move.defaultTipsMinor };
  const amountMinor = Math.min(totalMinor, move.maxMinor ?? totalMinor);
  return { amountMinor, tipsMinor: totalMinor - amountMinor };
}
