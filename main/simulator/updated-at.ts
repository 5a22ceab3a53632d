import type { Intent } from './intent.ts';
import type { Switches } from './switches.ts';

/** The intent changed, by a capture, by a refund, or by anything else: whether Dojo's date of it says so is a switch. */
export function changed(intent: Intent, by: keyof Intent['changedByMs'], atMs: number): void {
  intent.changedByMs[by] = Math.max(intent.changedByMs[by], atMs);
  intent.updatedAtMs = Math.max(intent.updatedAtMs, atMs);
}

/** What `updatedAt` says; null: it is not there. */
export function shownUpdatedAtMs({ id, createdAtMs, updatedAtMs, changedByMs }: Intent, { updatedAt, updatedAtOf }: Switches): number | null {
  if (updatedAt === 'moves' || (updatedAtOf !== null && updatedAtOf !== id)) return updatedAtMs;
  const { capture, refund, other } = changedByMs;
  if (updatedAt === 'absent') return null;
  if (updatedAt === 'never') return createdAtMs;
  return Math.max(createdAtMs, other, updatedAt === 'not-by-refunds' ? capture : refund);
}
