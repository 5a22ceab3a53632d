import { KNOWN_STATUSES } from '../../../main/core/payment/payment.ts';
import type { Case } from '../../../main/core/payment/rule-context.ts';
import { API_VERSIONS } from '../../../preload/choices.ts';
import { aCapture, aCase, aPayment, DAY_MS, HOUR_MS, NOON_MS } from '../../builders.ts';

/** What Dojo may show of a payment of £42.00, and when it is looked at. */
const AXES = {
  mode: ['Auto', 'Manual'],
  status: [...KNOWN_STATUSES, 'Disputed'],
  /** What its captures say: £20.00 taken, all taken, all refused by the bank, all still on its way. The versions of 2022 show none. */
  captured: ['none', 'part', 'whole', 'declined', 'settling'],
  /** Nothing, £5.00, or all that was taken. */
  refunded: ['none', 'part', 'whole'],
  paid: ['today', 'yesterday'],
  /** The end of the hold, or of the request to pay: an hour from now, or this instant. */
  end: ['to come', 'over'],
  version: API_VERSIONS,
} as const;
type Axes = typeof AXES;
export type Cell = { readonly [A in keyof Axes]: Axes[A][number] };
export type Where = { readonly [A in keyof Axes]?: readonly Cell[A][] };

export const cells: readonly Cell[] = Object.entries(AXES).reduce<readonly object[]>(
  (some, [axis, values]) => some.flatMap((cell) => values.map((value) => ({ ...cell, [axis]: value }))),
  [{}],
) as readonly Cell[];

export const OLD = ['2022-01-03', '2022-04-07'] as const;
export const NEW = ['2024-02-05', '2025-09-10', '2026-02-27'] as const;
export const showsCaptures = ({ version }: Cell) => !(OLD as readonly string[]).includes(version);

export function caseOf(cell: Cell, changes: Partial<Case> = {}): Case {
  const { mode, status, captured, refunded, paid, end, version } = cell;
  const paidAtMs = NOON_MS - (paid === 'today' ? HOUR_MS : DAY_MS);
  const endsAtMs = end === 'over' ? NOON_MS : NOON_MS + HOUR_MS;
  const capture = {
    none: [],
    part: [aCapture({ amountMinor: 2000 })],
    whole: [aCapture({ amountMinor: 4200 })],
    declined: [aCapture({ amountMinor: 4200, status: 'Declined' })],
    settling: [aCapture({ amountMinor: 4200, status: 'Created' })],
  }[captured];
  const isPart = mode === 'Manual' && captured === 'part' && showsCaptures(cell);
  const payment = aPayment({
    captureMode: mode,
    status,
    amountMinor: 4200,
    captures: showsCaptures(cell) ? capture : null,
    refundedMinor: { none: 0, part: 500, whole: isPart ? 2000 : 4200 }[refunded],
    createdAtMs: paidAtMs,
    paidAtMs: status === 'Created' ? null : paidAtMs,
    expireAtMs: endsAtMs,
    autoExpireInMs: endsAtMs - paidAtMs,
    customAmountAllowed: true,
    tipsAllowed: true,
  });
  return aCase({ payment, apiVersion: version, ...changes });
}

export const named = (cell: Cell) => Object.values(cell).join(', ');
export const isIn = (cell: Cell, where: Where) =>
  Object.entries(where).every(([axis, values]) => (values as readonly string[]).includes(cell[axis as keyof Axes]));
