import type { Intent } from './intent.ts';
import type { Switches } from './switches.ts';

/** The intent changed, by a capture, by a refund, or by anything else: whether Dojo's date of it says so is a switch. */
export function changed(intent: Intent, by: keyof Intent['changedByMs'], atMs: number): void {
  intent.changedByMs[by] = Math.max(intent.changedByMs[by], atMs);
  intent.updatedAtMs = Math.max(intent.updatedAtMs, atMs);
}

/** Of three servers that date changes, how much each is behind the one before. */
const SERVERS_APART_MS = 5_000;
/** Which of them made a change: told by its time, so that every reading says the same of it. */
const behindMs = (changedAtMs: number): number => (Math.floor(changedAtMs / 1_000) % 3) * SERVERS_APART_MS;

/** What `updatedAt` says; null: it is not there. */
export function shownUpdatedAtMs({ id, createdAtMs, updatedAtMs, changedByMs }: Intent, { updatedAt, updatedAtOf }: Switches): number | null {
  if (updatedAt === 'moves' || (updatedAtOf !== null && updatedAtOf !== id)) return updatedAtMs;
  const { capture, refund, other } = changedByMs;
  if (updatedAt === 'absent') return null;
  if (updatedAt === 'never') return createdAtMs;
  if (updatedAt === 'servers-apart') return Math.max(createdAtMs, updatedAtMs - behindMs(updatedAtMs));
  return Math.max(createdAtMs, other, updatedAt === 'not-by-refunds' ? capture : refund);
}
