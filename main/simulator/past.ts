import type { Desk } from './desk.ts';
import type { Intent } from './intent.ts';
import { bringUp } from './lapse.ts';
import * as moves from './moves.ts';
import { type NewPayment, type PastMove, paidAtOf } from './new-payment.ts';
import { pay } from './pay.ts';

/**
 * What happened to a payment before it was put in, each at its own time, up to now.
 * A past that the rules refuse is a mistake of the caller and throws.
 */
export function playPast(intent: Intent, spec: NewPayment, nowMs: number, around: Desk): void {
  // What lies further back than a search can lag is nobody's to remember: a past may have hundreds of captures.
  const seenFromMs = nowMs - around.switches.searchLagMs;
  const desk: Desk = { ...around, changing: (one, atMs) => void (atMs > seenFromMs && around.changing(one, atMs)) };
  const paidAtMs = paidAtOf(spec, nowMs);
  const past = spec.past ?? [];
  if (paidAtMs !== null) {
    desk.changing(intent, paidAtMs);
    // What was done to it after that shows that it was captured by then.
    pay(intent, paidAtMs, desk, past.length > 0 ? 0 : desk.switches.autoSettleMs);
  }
  for (const move of past) {
    bringUp(intent, move.atMs, desk);
    desk.changing(intent, move.atMs);
    const result = played(intent, move, desk);
    if (!result.ok) throw new Error(`expected a possible past of ${intent.reference}, got ${move.kind}: ${result.error.detail}`);
  }
  bringUp(intent, nowMs, desk);
}

function played(intent: Intent, move: PastMove, desk: Desk) {
  switch (move.kind) {
    case 'capture':
      return moves.capture(intent, { amountMinor: move.amountMinor, tipsMinor: move.tipsMinor ?? 0 }, move.atMs, {
        ...desk,
        nextOutcome: () => move.outcome ?? 'Successful',
      });
    case 'refund':
      return moves.refund(intent, move.amountMinor, move.atMs, desk);
    case 'reverse':
      return moves.reverse(intent, move.atMs, desk);
    case 'cancel':
      return moves.cancel(intent, move.atMs, desk);
  }
}
