import { heldOf, partsOf } from './amounts.ts';
import type { Desk } from './desk.ts';
import type { Intent } from './intent.ts';
import { changed } from './updated-at.ts';

/** The customer pays: a Manual intent is held, an Auto one charged, at once or a moment later. */
export function pay(intent: Intent, atMs: number, desk: Desk, settleMs = desk.switches.autoSettleMs): void {
  const { switches } = desk;
  intent.paidAtMs = atMs;
  intent.heldMinor = Math.max(1, partsOf(intent) + (switches.holdsTotalAmount ? intent.totalDifferenceMinor : 0));
  intent.status = 'Authorized';
  changed(intent, 'other', atMs);
  desk.post('held', intent, heldOf(intent), atMs, null);
  if (intent.captureMode === 'Manual') return;
  intent.capturesItselfAtMs = atMs + settleMs;
  if (settleMs === 0) captureItself(intent, atMs, desk);
}

/** An Auto intent takes what it is authorised for. */
export function captureItself(intent: Intent, atMs: number, desk: Desk): void {
  intent.status = 'Captured';
  desk.post('captured', intent, heldOf(intent), atMs, null);
}
