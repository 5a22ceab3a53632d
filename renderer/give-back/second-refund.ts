import type { MoveView, TillError } from '../../preload/contract.ts';
import { formatMoney, timeAgo } from '../format.ts';

type Recent = NonNullable<Extract<MoveView, { open: true }>['recent']>;

/** Why a second refund of the same payment asks for more than a press; null where it does not. Main’s refusal says it where the view did not yet. */
export function secondRefundInWords(recent: Recent | null, error: TillError | null, currency: string, nowMs: number): string | null {
  if (recent) return `A refund of ${formatMoney(recent.amountMinor, currency)} was decided or sent ${timeAgo(recent.atMs, nowMs)}.`;
  return error?.code === 'second-refund' ? error.message : null;
}
